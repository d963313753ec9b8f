"""The phrases by which certificates of any issuer introduce their fields, in the languages that are read.

All phrases are folded (small letters, no marks); a blank stands for any white space or none, because text layers and
OCR lose and add blanks. What only one issuer writes stands in that issuer's profile, not here.
"""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re


def phrase(*texts: str, ahead: str = "", behind: str = "") -> re.Pattern[str]:
    """One pattern for several phrases (regular expressions in folded text), each as whole words, the longest first."""
    ordered = sorted(texts, key=len, reverse=True)
    body = "|".join(text.replace(" ", r"\s*") for text in ordered)
    return re.compile(rf"(?<![^\W_])(?:{behind}(?:{body}))(?![^\W_]){ahead}")


_ONLINE = (
    r"(?:(?:free|online|on-line|following|self-paced|on-demand|virtual|live|honor code|entire|whole|required|non-credit|"
    r"instructor-led|certification|short),? )*"
)
_KIND = (
    r"(?:course|courses|class|training course|training|learning path|learning plan|program|programme|module|workshop|"
    r"webinar|bootcamp|specialization|specialisation|curriculum|lab|tutorial|event|session|seminar|series|assessment|"
    r"competition|hackathon|challenge|professional certificate|coursework)"
)
_OBJECT_EN = (
    rf"(?: 100 ?%)?(?: of)?(?: all)?(?: the| a| an| this| our| their| his| her)?"
    rf"(?: requirements(?: (?:for|of|to be recogni[sz]ed as))?(?: the)?)?(?: {_ONLINE})?(?:{_KIND}(?![^\W_]))?"
    r"(?: (?:certification |course )?exam(?:ination)? (?:for|in|on))?(?: entitled| titled| called| named| on| in| of| for)?(?: the)? [:,]?"
)
_ADVERB = r"(?:successfully |satisfactorily |hereby |duly |actively |just )?"
_CURSO = (
    r"(?: (?:no\(a\)|do\(a\)|o|a|os|as|do|da|no|na|ao|el|la|los|las|del|de la|al|en el|en la|de|il|le|del|un|una|um|uma))?"
    r"(?: (?:curso/palestra|curso|cursos|treinamento|bootcamp|projeto|workshop|evento|palestra|oficina|minicurso|formacao|"
    r"programa|modulo|trilha|taller|formacion|capacitacion|diplomado|corso|percorso formativo|seminario|webinar))?"
    r"(?: (?:online|on-line|a distancia|autoinstrucional|presencial|virtual|livre|gratuito|de extensao|de capacitacao|com sucesso|com exito|con exito))*"
    r"(?: (?:intitulado|intitulada|titulado|titulada|denominado|denominada|sobre|de|em|en|:))? [:,]?"
)
_COURS = (
    r"(?: (?:le|la|les|l'|un|une|du|de la|des|au|a la))?(?: (?:cours|formation|module|programme|atelier|parcours|mooc|seminaire|session))?"
    r"(?: (?:en ligne|de formation))?(?: (?:intitulee?|sur|de|en|:))? [:,]?"
)

# Words that say what the holder did: the holder stands before them, mostly the course after them.
DID = phrase(
    rf"(?:has|have|had) {_ADVERB}(?:completed|satisfied|passed|finished|attended|participated|fulfilled|undertaken|pursued|met|taken part|earned|achieved|accomplished|demonstrated|acquired|obtained)",
    r"successfully (?:completed|passed|finished|attended|satisfied|fulfilled|participated)",
    r"is (?:hereby )?(?:awarded|recogni[sz]ed|granted|certified|designated)",
    r"took part in",
    rf"for {_ADVERB}(?:completing|finishing|passing|attending|participating)",
    r"for (?:the |having |a |his |her |their )*(?:successful |satisfactory |successfully )?(?:completion|completed|participation)",
    r"(?:concluiu|completou|participou|finalizou|cursou|realizou|frequentou|foi aprovad[oa])",
    r"ha (?:completado|finalizado|realizado|superado|participado|asistido|aprobado|cursado|concluido|obtenido|culminado)",
    r"(?:completo y aprobo|(?:completo|aprobo|finalizo)(?= (?:el|la|con|satis))|participo en|asistio a|por participar|por haber|por su participacion)",
    r"a (?:suivi|reussi|termine|valide|complete|participe|obtenu|effectue|assiste|acheve)",
    r"hat (?:den|die|das|am|an|vom|erfolgreich|mit|im|in)",
    r"ha (?:completato|partecipato|superato|frequentato|seguito|concluso|conseguito|terminato)",
    r"per aver (?:completato|partecipato|superato|frequentato|seguito)",
    r"(?:успешно )?(?:завершил|прошел|прошёл|прослушал|окончил|освоил|принял участие|прошла|завершила|окончила)(?:\(?а\)?)?",
    r"(?:успешно )?(?:обучил(?:ся|ась)|сдала?|приняла участие|освоила)",
    r"(?:basariyla )?(?:tamamlamistir|tamamlayarak|tamamladi|katilmistir|katilmis|bitirmistir)",
    r"(?:obteve aprovacao|foi aprovad[oa]\(?a?\)?|assistiu a[ao]?)|ha (?:svolto|sostenuto|llevado a cabo)|a (?:pris part|satisfait)",
    r"(?:wzial|wziela|bral|brala|wzial\(-?ela\)) udzial|(?:uczestniczyl|zdal|ukonczyl)(?:a|\(a\))?",
    r"heeft (?:de|het|met|deelgenomen|succesvol)",
)

# What introduces a course.
COURSE_INTRO = phrase(
    rf"(?:(?:has|have|had) {_ADVERB}|successfully )(?:completed|passed|finished|attended|undertaken|fulfilled|satisfied|pursued|met|participated in|taken part in|achieved student level credential for completing)(?: studies and completed)?(?: and received a passing grade in| and is certified in|, received a passing grade, and was awarded this platform's honor code certificate of completion in)?(?! by){_OBJECT_EN}",
    rf"took part in{_OBJECT_EN}",
    rf"for {_ADVERB}(?:completing|finishing|passing|attending|participating in){_OBJECT_EN}",
    rf"(?:for|upon|of|in recognition of|on) (?:the |having |his |her |their |your |a )*(?:successful |satisfactory |successfully )?(?:completion of|completed|participation in|attendance (?:at|of|in)){_OBJECT_EN}",
    rf"certificate of (?:course )?(?:completion|achievement|attendance|participation|training)(?: for| in| of| to){_OBJECT_EN}",
    r"statement of (?:achievement|accomplishment|participation) (?:for|in) [:]?",
    r"(?:all )?(?:the )?requirements (?:for|of|to be recogni[sz]ed as)(?: the| a| an)?(?: certification)? [:]?",
    r"(?:is|are) (?:hereby )?(?:certified|recogni[sz]ed) (?:in|as)(?: an?)? [:]?",
    r"knowledge and skills to be recogni[sz]ed as(?: an?)?",
    r"received a passing grade in",
    rf"(?:concluiu|completou|participou|finalizou|cursou|realizou|frequentou)(?: e foi aprovado)?(?: com (?:sucesso|exito|aproveitamento))?(?: (?:o|todo o)? conteudo de)?{_CURSO}",
    rf"(?:pela|pelo|por|a) (?:sua )?(?:conclusao|participacao|participar|completar)(?: com sucesso)?{_CURSO}",
    rf"(?:declaracao|certificado) de (?:participacao|conclusao) (?:no|na|do|da|de|em){_CURSO}",
    rf"referente a(?: sua)? (?:participacao|conclusao){_CURSO}",
    rf"ha (?:completado|finalizado|realizado|superado|participado|asistido|aprobado|cursado|concluido|culminado)(?: y aprobado)?(?: satisfactoriamente| con exito| exitosamente| con aprovechamiento)?(?: en| a)?{_CURSO}",
    rf"(?:completo y aprobo|(?:completo|aprobo|finalizo)(?= (?:el|la|con|satis))|participo en|asistio a|por (?:haber )?(?:participar y aprobar|participado en|completado|finalizado|aprobado|completar|finalizar))(?: satisfactoriamente| con exito)?{_CURSO}",
    rf"a (?:suivi|reussi|termine|valide|complete|participe a|obtenu|effectue|assiste a|acheve)(?: avec succes)?{_COURS}",
    rf"(?:a valide [\d.,h ]+(?:total hours|heures?(?: au total)?) )du{_COURS}",
    r"du cours en ligne",
    rf"(?:per aver|ha) (?:completato|partecipato|superato|frequentato|seguito|concluso)(?: con successo)?(?: a[ld]?| alla)?{_CURSO}(?: della durata di ore [\d.,]+)?",
    r"(?:den|das|die) (?:folgenden?|folgendes) (?:kurs|seminar|schulung|training|lehrgang)(?: (?:mit erfolg|erfolgreich))?(?: abgeschlossen| absolviert| besucht)?(?: hat)? [:]?",
    r"(?:asagidaki|belirtilen) (?:egitimi|kursu|programi)(?: basariyla)?(?: tamamlamistir| tamamladi| bitirmistir)? [:]?",
    r"(?:teilnahme an|erfolgreich an|abschluss)(?: (?:der|dem|des|den|die|das))?(?: (?:schulung|seminar|kurs|kurses|projektwoche|workshop|lehrgang|online-kurs))? [:]?",
    r"hat (?:den|die|das|am|an der|an dem)(?: (?:schulung|seminar|kurs|projektwoche|workshop|lehrgang|online-kurs))? [:]?",
    r"(?:успешно )?(?:завершил|прошел|прошёл|прослушал|окончил|освоил|прошла|завершила|окончила)(?:\(?а\)?)? (?:курс|обучение по курсу|обучение по программе|программу|онлайн-курс)? [:]?",
)

# What introduces a holder.
HOLDER_INTRO = phrase(
    r"(?:this|it) (?:is )?(?:to )?(?:hereby )?(?:certif(?:y|ies)|acknowledges?|confirms?|recogni[sz]es?|attests?|verif(?:y|ies))(?: that)?(?: mr\.?| ms\.?| mrs\.?)?",
    r"(?:we )?(?:do )?(?:hereby )?(?:certify|confirm|acknowledge|attest)(?:s)? that",
    r"(?:certificate|document|diploma|acknowledg(?:e)?ment) (?:hereby )?(?:certifies|confirms|acknowledges|recogni[sz]es|attests|verifies)(?: that)?",
    r"(?:certifies|confirms|acknowledges|attests|recogni[sz]es)(?: that)?",
    r"recogni[sz]es the (?:hard-work and dedication|efforts?|achievements?) of",
    r"(?:proudly |hereby |is |been |certificate )*(?:presented|awarded|granted|given|dedicated|issued|conferred|bestowed)(?: with pride)? (?:to|upon|on)(?: mr\.?| ms\.?| mrs\.?)? [:]?",
    r"(?:academy|university|institute|school|foundation) awards",
    r"(?:let it be known|be it known|we are (?:pleased|proud) to (?:certify|confirm)) that|(?:this )?(?:award|certificate|diploma) (?:goes|belongs) to",
    r"confirms? (?:the )?(?:attendance|participation|successful completion) of|(?:earned|achieved) by",
    r"(?:congratulations|felicitations|felicidades|parabens|congratulazioni|gefeliciteerd|tebrikler)(?: to| a)?,?",
    r"(?:apresentado|presentado|presente|presentato|uberreicht|ausgestellt|verleend|przyznano|przyznaje sie|присуждается|вручен[оа]?|вручается) (?:a|an|fur|aan)",
    r"termine(?:e)? par",
    r"apreciad[oa](?:/a)?",
    r"(?:certificamos|certifica|certificam|certifico|atesta|atestamos|declaramos|declara|reconhece|reconoce|acredita|acreditar|hace constar|constar|certifica-se|confirma|verificar|certificar|confirmar|comprobar)(?: para os devidos fins)?,? que(?: [ao]\(?a?\)? (?:alun[oa]|estudante|participante|usuario|alumno|colaborador)(?:\(a\))?| el usuario| la persona| don| dona| d\.| sr\.?| sra\.?)? [:,]?",
    r"(?:confere|concedido|concede|outorgado|outorga|conferido|entregue|otorgado|otorga|entregado|concedida|certificado|certifica)(?: (?:o|el|la|a|este|esta|il) (?:presente )?(?:certificado|certificacao|certificacion|constancia|diploma|declaracao|atestado|reconocimiento)| a presente| la presente)? (?:a|ao|a:)(?: [ao]\(?a?\)?)? [:]?",
    r"para acreditar que",
    r"(?:certifie|atteste|certifions|attestons|confirme)(?: que)?(?: m\.| mme\.?| mlle\.?| monsieur| madame)? [:,]?",
    r"(?:delivre|decerne|attribue|remis|accorde|decernee|delivree)e?s? a(?: m\.| mme\.?)? [:]?",
    r"(?:hiermit )?(?:wird )?(?:hiermit )?(?:bestatigt|bescheinigt|bestatigen wir|bescheinigen wir|zertifiziert),? (?:dass)?(?: herr(?:n)?| frau)?",
    r"verliehen an",
    r"(?:si )?(?:certifica|attesta|dichiara) che(?: il sig\.| la sig\.ra| il/la sig\.?(?:/ra)?)?",
    r"(?:rilasciato|conferito|assegnato)(?: in data [\d/.\-]+)? a(?:l|lla)? [:]?",
    r"(?:настоящим )?(?:подтверждает(?:ся)?|удостоверяет(?:ся)?|свидетельствует(?: о том)?),? что",
    r"(?:выдан|вручается|награждается|выдано)",
    r"(?:zaswiadcza(?:my)?(?: sie)?,? ze(?: pani?(?:/pani?)?)?|potwierdza(?:my)?,? ze|przyznan[yea] (?:dla)?|otrzymuje)",
    r"(?:verklaart (?:hierbij )?dat|bevestigt dat|toegekend aan|uitgereikt aan)",
    r"sayin",
    r"(?:dear|estimad[oa](?:\(a\))?|prezad[oa]|caro|cara)",
    r"(?:learning path |course |path |program )?completed by",
    r"(?:curso|formation|corso|kurs|roteiro de aprendizagem|itinerario) (?:completado|concluido|terminee?|completato|abgeschlossen)(?: por| par| da| von)",
)

# Where a course's name ends inside a sentence.
COURSE_END = re.compile(
    r"(?:[\s,;(]*(?<![^\W_])(?:"
    r"(?:an?|un|une|um|uma) (?:online|on-line|cours|curso)|"
    r"(?:online |on-line |training )?(?:course|courses|training|program|programme|workshop|certification exam|exam)(?=\s*(?:$|[.,;]|on\s|offered|provided|held|from|at\s|by\s|through|conducted|organi|with\s|which|and\s|in collab|administered))|"
    r"(?:offered|provided|authori[sz]ed|organi[sz]ed|conducted|delivered|administered|hosted|developed|taught|presented|held|sponsored|issued|facilitated)(?=\s*(?:by|through|on|from|in|at|at the)(?![^\W_]))|"
    r"through the|as part of|which is|powered by|with distinction|with a (?:score|grade|total|duration)|during the|"
    r"at (?:the )?(?=[^\s]+ (?:software|university|academy|institute|college|school))|"
    r"and (?:is hereby|has been|has demonstrated|demonstrat|received|was awarded|have|has)|"
    r"(?:e|y|et|und|and) (?:por |pour )?(?:demonstr|demostr|demontr)\w*|"
    r"having|representing|developer certification|"
    r"(?:com|con|de|with)? ?(?:a |uma? |una )?(?:carga|duracao|duracion|duration|duree|durata)|totali[sz]ando|totalizando|"
    r"(?:no|em|en el|el|le|am|del|il) (?:dia|data|periodo)|realizad[oa]|ministrad[oa]|organi[sz]ad[oa]|oferecid[oa]|promovid[oa]|impartid[oa]|dictad[oa]|celebrad[oa]|da plataforma|"
    r"un cours|propose|dispense|organise par|d'une duree|"
    r"organizzato|erogato|tenutosi|"
    r"teilgenommen|abgeschlossen|absolviert|"
    r"(?<=, )(?:que|which|where|en el que)(?= )|que tuvo lugar|que fornece|"
    r"(?:course|curso|cours|kurs)(?=\s*$)"
    r"))"
)
# A date, with or without the word before it, ends a title in a sentence too.
BEFORE_DATE = re.compile(
    r"[\s,;(]*(?:(?<![^\W_])(?:held |dated |issued |completed )?(?:on|em|el|le|am|il|de|in|dated|from|no dia|dal|du|vom|the|w dniu|от|a)(?:\s+the)?)?[\s:]*$"
)

# Headings and set pieces, which are neither holder nor course.
HEADING = phrase(
    r"(?:e-?|course |training |this |a |the |verified |official |professional |assessment-based )*certificate(?: of)?(?: course| training| online| program| nanodegree program)*(?: completion| achievement| attendance| participation| appreciation| excellence| recognition| training(?: awarded to)?| accomplishment| brilliance| merit| graduation| award| acknowledgment| proficiency| competence| competency)?",
    r"of (?:course )?(?:completion|achievement|participation|attendance|appreciation|excellence|brilliance|recognition|training)",
    r"(?:statement|record|declaration|award|letter|verification|proof) of (?:course )?(?:completion|achievement|accomplishment|attendance|participation|results?)",
    r"(?:course |training )?(?:completion|achievement|attendance|participation)(?: certificate| date)?",
    r"certifica(?:do|cao|te|zione)(?: de| di)?(?: conclusao| finalizacion(?: de curso)?| participacao| participacion| aprovechamiento| curso| finalizacion del curso| conclusao de curso| aprobacion| asistencia| reconocimiento| aproveitamento)?",
    r"(?:de )?(?:conclusao|finalizacion|participacao|participacion)(?: de curso| do curso| del curso)?",
    r"(?:declaracao|constancia|diploma|atestado|attestato|attestation|zertifikat|teilnahmebescheinigung|teilnahmezertifikat|bescheinigung|sertifika|sertifikasi|katilim sertifikasi|certyfikat(?: ukonczenia)?|certificaat|сертификат|свидетельство|удостоверение|диплом)(?: de participacao| di partecipazione| de reussite| de formation| de fin de formation| de participation| de suivi)?",
    r"certificat(?: de)?(?: fin de)?(?: reussite| formation| participation| realisation| completion)?",
    r"(?:basari|katilim|tamamlama) sertifikasi|teilnahme(?:zertifikat|bestatigung)|certificat de reussite|certificado de aprobacion",
    r"course certificate|specialization certificate|professional certificate|certificate course|carta de asistencia(?: al curso)?|credential earned|badge|digital badge|verified|certified|award",
    r"in recognition of(?: the commitment to achieve)?(?: professional excellence)?|professional excellence|congratulations|specimen|sample",
    r"(?:certificate|certification|completion|diploma) (?:id|number|no|date)",
)
HOLDER_LABEL = phrase(
    r"(?:student|attendee|participant|learner|candidate|recipient|holder|trainee|full|delegate)(?:'?s)?(?: full)?(?: name)?",
    r"name(?: of (?:student|participant|attendee|the participant|learner|recipient))?",
    r"(?:alun[oa]\(a\)|nome completo|nome do aluno|nome|aluno|aluna|estudante|participante|estudiante|alumno|nombre|nombre y apellidos|nombre completo|etudiant|etudiante|nom|nom et prenom|apprenant|participant|stagiaire|teilnehmer|teilnehmerin|teilnehmer/in|name des teilnehmers|corsista|studente|partecipante|cursista|deelnemer|naam|uczestnik|ogrenci|katilimci|слушатель|участник|фио)",
)
COURSE_LABEL = phrase(
    r"(?:course|training|program|programme|module|class|workshop|activity|event|session)(?: (?:name|title))?",
    r"title(?: of (?:the )?(?:course|training|activity|program))?",
    r"(?:nome do curso|nombre del curso|curso|titulo do curso|titulo del curso|intitule de la formation|formation|kurs|kursname|corso|titolo del corso|cursus|kurs adi|egitim|egitim adi|курс|программа|szkolenie|credential|qualification|achievement)",
)
# People who sign, and what they are called.
SIGNATORY = phrase(
    r"(?:vice[ -])?president(?:e)?|ceo|cto|coo|cmo|chief .{2,30}|director[ae]?|diretor[ae]?|directeur|directrice|direttore|head of .*|founder|co-founder|instructor(?:s|e|es)?|instrutor(?:es)?|instruktor(?:zy)?|formateur(?:s)?|formador|docente|teacher|trainer|professor(?:a)?|prof\.?|lecturer|manager|chair(?:man|woman|person)?|dean|coordinator|coordenador[a]?|coordinador[a]?|gerente|geschaftsfuhrer|leiter|signature|signed|assinatura|firma|authori[sz]ed|svp|evp|vp|senior|registrar|secretary(?:-general)?|principal|host|the trainer|representado por|validado por|emitido por|sponsor|egitmen|baskan(?:i)?|управляющий|директор|ректор|преподаватель|lider|leader",
    r"(?:executive|managing|general|academic|technical|program(?:me)?|course|training|regional|deputy|associate|assistant|lead|global) (?:director|officer|manager|leader|head|instructor|trainer|coordinator|dean)",
    r"kurucu(?: ortak)?|rektor(?:u)?|(?:genel )?mudur(?:u)?|koordinator(?:u)?|decan[oa]|secretari[ao]|soci[ao]|dirigente|maitre de conferences|responsab(?:le|ile)|kierownik|dyrektor(?:ka)?|prezes|trener(?:ka)?|wykladowca",
    r"docent|voorzitter|opleidingsmanager|kursleit\w+|dozent\w*|vorstand|prokurist|schulleit\w+|основатель|руководитель|генеральный директор|заведующ\w+|декан|куратор|fondat(?:ore|rice|eur)|fundador[a]?",
)
# Words that no name of a person and no holder's line contains.
NOT_NAME = frozenset(
    """a an the and of for to in on at by with from this that has have is was were be been are as it its your you our we
    i o os as um uma em no na nos nas ao que com por para se el los las un una en y con del al le les des du au aux et est
    il lo gli un dello della der die das ein eine und mit von zur zum im
    certificate certificates certified certification certificado certificat certificacion certificacao certifica certify
    course courses curso cours corso kurs training formation formacion formacao learning learn online academy academia
    university universidad universidade universite institute instituto school college foundation fundacion fundacao
    completion completed complete completing successfully success achievement accomplishment participation attendance
    award awarded awards presented program programme project management professional specialist associate essentials
    fundamentals introduction introduccion introducao advanced basic basics foundations security cybersecurity network
    networking data science machine development developer web software engineering engineer design programming python
    java javascript sql cloud linux windows excel power digital marketing business agile scrum analytics analysis
    hours hour horas heures stunden ore minutes credits credit cpe ceu pdu points date data fecha issued issue valid
    validity expires expiry expiration number code id verify verification verified validate authenticity credential
    president director manager ceo founder instructor signature head chief officer vice dean professor teacher trainer
    name student participant learner title location academic vs inc llc ltd gmbh sa ltda corp corporation company group
    team department global international national services solutions technologies technology systems consulting partner
    statement record declaration recognition excellence appreciation badge exam test grade score level module workshop
    january february march july september october november december
    edificio calle avenida rua street road building floor tel fax email conteudo programatico carga horaria modulo modulos
    topicos temario contenido contenidos inhalte programa sobre partner gold platinum silver authorized registered
    awareness step guide definitive complete beginner beginners bootcamp masterclass
    voce seu sua este esta esse essa tu usted ele ela mais muito foi pode ser sobre entre como estimado estimada prezado
    instructors instrutor instrutores instructores formateurs instruktorzy docente university's presents recognizes coursework
    total length duration reference http https www com org copyright rights reserved page skills covered top
    estudante estudiante estudiantes alumno alumna alumnos aluno aluna alunos participante participantes participants
    teilnehmer teilnehmerin etudiant etudiante stagiaire apprenant studente corsista partecipante cursista deelnemer
    uczestnik uczestniczka ogrenci katilimci usuario utilisateur слушатель участник студент recipient attendee learner
    candidate user individual person subject activity activities event evento duration workload place grade
    titulo aproveitamento nota instrutora regards sincerely cordialement atentamente atenciosamente grussen saluti
    voir view click see scan visit bekijk goruntule zobacz visualizza basariyla erfolgreich teilgenommen absolviert
    abgeschlossen tamamlayarak sertifika sertifikasi sertifikayi belge belgesi katilim zaswiadczenie swiadectwo
    certyfikat getuigschrift certificaat bewijs teilnahme bescheinigung zertifikat attestation attestato diploma
    diplome urkunde microcredential nanodegree constancia declaracao reconocimiento сертификат удостоверение
    свидетельство диплом курс программа bestanden passed distinction merit
    institut instituut universita universiteit universitat uniwersytet universitesi enstitusu akademi akademie
    akademisi fondazione fondation stiftung fundacja vakfi dernegi toplulugu escola ecole scuola schule hochschule
    szkola okulu centre center centro centrum zentrum merkezi lab labs conference council association associacao
    asociacion associazione verein society committee ministry ministerio ministero faculty facultad faculdade facolta
    fakultat agency bureau office federation chamber hub studio networks egitim formation bildung
    институт университет академия школа центр фонд
    hereby proudly acknowledges requirements following self-paced path collaboration offered provided authorized""".split()  # noqa: SIM905
)
