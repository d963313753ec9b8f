"""Ten ways to set a certificate, each a function that puts the facts on the paper and tells which fields it printed."""

from collections.abc import Callable, Sequence
from random import Random

from benchmarks.accuracy.lookalikes.paper import Columns, Item, Line, Paper
from benchmarks.accuracy.strangers.facts import Facts

Layout = Callable[[Paper, Facts, Random], set[str]]
_ACCENT, _PALE = "#20406b", "#666666"
_MAIN = {"holder_name", "course_name", "completed_on"}


def stacked(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """Everything centred, one under another; who signs, in type as large as the holder's, at the foot."""
    rows = [_line(facts.org, 13, colour=_PALE), _line(facts.heading, random.choice((24, 30)), bold=True, gap=0.8)]
    _flow(paper, [*rows, *_stack(facts, random, random.choice((22, 28)), random.choice((18, 24)))], 0.1, 0.9, 40)
    _flow(paper, [_line(_given(facts, random), 11)], 0.1, 0.9, 390)
    _signers(paper, facts, 430, size=random.choice((11, 20)))
    return _MAIN | _code_line(paper, facts, random, 535)


def two_columns(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """Amounts, number and code in a narrow column at the left, the text in the wide one."""
    labels = facts.words["labels"]
    narrow: list[Item] = [
        _line(facts.org, 15, bold=True, colour=_ACCENT),
        _line(labels["hours"], 8, colour=_PALE, gap=4),
        _line(facts.words["hours"].format(hours=facts.hours), 11, gap=0.1),
        _line(labels["student"], 8, colour=_PALE, gap=2),
        _line(facts.number, 11, gap=0.1),
    ]
    printed = _MAIN | {"hours"}
    if facts.code:
        narrow += [_line(labels["code"], 8, colour=_PALE, gap=2), _line(facts.code, 8, gap=0.1)]
        printed |= {"validation_code"}
    _flow(paper, narrow, 0.04, 0.3, 60, "left")
    wide = [_line(facts.heading, 26, bold=True), *_stack(facts, random, 24, 20)]
    _flow(paper, [*wide, _line(_given(facts, random), 11, gap=2)], 0.36, 0.95, 60, "left")
    return printed


def long_titled(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """A title over three lines, in type larger than the holder's or of its size, the giver close beneath."""
    rows = [_line(facts.heading, 22, bold=True), *_stack(facts, random, 20, random.choice((20, 24)))]
    _flow(paper, [*rows, _line(facts.org, random.choice((12, 16)), gap=random.choice((0.3, 0.9)))], 0.17, 0.83, 40)
    _flow(paper, [_line(_given(facts, random), 11)], 0.17, 0.83, 440)
    return _MAIN | _code_line(paper, facts, random, 535)


def branded(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """The product under its brand, which is set smaller and close above."""
    rows = [_line(facts.org, 14, colour=_PALE), _line(facts.heading, 26, bold=True, gap=0.8)]
    stack = _stack(facts, random, 24, 24)
    brand = _line(facts.brand, random.choice((15, 18)), bold=True, gap=0.5)
    course = _line(facts.course, 24, bold=True, gap=0.1)
    place = next(index for index, item in enumerate(stack) if isinstance(item, Line) and item.runs[0][0] == facts.title)
    stack[place : place + 1] = [brand, course]
    _flow(paper, [*rows, *stack, _line(_given(facts, random), 11, gap=2)], 0.1, 0.9, 40)
    return _MAIN | _code_line(paper, facts, random, 535)


def told(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """One paragraph in one type, the title in quotes or not."""
    sentence = random.choice(facts.words["sentence"])
    quoted = facts.filled(sentence.replace("{course}", random.choice(('"{course}"', "{course}", "“{course}”"))))
    rows = [_line(facts.org, 16, bold=True), _line(facts.heading, 24, bold=True, gap=1.2), _line(quoted, 14, gap=2)]
    _flow(paper, [*rows, _line(_given(facts, random), 12, gap=2)], 0.12, 0.88, 50)
    _signers(paper, facts, 430, size=11)
    started = {"started_on"} if "{start}" in sentence else set()
    return _MAIN | {"hours"} | started | _code_line(paper, facts, random, 535)


def letter(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """A letter: who writes and the day at the top, the sentence, who signs."""
    _flow(paper, [_line(facts.org, 12, bold=True), _line(facts.host, 9, colour=_PALE, gap=0.1)], 0.1, 0.5, 40, "left")
    _flow(paper, [_line(f"{facts.place}, {facts.day(facts.completed)}", 10)], 0.5, 0.9, 90, "right")
    sentence = random.choice(facts.words["sentence"])
    rows = [_line(facts.heading, 13, bold=True), _line(facts.filled(sentence), 11, gap=2)]
    _flow(paper, rows, 0.1, 0.9, 150, "left")
    name, office = facts.signers[0]
    _flow(paper, [_line(name, 11), _line(office, 9, colour=_PALE, gap=0.1)], 0.1, 0.5, 330, "left")
    started = {"started_on"} if "{start}" in sentence else set()
    return _MAIN | {"hours"} | started | _code_line(paper, facts, random, 500)


def form(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """Labels and their values in two columns, with several dates and numbers that are not the ones wanted."""
    rows = {
        "holder": facts.holder, "born": facts.day(facts.completed.replace(year=1988)), "student": facts.number,
        "course": facts.course, "hours": facts.words["hours"].format(hours=facts.hours),
        "completed": facts.day(facts.completed), "issued": facts.day(facts.completed.replace(year=2025, day=28)),
        "grade": f"{random.randint(70, 99)} %", "tutor": facts.signers[0][0],
        "order": f"{random.randint(10**5, 10**6)}",
    }  # fmt: skip
    printed = _MAIN | {"hours"}
    if facts.code:
        rows["code"] = facts.code
        printed |= {"validation_code"}
    if random.random() < 0.4:
        rows["expires"] = facts.day(facts.completed.replace(year=facts.completed.year + 3))
        printed |= {"expires_on"}
    order = ["holder", "course", *random.sample(sorted(rows.keys() - {"holder", "course"}), len(rows) - 2)]
    colon = random.choice((":", ":", ""))
    _flow(paper, [_line(facts.org, 14), _line(facts.heading, 24, bold=True, gap=0.5)], 0.1, 0.9, 30, "left")
    y = 130.0
    for name in order:
        _flow(paper, [_line(f"{facts.words['labels'][name]}{colon}", 11, colour=_PALE)], 0.1, 0.36, y, "left")
        y = max(y + 28, _flow(paper, [_line(rows[name], 11, bold=True)], 0.38, 0.95, y, "left") + 6)
    return printed


def card(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """A small card: the title large, little else, the code tiny in a corner."""
    items: list[Item] = [_line(facts.org, 11, colour=_PALE)]
    for text in random.choice(facts.words["card"]):
        large = "{course}" in text
        items.append(_line(facts.filled(text), 30 if large else 14, bold=large, gap=1.2))
    _flow(paper, items, 0.08, 0.92, 120, random.choice(("left", "centre")))
    return _MAIN | _code_line(paper, facts, random, 560, size=7)


def many_dated(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """A stack, and under it three dates side by side, each with its label."""
    labels, day = facts.words["labels"], facts.completed
    dates = {
        "completed": day,
        "issued": day.replace(year=day.year + 1, month=1),
        "expires": day.replace(year=day.year + 2),
    }
    cells = tuple(
        (_line(labels[name], 9, colour=_PALE), _line(facts.day(dates[name]), 11, gap=0.1))
        for name in random.sample(sorted(dates), 3)
    )
    rows = [_line(facts.heading, 26, bold=True), *_stack(facts, random, 24, 22)]
    _flow(paper, [_line(facts.org, 13), *rows, Columns(cells, gap=30)], 0.08, 0.92, 40)
    _flow(paper, [_line(f"{labels['student']}: {facts.number}", 9)], 0.08, 0.92, 470)
    return _MAIN | {"expires_on"} | _code_line(paper, facts, random, 535)


def signed_above(paper: Paper, facts: Facts, random: Random) -> set[str]:
    """Who gives it, with names, offices and register numbers, before the holder."""
    cells = tuple(
        (_line(name, 13, bold=True), _line(f"{office}, Reg. {random.randint(1000, 99999)}", 9, colour=_PALE, gap=0.1))
        for name, office in facts.signers
    )
    rows = [_line(facts.heading, 26, bold=True), Columns(cells, gap=14), *_stack(facts, random, 24, 18)]
    _flow(paper, [_line(facts.org, 13), *rows, _line(_given(facts, random), 12, gap=2)], 0.1, 0.9, 30)
    return _MAIN | _code_line(paper, facts, random, 535)


# Each with the kind of title it sets and its page, in points.
LAYOUTS: tuple[tuple[Layout, str, tuple[float, float]], ...] = (
    (stacked, "", (842, 595)),
    (two_columns, "", (842, 595)),
    (long_titled, "long", (842, 595)),
    (branded, "brand", (842, 595)),
    (told, "", (842, 595)),
    (letter, "", (595, 842)),
    (form, "", (595, 842)),
    (card, "", (800, 600)),
    (many_dated, "", (842, 595)),
    (signed_above, "", (842, 595)),
)


def _line(text: str, size: float, *, bold: bool = False, colour: str = "#1c1c1c", gap: float = 0.5) -> Line:
    return Line(((text, "sans-bold" if bold else "sans"),), size, colour, gap)


def _flow(paper: Paper, items: Sequence[Item], x0: float, x1: float, y: float, align: str = "centre") -> float:  # noqa: PLR0917
    return paper.flow(list(items), x0 * paper.width, x1 * paper.width, y, align, 1.0, draw=True)


def _stack(facts: Facts, random: Random, holder: float, course: float) -> list[Item]:
    items: list[Item] = []
    for text in random.choice(facts.words["stack"]):
        size = {"{holder}": holder, "{course}": course}.get(text, 12)
        items.append(_line(facts.filled(text), size, bold=text == "{course}", gap=0.9))
    return items


def _given(facts: Facts, random: Random) -> str:
    return facts.filled(random.choice(facts.words["given"]))


def _signers(paper: Paper, facts: Facts, y: float, size: float) -> None:
    cells = tuple((_line(name, size), _line(office, 9, colour=_PALE, gap=0.1)) for name, office in facts.signers)
    _flow(paper, [Columns(cells)], 0.1, 0.9, y)


def _code_line(paper: Paper, facts: Facts, random: Random, y: float, size: float = 9) -> set[str]:
    """The code at its label, in the address that verifies it, or both; without one, an order number at the most."""
    labels = facts.words["labels"]
    if facts.code is None:
        if random.random() < 0.5:
            _flow(paper, [_line(f"{labels['order']}: {random.randint(10**5, 10**6)}", size)], 0.1, 0.9, y)
        return set()
    token = facts.code.replace("/", "-")
    form = random.choice(("label", "label", "both", "host"))
    text = f"{labels['code']}: {facts.code}"
    if form == "both" and token == facts.code:
        text += f"   {facts.words['verify']} {facts.host}/verify/{token}"
    elif form == "host":
        text += f" – {facts.words['verify']} www.{facts.host}"
    _flow(paper, [_line(text, size)], 0.05, 0.95, y)
    return {"validation_code"}
