"""What people vouch for: drills, reviews, rehearsed restores. Each has an owner, a date and an end."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from common.fields import Day, Words
from common.problems import InputError, RefusedError, closest, printable
from common.validation import Translation
from common.yaml_text import read_with_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from ascent.readiness.checklist import Checklist

FILE: Final = "docs/attestations.yaml"
"""Where a project keeps its attestations, from Pulumi.yaml's directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an attestation must fit.

    Attributes:
        checklist: the items that can be attested.
        today: the day it is.
        directory: where the paths of evidence start.
        stacks: names of the project's stacks; empty where they are not known.
    """

    checklist: Checklist
    today: date
    directory: Path
    stacks: Collection[str] = ()


class Attestation(BaseModel):
    """What somebody vouches for; validated in the context of a `Setting`, it also fits that."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: int = Field(description="the number of the checklist item")
    claim: Words = Field(description="what was done, and what came of it")
    owner: Words = Field(description="the person or team that vouches")
    day: Day = Field(alias="date", description="the day it was done, as YYYY-MM-DD")
    expires: Day = Field(description="the last day it holds, as YYYY-MM-DD")
    stacks: Annotated[tuple[Words, ...], Field(min_length=1)] = Field(
        default=("*",), description="the stacks it is about; * stands for any characters"
    )
    evidence: str = Field(default="", description="where the record is: a path from Pulumi.yaml, or an address")

    def concerns(self, stack: str) -> bool:
        """Whether it is about a stack."""
        return any(fnmatchcase(stack, pattern) for pattern in self.stacks)

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

    @field_validator("stacks")
    @classmethod
    def _names_stacks(cls, patterns: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        setting: Setting | None = info.context
        if setting and setting.stacks:
            for pattern in patterns:
                if not any(fnmatchcase(stack, pattern) for stack in setting.stacks):
                    near = closest(pattern, setting.stacks)
                    fix = f"write {near}" if near else "remove it"
                    raise RefusedError(f"{pattern} is no stack; the stacks are {', '.join(setting.stacks)}", fix)
        return patterns

    @field_validator("evidence")
    @classmethod
    def _is_there(cls, evidence: str, info: ValidationInfo) -> str:
        setting: Setting | None = info.context
        if setting and evidence and "://" not in evidence and not os.path.exists(setting.directory / evidence):
            raise RefusedError(
                "there is no such file", "write a path from Pulumi.yaml's directory, or an address with ://"
            )
        return evidence


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
            otherwise, dated in the future, meant to hold for too long, or without its evidence; a line for each.
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
