"""What stands in each block of a layout family. A block is the items it draws; what it states is noted in the slip."""

import re
from collections.abc import Callable
from random import Random

from benchmarks.accuracy.lookalikes import days
from benchmarks.accuracy.lookalikes.issuer import DATED
from benchmarks.accuracy.lookalikes.paper import Columns, Item, Line
from benchmarks.accuracy.lookalikes.slip import Slip
from benchmarks.accuracy.lookalikes.tables import words
from tests.samples.sheet import FONTS


def block(slip: Slip, name: str) -> list[Item]:
    """Raises KeyError for an unknown name."""
    if name.startswith("cols:"):
        cells = tuple(tuple(block(slip, part)) for part in name[5:].split(","))
        return [Columns(tuple(cell for cell in cells if cell))]
    if name.startswith("form:"):
        return _form(slip, name[5:])
    return BLOCKS[name](slip)


def _text(key: str, part: str = "text", face: int = 0) -> Callable[[Slip], list[Item]]:
    return lambda slip: [slip.line(slip.phrase(key), part, face)]


def _intro(slip: Slip) -> list[Item]:
    honour = {"en": " Mr./Ms.", "pt": " o(a) aluno(a)", "es": " D./Dña.", "de": " Herr/Frau", "fr": " M./Mme"}
    more = honour.get(slip.issuer.language, "") if slip.issuer.name_form == "honour" else ""
    return [slip.line(slip.phrase(f"intro_{slip.issuer.opening}") + more, "intro", 2)]


def _did(slip: Slip) -> list[Item]:
    return [slip.line(slip.phrase(f"did_{slip.issuer.opening}"), "did")]


def _sentence(slip: Slip, with_holder: bool = True) -> list[Item]:
    opening = slip.issuer.opening
    begin = [slip.phrase(f"intro_{opening}"), slip.holder()] if with_holder else []
    tail = slip.phrase("tails") if slip.random.random() < 0.4 else ""
    rest = [part for part in (tail, slip.hours(), slip.when()) if part]
    text = " ".join([*begin, slip.phrase(f"did_{opening}"), slip.quoted()])
    return [slip.rich(", ".join([text, *rest]).rstrip(".,") + ".")]


def _filled(slip: Slip, templates: list[str]) -> Line:
    """The first template that suits a certificate with or without a single day."""
    day = slip.facts.completed
    single = day is not None and slip.facts.started is None and days.stated(slip.issuer.date, day) == day.isoformat()
    fit = [one for one in templates if "{date}" not in one or single]
    when, hours = slip.when() if any("{ondate}" in one for one in fit[:1]) else "", slip.hours()
    template = fit[0]
    printed = slip.day("completed_on", day) if "{date}" in template and day else ""
    if "{hours}" not in template:
        slip.said.pop("hours", None)
    text = slip.fill(
        template, holder=slip.holder(), course=slip.quoted() if '"{course}"' not in template else slip.course(),
        ondate=when, hours=f" {hours}" if hours else "", date=printed,
    )  # fmt: skip
    return slip.rich(re.sub(r"\s+([.,])", r"\1", " ".join(text.split())).replace("..", "."))


def _template(slip: Slip, key: str = "sentences") -> list[Item]:
    own = slip.issuer.phrases[key]
    rest = [one for one in words(slip.issuer.language)[key] if one != own and "{date}" not in one]
    return [_filled(slip, [own, *rest])]


def _completed_by(slip: Slip) -> list[Item]:
    template = slip.issuer.phrases["completed_by"]
    if "{date}" in template and slip.facts.started is None and slip.facts.completed is not None:
        day = slip.day("completed_on", slip.facts.completed)
        return [slip.line(slip.fill(template, holder=slip.holder(), date=day))]
    plain = f"{slip.issuer.phrases['name_labels']}: {slip.holder()}"
    if "{date}" not in template:
        plain = slip.fill(template, holder=slip.holder())
    return [slip.line(plain), *_date(slip), *_hours_line(slip)]


def _pair(slip: Slip, label: str, value: str, style: str) -> list[Item]:
    """A label and its value, as this issuer sets them."""
    if style == "bare":
        return [slip.line(value, "date")]
    if style == "above":
        return [slip.line(label, "small"), slip.line(value, "date", gap=0.1)]
    if style == "below":
        return [slip.line(value, "date"), slip.line(label, "small", gap=0.1)]
    return [slip.line(f"{label}{':' if style == 'label: value' else ''} {value}", "date")]


def _date(slip: Slip) -> list[Item]:
    if slip.facts.completed is None:
        return []
    phrases, style = slip.issuer.phrases, slip.issuer.date_style
    items: list[Item] = []
    if slip.facts.started is not None:
        items += _pair(slip, phrases["range_labels"], slip.span(phrases["ranges"]), style)
    elif slip.facts.issued is not None:
        style = "label: value" if style == "bare" else style
        items += _pair(slip, phrases["done_labels"], slip.day("completed_on", slip.facts.completed), style)
    else:
        items += _pair(slip, phrases["date_labels"], slip.day("completed_on", slip.facts.completed), style)
    if slip.facts.issued is not None:
        style = "label: value" if style == "bare" else style
        items += _pair(slip, phrases["issue_labels"], slip.day("issued_on", slip.facts.issued), style)
    return [*items, *_expiry(slip, style)]


def _expiry(slip: Slip, style: str = "label: value") -> list[Item]:
    if slip.facts.expires is None or "expires_on" in slip.said:
        return []
    style = "label: value" if style == "bare" else style
    return _pair(slip, slip.issuer.phrases["expiry_labels"], slip.day("expires_on", slip.facts.expires), style)


def _place(slip: Slip) -> list[Item]:
    dated = DATED & set(slip.issuer.family.blocks)
    day, name = (slip.facts.issued, "issued_on") if dated else (slip.facts.completed, "completed_on")
    if day is None or (name == "issued_on" and "issued_on" in slip.said):
        return []
    place = slip.facts.filling["place"]
    return [slip.line(f"{place}, {slip.day(name, day)}{slip.random.choice(('', '.'))}", gap=1)]


def _range_line(slip: Slip) -> list[Item]:
    if slip.facts.started is None:
        return [] if "date" in slip.issuer.family.blocks else [slip.line(slip.when())] if slip.facts.completed else []
    return [slip.line(slip.span(slip.issuer.phrases["inranges"]))]


def _date_once(slip: Slip) -> list[Item]:
    return [] if "completed_on" in slip.said else _date(slip)


def _when(slip: Slip) -> list[Item]:
    text = slip.when()
    return [slip.line(text, gap=0.8)] if text else []


def _when_did(slip: Slip) -> list[Item]:
    parts = (slip.when(), slip.phrase(f"did_{slip.issuer.opening}"))
    return [slip.line(", ".join(part for part in parts if part))]


def _date_bare(slip: Slip) -> list[Item]:
    if slip.facts.completed is None:
        return []
    if slip.facts.started is not None:
        return [slip.line(slip.span(slip.issuer.phrases["ranges"]))]
    return [slip.line(slip.day("completed_on", slip.facts.completed))]


def _date_bar(slip: Slip) -> list[Item]:
    """Date and hours on one line, a bar between."""
    texts = _flat([*_date(slip), *_hours_line(slip)])
    return [slip.line("   |   ".join(texts))] if texts else []


def _hours_value(slip: Slip) -> str:
    assert slip.facts.minutes is not None
    whole, rest = divmod(slip.facts.minutes, 60)
    short = {"en": "h", "ru": "ч"}.get(slip.issuer.language, "h")
    if rest and slip.issuer.hours_form == "minutes":
        text = f"{whole}{short} {rest}min" if slip.issuer.language != "en" else f"{whole} hours {rest} minutes"
    else:
        text = slip.issuer.phrases["hours_values"].format(hours=slip.amount())
    slip.said["hours"] = text
    return text


def _hours_line(slip: Slip) -> list[Item]:
    if slip.facts.minutes is None or "hours" in slip.said:
        return []
    if slip.issuer.date_style in ("bare", "label value"):
        return [slip.line(slip.hours())]
    return _pair(slip, slip.issuer.phrases["hours_labels"], _hours_value(slip), slip.issuer.date_style)


def _credits(slip: Slip) -> list[Item]:
    if slip.facts.credits is None or "credits" in slip.said:
        return []
    slip.said["credits"] = slip.facts.credits
    return [slip.line(slip.issuer.phrases["credit_lines"].format(credits=slip.facts.credits), gap=0.8)]


def _form(slip: Slip, style: str) -> list[Item]:
    phrases = slip.issuer.phrases
    rows = [(phrases["name_labels"], slip.holder()), (phrases["course_labels"], slip.course())]
    if slip.facts.completed is not None:
        if slip.facts.started is not None:
            rows.append((phrases["range_labels"], slip.span(phrases["ranges"])))
        else:
            label = phrases["done_labels" if slip.facts.issued else "date_labels"]
            rows.append((label, slip.day("completed_on", slip.facts.completed)))
        if slip.facts.issued is not None:
            rows.append((phrases["issue_labels"], slip.day("issued_on", slip.facts.issued)))
    if slip.facts.expires is not None:
        rows.append((phrases["expiry_labels"], slip.day("expires_on", slip.facts.expires)))
    if slip.facts.minutes is not None:
        rows.append((phrases["hours_labels"], _hours_value(slip)))
    rows += [(label, slip.fill(value)) for label, value in slip.issuer.fields]
    if slip.facts.code and slip.issuer.code_style != "bare" and slip.issuer.url_style != "link":
        slip.said["validation_code"] = slip.facts.code
        rows.append((phrases["code_labels"], slip.facts.code))
    order = Random(slip.issuer.name)
    if order.random() < 0.5:
        order.shuffle(rows)
    return [item for row in rows for item in _row(slip, *row, style)]


def _row(slip: Slip, label: str, value: str, style: str) -> list[Item]:
    size, (plain, bold, _) = slip.issuer.sizes["text"], slip.issuer.faces
    if style == "table":
        cells = ((Line(((label, bold),), size),), (Line(((value, plain),), size),))
        return [Columns(cells, gap=4, align="left")]
    if style == "above":
        return [Line(((label, plain),), size * 0.75, gap=0.9), Line(((value, bold),), size, gap=0.1)]
    if style == "below":
        return [Line(((value, bold),), size, gap=0.9), Line(((label, plain),), size * 0.75, gap=0.1, rule=True)]
    return [Line(((f"{label}: " if style == "colon" else f"{label} ", plain), (value, bold)), size, gap=0.6)]


def _code(slip: Slip) -> list[Item]:
    code, label, style = slip.facts.code, slip.issuer.phrases["code_labels"], slip.issuer.code_style
    if code is None or "validation_code" in slip.said or slip.issuer.url_style == "link":
        return []
    slip.said["validation_code"] = code
    small, large = slip.line(code, "small"), slip.line(code)
    if style == "bare":
        return [small]
    if style == "above":
        return [slip.line(label, "small"), large]
    if style == "below":
        return [large, slip.line(label, "small", gap=0.1)]
    return [slip.line(f"{label}{': ' if style == 'beside' else ' '}{code}", "small")]


def _verify(slip: Slip) -> list[Item]:
    url = slip.facts.url
    if url is None or "verify_url" in slip.said:
        return []
    slip.said["verify_url"] = url
    size = slip.issuer.sizes["small"]
    if slip.issuer.url_style == "link":
        slip.said["validation_code"] = slip.facts.code or ""
        return [Line(((slip.issuer.phrases["scan"], slip.issuer.faces[0]),), size, link=url)]
    if slip.facts.code and slip.facts.code.replace(" ", "") in url:
        slip.said.setdefault("validation_code", slip.facts.code)
    linked = url if slip.random.random() < 0.3 and url.startswith("http") else None
    text = slip.issuer.phrases["verify"].format(url=url)
    return [Line(((text, slip.issuer.faces[0]),), size, link=linked)]


def _signers(slip: Slip, first: int = 0, count: int = 4, larger: float = 1) -> list[Item]:
    cells = [
        (
            Line(((name, slip.issuer.faces[1 if "signer" in slip.issuer.bold else 2]),),
                 slip.issuer.sizes["signer"] * larger, rule=len(slip.issuer.name) % 2 == 0),
            Line(((office, slip.issuer.faces[0]),), slip.issuer.sizes["small"], gap=0.1),
            *([Line(((slip.issuer.name, slip.issuer.faces[0]),), slip.issuer.sizes["small"], gap=0.1)]
              if len(office) % 3 == 0 else []),
        )
        for name, office in slip.issuer.signers[first : first + count]
    ]  # fmt: skip
    if len(cells) == 1:
        return list(cells[0])
    return [Columns(tuple(cells), align="centre")] if cells else []


def _bullets(slip: Slip, head: str, key: str, count: int) -> list[Item]:
    pick = slip.random.sample(words(slip.issuer.language)[key], min(count, len(words(slip.issuer.language)[key])))
    # The standard fonts have their bullet at a place that readers of PDF do not know.
    bullet = "• " if slip.issuer.faces[0] in FONTS else "– "
    mark = "" if len(slip.issuer.name) % 2 else bullet
    return [slip.line(slip.phrase(head)), *(slip.line(mark + one, "small", gap=0.2) for one in pick)]


def _transcript(slip: Slip) -> list[Item]:
    tables = words(slip.issuer.language)
    face, size = slip.issuer.faces, slip.issuer.sizes["text"] * 0.85
    rows = [tuple(tables["transcript"])]
    names = slip.random.sample(tables["modules"], min(5, len(tables["modules"])))
    rows += [(one, str(slip.random.randint(2, 20)), slip.random.choice(("A", "9.0", "85%"))) for one in names]
    return [
        Columns(tuple((Line(((cell, face[0 if n else 1]),), size, gap=0),) for cell in row), gap=3, align="left")
        for n, row in enumerate(rows)
    ]


def _course_hours(slip: Slip) -> list[Item]:
    if slip.facts.minutes is None:
        return [slip.line(slip.course(), "course")]
    return [slip.line(f"{slip.course()} - {_hours_value(slip)}", "course")]


def _numbers(slip: Slip) -> list[Item]:
    return [slip.line(slip.phrase("numbers"), "small")] if slip.issuer.has_number else []


def _seldom(key: str, share: float, part: str = "text") -> Callable[[Slip], list[Item]]:
    """A phrase that only a share of the issuers prints."""
    return lambda slip: [slip.line(slip.phrase(key), part)] if Random(slip.issuer.name + key).random() < share else []


def _labelled(key: str, value: str) -> Callable[[Slip], list[Item]]:
    return lambda slip: [slip.line(f"{slip.issuer.phrases[key]} {slip.fill(value)}")]


BLOCKS: dict[str, Callable[[Slip], list[Item]]] = {
    "logo": lambda slip: [slip.line(slip.issuer.name, "logo", 1)],
    "slogan": _text("slogans", "small", 2),
    "heading": _text("headings", "heading"),
    "headingfirst": lambda slip: [slip.line(slip.phrase("headings").split()[0], "heading")],
    "subheading": _text("subheadings"),
    "intro": _intro,
    "orgintro": lambda slip: [slip.line(f"{slip.issuer.name}"), *_intro(slip)],
    "orgline": lambda slip: [slip.line(f"{slip.issuer.name}, {slip.facts.filling['place']}")],
    "to": _text("intro_to"),
    "by": _text("intro_to"),
    "holder": lambda slip: [slip.line(slip.holder(), "holder", gap=0.7)],
    "issuedto": lambda slip: [slip.line(f"{slip.issuer.phrases['name_labels']}: {slip.holder()}")],
    "nameunder": _text("name_labels", "small"),
    "did": _did,
    "didself": _text("body"),
    "course": lambda slip: [slip.line(slip.course(), "course", gap=0.7)],
    "coursequoted": lambda slip: [slip.line(slip.quoted())],
    "coursehours": _course_hours,
    "tail": _seldom("tails", 0.75),
    "body": _seldom("body", 0.6, "small"),
    "sentence": _sentence,
    "didsentence": lambda slip: _sentence(slip, with_holder=False),
    "template": _template,
    "letter": lambda slip: _template(slip, "letters"),
    "letterthird": lambda slip: _template(slip, "letters_third"),
    "dear": lambda slip: [slip.line(slip.fill(slip.issuer.phrases["dear"], holder=slip.holder()), gap=1.5)],
    "closing": _text("closings"),
    "completedby": _completed_by,
    "when": _when,
    "whendid": _when_did,
    "date": _date_once,
    "datebare": _date_bare,
    "datebar": _date_bar,
    "rangeline": _range_line,
    "place": _place,
    "hours": _hours_line,
    "credits": _credits,
    "grade": _seldom("grade_lines", 0.5),
    "level": _labelled("hours_labels", ": {number}"),
    "outcomes": lambda slip: _bullets(slip, "outcome_heads", "outcomes", 5),
    "modules": lambda slip: _bullets(slip, "module_heads", "modules", 8),
    "moduleslist": lambda slip: _bullets(slip, "module_heads", "modules", 6)[1:],
    "transcript": _transcript,
    "signers": _signers,
    "signer": lambda slip: _signers(slip, 0, 1),
    "signer2": lambda slip: _signers(slip, 1, 1),
    "bigsigner": lambda slip: _signers(slip, 0, 2, 2.2),
    "signerline": lambda slip: [slip.line(f"{slip.issuer.signers[0][1]} {slip.issuer.signers[0][0]}", "small")],
    "issuedby": lambda slip: [slip.line(slip.issuer.name, "small")],
    "code": _code,
    "verify": _verify,
    "numbers": _numbers,
    "legal": _text("legal", "small"),
    "partner": _seldom("partners", 0.7),
    "seal": _text("seals", "small", 1),
    "rule": lambda slip: [Line((), 6, rule=True)],
    "gap": lambda slip: [Line((), 10, gap=3)],
}


def _flat(items: list[Item]) -> list[str]:
    return [text for item in items if isinstance(item, Line) for text, _ in item.runs]
