"""What every part of the speed benchmark uses: the documents, the clock, the readers under watch."""

import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from PIL import Image

from extractors import labels, names, titles
from extractors.course_signs import closes, introduces_holder, said
from extractors.dates import readings
from extractors.document import Limits, open_document
from extractors.enhance import Prepared
from extractors.errors import UnreadableDocument
from extractors.extract import extract
from extractors.model import Extraction, Word
from extractors.ocr import Reading, TesseractEngine
from extractors.profile import Profiles
from extractors.rapid import RapidEngine
from pipeline.settings import Settings

SAMPLES = Path(__file__).parents[2] / "sample_certificates"
SETTINGS = Settings()
LIMITS = Limits(bytes=SETTINGS.document_bytes, pages=SETTINGS.document_pages, pixels=SETTINGS.document_pixels)

Kind = Literal["first", "reoriented", "enhanced", "all languages", "closer look", "second engine"]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of wall clock, and of processor time with that of the programs that were started."""

    wall: float
    cpu: float

    def over(self, other: "Spent") -> "Spent":
        return Spent(self.wall / other.wall, self.cpu / other.cpu)


def spent(work: Callable[[], object]) -> Spent:
    before, begun = _cpu(), time.perf_counter()
    work()
    return Spent(time.perf_counter() - begun, _cpu() - before)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def side_by_side(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[Spent, Spent]:
    """The medians of both, taken in turns so that whatever else the machine does hits both alike."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            second = spent(other)
            pairs.append((spent(one), second))
        else:
            pairs.append((spent(one), spent(other)))
    return median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])


def median(times: Sequence[Spent]) -> Spent:
    return Spent(statistics.median(one.wall for one in times), statistics.median(one.cpu for one in times))


def ratios(pairs: Sequence[tuple[Spent, Spent]]) -> dict[str, float]:
    """The median of what each document takes beside the bare tool, and what all of them take together."""
    each = median([ours.over(theirs) for ours, theirs in pairs])
    together = _sum([ours for ours, _ in pairs]).over(_sum([theirs for _, theirs in pairs]))
    return {
        "ratio_wall": round(each.wall, 2),
        "ratio_cpu": round(each.cpu, 2),
        "together_wall": round(together.wall, 2),
        "together_cpu": round(together.cpu, 2),
    }


def _sum(times: Sequence[Spent]) -> Spent:
    return Spent(sum(one.wall for one in times), sum(one.cpu for one in times))


def forget() -> None:
    """Drop what is remembered of texts read before: a document is measured as if it were the first of its kind."""
    of_labels = labels.is_label, labels.is_course_label, labels.is_holder_label
    of_others = labels.begins_another, labels.labels_another
    of_titles = titles.likeness, said, closes, introduces_holder
    for remembered in (readings, names.likeness, *of_titles, *of_labels, *of_others):
        remembered.cache_clear()


def documents(folder: Path = SAMPLES) -> dict[str, bytes]:
    """Every document below a folder that opens, by its name."""
    found = {}
    for file in sorted(folder.rglob("*.*")):
        data = file.read_bytes() if file.suffix not in (".toml", ".md", ".jsonl", ".py") else b""
        try:
            open_document(data, LIMITS).close()
        except UnreadableDocument:
            continue
        found[file.relative_to(folder).as_posix()] = data
    return found


@dataclass(slots=True)
class Pass:
    """One reading of pixels: what was read, and what it took."""

    kind: Kind
    prepared: Prepared | None
    languages: tuple[str, ...]
    spent: Spent


@dataclass(slots=True)
class Watch:
    """The passes over one document, in order."""

    passes: list[Pass] = field(default_factory=list)


class WatchedTesseract(TesseractEngine):
    """Tesseract that notes each pass and stops after `most` of them a picture."""

    def __init__(self, watch: Watch, only_first: bool = False) -> None:
        super().__init__(SETTINGS.languages)
        self._watch, self._only_first = watch, only_first
        self._kind: Kind = "first"

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        self._kind = "closer look" if any(one.kind == "first" for one in self._watch.passes) else "first"
        self._done: list[Reading] = []
        return super().read(picture)

    def recognise(self, prepared: Prepared, languages: Sequence[str]) -> Reading:
        if self._done and self._only_first:
            return Reading(prepared, (), tuple(languages))
        result: list[Reading] = []
        took = spent(lambda: result.append(super(WatchedTesseract, self).recognise(prepared, languages)))
        self._watch.passes.append(Pass(self._of(prepared, languages), prepared, tuple(languages), took))
        self._done.append(result[0])
        return result[0]

    def _of(self, prepared: Prepared, languages: Sequence[str]) -> Kind:
        if not self._done:
            return self._kind
        if prepared.turned or prepared.picture is self._done[0].prepared.picture:
            return "all languages" if set(languages) > set(self._done[0].languages) else "reoriented"
        return "enhanced"


class WatchedSecond:
    """The second engine, each reading noted."""

    name = RapidEngine.name

    def __init__(self, watch: Watch) -> None:
        self._watch, self._engine = watch, RapidEngine()

    def read(self, picture: Image.Image) -> tuple[Word, ...]:
        result: list[tuple[Word, ...]] = []
        took = spent(lambda: result.append(self._engine.read(picture)))
        self._watch.passes.append(Pass("second engine", None, (), took))
        return result[0]


class NoPixels:
    """An engine that sees nothing, and knows that it was asked."""

    name = "none"

    def __init__(self) -> None:
        self.asked = 0

    def read(self, _: Image.Image) -> tuple[Word, ...]:
        self.asked += 1
        return ()


def read_by_text(data: bytes, profiles: Profiles) -> tuple[tuple[Extraction, ...], bool]:
    """What text says alone, and whether pixels were wanted."""
    engine = NoPixels()
    read = extract(data, engine=engine, profiles=profiles, limits=LIMITS)
    return read, engine.asked > 0
