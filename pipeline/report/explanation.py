"""An explanation in the terminal: profiles, then each field with its candidates and why the winner won."""

from rich.text import Text

from extractors.explain import ExplainedCertificate, ExplainedField, Explanation, NearProfile
from pipeline.report.terminal import terminal
from pipeline.showing import visible

_MOST_CANDIDATES = 4
_MOST_SIGNS = 5


def print_explanation(explanation: Explanation) -> None:
    """Everything that was weighed, the likeliest first; at most four candidates of a field."""
    out = terminal()
    for number, certificate in enumerate(explanation.certificates, start=1):
        pages = ", ".join(str(page) for page in certificate.pages)
        out.print(Text(f"Certificate {number}: {explanation.media}, page {pages}", style="bold"))
        for line in _identity(certificate):
            out.print(Text(f"  {visible(line)}"))
        for field in certificate.fields:
            _print_field(field)


def _identity(certificate: ExplainedCertificate) -> list[str]:
    whose = certificate.profile or "none; read by the generic finder"
    if certificate.contested:
        whose = f"contested between {' and '.join(certificate.contested)}"
    lines = [f"profile: {whose}; language: {certificate.language or 'unknown'}"]
    return lines + [_near(near) for near in certificate.near if near.profile != certificate.profile]


def _near(near: NearProfile) -> str:
    shows = ", ".join([*([near.host] if near.host else []), *near.found]) or "nothing of it"
    lacks = f"; it lacks: {', '.join(near.missing)}" if near.missing else ""
    against = f"; against it: {', '.join(near.against)}" if near.against else ""
    return f"near: {near.profile} (shows {shows}{lacks}{against})"


def _print_field(field: ExplainedField) -> None:
    out = terminal()
    chosen = "–" if field.chosen is None else visible(field.chosen)
    out.print(Text(f"  {field.field}: {chosen}", style="bold"))
    out.print(Text(f"    {visible(field.why)}", style="dim"))
    for candidate in field.candidates[:_MOST_CANDIDATES]:
        signs = ", ".join(f"{sign.name} {sign.worth:+.1f}" for sign in candidate.signs[:_MOST_SIGNS])
        place = f"page {candidate.page}, {'+'.join(candidate.sources)}"
        out.print(Text(f"    {candidate.probability:4.0%}  {visible(candidate.value)}  ({place}; {signs})"))
    left = len(field.candidates) - _MOST_CANDIDATES
    if left > 0:
        out.print(Text(f"    and {left} less likely", style="dim"))
