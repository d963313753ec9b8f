"""What one certificate states, before it is drawn."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from benchmarks.accuracy.lookalikes import days
from benchmarks.accuracy.lookalikes.issuer import Issuer
from benchmarks.accuracy.lookalikes.people import person, written
from benchmarks.accuracy.lookalikes.tables import words
from benchmarks.accuracy.lookalikes.titles import title

_FIRST = dt.date(2017, 1, 1)
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SMALL = "abcdefghijkmnopqrstuvwxyz"
_DIGITS = "0123456789"
_HEX = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Facts:
    """`started`, `issued`, `expires` are None where nothing is to be printed of them; hours in minutes."""

    holder: str
    course: str
    completed: dt.date | None
    started: dt.date | None
    issued: dt.date | None
    expires: dt.date | None
    code: str | None
    url: str | None
    minutes: int | None
    credits: str | None
    filling: dict[str, str]


def invent(random: Random, issuer: Issuer) -> Facts:
    completed = None if issuer.undated else _FIRST + dt.timedelta(random.randrange(3200))
    whole_days = completed is not None and days.stated(issuer.date, completed) == completed.isoformat()
    spans = whole_days and not days.in_full(issuer.date) and random.random() < issuer.range_share
    code = _code(random, issuer.code_shape) if issuer.code_shape else None
    course = title(random, issuer.title_language)
    course = course[:1] + course[1:].lower() if issuer.title_form == "sentence" else course
    course = course.upper() if "course" in issuer.capitals else course
    return Facts(
        holder=written(person(random, issuer.language), issuer.name_form, issuer.language),
        course=course,
        completed=completed,
        started=_moved(completed, -random.choice((1, 2, 3, 4, 11, 30, 75, 200)), spans),
        issued=_moved(completed, random.choice((1, 2, 5, 14, 33)), whole_days and issuer.states_issue),
        expires=_moved(completed, random.choice((364, 365, 730, 1095)), whole_days and issuer.states_expiry),
        code=code,
        url=_url(random, issuer, code),
        minutes=_minutes(random, issuer),
        credits=random.choice(("1", "1.5", "2", "3", "5", "6", "7.5", "10")) if issuer.has_credits else None,
        filling=_filling(random, issuer, completed),
    )


def _moved(day: dt.date | None, by: int, wanted: bool) -> dt.date | None:
    return day + dt.timedelta(by) if day is not None and wanted else None


def _minutes(random: Random, issuer: Issuer) -> int | None:
    if random.random() >= issuer.hours_share:
        return None
    if issuer.hours_form == "minutes":
        return 60 * random.randint(1, 12) + random.choice((5, 12, 15, 26, 30, 46))
    if issuer.hours_form == "half":
        return 30 * random.randint(2, 30)
    return 60 * random.choice((1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 40, 53, 60, 80, 120, 180, 300))


def _url(random: Random, issuer: Issuer, code: str | None) -> str | None:
    host = issuer.host
    if issuer.url_style == "general":
        return random.choice((f"https://{host}/verify", f"www.{host}/validate", f"http://{host}"))
    if code is None or issuer.url_style == "none":
        return None
    plain = code.replace(" ", "")
    if issuer.url_style == "short":
        return f"{host}/verify/{plain}"
    return f"https://{host}/{random.choice(('verify', 'certificates', 'validate', 'c'))}/{plain}"


def _filling(random: Random, issuer: Issuer, completed: dt.date | None) -> dict[str, str]:
    tables = words(issuer.language)
    digits = "".join(random.choices(_DIGITS, k=random.choice((5, 6, 8))))
    cpf = "".join(random.choices(_DIGITS, k=11))
    return {
        "org": issuer.name,
        "other": issuer.others[0],
        "other2": issuer.others[1],
        "site": issuer.host,
        "person": person(random, issuer.language),
        "person2": person(random, issuer.language),
        "place": random.choice(tables["places"]),
        "address": issuer.phrases["addresses"],
        "phone": issuer.phrases["phones"],
        "grade": random.choice(("87%", "9.5", "92 %", "A", "100%", "8,7", "95/100", "3.7")),
        "number": random.choice(("STU-{0}", "{1}/{2}", "AB{0}", "T{1}-{2}")).format(digits, digits[:3], digits[-2:]),
        "digits": digits,
        "cpf": f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}",
        "cnpj": f"{cpf[:2]}.{cpf[2:5]}.{cpf[5:8]}/0001-{cpf[9:]}",
        "dni": f"{cpf[:8]}{random.choice(_CAPITALS)}",
        "year": str(completed.year if completed else 2021),
    }


def _code(random: Random, shape: str) -> str:
    def some(letters: str, count: int) -> str:
        return "".join(random.choices(letters, k=count))

    alphabets = {"hex": _HEX, "upper": _CAPITALS + _DIGITS, "lower": _SMALL + _DIGITS, "digits": _DIGITS}
    for name, letters in alphabets.items():
        if shape.startswith(name):
            code = some(letters, int(shape.removeprefix(name)))
            return code.upper() if shape == "hex8" else code
    return {
        "uuid": "-".join(some(_HEX, count) for count in (8, 4, 4, 4, 12)),
        "groups": "-".join(some(_CAPITALS + _DIGITS, 4) for _ in range(3)),
        "dashed": f"{some(_DIGITS, 5)}-{some(_DIGITS, 5)}",
        "year": f"{random.randint(2017, 2025)}-{some(_DIGITS, 6)}",
        "prefix": f"{some(_CAPITALS, 3)}-{some(_CAPITALS + _DIGITS, 8)}",
        "dotted": f"{some(_DIGITS, 6)}.{some(_DIGITS, 6)}.{some(_DIGITS, 3)}",
        "mixed": some(_CAPITALS + _SMALL + _DIGITS, 10),
        "slashed": f"{some(_CAPITALS, 2)}/{some(_DIGITS, 4)}/{random.randint(17, 25)}",
        "letters": some(_CAPITALS, 8),
        "underscore": f"cert_{some(_SMALL + _DIGITS, 8)}",
    }[shape.rstrip("0123456789")]
