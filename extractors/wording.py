"""The phrases by which certificates of any issuer introduce their fields, in the languages that are read.

All phrases are folded (small letters, no marks); a blank stands for any white space or none, because text layers and
OCR lose and add blanks. What only one issuer writes stands in that issuer's profile, not here.
"""
# ruff: noqa: E501 (tables of phrases and patterns read best unbroken)

import re
from collections.abc import Iterator
from itertools import chain


def phrase(*texts: str, ahead: str = "", behind: str = "") -> re.Pattern[str]:
    """One pattern for several phrases (regular expressions in folded text), each as whole words, the longest first."""
    ordered = sorted(texts, key=len, reverse=True)
    body = "|".join(text.replace(" ", r"\s*") for text in ordered)
    return re.compile(rf"{_BEGIN}(?:{behind}(?:{body}))(?![^\W_]){ahead}")


_BEGIN = r"(?<![^\W_])"
WORD_BEGINS = re.compile(_BEGIN)


def begun_within(
    pattern: re.Pattern[str], text: str, start: int, end: int, beginnings: re.Pattern[str] = WORD_BEGINS
) -> Iterator[re.Match[str]]:
    """What `finditer` gives of a phrase from `start` on, as far as it begins before `end`; what begins later is not
    looked for, which saves most of the time on a text of several lines. `beginnings` finds where it can begin.
    """
    done = start
    for place in chain((start,), (beginning.start() for beginning in beginnings.finditer(text, start + 1, end))):
        match = pattern.match(text, place) if done <= place < end else None
        while match:
            yield match
            done = max(match.end(), match.start() + 1)
            match = pattern.match(text, done) if done < end else None


_ONLINE = (
    r"(?:(?:free|online|on-line|following|self-paced|on-demand|virtual|live|honor code|entire|whole|required|non-credit|"
    r"instructor-led|certification|short|full|intensive|advanced|basic|introductory|professional|technical|hands-on|"
    r"(?:\d+|one|two|three|four|five|six)(?:-| )(?:hours?|days?|weeks?|months?)(?:-| )?(?:long)?|[\d.,]+ (?:hours?|credits?) of|"
    r"international|national|annual|summer),? )*"
)
_KIND = (
    r"(?:course|courses|class|training course|training|learning path|learning plan|program|programme|module|workshop|"
    r"webinar|bootcamp|specialization|specialisation|curriculum|lab|tutorial|event|session|seminar|series|assessment|"
    r"competition|hackathon|challenge|professional certificate|coursework|conference|symposium|summit|congress|masterclass|master class|"
    r"lecture|internship|nanodegree|micro-?credential|track|pathway|mooc|training session|online course)"
)
_OBJECT_EN = (
    rf"(?: 100 ?%)?(?: of)?(?: all)?(?: the| a| an| this| our| their| his| her)?"
    rf"(?: requirements(?: (?:for|of|to be recogni[sz]ed as))?(?: the)?)?(?: {_ONLINE}(?={_KIND}(?![^\W_])))?(?: following)?(?: ?{_KIND}(?![^\W_])){{0,2}}"
    r"(?: (?:certification |course )?exam(?:ination)? (?:for|in|on))?(?: entitled| titled| called| named| on| in| of| for)?(?: the)? [:,]?"
)
_ADVERB = r"(?:successfully |satisfactorily |hereby |duly |actively |just )?"
_CURSO = (
    r"(?: (?:no\(a\)|do\(a\)|o|a|os|as|do|da|no|na|ao|el|la|los|las|del|de la|al|en el|en la|de|il|le|del|un|una|um|uma))?"
    r"(?: (?:curso/palestra|curso|cursos|treinamento|bootcamp|projeto|workshop|evento|palestra|oficina|minicurso|formacao|"
    r"programa|modulo|trilha|taller|formacion|capacitacion|diplomado|corso|percorso formativo|seminario|webinar|acao de formacao|acao formativa|"
    r"jornada|conferencia|congresso|congreso|simposio|semana academica|encontro|encuentro|charla|ponencia|accion (?:formativa|de formacion)|entrenamiento|"
    r"laboratorio|convegno|incontro|evento formativo|modulo formativo|imersao|disciplina|unidade curricular|itinerario|asignatura))?"
    r"(?: (?:online|on-line|a distancia|autoinstrucional|presencial|virtual|livre|gratuito|de extensao|de capacitacao|de formacao|de formacion|di formazione|de aperfeicoamento|de qualificacao|de especializacion|profissional|profesional|com sucesso|com exito|con exito))*"
    r"(?: (?:intitulad[oa]|titulad[oa]|denominad[oa]|chamad[oa]|llamad[oa]|intitolat[oa]|denominat[oa]|dal titolo|com o tema|con el tema|sobre|de|di|em|en|su|in|:))? [:,]?"
)
_COURS = (
    r"(?: (?:le|la|les|l'|un|une|du|de la|des|au|a la))?(?: (?:action de formation|action|cours|formation|module|programme|atelier|parcours|mooc|seminaire|session|stage|webinaire|conference|certification))?"
    r"(?: (?:en ligne|de formation|a distance|certifiante|professionnelle|continue))*(?: (?:intitulee?|nommee?|portant sur|sur|de|en|:))? [:,]?"
)
_SEMINAR = (
    r"(?: (?:der|dem|des|den|die|das|vom))?(?: (?:online|mehrtagigen|zweitagigen|eintagigen|folgenden))?"
    r"(?: (?:(?:online|web|e-learning|intensiv|grund|aufbau|zertifikats)?-?(?:schulung|seminars?|kurs|kurses|projektwoche|workshops?|lehrgangs?|weiterbildung|fortbildung|trainings?|webinars?|veranstaltung|tagung|moduls?|ausbildung)))?"
    r"(?: (?:zum thema|mit dem titel|mit dem thema|zur|zum|uber|fur))? [:,]?"
)
_KURS = (
    r"(?: (?:онлайн-?|полныи |дистанционныи )*(?:курсе?|курса|курсу|обучение|программу|программе|программы|семинаре?|вебинаре?|тренинге?|мастер-классе?|модуль|экзамен|конференции))?"
    r"(?: по (?:курсу|программе|теме|дисциплине|направлению|дополнительнои профессиональнои программе))?(?: на тему)? [:]?"
)
_SZKOLENIE = (
    r"(?: (?:szkoleni[eua]|kurs(?:ie|u)?|program(?:ie|u)?|warsztat(?:y|ach|ow)|webinar(?:ze|ium)?|seminari(?:um|ow)|konferencji|egzamin))?"
    r"(?: (?:online|internetowy))?(?: (?:pt\.?|pod tytulem|pod nazwa|na temat|z zakresu|w zakresie|z))? [:]?"
)

# Words that say what the holder did: the holder stands before them, mostly the course after them.
DID = phrase(
    rf"(?:has|have|had|having) {_ADVERB}(?:completed|satisfied|passed|finished|attended|participated|fulfilled|undertaken|undergone|pursued|met|taken part|earned|achieved|attained|accomplished|demonstrated|acquired|obtained)",
    r"successfully (?:completed|passed|finished|attended|satisfied|fulfilled|participated)",
    r"(?:is|has been|was) (?:hereby )?(?:awarded|recogni[sz]ed|granted|certified|designated)",
    r"took part in",
    r"(?:attended|completed|passed|finished|undertook|took|participated in|achieved|earned)(?: and (?:successfully |satisfactorily )?(?:completed|passed|finished))?(?= (?:the|our|an?|this|all|both|every)(?![^\W_]))",
    rf"for {_ADVERB}(?:completing|finishing|passing|attending|participating)",
    r"for (?:the |having |a |his |her |their )*(?:successful |satisfactory |successfully )?(?:completion|completed|participation)",
    r"(?:concluiu|completou|participou|finalizou|cursou|realizou|frequentou|foi aprovad[oa]|obteve aproveitamento|assistiu a)",
    r"por (?:ter )?(?:concluido|completado|participado|finalizado|frequentado|cursado)",
    r"ha (?:completado|finalizado|realizado|superado|participado|asistido|aprobado|cursado|concluido|obtenido|culminado)",
    r"(?:(?:completo|curso|asistio) y aprobo|(?:completo|aprobo|finalizo)(?= (?:el|la|con|satis))|participo en|asistio a[l]?|por participar|por su asistencia|por haber|por su participacion)",
    r"(?:a|ayant|avoir) (?:bien )?(?:suivi|reussi|termine|valide|complete|participe|obtenu|effectue|assiste|acheve)",
    r"hat (?:den|die|das|am|an|vom|erfolgreich|mit|im|in)",
    r"ha (?:completato|partecipato|superato|frequentato|seguito|concluso|conseguito|terminato)",
    r"per aver (?:completato|partecipato|superato|frequentato|seguito)|per la partecipazione",
    r"fur die (?:erfolgreiche )?teilnahme|an (?:der|dem) .{3,80} teilgenommen",
    r"(?:успешно )?(?:завершил|прошел|прошёл|прослушал|окончил|освоил|принял участие|прошла|завершила|окончила)(?:\s*\(?-?(?:л?а|л?ась)\)?)?",
    r"(?:basariyla )?(?:tamamlamistir|tamamlayarak|tamamladi|katilmistir|katilmis)",
    r"(?:ukonczyl|uczestniczyl|zaliczyl)(?:a|\(a\)|/a|/-a)?|wziela? udzial|wzial(?:/a)? udzial|za (?:ukonczenie|udzial)",
    r"(?:успешно )?(?:обучил(?:ся|ась)|сдала?|приняла участие|освоила)",
    r"(?:basariyla )?(?:tamamlamistir|tamamlayarak|tamamladi|katilmistir|katilmis|bitirmistir)",
    r"(?:obteve aprovacao|foi aprovad[oa]\(?a?\)?|assistiu a[ao]?)|ha (?:svolto|sostenuto|llevado a cabo)|a (?:pris part|satisfait)",
    r"(?:wzial|wziela|bral|brala|wzial\(-?ela\)) udzial|(?:uczestniczyl|zdal|ukonczyl)(?:a|\(a\))?",
    r"heeft (?:de|het|met|deelgenomen|succesvol)",
)

# What introduces a course.
COURSE_INTRO = phrase(
    rf"(?:(?:has|have|had|having) {_ADVERB}|successfully )(?:completed|passed|finished|attended|attained|undertaken|undergone|fulfilled|satisfied|pursued|met|participated in|taken part in|achieved student level credential for completing)(?: studies and completed)?(?: and received a passing grade in| and is certified in|, received a passing grade, and was awarded this platform's honor code certificate of completion in)?(?! by){_OBJECT_EN}",
    rf"took part in{_OBJECT_EN}",
    rf"(?:attended|completed|passed|finished|undertook|participated in)(?: and (?:successfully |satisfactorily )?(?:completed|passed|finished))?(?= (?:the|our|an?|this)(?![^\W_])){_OBJECT_EN}",
    rf"for {_ADVERB}(?:completing|finishing|passing|attending|participating in){_OBJECT_EN}",
    rf"(?:for|upon|of|in recognition of|on) (?:the |having |his |her |their |your |a )*(?:successful |satisfactory |successfully |active |enthusiastic |valuable |full |voluntary )?(?:completion of|completed|participation in|attendance (?:at|of|in)){_OBJECT_EN}",
    rf"certificate of (?:course )?(?:completion|achievement|attendance|participation|training)(?: for| in| of| to){_OBJECT_EN}",
    r"statement of (?:achievement|accomplishment|participation) (?:for|in) [:]?",
    r"(?:all )?(?:the )?requirements (?:for|of|to be recogni[sz]ed as)(?: the| a| an)?(?: certification)? [:]?",
    r"(?:is|are) (?:hereby )?(?:certified|recogni[sz]ed) (?:in|as)(?: an?)? [:]?",
    r"knowledge and skills to be recogni[sz]ed as(?: an?)?",
    r"received a passing grade in",
    r"(?:hereby )?(?:awards|confers|grants) (?:this|the)(?=\n)",
    rf"(?:has|have) participated as (?:an? )?\w+ (?:in|at){_OBJECT_EN}",
    r"(?:is|are|was|has been|have been) (?:hereby )?(?:awarded|granted|conferred|presented) (?:with )?(?:the|a|an|this)(?: \w+)? (?:certificate|diploma|title|degree|designation|status|credential|certification|badge) (?:of|in|for|as)(?! (?:course )?(?:completion|achievement|participation|attendance|appreciation|excellence|recognition|merit|training|accomplishment))(?: an?| the)?",
    r"(?:has|have|having) (?:earned|obtained|received|achieved|gained|acquired)(?: the| a| an| this)?(?: \S+)? (?:certificate|certification|credential|badge|diploma|designation|qualification|micro-?credential) (?:of|in|for|as)(?! (?:completion|achievement|participation|attendance))(?: an?| the)?",
    r"(?:has|have) (?:\w+ly )?(?:been )?(?:trained|instructed|certified|qualified) (?:in|on|as)(?: an?| the)?",
    r"(?:has|have|having) (?:\w+ly )?(?:demonstrated|shown|proven|acquired)(?: the| an?)?(?: \w+)? (?:proficiency|competence|competency|knowledge|skills?|expertise|mastery|understanding)(?: and \w+)? (?:in|of|on|for)(?: the)?",
    rf"for (?:his |her |their |your |the |an? )?(?:outstanding |excellent |remarkable |academic |active |valuable )?(?:achievement|excellence|performance|dedication|accomplishment|proficiency|attendance|involvement)s? (?:in|at|during){_OBJECT_EN}",
    r"(?:achiev\w+|attain\w+|reach\w+|award\w+|obtain\w+)(?: the| a)? \S{1,15} (?:level|grade|score|mark) (?:in|of|on)(?: the)?",
    r"(?:certificate|certification|diploma|micro-?credential|badge) (?:in|on)(?=\n)",
    r"is (?:now |officially |hereby )*an?(?= certified)",
    r"(?:is|are|was|has been|have been) (?:hereby )?(?:awarded|granted|conferred|given) (?:the|a|an|this) (?:professional )?(?:title|designation|credential|certification|badge|qualification|status) [:]?(?=\n)",
    rf"(?:completed|passed|finished|attended|satisfied)(?: all| the| every| of| both)* (?:final )?(?:modules|units|lessons|sections|parts|levels|stages|assessments?|exam(?:ination)?s?|tests?|quiz(?:zes)?|requirements) (?:of|in|for)(?: the)?(?: {_ONLINE}{_KIND}(?![^\W_]))?(?: in| on)? [:]?",
    rf"in recognition of (?:successfully |satisfactorily )?(?:completing|finishing|passing|attending|participating in){_OBJECT_EN}",
    r"(?:has|have) (?:earned|achieved|obtained|received) the (?:following )?(?:credential|certification|designation|badge|qualification|certificate) [:]?(?=\n)",
    rf"your (?:attendance|participation|completion) (?:at|in|of){_OBJECT_EN}",
    rf"(?:attended|completed|participated in|passed|undergone|underwent) (?:the|a|an|this|our) {_ONLINE}{_KIND}(?: entitled| titled| called| named| on| in| of)?(?: the)? [:]?",
    rf"(?:considerad[oa] )?apt[oa](?:\(a\))? (?=no|na|em){_CURSO}",
    rf"por (?:ter )?(?:concluido|completado|participado|finalizado|frequentado|cursado|assistido|realizado)(?: com (?:sucesso|exito|aproveitamento))?{_CURSO}",
    rf"participou,? (?:como \w+|na qualidade de \w+|na condicao de \w+),?{_CURSO}",
    rf"(?:assistiu|esteve presente|obteve (?:aprovacao|aproveitamento)|foi aprovad[oa]|formou-se|capacitou-se)(?: com (?:sucesso|exito))?{_CURSO}",
    rf"(?:referente|relativ[oa]|correspondente|correspondiente) (?:ao?|al)(?! (?:sua )?(?:participa|conclus)){_CURSO}",
    rf"(?:completo|aprobo|finalizo|asistio|participo|curso|realizo|supero|culmino|concluyo)(?: satisfactoriamente| con exito| exitosamente| con aprovechamiento| activamente)?(?= (?:el|la|los|las|al|a la|en)(?![^\W_]))(?: en| a)?{_CURSO}",
    rf"por (?:su |la |haber )?(?:participacion|asistencia|asistido|participado|completado|finalizado|superado|concluido|culminado|cursado|aprobado)(?: satisfactoriamente| con exito| activa)?(?: en| a)?{_CURSO}",
    rf"(?:ayant|avoir|a) (?:bien |egalement )?(?:suivi|reussi|termine|valide|complete|participe a|obtenu|effectue|assiste a|acheve|satisfait aux exigences)(?: avec succes| avec assiduite)?{_COURS}",
    rf"(?:pour )?(?:sa|la|leur) (?:participation a|reussite|validation|completion)(?: active)?(?: avec succes)?{_COURS}",
    r"(?:a ete )(?:formee?|certifiee?|diplomee?) (?:a|aux|en|sur)(?: la| le| l')?",
    rf"(?:per (?:aver|la|il)|ha) (?:partecipazione|completamento|superamento|svolto|conseguito|partecipato)(?: con (?:successo|profitto|merito))?(?: a[ld]?| alla| del| della)?{_CURSO}",
    rf"(?:fur (?:die|den) )?(?:erfolgreichen?|regelmassigen?|aktiven?)? ?(?:teilnahme an|teilnahme am|abschluss|absolvierung|bestehen){_SEMINAR}",
    rf"hat (?:mit erfolg |erfolgreich )?(?:am|an|den|die|das|im){_SEMINAR}",
    r"(?:am|an der|an dem) (?:\S+\s+)?(?:\S*(?:schulung|seminar|kurs|workshop|lehrgang|weiterbildung|fortbildung|training|webinar))(?: (?:zum thema|zur|zum|uber|mit dem titel|fur))? [:]?",
    r"(?:duzenlenen|duzenledigi|gerceklestirilen|gerceklestirdigi|sunulan)|tarafindan (?:verilen|yapilan|hazirlanan)",
    rf"(?:успешно )?(?:завершил|прошел|прослушал|окончил|освоил|прошла|завершила|окончила|сдал|сдала|принял участие|приняла участие|участвовал|участвовала)(?:\s*\(?-?(?:л?а|л?ась)\)?)?(?: в)?(?: обучение)?{_KURS}",
    rf"за (?:успешное |активное )?(?:участие|прохождение|окончание|завершение|освоение)(?: в)?{_KURS}",
    rf"(?:ukonczyl|uczestniczyl|zaliczyl|zdal|wzial udzial|wziela udzial|odbyl)(?:a|\(a\)|/a|/-a)?(?: z wynikiem \w+)?(?: w)?{_SZKOLENIE}",
    rf"za (?:ukonczenie|udzial|uczestnictwo|zaliczenie)(?: w)?{_SZKOLENIE}",
    rf"(?:concluiu|completou|participou|finalizou|cursou|realizou|frequentou)(?: e foi aprovado)?(?: com (?:sucesso|exito|aproveitamento))?(?: (?:o|todo o)? conteudo de)?{_CURSO}",
    rf"(?:pela|pelo|por|a) (?:sua )?(?:conclusao|participacao|participar|completar)(?: com sucesso)?{_CURSO}",
    rf"(?:declaracao|certificado) de (?:participacao|conclusao) (?:no|na|do|da|de|em){_CURSO}",
    rf"referente a(?: sua)? (?:participacao|conclusao){_CURSO}",
    rf"ha (?:completado|finalizado|realizado|superado|participado|asistido|aprobado|cursado|concluido|culminado)(?: y aprobado)?(?: satisfactoriamente| con exito| exitosamente| con aprovechamiento)?(?: en| a)?{_CURSO}",
    rf"(?:(?:completo|curso|asistio) y aprobo|(?:completo|aprobo|finalizo)(?= (?:el|la|con|satis))|participo en|asistio a|por (?:haber )?(?:participar y aprobar|participado en|completado|finalizado|aprobado|completar|finalizar))(?: satisfactoriamente| con exito)?{_CURSO}",
    rf"a (?:suivi|reussi|termine|valide|complete|participe a|obtenu|effectue|assiste a|acheve)(?: avec succes)?{_COURS}",
    rf"(?:a valide [\d.,h ]+(?:total hours|heures?(?: au total)?) )du{_COURS}",
    r"du cours en ligne",
    rf"(?:per aver|ha) (?:completato|partecipato|superato|frequentato|seguito|concluso)(?: con (?:successo|profitto|merito|esito positivo|regolarita))?(?: a[ld]?| alla)?{_CURSO}(?: della durata di ore [\d.,]+)?",
    r"(?:den|das|die) (?:folgenden?|folgendes) (?:kurs|seminar|schulung|training|lehrgang)(?: (?:mit erfolg|erfolgreich))?(?: abgeschlossen| absolviert| besucht)?(?: hat)? [:]?",
    r"(?:asagidaki|belirtilen) (?:egitimi|kursu|programi)(?: basariyla)?(?: tamamlamistir| tamamladi| bitirmistir)? [:]?",
    r"(?:teilnahme an|erfolgreich an|abschluss)(?: (?:der|dem|des|den|die|das))?(?: (?:schulung|seminar|kurs|kurses|projektwoche|workshop|lehrgang|online-kurs))? [:]?",
    r"hat (?:den|die|das|am|an der|an dem)(?: (?:schulung|seminar|kurs|projektwoche|workshop|lehrgang|online-kurs))? [:]?",
    r"(?:успешно )?(?:завершил|прошел|прошёл|прослушал|окончил|освоил|прошла|завершила|окончила)(?:\s*\(?-?(?:л?а|л?ась)\)?)? (?:курс|обучение по курсу|обучение по программе|программу|онлайн-курс)? [:]?",
)

# What names a course in passing: less than an introduction, more than nothing.
COURSE_MENTION = phrase(
    r"in (?:the )?(?:field|area|discipline) of",
    rf"(?:for|in|of) the (?:\w+ )?{_KIND}(?: entitled| titled| called| named| on| in| of)? [:]?",
    r"(?:entitled|titled|intitulad[oa]|intitulee?(?! d[eu])|denominad[oa]|titulad[oa]|intitolat[oa]|dal titolo|mit dem titel|zum thema|pod tytulem|pt\.|под названием|на тему) [:]?",
    r"(?:no|do|ao|na|da|en el|del|al|a la|de la|nel|al|allo|alla) (?:curso|cursos|treinamento|minicurso|workshop|webinar|palestra|oficina|seminario|bootcamp|formacao|evento|jornada|taller|capacitacion|diplomado|corso|convegno)(?: (?:online|on-line|livre|virtual|presencial|a distancia|de formacao|di formazione|de capacitacao|de extensao))*(?: (?:intitulad[oa]|denominad[oa]|sobre|de|di|em|en|su|:))? [:]?",
    r"(?:du cours|de la formation|du mooc|du seminaire|de l'atelier|a la formation|au seminaire|au webinaire)(?: en ligne)?(?: (?:intitulee?|sur|:))? [:]?",
    r"(?:den|das|die|einen|ein|eine|im|am|des|zum) (?:online-|web-|intensiv-|grund|aufbau)*(?:kurs|seminar|schulung|lehrgang|workshop|webinar|weiterbildung|fortbildung|training)(?=\n)",
    r"(?:im|am|des|zum) (?:\w*kurs(?:es)?|\w*seminars?|\w*workshops?|webinars?|\w*lehrgangs?|\w*trainings?)(?: (?:zum thema|uber|zur|zum|mit dem titel))? [:]?",
    r"(?:курса|курсу|курсе|программы|программе|семинара|семинаре|вебинара|вебинаре) [:]?",
    r"(?:szkolenia|szkoleniu|kursu|kursie|warsztatow|warsztatach|seminarium|webinarze)(?: (?:pt\.?|pod tytulem|z zakresu|na temat))? [:]?",
)
# Where the verb ends the sentence, what stands after the title.
COURSE_AFTER = phrase(
    r"(?:adli |isimli |konulu |baslikli )?(?:cevrimici |online )?(?:egitim|kurs|program|seminer|atolye|webinar|kamp|calistay)\w* (?:basariyla |basari ile )?(?:katil|tamamla|bitir|basari)\w*",
)

# What introduces a holder.
HOLDER_INTRO = phrase(
    r"(?:this|it) (?:is )?(?:to )?(?:hereby )?(?:certif(?:y|ies)|acknowledges?|confirms?|recogni[sz]es?|attests?|verif(?:y|ies))(?: that)?(?: mr\.?| ms\.?| mrs\.?)?",
    r"(?:we )?(?:do )?(?:hereby )?(?:certify|confirm|acknowledge|attest)(?:s)? that(?: (?:our |the |your )?(?:member|employee|participant|student|colleague|trainee|delegate|learner)(?= [a-z]))?(?: mr\.?| ms\.?| mrs\.?| dr\.?)?",
    r"(?:certificate|document|diploma|acknowledg(?:e)?ment) (?:hereby )?(?:certifies|confirms|acknowledges|recogni[sz]es|attests|verifies)(?: that)?",
    r"(?:certifies|confirms|acknowledges|attests|recogni[sz]es)(?: that)?",
    r"recogni[sz]es the (?:hard-work and dedication|efforts?|achievements?) of",
    r"(?:proudly |hereby |is |been |certificate )*(?:presented|awarded|granted|given|dedicated|issued|conferred|bestowed)(?: with pride)? (?:to|upon|on)(?: mr\.?| ms\.?| mrs\.?)? [:]?",
    r"(?:academy|university|institute|school|foundation) awards",
    r"(?:let it be known|be it known|we are (?:pleased|proud) to (?:certify|confirm)) that|(?:this )?(?:award|certificate|diploma) (?:goes|belongs) to",
    r"confirms? (?:the )?(?:attendance|participation|successful completion) of|(?:earned|achieved) by",
    r"(?:congratulations|felicitations|felicidades|parabens|congratulazioni|gefeliciteerd|tebrikler)(?: to| a)?,?",
    r"(?:apresentado|presentado|presente|presentato|uberreicht|ausgestellt|verleend|przyznano|przyznaje sie|присуждается|вручен[оа]?|вручается) (?:a|an|fur|aan)",
    r"termine(?:e)? par|suivi(?:e)? par|(?:conclui?d[oa]|completad[oa]|finalizad[oa]|cursad[oa]) por|(?:abgeschlossen|absolviert) von|completat[oa] da|ukonczon[aey] przez",
    r"it is (?:hereby )?(?:confirmed|certified|attested) that|we are (?:pleased|proud|happy) to (?:announce|inform you) that|frau ?/ ?herr|herr ?/ ?frau",
    r"apreciad[oa](?:/a)?|this is a statement that|assegna (?:al|alla) (?:partecipante|corsista|discente)",
    r"(?:certificamos|certifica|certificam|certifico|atesta|atestamos|declaramos|declara|reconhece|reconoce|acredita|acreditar|hace constar|constar|certifica-se|confirma|verificar|certificar|confirmar|comprobar)(?:,? para (?:os devidos|todos os) (?:fins|efeitos)(?: de direito)?)?,? que(?: [ao]\(?a?\)? (?:alun[oa]|estudante|participante|usuario|alumno|colaboradora?|sr\.? ?\(a\)\.?|sra?\.|senhora?|funcionari[oa]|servidora?|profissional|trabalhadora?)(?:\(a\))?| el usuario| la persona| don| dona| d\.| sr\.?| sra\.?)? [:,]?",
    r"(?:confere|concedido|concede|outorgado|outorga|conferido|entregue|otorgado|otorga|entregado|concedida|certificado|certifica)(?: (?:o|el|la|a|este|esta|il) (?:presente )?(?:certificado|certificacao|certificacion|constancia|diploma|declaracao|atestado|reconocimiento)| a presente| la presente)? (?:a|ao|a:)(?: [ao]\(?a?\)?)? [:]?",
    r"para acreditar que",
    r"(?:certifica|hace constar|constar) ?:? que (?:el senor|la senora|el sr\.|la sra\.)|(?:que )?(?:el senor|la senora)(?= [a-z])",
    r"(?:rilascia|conferisce|assegna) (?:il|la|questo|questa) (?:presente )?(?:diploma|attestato|certificato) a(?:l|lla)? [:]?",
    r"(?:hereby )?(?:awards|confers|grants|presents)(?: to| upon)(?=\n)",
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
# A blank stands for a line break as well.
COURSE_END = re.compile(
    (
        r"(?:[\s,;(]*(?<![^\W_])(?:"
        r"(?:an?|un|une|um|uma) (?:online|on-line|cours|curso)|"
        r"(?:online |on-line |training )?(?:course|courses|training|program|programme|workshop|certification exam|exam)(?=\s*(?:$|[.,;]|on\s*(?:the\s*)?(?:\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|offered|provided|held|from|at\s|by\s|through|conducted|organi|with\s|which|and\s|in collab|administered))|"
        r"(?:offered|provided|authori[sz]ed|organi[sz]ed|conducted|delivered|administered|hosted|developed|taught|presented|held|sponsored|issued|facilitated)(?=\s*(?:(?:online|live|remotely|virtually|in person) )?(?:by|through|on|from|in|between|at|at the)(?![^\W_]))|"
        r"through the|as part of|which is|powered by|with distinction|with a (?:score|grade|total|duration)|during the|"
        r"at (?:the )?(?=[^\s]+ (?:software|university|academy|institute|college|school))|"
        r"and (?:is hereby|has been|has demonstrated|demonstrat|received|was awarded|have|has)|"
        r"(?:e|y|et|und|and) (?:por |pour )?(?:demonstr|demostr|demontr)\w*|"
        r"having|representing|developer certification|"
        r"(?:in |under the )?(?:partnership|collaboration|cooperation|association|conjunction|affiliation|guidance|supervision|direction|auspices) (?:with|of)|on behalf of|"
        r"(?:led|run|created|instructed|accredited|approved|facilitated|moderated|certified|coordinated) by|(?:lasting|comprising|consisting of|equivalent to|covering [\d.,]+)(?![^\W_])|"
        r"for a (?:total|duration|period) of|for (?=[\d.,]+ hours?)|(?:thereby|earning [\d.,]+|in testimony|in witness)|(?:completed|awarded|given|earned|achieved|passed|attended|taken|dated) (?=on|in |this|at )|scoring|(?:between|during) (?=\d|the |jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
        r"and (?:is|was|passed|earned|met|acquired|gained|obtained|therefore|thereby|successfully|all )(?=\s)|under the|"
        r"(?:com|con|de|with)? ?(?:a |uma? |una )?(?:carga|duracao|duracion|duration|duree|durata)|totali[sz]ando|totalizando|"
        r"(?:no|em|en el|el|le|am|del|il) (?:dia|data|periodo)|(?:no|nel?|en el|dans l'|au cours de l'|durante (?:el|o)|during the) ?(?:ano letivo|ano lectivo|anno accademico|curso academico|annee (?:universitaire|scolaire|academique)|academic year)|im (?:winter|sommer)semester|(?:com|con) intensidade?|realizad[oa]|ministrad[oa]|organi[sz]ad[oa]|oferecid[oa]|promovid[oa]|impartid[oa]|dictad[oa]|celebrad[oa]|da plataforma|"
        r"(?:ofertad|lecionad|fornecid|disponibilizad|proferid|ofrecid|organizad|avalad|expedid|conduzid|desenvolvid|desarrollad|coordenad|efetuad)[oa]s?(?= (?:por|pel|en|em|en|a |ao|na|no|del|entre))|llevad[oa] a cabo|"
        r"perfazendo|(?:com|con)(?: um| un)? total de|(?:num|en un|por un|per un) total[e]? de|(?:com|con) (?:nota|media|frequencia|aproveitamento|calificacion|aprovechamiento|una? (?:intensidad|valoracion|nota))|"
        r"(?:na|en|en la)? ?modalid?ad[e]? (?:online|on-line|virtual|presencial|a distancia|ead|mixta|semipresencial|hibrid[ao])|"
        r"em parceria|en (?:colaboracion|alianza|convenio|partenariat|collaboration)|in collaborazione|atraves d\w+|a traves de|por meio d\w+|no ambito|en el marco|nell'ambito|dans le cadre|"
        r"pel[oa] (?=(?:escola|plataforma|universidade|fundacao|empresa|instituicao|instituto|centro|academia|faculdade|associacao|projeto)(?![^\W_]))|"
        r"(?:obtendo|obteniendo|tendo|habiendo|cumpliendo|cumprindo)|equivalente|"
        r"(?:dispensee?|animee?|delivree?|organisee?|realisee?|proposee?)(?= (?:par|du|le|au|a |en |chez))|qui s'est|se (?:tenant|deroulant)|pour une duree|sur la plateforme|avec (?:succes|mention)|"
        r"bestanden|besucht|mit erfolg|erfolgreich (?=teil|ab|be)|im umfang|mit einem? (?:umfang|dauer|gesamt\w+)|in der zeit|im zeitraum|(?:durchgefuhrt|veranstaltet|angeboten)|"
        r"(?:organizzat|erogat|tenut|svolt|promoss|realizzat)[oae](?= (?:da|dal|dall|il|in|presso|nel|a |on))|della durata|con (?:esito|profitto|votazione)|"
        r"(?:adli|isimli|konulu|baslikli)|'?\w{1,4} (?=katil|basari|tamamla|bitir)|(?:egitim|kurs|program|seminer|atolye|webinar|etkinlig|calistay|kamp)\w* (?=katil|basari|tamamla|bitir)|(?:katil|tamamla|bitir)\w{3,}|basariyla|"
        r"(?:в|общим) объеме|объемом|(?:проведен|организован|прошедш)\w+|продолжительностью|на платформе|"
        r"(?:zorganizowan|przeprowadzon|prowadzon|organizowan|realizowan)\w+|w wymiarze|w (?:ilosci|liczbie)|(?:w|od) dni(?:u|ach|a)|"
        r"un cours|propose|dispense|organise par|d'une duree|"
        r"organizzato|erogato|tenutosi|"
        r"teilgenommen|abgeschlossen|absolviert|"
        r"(?:culminad|aprobad|finalizad|completad)[oa](?=\s*(?:el|en|con|por|satis|$))|и (?:набрал|получил|сдал|защитил)|(?<=, )(?:que|which|where|en el que)(?= )|que tuvo lugar|que fornece|"
        r"(?:course|curso|cours|kurs)(?=\s*$)"
        r"))"
    ).replace(" ", r"\s")
)
# It begins with all the blanks and punctuation that stand there, or at a word that has none before it.
COURSE_END_BEGINS = re.compile(rf"(?<![\s,;(])(?:(?=[\s,;(])|{_BEGIN})")
# A date, with or without the word before it, ends a title in a sentence too.
BEFORE_DATE = re.compile(
    r"[\s,;(]*(?:(?<![^\W_])(?:held |dated |issued |completed )?(?:on|em|el|le|am|il|de|in|dated|from|no dia|dal|du|vom|the|w dniu|от|a|between|during|entre|en date d[ue]|desde|durante|pendant|zwischen|tra|miedzy|с)(?:\s+the)?)?[\s:]*$"
)

# Headings and set pieces, which are neither holder nor course.
HEADING = phrase(
    r"(?:e-?|course |training |this |a |the |verified |official |professional |assessment-based )*certificate(?: of)?(?: successful| satisfactory| active| course| training| online| program| nanodegree program)*(?: completion| achievement| attendance| participation| appreciation| excellence| recognition| training(?: awarded to)?| accomplishment| brilliance| merit| graduation| award| acknowledgment| proficiency| competence| competency)?",
    r"of (?:course )?(?:completion|achievement|participation|attendance|appreciation|excellence|brilliance|recognition|training)",
    r"(?:statement|record|declaration|award|letter|verification|proof|acknowledge?ment|confirmation|evidence) of (?:course |successful |satisfactory |active )*(?:completion|achievement|accomplishment|attainment|attendance|participation|results?)",
    r"(?:course |training )?(?:completion|achievement|attendance|participation)(?: certificate| date)?",
    r"certifica(?:do|cao|te|zione)(?: de| di)?(?: conclusao| finalizacion(?: de curso)?| participacao| participacion| aprovechamiento| curso| finalizacion del curso| conclusao de curso| aprobacion| asistencia| reconocimiento| aproveitamento)?",
    r"(?:de )?(?:conclusao|finalizacion|participacao|participacion)(?: de curso| do curso| del curso)?",
    r"(?:declaracao|constancia|diploma|atestado|attestato|attestation|zertifikat|teilnahmebescheinigung|teilnahmezertifikat|bescheinigung|sertifika|sertifikasi|katilim sertifikasi|certyfikat(?: ukonczenia)?|certificaat|сертификат|свидетельство|удостоверение|диплом)(?: de participacao| di partecipazione| de reussite| de formation| de fin de formation| de participation| de suivi)?",
    r"certificat(?: de)?(?: fin de)?(?: reussite| formation| participation| realisation| completion)?",
    r"(?:basari|katilim|tamamlama) sertifikasi|teilnahme(?:zertifikat|bestatigung)|certificat de reussite|certificado de aprobacion",
    r"(?:attestation|attestato|certificat[oe]?) (?:de suivi avec succes|ecm|di formazione ecm)|(?:bewijs|certificaat|getuigschrift|verklaring)(?: van)?(?: (?:deelname|bekwaamheid|afronding))?|memorandum(?: of (?:training|completion))?|digital credential|(?:end of course|course completion|training completion) certificate|to whom it may concern|a quien corresponda|a qui de droit|a quem possa interessar|transcript(?: of (?:record|records|training|learning))?|training (?:record|transcript|history|card)",
    r"course certificate|specialization certificate|professional certificate|certificate course|carta de asistencia(?: al curso)?|credential earned|badge|digital badge|verified|certified|award",
    r"in recognition of(?: the commitment to achieve)?(?: professional excellence)?|professional excellence|congratulations|specimen|sample",
    r"(?:certificate|certification|completion|diploma) (?:id|number|no|date)",
    r"(?:digital |training |attendance |continuing education |professional development |cpd |cpe )*(?:certificate|transcript|record)|certificate of (?:professional|continuing) (?:development|education)(?: credits?)?|learning path|specialization|nanodegree|on demand",
    r"(?:carta|certificado|constancia|diploma|reconocimiento|titulo|comprobante|comprovante|atestado|declaracao|acreditacion)(?: (?:oficial|digital|virtual|de|do|da|del|al?))*(?: (?:asistencia|participacion|participacao|presenca|frequencia|conclusao|formacao|formacion|formacao profissional|capacitacion|capacitacao|acreditacion|cumplimiento|terminacion|logro|merito|excelencia|honor|honra|agradecimento|agradecimiento|estudios?|curso|aproveitamento))?",
    r"(?:attestation|certificat|diplome|certificat d'|attestation d'|brevet)(?: (?:de|d'))?(?: ?(?:suivi|stage|assiduite|achevement|presence|competences?|formation continue|realisation|fin de stage|capacite|accomplissement))?",
    r"(?:teilnahme|abschluss|kurs|schulungs|ausbildungs|leistungs|seminar|weiterbildungs|fortbildungs)-?(?:zertifikat|bescheinigung|bestatigung|nachweis|zeugnis)|urkunde|zeugnis|diplom|nachweis|(?:bestatigung|nachweis|bescheinigung|zertifikat) (?:der|uber die|uber) (?:erfolgreiche |regelmassige )?(?:kurs|seminar|lehrgangs)?-?(?:teilnahme|absolvierung)",
    r"(?:attestato|certificato|diploma|attestazione)(?: (?:di|del|della))?(?: (?:partecipazione|frequenza|completamento|formazione|profitto|merito|corso|superamento|competenza|fine corso))?",
    r"(?:egitim|kurs|bitirme|tesekkur|onur|basari|katilim|tamamlama|seminer)(?: (?:katilim|tamamlama|basari))? (?:belgesi|sertifikasi|sertifika|belge)|sertifika|katilim belgesi",
    r"(?:сертификат|свидетельство|удостоверение|диплом|справка|грамота)(?: (?:о|об|участника|слушателя))?(?: (?:прохождении|окончании|завершении|обучении|участии|повышении квалификации))?(?: (?:курса|обучения|программы))?",
    r"(?:certyfikat|zaswiadczenie|dyplom|swiadectwo)(?: (?:ukonczenia|uczestnictwa|udzialu|o ukonczeniu))?(?: (?:szkolenia|kursu|programu))?",
)
# People who sign, and what they are called.
SIGNATORY = phrase(
    r"(?:vice[ -])?president(?:e)?|ceo|cto|coo|cmo|chief .{2,30}|director[ae]?|diretor[ae]?|directeur|directrice|direttore|head of .*|founder|co-founder|instructor(?:s|e|es)?|instrutor(?:es)?|instruktor(?:zy)?|formateur(?:s)?|formador|docente|teacher|trainer|professor(?:a)?|prof\.?|lecturer|manager|chair(?:man|woman|person)?|dean|coordinator|coordenador[a]?|coordinador[a]?|gerente|geschaftsfuhrer|leiter|signature|signed|assinatura|firma|authori[sz]ed|svp|evp|vp|senior|registrar|secretary(?:-general)?|principal|host|the trainer|representado por|validado por|emitido por|sponsor|egitmen|baskan(?:i)?|управляющий|директор|ректор|преподаватель|lider|leader",
    r"(?:executive|managing|general|academic|technical|program(?:me)?|course|training|regional|deputy|associate|assistant|lead|global) (?:director|officer|manager|leader|head|instructor|trainer|coordinator|dean)",
    r"kurucu(?: ortak)?|rektor(?:u)?|(?:genel )?mudur(?:u)?|koordinator(?:u)?|decan[oa]|secretari[ao]|soci[ao]|dirigente|maitre de conferences|responsab(?:le|ile)|kierownik|dyrektor(?:ka)?|prezes|trener(?:ka)?|wykladowca",
    r"\w*leiter(?:in)?(?= |$)(?: (?:der|des|von))?|geschaftsleit\w+|inhaber(?:in)?|direttric[ei]|docent|voorzitter|opleidingsmanager|kursleit\w+|dozent\w*|vorstand|prokurist|schulleit\w+|основатель|руководитель|генеральный директор|заведующ\w+|декан|куратор|fondat(?:ore|rice|eur)|fundador[a]?",
    r"(?:il |la )?(?:legale )?rappresentante(?: legale)?|representante? legal|represent[ae]nt legal|undersigned|(?:il |la )?sottoscritt[oa]|(?:je )?soussignee?|(?:el |la )?abajo firmante|(?:o |a )?abaixo assinad[oa]|(?:el |la )suscrit[oa]",
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
    name student participant learner title location academic vs inc llc ltd gmbh ltda corp corporation company group
    team department global international national services solutions technologies technology systems consulting partner
    statement record declaration recognition excellence appreciation badge exam test grade score level module workshop
    january february march july september october november december
    edificio calle avenida rua street road building floor tel fax email conteudo programatico carga horaria modulo modulos
    topicos temario contenido contenidos inhalte programa sobre partner gold platinum silver authorized registered
    awareness step guide definitive complete beginner beginners bootcamp masterclass
    voce seu sua este esta esse essa tu usted ele ela mais muito foi pode ser sobre entre como estimado estimada prezado
    instructors instrutor instrutores instructores formateurs instruktorzy docente university's presents recognizes coursework
    pour fur za per icin by von between during
    total length duration reference http https www com org copyright rights reserved page skills covered top
    estudante estudiante estudiantes alumno alumna alumnos aluno aluna alunos participante participantes participants
    teilnehmer teilnehmerin etudiant etudiante stagiaire apprenant studente corsista partecipante cursista deelnemer
    uczestnik uczestniczka ogrenci katilimci usuario utilisateur слушатель участник студент recipient attendee learner
    who whom which gultig bestanden ergebnis personalnummer prufcode schulung datos trabajador empresa caja accademia
    hospital infirmary konservatorium conservatorio competence achieved statutory mandatory renewal trainee employee
    gevolg deelgenomen geldig bewijs nucleo educacao permanente opleidingsbureau sektion
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
    having satisfactorily successfully duly
    campus polytechnic polytechnique politecnico politecnica vidyapeetham vidyapeeth vidyalaya vishwavidyalaya
    programini programina kursunu kursuna egitimini egitimine egitimi seminerini seminerine webinarini atolyesini
    mahavidyalaya lycee liceo lise lisesi colegio kolej instituicao institucion seminary chapter
    hereby proudly acknowledges requirements following self-paced path collaboration offered provided authorized""".split()  # noqa: SIM905
)
