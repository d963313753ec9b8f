"""What a QR code states of a certificate by itself: `name=…&date=…` of a link, lines of `Name: …`, or JSON."""

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import get_args
from urllib.parse import parse_qsl, urlsplit

from extractors.model import FieldName
from pipeline.folding import fold

_LINE = re.compile(r"\s*([^:=\n]{2,40}?)\s*[:=]\s*(\S.*?)\s*$")


@cache
def _names() -> dict[str, FieldName]:
    text = resources.files("pipeline.checks").joinpath("payload.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    return {name: field for field in get_args(FieldName) for name in stated.get(field, ())}


def stated_in(text: str) -> tuple[tuple[FieldName, str], ...]:
    """The fields that the text of a QR code states, in its order; what is masked (`J*** D***`) says nothing."""
    found = ((_names().get(fold(name)), value.strip()) for name, value in _pairs(text))
    return tuple((name, value) for name, value in found if name is not None and value and "*" not in value)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    if re.match(r"\w+://", text):
        yield from _of_query(text)
        return
    try:
        known = json.loads(text)
    except ValueError:
        known = None
    if isinstance(known, dict):
        yield from ((str(name), value) for name, value in known.items() if isinstance(value, str))
        return
    for line in re.split(r"[\n;|]+", text):
        match = _LINE.match(line)
        if match is not None:
            yield match[1], match[2]


def _of_query(address: str) -> Iterator[tuple[str, str]]:
    try:
        yield from parse_qsl(urlsplit(address).query)
    except ValueError:
        return
