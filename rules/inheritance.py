"""Versions that say only what differs: `like` takes over another version of the file, `without` leaves keys of it out.

Works on the parsed TOML, before it becomes a program: tables are merged key by key, lists and values are replaced.
"""

from collections.abc import Mapping, Sequence

from rules.reading import ProgramError, key_of, nearest

Table = dict[str, object]


def with_inheritance(raw: Table, file: str) -> Table:
    """The file's tables with every version written out whole. Raises ProgramError for a `like` that leads nowhere or
    round in a circle, and for a `without` that names nothing. What is no table of versions is left for the form."""
    versions = raw.get("version")
    if not isinstance(versions, list) or not all(isinstance(version, dict) for version in versions):
        return raw
    names = [str(version.get("id")) for version in versions]
    return raw | {"version": [_whole(number, versions, names, file, ()) for number in range(len(versions))]}


def _whole(number: int, versions: Sequence[Table], names: Sequence[str], file: str, seen: tuple[int, ...]) -> Table:
    version = versions[number]
    if "like" not in version:
        return version
    base, key = str(version["like"]), key_of(("version", number, "like"))
    if base not in names:
        raise ProgramError(file, key, f'there is no version "{base}"', nearest(base, names))
    other = names.index(base)
    if other in (number, *seen):
        raise ProgramError(file, key, f'"{base}" is in turn like this one', "Write one of them out whole.")
    merged = _copied(_whole(other, versions, names, file, (*seen, number)))
    merged.pop("enabled", None)
    left_out = version.get("without", [])
    for place, path in enumerate(left_out if isinstance(left_out, list) else [left_out]):
        _leave_out(merged, str(path), file, key_of(("version", number, "without", place)))
    return _merged(merged, {key: value for key, value in version.items() if key != "without"})


def _leave_out(table: Table, path: str, file: str, key: str) -> None:
    *way, last = path.split(".")
    here: object = table
    for part in way:
        here = here.get(part) if isinstance(here, dict) else None
    if not isinstance(here, dict) or last not in here:
        known = [str(name) for name in here] if isinstance(here, dict) else [str(name) for name in table]
        raise ProgramError(file, key, f'the other version has no "{path}"', nearest(last, known))
    del here[last]


def _copied(table: Mapping[str, object]) -> Table:
    return {key: _copied(value) if isinstance(value, dict) else value for key, value in table.items()}


def _merged(below: Table, above: Mapping[str, object]) -> Table:
    for key, value in above.items():
        there = below.get(key)
        below[key] = _merged(there, value) if isinstance(there, dict) and isinstance(value, dict) else value
    return below
