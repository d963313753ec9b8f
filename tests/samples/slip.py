"""What a layout is given: one page's truth, in the words in which it is to be printed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from tests.samples.case import Certificate, Page
from tests.samples.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Slip:
    """Asking for a field notes in `sheet.said` that it was printed, and how."""

    page: Page
    certificate: Certificate | None
    sheet: Sheet

    def has(self, field: str) -> bool:
        return self.certificate is not None and getattr(self.certificate, field) is not None

    def say(self, field: str, date_form: Callable[[dt.date], str] = dt.date.isoformat) -> str:
        """The printed form of a field that the certificate has; of a date by `date_form`."""
        value = getattr(self.certificate, field)
        plain = date_form(value) if isinstance(value, dt.date) else str(value)
        printed = self.page.printed.get(field, plain)
        self.sheet.said[field] = printed
        return printed

    def word(self, name: str, default: str = "") -> str:
        """One of the layout's other texts."""
        return self.page.words.get(name, default)

    def outlined(self, field: str) -> bool:
        return field in self.page.outlined

    def filled(self, template: str) -> str:
        """A line of the page with its `{field}`s printed."""
        names = [part.partition("}")[0] for part in template.split("{")[1:]]
        for name in names:
            template = template.replace("{" + name + "}", self.say(name))
        return template


Layout = Callable[[Slip], None]


def short_month(day: dt.date) -> str:
    """Sep 27, 2026"""
    return f"{day:%b} {day.day}, {day.year}"


def long_month(day: dt.date) -> str:
    """September 27, 2026"""
    return f"{day:%B} {day.day}, {day.year}"


def day_first(day: dt.date) -> str:
    """27 Sep 2026"""
    return f"{day.day} {day:%b} {day.year}"


def day_first_long(day: dt.date) -> str:
    """27 September 2026"""
    return f"{day.day} {day:%B} {day.year}"
