"""A finding: one remark about a document, with a stable code, that a person can act on."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """`reject`: no certificate to keep. `review`: a person must look. `note`: worth knowing, changes nothing."""

    REJECT = "reject"
    REVIEW = "review"
    NOTE = "note"


class Decision(StrEnum):
    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


class Finding(BaseModel):
    """`field` is a field name of the extraction, or None where the remark is about the whole document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    field: str | None = None
    message: str
    action: str
