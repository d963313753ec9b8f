"""Why a document was read as it was: profiles that came near, every candidate with its signs, and the winner's lead."""

from extractors.choose import Ranked
from extractors.document import Limits, open_document
from extractors.extract import Clock, Engines, identities_of, read_certificates
from extractors.model import FieldName, Frozen
from extractors.ocr import OcrEngine
from extractors.profile import Profiles
from extractors.weights import weights
from extractors.withhold import Identities, cleaned

# Candidates below this are not worth a line.
_NOISE = 0.01


class NearProfile(Frozen):
    """A profile of which the document shows a marker or a host. `matches`: nothing is missing or speaks against it."""

    profile: str
    host: str | None
    found: tuple[str, ...]
    missing: tuple[str, ...]
    against: tuple[str, ...]
    matches: bool


class Sign(Frozen):
    """One feature of a candidate and what it added to its score, in log-odds."""

    name: str
    strength: float
    worth: float


class ExplainedCandidate(Frozen):
    """One value that a field might have. `read` is how surely its weakest word was read, `sources` where it stands."""

    value: str
    raw: str
    page: int
    source: str
    sources: tuple[str, ...]
    read: float
    score: float
    probability: float
    signs: tuple[Sign, ...]


class ExplainedField(Frozen):
    """The candidates of a field, the likeliest first; `chosen` is None where absence is likelier; `why` says it."""

    field: FieldName
    chosen: str | None
    why: str
    candidates: tuple[ExplainedCandidate, ...]


class ExplainedCertificate(Frozen):
    pages: tuple[int, ...]
    profile: str | None
    contested: tuple[str, ...]
    language: str | None
    near: tuple[NearProfile, ...]
    fields: tuple[ExplainedField, ...]


class Explanation(Frozen):
    """One entry per certificate of the document."""

    media: str
    certificates: tuple[ExplainedCertificate, ...]


def explain(
    data: bytes, *, engine: OcrEngine, profiles: Profiles, limits: Limits, second: OcrEngine | None = None
) -> Explanation:
    """Read a document as `extract` does, and keep what it weighed. Raises UnreadableDocument as `extract` does."""
    with open_document(data, limits) as document:
        certificates = read_certificates(document, Engines(engine, second), profiles, Clock())
        return Explanation(
            media=document.media,
            certificates=tuple(
                ExplainedCertificate(
                    pages=tuple(page.number for page in one.pages),
                    profile=one.profile.id if one.profile else None,
                    contested=one.contested,
                    language=one.found.language,
                    near=tuple(
                        NearProfile(
                            profile=near.profile,
                            host=near.host,
                            found=near.found,
                            missing=near.missing,
                            against=near.excluded,
                            matches=near.matches,
                        )
                        for near in one.near
                    ),
                    fields=tuple(
                        _field(name, ranked, one.found.best(name), known) for name, ranked in one.found.ranked.items()
                    ),
                )
                for one, known in ((one, identities_of(one.pages)) for one in certificates)
            ),
        )


def _field(name: FieldName, ranked: tuple[Ranked, ...], best: Ranked | None, known: Identities) -> ExplainedField:
    return ExplainedField(
        field=name,
        chosen=cleaned(name, best.candidate.value, known) if best else None,
        why=cleaned(name, _why(name, ranked, best), known),
        candidates=tuple(_candidate(name, one, known) for one in ranked if one is best or one.probability >= _NOISE),
    )


def _candidate(name: FieldName, one: Ranked, known: Identities) -> ExplainedCandidate:
    return ExplainedCandidate(
        value=cleaned(name, one.candidate.value, known),
        raw=cleaned(name, one.candidate.raw, known),
        page=one.candidate.page,
        source=one.candidate.source.value,
        sources=tuple(sorted(source.value for source in one.sources)),
        read=round(one.candidate.read, 3),
        score=round(one.score, 2),
        probability=round(one.probability, 4),
        signs=_signs(name, one),
    )


def _signs(name: FieldName, one: Ranked) -> tuple[Sign, ...]:
    choice = weights().choice
    table = choice.get(name, choice["completed_on"])
    signs = (
        Sign(name=sign, strength=round(strength, 3), worth=round(table.get(sign, 0.0) * strength, 2))
        for sign, strength in one.signs.items()
        if strength
    )
    return tuple(sorted(signs, key=lambda sign: -abs(sign.worth)))


def _why(name: FieldName, ranked: tuple[Ranked, ...], best: Ranked | None) -> str:
    if not ranked:
        return "Nothing on the pages looks like it."
    if best is None:
        return f"That there is none is likelier than the best candidate ({ranked[0].probability:.0%})."
    signs = [sign.name for sign in _signs(name, best) if sign.worth > 0][:4]
    grounds = ", ".join(signs) or "no sign against it"
    others = [one for one in ranked if one is not best]
    if not others:
        return f"The only candidate; for it: {grounds}."
    return f"{best.score - others[0].score:+.1f} over the next ({others[0].candidate.value!r}); for it: {grounds}."
