"""The labelled documents: real ones where they are at hand, the project's samples, and those drawn to be measured."""

import json
import os
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from benchmarks.accuracy.lookalikes import lookalike
from benchmarks.accuracy.strangers import STRANGERS, stranger
from extractors.model import MAIN_FIELDS, FieldName

ROOT = Path(__file__).resolve().parents[2]
# Real certificates carry real people's names and stay outside of the project; without them the rest is measured.
REAL = Path(os.environ.get("RECERT_LABELLED", ROOT.parent / "shared" / "real_certificates"))
SAMPLES = ROOT / "sample_certificates"
CRAFTED = Path(__file__).parent / "crafted"
MAIN = MAIN_FIELDS
EXTRA: tuple[FieldName, ...] = ("started_on", "expires_on", "verify_url", "credits", "hours")
Origin = Literal["real", "sample", "lookalike", "stranger", "crafted"]


@dataclass(frozen=True)
class Case:
    """A document and the truth about its first certificate.

    `truth` maps a field to every value that counts as right, none where the document shows none; a field that is not
    scored is missing in it. `settled_on` is the completion date where the page has two legal readings: not scored, but
    accepting the other one is wrong. `issuer` is what leaving one issuer out goes by.
    """

    name: str
    origin: Origin
    issuer: str
    truth: dict[FieldName, tuple[str, ...]]
    load: Callable[[], bytes]
    language: str = ""
    kind: str = ""
    capture: str = "digital"
    certificate: bool = True
    settled_on: tuple[str, ...] = ()


def real_cases() -> Iterator[Case]:
    """The real documents with their labels, in the labels' conventions; nothing where they are not at hand."""
    if not (REAL / "labels.jsonl").is_file():
        return
    for line in (REAL / "labels.jsonl").read_text(encoding="utf8").splitlines():
        label = json.loads(line)
        path = REAL / "dev" / label["file"]
        truth = _truth(label)
        yield Case(
            name=label["file"],
            origin="real",
            issuer=label["issuer"],
            truth=truth,
            load=path.read_bytes,
            language=label["language"],
            kind=label["kind"],
            capture=label["capture"],
            certificate=label["doc_type"] not in ("other", "in_progress"),
            settled_on=() if "completed_on" in truth else (label["completed_on"],),
        )


def _truth(label: dict[str, object]) -> dict[FieldName, tuple[str, ...]]:
    note = str(label.get("note") or "")
    truth: dict[FieldName, tuple[str, ...]] = {}
    for name in (*MAIN, *EXTRA):
        value = label.get(name)
        truth[name] = () if value in (None, "") else (str(value),)
    others = [
        one for match in re.findall(r"alt_course=([^;]+)", note) for one in re.sub(r"\([^)]*\)", "", match).split("|")
    ]
    truth["course_name"] += tuple(others)
    codes = [one for match in re.findall(r"alt_codes=([^;\s]+)", note) for one in match.split("|")]
    truth["validation_code"] = tuple(one for value in (*truth["validation_code"], *codes) for one in value.split("|"))
    if re.search("ambiguous_date|uncertain_completed_on", note):
        del truth["completed_on"]
    if re.search("uncertain_code|ambiguous_code", note):
        del truth["validation_code"]
    return truth


def sample_cases() -> Iterator[Case]:
    """The project's samples that show a certificate and open without a password; their truth stands beside them.

    Those of issuers of which only the link is known are left out: all have one plain invented form, which would flatter
    the figures and teach nothing.
    """
    for path in sorted(path for path in SAMPLES.glob("*/*.toml") if path.stem != "link"):
        sample = tomllib.loads(path.read_text(encoding="utf8"))
        document = next(
            (path.with_suffix(end) for end in (".pdf", ".png", ".jpg") if path.with_suffix(end).is_file()), None
        )
        certificates = sample.get("certificate", [])
        effects = set(sample.get("draw", {}).get("effects", []))
        if document is None or not certificates or effects & {"encrypted", "truncated", "empty", "stale-text"}:
            continue
        first = certificates[0]
        truth: dict[FieldName, tuple[str, ...]] = {
            name: (str(first[name]),) if name in first else () for name in (*MAIN, *EXTRA)
        }
        yield Case(
            name=f"{path.parent.name}/{document.name}",
            origin="sample",
            issuer=first.get("issuer") or path.parent.name,
            truth=truth,
            load=document.read_bytes,
            kind=document.suffix[1:],
            capture="photo" if effects & {"photo", "photo-exif"} else "scan" if "scan" in effects else "digital",
            certificate=first.get("document_type", "completion") not in ("transcript", "in_progress", "other"),
        )


def lookalike_cases(count: int) -> Iterator[Case]:
    """Drawn certificates of invented issuers, each another."""
    for seed in range(count):
        drawn = lookalike(seed)
        truth = {name: tuple(filter(None, [getattr(drawn.truth, name)])) for name in (*MAIN, *EXTRA)}
        settled_on = truth.pop("completed_on") if drawn.note else ()
        yield Case(
            name=f"lookalike-{seed}",
            origin="lookalike",
            issuer=drawn.issuer,
            truth=truth,
            load=partial(_pdf, seed),
            language=drawn.language,
            kind="pdf-text",
            settled_on=settled_on,
        )


def _pdf(seed: int) -> bytes:
    return lookalike(seed).pdf


def stranger_cases() -> Iterator[Case]:
    """Drawn certificates of another make, which no weight is fitted to."""
    for seed in range(STRANGERS):
        drawn = stranger(seed)
        yield Case(
            name=f"stranger-{seed}",
            origin="stranger",
            issuer=drawn.issuer,
            truth={name: tuple(filter(None, [drawn.truth[name]])) for name in (*MAIN, *EXTRA) if name in drawn.truth},
            load=partial(_stranger, seed),
            language=drawn.language,
            kind=drawn.kind,
            capture="digital" if drawn.kind != "jpg" else "scan",
        )


def _stranger(seed: int) -> bytes:
    return stranger(seed).data


def crafted_cases() -> Iterator[Case]:
    """Certificates of ninety invented issuers, each written by hand to be as awkward as real ones are."""
    also = tomllib.loads((CRAFTED / "also_right.toml").read_text(encoding="utf8"))
    for path in sorted(path for path in CRAFTED.glob("*.toml") if path.stem != "also_right"):
        drawn = tomllib.loads(path.read_text(encoding="utf8"))
        first, others = drawn["certificate"][0], also.get(path.stem, {})
        truth: dict[FieldName, tuple[str, ...]] = {
            name: (str(first[name]), *others.get(name, ())) if name in first else () for name in (*MAIN, *EXTRA)
        }
        settled_on = truth.pop("completed_on") if path.stem in also["ambiguous"] else ()
        yield Case(
            name=f"crafted-{path.stem}",
            origin="crafted",
            issuer=first["issuer"],
            truth=truth,
            load=partial(_crafted, path),
            kind=drawn["draw"]["format"],
            settled_on=settled_on,
        )


def _crafted(path: Path) -> bytes:
    # Late: real documents and the other drawings need no renderer.
    from tests.samples.case import load_case
    from tests.samples.draw import draw

    return draw(load_case(path))


def same(name: FieldName, value: str | None, truth: tuple[str, ...]) -> bool:
    """Whether a value is right: titles by letters and digits, names in any order of their parts, codes in any case."""
    if value is None or not truth:
        return value is None and not truth
    return any(_same(name, value, one) for one in truth)


def _same(name: FieldName, value: str, truth: str) -> bool:
    if name == "holder_name":
        return _parts(value) == _parts(truth) or _letters(value) == _letters(truth)
    if name == "course_name":
        return _letters(value) == _letters(truth)
    if name == "validation_code":
        return re.sub(r"\s+", "", value).casefold() == re.sub(r"\s+", "", truth).casefold()
    if name in ("credits", "hours"):
        return abs(float(value) - float(truth)) < 0.011
    if name == "verify_url":
        return _address(value) == _address(truth)
    return value == truth


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold().replace("ß", "ss").replace("ı", "i")
    return "".join(char for char in plain if char.isalnum())


def _parts(name: str) -> list[str]:
    return sorted(filter(None, map(_letters, re.split(r"[\s.,]+", name))))


def _address(url: str) -> str:
    return re.sub(r"^([a-z]+://)?(www\.)?", "", url.strip().casefold()).rstrip("/")
