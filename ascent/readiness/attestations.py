"""What people vouch for: drills, reviews, rehearsed restores. Each has an owner, a date and an end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from ascent.readiness.content.prose import lack_of
from common.fields import Day, Words
from common.problems import InputError, RefusedError, closest, printable
from common.validation import Translation
from common.yaml_text import read_with_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from ascent.readiness.checklist import Checklist

FILE: Final = "docs/attestations.yaml"
"""Where a project keeps its attestations, from Pulumi.yaml's directory."""

_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)
_NOBODY: Final = re.compile(
    r"(?:x+|tbd|todo|n/?a|none|nobody|no one|someone|somebody|anyone|unknown|\W*|\w)", re.IGNORECASE
)
_EVIDENCE: Final = (
    "write the path of a text that tells of it, from Pulumi.yaml's directory, or an address with https://"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an attestation must fit.

    Attributes:
        checklist: the items that can be attested.
        today: the day it is.
        directory: where the paths of evidence start.
        stacks: names of the project's stacks.
    """

    checklist: Checklist
    today: date
    directory: Path
    stacks: Collection[str]


class Attestation(BaseModel):
    """What somebody vouches for; validated in the context of a `Setting`, it also fits that."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: int = Field(description="the number of the checklist item")
    claim: Words = Field(description="what was done, and what came of it")
    owner: Words = Field(description="the person or team that vouches")
    day: Day = Field(alias="date", description="the day it was done, as YYYY-MM-DD")
    expires: Day = Field(description="the last day it holds, as YYYY-MM-DD")
    stacks: Annotated[tuple[Words, ...], Field(min_length=1)] = Field(description="the stacks it is about, by name")
    evidence: Words = Field(description="where the record is: a text of the repository, or an address with https://")

    def concerns(self, stack: str) -> bool:
        """Whether it is about a stack."""
        return stack in self.stacks

    @property
    def is_elsewhere(self) -> bool:
        """Whether its record is at an address, which nobody looks at offline."""
        return "://" in self.evidence

    @field_validator("item")
    @classmethod
    def _can_be_attested(cls, number: int, info: ValidationInfo) -> int:
        setting: Setting | None = info.context
        if setting:
            items = setting.checklist.items
            item = setting.checklist.by_number.get(number)
            if item is None:
                raise RefusedError("there is no such item", f"the items are {items[0].number} to {items[-1].number}")
            if item.proof.attestation is None:
                raise RefusedError(f"{item.title} is proven otherwise", "delete the entry")
        return number

    @field_validator("day")
    @classmethod
    def _is_past(cls, day: date, info: ValidationInfo) -> date:
        setting: Setting | None = info.context
        if setting and day > setting.today:
            raise RefusedError(
                f"must not be after today ({setting.today})", "attest what was done, not what is planned"
            )
        return day

    @field_validator("expires")
    @classmethod
    def _holds_not_too_long(cls, expires: date, info: ValidationInfo) -> date:
        setting: Setting | None = info.context
        day, number = info.data.get("day"), info.data.get("item")
        if day and expires < day:
            raise RefusedError(f"must not be before its date {day}", "write a later day")
        item = setting.checklist.by_number.get(number or 0) if setting else None
        if day and item and item.proof.attestation:
            days = item.proof.attestation.days
            latest = day + timedelta(days=days)
            if expires > latest:
                raise RefusedError(f"it is renewed every {days} days", f"the latest is {latest}")
        return expires

    @field_validator("owner")
    @classmethod
    def _is_somebody(cls, owner: str) -> str:
        if _NOBODY.fullmatch(owner.strip()):
            raise RefusedError("must be the person or team that vouches", "write a name or an address")
        return owner

    @field_validator("stacks")
    @classmethod
    def _names_stacks(cls, stacks: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        setting: Setting | None = info.context
        for stack in stacks if setting else ():
            if setting and stack not in setting.stacks:
                near = closest(stack, setting.stacks)
                fix = f"write {near}" if near else "name each stack that it was done on"
                raise RefusedError(f"{stack} is no stack; the stacks are {', '.join(setting.stacks)}", fix)
        return stacks

    @field_validator("evidence")
    @classmethod
    def _is_there(cls, evidence: str, info: ValidationInfo) -> str:
        setting: Setting | None = info.context
        wrong = ""
        if "://" in evidence:
            wrong = _wrong_address(evidence)
        elif setting:
            wrong = _wrong_record(setting.directory, evidence, info.data.get("day"))
        if wrong:
            raise RefusedError(wrong, _EVIDENCE)
        return evidence


def _wrong_address(address: str) -> str:
    """What is wrong with an address; empty for a right one."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is no address"
    if parts.scheme != "https" or not _HOST.fullmatch(host) or parts.username is not None or " " in address:
        return "must be an address with https:// and a host"
    return ""


def _wrong_record(directory: Path, path: str, day: date | None) -> str:
    """What is wrong with a record in the repository; empty for one that tells of what was done on a day."""
    root = directory.resolve()
    try:
        file = (root / path).resolve()
        inside = file.is_relative_to(root) and file != (root / FILE).resolve()
        if not inside or not file.is_file():
            return "there is no such file in the project"
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return "cannot be read as text"
    lack = lack_of(text)
    if lack:
        return f"it {lack}"
    return f"it does not name the day, {day}" if day and day.isoformat() not in text else ""


class AttestationFile(BaseModel):
    """What docs/attestations.yaml holds."""

    model_config = ConfigDict(extra="forbid")

    attestations: tuple[Attestation, ...] = Field(description="what people vouch for; write attestations: [] for none")


@dataclass(frozen=True, slots=True)
class Attestations:
    """All attestations, sorted by what they are worth on one day.

    Attributes:
        in_force: hold on that day, the latest first.
        expired: do not any more; each is a finding, and its item is unmet.
    """

    in_force: tuple[Attestation, ...] = ()
    expired: tuple[Attestation, ...] = ()

    def findings(self, stack: str) -> tuple[str, ...]:
        """A line per attestation about a stack that has expired and was not renewed."""
        current = {a.item for a in self.in_force if a.concerns(stack)}
        return tuple(
            printable(
                f"{FILE}: the attestation of item {a.item} by {a.owner} ({a.claim}) expired on {a.expires}: "
                "do it again and renew it, or delete it"
            )
            for a in self.expired
            if a.concerns(stack) and a.item not in current
        )


def load_attestations(path: Path, setting: Setting) -> Attestations:
    """Read a file of attestations; no file means none.

    Args:
        path: YAML file with a list under `attestations`.
        setting: what its entries must fit.

    Raises:
        InputError: an entry is malformed, ownerless, about no item or no stack, about an item that is proven
            otherwise, dated in the future, meant to hold for too long, or without a record that tells of it; a line
            for each.
    """
    if not path.is_file():
        return Attestations()
    content, rows = read_with_rows(path)
    try:
        entries = AttestationFile.model_validate({} if content is None else content, context=setting).attestations
    except ValidationError as error:
        translation = Translation(model=AttestationFile, fix="write it as docs/readiness.md shows", rows=rows)
        raise InputError("\n".join(p.line(path.name) for p in translation.problems(error))) from None
    found = sorted(entries, key=lambda a: (a.expires, a.day), reverse=True)
    in_force = tuple(a for a in found if a.expires >= setting.today)
    return Attestations(in_force, tuple(a for a in found if a.expires < setting.today))
