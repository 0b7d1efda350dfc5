"""What people vouch for: drills, reviews, rehearsed restores. Each has an owner, a date and an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BeforeValidator, Field, ValidationError

from ascent.readiness.entry import Entry
from ascent.readiness.wrong import lines_of, printable
from common.problems import InputError
from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ascent.readiness.checklist import Checklist

FILE: Final = "docs/attestations.yaml"
"""Where a project keeps its attestations, from Pulumi.yaml's directory."""


def _day(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """A day from its text; the validator's own parser takes numbers and times of day as well."""
    if not isinstance(value, str):
        raise ValueError("write a day as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("write a day as YYYY-MM-DD") from None


def _words(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(value, str) or not value.strip():
        raise ValueError("write it out in words")
    return value.strip()


Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[str, BeforeValidator(_words)]


class Attestation(Entry):
    """What somebody vouches for.

    Args:
        item: number of the checklist item.
        claim: what was done, and what came of it.
        owner: the person or team that vouches.
        day: the day it was done (`date` in the file).
        expires: last day it holds.
        stacks: stacks it is about; `*` stands for any characters.
        evidence: where the record is: a path or an address; empty for none.
    """

    item: int
    claim: Words
    owner: Words
    day: Day = Field(alias="date")
    expires: Day
    stacks: Annotated[tuple[Words, ...], Field(min_length=1)] = ("*",)
    evidence: str = ""

    def concerns(self, stack: str) -> bool:
        """Whether it is about a stack."""
        return any(fnmatchcase(stack, pattern) for pattern in self.stacks)


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


def load_attestations(path: Path, checklist: Checklist, *, today: date) -> Attestations:
    """Read a file of attestations; no file means none.

    Args:
        path: YAML file with a list under `attestations`.
        checklist: the items that can be attested.
        today: the day it is.

    Raises:
        InputError: an entry is malformed, ownerless, about no item, about one that is proven otherwise, dated in the
            future, or meant to hold for too long; a line for each.
    """
    if not path.is_file():
        return Attestations()
    content = read_yaml(path)
    entries = content.get("attestations") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise InputError(f"{path.name}: holds no list under attestations; write attestations: [] for none")
    found: list[Attestation] = []
    problems: list[str] = []
    for index, raw in enumerate(entries):
        place = f"attestations[{index}]"
        try:
            entry = Attestation.model_validate(raw)
        except ValidationError as error:
            problems += lines_of(error, path.name, place)
            continue
        problems += (f"{path.name}: {place}{problem}" for problem in _problems(entry, checklist, today))
        found.append(entry)
    if problems:
        raise InputError("\n".join(problems))
    found.sort(key=lambda a: (a.expires, a.day), reverse=True)
    return Attestations(tuple(a for a in found if a.expires >= today), tuple(a for a in found if a.expires < today))


def _problems(entry: Attestation, checklist: Checklist, today: date) -> Iterator[str]:
    item = checklist.by_number.get(entry.item)
    if item is None:
        numbers = f"{checklist.items[0].number} to {checklist.items[-1].number}"
        yield f".item is {entry.item}: there is no such item; the items are {numbers}"
        return
    proof = item.proof.attestation
    if proof is None:
        yield f".item is {entry.item} ({item.title}): it is proven otherwise; delete the entry"
        return
    if entry.day > today:
        yield f".date is {entry.day}, after today ({today}): attest what was done, not what is planned"
    if entry.expires < entry.day:
        yield f".expires is {entry.expires}, before its date {entry.day}: write a later day"
    latest = entry.day + timedelta(days=proof.days)
    if entry.expires > latest:
        yield f".expires is {entry.expires}: it is renewed every {proof.days} days; the latest is {latest}"
