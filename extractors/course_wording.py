"""Words that speak for or against a title, and phrases that stand around it, in the languages that are read.

Folded as in wording.py: small letters, no marks (Cyrillic й and ё are и and е). The phrases that introduce and end a
title in a sentence stand in wording.py.
"""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re

from extractors.wording import phrase

# "40 hours", "- 1h 15min", "(3 CPE credits)".
AMOUNT = re.compile(
    r"[\s,(\-–]*(?<![\w.])(?<!\w-)\d+(?:[.,:]\d+)?\s*(?:total |contact |credit |full |academic |clock )?(?:hours?|hrs?|horas?|heures?|h\b|stunden|ore\b|min\b|minutes?|minutos?|saat|"
    r"godzin\w*|часов|часа|ч\b|ак\. ?ч|academic hours|cpe|cpd|ceus?|pdus?|ects)"
)
# The last word of a title leads on to nothing.
OPEN_END = re.compile(
    r"(?:(?<![^\W_])(?:a|an|the|of|for|to|in|on|at|by|with|from|and|or|as|into|your|de|do|da|dos|das|del|della|dello|di|du|des|e|y|et|und|en|em|no|na|para|por|com|con|"
    r"le|la|les|el|los|las|il|lo|gli|un|una|uma|une|der|die|das|den|dem|des|fur|mit|von|zu|zur|zum|im|ve|ile|icin|i|oraz|w|z|na|do|dla|и|в|по|на|для|с|о)|[-–/&,(:|]|(?<!\+)\+)$"
)
OPEN_START = re.compile(
    r"(?:of|for|to|on|at|by|with|from|and|or|as|de|do|da|del|della|di|du|des|e|y|et|und|en|em|no|na|para|por|com|con|mit|von|zu|zur|zum|im|ve|ile|oraz|и|в|по|для|has|have|is|was|"
    r"ha|hat|est|completed|successfully|duly|hereby|com exito|con exito|erfolgreich|avec succes)(?![^\W_]|-)|[&/)]"
)
# Whoever gives courses, not what they teach.
ORGANISATION = phrase(
    r"(?:academy|academia|academie|akademie|akademia|akademi|accademia|university|universidade|universidad|universite|universitat|universita|universitesi|uniwersytet|institute|instituto|institut|istituto|enstitusu|instytut|"
    r"school|escola|escuela|ecole|schule|scuola|okulu|szkola|college|colegio|faculdade|faculty|foundation|fundacao|fundacion|fondation|fondazione|stiftung|vakfi|fundacja|association|associacao|asociacion|associazione|verein|dernegi|toplulugu|"
    r"guild|ministry|ministerio|ministere|ministerium|ministero|bakanligi|corporation|corp|company|inc|ltd|llc|gmbh|s\.?a\.?s?|ltda|s\.?r\.?l|s\.?p\.?a|group|grupo|networks?|consulting|council|society|organi[sz]ation|federation|chamber|center|centre|centro|zentrum|merkezi|centrum|"
    r"университет|институт|академия|школа|колледж|центр|фонд|ооо)"
)
CERTIFICATE_WORD = phrase(
    r"certificates?|certification|certificado|certificat|certificato|certificacion|certificacao|zertifikat|sertifika|sertifikasi|certyfikat|сертификат|diploma|diplome|diplom|attestato|attestation|constancia|bescheinigung|licen[cs]e"
)
# What kind of thing the title names; at its end mostly not part of it ("the Example course").
TAIL_WORD = re.compile(
    r"(?<![^\W_])(?:course|courses|training|program|programme|workshop|webinar|exam|examination|class|module|curso|cours|corso|kurs|schulung|seminar|seminario|lehrgang|formation|egitimi|kursu|programi|kurz|szkolenie|курс)$"
)
# Verbs and pronouns of whole sentences, which titles seldom have.
SENTENCE = phrase(
    r"(?:this|these|those|that|who|which|whose|has|have|had|is|are|was|were|been|will be|they|their|he|she|his|her|we|us|you have|you are|verify|verified|confirmed|certify|certifies|granted|undersigned|hereby|herein|above|abovementioned|rights reserved|copyright)",
    r"(?:certificamos|certifica|certifico|declaramos|atestamos|concluiu|participou|foi|foram|esta|este|estao|sao|tem|possui|cujo|cuja|conforme|validade|verifique|acesse|autenticidade|abaixo|acima)",
    r"(?:ha|han|fue|fueron|ser|siguientes|alumno|alumna|durante el|logro|administrado|certificamos|hace constar|otorga|confirma|solo|segun|cuya|verifique|abajo firmante)",
    r"(?:a ete|est|sont|avons|soussigne|soussignee|cette|ce|qui|dont|atteste|certifie|ci-dessous|ci-dessus)",
    r"(?:wird|wurde|hat|haben|ist|sind|dass|hiermit|bestatigt|bescheinigt|dieses|diese|unterzeichnet)",
    r"(?:si certifica|e stato|e stata|sono|questo|questa|hanno|attesta|dichiara|sottoscritto)",
    r"(?:bu|olarak|tarafindan|kazanmistir|verilmistir|katilmistir|tamamlamistir|almaya|hak)",
    r"(?:что|был|была|является|настоящим|подтверждает|настоящии|данныи|которыи|выдан)",
    r"(?:zaswiadcza|niniejszym|zostal|zostala|jest|ktory|ktora|otrzymuje)",
)
# Above a list of what was taught, whose lines are no titles of certificates.
LIST_HEAD = phrase(
    r"(?:top |key )?(?:skills|competenc(?:ies|es)|learning (?:outcomes|objectives)|topics|contents?|syllabus|curriculum|modules|units|subjects|learned|learnt)(?: (?:covered|gained|acquired|learned|learnt|included|completed|you gained|you will gain|of the course))?",
    r"(?:you (?:have |will )?learn(?:ed|t)?|able to|following (?:abilities|skills|topics|competencies|areas|modules|units|subjects|courses))",
    r"(?:principais )?(?:competencias|habilidades|conteudos?|topicos|modulos|conhecimentos|temas|materias)(?: (?:programaticos?|abordad[oa]s|adquirid[oa]s|desenvolvid[oa]s|do curso|principais))?",
    r"(?:contenidos?|temario|aspectos|aptitudes|habilidades|destrezas)(?: (?:adquirid[oa]s|desarrollad[oa]s|tratados|del curso|siguientes))?",
    r"(?:competences|programme de la formation|contenu|contenus|objectifs|sujets)(?: (?:acquises|abordees|traites|de la formation))?",
    r"(?:inhalte?|lerninhalte|themen|kursinhalte|schwerpunkte|kompetenzen)(?: (?:des (?:kurses|seminars)|der (?:schulung|weiterbildung)))?",
    r"(?:contenuti|argomenti|programma del corso|competenze|materie)(?: (?:trattati|acquisite|svolti))?",
    r"(?:konular|icerik|egitim icerigi|kazanimlar|содержание|темы|программа обучения|навыки|zakres|tematyka|program szkolenia)",
)
# Who gives a course, named behind its title: "Bread Baking, Instructor: …".
GIVER = re.compile(
    r"(?<![^\W_])(?:instructor(?:es|s)?|instrutor(?:es|a)?|docenti?|docentes?|formateurs?|formador(?:es|a)?|lecturers?|teachers?|trainers?|"
    r"tutors?|dozent(?:en|in)?|egitmen(?:ler)?|prowadzac[ya]|преподаватели?)\s*:"
)
# What stands under a title and closes it.
COURSE_OUTRO = phrase(
    r"(?:course |path |program |learning path |exam |training )?(?:completed|passed|attended|taken|earned|achieved) (?:by|on)",
    r"(?:(?:is|has been|was) )?(?:hereby )?(?:proudly )?(?:awarded|presented|granted|issued|given|conferred) (?:to|on|by)",
    r"(?:offered|provided|authori[sz]ed|organi[sz]ed|delivered|taught|presented|held|sponsored|created|hosted|instructed|conducted) (?:by|at|from|on|in|through)|instructors?|instrutor(?:es)?|instructor(?:es)?|formateurs?|instruktor(?:zy)?|egitmen(?:ler)?|docenti?|преподаватель|lecturers?|teachers?|taught by|with instructor|an? online",
    r"(?:curso |trilha |formacao |treinamento |roteiro de aprendizagem )?(?:concluid[oa]|completad[oa]|finalizad[oa]|ministrad[oa]|oferecid[oa]|realizad[oa]|promovid[oa]|impartid[oa]|organizad[oa]|dictad[oa]) (?:por|pel[oa]|em|en|el|com|con)",
    r"(?:formation |cours )?(?:termine|suivi|complete|dispense|organise|anime|realise)e? (?:par|le|du|a)|propose par",
    r"(?:kurs )?(?:abgeschlossen|absolviert|teilgenommen|bestanden|durchgefuhrt)(?: (?:von|am|durch|hat))?|erfolgreich",
    r"(?:corso )?(?:completat[oa]|organizzat[oa]|erogat[oa]|tenut[oa]|svolt[oa]) (?:da|dal|dall|il|presso)",
    r"(?:egitimini|kursunu|programini|egitimine|adli|basariyla|tamamla\w+|katil\w+)",
    r"(?:duration|length|duracao|duracion|duree|dauer|durata|sure|carga horaria|workload|total)",
    r"(?:w wymiarze|zorganizowan\w+|przeprowadzon\w+|в объеме|объемом|проведенн\w+)",
)
