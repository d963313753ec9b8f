"""What kind of document it is, by its wording."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from itertools import islice

from extractors.model import DocumentType
from extractors.wording import COURSE_INTRO, DID, HEADING, HOLDER_INTRO

# Says that nothing is completed yet, whatever else is said …
_IN_PROGRESS = re.compile(
    r"\b(?:"
    r"(?:is|are|still|currently|status:?|now) in progress\b|in progress ?[:(]? ?\d|currently (?:enrolled|attending|taking|studying)\b|"
    r"is enrolled in\b|progress report\b|your progress\b|em andamento\b|cursa (?:actualmente|atualmente)|(?:actualmente|atualmente) cursa|"
    r"esta cursando\b|en curso de\b|immatrikulationsbescheinigung\b|w trakcie (?:realizacji|nauki|szkolenia)\b|obecnie uczestniczy\b|"
    r"devam etmekte|обучается\b|проходит обучение\b|sta frequentando\b|nimmt derzeit\b|volgt momenteel\b"
    r")|(?<![\d.,])\d{1,2}(?:[.,]\d)? ?% (?:complete\b|completed\b|concluid|completad|abgeschlossen|termine|ukonczon|tamamland)"
)
# … and only where no sentence says what the holder has done ("inscrita no CPF …, concluiu").
_ENROLLED = re.compile(
    r"\bin progress\b|\b(?:are|been|is) (?:now )?(?:enrolled|registered) (?:in|for|to|at|on|as)\b|\benrol?lment (?:confirmation|certificate|letter)|\bregistration confirm|"
    r"\bconfirmation of (?:registration|enrol?lment)|\bcursa\b(?! \w+mente)|\binscrit[aeo]?s?\b(?! (?:na oab|no cpf|no conselho|no crm|no crea|en el registro))|\b(?:confirmacao|confirmacion|comprovante|comprobante|constancia|attestation|certificat) (?:de |d')inscri\w+|\bmatriculad[ao]s?\b|\b(?:declaracao|certificado|constancia|comprovante|atestado) de matricula|"
    r"\biscri(?:tt[ao]|zione)\b|\beingeschrieben\b|\banmeld(?:ung|ebestatigung)|\ben cours\b(?! en)|\bkayitli\w*|\bogrenci(?:si)?dir\b|\bogrenci belgesi\b|"
    r"\bzapisan[ya]\b|\bingeschreven\b|\bзачислен[ао]?\b|\bwill (?:receive|be (?:awarded|issued|sent|presented))\b|\byou(?:'ll| will) (?:get|earn|receive)\b|"
    r"\bto (?:earn|get|receive|unlock|claim) (?:your|a|the) certificate|\breceber(?:a|ao)\b|\brecibira\w*|\berhalten sie\b|\brecevr\w+|\bricever\w+|\bполучит\w*|"
    r"\botrzymaja?\b"
)
_TRANSCRIPT = re.compile(
    r"\btranscript of records\b|\b(?:official|unofficial|academic|learner|learning) transcript\b|\bhistorico escolar\b|\breleve de notes\b|\bnotenspiegel\b|"
    r"\bgrades? report\b|\breport card\b|\bcertificado de (?:calificaciones|notas)\b|\bboletim (?:escolar|de notas)\b|\bnotenubersicht\b|\bleistungsubersicht\b|"
    r"\bwykaz ocen\b|\bакадемическая справка\b|\bnot (?:dokumu|cizelgesi)\b|\bcijferlijst\b|\bcertificato (?:degli esami|di carriera)\b"
)
# Papers about a course or its price. One word of a bill stands on certificates too (a VAT number), two do not.
_BILL = re.compile(
    r"\b(?:invoice|receipt|rechnung|factura|fatura|facture|fattura|faktura|factuur|счет-фактура|subtotal|gesamtbetrag|amount due|total due|payment method|"
    r"order number|mwst|unit price|quantity|thank you for your (?:purchase|order)|forma de pagamento|forma de pago|importo|betaalwijze|kdv|boleto)\b|"
    r"\btotal:? ?(?:[€$£]|\d+[.,]\d\d)"
)
_PROGRAMME = re.compile(
    r"\b(?:course )?syllabus\b|\bcourse (?:outline|description)\b|\bplano de (?:ensino|aula)\b|\bementa\b|\bsilabo\b|\bplan de estudios\b|\blehrplan\b|\bkursprogramm\b|"
    r"\bprogramme de (?:la )?formation\b|\bprogramma del corso\b|\bgrading policy\b|\bprerequisites?\b|\blearning outcomes\b|\bbibliografia\b|\bprogram (?:zajec|szkolenia)\b|"
    r"\bучебный план\b|\bпрограмма курса\b|\bders (?:programi|izlencesi)\b|\bcursusprogramma\b|\bagenda\b|\btimetable\b|\bcronograma\b|\btagesordnung\b|\bordre du jour\b"
)
_CERTIFICATION = re.compile(
    r"requirements to be recogni[sz]ed as|certification requirements|certified professional\b.*recogni|is recogni[sz]ed by|is hereby designated|is certified as|candidate id|"
    r"certification (?:date|no|number)|\bhas earned the certification\b|valid (?:until|through|thru)"
)
_EXAM = re.compile(
    r"passed (?:the )?(?:certification )?exam|certification exam\b|course examination|passing score|exam (?:date|passed)|has passed the|prufung .{0,60}bestanden|"
    r"examen aprobado|aprobo el examen|reussi l'examen|superato l'esame|aprovad[oa] no exame|сдал[аи]? экзамен|zdala? egzamin|heeft het examen|prufungszertifikat"
)
_BADGE = re.compile(
    r"\bdigital badge\b(?!:)|\bcredential earned\b|\bbadge\b(?=.*(?:earned|issued|completed by))|open ?badge|\bdigital badge (?:earned|awarded|issued)"
)
_ATTENDANCE = re.compile(
    r"certificate of (?:attendance|participation)|carta de asistencia|has (?:attended|participated)|attestato di partecipazione|attestation de presence|"
    r"teilnahmebescheinigung|certificado de (?:asistencia|participacion|participacao)|declaracao de participacao|katilim (?:sertifikasi|belgesi)|ha asistido|participou d|"
    r"certificat de participation|teilnahmebestatigung|bewijs van deelname|zaswiadczenie o (?:udziale|uczestnictwie)|сертификат участника"
)
_COMPLETION = re.compile(
    r"complet|conclu|finaliz|terminad|reussi|suivi|abgeschlossen|absolviert|teilgenommen|aprob|aprov|завершил|прош|окончил|tamamla|ukoncz|achievement|accomplishment|certificat|diploma|zertifikat|сертификат|sertifika|attestato|certyfikat|award|credential|"
    r"getuigschrift|bewijs van|swiadectw|zaswiadcz|belgesi|удостоверен|свидетельств|bescheinig|bestatig|atestado|constancia|attestation|badge|udzial"
)

_KINDS = (
    (DocumentType.CERTIFICATION, _CERTIFICATION),
    (DocumentType.EXAM, _EXAM),
    (DocumentType.BADGE, _BADGE),
    (DocumentType.ATTENDANCE, _ATTENDANCE),
)
# A day of completion says it all: "Completed on 3 May", "Abschlussdatum: 3.5.".
_COMPLETED_ON = re.compile(
    r"\b(?:completed|completion date|date of completion|completato|completado|concluid[oa]|conclusao|finalizad[oa]|finalizacion|termine|date de fin|abgeschlossen|"
    r"abschlussdatum|tamamlanma tarihi|data ukonczenia|voltooid|дата (?:окончания|завершения)) ?(?:on|il|le|em|el|am|op)? ?:? ?(?:[^\W\d]+,? )?(?:[^\W\d]{3,10}\.? )?\d"
)
_VERIFIED = re.compile(
    r"\b(?:verif|valida(?:te|r|cao|cion|tion)|authentic|autentic|echtheit|dogrula|подлинн|weryfik|codice identificativo)\w*"
)


def kind_of(folded: str) -> DocumentType:
    """The kind of document a folded text is; `other` where nothing reads like a certificate."""
    text = _in_one_line(folded)
    if _says_bill(text):
        return DocumentType.OTHER
    done = DID.search(text) is not None or " completed by " in text
    if _IN_PROGRESS.search(text) or (not done and _ENROLLED.search(text)):
        return DocumentType.IN_PROGRESS
    if _TRANSCRIPT.search(text):
        return DocumentType.TRANSCRIPT
    if not done and _PROGRAMME.search(text):
        return DocumentType.OTHER
    return _of_certificate(text)


def is_bill(folded: str) -> bool:
    """Whether a folded text says itself that it is a bill, and not only nothing of a certificate."""
    return _says_bill(_in_one_line(folded))


def _says_bill(text: str) -> bool:
    return len({match.group() for match in _BILL.finditer(text)}) > 1


def _in_one_line(folded: str) -> str:
    return re.sub(r"\s+", " ", folded)


def _of_certificate(text: str) -> DocumentType:
    # How many there are besides two says nothing more.
    telling = (pattern for pattern in (DID, HEADING, COURSE_INTRO, HOLDER_INTRO) if pattern.search(text))
    signs = len(list(islice(telling, 2)))
    if signs == 0 and not _BILL.search(text):
        told = _COMPLETED_ON.search(text) or (_COMPLETION.search(text) and _VERIFIED.search(text))
        return DocumentType.COMPLETION if told else DocumentType.OTHER
    if signs == 0 or (signs < 2 and not _COMPLETION.search(text)):
        return DocumentType.OTHER
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return DocumentType.COMPLETION
