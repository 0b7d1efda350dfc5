"""A probe as JSON, as described by docs/schemas/probe.schema.json: what is printed, recorded, and read as evidence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AliasChoices, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from ascent.probe.answer import Verdict
from ascent.probe.table import CHECKS
from common.fields import Words
from common.problems import RefusedError, closest

if TYPE_CHECKING:
    from ascent.probe.asking import Probed

DIGEST = r"^sha256:[0-9a-f]{64}$"


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
    )


class CheckRecord(_Part):
    """What a check said."""

    id: str
    """The check, a section of docs/probe.md."""
    items: tuple[int, ...]
    """Numbers of the checklist items that it proves, or a part of them."""
    verdict: Verdict
    evidence: Words
    """What was seen; one line."""
    fix: str
    """What to do about it; empty for what is proven."""
    seconds: Annotated[float, Field(ge=0)]

    @model_validator(mode="after")
    def _is_a_check(self) -> Self:
        if self.id not in CHECKS:
            near = closest(self.id, CHECKS)
            raise RefusedError(f"{self.id} is no check", f"write {near}" if near else "probe again")
        if self.items != CHECKS[self.id].items:
            raise RefusedError(f"{self.id} proves {list(CHECKS[self.id].items)}", "probe again")
        if bool(self.fix) is (self.verdict is Verdict.PROVEN):
            raise RefusedError("a fix goes with what is not proven, and with that alone", "probe again")
        return self


class ProbeDocument(_Part):
    """What `ascent probe --json` prints and records: what an application was found to be, on one day."""

    schema_version: Literal[1] = Field(1, validation_alias=AliasChoices("schemaVersion", "schema_version"))
    """Raised when a reader of the previous version would misread a document."""
    how: Literal["url", "command", "image"]
    """Whether it was found running, or started from a command or an image."""
    target: Words
    """The address, the command or the image, as it was given."""
    digest: Annotated[str, Field(pattern=f"{DIGEST}|^$")]
    """Digest of the image; empty where it is not known: then it is evidence for nothing."""
    stated: bool
    """Whether whoever probed said that the digest is right, and nothing proved it."""
    probed_at: AwareDatetime
    """When it began, in UTC."""
    checks: Annotated[tuple[CheckRecord, ...], Field(min_length=1)]
    """In the order in which they were asked."""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        ids = [check.id for check in self.checks]
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice:
            raise RefusedError(f"{twice} stands twice", "probe again")
        if self.how != "image" and self.digest and not self.stated:
            raise RefusedError(f"the digest of a {self.how} is stated by whoever probed", "probe again")
        return self


def document_of(probed: Probed) -> ProbeDocument:
    """What came of a probe, as a document."""
    when: datetime = probed.when
    return ProbeDocument(
        schema_version=1,
        how=probed.how,
        target=probed.target,
        digest=probed.digest,
        stated=probed.stated,
        probed_at=when,
        checks=tuple(
            CheckRecord(
                id=answer.check,
                items=CHECKS[answer.check].items,
                verdict=answer.said.verdict,
                evidence=answer.said.evidence,
                fix=answer.said.fix,
                seconds=round(answer.seconds, 1),
            )
            for answer in probed.answers
        ),
    )


def values_of(probed: Probed) -> dict[str, Any]:
    """What came of a probe, as JSON values."""
    return document_of(probed).model_dump(mode="json", by_alias=True)
