"""What kind of document it is, by its wording."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re

from extractors.model import DocumentType
from extractors.wording import COURSE_INTRO, DID, HEADING, HOLDER_INTRO

_IN_PROGRESS = re.compile(
    r"\bin progress\b|\bcurrently enrolled\b|\bis enrolled in\b|\bcursa\b(?! \w+mente)|\bem andamento\b|\ben curso de\b|\ben cours\b(?! en)|\binscrit[ao]? en\b|"
    r"\besta cursando\b|\bprogress report\b"
)
_TRANSCRIPT = re.compile(
    r"\btranscript of records\b|\b(?:official|unofficial|academic|learner|learning) transcript\b|\bhistorico escolar\b|\breleve de notes\b|\bnotenspiegel\b"
)
_CERTIFICATION = re.compile(
    r"requirements to be recogni[sz]ed as|certification requirements|certified professional\b.*recogni|is recogni[sz]ed by|is hereby designated|is certified as|candidate id|"
    r"certification (?:date|no|number)|\bhas earned the certification\b|valid (?:until|through|thru)"
)
_EXAM = re.compile(
    r"passed (?:the )?(?:certification )?exam|certification exam\b|course examination|passing score|exam (?:date|passed)|has passed the"
)
_BADGE = re.compile(
    r"\bdigital badge\b(?!:)|\bcredential earned\b|\bbadge\b(?=.*(?:earned|issued|completed by))|open ?badge"
)
_ATTENDANCE = re.compile(
    r"certificate of (?:attendance|participation)|carta de asistencia|has (?:attended|participated)|attestato di partecipazione|attestation de presence|"
    r"teilnahmebescheinigung|certificado de (?:asistencia|participacion|participacao)|declaracao de participacao|katilim sertifikasi|ha asistido|participou d"
)
_COMPLETION = re.compile(
    r"complet|conclu|finaliz|terminad|reussi|suivi|abgeschlossen|absolviert|teilgenommen|aprob|aprov|завершил|прош|окончил|tamamla|ukoncz|achievement|accomplishment|certificat|diploma|zertifikat|сертификат|sertifika|attestato|certyfikat"
)


def kind_of(folded: str) -> DocumentType:
    """The kind of document a folded text is; `other` where nothing reads like a certificate."""
    text = re.sub(r"\s+", " ", folded)
    if _IN_PROGRESS.search(text):
        return DocumentType.IN_PROGRESS
    if _TRANSCRIPT.search(text):
        return DocumentType.TRANSCRIPT
    signs = sum(1 for pattern in (COURSE_INTRO, DID, HOLDER_INTRO, HEADING) if pattern.search(text))
    if signs == 0 or (signs < 2 and not _COMPLETION.search(text)):
        return DocumentType.OTHER
    if _CERTIFICATION.search(text):
        return DocumentType.CERTIFICATION
    if _EXAM.search(text):
        return DocumentType.EXAM
    if _BADGE.search(text):
        return DocumentType.BADGE
    if _ATTENDANCE.search(text):
        return DocumentType.ATTENDANCE
    return DocumentType.COMPLETION
