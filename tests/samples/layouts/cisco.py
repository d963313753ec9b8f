# ruff: noqa: PLR0917 (place, size, colour: drawing calls read best in that order, unnamed)
"""Cisco's two kinds of course certificates, after real ones, without logo."""

from tests.samples.slip import Slip, day_first, day_first_long

_BLUE, _DARK, _GREY = "#049fd9", "#1b2a41", "#6b7280"


def digital_learning(slip: Slip) -> None:
    """Name and course in the middle, dates and number in a row of labelled cells below."""
    sheet = slip.sheet
    sheet.width, sheet.height = 792, 612
    sheet.box(0, 0, sheet.width, 18, fill=_BLUE)
    sheet.box(0, sheet.height - 30, sheet.width, 10, fill=_DARK)
    sheet.text(56, 74, slip.word("brand", "Cisco Digital Learning"), "carlito-bold", 20, _DARK)
    sheet.text(736, 74, "learningnetwork.cisco.com", "carlito", 11, _GREY, "right")
    sheet.text(56, 142, "Certificate of Completion", "carlito", 34, _BLUE)
    sheet.text(56, 190, "This is to certify that", "carlito", 14, _GREY)
    sheet.text(56, 232, slip.say("holder_name"), "carlito-bold", 30, _DARK)
    sheet.rule(56, 246, 560, 246)
    sheet.text(56, 276, "has successfully completed the course", "carlito", 14, _GREY)
    sheet.paragraph(
        56, 314, slip.say("course_name"), 680, "carlito-bold", 25, _DARK, outlined=slip.outlined("course_name")
    )
    cells = [("Start date", "started_on"), ("End date", "completed_on")]
    for number, (label, field) in enumerate(cell for cell in cells if slip.has(cell[1])):
        _cell(slip, 56 + 170 * number, 410, label, slip.say(field, day_first_long))
    if slip.has("credits"):
        unit = slip.say("credit_unit")
        _cell(slip, 396, 410, "Continuing Education", f"{slip.say('credits')} {unit}")
    if slip.has("validation_code"):
        _cell(slip, 56, 474, "Certificate number", slip.say("validation_code"))
    sheet.scribble(560, 490)
    sheet.text(560, 514, "Learning & Certifications", "carlito", 11, _GREY)
    sheet.text(56, 556, slip.word("note", "Submit this certificate at ce.cisco.com to claim your credits."), size=8.5,
               font="carlito", colour=_GREY)  # fmt: skip
    sheet.specimen()


def _cell(slip: Slip, x: float, y: float, label: str, value: str) -> None:
    slip.sheet.text(x, y, label, "carlito", 11, _GREY)
    slip.sheet.text(x, y + 20, value, "carlito-bold", 15, _DARK)


def networking_academy(slip: Slip) -> None:
    """Course on top, what it taught in two columns, then values over ruled labels."""
    sheet = slip.sheet
    for step, tall in enumerate((6, 12, 20, 12, 6, 12, 20, 12, 6)):
        sheet.box(46 + 7 * step, 62 - tall, 2.4, tall, fill=_BLUE)
    for row, word in enumerate(slip.word("programme", "Corporate Social Responsibility").split()):
        sheet.text(126, 44 + 11 * row, word, size=8, colour=_GREY)
    sheet.text(780, 60, "Cisco Networking Academy", size=14, colour="#4a90e2", anchor="right")
    sheet.text(46, 90, slip.word("heading", "Certificate of Course Completion"), size=9, colour="#9aa0a6")
    sheet.rule(46, 98, 796, 98)
    course = slip.say("course_name")
    sheet.text(46, 124, course, size=17)
    sentence = slip.word(
        "sentence",
        "The student has successfully achieved student level credential for completing {course} course "
        "administered by the undersigned instructor. The student was able to proficiently:",
    )
    end = sheet.paragraph(46, 154, sentence.replace("{course}", course), 750, size=11)
    _abilities(slip, end + 10)
    rows = [("holder_name", slip.word("student_label", "Student"), 300.0)]
    y = 330.0
    for field, label, _ in rows:
        _ruled(slip, 46, y, slip.say(field), label, 750)
    _ruled(slip, 46, y + 42, slip.word("academy"), slip.word("academy_label", "Academy Name"), 750)
    _ruled(slip, 46, y + 84, slip.word("location"), slip.word("location_label", "Location"), 340)
    _ruled(slip, 430, y + 84, slip.say("completed_on", day_first), slip.word("date_label", "Date"), 366)
    _ruled(slip, 46, y + 150, slip.word("instructor"), slip.word("instructor_label", "Instructor"), 340)
    sheet.scribble(440, y + 142)
    _ruled(slip, 430, y + 150, "", slip.word("signature_label", "Instructor Signature"), 366)
    sheet.specimen()


def _abilities(slip: Slip, y: float) -> None:
    half = (len(slip.page.lines) + 1) // 2
    for column, lines in enumerate((slip.page.lines[:half], slip.page.lines[half:])):
        at = y
        for line in lines:
            slip.sheet.disc(66 + 380 * column, at - 3, 1.4, fill="#222222")
            at = slip.sheet.paragraph(74 + 380 * column, at, line, 330, size=9.5) + 4


def _ruled(slip: Slip, x: float, y: float, value: str, label: str, width: float) -> None:
    slip.sheet.text(x, y, value, "dejavu-bold", 10)
    slip.sheet.rule(x, y + 6, x + width, y + 6)
    slip.sheet.text(x, y + 17, label, size=8, colour="#555555")
