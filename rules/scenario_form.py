"""The scenario form: facts on one page, with what the rules should say of them. Also the examples inside a program."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from rules.model import Amount, ClaimStatus, HoldingStatus, Reason

Name = Annotated[str, Field(min_length=1)]


class Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GrantedRow(Form):
    id: Name
    granted_on: dt.date


class HoldingRow(Form):
    program: str
    name: Name
    level: str
    earned_on: dt.date
    expires_on: dt.date | None = None
    retired: bool = False
    track: str | None = None
    required_courses: tuple[Name, ...] = ()
    granted: tuple[GrantedRow, ...] = ()


class ItemRow(Form):
    """`entered_on` is both the day it was recorded and the day it was submitted; without it, the day of completion."""

    id: Name
    program: str
    course: str
    kind: str
    completed_on: dt.date
    entered_on: dt.date | None = None
    credits: Amount | None = None
    status: ClaimStatus = ClaimStatus.EARNED
    offer_ends_on: dt.date | None = None
    started_on: dt.date | None = None
    holding: str | None = None
    track: str | None = None


class ExamRow(Form):
    program: str
    passed_on: dt.date
    kind: str | None = None
    code: str | None = None
    holding: str | None = None
    track: str | None = None


class BalanceRow(Form):
    program: str
    holding: str
    credits: Amount
    stated_on: dt.date


class ExpectedDates(Form):
    suspends_on: dt.date | None = None
    expires_on: dt.date | None = None


class ExpectedProjection(Form):
    status: HoldingStatus | None = None
    anchor_on: dt.date | None = None
    suspends_on: dt.date | None = None
    expires_on: dt.date | None = None


class ExpectedCounted(Form):
    item: str
    credits: Decimal | None = None


class ExpectedNotCounted(Form):
    item: str
    reason: Reason | None = None
    clause: str | None = None
    sentence: str | None = None
    source: str | None = None


class ExpectedExam(Form):
    exam: str
    reason: Reason | None = None
    clause: str | None = None


class Expected(Form):
    """Keys of a verdict that must be so. Only the keys that are written are compared.

    Of `missing` the written paths are compared, each whole; of `flags`, `not_counted` and `exams_not_counted` the
    written lines must be there; `counted` is compared whole.
    """

    holding: str | None = None
    program: str | None = None
    level: str | None = None
    status: HoldingStatus | None = None
    renewed: bool | None = None
    path: str | None = None
    anchor_on: dt.date | None = None
    suspends_on: dt.date | None = None
    expires_on: dt.date | None = None
    previous: ExpectedDates | None = None
    gained_months: int | None = None
    missing: dict[str, dict[str, Decimal]] | None = None
    projected: ExpectedProjection | None = None
    counted: tuple[ExpectedCounted, ...] | None = None
    not_counted: tuple[ExpectedNotCounted, ...] | None = None
    flags: tuple[str, ...] | None = None
    program_version: str | None = None
    verified_on: dt.date | None = None
    met_on: dt.date | None = None
    exams_not_counted: tuple[ExpectedExam, ...] | None = None


class Scenario(Form):
    as_of: dt.date
    known_at: dt.date | None = None
    holdings: tuple[HoldingRow, ...] = Field(default=(), alias="holding")
    items: tuple[ItemRow, ...] = Field(default=(), alias="item")
    exams: tuple[ExamRow, ...] = Field(default=(), alias="exam")
    balances: tuple[BalanceRow, ...] = Field(default=(), alias="balance")
    expect: dict[str, Expected] = Field(default_factory=dict)


class Example(Scenario):
    """A scenario embedded in a program's file: a name for it and the clause that it shows."""

    name: Name
    clause: str
