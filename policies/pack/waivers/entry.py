"""A waiver as it is written, in the pack's file or in a component's inputs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, TypedDict

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from common.problems import RefusedError
from common.validation import Translation
from policies.pack.waivers.book import WaiverBook
from policies.pack.waivers.waiver import PREFIX, Waiver

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from common.yaml_text import Rows

MAX_DAYS: Final = 180
"""Longest time a waiver may run from today."""

_EXTENT: Final = "a list of the resources' logical names"


class _Context(TypedDict):
    today: date
    rules: Collection[str]


def _day(value: Any, info: ValidationInfo[_Context]) -> date:  # noqa: ANN401 - whatever is written
    today: date = info.context["today"]
    latest = today + timedelta(days=MAX_DAYS)
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        fix = f"write a day from {today} to {latest} as YYYY-MM-DD"
        raise RefusedError("it is no day of the calendar", fix) from None
    if day > latest:
        raise RefusedError(f"it is more than {MAX_DAYS} days ahead", f"the latest is {latest}")
    return day


def _names(value: Any) -> Any:  # noqa: ANN401 - whatever is written
    names = list(value) if isinstance(value, list | tuple) else []
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise RefusedError(f"it must be {_EXTENT}", "write them out, or leave it out")
    return tuple(name.strip() for name in names)


class Entry(BaseModel):
    """What every waiver says.

    Args:
        rule: id of the rule.
        reason: why the finding is accepted.
        owner: who answers for it.
        expires: last day in force.
        names: logical names of the resources it excuses; none for whatever matches.
        count: at most how many resources it excuses, where it does not name them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str = Field(description="the id of the rule, e.g. s3-versioning")
    reason: str = Field(description="why the finding is accepted")
    owner: str = Field(description="the person or team that answers for it")
    expires: Annotated[date, BeforeValidator(_day)] = Field(
        description=f"the last day in force as YYYY-MM-DD, at most {MAX_DAYS} days ahead"
    )
    names: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    count: Annotated[int, Field(strict=True, ge=1)] = 1

    @field_validator("rule", "reason", "owner", "urn", "resource", mode="before", check_fields=False)
    @classmethod
    def _says_something(cls, value: Any, info: ValidationInfo[_Context]) -> Any:  # noqa: ANN401 - whatever is written
        if not isinstance(value, str) or not value.strip():
            raise RefusedError("it must be text", f"write {cls.model_fields[info.field_name or ''].description}")
        return value.strip()

    @field_validator("rule")
    @classmethod
    def _is_a_rule(cls, rule: str, info: ValidationInfo[_Context]) -> str:
        if rule not in info.context["rules"]:
            raise RefusedError("it is no rule", "take an id from the policy listing")
        return rule

    @field_validator("count")
    @classmethod
    def _is_no_second_extent(cls, count: int, info: ValidationInfo[_Context]) -> int:
        if info.data.get("names"):
            raise RefusedError("there are names, which say how many", "remove one of the two")
        return count


class FileEntry(Entry):
    """A waiver in the pack's file.

    Args:
        urn: the resource's URN.
    """

    urn: str = Field(description="the resource's URN, with * for any characters")

    @field_validator("urn")
    @classmethod
    def _names_a_resource(cls, urn: str) -> str:
        stack, _, rest = urn.removeprefix(PREFIX).partition("::")
        if urn.startswith(PREFIX) and stack and rest.strip("*:"):
            return urn
        form = f"{PREFIX}<stack>::<project>::<type>::<name>"
        raise RefusedError("it names no resource", f"write {form}, with * for any characters")


class CarriedEntry(Entry):
    """A waiver in a component's inputs.

    Args:
        resource: the resource's logical name.
    """

    resource: str = Field(description="the resource's logical name, with * for any characters")


class Reading:
    """Makes waivers of entries.

    Args:
        model: how they are written.
        source: where they are written: the file's name, or the component's.
        today: the day it is.
        rules: ids of the rules there are.
        within: URN of the component that carries them; empty for the file.
        rows: lines of the file; None where there are none.
    """

    def __init__(
        self,
        model: type[FileEntry | CarriedEntry],
        source: str,
        *,
        today: date,
        rules: Collection[str],
        within: str = "",
        rows: Rows | None = None,
    ) -> None:
        self._model, self._source, self._within, self._rows = model, source, within, rows
        self._context: _Context = {"today": today, "rules": rules}

    def book(self, entries: Iterable[Any], key: str = "") -> WaiverBook:
        """The entries, sorted by what they are worth today.

        Args:
            entries: what is written, in order.
            key: under which key of the file they are listed.
        """
        today = self._context["today"]
        every: list[Waiver] = []
        problems: list[str] = []
        for index, entry in enumerate(entries):
            place = f"{key}[{index + 1}]"
            try:
                read = self._model.model_validate(entry, context=self._context)
            except ValidationError as error:
                said = Translation(model=self._model, root=place, rows=self._rows, within=(key, index))
                problems += (problem.line(self._source) for problem in said.problems(error))
            else:
                every.append(self._waiver(read, f"{self._source} {place}"))
        return WaiverBook(
            today=today,
            in_force=tuple(w for w in every if w.expires >= today),
            expired=tuple(w for w in every if w.expires < today),
            problems=tuple(problems),
        )

    def _waiver(self, entry: FileEntry | CarriedEntry, place: str) -> Waiver:
        return Waiver(
            rule=entry.rule,
            urn=entry.urn if isinstance(entry, FileEntry) else f"{PREFIX}*::{entry.resource}",
            reason=entry.reason,
            owner=entry.owner,
            expires=entry.expires,
            names=entry.names,
            count=len(entry.names) or entry.count,
            within=self._within,
            place=place,
        )
