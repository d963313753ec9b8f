"""The language of a page, by its commonest words. Only good enough to know which order of dates it prints."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from collections import Counter

_WORDS = {
    "en": "the of and to has this is that for in completed certificate course successfully certify awarded date with online",
    "pt": "de que o do da em com concluiu curso certificamos carga horaria no na sucesso participacao certificado conclusao aluno pela",
    "es": "de el la que en ha por del con curso horas certifica fecha los las finalizado certificado acredita duracion una esta este para es asistencia y se lo como verificar haber",
    "fr": "le la de du a les des que et en certifie formation certificat suivi heures attestation cours intitulee une",
    "de": "der die das und hat an den dem mit am von teilgenommen erfolgreich zertifikat fur des stunden im",
    "it": "di il che la ha per del corso ore della con attestato aver completato rilasciato durata in data",
    "tr": "ve bir ile tarihinde sertifikasi katilim bu icin egitimi tarafindan tarihleri belge sertifika almaya",
    "ru": "и в на что курс сертификат настоящим подтверждает по прошел прошла с выдан дата обучение",
    "pl": "i w ze certyfikat ukonczenia szkolenia godzin data kurs zaswiadcza przez na z",
    "nl": "de het een en van heeft met voor cursus certificaat datum uur deelgenomen op",
}
_TABLE = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ENGLISH = _TABLE["en"].difference(*(words for language, words in _TABLE.items() if language != "en"))
# So many small words make a language more than names and titles in it.
_FEW, _SOME = 3, 5


def language_of(folded: str) -> str | None:
    """The ISO 639-1 code of the language that most of its small words belong to, None for too few of them."""
    counts = _counts(folded)
    score = {language: sum(counts[word] for word in words & counts.keys()) for language, words in _TABLE.items()}
    best = max(score, key=lambda language: score[language])
    return best if score[best] >= _FEW else None


def stands_alone(language: str | None, folded: str) -> bool:
    """Whether a page is all in this language: no English beside it, as forms have that were translated in part."""
    counts = _counts(folded)
    told = language is not None and sum(counts[word] for word in _TABLE[language]) >= _SOME
    return told and sum(counts[word] for word in _ENGLISH & counts.keys()) < _FEW


def _counts(folded: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", folded))
