"""Prefect: thin flows around the same plain functions that `recert ingest` and `recert reevaluate` call.

The only module that imports Prefect. What Prefect stores (parameters, states, logs, artifacts, events) carries ids of
documents and outcomes, never names, codes or paths: its database is no place for personal data. Therefore an error's
own words go to the worker's terminal, and Prefect learns its kind only.
"""

import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.events import emit_event
from prefect.settings import PREFECT_API_URL
from prefect.states import Completed

from pipeline.batch import Batch, DocumentOutcome, DocumentState
from pipeline.clock import SYSTEM
from pipeline.commands.options import open_desk
from pipeline.desk import Desk
from pipeline.errors import Locked, RecertError, SettingsError
from pipeline.inbox import Sighting
from pipeline.report import write_batch, write_report
from pipeline.run import Run, make_inbox, open_run
from pipeline.sandbox import Sandbox
from pipeline.showing import LONGEST_SENTENCE, visible
from pipeline.verdicts.nightly import evaluate_everybody, in_numbers

ARTIFACT = "extraction-report"
_EVENTS = {DocumentState.REVIEW: "certificate.needs_review", DocumentState.REJECTED: "certificate.failed"}
_TURNS = 120
_TURN_SECONDS = 5.0


class Withheld(Exception):
    """What Prefect is told of an error: its kind. Its words may hold names or paths and stay on the worker."""


@contextmanager
def withholding() -> Iterator[None]:
    """Turn any error into `Withheld`, with its own words on the worker's terminal. Two pass: `Withheld`, and `Locked`,
    which names a run and no path."""
    try:
        yield
    except (Locked, Withheld):
        raise
    except Exception as error:
        if isinstance(error, RecertError):
            print(f"recert: {visible(str(error), LONGEST_SENTENCE)}", file=sys.stderr)
        else:
            for line in traceback.format_exc().splitlines():
                print(f"recert: | {visible(line, LONGEST_SENTENCE)}", file=sys.stderr)
        raise Withheld(f"{type(error).__name__}: its words are in the output of the worker") from None


@flow(name="ingest-inbox", persist_result=False)
def ingest_inbox() -> State[None]:
    """Sweep the inbox once."""
    try:
        return _sweep()
    except Locked:
        return Completed(name="Skipped", message="Another run is at work.")


@flow(name="ingest-arrival", persist_result=False)
def ingest_arrival() -> State[None]:
    """Sweep the inbox because a file has arrived: waits for its turn, for the run at work may not have seen it."""
    for _ in range(_TURNS):
        with suppress(Locked):
            return _sweep()
        SYSTEM.pause(_TURN_SECONDS)
    return Completed(name="Skipped", message="Another run was at work all the time; the next sweep sees the file.")


@flow(name="reevaluate", persist_result=False)
def reevaluate() -> State[None]:
    """Evaluate every holder as of today, remember the verdicts, and write down what changed and what cannot wait."""
    with withholding(), open_desk() as desk, desk.ledger.transaction():  # whoever forgets a person waits for the report
        night = evaluate_everybody(desk)
        if night.differences or night.reminders:
            write_report(night, desk.settings.reports)
    return Completed(message=in_numbers(night))


def announce_arrival() -> None:
    """Tell Prefect's server that something has arrived, which starts the deployment `on-arrival`. It names no file.
    Best effort: a server that is away never hears of it, and the scheduled sweep takes what has arrived.

    Raises SettingsError where no server is known; Prefect would start one of its own just for this."""
    if not PREFECT_API_URL.value():
        raise SettingsError(
            "Prefect has no server to tell: PREFECT_API_URL is not set.",
            "Set it, or watch without --announce, which needs no server.",
        )
    emit_event("certificate.arrived", resource={"prefect.resource.id": "recert.inbox"})


@task(name="read-chunk", retries=0, persist_result=False, cache_policy=NO_CACHE)
def read_chunk(run: Run, sightings: Sequence[Sighting]) -> None:
    """Take one chunk of files through reading, checks, decision and ledger. A document's retry is its next sweep."""
    logger = get_run_logger()
    with withholding():
        for outcome in run.process(sightings):
            logger.info("%s %s", _id(outcome), outcome.state.value)
            _tell(outcome)


def _sweep() -> State[None]:
    with withholding(), open_desk() as desk:
        batch = _read_all(desk)
    _publish(batch)
    return Completed(message=_summary(batch))


def _read_all(desk: Desk) -> Batch:
    with Sandbox(desk.settings) as sandbox, open_run(desk, sandbox) as run:
        plan = make_inbox(desk).settle(desk.clock.pause)
        for outcome in run.refuse(plan):
            _tell(outcome)
        for start in range(0, len(plan.ready), desk.settings.chunk):
            read_chunk(run, plan.ready[start : start + desk.settings.chunk])
        batch = run.finish()
        if batch.documents:  # while the lock is held: whoever forgets a person waits for it
            write_report(batch, desk.settings.reports)
            write_batch(batch, desk.settings.reports)
        return batch


def _publish(batch: Batch) -> None:
    rows = [
        {
            "document": _id(document),
            "state": document.state.value,
            "decisions": ", ".join(certificate.decision.value for certificate in document.certificates),
            "findings": ", ".join(sorted(_codes(document))),
        }
        for document in batch.documents
    ]
    if rows:
        create_table_artifact(key=ARTIFACT, table=rows, description=_described(batch))


def _described(batch: Batch) -> str:
    return f"Run {batch.run}: {_summary(batch)} Head of the ledger: {batch.head}"


def _summary(batch: Batch) -> str:
    numbers = {state: sum(document.state is state for document in batch.documents) for state in DocumentState}
    parts = [f"{number} {state.value}" for state, number in numbers.items() if number]
    return f"{len(batch.documents)} documents: {', '.join(parts)}." if parts else "Nothing was taken from the inbox."


def _tell(outcome: DocumentOutcome) -> None:
    """Emit an event for what somebody should look at. Best effort: the report and the ledger are the record."""
    if outcome.state in _EVENTS:
        with suppress(Exception):
            emit_event(
                _EVENTS[outcome.state],
                resource={"prefect.resource.id": f"recert.document.{_id(outcome)}"},
                payload={"state": outcome.state.value, "findings": sorted(_codes(outcome))},
            )


def _codes(outcome: DocumentOutcome) -> set[str]:
    certificates = [finding.code for certificate in outcome.certificates for finding in certificate.findings]
    return {*certificates, *(finding.code for finding in outcome.findings)}


def _id(outcome: DocumentOutcome) -> str:
    return outcome.sha256[:12] or "unread"
