import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DataFileError
from pipeline.ledger.events import (
    ActivityRecorded,
    AnyEvent,
    BalanceStated,
    ClaimRecorded,
    ExamRecorded,
    HolderRecorded,
    HoldingRecorded,
)
from pipeline.ledger.state import Entry, State, apply
from pipeline.people.roster_file import (
    BalanceRow,
    ExamRow,
    HolderRow,
    HoldingRow,
    ItemRow,
    RosterRows,
    parse_csv,
    parse_toml,
    read_roster,
)
from pipeline.people.roster_import import plan_import
from pipeline.tables import TableLimits
from rules.model import ClaimStatus, Granted
from rules.program import shipped_programs

PROGRAMS = shipped_programs()
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
TOML = """
[[holder]]
name = "Ada Beispiel"
aliases = ["A. Beispiel"]
[[holder.holding]]
program = "cisco"
name = "CCNP Enterprise"
level = "professional"
earned_on = 2025-02-03
[[holder.exam]]
program = "cisco"
kind = "concentration"
code = "300-410"
passed_on = 2026-01-15
[[holder.item]]
course = "Gardening for Routers"
completed_on = 2026-02-01
program = "cisco"
kind = "course"
credits = 12.5
validation_code = "ZX81"
[[holder.balance]]
program = "cisco"
holding = "CCNP Enterprise"
credits = 52
stated_on = 2026-10-01

[[holder]]
name = "Bo Muster"
"""
CSV = """name,aliases,program,holding,level,earned_on,expires_on,balance,balance_on
Ada Beispiel,A. Beispiel; Ada B.,cisco,CCNP Enterprise,professional,2025-02-03,2028-02-03,52,2026-10-01
ada beispiel,,atlassian,ACP-120,acp,2025-03-04,,,

Bo Muster,,,,,,,,
"Muster, Cy",,cisco,CCNA,associate,2025-03-04,,,
"Muster, Cy",,cisco,CCNA,,,,12.5,2026-09-01
"""


def feed(state: State, events: tuple[AnyEvent, ...]) -> State:
    for event in events:
        apply(state, Entry(seq=len(state.activities) + 1, recorded_at=NOW, subject="s", event=event))
    return state


def plan(rows: RosterRows, state: State, prefix: str = "id") -> tuple[AnyEvent, ...]:
    count = itertools.count(len(state.holders) + 100 * len(state.activities))
    return plan_import(rows, state, "Mana Ger", lambda: f"{prefix}{next(count)}")


def test_toml_becomes_events_once() -> None:
    state = State()
    events = plan(parse_toml(TOML, "team.toml", PROGRAMS), state)
    assert [type(event) for event in events] == [
        HolderRecorded,
        HoldingRecorded,
        ExamRecorded,
        BalanceStated,
        ActivityRecorded,
        ClaimRecorded,
        HolderRecorded,
    ]
    feed(state, events)
    ada, bo = state.holders.values()
    assert (ada.name, ada.aliases, bo.name) == ("Ada Beispiel", ("A. Beispiel",), "Bo Muster")
    assert ada.holdings["cisco", "CCNP Enterprise"].earned_on == dt.date(2025, 2, 3)
    assert ada.balances[0].credits == 52
    (item,) = state.items(ada.id)
    assert (item.credits, item.status, item.submitted_on) == (Decimal("12.5"), ClaimStatus.EARNED, None)
    (activity,) = state.activities_of(ada.id)
    assert activity.facts.stated == ("course_name", "completed_on", "validation_code")
    assert plan(parse_toml(TOML, "team.toml", PROGRAMS), state) == ()


def test_csv_becomes_the_same_kind_of_rows() -> None:
    rows = parse_csv(CSV, "team.csv", PROGRAMS, TableLimits()).holders
    assert [row.name for row in rows] == ["Ada Beispiel", "Bo Muster", "Muster, Cy"]
    assert rows[0].aliases == ("A. Beispiel", "Ada B.")
    assert [holding.name for holding in rows[0].holdings] == ["CCNP Enterprise", "ACP-120"]
    assert rows[0].balances == (
        BalanceRow(program="cisco", holding="CCNP Enterprise", credits=Decimal(52), stated_on=dt.date(2026, 10, 1)),
    )
    assert len(rows[2].holdings) == 1 and rows[2].balances[0].credits == Decimal("12.5")
    state = State()
    feed(state, plan(parse_csv(CSV, "team.csv", PROGRAMS, TableLimits()), state))
    assert plan(parse_csv(CSV, "team.csv", PROGRAMS, TableLimits()), state) == ()


def test_only_what_changed_is_planned() -> None:
    state = feed(State(), plan(parse_toml(TOML, "team.toml", PROGRAMS), State()))
    changed = TOML.replace('aliases = ["A. Beispiel"]', 'aliases = ["Ada Bee"]').replace("2025-02-03", "2025-02-04")
    events = plan(parse_toml(changed, "team.toml", PROGRAMS), state)
    assert [type(event) for event in events] == [HolderRecorded, HoldingRecorded]
    assert isinstance(events[0], HolderRecorded)
    assert events[0].aliases == ("A. Beispiel", "Ada Bee")
    assert plan(parse_toml(changed, "team.toml", PROGRAMS), feed(state, events)) == ()


def test_what_an_accreditation_requires_and_what_a_vendor_granted_is_stated_with_the_certification() -> None:
    said = """
[[holder]]
name = "Ada Beispiel"
[[holder.holding]]
program = "atlassian"
name = "Sales"
level = "accreditation"
earned_on = 2025-02-03
required_courses = ["Selling Cloud"]
[[holder.holding]]
program = "cisco"
name = "CCIE"
level = "expert"
earned_on = 2010-02-03
granted = [{ id = "emeritus", granted_on = 2026-02-03 }]
"""
    state = feed(State(), plan(parse_toml(said, "team.toml", PROGRAMS), State()))
    (ada,) = state.holders.values()
    assert ada.holdings["atlassian", "Sales"].required_courses == ("Selling Cloud",)
    assert ada.holdings["cisco", "CCIE"].granted == (Granted("emeritus", dt.date(2026, 2, 3), NOW.date()),)
    assert plan(parse_toml(said, "team.toml", PROGRAMS), state) == ()
    (event,) = plan(parse_toml(said.replace("2026-02-03", "2027-02-03"), "team.toml", PROGRAMS), state)
    assert isinstance(event, HoldingRecorded)
    assert event.granted[0].granted_on == dt.date(2027, 2, 3)


def test_the_portals_later_word_about_an_item_is_left_alone() -> None:
    state = feed(State(), plan(parse_toml(TOML, "team.toml", PROGRAMS), State()))
    next(iter(state.claims.values())).status = ClaimStatus.REJECTED
    assert plan(parse_toml(TOML, "team.toml", PROGRAMS), state) == ()


def test_a_second_program_is_a_second_claim_of_one_activity() -> None:
    both = TOML.replace(
        "[[holder.balance]]",
        '[[holder.item]]\ncourse = "Gardening for ROUTERS"\ncompleted_on = 2026-02-01\nprogram = "atlassian"\n'
        'kind = "course"\n[[holder.balance]]',
    )
    events = plan(parse_toml(both, "team.toml", PROGRAMS), State())
    assert [type(event) for event in events].count(ActivityRecorded) == 1
    assert [event.program for event in events if isinstance(event, ClaimRecorded)] == ["cisco", "atlassian"]


def test_a_person_is_found_by_another_spelling_or_an_alias() -> None:
    state = feed(State(), plan(RosterRows(holder=(HolderRow(name="Jose Nandu", aliases=("Pepe N.",)),)), State()))
    respelled = plan(RosterRows(holder=(HolderRow(name="José Ñandú"),)), state)
    assert [event.holder for event in respelled if isinstance(event, HolderRecorded)] == [*state.holders]
    assert plan(RosterRows(holder=(HolderRow(name="pepe n"),)), state) == ()
    assert len(plan(RosterRows(holder=(HolderRow(name="Jose Nandus"),)), state)) == 1


def test_two_people_of_one_name_in_the_ledger_stop_the_import() -> None:
    state = State()
    for holder in ("one", "two"):
        feed(state, (HolderRecorded(holder=holder, name="Cy Twin", by="x"),))
    with pytest.raises(DataFileError, match="any of 2 people"):
        plan(RosterRows(holder=(HolderRow(name="Cy Twin"),)), state)


def test_a_balance_needs_a_holding_that_is_held() -> None:
    rows = parse_toml(TOML.replace('holding = "CCNP Enterprise"', 'holding = "CCNP Enterprize"'), "t", PROGRAMS)
    with pytest.raises(
        DataFileError, match=r"no holding “CCNP Enterprize”.*Did you mean \"CCNP Enterprise\""
    ) as caught:
        plan(rows, State())
    assert "Ada Beispiel" in caught.value.message


WRONG_TOML = [
    ('level = "professional"', 'level = "profesional"', ["holder[1].holding[1].level", "professional"]),
    ('level = "professional"', 'level = "grand"', ["associate", "professional", "expert"]),
    ('program = "cisco"\nname', 'program = "cicso"\nname', ["holder[1].holding[1].program", "cisco"]),
    ('kind = "course"', 'kind = "curse"', ["holder[1].item[1].kind", "course"]),
    ('kind = "concentration"', 'kind = "cor"', ["holder[1].exam[1].kind", "core"]),
    ("earned_on = 2025-02-03", 'earned_on = "soon"', ["holder[1].holding[1].earned_on", "2025-12-31"]),
    ("earned_on = 2025-02-03", "earned_on = 2025-02-30", ["team.toml", "TOML"]),
    ("earned_on = 2025-02-03", "", ["holder[1].holding[1].earned_on", "missing"]),
    ("earned_on = 2025-02-03", "earned_on = 2025-02-03\nexpires_on = 2025-02-02", ["expires_on", "before"]),
    ("credits = 12.5\n", "", ["holder[1].item[1].credits", "State the credits"]),
    ("credits = 12.5", "credits = -1", ["holder[1].item[1].credits"]),
    ("credits = 12.5", "credits = nan", ["holder[1].item[1].credits"]),
    ('aliases = ["A. Beispiel"]', 'alias = ["A. Beispiel"]', ["holder[1].alias", "aliases"]),
    ('name = "Bo Muster"', 'name = "ADA Beispiel"', ["holder[2].name", "holder[1]"]),
    ('name = "Bo Muster"', 'name = "  "', ["holder[2].name"]),
    ("[[holder.balance]]", "[[holder.balance]", ["team.toml", "TOML"]),
    (
        "[[holder.balance]]",
        '[[holder.exam]]\nprogram = "atlassian"\npassed_on = 2026-01-01\n[[holder.balance]]',
        ["holder[1].exam[2].holding"],
    ),
    (
        "[[holder.exam]]",
        '[[holder.holding]]\nprogram = "cisco"\nname = "CCNP Enterprise"\nlevel = "expert"\n'
        "earned_on = 2025-01-01\n[[holder.exam]]",
        ["holder[1].holding[2].name", "twice"],
    ),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG_TOML)
def test_a_wrong_toml_file_says_where_and_what_to_do(right: str, wrong: str, said: list[str]) -> None:
    assert right in TOML
    with pytest.raises(DataFileError) as caught:
        parse_toml(TOML.replace(right, wrong, 1), "team.toml", PROGRAMS)
    assert caught.value.action
    for word in ("team.toml", *said):
        assert word in str(caught.value)


WRONG_CSV = [
    ("name,aliases", "name;aliases", ["line 1", "commas"]),
    ("name,aliases", "name,alias", ["line 1", "alias"]),
    ("name,aliases", "aliases,aliases", ["line 1", "name"]),
    ("professional", "grand", ["line 2, column level", "professional"]),
    ("2025-02-03,2028", "3.2.2025,2028", ["line 2, column earned_on", "2025-12-31"]),
    ("52,2026-10-01", "52,", ["line 2", "balance_on"]),
    ("52,2026-10-01", "fifty,2026-10-01", ["line 2, column balance"]),
    ("Bo Muster,,", ",,", []),
    ("Bo Muster,,,", ",Bo,,", ["line 5, column name", "empty"]),
    ("Bo Muster,,,,,", "Bo Muster,,cisco,,,", ["line 5", "holding, level, earned_on"]),
    ("ada beispiel,,atlassian,ACP-120", "ada beispiel,,cisco,CCNP Enterprise", ["line 3"]),
    ("2025-03-04,,,\n\n", "2025-03-04,,,,,\n\n", ["line 3", "more cells"]),
    ("Bo Muster", '"Bo "Muster"', ["line 5", "CSV"]),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG_CSV)
def test_a_wrong_csv_file_says_where_and_what_to_do(right: str, wrong: str, said: list[str]) -> None:
    assert right in CSV
    text = CSV.replace(right, wrong, 1)
    if not said:
        assert len(parse_csv(text, "team.csv", PROGRAMS, TableLimits()).holders) == 2
        return
    with pytest.raises(DataFileError) as caught:
        parse_csv(text, "team.csv", PROGRAMS, TableLimits())
    for word in ("team.csv", *said):
        assert word in str(caught.value)


def test_files_by_their_suffix_with_the_mark_that_spreadsheets_write(tmp_path: Path) -> None:
    (tmp_path / "team.CSV").write_bytes(b"\xef\xbb\xbf" + CSV.encode())
    (tmp_path / "team.toml").write_text(TOML, encoding="utf-8")
    assert len(read_roster(tmp_path / "team.CSV", PROGRAMS, TableLimits()).holders) == 3
    assert len(read_roster(tmp_path / "team.toml", PROGRAMS, TableLimits()).holders) == 2


@pytest.mark.parametrize(("name", "content"), [("team.xlsx", b""), ("team.csv", b"name\n\xff"), ("missing.csv", None)])
def test_a_file_that_cannot_be_a_roster(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataFileError) as caught:
        read_roster(tmp_path / name, PROGRAMS, TableLimits())
    assert name in str(caught.value) and caught.value.action


DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2026, 1, 1))
NAMES = st.sampled_from(["Ada Beispiel", "Bo Muster", "Cy Ñandú", "Dee", "Eva Groß", "Eva Gross-Li"])
HOLDINGS = st.builds(
    HoldingRow,
    program=st.just("cisco"),
    name=st.sampled_from(["CCNA", "CCNP"]),
    level=st.sampled_from(["associate", "professional"]),
    earned_on=DAYS,
    expires_on=st.none() | DAYS,
    retired=st.booleans(),
)
EXAMS = st.builds(
    ExamRow, program=st.just("cisco"), passed_on=DAYS, kind=st.just("core"), code=st.none() | st.just("x")
)
ITEMS = st.builds(
    ItemRow,
    course=st.sampled_from(["Soil", "SOIL", "Rain", "C++", "C#"]),
    completed_on=DAYS,
    program=st.sampled_from(["cisco", "atlassian"]),
    kind=st.just("course"),
    credits=st.decimals(0, 64, places=1),
    status=st.sampled_from(ClaimStatus),
    submitted_on=st.none() | DAYS,
    validation_code=st.none() | st.sampled_from(["k1", "K1", "k2"]),
)
HOLDERS = st.builds(
    HolderRow,
    name=NAMES,
    aliases=st.lists(st.sampled_from(["Adi", "ADI", "Bobby"]), max_size=2).map(tuple),
    holding=st.lists(HOLDINGS, max_size=2, unique_by=lambda row: row.name).map(tuple),
    exam=st.lists(EXAMS, max_size=2).map(tuple),
    item=st.lists(ITEMS, max_size=4).map(tuple),
)
ROSTERS = st.lists(HOLDERS, max_size=4, unique_by=lambda row: row.name).map(lambda rows: RosterRows(holder=tuple(rows)))


@given(ROSTERS)
def test_importing_twice_adds_nothing(rows: RosterRows) -> None:
    state = feed(State(), plan(rows, State()))
    assert plan(rows, state, "again") == ()
