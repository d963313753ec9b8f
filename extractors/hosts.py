"""Whether a web address only seems to lead to a host: another host that looks like it, or a name before an @ sign."""

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from extractors.model import Frozen
from extractors.profile import and_above, belongs

# A name shorter than this is one slip away from too many others.
_LEAST = 6


def imitated(address: str, known: Iterable[str], own: Iterable[str] = (), *, printed: bool = False) -> str | None:
    """The host out of `known` that `address` imitates, None where it leads to one of them or is like none.

    Imitated is a host by letters that look alike (Unicode TR 39), by one slip in a name of some length, by its whole
    name in front of another's, by its name before an @ sign. `own` are the hosts of the issuer that the document names:
    there it is enough that the name is one part of another one. Slips do not count where the address is `printed`: type
    loses letters on its way through a file.
    """
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host, before = (parts.hostname or "").rstrip("."), (parts.username or "").casefold()
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https") or "." not in host:
        return None
    hosts = sorted(known)
    if before:
        return next((one for one in hosts if one in before), None) or (before if "." in before else None)
    if not and_above(host).isdisjoint(map(_registered, hosts)):
        return None
    plain = _plain(host)
    owned = set(own)
    return next((one for one in hosts if _is_like(plain, host, one, own=one in owned, slips=not printed)), None)


def _is_like(plain: str, host: str, known: str, *, own: bool, slips: bool) -> bool:
    if belongs(_skeleton(plain), _skeleton(known)) or f".{known}." in f".{host}":
        return True
    name, other = _name(known), _name(plain)
    parts = f"-{plain.replace('.', '-')}-"
    if f"-{known.replace('.', '-')}-" in parts or len(name) < _LEAST:
        return len(name) >= _LEAST
    same_end = plain.rpartition(".")[2] == known.rpartition(".")[2]
    if slips and same_end and OSA.distance(name, other, score_cutoff=1) == 1:
        return True
    return own and name != other and name in other.split("-")


def _plain(host: str) -> str:
    """A host with its international labels (RFC 3492) written out."""
    return ".".join(_label(label) for label in host.split("."))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label


@lru_cache(maxsize=1024)
def _skeleton(host: str) -> str:
    text = unicodedata.normalize("NFKD", host.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    for shape, letter in _data().letters.items():
        text = text.replace(shape, letter)
    return text


@lru_cache(maxsize=1024)
def _registered(host: str) -> str:
    """The part of a host that somebody registered, and below which all is theirs: with `com`, or with `com.br`."""
    labels = host.split(".")
    second = len(labels) > 2 and labels[-2] in _data().second_levels
    return ".".join(labels[-3 if second else -2 :])


def _name(host: str) -> str:
    """The part of a host that its owner chose."""
    return _registered(host).partition(".")[0]


class _Likeness(Frozen):
    """hosts.toml."""

    second_levels: tuple[str, ...]
    letters: dict[str, str]


@cache
def _data() -> _Likeness:
    text = resources.files("extractors").joinpath("hosts.toml").read_text(encoding="utf-8")
    return _Likeness.model_validate(tomllib.loads(text))
