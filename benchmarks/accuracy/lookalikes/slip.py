"""One certificate in the making: the issuer's phrases filled with the facts, and a note of what was said."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from benchmarks.accuracy.lookalikes import days
from benchmarks.accuracy.lookalikes.facts import Facts
from benchmarks.accuracy.lookalikes.issuer import Issuer
from benchmarks.accuracy.lookalikes.paper import Line
from benchmarks.accuracy.lookalikes.tables import words

# What stands before a day written out, by the template's second word.
_IN_FULL = {"day": "on the {date}", "dias": "aos {date}", "días": "a los {date}"}


@dataclass(slots=True)
class Slip:
    """One certificate in the making; `said` holds each field as it was printed."""

    issuer: Issuer
    facts: Facts
    random: Random
    said: dict[str, str] = field(default_factory=dict)

    def phrase(self, key: str) -> str:
        """The issuer's phrase, filled in."""
        return self.fill(self.issuer.phrases[key])

    def fill(self, text: str, **more: str) -> str:
        return text.format(**(self.facts.filling | more))

    def line(self, text: str, part: str = "text", face: int = 0, gap: float = 0.5) -> Line:
        """One paragraph in the issuer's size for `part`."""
        text = text.upper() if part in self.issuer.capitals and part not in ("holder", "course") else text
        font = self.issuer.faces[1 if part in self.issuer.bold else face]
        colour = self.issuer.colours[1 if part in ("heading", "holder", "course") else 0]
        return Line(((text, font),), self.issuer.sizes.get(part, self.issuer.sizes["text"]), colour, gap)

    def rich(self, text: str) -> Line:
        """A paragraph in which holder and course may be bold."""
        plain, bold = self.issuer.faces[0], self.issuer.faces[1]
        marked = (("holder", self.facts.holder), ("course", self.facts.course))
        runs = [(text, plain)]
        for part, value in marked:
            if part in self.issuer.bold:
                runs = [piece for run in runs for piece in _split(run, value, bold)]
        return Line(tuple(runs), self.issuer.sizes["text"], self.issuer.colours[0], 1)

    def holder(self) -> str:
        self.said["holder_name"] = self.facts.holder
        return self.facts.holder

    def course(self) -> str:
        self.said["course_name"] = self.facts.course
        return self.facts.course

    def day(self, name: str, day: dt.date) -> str:
        """A day as printed; noted under the field's name."""
        text = days.printed(self.issuer.date, day, self.issuer.language)
        self.said[name] = text
        return text

    def span(self, joiner: str) -> str:
        """From the start to the completion, noted as both."""
        assert self.facts.started is not None and self.facts.completed is not None
        tables = words(self.issuer.language)
        pick = Random(self.issuer.name)
        compact = self.issuer.compact_range
        templates = (
            self.issuer.date,
            pick.choice(tables["month_ranges"]) if compact else "",
            pick.choice(tables["near_ranges"]) if compact else "",
        )
        text = days.printed_range(
            templates, self.facts.started, self.facts.completed, self.issuer.language, self.fill_later(joiner)
        )
        self.said["started_on"] = self.said["completed_on"] = text
        return text

    def fill_later(self, joiner: str) -> str:
        """The joiner filled in but for the two days."""
        return self.fill(joiner, start="{start}", end="{end}")

    def when(self) -> str:
        """The date within a sentence, "" where the certificate has none."""
        if self.facts.completed is None:
            return ""
        if self.facts.started is not None:
            return self.span(self.issuer.phrases["inranges"])
        whole = days.stated(self.issuer.date, self.facts.completed) == self.facts.completed.isoformat()
        template = self.issuer.phrases["ondates" if whole else "inmonths"]
        if days.in_full(self.issuer.date):
            template = _IN_FULL.get(self.issuer.date.split()[1], template)
        return self.fill(template, date=self.day("completed_on", self.facts.completed))

    def hours(self) -> str:
        """Within a sentence, "" where the certificate states none."""
        if self.facts.minutes is None:
            return ""
        text = self.amount()
        self.said["hours"] = text
        return self.issuer.phrases["hours"].format(hours=text).strip(" ,")

    def amount(self) -> str:
        assert self.facts.minutes is not None
        whole, rest = divmod(self.facts.minutes, 60)
        if rest == 0:
            return f"{whole:02}" if self.issuer.hours_form == "padded" else str(whole)
        comma = "." if self.issuer.language == "en" else ","
        return f"{whole}{comma}{round(rest / 6)}" if rest % 6 == 0 else f"{whole}{comma}{round(rest / 0.6):02}"

    def quoted(self) -> str:
        return f"{self.issuer.quotes[:1]}{self.course()}{self.issuer.quotes[1:]}"


def _split(run: tuple[str, str], value: str, font: str) -> list[tuple[str, str]]:
    before, found, after = run[0].partition(value)
    return [piece for piece in ((before, run[1]), (found, font), (after, run[1])) if piece[0]]
