"""What was found before a first deployment as JSON, as described by docs/schemas/doctor.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ascent.document import Record
from ascent.verify.document import AnswerRecord

if TYPE_CHECKING:
    from ascent.doctor.asking import Examined


class DoctorDocument(Record):
    """What `ascent doctor --json` prints: whether a first deployment has what it needs."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    stack: str
    region: str
    account: str
    """Empty where nobody could be asked."""
    well: bool
    """Whether nothing that could be asked is not well."""
    answers: list[AnswerRecord]


def to_document(found: Examined) -> dict[str, Any]:
    """What was found."""
    return DoctorDocument.of(found).values()
