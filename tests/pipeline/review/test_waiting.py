"""One code or link with two people's names: in the ledger, in review, in one batch and in one file, in either order."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch import DocumentState
from pipeline.checks.duplicates import link_key
from pipeline.desk import Desk
from pipeline.errors import Doubtful
from pipeline.folders.files import make_folders
from pipeline.ledger.store import Ledger
from pipeline.people.statements import add_person
from pipeline.review.review_queue import offered, open_reviews, review_of, shown
from pipeline.review.reviewing import accept, recheck, reject
from pipeline.settings import Settings
from pipeline.verdicts.rulebook import load_rulebook
from tests.pipeline.desks import HandClock, drop, person
from tests.pipeline.ledger.postgres import new_schema
from tests.pipeline.test_intake import COURSE, run, states

ADA = COURSE
BO = COURSE | {"holder_name": "Bo Sample"}
DOUBTFUL = {"confidence": "0.86"}
LINK = "https://quayside.example/verify/7f3c9a1e55d04b6c"
LINKED = {"validation_code": "", "verify_url": LINK}


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, hand_clock: HandClock) -> Iterator[Desk]:
    """The same on both databases."""
    settings = Settings(share=tmp_path / "share", home=tmp_path / "home", attempts=2, reviewer="Rita Reviewer")
    make_folders(settings)
    if request.param == "sqlite":
        with Ledger.open(settings.url, create=True) as ledger:
            yield Desk(settings, ledger, load_rulebook(settings), hand_clock.clock(), "Rita Reviewer")
        return
    with new_schema() as url, Ledger.open(url, create=True) as ledger:
        settings = settings.model_copy(update={"ledger_url": url})
        yield Desk(settings, ledger, load_rulebook(settings), hand_clock.clock(), "Rita Reviewer")


def roster(desk: Desk) -> None:
    for name in ("Ada Example", "Bo Sample"):
        person(desk, name)


def codes(desk: Desk, number: int) -> list[str]:
    [row] = shown(desk.ledger, [review_of(desk.ledger, number)])
    return [found.code for found in row.certificate.findings if not found.code.endswith("_uncertain")]


def recorded(desk: Desk) -> int:
    return len(desk.ledger.state().activities)


def test_a_code_that_is_recorded_for_somebody_else_waits_and_says_whose_it_is(desk: Desk) -> None:
    roster(desk)
    drop(desk, "1.pdf", ADA)
    drop(desk, "2.pdf", BO)
    batch = run(desk)
    assert states(batch) == {"1.pdf": DocumentState.DONE, "2.pdf": DocumentState.REVIEW}
    [entry] = [one.entry for document in batch.documents for one in document.certificates if one.entry]
    [found] = batch.documents[1].certificates[0].findings
    assert found.code == "code_of_another_holder"
    assert (
        "Ada Example" in found.message and f"entry {entry}" in found.message and ADA["validation_code"] in found.message
    )


def test_a_link_that_is_recorded_for_somebody_else_waits(desk: Desk) -> None:
    roster(desk)
    drop(desk, "1.pdf", ADA | LINKED)
    drop(desk, "2.pdf", BO | LINKED | {"verify_url": LINK.replace("https://", "http://www.") + "/"})
    batch = run(desk)
    assert states(batch) == {"1.pdf": DocumentState.DONE, "2.pdf": DocumentState.REVIEW}
    assert codes(desk, 1) == ["link_of_another_holder"]


@pytest.mark.parametrize("waiting", [ADA | DOUBTFUL, ADA | LINKED | DOUBTFUL], ids=["code", "link"])
def test_what_waits_holds_up_another_persons_certificate(desk: Desk, waiting: dict[str, str]) -> None:
    roster(desk)
    drop(desk, "1.pdf", waiting)
    run(desk)
    drop(desk, "2.pdf", waiting | {"holder_name": "Bo Sample", "confidence": "0.99"})
    assert states(run(desk)) == {"2.pdf": DocumentState.REVIEW}
    assert codes(desk, 2) == ["code_also_waits"]
    assert codes(desk, 1) == ["code_also_waits"], "the first one shows it too, by now"
    [row] = shown(desk.ledger, [review_of(desk.ledger, 2)])
    [found] = [one for one in row.certificate.findings if one.code == "code_also_waits"]
    assert "review 1" in found.message and "Ada Example" in found.message
    with pytest.raises(Doubtful, match="review 2"):
        accept(desk, 1)
    assert any("--anyway" in command for command in offered(review_of(desk.ledger, 1), desk.ledger))
    entry = accept(desk, 1, anyway=True).entry
    assert set(codes(desk, 2)) & {"code_of_another_holder", "link_of_another_holder"}
    with pytest.raises(Doubtful, match=f"entry {entry}"):
        accept(desk, 2)


def test_it_is_free_again_once_the_other_is_rejected(desk: Desk) -> None:
    roster(desk)
    drop(desk, "1.pdf", ADA | DOUBTFUL)
    drop(desk, "2.pdf", BO)
    run(desk)
    reject(desk, 1, "not ours")
    assert codes(desk, 2) == []
    [decided] = recheck(desk)
    assert (decided.number, recorded(desk)) == (2, 1)


def test_of_two_in_one_batch_neither_is_recorded_by_a_recheck(desk: Desk) -> None:
    """Both wait because nobody knows the people yet; once they are known, both would pass."""
    drop(desk, "1.pdf", ADA)
    drop(desk, "2.pdf", BO)
    run(desk)
    for name in ("Ada Example", "Bo Sample"):
        add_person(desk, name)
    assert recheck(desk) == () and recorded(desk) == 0
    assert [row.number for row in open_reviews(desk.ledger)] == [1, 2]


def test_of_two_in_one_file_neither_is_recorded(desk: Desk) -> None:
    roster(desk)
    drop(desk, "both.pdf", ADA, BO)
    [document] = run(desk).documents
    told = [[found.code for found in one.findings] for one in document.certificates]
    assert told == [["code_also_waits"], ["code_also_waits"]]
    assert "certificate 2 of this file" in document.certificates[0].findings[0].message
    assert recorded(desk) == 0


SCAN = ADA | {"validation_code": ""}


@pytest.mark.parametrize("known", [True, False], ids=["on the roster", "unknown"])
def test_two_scans_of_one_certificate_that_wait_say_so_of_each_other(desk: Desk, known: bool) -> None:
    if known:
        roster(desk)
    drop(desk, "1.pdf", SCAN | DOUBTFUL)
    run(desk)
    drop(desk, "2.pdf", SCAN | DOUBTFUL | {"course_name": COURSE["course_name"].replace("a", "e", 1)})
    [document] = run(desk).documents
    [twin] = [found for found in document.certificates[0].findings if found.code == "also_waits"]
    assert twin.message.startswith("Review 1 may be the same certificate")
    assert "also_waits" in codes(desk, 1)
    if known:
        accept(desk, 1)  # knowing of the other one holds nobody up
        assert codes(desk, 2) == ["possible_duplicate"]


def test_a_cleaner_copy_is_recorded_and_names_the_scan_that_still_waits(desk: Desk) -> None:
    roster(desk)
    drop(desk, "1.pdf", SCAN | DOUBTFUL)
    run(desk)
    drop(desk, "2.pdf", SCAN)
    batch = run(desk)
    assert states(batch) == {"2.pdf": DocumentState.DONE}
    assert [found.code for found in batch.documents[0].certificates[0].findings] == ["also_waits"]


@pytest.mark.parametrize(
    "other",
    [
        {"holder_name": "Bo Sample"},
        {"course_name": "Bees for Engineers"},
        {"completed_on": "2026-10-01"},
        {"completed_on": "2026-10"},
    ],
)
def test_another_persons_course_or_day_is_no_twin(desk: Desk, other: dict[str, str]) -> None:
    roster(desk)
    drop(desk, "1.pdf", SCAN | DOUBTFUL)
    drop(desk, "2.pdf", SCAN | DOUBTFUL | other)
    run(desk)
    assert "also_waits" not in {*codes(desk, 1), *codes(desk, 2)}


SHARED = {"code_unique": "false"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ADA | DOUBTFUL, ADA | {"hours": "3"}),
        (ADA | DOUBTFUL, ADA | {"holder_name": "EXAMPLE, Ada", "hours": "3"}),
        (ADA | DOUBTFUL | SHARED, BO | SHARED),
        (
            ADA | DOUBTFUL | LINKED | {"verify_url": "https://quayside.example/verify"},
            BO | LINKED | {"verify_url": "https://quayside.example/verify"},
        ),
        (ADA | DOUBTFUL | {"validation_code": ""}, BO | {"validation_code": ""}),
    ],
    ids=["the same person", "the same person, written otherwise", "the course's number", "everybody's page", "no code"],
)
def test_what_is_no_other_persons_holds_nobody_up(desk: Desk, one: dict[str, str], other: dict[str, str]) -> None:
    roster(desk)
    drop(desk, "1.pdf", one)
    run(desk)
    drop(desk, "2.pdf", other)
    assert states(run(desk)) == {"2.pdf": DocumentState.DONE}


def test_two_runs_at_once_record_a_code_once(desk: Desk) -> None:
    """Asked and appended under one write lock: whoever comes second sees the first."""
    roster(desk)
    drop(desk, "1.pdf", ADA | DOUBTFUL)
    drop(desk, "2.pdf", BO | DOUBTFUL)
    run(desk)
    known = []
    together = threading.Barrier(2)

    def decide(number: int) -> None:
        with Ledger.open(desk.settings.url) as ledger:
            own = Desk(desk.settings, ledger, desk.rulebook, desk.clock, f"Reviewer {number}")
            together.wait()
            try:
                known.append(accept(own, number, {"course_name": f"Course {number}"}).entry)
            except Doubtful:
                known.append(None)

    threads = [threading.Thread(target=decide, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert known.count(None) == 1 and recorded(desk) == 1


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (LINK, "quayside.example/verify/7f3c9a1e55d04b6c"),
        ("http://WWW.Quayside.example/verify/7f3c9a1e55d04b6c/", "quayside.example/verify/7f3c9a1e55d04b6c"),
        ("quayside.example/verify?code=AB-1234-XY", "quayside.example/verify?code=AB-1234-XY"),
        ("https://quayside.example/verify", None),
        ("https://quayside.example/courses/python-3", None),
        ("https://quayside.example/course/12345678", None),
        ("mailto:help@quayside.example", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_link_that_names_one_certificate_is_a_key(address: str | None, key: str | None) -> None:
    assert link_key(address) == key
