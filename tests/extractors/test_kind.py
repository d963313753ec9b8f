"""What is a certificate and of which kind, by its wording; what only speaks of certificates is none. Invented people."""
# ruff: noqa: E501 (whole texts read best unbroken)

import pytest

from extractors.kind import kind_of
from extractors.plain import fold

KINDS = {
    "other": [
        "Nota fiscal\nFatura 4418\nJoana Prates\nCertificado digital; para verificar a autenticidade: quay.example.org",
        "Course Syllabus\nNetworking Essentials\nInstructor: Dana Whitlow\nWeek 1: Introduction\nWeek 2: Routing\nGrading policy: attendance 20 %, exam 80 %\nPrerequisites: none. Upon successful completion of this course students will be able to configure a switch.",
        "Invoice 2026-114\nTo: Amara Lindqvist\nCourse: Routing, certificate included\nTotal: 240.00 EUR\nDue 3 May 2026",
        "Rechnung Nr. 2024-11\nKurs Python\nTeilnehmerin: Lena Vogt\nZertifikat inklusive\nGesamtbetrag 480,00 EUR zzgl. MwSt.",
        "Agenda\n09:00 Registration\n09:30 Keynote\n12:00 Lunch\n17:00 Certificates are presented to participants",
        "Thank you for your purchase!\nOrder number 88213\nCourse: Learn SQL\nYou will receive a certificate of completion when you finish the course.\nPayment method: Visa",
    ],
    "in_progress": [
        "Plano de ensino\nDisciplina: Redes\nEmenta: Introdução a redes\nObjetivos\nBibliografia\nCarga horária: 60 horas\nAo concluir o curso o aluno receberá certificado.",
        "To whom it may concern\nThis is to certify that Amara Lindqvist is enrolled in the Bachelor of Science programme for the academic year 2025/26.",
        "Immatrikulationsbescheinigung\nHiermit wird bescheinigt, dass Frau Lena Vogt im Wintersemester 2025 eingeschrieben ist.",
        "Attestation d'inscription\nNous attestons que Mme Claire Dubreuil est inscrite en formation Comptabilité",
        "Declaração de matrícula\nDeclaramos que Joana Prates está matriculada no curso de Redes",
        "Constancia de estudios\nSe hace constar que Lucía Ferro está inscrita en el curso de Redes y cursa actualmente el segundo módulo",
        "Certificato di iscrizione\nSi certifica che Marta Bianchetti è iscritta al corso di Reti",
        "Справка\nНастоящая справка выдана Анне Сомовой в том, что она обучается на курсе Сети",
        "Öğrenci belgesi\nDeniz Aksu okulumuz öğrencisidir ve Ağ Temelleri programına kayıtlıdır",
        "Zaświadczenie\nZaświadcza się, że Ewa Lipska jest uczestniczką kursu Sieci, kurs w trakcie realizacji",
        "Amara Lindqvist\nYour progress: 64 %\nCourse: Learn SQL\nFinish the course to earn your certificate of completion",
        "Registration confirmation\nDear Amara Lindqvist, you are registered for the workshop Routing on 3 May 2026. After attending you will receive a certificate of attendance.",
    ],
    "transcript": [
        "Transcript of Records\nAmara Lindqvist\nRouting A 5 ECTS\nSwitching B 5 ECTS",
        "Student Grade Report\nName: Amara Lindqvist\nCourse Grade Credits\nRouting A 3\nSwitching B 3\nGPA 3.7",
        "Histórico escolar\nJoana Prates\nRedes 9,0 aprovado\nSistemas 8,5 aprovado",
        "Relevé de notes\nClaire Dubreuil\nRéseaux 15/20",
        "Certificado de calificaciones\nLucía Ferro\nRedes 9\nSistemas 8",
        "Leistungsübersicht\nLena Vogt\nNetze 1,3\nSysteme 1,7\nNotenspiegel",
    ],
    "completion": [
        "Certificado\nO Instituto confere o presente certificado a\nJoana Prates\ninscrita na OAB/PR sob o nº 88.412, pela conclusão do curso de extensão\nRedes\nfinalizado em 3 de maio de 2026",
        "Certificato\nCoding e pensiero computazionale\nMarta Bianchetti\nData giugno 2022\nhttps://quay.example.org/validate/cert_n2n283gm",
        "Certificado de conclusão\nJoana Prates\nRedes\nMatrícula: 80074",
        "Coding\nMarta Bianchetti\nCompletato il 01-03-2024",
        "Climate Science\nLena Vogt\nAbschlussdatum: Samstag, 7. März 2020",
        "Certificate of Completion\nThis certifies that\nAmara Lindqvist\nhas successfully completed\nRouting",
        "Certificate\nAmara Lindqvist\nhas completed the course and met the attendance requirement of 80 %: Routing",
        "Teilnahmezertifikat\nLena Vogt\nhat erfolgreich abgeschlossen\nNetze",
        "Amara Lindqvist\nin progress toward excellence: has successfully completed the course Work in Progress Limits in Kanban",
        "Diploma\nse otorga a Lucía Ferro por haber completado el curso de extensión Redes. Inscrito en el registro con folio 22",
        "Certificamos que Joana Prates, inscrita no CPF 000.000.000-00, concluiu o curso Redes",
        "Certificat de fin de formation\nClaire Dubreuil, inscrite en formation au centre, a suivi avec succès Réseaux",
        "Świadectwo ukończenia kursu\nEwa Lipska ukończyła kurs Sieci",
        "Tamamlama belgesi\nDeniz Aksu Ağ Temelleri eğitimini başarıyla tamamlamıştır",
        "Getuigschrift\nSanne de Wit heeft met goed gevolg de cursus Netwerken afgerond",
        "Certificate of Completion\nAmara Lindqvist has completed\nSyllabus\nWeek 1 Introduction\nWeek 2 Routing",
        "Certificado\nconcluiu o curso Redes com carga horária 40 h\nConteúdo programático: Introdução; Nota final: 9,5; Ementa",
    ],
    "attendance": [
        "Certificate of Attendance\nAmara Lindqvist\nhas attended Routing",
        "Bu katılım sertifikası Deniz Aksu'ya verilmiştir",
        "Zaświadczenie o udziale\nEwa Lipska wzięła udział w szkoleniu Sieci",
        "Certificat de participation\ndélivré à Claire Dubreuil",
        "Bewijs van deelname\nSanne de Wit heeft deelgenomen aan Netwerken",
        "Сертификат участника\nАнна Сомова приняла участие в семинаре",
    ],
    "exam": [
        "This is to certify that Amara Lindqvist has passed the certification exam for Routing",
        "Prüfungszertifikat\nLena Vogt hat die Prüfung Netze bestanden",
    ],
    "certification": [
        "Amara Lindqvist is certified as Network Associate. Valid until 3 May 2027. Candidate ID 2231",
    ],
    "badge": [
        "Digital badge earned by Amara Lindqvist, issued by Quay",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_the_kind_of_a_text(kind: str, text: str) -> None:
    assert kind_of(fold(text)) == kind
