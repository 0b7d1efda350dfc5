"""What was found as JSON, as described by docs/schemas/verify.schema.json."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ascent.document import Record, at
from ascent.verify.answer import Verdict

if TYPE_CHECKING:
    from ascent.verify.asking import Verified


class AnswerRecord(Record):
    """What a check said of one thing."""

    check: str
    """The check, a section of docs/verify.md."""
    subject: str
    """What it is about: a resource's name in the program, or the stack."""
    verdict: Verdict = at("said", "verdict")
    said: str = at("said", "text")
    runbook: str = at("said", "runbook")
    """Page of the repository that says what to do; empty unless something is not well."""
    command: str = at("said", "command")
    """What to paste to look closer; empty unless something is not well."""


class VerifyDocument(Record):
    """What `ascent verify --json` prints: how a deployed stack is."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    stack: str = at("subject", "stack")
    region: str = at("subject", "aws", "region")
    account: str = at("subject", "aws", "account")
    asked_at: datetime = at("subject", "now")
    """When it was asked, in UTC."""
    well: bool
    """Whether everything was asked and is well."""
    answers: list[AnswerRecord]


def to_document(found: Verified) -> dict[str, Any]:
    """What was found."""
    return VerifyDocument.of(found).values()
