"""Labels of forms in the languages that are read: of the holder, of the course, of everything else.

Folded, a blank standing for any white space or none, as in wording.py.
"""
# ruff: noqa: E501 (tables of phrases read best unbroken)

import re
from functools import lru_cache

from extractors.plain import fold
from extractors.wording import HEADING, HOLDER_INTRO, SIGNATORY, phrase

# Headings that are no part of a title even where they stand close to it in its type ("Professional Certificate" is).
_SET_HEADING = re.compile(
    r"(?:e-?)?(?:certificat|attest|atesta|diplom|statement|record|constancia|zertifikat|teilnahme|sertifika|declar|bescheinigung|"
    r"сертификат|свидетельство|удостоверение|zaswiadczenie)"
)
HOLDER_LABEL = phrase(
    r"(?:student|attendee|participant|learner|candidate|recipient|holder|trainee|full|delegate|employee)(?:'?s)?(?: full)?(?: name)?",
    r"name, vorname|nachname, vorname|vor- und nachname|apellidos? y nombres?|nombre del (?:trabajador|participante|alumno)",
    r"(?:name of (?:the )?|full name of (?:the )?)?(?:student|participant|attendee|learner|recipient|trainee|employee|delegate|holder|candidate|certificate holder|licensee)(?:'?s)?(?: full)?(?: name)?|name|(?:first|given) name(?: and|,| &)? (?:last|family|sur)(?: )?name|(?:last|family|sur)(?: )?name, (?:first|given) name|staff member|team member|(?:awarded|issued|presented|granted) to(?=\s*:)|certificate holder",
    r"to(?=\s*:)",
    r"(?:nome|nombre|nom) (?:d[oaeu]l?|de la|de l'|d'|delle?|della) ?(?:\(a\) )?(?:trabalhador|trabajador|aprendiz|formando|participante|estudiante|estudante|alumno|aluno|alumna|aluna|titular|colaborador|colaboradora|stagiaire|participant|participante?|apprenant|beneficiaire|salarie|agent)(?:\(?a\)?)?|formand[oa](?:\(a\))?|colaborador(?:a|\(a\))?|trabajador(?:a|/a)?|trabalhador(?:a)?|aprendiz|asistente|titular|beneficiari[oa]|cursista|discente|servidor(?:a|\(a\))?|profissional|profesional|apellidos,? (?:y )?nombres?|nome e sobrenome|nome e cognome|cognome e nome|nominativo|intestatario|(?:attorney|physician|nurse|pharmacist|dentist|teacher|educator|practitioner|licensee|registrant|member|engineer|technician|worker|operator|driver|professional|clinician|user|guest|individual|person)(?:'?s)?(?: full)? name|allievo|allieva|beneficiaire|salariee?|agent|nom,? prenoms?|prenoms?(?: et|,)? nom|nom et prenoms?|nom de l'apprenant",
    r"(?:name|vorname)(?: und|,| /)? (?:vorname|nachname|zuname|name)|teilnehmende(?:r|/r)?|(?:name|vor- und zuname) (?:des|der) (?:teilnehmers?|teilnehmerin|teilnehmenden|mitarbeiters|mitarbeitenden)|mitarbeiter(?:in|/in)?|inhaber(?:/in)? (?:des|der) (?:zertifikats|bescheinigung)|(?:ausgestellt fur|verliehen an)(?=\s*:)",
    r"(?:katilimcinin |ogrencinin |kursiyerin )?(?:adi(?:,| ve)? soyadi|ad(?:,| ve)? soyad(?:i)?)|kursiyer|katilimci adi|(?:ф\.? ?и\.? ?о\.?|фамилия,? имя(?:,? отчество)?)(?: (?:слушателя|участника|обучающегося))?|обучающиися|обучающегося|imie i nazwisko(?: uczestnika)?|naam (?:deelnemer|cursist)|cursist",
    r"(?:alun[oa]\(a\)|nome completo|nome do aluno|nome|aluno|aluna|estudante|participante|estudiante|alumno|nombre y apellidos|nombre completo|nombre|etudiant|etudiante|nom et prenom|nom|apprenant|participant|stagiaire|teilnehmer/in|teilnehmerin|teilnehmer|name des teilnehmers|corsista|studente|partecipante|cursista|deelnemer|naam|uczestnik|ogrenci|katilimci|слушатель|участник|фио)",
)
COURSE_LABEL = phrase(
    r"(?:course|training|program|programme|module|class|workshop|activity|event|session)(?: (?:name|title))?",
    r"title(?: of (?:the )?(?:course|training|activity|program|programme|event|session|workshop|webinar))?",
    r"(?:name|subject|topic) of (?:the )?(?:course|training|program|programme|module|event|activity|workshop|certification)|(?:course|training|program|programme|class|event|exam|certification|certificate|badge|assessment) (?:name|title|completed|attended|taken|description|passed)|(?:course|training)(?:\(s\)|s)? (?:completed|attended)|subject|topic|learning path|certification",
    r"(?:nome do curso|nombre del curso|curso|titulo do curso|titulo del curso|intitule de la formation|formation|kurs|kursname|corso|titolo del corso|cursus|kurs adi|egitim(?:in)? adi|egitim|курс|программа|szkolenie|credential|qualification|achievement|"
    r"nome d[oa] (?:evento|formacao|treinamento|atividade|acao)|designacao(?: d[oa] (?:curso|acao|formacao))?|acao de formacao|evento|atividade|treinamento|formacao|disciplina|nombre de (?:la actividad|la formacion|la accion formativa)|denominacion(?: del curso)?|accion formativa|actividad formativa|actividad|formacion|capacitacion|"
    r"titre(?: d[ue] (?:la )?(?:formation|cours))?|nom (?:du cours|de la formation)|intitule(?: du cours| du stage)?|cours|stage|nome del corso|denominazione(?: del corso)?|titolo|attivita formativa|thema|titel|kurstitel|kursbezeichnung|seminar|schulung|lehrgang|bezeichnung|veranstaltung|"
    r"(?:re|betreff|betr\.|objet|oggetto|asunto|assunto|ref(?:erence)? to)(?=\s*:)",
    r"(?:compet(?:ence|ency)|qualification|unit(?: standard)?|skill|programme|program|course|training|module|activity|event|session|class|workshop|learning (?:activity|event)|webinar|seminar|conference) (?:title|name|achieved|earned|awarded|attained|topic|subject|description|undertaken|delivered|offered|taken|attended|completed|passed)|competence|competency|unit standard|learning (?:activity|event)|for|webinar|seminar|conference|description of (?:the )?(?:course|training|activity)|(?:in the )?(?:course|training|program|programme) of|title of (?:the )?(?:award|qualification|module|class|seminar|conference|learning activity)|(?:name|title) of (?:the )?(?:training|seminar|webinar|conference|session|class|learning activity|qualification)",
    r"(?:nome|nombre|denominacion|denominacao|titulo|tema|designacao) (?:d[oaeu]l?|de la|da)? ?(?:programa|formacao|formacion|capacitacao|capacitacion|taller|oficina|palestra|seminario|evento|modulo|diplomado|treinamento|entrenamiento|accion formativa|acao de formacao|unidade curricular|actividad(?: formativa)?|atividade(?: formativa)?|curso|minicurso)|programa(?: de (?:formacao|formacion|capacitacao|capacitacion|treinamento))?|curso de (?:formacao|formacion|capacitacion)|modulo|taller|oficina|palestra|tema(?: do curso| del curso)?|unidade curricular|asignatura|diplomado|seminario|entrenamiento|cualificacion|qualificacao|habilitacao|minicurso",
    r"(?:intitule|titre|objet|denomination|theme|sujet) (?:d[eu] (?:la |l'|le )?|de l')?(?:l')?(?:action(?: de formation)?|formation|stage|module|session|cours|atelier|seminaire|parcours|certification)|action de formation|atelier|parcours|module de formation|theme|(?:titolo|denominazione|oggetto|nome|tema) (?:del|dell'|della|dello|di) ?(?:corso|evento(?: formativo)?|attivita(?: formativa)?|modulo|percorso(?: formativo)?|seminario|formazione)|evento(?: formativo)?|percorso formativo|modulo formativo|materia|insegnamento",
    r"(?:thema|titel|bezeichnung|name|inhalt|gegenstand) (?:des|der) (?:kurses|seminars|schulung|lehrgangs|weiterbildung|fortbildung|veranstaltung|ausbildung|trainings|moduls|workshops)|(?:seminar|lehrgangs|schulungs|veranstaltungs|weiterbildungs|fortbildungs|modul|trainings)(?:titel|thema|name|bezeichnung)|weiterbildung|fortbildung|unterweisung|ausbildung|modul|kursthema|qualifikation|lehrveranstaltung",
    r"(?:egitim|kurs|program|seminer|modul|sertifika|etkinlik|calistay)(?:in)?(?: programinin| programi)? (?:adi|konusu|basligi|ismi)|egitim programi|seminer|etkinlik|program|(?:наименование|название|тема) (?:дополнительнои профессиональнои )?(?:курса|программы|семинара|вебинара|обучения|модуля|дисциплины|мероприятия|тренинга)|(?:образовательная )?программа(?: обучения)?|дисциплина|направление(?: обучения)?|мероприятие|семинар|вебинар|тренинг|обучение|nazwa (?:programu|seminarium|warsztatow)|onderwerp|naam (?:cursus|training|opleiding)|opleiding",
    r"egitimin adi|kursun adi|program adi|egitim konusu|konu|название курса|наименование (?:курса|программы)|тема|nazwa (?:szkolenia|kursu)|temat(?: szkolenia)?|tytul(?: szkolenia)?|kurs)",
)
# Labels of other things than holders and courses.
OTHER_LABEL = phrase(
    r"(?:(?:course|training|certificate|certification|credential|verification|validation|authenticity|registration|serial|reference|licen[cs]e|document|student|candidate|badge|learner|member|completion|issue|event|class|activity) )?(?:id|code|number|no|date|dates|nr|key|url|link)(?: number)?",
    r"(?:date|day|period|year|place)(?:\(s\))?(?: of (?:the )?(?:completion|issue|issuance|achievement|attainment|birth|award|attendance|course|training|event|activity|program|programme|session|class|workshop|seminar|webinar|expiry|certification))?|(?:completed|issued|finished|valid|awarded|passed|earned|expires|attended|started|certified)(?: on| until| from| by| to| date)?|(?:valid(?:ity)?|exp(?:ir(?:y|ation|es))?\.?|start|end|issue|completion)(?: date| period| until)?",
    r"(?:total |contact |course |training |learning |credit |cpe |cpd |ceu )*(?:hours|length|duration|credits?|points|workload|grade|score|mark|result|status|mode|location|venue|department|employer|level|language|website)(?: earned| awarded| obtained| completed| claimed| achieved)?|recommended (?:cpe |cpd )?credits?|(?:level|grade|result) achieved|tuition|attendance|dates? attended|kind regards|sincerely(?: yours)?|yours (?:sincerely|faithfully)|best regards|(?:authori[sz]ed )?signatur[ea]s?|official|page",
    r"(?:data|fecha|date|datum|tarih|tarihi|дата)(?: (?:d[aeo]l?|des|der|di|d'))?(?: ?(?:evento|conclusao|emissao|realizacao|inicio|termino|validade|curso|finalizacion|emision|expedicion|realizacion|fin|obtention|delivrance|emission|rilascio|completamento|conseguimento|abschlusses|ausstellung|окончания|выдачи|завершения))?|(?:abschluss|ausstellungs)datum|(?:tamamlanma|bitis|verilis|duzenlenme) tarihi|data (?:ukonczenia|wystawienia|wydania)",
    r"(?:carga horaria(?: total)?|c\.?h|duracao|duracion|duree|dauer|durata|sure|suresi|horas|heures|stunden|ore|saat|aproveitamento|nota(?: final)?|media|frequencia|calificacion|modalidade?|modalidad|local|lugar|lieu|ort|luogo|registro|periodo|validade|vencimento|concluido em|emitido em|certificado emitido(?: em)?|livro|folha|czas trwania|liczba godzin|продолжительность|объем|место)",
    r"(?:(?:id|codigo|code|codice|nummer|numero|n|no|nr|kod|номер|код)(?: (?:d[aeou]l?|des|de la|di))*(?: (?:certificado|certificat|certificato|validacao|verificacao|verificacion|validacion|verification|autenticidade|autenticacao|registro|zertifikats|certyfikatu|сертификата|документа))?|zertifikat(?:s)?-?(?:nummer|nr|id|code)?|sertifika (?:no|numarasi|kodu))",
    r"(?:credits?|hours?|points|ceus?|cpes?|ects|pdus?|units?|grades?|results?|scores?|marks?) ?(?:claimed|awarded|earned|obtained|achieved|completed|hours)?|(?:max(?:imum)?|min(?:imum)?|total|passing) (?:credits?|hours?|points|score|grade|marks?|ceus?)|renewal(?: due| date)?|achieved|assessed(?: on)?|assessment date|issued by|provider|training provider|organi[sz]er|host|sponsor|customer(?: po)?|company|organi[sz]ation|employer|department|version|delivery(?: method| mode)?|method|format|instructor|trainer|facilitator|assessor|teacher|tutor|lecturer|speaker|(?:course|training) (?:date|dates|location|provider|ref\.?|reference|code)|ref(?:erence)?\.?|assignment no\.?|accreditation|from(?=\s*:)|cc(?=\s*:)|signed(?: by)?|time|venue|country|city|address|email|phone|term|semester|batch|cohort|session dates?|(?:learning|seat|study|contact) time|time spent|effort|recommended renewal|no\. of hours|type|dates? (?:completed|issued|printed|attended|awarded|passed|taken|held|earned|started|enrolled|of training|of course|of session)|instructors|trainers|presenters?|facilitators|speakers",
    r"(?:intensidad(?: horaria)?|vigencia(?: hasta)?|vigente hasta|documento|cedula|ocupacion(?: especifica)?|empresa|entidade?|instituicao|institucion|instrutor(?:a|es)?|instructor(?:a|es)?|formador(?:a|es)?|docente|ponente|palestrante|facilitador(?:a)?|ministrante|responsavel|responsable|matricula|classificacao(?: final)?|resultado|data da avaliacao|ciudad|cidade|sede|creditos|area tematica(?: del curso)?|agente capacitador|cargo|departamento|setor|funcao)",
    r"(?:nature de l'action(?: concourant au developpement des competences)?|intervenants?|enseignants?|formateurs?|formatrice|animateur|organisme(?: de formation)?|entreprise|employeur|resultat|note|mention|dates? de (?:la )?(?:formation|session|debut|fin|l'action)|duree(?: de la formation| totale)?|nombre d'heures|modalites?|lieu de (?:la )?formation|fonction|service|docente|relatore|responsabile|ente(?: erogatore| formatore)?|azienda|esito|votazione|ore(?: totali| di formazione)?|sede(?: del corso)?|periodo di svolgimento|crediti(?: ecm| formativi)?|data (?:di )?(?:svolgimento|inizio|fine|nascita|esame)|luogo e data|matricola|ruolo|profilo)",
    r"(?:dozent(?:in)?|trainer(?:in)?|referent(?:in)?|kursleitung|seminarleitung|leitung|veranstalter|anbieter|arbeitgeber|firma|unternehmen|ergebnis|note|bewertung|umfang|unterrichtseinheiten|zeitraum|kursdauer|seminardauer|veranstaltungsort|kursort|gultig bis|gultigkeit|bestanden am|abgeschlossen am|geburtsdatum|personalnummer|abteilung|termin|prufungsdatum|punkte)",
    r"(?:egitmen|egitimci|kurum|egitim (?:tarihi|suresi|yeri|kurumu)|toplam sure|toplam saat|gecerlilik(?: tarihi| suresi)?|sonuc|puan|gorev|unvan|firma|преподаватель|организация|место работы|должность|дата (?:рождения|обучения|начала|завершения)|срок(?: обучения| действия)?|количество часов|объем(?: программы| часов)?|регистрационныи номер|результат|оценка|форма обучения|город|период обучения|prowadzacy|liczba godzin|miejsce|czas trwania|wynik)",
)


_BRACKETED_NUMBER = re.compile(r"\((?=[^()]*\d{2})[\w.:/# -]+\)")
# A label of some number or date that no table foresees; only in a form, where other labels stand in its column.
_NUMBERING = re.compile(
    r"(?:[\w./-]+ |/ ){0,4}(?:id|no|nr|n[o°]|number|code|nummer|date|datum|tarihi|suresi)|[^\W\d][\w./-]*(?: [\w./-]+){0,3} (?:hours|credits)|\w*(?:nummer|code|datum)|"
    r"(?:numero|codigo|n[o°]|code|codice|kod|data|fecha|date)(?: (?:d[aeiou]l?|des|della|delle|of|d'\w+)(?: [\w.]+){1,3})?|"
    r"(?:номер|код|дата|nr)(?: [\w.]+){0,4}"
)


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether a line holds a label of a form and nothing else, with or without its colon."""
    plain = fold(text)
    bare = plain.rstrip(" :.*#")
    return _NUMBERING.fullmatch(bare) is not None or any(
        _is(table, plain, bare) for table in (HOLDER_LABEL, COURSE_LABEL, OTHER_LABEL)
    )


@lru_cache(maxsize=4096)
def is_course_label(text: str) -> bool:
    """Whether a line is the label of a course: by itself, or after its colon."""
    plain = fold(text)
    return _is(COURSE_LABEL, plain, plain.rstrip(" :.*#"))


@lru_cache(maxsize=4096)
def is_holder_label(text: str) -> bool:
    """Whether a line is the label of a holder: by itself, or after its colon."""
    plain = fold(text)
    bare = plain.rstrip(" :.*#")
    return _is(HOLDER_LABEL, plain, bare) or HOLDER_INTRO.fullmatch(bare) is not None


@lru_cache(maxsize=4096)
def begins_another(text: str) -> bool:
    """Whether a line goes on with something else, in whatever type: the label of another field, with or without its
    value, the heading, or a number in brackets.

    What a course is called may end in a word that labels a course, so that such words end nothing without a colon.
    """
    plain = fold(text)
    if _BRACKETED_NUMBER.fullmatch(plain) is not None:
        return True
    if " " in plain and _SET_HEADING.match(plain) is not None and HEADING.fullmatch(plain) is not None:
        return True
    label, colon, _ = plain.partition(":")
    bare = label.rstrip(" .*#")
    tables = (HOLDER_LABEL, OTHER_LABEL, COURSE_LABEL) if colon else (HOLDER_LABEL, OTHER_LABEL)
    return any(_is(table, plain, bare) for table in tables) or (bool(colon) and _NUMBERING.fullmatch(bare) is not None)


@lru_cache(maxsize=4096)
def labels_another(text: str) -> bool:
    """Whether a line begins with the label of anything but a course, and a colon."""
    label, colon, _ = fold(text).partition(":")
    bare = label.rstrip(" .*#")
    return bool(colon) and any(table.fullmatch(bare) for table in (HOLDER_LABEL, OTHER_LABEL, SIGNATORY, _NUMBERING))


def label_at(table: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The label with which folded `text` begins: all of it or all before its colon where that is one."""
    colon = text.find(":")
    whole = table.fullmatch(text, 0, len(text[: colon if colon > 0 else None].rstrip(" .*#:")))
    return whole or table.match(text)


def _is(table: re.Pattern[str], plain: str, bare: str) -> bool:
    """Whether `bare`, with which `plain` begins, is one label of a table; some need the colon that follows it."""
    match = table.fullmatch(bare) or table.match(plain)
    return match is not None and match.end() == len(bare)
