import datetime as dt
import math
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import DocumentType, Evidence, Expectation, Extraction, Source
from pipeline.checks.document_checks import ACCEPT, host_of, percent
from pipeline.checks.duplicates import SeenActivities
from pipeline.checks.findings import Decision, Finding, Severity
from pipeline.checks.remarks import REMARKS, finding
from pipeline.ledger.events import ActivityFacts, DocumentReference
from pipeline.ledger.state import Activity, Holder
from pipeline.roster import How, Roster
from pipeline.validate import CONTEXT_CODES, check_context, check_document, decide, proposals, sampled
from tests.pipeline.extractions import DAY, GOOD, evidence, extraction, rival

SITE = Expectation(code="always", code_pattern=r"[A-Z0-9]{4}-[A-Z0-9]{4}-\d\d", hosts=("example.org",))


def codes(given_extraction: Extraction, day: dt.date = DAY) -> list[str]:
    return [found.code for found in check_document(given_extraction, day)]


def test_nothing_speaks_against_a_good_certificate() -> None:
    assert codes(extraction()) == []
    assert codes(extraction(expects=SITE)) == []
    assert decide(()) is Decision.ACCEPT


@pytest.mark.parametrize(
    ("document_type", "expected", "decision"),
    [
        (DocumentType.COMPLETION, [], Decision.ACCEPT),
        (DocumentType.ATTENDANCE, [], Decision.ACCEPT),
        (DocumentType.BADGE, [], Decision.ACCEPT),
        (DocumentType.EXAM, ["proposes_exam"], Decision.REVIEW),
        (DocumentType.CERTIFICATION, ["proposes_holding"], Decision.REVIEW),
        (DocumentType.TRANSCRIPT, ["transcript"], Decision.REVIEW),
        (DocumentType.IN_PROGRESS, ["in_progress"], Decision.REVIEW),
        (DocumentType.OTHER, ["kind_unclear"], Decision.REVIEW),
    ],
)
def test_document_types(document_type: DocumentType, expected: list[str], decision: Decision) -> None:
    certificate = extraction(document_type)
    findings = (*check_document(certificate, DAY), *proposals(certificate))
    assert [found.code for found in findings] == expected
    assert decide(findings) is decision


def test_a_bill_is_turned_away_whatever_it_names() -> None:
    bill = extraction(DocumentType.OTHER).model_copy(update={"bill": True})
    assert [found.code for found in check_document(bill, DAY)] == ["not_a_certificate"]


@pytest.mark.parametrize(
    "lacking",
    [{"holder_name": None}, {"course_name": None}, {"completed_on": None}, {"course_name": evidence("VAT", 0.4)}],
)
def test_what_names_no_person_course_and_day_is_turned_away(lacking: dict[str, Evidence | None]) -> None:
    findings = check_document(extraction(DocumentType.OTHER, **lacking), DAY)
    assert [found.code for found in findings] == ["not_a_certificate"]
    assert decide(findings) is Decision.REJECT


DATE_IN_TWO_WAYS = "04/05/2026"
CASES: list[tuple[str, Extraction, list[str]]] = [
    ("no holder", extraction(holder_name=None), ["holder_missing"]),
    ("blank holder", extraction(holder_name=" "), ["holder_missing"]),
    ("doubtful holder", extraction(holder_name=evidence("Ada", 0.9)), ["holder_uncertain"]),
    ("no course", extraction(course_name=None), ["course_missing"]),
    ("doubtful course", extraction(course_name=evidence("Gardning", 0.5)), ["course_uncertain"]),
    ("no date", extraction(completed_on=None), ["date_missing"]),
    ("doubtful date", extraction(completed_on=evidence("2026-10-05", 0.9)), ["date_uncertain"]),
    ("month only", extraction(completed_on="2026-10"), ["date_incomplete"]),
    ("year only", extraction(completed_on="2026"), ["date_incomplete"]),
    ("not a date at all", extraction(completed_on="5 October"), ["value_malformed"]),
    ("a day that is none", extraction(completed_on="2026-02-30"), ["value_malformed"]),
    ("not a number", extraction(hours="twelve"), ["value_malformed"]),
    ("not a finite number", extraction(credits="NaN"), ["value_malformed"]),
    ("start after completion", extraction(started_on="2026-10-06"), ["start_after_completion"]),
    ("start on completion", extraction(started_on="2026-10-05"), []),
    ("start in the month of completion", extraction(started_on="2026-10"), []),
    ("completed today", extraction(completed_on="2026-11-22"), []),
    ("completed tomorrow", extraction(completed_on="2026-11-23"), ["completion_in_future"]),
    ("issued before", extraction(issued_on="2026-10-04"), ["issue_before_completion"]),
    ("expired before", extraction(expires_on="2026-10-04"), ["expiry_before_completion"]),
    ("expires that year", extraction(expires_on="2026"), []),
    ("doubtful start", extraction(started_on=evidence("2026-10-01", 0.8)), ["start_uncertain"]),
    ("doubtful expiry", extraction(expires_on=evidence("2028-10-01", 0.8)), ["expiry_uncertain"]),
    ("doubtful credits", extraction(credits=evidence("12", 0.8)), ["credits_uncertain"]),
    ("doubtful unit", extraction(credit_unit=evidence("CE", 0.8)), ["credit_unit_uncertain"]),
    ("doubtful hours", extraction(hours=evidence("14", 0.8)), ["hours_uncertain"]),
    ("hours doubtfully absent", extraction(hours=evidence(None, 0.3)), []),
    ("no code, surely", extraction(validation_code=None, verify_url=None), []),
    ("no code, perhaps", extraction(validation_code=evidence(None, 0.8)), ["code_absence_uncertain"]),
    ("code must be", extraction(validation_code=None, expects=SITE), ["code_missing"]),
    ("doubtful code", extraction(validation_code=evidence("ZX81-44AB-77", 0.8)), ["code_uncertain"]),
    ("code where there is none", extraction(expects=Expectation(code="never")), ["code_unexpected"]),
    (
        "code of another form",
        extraction(validation_code="ZX81", verify_url=None, expects=SITE),
        ["code_pattern"],
    ),
    ("link elsewhere", extraction(verify_url="https://example.com/c/ZX81-44AB-77", expects=SITE), ["link_host"]),
    (
        "link that only looks so",
        extraction(verify_url="https://example.org@evil.example/ZX81-44AB-77", expects=SITE),
        ["link_host"],
    ),
    ("link that ends so", extraction(verify_url="https://badexample.org/ZX81-44AB-77", expects=SITE), ["link_host"]),
    ("link without scheme", extraction(verify_url="EXAMPLE.org/ZX81-44AB-77", expects=SITE), []),
    ("broken link", extraction(verify_url="https://[::1/ZX81-44AB-77", expects=SITE), ["link_host"]),
    ("link of anybody", extraction(verify_url="https://example.com/about"), []),
    (
        "link with another code",
        extraction(verify_url="https://example.org/c/ZX81-44A8-77", expects=SITE),
        ["link_code"],
    ),
    ("link with a code of that length", extraction(verify_url="https://example.org/c/ZX81-44A8-77"), ["link_code"]),
    ("link with the code in other case", extraction(verify_url="https://example.org/?id=zx8144ab77"), []),
    ("contested", extraction(contested=("one", "two")), ["profile_contested"]),
    ("edited", extraction(producer="Sejda 3.2.85"), ["edited"]),
    ("not edited", extraction(producer="Sejdax Paints"), []),
    ("made before", extraction(created_on=dt.date(2026, 10, 4)), ["file_before_completion"]),
    ("made that day", extraction(created_on=dt.date(2026, 10, 5)), []),
    ("cut off, but readable", extraction().model_copy(update={"damaged": True}), ["repaired"]),
    (
        "two readings",
        extraction(
            completed_on=evidence(
                "2026-05-04", raw=DATE_IN_TWO_WAYS, rivals=(rival("2026-04-05", 0.4, raw=DATE_IN_TWO_WAYS),)
            )
        ),
        ["date_ambiguous"],
    ),
    (
        "two readings, settled",
        extraction(
            completed_on=evidence(
                "2026-05-04", raw=DATE_IN_TWO_WAYS, rivals=(rival("2026-04-05", 0.01, raw=DATE_IN_TWO_WAYS),)
            )
        ),
        [],
    ),
    (
        "another date of the page",
        extraction(completed_on=evidence("2026-10-05", rivals=(rival("2026-09-01", 0.4),))),
        [],
    ),
    (
        "another name in the picture",
        extraction(holder_name=evidence("Ada Beispiel", rivals=(rival("Bo Muster", 0.6, source=Source.PIXELS),))),
        ["sources_disagree"],
    ),
    (
        "a letter misread in the picture",
        extraction(holder_name=evidence("Ada Beispiel", rivals=(rival("Ada Beispie1", 0.6, source=Source.PIXELS),))),
        [],
    ),
    (
        "a letter other in the link",
        extraction(validation_code=evidence("ZX81-44AB-77", rivals=(rival("ZX81-44A8-77", 0.6, source=Source.QR),))),
        ["sources_disagree"],
    ),
    (
        "same day more roughly",
        extraction(completed_on=evidence("2026-10-05", rivals=(rival("2026-10", 0.6, source=Source.QR),))),
        [],
    ),
    (
        "another day in the code",
        extraction(completed_on=evidence("2026-10-05", rivals=(rival("2026-10-06", 0.6, source=Source.QR),))),
        ["sources_disagree"],
    ),
    (
        "the same number written otherwise",
        extraction(credits=evidence("12", rivals=(rival("12.0", 0.6, source=Source.PIXELS),))),
        [],
    ),
    (
        "what the file says of itself",
        extraction(course_name=evidence("Gardening", rivals=(rival("Untitled", 0.6, source=Source.METADATA),))),
        [],
    ),
]


@pytest.mark.parametrize(("case", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_one_thing_is_wrong(case: Extraction, expected: list[str]) -> None:
    assert codes(case) == expected


def test_a_percentage_is_never_rounded_up_to_enough() -> None:
    assert percent(0.9499) == "94 %"


@given(st.text(max_size=40))
def test_any_text_has_a_host_or_none(text: str) -> None:
    assert isinstance(host_of(text), str)


@given(st.data())
def test_no_value_breaks_the_checks(data: st.DataObject) -> None:
    texts = st.none() | st.text(max_size=12) | st.sampled_from(["2026", "2026-02-30", "NaN", "-1", "1e9", "//["])
    changed: dict[str, Evidence | str | None] = {
        name: evidence(data.draw(texts), data.draw(st.floats(0, 1))) for name in GOOD
    }
    assert decide(check_document(extraction(expects=SITE, **changed), DAY)) in Decision
    check_context(extraction(**changed), "00", ROSTER, SeenActivities(LEDGER), data.draw(texts))


# ------------------------------------------------------------------------------------------------------------ context
ADA, BO = "a" * 32, "b" * 32
ROSTER = Roster(
    [Holder(ADA, "Ada Beispiel"), Holder(BO, "Bo Muster"), Holder("c1" * 16, "Cy Twin"), Holder("c2" * 16, "Cy Twin")]
)


def activity(entry: int, holder: str, course: str, day: str, code: str, *, sha256: str | None = None) -> Activity:
    return Activity(
        id=f"activity{entry}",
        entry=entry,
        holder=holder,
        facts=ActivityFacts(course_name=course, completed_on=dt.date.fromisoformat(day), validation_code=code),
        document=None if sha256 is None else DocumentReference(sha256=sha256, ordinal=1, name="x.pdf"),
        recorded_on=DAY,
        by="recert",
    )


LEDGER = [
    activity(1, ADA, "Gardening for Machines", "2026-10-05", "ZX81-44AB-77", sha256="11"),
    activity(2, ADA, "Pruning, Part 1", "2026-10-06", "AAAA-BBBB-11"),
    activity(3, BO, "Weeding", "2026-10-05", "CCCC-DDDD-22"),
    activity(4, ADA, "Course Page", "2026-01-05", "MDL-101"),
]


@dataclass(frozen=True)
class Context:
    """A document, and where it belongs: new and the first holder's, unless said otherwise."""

    id: str
    case: Extraction
    codes: tuple[str, ...] = ()
    holder: str | None = ADA
    sha256: str = "22"
    folder: str | None = None
    duplicate_of: int | None = None
    possible: tuple[int, ...] = ()


def uncoded(**changed: str | None) -> Extraction:
    return extraction(**{"validation_code": None, "course_name": "Mulch", **changed})


CONTEXT = [
    Context("new", extraction(validation_code="NEW1-NEW1-11", course_name="Mulch")),
    Context("same bytes", extraction(holder_name=None), ("duplicate",), sha256="11", duplicate_of=1),
    Context("second in the same file", extraction(ordinal=2, validation_code=None, course_name="Mulch"), sha256="11"),
    Context("same certificate photographed", extraction(), ("duplicate",), duplicate_of=1),
    Context("code in other case", extraction(validation_code="zx81-44ab-77"), ("duplicate",), duplicate_of=1),
    Context(
        "code alone, other course",
        extraction(validation_code="mdl-101", course_name="Another Page", completed_on="2026-01-05"),
        ("possible_duplicate",),
        possible=(4,),
    ),
    Context(
        "code alone, other day",
        extraction(validation_code="MDL-101", course_name="Course Page", completed_on="2026-02-05"),
        ("possible_duplicate",),
        possible=(4,),
    ),
    Context("same day and course, no code", extraction(validation_code=None), ("possible_duplicate",), possible=(1,)),
    Context(
        "same day, course misread",
        uncoded(course_name="Gardenin9 for Machlnes"),
        ("possible_duplicate",),
        possible=(1,),
    ),
    Context(
        "next part of a series",
        extraction(validation_code="AAAA-BBBB-12", course_name="Pruning, Part 2", completed_on="2026-10-06"),
    ),
    Context(
        "next part of a series without a code",
        uncoded(course_name="Pruning, Part 2", completed_on="2026-10-06"),
        ("possible_duplicate",),
        possible=(2,),
    ),
    Context(
        "code of another",
        extraction(validation_code="CCCC-DDDD-22"),
        ("possible_duplicate", "code_of_another_holder"),
        possible=(1,),
    ),
    Context("unknown person", uncoded(holder_name="Zoë Q"), ("holder_unknown",), None),
    Context(
        "unknown person with a known code",
        extraction(holder_name="Zoë Q"),
        ("holder_unknown", "possible_duplicate"),
        None,
        possible=(1,),
    ),
    Context("two of one name", uncoded(holder_name="Cy Twin"), ("holder_ambiguous",), None),
    Context("and a folder", uncoded(holder_name="Cy Twin"), ("holder_ambiguous",), None, folder="Cy Twin"),
    Context("a folder does not pick", uncoded(holder_name=None), (), None, folder="Ada Beispiel"),
    Context("folder agrees", uncoded(), folder="beispiel, ada"),
    Context("folder of no person", uncoded(), folder="2026"),
    Context("folder of another", uncoded(), ("folder_other_holder",), folder="Bo Muster"),
    Context("month only", uncoded(completed_on="2026-10")),
]


@pytest.mark.parametrize("context", CONTEXT, ids=lambda context: context.id)
def test_placing(context: Context) -> None:
    placement = check_context(context.case, context.sha256, ROSTER, SeenActivities(LEDGER), context.folder)
    assert tuple(found.code for found in placement.findings) == context.codes
    assert set(context.codes) <= CONTEXT_CODES
    assert placement.holder == context.holder
    assert (placement.duplicate_of, placement.possible_duplicates) == (context.duplicate_of, context.possible)


def test_a_voided_activity_blocks_nothing() -> None:
    voided = activity(1, ADA, "Gardening for Machines", "2026-10-05", "ZX81-44AB-77", sha256="11")
    voided.voided = True
    placement = check_context(extraction(), "11", ROSTER, SeenActivities([voided]))
    assert placement.findings == () and placement.how is How.EXACT


NUMBERED = Expectation(code_unique=False)


def numbered(entry: int, holder: str, day: str, issuer: str = "Example School") -> Activity:
    """An activity whose certificate shows the number of the course, as every learner's does."""
    recorded = activity(entry, holder, "Soil", day, "SO0101EN")
    facts = recorded.facts.model_copy(update={"issuer": issuer, "code_unique": False})
    return replace(recorded, facts=facts)


@pytest.mark.parametrize(
    ("recorded", "codes"),
    [
        (numbered(1, BO, "2026-10-05"), ()),
        (numbered(1, ADA, "2025-10-05"), ()),
        (numbered(1, ADA, "2026-10-05"), ("duplicate",)),
        (numbered(1, ADA, "2026-10-05", issuer="Another School"), ("possible_duplicate",)),
    ],
    ids=["a colleague's", "a repeat", "the same", "the same by another issuer"],
)
def test_a_code_that_is_the_courses_number_tells_nothing_by_itself(recorded: Activity, codes: tuple[str, ...]) -> None:
    case = extraction(validation_code="SO0101EN", course_name="Soil", completed_on="2026-10-05", expects=NUMBERED)
    placement = check_context(case, "22", ROSTER, SeenActivities([recorded]))
    assert tuple(found.code for found in placement.findings) == codes


def test_a_course_number_that_is_recorded_is_nobodys_code_for_an_unknown_issuer_either() -> None:
    case = extraction(validation_code="SO0101EN", course_name="Soil", completed_on="2026-10-05")
    placement = check_context(case, "22", ROSTER, SeenActivities([numbered(1, BO, "2026-10-05")]))
    assert placement.findings == ()


def test_everything_that_may_be_the_same_is_shown() -> None:
    twins = [activity(n, ADA, "Soil", "2026-10-05", "", sha256=str(n)) for n in (1, 2)]
    case = extraction(validation_code=None, course_name="Soil", completed_on="2026-10-05")
    placement = check_context(case, "22", ROSTER, SeenActivities(twins))
    assert placement.possible_duplicates == (1, 2)
    assert [found.message[:17] for found in placement.findings] == ["It may be entry 1", "It may be entry 2"]


def test_the_reviewer_is_offered_the_nearest_people() -> None:
    placement = check_context(extraction(holder_name="Ada Beispeil"), "22", ROSTER, SeenActivities())
    assert placement.holder is None
    assert "Nearest: Ada Beispiel" in placement.findings[0].message
    assert "alias of Ada Beispiel" in placement.findings[0].action


RANK = {Decision.ACCEPT: 0, Decision.REVIEW: 1, Decision.REJECT: 2}
remarks = st.lists(st.sampled_from(sorted(REMARKS)), max_size=4).map(lambda names: [finding(n, "") for n in names])


@given(
    remarks,
    st.sampled_from([GOOD["holder_name"], "Bo Muster", "Cy Twin", "Nobody", None]),
    st.sampled_from([GOOD["validation_code"], "CCCC-DDDD-22", "MDL-101", None]),
    st.sampled_from([GOOD["course_name"], "Weeding", "Course Page"]),
    st.sampled_from(["11", "22"]),
)
def test_context_never_raises_the_decision(
    before: list[Finding], name: str | None, code: str | None, course: str, sha256: str
) -> None:
    case = extraction(holder_name=name, validation_code=code, course_name=course)
    placement = check_context(case, sha256, ROSTER, SeenActivities(LEDGER))
    assert RANK[decide([*before, *placement.findings])] >= RANK[decide(before)]
    if placement.holder is None and name is not None:
        assert decide(placement.findings) is Decision.REVIEW


@given(remarks)
def test_the_gravest_finding_decides_in_any_order(found: list[Finding]) -> None:
    severities = {one.severity for one in found}
    expected = (
        Decision.REJECT
        if Severity.REJECT in severities
        else Decision.REVIEW
        if Severity.REVIEW in severities
        else Decision.ACCEPT
    )
    assert decide(found) is decide(found[::-1]) is expected


MAIN = ("holder_name", "course_name", "completed_on", "validation_code")
UNCERTAIN = ["holder_uncertain", "course_uncertain", "date_uncertain", "code_uncertain"]


def believed(*confidences: float) -> Extraction:
    values = (GOOD["holder_name"], GOOD["course_name"], GOOD["completed_on"], GOOD["validation_code"])
    read = zip(MAIN, values, confidences, strict=True)
    return extraction(**{name: evidence(value, confidence) for name, value, confidence in read})


@pytest.mark.parametrize("weak", range(4))
def test_one_field_may_be_as_unsure_as_the_whole_may(weak: int) -> None:
    above, below = ([1.0] * 4 for _ in range(2))
    above[weak], below[weak] = ACCEPT, ACCEPT - 0.001
    assert codes(believed(*above)) == []
    assert codes(believed(*below)) == [UNCERTAIN[weak]]


@given(st.lists(st.floats(0.5, 1.0), min_size=4, max_size=4))
def test_fields_are_believed_together(confidences: list[float]) -> None:
    asked = codes(believed(*confidences))
    assert (asked == []) is (math.prod(confidences) >= ACCEPT)
    if asked:
        weakest = UNCERTAIN[confidences.index(min(confidences))]
        assert weakest in asked
        assert {code for code, one in zip(UNCERTAIN, confidences, strict=True) if one < ACCEPT**0.25} <= {*asked}


def test_what_is_missing_says_nothing_against_the_rest() -> None:
    sure = believed(0.99, 0.99, 0.99, 0.99)
    for name, found in (("holder_name", "holder_missing"), ("course_name", "course_missing")):
        lacking = sure.fields.model_copy(update={name: evidence(None, 0.2)})
        assert codes(sure.model_copy(update={"fields": lacking})) == [found]


def test_sampling_is_repeatable_and_near_its_share() -> None:
    share = Decimal("0.2")
    chosen = [sampled(f"{number:064x}", 1, share) for number in range(2000)]
    assert chosen == [sampled(f"{number:064x}", 1, share) for number in range(2000)]
    assert 320 < sum(chosen) < 480
    assert not any(sampled(f"{number:064x}", 1, Decimal(0)) for number in range(100))
    assert all(sampled(f"{number:064x}", 1, Decimal(1)) for number in range(100))
