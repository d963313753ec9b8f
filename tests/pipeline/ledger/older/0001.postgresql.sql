CREATE FUNCTION entry_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'entries are never changed or deleted'; END $$;
CREATE TABLE alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE attempt (
    key text NOT NULL,
    failures integer NOT NULL
);
CREATE TABLE document (
    id integer NOT NULL,
    sha256 text,
    name text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    entries text NOT NULL,
    run text,
    first_seen_at text NOT NULL,
    updated_at text NOT NULL
);
CREATE SEQUENCE document_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE document_id_seq OWNED BY document.id;
CREATE TABLE duplicate_key (
    key_hash text NOT NULL,
    subject text NOT NULL,
    activity text,
    seq integer NOT NULL
);
CREATE TABLE entry (
    seq integer NOT NULL,
    recorded_at text NOT NULL,
    event text NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    prev text NOT NULL,
    hash text NOT NULL
);
CREATE TABLE review (
    number integer NOT NULL,
    document integer NOT NULL,
    sha256 text NOT NULL,
    ordinal integer NOT NULL,
    name text NOT NULL,
    path text NOT NULL,
    extraction text NOT NULL,
    findings text NOT NULL,
    state text NOT NULL,
    created_at text NOT NULL,
    decided_at text
);
CREATE SEQUENCE review_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE review_number_seq OWNED BY review.number;
CREATE TABLE run_lock (
    name text NOT NULL,
    run text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    heartbeat_at text NOT NULL
);
CREATE TABLE snapshot (
    holder text NOT NULL,
    program text NOT NULL,
    holding text NOT NULL,
    verdict text NOT NULL,
    as_of text NOT NULL
);
CREATE TABLE subject_key (
    subject text NOT NULL,
    key bytea,
    forgotten_at text
);
ALTER TABLE ONLY document ALTER COLUMN id SET DEFAULT nextval('document_id_seq'::regclass);
ALTER TABLE ONLY review ALTER COLUMN number SET DEFAULT nextval('review_number_seq'::regclass);
INSERT INTO alembic_version VALUES ('0001');
INSERT INTO attempt VALUES ('efefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefef', 1);
INSERT INTO document VALUES (1, 'abababababababababababababababababababababababababababababababab', 'scan.pdf', 'done', 'Accepted.', '[2]', NULL, '2026-03-01T12:00:00.000000Z', '2026-03-01T12:00:00.000000Z');
INSERT INTO document VALUES (2, 'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', 'second scan.pdf', 'review', '', '[]', NULL, '2026-03-01T12:00:00.000000Z', '2026-03-01T12:00:00.000000Z');
INSERT INTO duplicate_key VALUES ('da49ccef1062e2aa83244bc4f24ca6b45b4e5e4c7dec08d2b3544f64473d8cea', '5f29539447c4ebdfbe4a1789ba6b4ed6', '050851e7203d3d95aa8ea47315fdc62b', 4);
INSERT INTO entry VALUES (1, '2026-03-01T12:00:00.000000Z', 'holder_recorded', '5f29539447c4ebdfbe4a1789ba6b4ed6', 'WpUMIsYTYBStKnqBgcgW8jgfRkUpL3lbBptxfoLVwbKNEqMRAZWqzT4hdFYSSTdnsS1Gt8fBXEnpZXzAHnToU1fmH6bl8XDE33gTHOmGcBoQqJpGkVLx8XPfOWHXwP6iuLTfC2/lnf515USR6KTJ52W7c02XyG8DIjc+qVoAjj/8PWWaDg7q87kkWrziTrhzzgCj/taG7vzAUeU5R04=', '0000000000000000000000000000000000000000000000000000000000000000', '2d43d5675a6d13f8ad12bf89ac8b1fb6e339c1d255a3f43bed075495fd2ad301');
INSERT INTO entry VALUES (2, '2026-03-01T12:00:00.000000Z', 'activity_recorded', '5f29539447c4ebdfbe4a1789ba6b4ed6', 'FKgnNooznfKNHR4DRApC4vsw8GVbcrj1UtrqLwPsij55wAjyod4t9DIxatkerzoiqe3S71XUTL/3R0gFG35BktRcHUD+VX2GKgQHFgyxoehwSF0BvY3Dt7aGsdlnN9kugo8teYtahDYDTVWMx2tDNsW22yQG/bvmg8ofrZC0kzCTJk44A7WcUM6dqqmv3+7EkoVDGPV+aan4u4awL4Nj7fOKHp+9SPWuvjH0RHkNkYgbxaXwS/ULW5tRntzYdMaVkkMZ/rMvKhdhFZ1KwxjV6VpPHoE4P9PJ/BUcSvtzoWcOVF81mkDPE658r8EkeglpaLri8OsdyfYpMllXkRbrZMybgJ62cJiY2yJRNMJN8ULeAcYQdFBAOeT6dahGUL9mA/B6Otf8kKwOk/elRqdYCjUXMyAkcbHijnnWDsKkQvds2Fm6lEN9cY5B0+0pJG76e2Lp3+3CSishubl/ubJHHLL3oRUX+vOXGOAhd/U12/Xc1NvAbMzm+7/5NJXVc2a3RodjYmJUhHP1KzyuKZ/zvZy49yLCEY6+iw8xv63QeiHXtMMkpUHPePTEXHgEj52oFMTIQam0Y7ffF9UH7xA1vcDkVr6cbFIXvTxH2nro0lW/MIauQj6e2w8YBbMhx8QKmxC9xb76qFYRzt12ZSzi6SF5IQrsKsrZvqZInQrRrEUyrgShAeKmd4fVe1fKOP1zGKPVzhciU6Hi90J1swVly7UUmIo7Xm0=', '2d43d5675a6d13f8ad12bf89ac8b1fb6e339c1d255a3f43bed075495fd2ad301', '4031773acff919c78763780abc046f4cd9493d4d1531d0584612674839f4701e');
INSERT INTO entry VALUES (3, '2026-03-01T12:00:00.000000Z', 'claim_recorded', '5f29539447c4ebdfbe4a1789ba6b4ed6', '4r5v24KJEGiE/6LZAF1wfKttdPZqgFs8PzESL5vTxFIz8wgaPpMAKgXNQDlsplrtK+K7xuGKjnukxd6ruhU3Cdb+TZfq1vb8qhY4xGv9odm1nq9JKYYAjFTtyp99Cv40vbQb7dA87shGwPzFLxkfnhQBKBSpMYv/4xFl+26ONRgJWWZqhd5Jp8aYDrxtUUMio7hPM6j1/YOBC7IjQb+YEKcExBAAcL9ZoMFoKLB5bOj42ulmQpYLuNSq5yuD2GbREPFsia1wbb+IIEAXS7CjNP+/4OpoT/JLPRsUIA4LWoho+yrh+/YNR6O7xAWCZJP2BSm6MoKzxUl9lNaABHmZSfYHM8FoC2OA2DqXmrnZ2z0UvKfaJIBQLyzcV5qwpG5fKG5k0ma10Wfq0UztUp6DRpQwTksmrZYoVUrPqcZihhRJ1p3+I3cVr8vEihdX1VKIpNGNjpw8XQPylkcyNJPykvIE4m3poQYVG0Y69A==', '4031773acff919c78763780abc046f4cd9493d4d1531d0584612674839f4701e', '35ce17e77412b67bebc8c9c5f120e3da4e6ba03152f1d43d46711c4e865b214b');
INSERT INTO entry VALUES (4, '2026-03-01T12:00:00.000000Z', 'activity_recorded', '5f29539447c4ebdfbe4a1789ba6b4ed6', 'ZEOKXQOkj7lrGBXKHroCwAOV0r71E8WBQn34eeDrnLt+wXN8QpU7nShpocMgyNtNb18JRj4qyibOa49rb0moO1CtJgDpMuPi29YC8FcIqjuqy8GAEpeFed6P5c7/XF3PQ82I9IfSnIneAWLG2E+Q6kpAP3AgtB202Ff1dwP62TCmw1DdqTm/6kN9BlomXsspZt5eE2fQ60lumI+FR0rrR2grIVbokFOnQ+zJ8mJosRSpSVTlruW5H4tK91KtVY434vPC8p2nJN+He59eYAuZx/JEcXdL291Es/977hCfOacnp/4BucKLni5UNS8A+BMcTSahcnoJA7MOm0rqeJ7zUWXc/htlOjiSD05QLBOcTqo2JPujCQgSzBGO1M94Mzb+k3bGZ15mXFnboAQKrndPdtMV4PnROK5LMXzxKfWYjyDIMjELYMDJMxUWpHwjSNvypE/KwvPWgLsRUA39omk71NWAho7x/CuHtWdS3TN5x5IgtaPwFfKk+Vc5UXEQu5GBgs7fvmURFgJKGwLsdiFmw2SHSR+gNpTLVFJucw1Jfk9khoknij64quz8g2twnv2mQ7Fdk2/ZG2+AAgP1iAIKGG6DzUYoSQ9llLDnZb09o/12tTv3aOONaRho8ap8XZ/MGxeKY0SmCM+SBAybyiBovVbyuXBqrZjiIe1eUGZp9qNbNPS2Sia6T5dKNkkDeQ2vhWEpfKwfYYKCFSArgWQyJ6FRHQ==', '35ce17e77412b67bebc8c9c5f120e3da4e6ba03152f1d43d46711c4e865b214b', '7e65d83db9d177798caab4b25a3755b342762483db3211073ee3e1ebce7f039e');
INSERT INTO entry VALUES (5, '2026-03-01T12:00:00.000000Z', 'activity_voided', '5f29539447c4ebdfbe4a1789ba6b4ed6', 'yxlbEEc9qdmwPRC8UrTam/ypTmocjkT8FaTm8tBiVYl502uyB/C7cuUHw92XumFB8s9AxeyZuzOp4pq9bzMaMZ3fZTl9b2i47mvfnIQ6fXb9rOrg/O99s/MWGdR3NDaLBXcRzP5A9pmr047Au9wtqxxR2YnD8xuscb8u2NPV6BbUET2k64ydPbO0A5NQ0TMNspoHMeBRZfk6Lm8HA7505gn7qC6aYF4psKpUXqUNRQ==', '7e65d83db9d177798caab4b25a3755b342762483db3211073ee3e1ebce7f039e', '8b6cf48aceb9ac605ca38cc6a6cbdd5b2087794d7004e271f830b3e64ca52adf');
INSERT INTO entry VALUES (6, '2026-03-01T12:00:00.000000Z', 'holder_recorded', 'fc407e576b1ff3eb5d7faba360372e89', 'aNZNY9dGDMyWY/ZwpUkReod7u0R4ohgNk6uZud41gN/4vu4cjg/ycgz8eStvtopOva0WZsxjdKsJAhOH+RYIiCYPMElQZwJmUSyU0DovdfHXlA4gEuIyAFGFM1Ak5JlzHjsRaMCUBHbDymngJedxpzAX03RNJ6JUn12FenIuOgXM3qffWfec8IJn9pb6JmpiXWUv', '8b6cf48aceb9ac605ca38cc6a6cbdd5b2087794d7004e271f830b3e64ca52adf', 'd836fcbbbb99ff213251221824c351c91c848e451603ee3309594fd4b806aacb');
INSERT INTO entry VALUES (7, '2026-03-01T12:00:00.000000Z', 'activity_recorded', 'fc407e576b1ff3eb5d7faba360372e89', '0TUoVf2VtKGQi3Ovn1ETFyGnR8OfNLCNBgURXSDJQiBuK+fC9afZf30PjvD1G4UYHvhuwLMs7847Dl1cD/h9nbIs/VLiRfyTd7QGsAqCrb4EeBrDNlJYEbvjgG7RzJmcC4DK6a62g6dpgxrhAxqs3NuwKAanQD9eGEFyXuJAtXA59un5ORT/XSuURURI6TMFNM2FSBLIHFMaLdadFTeqb8tEi9AknbtU78z7aszkvSlC3Tcr0gVHG39UPB0KwgMD5zWagtO/lTjS/YXtIGsRSVfWsrxW4mpdRU/n85aTfWSTJUvCv7bYJ4qZHuV+UMQJCLvBzNuuGE7XZagQr7veLVDMQkhJLwV6WpDJ8QQk6BuH738IMbAnktqXTg/QgyK4AEu3Sg8L06XZ6jKMD9oIbVIncgYXmy0Jk/0ZirUGa4N5vnWdXw/7D2JoEsmPx9cwo5icTdR+PEPmpObZ5BEDLXptC0Fccs/On2E/hc/HTsKXd1KKf4QyW27rcKDL6mkvwzKDLnyJCPFNgmrmyntzrc5jeUqQLQvbOSCH6NC1GFeEQpaS+y4K0tARMHZX+IRtg0skFdyc0pkvH/kRZ/qdJjI1UrGq2EoX7s0oai1g7uvlnLgtXOYB4Zy64GZsTpuESIAgE+l3w6141v9aGwEjDKkNCq507art/wuEpRzTf8Jc69A87lqXkudc+DyCUVpD0OOcE0KlkiIbmJItZWoOgxCwd3PCf3Q=', 'd836fcbbbb99ff213251221824c351c91c848e451603ee3309594fd4b806aacb', '6463e2f365a53e75f08715fa1c6cca026cc8294e747a481a3a3fed20d11b9dce');
INSERT INTO entry VALUES (8, '2026-03-01T12:00:00.000000Z', 'holder_recorded', 'd5f303626a49cab85c7dc380115f0a06', 'r5wAiq3IzdDgRl7+rQ4hJAZR+AmCcstPGs9RAPVb1uU1Ty0Q6oYlmbz3Ze6JAu/w6w1yZ+T9zsQNtTmkDfR1Y9D5kTR1KuURm98yYCrkRqvYozVl36W2/gyaLVWi0CzeJT44WAapDa2cRppbk8d8J3NEdkaJ9tFoKE9wOLcBeUUPMA7nT450fsdVdXDFsYECpC3XKklAynF3SLS6Eg==', '6463e2f365a53e75f08715fa1c6cca026cc8294e747a481a3a3fed20d11b9dce', '330cd172235a3b88c680bb0b24a71c8bf8f371b029934e28073510c66734b4b9');
INSERT INTO entry VALUES (9, '2026-03-01T12:00:00.000000Z', 'exam_recorded', 'd5f303626a49cab85c7dc380115f0a06', 'GYyE6tvsDf9RPqxAdSu9oHFV1vqnEB3bHlnzGUlorp23E8kMeamR133DnpamTOClTvHdOzF5Eoc9IQjBLJHnGZ1kMMfXSVf4cV6FTAcSokXyHFKBDDQbVcIQ0JWCuCKWKDkXdi77fv41YRUzA5SnfzugtbuvM0W5P4ruDIKbsJJ+imlrXC8DEVu/rdWji2+uZiLdM1QAjQkpwWZ5p7K+OTzyL6jnpd3l0bXClojj5Rbk0jzQ8oqHg8K+mpNBqogZipBW7DZdJ+VuL7aeRs2mIGwbo5A0CkQxur7g5WJ+hEXIVvgXGxAzKv4ZLixp', '330cd172235a3b88c680bb0b24a71c8bf8f371b029934e28073510c66734b4b9', '6a7208dd246a1dad2d3e869aca0a39b5b8ef957f06e98676f716427c959fce03');
INSERT INTO review VALUES (1, 2, 'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd', 1, 'second scan.pdf', 'review/second scan.pdf', '{"ordinal":1,"pages":[1],"media":"pdf-text","document_type":"completion","issuer":"Northwind Academy","profile":null,"contested":[],"fields":{"holder_name":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"course_name":{"value":"Harbour Lights","raw":"Harbour Lights","confidence":0.99,"page":1,"box":[0.1,0.1,0.5,0.2],"source":"text","rivals":[]},"started_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"completed_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"issued_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"expires_on":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"validation_code":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"verify_url":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"credits":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"credit_unit":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]},"hours":{"value":null,"raw":null,"confidence":0.99,"page":null,"box":null,"source":null,"rivals":[]}},"expects":{"code":"sometimes","code_pattern":null,"code_unique":true,"hosts":[]},"producer":null,"created_on":null,"damaged":false,"seconds":{"read":0.0,"ocr":0.0,"find":0.0}}', '[]', 'open', '2026-03-01T12:00:00.000000Z', NULL);
INSERT INTO subject_key VALUES ('5f29539447c4ebdfbe4a1789ba6b4ed6', '\xb7823164c171027094cac31f27026e2855d80a3ceaeebbb460aefb9d951d2409', NULL);
INSERT INTO subject_key VALUES ('fc407e576b1ff3eb5d7faba360372e89', NULL, '2026-03-01T12:00:00.000000Z');
INSERT INTO subject_key VALUES ('d5f303626a49cab85c7dc380115f0a06', '\xa0dc30f475dfd986d7a9b2a48025ef39b368406ad0793b465c5251ab707a5fb1', NULL);
SELECT pg_catalog.setval('document_id_seq', 2, true);
SELECT pg_catalog.setval('review_number_seq', 1, true);
ALTER TABLE ONLY alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (key);
ALTER TABLE ONLY document
    ADD CONSTRAINT document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY duplicate_key
    ADD CONSTRAINT duplicate_key_pkey PRIMARY KEY (key_hash);
ALTER TABLE ONLY entry
    ADD CONSTRAINT entry_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY review
    ADD CONSTRAINT review_pkey PRIMARY KEY (number);
ALTER TABLE ONLY run_lock
    ADD CONSTRAINT run_lock_pkey PRIMARY KEY (name);
ALTER TABLE ONLY snapshot
    ADD CONSTRAINT snapshot_pkey PRIMARY KEY (holder, program, holding);
ALTER TABLE ONLY subject_key
    ADD CONSTRAINT subject_key_pkey PRIMARY KEY (subject);
CREATE INDEX ix_document_run ON document USING btree (run);
CREATE INDEX ix_document_sha256 ON document USING btree (sha256);
CREATE INDEX ix_duplicate_key_activity ON duplicate_key USING btree (activity);
CREATE INDEX ix_duplicate_key_subject ON duplicate_key USING btree (subject);
CREATE INDEX ix_entry_subject ON entry USING btree (subject);
CREATE INDEX ix_review_document ON review USING btree (document);
CREATE INDEX ix_review_state ON review USING btree (state);
CREATE INDEX review_certificate ON review USING btree (sha256, ordinal);
CREATE TRIGGER entry_no_change BEFORE DELETE OR UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION entry_refuse();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION entry_refuse();
ALTER TABLE ONLY review
    ADD CONSTRAINT review_document_fkey FOREIGN KEY (document) REFERENCES document(id);
