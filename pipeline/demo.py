"""`make demo`: the sample certificates through the whole house, under a Prefect server of its own.

Everything happens in one folder (`demo/`, or RECERT_DEMO) and on this machine, and is done by the commands and the
deployments that people use themselves.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.text import Text

from pipeline.batch import Batch, DocumentOutcome, DocumentState
from pipeline.errors import ExitCode, RecertError
from pipeline.ledger.store import Ledger
from pipeline.local_prefect import LocalPrefect, PrefectTrouble, RunState, local_server, local_worker
from pipeline.report import page_of
from pipeline.report.terminal import print_batch, print_outcome, terminal

PROJECT = Path(__file__).parents[1]
SAMPLES = PROJECT / "sample_certificates"
DEPLOYMENT = "ingest-inbox/batch-ingest"
_SUFFIXES = {".pdf", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".heic"}
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_ORDER = (
    DocumentState.DONE,
    DocumentState.DUPLICATE,
    DocumentState.WAITING,
    DocumentState.WORKING,
    DocumentState.REJECTED,
    DocumentState.REVIEW,
)
_RUN_SECONDS = 900.0
_COMMAND_SECONDS = 120.0
_QUIET_SECONDS = 10.0


class Demo:
    """The demo in one folder. `samples` are the documents that are dropped."""

    def __init__(self, root: Path, samples: Sequence[Path], console: Console) -> None:
        self.root = root
        self.inbox = root / "share" / "inbox"
        self.working = root / "share" / "working"
        self.reports = root / "home" / "reports"
        self._samples = samples
        self._console = console
        self._settings = {
            "RECERT_SHARE": str(root / "share"),
            "RECERT_HOME": str(root / "home"),
            "RECERT_SETTINGS": str(root / "recert.toml"),
            "RECERT_SETTLE_SECONDS": "1",
        }

    def run(self) -> None:
        """The whole story. Raises RecertError with what to do; leaves no process behind."""
        self.say(f"recert demo: everything happens in {shown(self.root)} and on this machine.\n", "bold")
        self.root.mkdir(parents=True, exist_ok=True)
        self.recert("init")
        self.recert("roster", "import", str(SAMPLES / "demo" / "roster.toml"))
        before = self.entries()
        seen = set(self.reports.glob("*.json"))
        shutil.rmtree(self.root / "prefect", ignore_errors=True)  # runs of an earlier demo that are late by now
        self.step("Starting a Prefect server (some 10 seconds)")
        with local_server(self.root / "prefect", PROJECT, self._settings) as prefect:
            self.step("Deploying prefect.yaml and starting a worker")
            with local_worker(prefect):
                self.drop()
                self.step(f"Running the deployment {DEPLOYMENT}")
                self.ingest(prefect)
        batches = [
            Batch.model_validate_json(path.read_bytes()) for path in sorted(set(self.reports.glob("*.json")) - seen)
        ]
        if not batches:
            raise PrefectTrouble("The flow ended without a report.", f"Look into {shown(self.root / 'prefect')}.")
        self.tell(batches, before)

    def recert(self, *arguments: str, show: bool = True) -> None:
        """Run a command of recert as a person would, in the demo's folder. Raises RecertError where it fails."""
        if show:
            self.step("recert " + " ".join(shown(Path(one)) if one.startswith("/") else one for one in arguments))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RECERT_")}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pipeline.cli", *arguments],
                cwd=self.root,
                env={**kept, **self._settings},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if show else None,
                stderr=subprocess.PIPE if show else None,
                text=True,
                timeout=_COMMAND_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise PrefectTrouble(f"`recert {arguments[0]}` took too long.", "Run `make demo` again.") from error
        if done.returncode not in {ExitCode.DONE, ExitCode.NEEDS_A_PERSON}:
            raise PrefectTrouble(f"`recert {arguments[0]}` failed: {done.stderr or ''}", "Run `make demo` again.")

    def drop(self) -> None:
        """Put the samples into the inbox, each under a name of its own, complete at once."""
        self.step(f"Dropping {len(self._samples)} sample certificates into {shown(self.inbox)}")
        for sample in self._samples:
            target = self.inbox / f"{sample.parent.name} {sample.name}"
            part = target.with_name(target.name + ".part")
            shutil.copyfile(sample, part)
            part.replace(target)

    def ingest(self, prefect: LocalPrefect) -> None:
        """Run the deployment until the inbox is empty; where the scheduled sweep was quicker, after it."""
        deadline = time.monotonic() + _RUN_SECONDS
        while self.remaining():
            state = self.watch(prefect, prefect.start_run(DEPLOYMENT), deadline)
            if state.type in {"FAILED", "CRASHED"}:
                raise PrefectTrouble(
                    f"The flow run ended as {state.name}: {state.message}\n{prefect.worker_words()}", "See above."
                )
            time.sleep(1)

    def watch(self, prefect: LocalPrefect, run: str, deadline: float) -> RunState:
        """Say how far it is until the run has ended. Raises PrefectTrouble when the time is up."""
        told_at, told = time.monotonic(), -1
        while not (state := prefect.state(run)).final:
            done, now = len(self._samples) - self.remaining(), time.monotonic()
            if now > deadline:
                raise PrefectTrouble(
                    f"The flow run was not done after {_RUN_SECONDS / 60:.0f} minutes ({done} documents are).",
                    "Run `make demo` again: it goes on where it stopped.",
                )
            if done != told and (now - told_at > _QUIET_SECONDS or self._console.is_terminal):
                self.say(f"     {done} of {len(self._samples)} documents done", "dim")
                told_at, told = now, done
            time.sleep(0.5)
        return state

    def remaining(self) -> int:
        # Folders come and go meanwhile; os.walk passes over one that has gone.
        return sum(len(files) for folder in (self.inbox, self.working) for _, _, files in os.walk(folder))

    def entries(self) -> int:
        with Ledger.open(f"sqlite:///{self.root / 'home' / 'ledger.sqlite'}") as ledger:
            return ledger.head().seq

    def tell(self, batches: Sequence[Batch], before: int) -> None:
        """What came of it: documents, verdicts, the report, and what to do next."""
        latest = {document.name: document for batch in batches for document in batch.documents}
        documents = sorted(latest.values(), key=lambda document: (_ORDER.index(document.state), document.name))
        self.headline("What was read and decided")
        for document in documents:
            print_outcome(document, self._console)
        self.headline("Where the people of the demo stand (recert status)")
        self.recert("status", show=False)
        self.headline("In short")
        report = page_of(max(batches, key=lambda batch: len(batch.documents)), self.reports)
        whole = batches[-1].model_copy(
            update={
                "documents": tuple(documents),
                "differences": tuple(change for batch in batches for change in batch.differences),
            }
        )
        print_batch(whole, report, self._console)
        self.say(self.growth(before, documents))
        self.headline("What next")
        for line in self.advice(documents, report):
            self.say(line)

    def growth(self, before: int, documents: Sequence[DocumentOutcome]) -> str:
        after = self.entries()
        if after > before:
            return f"The ledger grew from {before} to {after} entries."
        known = sum(document.state is DocumentState.DUPLICATE for document in documents)
        return (
            f"The ledger is as it was, {after} entries: {known} of {len(documents)} documents were known already, "
            "and the others show nothing that may be recorded."
        )

    def advice(self, documents: Sequence[DocumentOutcome], report: Path) -> list[str]:
        reviews = [one.review for document in documents for one in document.certificates if one.review is not None]
        command = shlex.quote(os.path.relpath(Path(sys.executable).with_name("recert"), self.root))
        lines = [
            f"  Open the report in a browser:   {report}",
            f"  Go to the demo's folder:        cd {shlex.quote(shown(self.root))}",
        ]
        if reviews:
            lines.append(f"  Decide what needs a person:     {command} review show {min(reviews)}")
        lines += [
            f"  Ask why somebody stands there:  {command} status --explain",
            f"  Drop a file of your own:        {command} watch   (and copy it into share/inbox)",
            f"  Start over:                     rm -r {shlex.quote(str(self.root))}   and then   make demo",
        ]
        return lines

    def step(self, text: str) -> None:
        self.say(f"  -> {text}")

    def headline(self, text: str) -> None:
        self._console.print()
        self.say(text, "bold")
        self.say("─" * len(text), "dim")

    def say(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def samples() -> list[Path]:
    """The documents that are dropped; of those that show nothing but an issuer's link, all in one form, none."""
    files = (path for path in SAMPLES.glob("*/*") if path.suffix.lower() in _SUFFIXES)
    return sorted(path for path in files if path.stem != "link")


def _interrupted(number: int, frame: FrameType | None) -> None:
    """Stop once; a second Ctrl-C must not cut the cleaning up short."""
    for one in _STOPPING:
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> int:
    """Run the demo; the exit code says whether it went through."""
    for one in _STOPPING:
        signal.signal(one, _interrupted)
    console = terminal()
    root = Path(os.environ.get("RECERT_DEMO") or PROJECT / "demo").expanduser().absolute()
    try:
        Demo(root, samples(), console).run()
    except RecertError as error:
        console.print(Text(f"\n{error.message}\n{error.action}", style="red"), soft_wrap=True)
        return error.exit_code
    except KeyboardInterrupt:
        console.print(Text(f"\nStopped. What was done stays in {shown(root)}; `make demo` goes on from there."))
        return 130
    return ExitCode.DONE


if __name__ == "__main__":
    sys.exit(main())
