"""A small file of ours that must arrive as it was written: one canonical JSON object, and the hash of that line."""

import hashlib
import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import LedgerDamaged
from pipeline.ledger.chain import canonical

Model = TypeVar("Model", bound=BaseModel)


def sealed(content: BaseModel) -> str:
    """Two lines: the object, and its SHA-256 in hex."""
    line = canonical(content.model_dump(mode="json"))
    return f"{line}\n{hashlib.sha256(line.encode('ascii')).hexdigest()}\n"


def unsealed(data: bytes, model: type[Model], name: str) -> Model:
    """What was sealed. Raises LedgerDamaged, calling the file by `name`, where a byte differs or it is something
    else."""
    line, _, rest = data.partition(b"\n")
    try:
        if rest != f"{hashlib.sha256(line).hexdigest()}\n".encode("ascii"):
            raise ValueError("the hash does not fit")
        return model.model_validate(json.loads(line))
    except (ValueError, RecursionError, ValidationError) as error:
        raise LedgerDamaged(
            f"{name} is damaged, cut off, or was not written by recert.", "Take another copy of it."
        ) from error
