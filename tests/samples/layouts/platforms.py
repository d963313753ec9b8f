"""Course platforms whose certificates people drop most, after real ones, without logos."""

from tests.samples.sheet import Text
from tests.samples.slip import Slip, long_month, short_month

_INK, _GREY = "#1c1d1f", "#6a6f73"


def atlassian(slip: Slip) -> None:
    """An upright page, all in the middle: a badge, the course, one sentence with name and day, a small number."""
    sheet = slip.sheet
    sheet.width, sheet.height = 612, 792
    sheet.text(306, 210, "Certificate of Completion", "carlito", 20, "#44546f", "centre")
    sheet.disc(306, 310, 72, fill="#0c1f4a")
    for row, word in enumerate(slip.word("badge", "ATLASSIAN UNIVERSITY").split()):
        sheet.text(306, 306 + 15 * row, word, "sans-bold", 11, "#ffffff", "centre")
    end = sheet.paragraph(306, 436, slip.say("course_name"), 480, "carlito", 30, "#172b4d", "centre", 1.1)
    sentence = f"Completed by {slip.say('holder_name')} on {slip.say('completed_on', long_month)}"
    sheet.text(306, end, sentence, "carlito", 14, "#172b4d", "centre")
    sheet.rule(140, end + 28, 472, end + 28, "#c1c7d0")
    small = [f"Score {slip.word('score')}"] if slip.word("score") else []
    if slip.has("validation_code"):
        small.append(f"Completion ID: {slip.say('validation_code')}")
    sheet.text(306, end + 52, "     ".join(small), "carlito", 11, "#44546f", "centre")
    sheet.specimen()


def coursera(slip: Slip) -> None:
    """Day, name and course one under the other on the left, a ribbon on the right, the link at the bottom."""
    sheet = slip.sheet
    sheet.width, sheet.height = 792, 612
    sheet.box(0, 0, 792, 612, fill="#b9bcc0")
    sheet.box(8, 8, 776, 596, fill="#ffffff")
    sheet.box(16, 16, 760, 580, stroke="#9a9a9a")
    sheet.polygon((526, 16), (706, 16), (706, 410), (616, 462), (526, 410), fill="#e3e7ee")
    sheet.text(616, 82, slip.word("ribbon_1", "COURSE"), "serif", 15, _INK, "centre")
    sheet.text(616, 104, slip.word("ribbon_2", "CERTIFICATE"), "serif", 15, _INK, "centre")
    sheet.disc(616, 300, 66, stroke="#333333")
    sheet.text(616, 306, "coursera", "carlito-bold", 22, _INK, "centre")
    partner = slip.word("partner")
    sheet.text(78, 104, partner, "serif-bold", 26, "#3a3a6a")
    sheet.text(78, 194, slip.say("completed_on", short_month), "serif", 11, _GREY)
    sheet.text(78, 232, slip.say("holder_name"), "serif", 25, _INK)
    sheet.text(78, 264, slip.word("verb", "has successfully completed"), "serif", 11, _GREY)
    end = sheet.paragraph(78, 298, slip.say("course_name"), 420, "serif", 18, _INK, leading=1.2)
    offer = f"an online non-credit course authorized by {partner} and offered through Coursera"
    sheet.paragraph(78, end + 8, slip.word("offer", offer), 420, "serif", 11, _GREY)
    sheet.scribble(82, 468)
    sheet.text(78, 492, slip.word("teacher"), "serif", 9, _GREY)
    sheet.text(78, 504, slip.word("teacher_title"), "serif-italic", 9, _GREY)
    url = slip.say("verify_url")
    sheet.text(706, 536, slip.word("verify_label", "Verify at:"), "serif", 10, _INK, "right")
    sheet.text(706, 550, url, "serif", 10, "#0000cc", "right")
    sheet.link(500, 540, 206, 14, slip.page.words.get("link", url))
    confirmed = "Coursera has confirmed the identity of this individual and their participation in the course."
    sheet.paragraph(706, 564, slip.word("confirmed", confirmed), 230, "serif", 7, _GREY, "right")
    sheet.specimen()


def udemy(slip: Slip) -> None:
    """Number and link small at the top right, a large title, the name at the bottom left."""
    sheet = slip.sheet
    sheet.height = 626
    sheet.box(0, 0, 842, 626, fill="#ffffff")
    sheet.box(18, 18, 806, 590, fill="#f7f9fa")
    sheet.text(50, 84, "udemy", "carlito-bold", 38, _INK)
    sheet.polygon((56, 54), (67, 47), (78, 54), (78, 50), (67, 43), (56, 50), fill="#a435f0")
    number, url = slip.say("validation_code"), slip.say("verify_url")
    small = [
        f"{slip.word('number_label', 'Certificate no:')} {number}",
        f"{slip.word('url_label', 'Certificate url:')} {url}",
        f"{slip.word('reference_label', 'Reference Number:')} {slip.word('reference', '0004')}",
    ]
    for row, line in enumerate(small):
        sheet.text(792, 62 + 16 * row, line, "sans", 9.5, _GREY, "right")
    sheet.text(50, 178, slip.word("heading", "CERTIFICATE OF COMPLETION"), "sans-bold", 12.5, _GREY)
    end = sheet.paragraph(50, 228, slip.say("course_name"), 730, "serif-bold", 43, _INK, leading=1.15)
    label = slip.word("teacher_label", "Instructors")
    sheet.text(50, end - 10, label, "sans", 12.5, _INK)
    sheet.text(58 + 6.1 * len(label), end - 10, slip.word("teacher"), "sans-bold", 12.5, _INK)
    sheet.text(50, 530, slip.say("holder_name"), "sans-bold", 29, _INK)
    rows = [(slip.word("date_label", "Date"), slip.say("completed_on", long_month))]
    if slip.has("hours"):
        rows.append((slip.word("length_label", "Length"), slip.word("length", "{hours} total hours")))
    for row, (name, value) in enumerate(rows):
        sheet.text(50, 566 + 20 * row, name, "sans", 12.5, _INK)
        sheet.text(62 + 6.6 * len(name), 566 + 20 * row, slip.filled(value), "sans-bold", 12.5, _INK)
    sheet.specimen()


def linkedin(slip: Slip) -> None:
    """A white page in a blue-grey frame, all in the middle; the 64 digits run over two lines."""
    sheet = slip.sheet
    sheet.width, sheet.height = 792, 612
    sheet.box(0, 0, 792, 612, fill="#bcd1d6")
    sheet.polygon((0, 0), (792, 0), (792, 330), (0, 330), fill="#8fabb3")
    sheet.box(30, 28, 732, 556, fill="#ffffff")
    sheet.text(396, 96, "LinkedIn Learning", "carlito-bold", 26, "#0a66c2", "centre")
    end = sheet.paragraph(396, 178, slip.say("course_name"), 540, "carlito", 34, _INK, "centre", 1.1)
    kind = slip.word("completed_by", "Course completed by")
    sheet.text(396, end + 6, f"{kind} {slip.say('holder_name')}", "carlito", 17, "#404040", "centre")
    moment = slip.say("completed_on", lambda day: f"{short_month(day)} at {slip.word('time', '05:00PM')} UTC")
    length = f" • {slip.say('hours')}" if slip.has("hours") else ""
    sheet.text(396, end + 30, f"{moment}{length}", "carlito", 17, "#404040", "centre")
    sheet.text(396, end + 72, slip.word("skills_label", "Top skills covered"), "carlito", 15, "#404040", "centre")
    sheet.text(396, end + 98, slip.word("skills"), "carlito-bold", 13, "#404040", "centre")
    sheet.scribble(340, 486)
    sheet.rule(320, 500, 472, 500)
    sheet.text(396, 514, slip.word("signer", "Head of Global Content, Learning"), "carlito", 10, _GREY, "centre")
    sheet.disc(690, 512, 40, stroke="#8299a3")
    label, code = slip.word("code_label", "Certificate ID:"), slip.say("validation_code")
    sheet.text(396, 544, f"{label} {code[:38]}", "carlito", 10, _GREY, "centre")
    sheet.text(396, 557, code[38:], "carlito", 10, _GREY, "centre")
    sheet.specimen()
    if slip.word("doubled"):  # as some of the real ones: each line twice in the text layer
        sheet.marks += [mark for mark in sheet.marks if isinstance(mark, Text)]
