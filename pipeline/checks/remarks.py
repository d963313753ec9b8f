"""Every finding that the checks can make: its code, how grave it is, and what a person should do.

docs/findings.md explains them to people; a test holds the two together.
"""

from dataclasses import dataclass

from pipeline.checks.findings import Finding, Severity

_FIX = "Compare with the picture; then `recert review accept N`, or `recert review fix N {field}=…`."
_STATE = "If the picture shows it, state it: `recert review fix N {field}=…`; else ask the issuer for a full document."
_DATE = "State the day as the issuer means it: `recert review fix N {field}=YYYY-MM-DD`."
_LOOK = "Look at the document yourself; then `recert review accept N` or `recert review reject N --why …`."


@dataclass(frozen=True, slots=True)
class Remark:
    """`action` may name the finding's field as {field}."""

    severity: Severity
    action: str


def _review(action: str) -> Remark:
    return Remark(Severity.REVIEW, action)


def _note(action: str) -> Remark:
    return Remark(Severity.NOTE, action)


REMARKS: dict[str, Remark] = {
    "not_a_certificate": Remark(
        Severity.REJECT, "If it is a certificate all the same, drop a cleaner copy of the page that shows it."
    ),
    "kind_unclear": _review(_LOOK),
    "in_progress": _review("Finish the course and drop its certificate; reject this one: `recert review reject N`."),
    "transcript": _review("Drop the certificate of each course, or record the items with `recert items add`."),
    "proposes_exam": _review("If the exam was passed, record it with `recert exams add`."),
    "proposes_holding": _review("If this person holds it, accept it, or add the holding to the roster file."),
    "profile_contested": _review(_LOOK),
    "repaired": _review("Drop a whole copy of the file; or compare with the picture and decide."),
    "active_content": _note("Certificates need none of this: open the file only in a viewer that you trust."),
    "holder_missing": _review(_STATE),
    "holder_uncertain": _review(_FIX),
    "course_missing": _review(_STATE),
    "course_uncertain": _review(_FIX),
    "date_missing": _review(_STATE),
    "date_uncertain": _review(_FIX),
    "date_incomplete": _review(_DATE),
    "date_ambiguous": _review(_DATE),
    "code_missing": _review(_STATE),
    "code_uncertain": _review(_FIX),
    "code_absence_uncertain": _review(_FIX),
    "code_unexpected": _review(_FIX),
    "start_uncertain": _review(_FIX),
    "expiry_uncertain": _review(_FIX),
    "credits_uncertain": _review(_FIX),
    "credit_unit_uncertain": _review(_FIX),
    "hours_uncertain": _review(_FIX),
    "value_malformed": _review(_FIX),
    "start_after_completion": _review(_FIX),
    "completion_in_future": _review(_FIX),
    "expiry_before_completion": _review(_FIX),
    "issue_before_completion": _note("Usually harmless; look again if the dates surprise you."),
    "code_pattern": _review(_FIX),
    "link_host": _review("Do not open the link before you know why it leads elsewhere. " + _LOOK),
    "link_code": _review(_FIX),
    "sources_disagree": _review(_FIX),
    "edited": _review(
        "People also crop, turn or sign with such programs. Compare with the issuer's own record, by its link or code; "
        "then `recert review accept N` or `recert review reject N --why …`."
    ),
    "passed_on": _note("Usually harmless; compare with the issuer's own record if the document matters."),
    "saved_later": _note("Usually harmless; compare with the issuer's own record if the document matters."),
    "content_changed": _review(
        "An issuer may have corrected it. Compare with the issuer's own record, or ask for a fresh copy. " + _LOOK
    ),
    "content_added": _review(
        "Some issuers fill in their forms so, and offices put stamps. Compare with the issuer's own record. " + _LOOK
    ),
    "covered_text": _review(
        "It may be a sample that the issuer's form still holds. Compare with the issuer's own record. " + _LOOK
    ),
    "hidden_text": _review(
        "It may be a sample that the form still holds, or ill read by a scanner. Compare with the issuer's own record. "
        + _LOOK
    ),
    "text_against_pixels": _review("The page may be ill read. Believe what people see: " + _FIX),
    "link_disguised": _review(
        "Do not open it. Find the issuer's own site yourself and look the code up there. " + _LOOK
    ),
    "link_redirected": _note("Many issuers use such services. Look where it ends before you trust what it shows."),
    "qr_disagrees": _review("A reader may have misread one of the two. Compare with the picture; " + _FIX),
    "signed": _note("A good sign; a PDF viewer says whose signature it is and whether it is valid."),
    "file_before_completion": _note("Templates keep their old date; compare with the issuer's record if in doubt."),
    "claim_uncertain": _review("Confirm or correct what it counts for: `recert review accept N` or `fix N`."),
    "sampled": _review(_LOOK),
    "in_review": _review("Decide it there: `recert review list`."),
    "duplicate": _note("Nothing to do; the activity is recorded already."),
    "possible_duplicate": _review("Compare both; reject this one if it is the same, accept it if it is another."),
    "code_of_another_holder": _review(
        "Find out whose it is: a code may be misread or be the course's; compare with the issuer's own record."
    ),
    "link_of_another_holder": _review(
        "Find out whose it is: a course's page may be shared, a certificate's is not. " + _LOOK
    ),
    "code_also_waits": _review(
        "Look at both documents before you accept either: one may be misread, or the number may be the course's."
    ),
    "also_waits": _note("Accept one of the two, and reject the other: `recert review list`."),
    "holder_unknown": _review(
        "Add this person, or this spelling as an alias of somebody on the roster, or reject it as not yours."
    ),
    "holder_ambiguous": _review("Say who is meant: `recert review accept N --holder NAME` (or the id in brackets)."),
    "folder_other_holder": _review("Check whose certificate it is; accept it, or reject it as not yours."),
}


def finding(code: str, message: str, field: str | None = None, action: str | None = None) -> Finding:
    """A finding by its code; `action` replaces the usual advice where more is known."""
    remark = REMARKS[code]
    advice = action or remark.action.replace("{field}", field or "field")
    return Finding(code=code, severity=remark.severity, field=field, message=message, action=advice)
