"""What a holder could do: the offers and exams of the catalogue, and what a program itself values without an offer."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from rules.catalogue import Catalogue
from rules.model import Exam, Holding, Item
from rules.plan_model import Step
from rules.program import Kind, Program, Version
from rules.titles import normalised

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done once, between `first_day` and `last_day`. `name` tells it from every other one;
    `course` is the title by which the rules judge repeats, different for each copy of what can be done again."""

    name: str
    program: str
    title: str
    course: str
    kind: str | None
    exam: bool
    credits: Decimal
    code: str | None
    holding: str | None
    price: Decimal | None
    currency: str | None
    first_day: dt.date
    last_day: dt.date | None
    source: str
    needs_confirmation: bool

    def item(self, day: dt.date) -> Item:
        """As if it was completed, submitted and earned on a day."""
        assert self.kind is not None
        return Item(
            id=f"plan:{self.name}",
            program=self.program,
            course=self.course,
            kind=self.kind,
            completed_on=day,
            recorded_on=day,
            submitted_on=day,
            credits=self.credits,
            offer_ends_on=self.last_day,
        )

    def passed(self, day: dt.date) -> Exam:
        """As if it was passed on a day."""
        return Exam(self.program, day, day, self.kind, self.code, self.holding)

    def price_in(self, currency: str | None) -> Decimal | None:
        """Its price where that is comparable: free, or in this currency."""
        return self.price if self.price == 0 or (self.currency is not None and self.currency == currency) else None

    @property
    def what(self) -> tuple[str, str | None, str | None, str | None, Decimal]:
        """What copies of one thing have in common."""
        return self.title, self.kind, self.code, self.holding, self.credits


def options_of(program: Program, holdings: Sequence[Holding], catalogue: Catalogue, as_of: dt.date) -> list[Option]:
    """Everything that can be done for a program from `as_of` on. What has a price, a title and a source comes from the
    catalogue; a kind of activity that the program values, or of exam that it asks for, is there without any of them.
    """
    version = program.version_on(as_of)
    return [
        *_offers(program, version, catalogue, as_of),
        *_kinds(program, version, as_of),
        *_courses(program, version, holdings, catalogue, as_of),
        *_exams(program, version, holdings, catalogue, as_of),
    ]


def _offers(program: Program, version: Version, catalogue: Catalogue, as_of: dt.date) -> Iterator[Option]:
    """Of several offers with one title the first counts, as it does when a certificate is credited."""
    seen: set[str] = set()
    for offer in catalogue.offers:
        title = normalised(offer.title)
        over = offer.valid_until is not None and offer.valid_until < as_of
        if offer.program != program.id or offer.kind not in version.kinds or over or title in seen:
            continue
        seen.add(title)
        yield Option(
            name=f"offer {title}",
            program=program.id,
            title=offer.title,
            course=offer.title,
            kind=offer.kind,
            exam=False,
            credits=_worth(version.kinds[offer.kind], offer.credits),
            code=None,
            holding=None,
            price=offer.price,
            currency=offer.currency,
            first_day=max(as_of, offer.valid_from or as_of),
            last_day=offer.valid_until,
            source=offer.source,
            needs_confirmation=offer.needs_confirmation,
        )


def _worth(kind: Kind, stated: Decimal) -> Decimal:
    return kind.value if kind.fixed and kind.value is not None else stated


def _kinds(program: Program, version: Version, as_of: dt.date) -> Iterator[Option]:
    """Kinds that are worth something whatever the course: as many different ones as any path could need; and one of
    each kind of which a path asks for an item."""
    paths = [path for level in version.levels.values() for path in level.paths]
    most = max((path.credits for path in paths), default=ZERO)
    for name in sorted({fact for path in paths for fact in path.facts}):
        kind = version.kinds[name]
        yield _any(program, kind.name, name, as_of, 0, source=program.clauses[kind.clause].source)
    for name, kind in version.kinds.items():
        if kind.value:
            for copy in range(ceil(most / kind.value)):
                source = program.clauses[kind.clause].source
                yield _any(program, kind.name, name, as_of, copy, credits=kind.value, source=source)


def _courses(
    program: Program, version: Version, holdings: Iterable[Holding], catalogue: Catalogue, as_of: dt.date
) -> Iterator[Option]:
    """The courses that a way to renew asks for by their titles, where the catalogue does not offer them."""
    paths = [path for level in version.levels.values() for path in level.paths if path.asks_for_courses]
    wanted = {title for path in paths for title in path.courses}
    wanted |= {title for holding in holdings for title in holding.required_courses}
    offered = {normalised(offer.title) for offer in catalogue.offers if offer.program == program.id}
    usual = next((known.kind for known in program.issuers if known.kind in version.kinds), next(iter(version.kinds)))
    for title in sorted(wanted):
        if normalised(title) not in offered:
            yield replace(_any(program, title, usual, as_of, 0), name=f"course {normalised(title)}", course=title)


def _exams(
    program: Program, version: Version, holdings: Iterable[Holding], catalogue: Catalogue, as_of: dt.date
) -> Iterator[Option]:
    rules = version.exam
    needs = [need for level in version.levels.values() for path in level.paths for need in path.exams]
    most = max((need.count for need in needs), default=0)
    names = [holding.name for holding in holdings] if rules.match == "holding" else [None]
    for kind in rules.kinds or ((None,) if needs else ()):
        for holding in names:
            listed = list(_listed_exams(program, kind, holding, catalogue, as_of))
            title = f"{kind.replace('_', ' ')} exam" if kind else "exam"
            yield from listed
            for copy in range(len(listed), most if rules.kinds else 1):
                yield _any(program, title, kind, as_of, copy, holding=holding, exam=True)


def _listed_exams(
    program: Program, kind: str | None, holding: str | None, catalogue: Catalogue, as_of: dt.date
) -> Iterator[Option]:
    """The exams of the catalogue: of several rows with one code the first counts."""
    seen: set[str] = set()
    for exam in catalogue.exams:
        over = exam.valid_until is not None and exam.valid_until < as_of
        if exam.program != program.id or exam.kind != kind or over or exam.code in seen:
            continue
        if holding is not None and normalised(exam.holding or "") != normalised(holding):
            continue
        seen.add(exam.code)
        yield Option(
            name=f"exam {exam.code} {holding or ''}",
            program=program.id,
            title=exam.title,
            course=exam.title,
            kind=kind,
            exam=True,
            credits=ZERO,
            code=exam.code,
            holding=holding,
            price=exam.price,
            currency=exam.currency,
            first_day=max(as_of, exam.valid_from or as_of),
            last_day=exam.valid_until,
            source=exam.source,
            needs_confirmation=exam.needs_confirmation,
        )


def _any(
    program: Program,
    title: str,
    kind: str | None,
    day: dt.date,
    copy: int,
    *,
    credits: Decimal = ZERO,
    holding: str | None = None,
    exam: bool = False,
    source: str = "",
) -> Option:
    name = f"any {kind or ''} {holding or ''} {copy}"
    return Option(
        name=name,
        program=program.id,
        title=title,
        course=name,
        kind=kind,
        exam=exam,
        credits=credits,
        code=name if exam and kind else None,
        holding=holding,
        price=None,
        currency=None,
        first_day=day,
        last_day=None,
        source=source or program.name,
        needs_confirmation=False,
    )


def steps_of(chosen: Iterable[tuple[Option, dt.date]]) -> tuple[Step, ...]:
    """Options with their days as steps, copies of one thing as one step, in the order of their days."""
    told: dict[tuple[object, ...], Step] = {}
    for option, day in sorted(chosen, key=lambda one: (one[1], one[0].name)):
        key = (*option.what, day)
        if key in told:
            told[key] = told[key].model_copy(update={"times": told[key].times + 1})
            continue
        told[key] = Step(
            program=option.program,
            title=option.title,
            kind=option.kind,
            exam=option.exam,
            code=None if option.name.startswith("any ") else option.code,
            holding=option.holding,
            times=1,
            credits=option.credits,
            price=option.price,
            currency=option.currency,
            from_day=day,
            until=option.last_day,
            source=option.source,
            needs_confirmation=option.needs_confirmation,
        )
    return tuple(told.values())
