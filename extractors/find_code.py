"""Candidates for the validation code and the verification address."""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from collections.abc import Iterator

from extractors import addresses
from extractors.candidates import Candidate, Signs, beside, of_piece, skip_lead_in
from extractors.dates import readings
from extractors.find_address import address_candidates
from extractors.model import Line
from extractors.plain import fold
from extractors.profile import FieldRules, Profile
from extractors.sheet import Passage, Sheet
from extractors.wording import phrase

_NUMBER = r"(?:id(?:entification)?|no|number|num|nr|code|codes|#|nº|n°|ref(?:erence)?)"
CODE_LABEL = phrase(
    rf"(?:certificate|certification|credential|verification|validation|completion|transcript|diploma|badge|authenticity|e?card|serial|document|cert|license|licence|accomplishment|achievement|valid certificate|registration(?= code))(?:'s)?[. ]*{_NUMBER}(?: number)?(?:\.|(?![^\W_]))",
    r"(?:verification|validation|certificate|certification|cert) #",
    r"certificate(?= ?#? ?[:#]? ?[a-z0-9]*\d)|(?:certificado|certificat|certificato|attestato|zertifikat)(?= [a-z]+\d*[/-]?(?=[a-z/-]*\d)[a-z0-9/-]{4,}(?:\n|$))",
    r"(?:codigo|cod\.?|chave|numero|num\.?|n[oº°]\.?|id|folio|registro)(?: (?:de|do|del|da))? (?:validacao|verificacao|autenticidade|autenticacao|autenticacion|certificado|validacion|verificacion|seguranca|controle|identificacion)|codigo de registro",
    r"(?:codigo|folio|cod\.|code|serial|s/n|autenticidade|autenticacao|verify code|validation|token)",
    r"(?:attestation|attestato|certificat|certificado|certificate|zertifikat|diplom[ae]?|sertifika|bescheinigung|constancia|declaracao|certyfikat|certificaat|удостоверение|сертификат|свидетельство) (?:n|n\.?[o°]\.?|nr\.?|num\.?|numero|no\.)",
    r"codice(?: identificativo| di verifica| certificato| attestato)?|numero attestato",
    r"(?:n[o°]|numero|code|identifiant|reference)(?: (?:du|de la|de l'|de|d'))? ?(?:certificat|verification|attestation|validation)|n° de certificat",
    r"(?:zertifikat(?:s)?|prufungs|validierungs|verifizierungs)[- ]?(?:nummer|nr\.?|code|id)|pruf-?(?:code|nummer|nr\.?|ziffer)",
    r"(?:sertifika|belge|dogrulama)(?: (?:no|numarasi|kodu|id))",
    r"(?:номер|код|№)(?: (?:сертификата|удостоверения|проверки|документа|свидетельства))|регистрационныи номер",
    r"(?:id|numer|nr|kod)(?: (?:certyfikatu|weryfikacyjny|weryfikacji|zaswiadczenia))|certificaatnummer|verificatiecode|validatiecode|controlecode|certificaat(?:-| )?(?:id|code)|clave (?:de verificacion|unica)|csv|hash|(?:numero|id)(?: del)? certificado|codigo do certificado",
)
_FOREIGN = phrase(
    r"(?:qp|job role|scheme|trade|skill|unit)[. ]*(?:id|no|number|code)|clave unica de registro(?: de poblacion)?|registro (?:federal|de poblacion|de contribuyentes)|(?:assignment|agreement|contract|work order|staff|personnel|npi|provider|approval|permit|policy|room|batch)[. ]*(?:id|no|number|code)?",
    r"(?:student|course|candidate|provider|activity|school|registry|sponsor|employee|member|account|order|invoice|center|centre|company|user|participant|learner|partner|training center|program|license|event|exam|class|session|session id|registration(?! code)|enrollment|enrolment|roll|seat|reference|ref|batch|module|product|instructor|trainer|approval|accreditation|reg|purchase order|customer po|po|npi|cohort|assignment|version|form|vat|tax|phone|tel|telephone|fax|mobile|zip|cep|po box|ein|ssn|ssl)(?:'s)?[. ]*(?:id|no|number|num|nr|code|#|:)?",
    r"cpf|cnpj|rg|dni|cif|c\.i\.f|tomo|hoja|hrb|rcs|kvk|krs|regon|nip|инн|огрн|mersis no|handelsregister|registro mercantil|registre du commerce|nif|nie|rut|curp|rfc|cpr|matricula|cedula|passaporte|passaport|passport|documento|telefone|telefono|celular|crm|crea|isbn|issn|iso(?:/iec)?|norma|lei|ley|loi|article|articulo|artigo|articolo|decreto|portaria|resolucao|art\.?|numero de referencia|numer referencyjny|numero di riferimento|numero de reference|reference number|siret|siren|numero de declaration|codice fiscale|c\.? ?f\.?|af/grupo|accion/grupo|(?:accion|grupo) n[o°]|cadena original|sello digital|(?:teilnehmer|kunden|mitglieds|matrikel|auftrags|personal|ausweis|rechnungs|seminar|kurs|lehrgangs?|veranstaltungs|schulungs|termin|massnahmen?|projekt)-?(?:nummer|nr)\.?|matrikel|auftrag|n[°o] (?:de |d')?(?:stagiaire|commande|dossier|eleve|etudiant)|matricule|numero de (?:alumno|alumna|estudiante|expediente|pedido)|pedido|matricola|ordine|(?:ogrenci|siparis|kimlik|sicil) ?(?:no|numarasi)?|(?:номер )?(?:слушателя|студента|заказа?)|nr albumu|pesel|(?:student|klant|bestel)nummer|partita iva|p\.? ?iva",
)
# A number that its label calls nothing more: it may be anybody's.
_PLAIN_LABEL = re.compile(r"(?:id|no\.|nr\.?|n[°]|number|nomor)(?: ?(?:no|number|#))?(?=\s*[:.#]|\s*$)")
# "No. 0917/SRT/2024" at the beginning of a line, and no more on it.
_NUMBER_SIGN = re.compile(r"(?:no|nr|n[°o])\.?(?= (?=[\w./-]*[a-z/-])(?=(?:[a-z/.-]*\d){4})[\w./-]{6,}\s*$)")
# Soft and long hyphens print like plain ones.
_HYPHENS = str.maketrans("\u00ad‐‑‒–−", "------")
_TOKEN = re.compile(r"[^\W_][\w./~·\u00ad‐‑‒–−-]{2,}[^\W_]|[^\W_]{4,}")
_GROUPS = re.compile(
    r"(?:[A-Z0-9]{2,8} [-–—] ){2,}[A-Z0-9]{2,8}(?![\w])|(?:[A-Z0-9]{3,5}[ -]){2,}[A-Z0-9]{3,5}(?![\w]|-\w)|[A-Z]{2,5}\d{0,3} \d{5,12}(?![\w])"
)
_SEPARATOR = re.compile(r"\s*(?:[:#.-]|[nN]?[º°])*\s*(?:is\s)?[:#]?\s*")
_BARE = re.compile(
    r"(?<=/)(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{40})(?![\w.@-])|"  # of an address ill read
    r"(?<![\w/.@-])(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[A-Z]{2,4}-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|"
    r"[0-9a-f]{24,64}|[A-Z0-9]{8,32}|(?=[A-Z0-9.-]*[A-Z])(?=(?:[A-Z.-]*\d){3})[A-Z0-9]{1,6}(?:[-.][A-Z0-9]{2,}){1,5}(?:-[A-Z0-9])?|[A-Z]{2,5}-[A-Z0-9]{6,20})(?![\w/@]|[.-]\w)"
)
# Small letters and digits in turn, alone a weaker sign: "gyq8zus6r", "cert_4k2m9xp1"; and groups of digits.
_SMALL = re.compile(
    r"(?<![\w/.@-])(?:(?=[a-z0-9]*[a-z][0-9][a-z0-9]*[a-z])[a-z0-9]{8,20}|[a-z]{2,8}_(?=[a-z0-9]*[a-z])[a-z0-9]{6,20}|"
    r"\d{4,}(?:[-.]\d{3,}){2,3})(?![\w/.@])"
)
# A line of small and large letters with a digit among them.
_MIXED = re.compile(r"(?=[A-Za-z]*\d)(?=[A-Z0-9]*[a-z])(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{8,24}(?=\n|$)")
# A line that says where a company is registered.
_REGISTER = re.compile(
    r"registro mercantil|handelsregister|registre du commerce|registro imprese|company (?:number|no)|registered (?:in|office)|\bhoja\b|\bcnpj\b"
)
# How a number goes on in the next line after a hyphen.
_AT_HYPHEN = re.compile(r"[-\u00ad‐‑]\n\s*([A-Z0-9]+(?:-[A-Z0-9]+)*)(?=\s|$)")
_NUMBERED = re.compile(
    r"(?<![^\W_])ref(?:erence)?(?:[ .](?:no|nr|number)?)?\s?[:.#]\s?(?=[\w/.-]*[a-z/-])(?=(?:[a-z/.-]*\d){4})[\w/.-]{6,}|"
    r"(?<![\w.])(?:n[.]?[oº°]|nr|no|num|number)\.?\s*[:#]?\s(?=[\w/.-]*[a-z/-])(?=(?:[a-z/.-]*\d){4})[\w/.-]{6,}"
)
_OF_A_FORM = re.compile(r"[\s,(–-]*(?:rev|version|vers\.|v\.? ?\d)")
# Within a line and without a label, codes are no shorter.
_SHORT = 9
# A label has at most so many words.
_LABEL = 4
_MACHINE_MADE = 0.95
_WHOLE_LENGTHS = {24, 32, 40, 64, 36, 39}
VERIFICATION = phrase(
    r"verif(?:y|ied|ication)(?: the)? (?:at|this|online|authenticity|certificate|validity|here|on|by)|scan to verify|authenticity|"
    r"valid(?:e|ar|ate|ated|acao|acion)(?: this| by| at| em| a| la| o| su)|autenticidad[e]?|authenticite|verificar (?:a|la|este)|"
    r"verifi(?:e|que) (?:a|la|este)|verifiez|echtheit|autenticita|подлинност\w*|проверить|dogrula\w*|z?weryfik\w*|sprawdz\w*|uberpruf\w*|verificare|comprobar|comprueb\w*"
)
# Words that tell to scan a code of squares or bars.
SCAN = re.compile(
    r"\b(?:scan(?!dina)|escane|qr[- ]?(?:code|kod|codigo)|codigo qr|karekod|zeskanuj|scannez|scannen)|сканир"
)


def code_candidates(sheet: Sheet, profile: Profile | None) -> Iterator[Candidate]:
    """Every token of the page, its links and QR codes that may be the validation code."""
    rules = profile.rules("validation_code") if profile else None
    for address in address_candidates(sheet, profile):
        for place, token in enumerate(_tokens(address, profile)[:3]):
            signs = {"anothers": 0.0, "token": token.strength, "first_token": float(place == 0)} | address.signs
            yield Candidate(
                "validation_code", token.text, address.raw, sheet.number, address.box, address.source, address.read,
                _shaped(token.text, profile) | signs,
            )  # fmt: skip
    for passage in sheet.passages:
        yield from _labelled(sheet, passage, rules, profile)
        yield from _bare(sheet, passage, profile)
        yield from _under_address(sheet, passage, profile)


def _tokens(address: Candidate, profile: Profile | None) -> list[addresses.Token]:
    """The parts of an address that may be the code. On the issuer's own host its codes are found by their form: some
    look like words, stand before a file's ending, or have no name in the query.
    """
    found = addresses.tokens(address.value)
    if profile is None or profile.code_pattern is None or not address.signs["own_host"]:
        return found
    if any(re.fullmatch(profile.code_pattern, token.text) for token in found):
        return found
    path = re.sub(r"^(?:https?://)?[^/]*", "", address.value)
    shaped = [match.group() for match in re.finditer(rf"(?<![^\W_])(?:{profile.code_pattern})(?![^\W_])", path)]
    return [addresses.Token(shaped[-1], 1.0), *found] if shaped else found


def _shaped(text: str, profile: Profile | None) -> Signs:
    pattern = profile.code_pattern if profile else None
    likeness = addresses.shape(text)
    # Long hexadecimal numbers and UUIDs are made by machines, to name one thing.
    signs = {"shape": likeness, "machine_made": float(likeness >= _MACHINE_MADE), "short": float(len(text) < 6)}
    if pattern is not None:
        signs["pattern" if re.fullmatch(pattern, text) else "off_pattern"] = 1.0
    return signs


def _labelled(sheet: Sheet, passage: Passage, rules: FieldRules | None, profile: Profile | None) -> Iterator[Candidate]:
    first = passage.breaks[0]
    patterns: list[tuple[re.Pattern[str], Signs]] = [(CODE_LABEL, {"label": 1.0, "anothers": 0.0})]
    if rules is not None and rules.label_pattern is not None:
        patterns.append((rules.label_pattern, {"label": 1.0, "profile": 1.0, "anothers": 0.0}))
    for pattern, signs in patterns:
        for match in pattern.finditer(passage.folded, 0, first):
            # What the profile calls the code's label is nobody else's, whatever words are in it.
            # "Certificate ref." is the certificate's own: there only what stands before it may say otherwise.
            own = match.group().startswith(("certif", "document ref"))
            end = match.start() if own else match.end()
            if "profile" not in signs and _FOREIGN.search(passage.folded, max(0, match.start() - 14), end):
                continue
            yield from _at_label(sheet, passage, match, signs, profile)
    plain = _PLAIN_LABEL.match(passage.folded, 0, first) or _NUMBER_SIGN.match(passage.folded, 0, first)
    if plain is not None:
        yield from _at_label(sheet, passage, plain, {"label": 0.7, "plain_label": 1.0}, profile)


def _at_label(
    sheet: Sheet, passage: Passage, match: re.Match[str], signs: Signs, profile: Profile | None
) -> Iterator[Candidate]:
    first = passage.breaks[0]
    separator = _SEPARATOR.match(passage.text, match.end())
    start = separator.end() if separator else match.end()
    if start < first:
        found = list(_token(passage, start, signs | {"beside": 1.0}, profile))
        if found:
            yield from found
            return
        start = first
    if start < len(passage.text):
        yield from _token(passage, skip_lead_in(passage, start), signs | {"below": 1.0}, profile)
    other = beside(sheet, passage)
    if other is not None:
        yield from _token(other, 0, signs | {"beside": 1.0}, profile)
    for above in sheet.column_above(passage.lines[0], 1):
        over = Passage([above], sheet.number)
        if len(above.words) <= 2:
            foreign = float(_is_anothers(sheet, above))
            yield from _token(over, 0, signs | {"above": 1.0, "foreign": foreign}, profile)


def is_numbered(sheet: Sheet) -> bool:
    """Whether somewhere a number with letters or strokes in it is called no more than a number: "n.º TP-24/25-913"."""
    text = sheet.folded
    return any(
        _FOREIGN.search(text, max(text.rfind("\n", 0, match.start()), match.start() - 28, 0), match.start()) is None
        for match in _NUMBERED.finditer(text)
    )


def _is_anothers(sheet: Sheet, line: Line) -> bool:
    """Whether the label right over a line is that of another number: a student's, a course's, an order's."""
    label = sheet.above(line)
    return label is not None and len(label.words) <= _LABEL and _FOREIGN.search(fold(label.text)) is not None


def _is_of_another(sheet: Sheet, line: Line) -> bool:
    """Whether the label of a line, over it or beside it in a form, is known as that of another number."""
    label = sheet.form.values.get(id(line))
    return _is_anothers(sheet, line) or (label is not None and _FOREIGN.search(fold(label)) is not None)


def _is_in_a_row(sheet: Sheet, passage: Passage) -> bool:
    """Whether a token stands beside a label, as in a form: the label of no code, or it would have been taken there."""
    return any(
        beside(sheet, other) is passage
        for other in sheet.passages
        if other is not passage and len(other.lines[0].words) <= _LABEL and not re.search(r"\d", other.lines[0].text)
    )


def _token(passage: Passage, start: int, signs: Signs, profile: Profile | None) -> Iterator[Candidate]:
    """The token that begins at `start`, also in groups, also going on in the next line."""
    groups = _GROUPS.match(passage.text, start)
    match = groups or _TOKEN.match(passage.text, start)
    if match is None:
        return
    text = (re.sub(r"\s", "", match.group()) if groups else match.group().rstrip("./")).translate(_HYPHENS)
    joined = _continued(passage, match.end(), text)
    whole, end = joined if joined else (text, match.end())
    lone = passage.text[:start].rpartition("\n")[2] + passage.text[match.end() : passage.line_end(start)]
    if not re.search(r"[\d_]", whole) and not (whole.isupper() and len(whole) >= 6 and ("beside" in signs or not lone)):
        return
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d", whole):
        return
    piece = passage.piece(match.start(), end)
    if piece is not None:
        yield of_piece(
            "validation_code", whole, piece, _shaped(whole, profile) | signs | {"joined": float(joined is not None)}
        )


def _continued(passage: Passage, end: int, text: str) -> tuple[str, int] | None:
    """A number broken over two lines: a hexadecimal one only where the parts make up one of the usual lengths, any
    other at a hyphen.
    """
    hyphen = _AT_HYPHEN.match(passage.text, end)
    if hyphen is not None and re.search(r"\d", text):
        return f"{text}-{hyphen[1]}", hyphen.end()
    if end != passage.line_end(end) or len(text) in _WHOLE_LENGTHS:
        return None
    match = re.compile(r"\s*([0-9a-fA-F-]+)(?![\w])").match(passage.text, end)
    if match is None or not re.fullmatch(r"[0-9a-fA-F-]+|UC-[0-9a-f-]+", text):
        return None
    whole = text + match[1]
    return (whole, match.end()) if len(whole) in _WHOLE_LENGTHS else None


def _bare(sheet: Sheet, passage: Passage, profile: Profile | None) -> Iterator[Candidate]:
    """Tokens without a label, by their form alone."""
    first = passage.breaks[0]
    mixed = _MIXED.match(passage.text)
    small = (*_SMALL.finditer(passage.text, 0, first), *([mixed] if mixed else []))
    for match in (*_BARE.finditer(passage.text, 0, first), *small):
        text = match.group()
        if re.fullmatch(r"[A-Z]+|[a-f]+|\d+h\d+(?:min)?", text) or (text.isdigit() and len(text) < 9) or readings(text):
            continue
        joined = _continued(passage, match.end(), text)
        whole, end = joined if joined else (text, match.end())
        piece = passage.piece(match.start(), end)
        if piece is None:
            continue
        before = passage.folded[max(0, match.start() - 28) : match.start()]
        alone = passage.text[:first].strip() == text
        told = _FOREIGN.search(before) or _REGISTER.search(passage.folded, 0, first)
        # "NET-204 Routing", "FOR.NEP.012 - Rev. 4": numbers of courses and of forms.
        numbered = (not alone and len(text) < _SHORT) or _OF_A_FORM.match(passage.folded, match.end()) is not None
        labelled = alone and (_is_anothers(sheet, passage.lines[0]) or _is_in_a_row(sheet, passage))
        foreign = told is not None or numbered or labelled
        anothers = told is not None or (alone and _is_of_another(sheet, passage.lines[0]))
        yield of_piece(
            "validation_code", whole, piece,
            _shaped(whole, profile)
            | {"bare": 1.0, "whole_line": float(alone), "small": float(match.re is not _BARE)}
            | {"foreign": float(foreign), "anothers": float(anothers)},
        )  # fmt: skip


def _under_address(sheet: Sheet, passage: Passage, profile: Profile | None) -> Iterator[Candidate]:
    """A token alone on its line right under the words or the address that tell where to verify."""
    line = passage.lines[0]
    over = sheet.above(line)
    if len(line.words) != 1 or over is None or line.box[1] - over.box[3] > 1.5 * max(line.size, over.size):
        return
    said = VERIFICATION.search(over.folded) or any(
        addresses.verifies(match.group()) for match in addresses.printed(over.text)
    )
    if said and addresses.shape(line.text) > 0 and re.search(r"\d|^[A-Z]+$", line.text):
        yield from _token(passage, 0, {"under_address": 1.0}, profile)
