BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempt (
	"key" TEXT NOT NULL, 
	failures INTEGER NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "attempt" VALUES('efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef',1);
CREATE TABLE document (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	sha256 TEXT, 
	name TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	entries TEXT NOT NULL, 
	run TEXT, 
	first_seen_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL
);
INSERT INTO "document" VALUES(1,'abababababababababababababababababababababababababababababababab','scan.pdf','done','Accepted.','[2]',NULL,'2026-03-01T12:00:00.000000Z','2026-03-01T12:00:00.000000Z');
INSERT INTO "document" VALUES(2,'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd','second scan.pdf','review','','[]',NULL,'2026-03-01T12:00:00.000000Z','2026-03-01T12:00:00.000000Z');
CREATE TABLE duplicate_key (
	key_hash TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	activity TEXT, 
	seq INTEGER NOT NULL, 
	PRIMARY KEY (key_hash)
);
INSERT INTO "duplicate_key" VALUES('e28aba525e2f0902d5b9122191c14136729b39c33670a27f6fec8b2a1c57b8b3','9b32dbd4f46b29955ddcc2877d04798b','66e921f951459240bef121caca23689c',4);
CREATE TABLE entry (
	seq INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	event TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	prev TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "entry" VALUES(1,'2026-03-01T12:00:00.000000Z','holder_recorded','9b32dbd4f46b29955ddcc2877d04798b','nm9+7hAts9FVaBpI0fn03Vx3QDrbeZytk7J4Vq2ZtCd0HEKse1dBc7PiBQ6kWyRzKkPKPrXRmnLUaIFcVT+frqtNeLWPhECe6uZ2zuBtr9uoNtlRVXVar3S5acpor6c5Ask7/nOFQgLfcGYkJiYwUGpGZ9begVHwgw6efCgG78ArALTKGvW1E4I3Wp2UK2DpJSRA7fnTxI7lyUwcpes=','0000000000000000000000000000000000000000000000000000000000000000','d046c1afc9c4a4ecdcb82589ba93722b4cba4382326a1f2ec8745f93d2885d70');
INSERT INTO "entry" VALUES(2,'2026-03-01T12:00:00.000000Z','activity_recorded','9b32dbd4f46b29955ddcc2877d04798b','a56SSwui4l0Fg1YtOn1Vqcml7hy6oK33QcGTAOo4IID7lGE2Ttb4TxXA7hVnohKgqz7zN3mEceQtMbxfWDWjeIkHfxP17520am1n4WU+BkMix+X+YL/m4f7txYa79vlhpCz/wOhEck7YgzCKRKgREGAqcDtsxnV4mdmTfF00Q3VYBIKK/At7ZHKM3IOZtdra44x4gz5cXG/GvlxCkXKOlAMm0LHK2dGgjBprVD1FHYBDhcYLpB8iAxx+G5CjILtOF1+jychTU09RP7hs87HVaJfm0m+ijIxCEf5DtDvGj2wObCuyA5lzFpPbpHnFFvFaczxrFsbvA0ushgxlvd+4PwDuwL4cVqEarpFHkFPsuxLFJslnkdDfWNEZI6QlIYJStkhdB9luIYjy64E51KGpgPVamrCO7DDnPPQuy6LCcju/+mz5WvA3lLo+cZZYXJD7jsu7Ho1oALGabpMwHUSzfDVHCQAZnOk0is+ekK6PGsGW6c5SHXzN2de9xzV2jUFQ+OrJVcWwLKpSkhtHCXxeWgxoO25Vst3N/FGhIYhyzF4nTu46yIknILQ6a0GnSgKm7Lt7I1rRDjEtK0a1j4EoExqc7Us+sOQxnsiVqGufwEuym/lYl2NTsFhgDeK2R4Az+1y3z6+8er2GoSXRzR2SFqMuMhxpCX7aLgicxRvQE+rg42lfGdaC2QWD1AidXJ6pf5dLSovjXR++8cV7nfN1ajKql1IAcuc=','d046c1afc9c4a4ecdcb82589ba93722b4cba4382326a1f2ec8745f93d2885d70','324d0ee90cfd4f9c6e57a36b4766f918c23cb7480debc1dd4e94f9ef222089be');
INSERT INTO "entry" VALUES(3,'2026-03-01T12:00:00.000000Z','claim_recorded','9b32dbd4f46b29955ddcc2877d04798b','PlzJNTJT+AGsomb9jP2kTF/ZsCiOgHZzqyIcqZ/tXnC0ggfzj/DwZ0xVBHZKgVP5UFmwOxQ80fyEarHMm/Qf+6QDGHn7bc1wpKrbNt22dhPir/4EPhsihZjujFANwyCOR07UaYmyr/beef00ome//6o6hApduhJHPFL/Cak1MZJ0iLjBfnkGjSvpyqigoWA9vhOp3yhBRdTXXHumfJMz9bJI9HhfSeKJG7W41ZISdugDNFtclXaeewLyeb7/C0fAN9vAdwt+am5bERFN5De7WbWogFZV9d8f/ZI0CgYLBSSbC88+jBRRyVNc1NbIT21bTCCYd6cyd8qr1U0ofOWvIlx97X3Qe6uFqPfg7gbR2Z1aSYYHxrEv97MwOkI+lUrzfKVuGWwQmLe29Gco4tSQCpJ/c6wwtih6kM7mRUjj1UIN+kZaYR+cFz5apCVWcKCtoMYbZ6PDawzDvhlTD8Zl7nXLLpyIgPbt7DVJLQ==','324d0ee90cfd4f9c6e57a36b4766f918c23cb7480debc1dd4e94f9ef222089be','7a49496ab81552893705efc1cc5bb5209bb8268b21090f53067810895176ffa2');
INSERT INTO "entry" VALUES(4,'2026-03-01T12:00:00.000000Z','activity_recorded','9b32dbd4f46b29955ddcc2877d04798b','qnqcZ76G6HCdsL0iXrxnX6H6iRT2RlJLMXk5aJi+8lYC50gVp0OWJxaIPSuPZ1Lh02vLqLUUMkOJVcQxa0iChxwHdmdlmBjoS70udzIXyoBD30W/8xSJTCMvzj5+wbhcQnkI9zthX3WJ50r8uP1B+3UPrgLjojPBzGyHuvM3UwWbxy5NFlg5RNFrWqKfit3+TI7SW18WP9BaCs4ypepGBj/ygY/6+UJ1438DjaAxQtu9f8OdqhpqMQOGliOMqAhnTDNbfyquYPrCMQexQ0hOhL4EDRjR12T6o9l4Wi/+xXQOuXpBfX8EzNxO4b2sibwnvXRnQ5zTz4OowGCRhJm9yI7u5pMvpw/VfjsteJyz1PmNrfdxXj6OaLHTp+wXi/N+M6EiraT7YWzblXTOuOMBEN+RaQNkaeaBAfDUMHh4c+833biyGZXKpnon53JgCUbXAtigf5pJa1ybzKdaNLM77m++lMh+wRr6nVXdTdO2UNZnOWIgvEVTkLz6vNFqO+6hvuJuTViGIeRw/PTNTsBYivYEdmzDj9y876PWg5ZbU+8Guv+D3UK4o7Mij2/a3avXkF/gfJTubtyZFR2CEGH+LLmkGBVEuSa09Jdx3YO5l+rH3JlIAffLPiardi3LkVR1ib2vdzcjScjp3Sw3gg/XPLP4Hs9RXJUIZE1PQX3vmUvdzmL3mlti7OtdL1Z9hEOszb3pGcG6NcUaxRaRDoyyL64CbA==','7a49496ab81552893705efc1cc5bb5209bb8268b21090f53067810895176ffa2','f9cae9cc0e068d9137cbab2b637ac4a88ca567120754d5fcaa700afb6a78866a');
INSERT INTO "entry" VALUES(5,'2026-03-01T12:00:00.000000Z','activity_voided','9b32dbd4f46b29955ddcc2877d04798b','1pDPzP0me5QhiGAwrLqcxF7WpicRziVw+KN7bg8RtiSd9YCCxy27H7rnefjgNSXr+3dCy0xT597Bie+TfDnED/So/6NyD+vKolpfURhatj3eI8lYfKRL55WjmGIpCO9DjIMYfmfTrkdW3ZUGO5/BaDivRwB6Dhfs/xHKlQ1dUPj3S9ErauT3rROGbw7g6Y3RobKuR6+qx105Zzzr0/h9GBEfVGjtHIP3c72NDf5qyQ==','f9cae9cc0e068d9137cbab2b637ac4a88ca567120754d5fcaa700afb6a78866a','f58e3b46f1c61dbf220c4a8685c57580654a22171d7ecc3911e824129c4d43df');
INSERT INTO "entry" VALUES(6,'2026-03-01T12:00:00.000000Z','holder_recorded','974fa3bdec7335f06800ed5bb57878fe','xhI5y5bH8OM6QbGfHg9pvXgcOY1vpWuIV8nkUfpvgXf5mDzPDycc+DF8EsSnDecWNva6GAmEuDSCgZ0Gt41TEOrzJOV/K3uzPbh5644Vk6Q6lNn455i1F3CjYsaS4peGNWoqM87SYXRbD1QjL1L31QJbFDwZqzgSQytjxCAUpVWY26XWHiiQXI0BIEptXxgioXvv','f58e3b46f1c61dbf220c4a8685c57580654a22171d7ecc3911e824129c4d43df','15b8e10d3f8726f82e25e73b6b6563c7775ebf170cbdd4e12b25e7c35c71a1ed');
INSERT INTO "entry" VALUES(7,'2026-03-01T12:00:00.000000Z','activity_recorded','974fa3bdec7335f06800ed5bb57878fe','xmhOj/Li5bld5H+uve5bptwCUhw9qNCMhRj3c68FDvb3IW5heCMBUke5C2iqHSYoTw6NaJXSmJNp43hmg48fzbgbJWwOMmXN/DtKBdml0f6T84yeFCQOsmlrufSQMKQnvlhoGHcntCmYvGFkMCgG8Dv+b5PPxpuThMJsCfteY2WPNwBfQLLEI0pSxjmbHb6qXHaLdEm7c7mvKZj6ok5wI/NULsuKiMhnURZiXM8mw2cdDKbvyJK9uMofRlZX6L0aLMR0b8Ls7gkcN3rZnA02YTf0neZKNMKuPmqXm6StKMon6FRfTFyOFTTrziL1ZiblZIx9z5q1La/TAatayC09Mo8U/TSMtmrJ5X3SLn598y2M6bDwxoX/cNmVn0q64z8OJeLO51q9ICFokN1zo4V1zOefUJxbN0KwOm0JhmVFxPLXebNSic9vClXqDd8moSR9tUA89P+qolCyd0rjq2EvepnHzpov19TAnamTF2FcwCYqOPRFwGRH15WQkaJf1aQVW2ZfJUg0uGzzXz2jlcUeheBGb1bqpe7ASJE7U+v1blZNdcUHYF/Cr0SYFCFQGQUuOMRhvM6g83WwoOqQ+yxR391DjAyWXkla1lzEjO+m8pCnmYMrmtYEv6xfAE8zhjEGM1jEENHC0Hvo5RV0sWfubSR9HpJMGdUgNMW3Dk5yyoocGjMxH0QKYzHFdFUQkHNSuvuVFwFR8iAua/DwV6l8s8g4Nc2nVvo=','15b8e10d3f8726f82e25e73b6b6563c7775ebf170cbdd4e12b25e7c35c71a1ed','6894eb5a0c2c700059df934b2af831991f447ec4fe5cdc21a4b9028a1c9e2638');
INSERT INTO "entry" VALUES(8,'2026-03-01T12:00:00.000000Z','holder_recorded','41584eb36d80aba2b13832447018fd47','Ot9Bm+KuHzPdDoxxDi4Zo6y9jo6G4XmwLBZwUxBFxqt6MFIbP1EEx/Kn5cg/lDZAisbTHJVmyOjuUk9bfsDW3m9oIL7zj2FYoCOE0Q70wVXOYG/39Lbblr/SgbbUkXFdCoXq/96z8HOaTmUWSb0DOSz4115LQK0t+0ejS0EVlgxtim51znABoRXsl3Uqrda17sHr0kF5G59w3c09FA==','6894eb5a0c2c700059df934b2af831991f447ec4fe5cdc21a4b9028a1c9e2638','cdb37e95c5719089ee04c00232cf50904a638c3c2901120da6650c8443f7c16e');
INSERT INTO "entry" VALUES(9,'2026-03-01T12:00:00.000000Z','exam_recorded','41584eb36d80aba2b13832447018fd47','h02KonePuoJiyn2kY2iyo2cj4kK/aWAasaHgsWhRieykKTAlYnpWsqwZQh7eyikYHIy0tARkvxUbuj1h/FueAiGZ0QGJnaGyaWJP4QH/TEJ59LloU2DPjb5IMhBKqn3zz4Ny97ZoOAIg7da4rV/GNfsd1L+NsqAs8VIyZTCiL5xdaqgnKIyTyhK9tnGm+Dm+wHXz6CxHuIUHP8nvPz8EJ8tiOKoxk1/995mo3cY6iIY7qkV6rd8UT20Y55YOFnmqRQatikLGg7pcvdzrLGMASMVTlwdIloY5Vi42VfwzU9KCBlIF1CmW2wqEQJu7','cdb37e95c5719089ee04c00232cf50904a638c3c2901120da6650c8443f7c16e','26629ccbe55f435bbd76d235de1d980fe317edd8ee2ba3e29cb1ce23ca72cb4c');
CREATE TABLE review (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	document INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	path TEXT NOT NULL, 
	extraction TEXT NOT NULL, 
	findings TEXT NOT NULL, 
	state TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	decided_at TEXT, 
	FOREIGN KEY(document) REFERENCES document (id)
);
INSERT INTO "review" VALUES(1,2,'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd',1,'second scan.pdf','review/second scan.pdf','{"ordinal":1,"pages":[1],"media":"pdf-text","document_type":"completion","issuer":"Northwind Academy","profile":null,"contested":[],"fields":{"holder_name":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"course_name":{"value":"Harbour Lights","raw":"Harbour Lights","confidence":0.99,"page":1,"box":[0.1,0.1,0.5,0.2],"source":"text","rivals":[]},"started_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"completed_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"issued_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"expires_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"validation_code":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"verify_url":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"credits":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"credit_unit":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"hours":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]}},"expects":{"code":"sometimes","code_pattern":null,"code_unique":true,"hosts":[]},"producer":null,"created_on":null,"damaged":false,"seconds":{"read":0.0,"ocr":0.0,"find":0.0}}','[]','open','2026-03-01T12:00:00.000000Z',NULL);
CREATE TABLE run_lock (
	name TEXT NOT NULL, 
	run TEXT NOT NULL, 
	host TEXT NOT NULL, 
	pid INTEGER NOT NULL, 
	heartbeat_at TEXT NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE snapshot (
	holder TEXT NOT NULL, 
	program TEXT NOT NULL, 
	holding TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	as_of TEXT NOT NULL, 
	PRIMARY KEY (holder, program, holding)
);
CREATE TABLE subject_key (
	subject TEXT NOT NULL, 
	"key" BLOB, 
	forgotten_at TEXT, 
	PRIMARY KEY (subject)
);
INSERT INTO "subject_key" VALUES('9b32dbd4f46b29955ddcc2877d04798b',X'6FCE49511E4ED3068E1CF73015E6D9BAA236A03505CBA31A0F2920C7854DB8E6',NULL);
INSERT INTO "subject_key" VALUES('974fa3bdec7335f06800ed5bb57878fe',NULL,'2026-03-01T12:00:00.000000Z');
INSERT INTO "subject_key" VALUES('41584eb36d80aba2b13832447018fd47',X'3448E73FBEB3BA3CE3EAE048CBB44873897C1757485121C97ACC399EC9EBAEFB',NULL);
CREATE INDEX ix_entry_subject ON entry (subject);
CREATE INDEX ix_duplicate_key_activity ON duplicate_key (activity);
CREATE INDEX ix_duplicate_key_subject ON duplicate_key (subject);
CREATE INDEX ix_document_run ON document (run);
CREATE INDEX ix_document_sha256 ON document (sha256);
CREATE INDEX ix_review_state ON review (state);
CREATE INDEX ix_review_document ON review (document);
CREATE INDEX review_certificate ON review (sha256, ordinal);
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER entry_in_order BEFORE INSERT ON entry WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry) BEGIN SELECT RAISE(ABORT, 'entries are only appended'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('document',2);
INSERT INTO "sqlite_sequence" VALUES('review',1);
COMMIT;
