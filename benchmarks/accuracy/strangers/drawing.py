"""A seed to a certificate of a stranger: bytes of a PDF or of a picture of it, and what is true of it."""

import io
from dataclasses import dataclass
from random import Random

import pypdfium2
from PIL import Image, ImageFilter

from benchmarks.accuracy.lookalikes.paper import Paper
from benchmarks.accuracy.strangers.facts import Facts, invent
from benchmarks.accuracy.strangers.layouts import LAYOUTS

STRANGERS = 100
_DPI = (110, 130, 150, 200)


@dataclass(frozen=True, slots=True)
class Stranger:
    """`truth` as in the labels of real documents; a field that is not in it is not scored. `kind`: pdf, png or jpg."""

    data: bytes
    truth: dict[str, str | None]
    issuer: str
    language: str
    layout: str
    kind: str


def stranger(seed: int) -> Stranger:
    """The same facts and the same page for the same seed."""
    random = Random(f"stranger {seed}")
    layout, titles, (width, height) = LAYOUTS[seed % len(LAYOUTS)]
    facts = invent(random, titles)
    paper = Paper(width, height)
    printed = layout(paper, facts, random)
    pdf = paper.pdf(facts.completed)
    kind = random.choice(("pdf", "pdf", "png", "jpg"))
    return Stranger(
        data=pdf if kind == "pdf" else _picture(pdf, kind, random),
        truth=_truth(facts, printed),
        issuer=f"stranger-{seed:03}",
        language=facts.language,
        layout=layout.__name__,
        kind=kind,
    )


def _truth(facts: Facts, printed: set[str]) -> dict[str, str | None]:
    values = {
        "holder_name": facts.holder,
        "course_name": facts.title,
        "completed_on": facts.completed.isoformat(),
        "started_on": facts.start.isoformat(),
        "validation_code": facts.code,
        "hours": str(facts.hours),
    }
    truth = {name: value if name in printed else None for name, value in values.items()}
    if "expires_on" in printed:
        # When it ends is drawn by the layout itself; only that nothing else is said counts here.
        return truth
    return truth | {"expires_on": None}


def _picture(pdf: bytes, kind: str, random: Random) -> bytes:
    """The page as a picture: clean as PNG; as JPEG a little askew, soft and grainy."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=random.choice(_DPI) / 72).to_pil().convert("RGB")
    file = io.BytesIO()
    if kind == "png":
        picture.save(file, "PNG")
        return file.getvalue()
    turned = picture.rotate(random.uniform(-0.9, 0.9), resample=Image.Resampling.BICUBIC, fillcolor="white")
    grain = Image.effect_noise(turned.size, random.choice((8, 18))).convert("RGB")
    Image.blend(turned.filter(ImageFilter.GaussianBlur(0.5)), grain, 0.06).save(file, "JPEG", quality=62)
    return file.getvalue()
