"""Waivers as they are written: in the pack's file, and in code beside the component that they excuse.

A component carries its own in its inputs, under `CARRIER`: Pulumi registers a component before whatever it holds and
shows those inputs to the pack and to the offline plan alike, and no cloud ever sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import yaml

from .facts import Secret, Unknown, Value
from .values import items, shown
from .waivers import PREFIX, Waiver, WaiverBook, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

MAX_DAYS: Final = 180
"""Longest time a waiver may run from today."""

CARRIER: Final = "policyWaivers"
"""Input of a component that lists its waivers."""

_MEANING: Final = {
    "rule": "the id of the rule, e.g. s3-versioning",
    "urn": "the resource's URN, with * for any characters",
    "resource": "the resource's logical name, with * for any characters",
    "reason": "why the finding is accepted",
    "owner": "the person or team that answers for it",
}


def load_waivers(path: Path, *, today: date, rules: Collection[str]) -> WaiverBook:
    """Read a waivers file; no file means no waivers.

    Args:
        path: YAML file with a list under `waivers`.
        today: the day it is.
        rules: ids of the rules there are.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return WaiverBook(today=today)
    except (OSError, UnicodeDecodeError) as error:
        line = f"{path.name}: cannot be read ({type(error).__name__}); make it a readable UTF-8 text file"
        return WaiverBook(today=today, problems=(line,))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark is not None else ""
        line = f"{path.name}{where}: is not valid YAML; see the example in the comment at the file's head"
        return WaiverBook(today=today, problems=(line,))
    entries = content.get("waivers") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        line = f"{path.name}: holds no list under 'waivers'; write 'waivers: []' for none"
        return WaiverBook(today=today, problems=(line,))
    read = _Reader(today, rules, "urn", _urn_problems)
    return read.book((f"{path.name} waivers[{n}]", entry) for n, entry in enumerate(entries, start=1))


def carried_waivers(
    urn: str, kind: str, props: Mapping[str, Value], *, today: date, rules: Collection[str]
) -> WaiverBook | None:
    """The waivers that a component carries; None for a resource that carries none.

    Args:
        urn: the component's URN; the waivers excuse what is below it.
        kind: its type; resources of AWS carry no waivers.
        props: its inputs.
        today: the day it is.
        rules: ids of the rules there are.
    """
    if CARRIER not in props or kind.startswith("aws:"):
        return None
    place = f"{CARRIER} of {name_of(urn)}"
    entries = items(props, CARRIER)
    if isinstance(entries, Unknown) or isinstance(props[CARRIER], Secret):
        line = f"{place}: are secret or known only after deployment; write them out"
        return WaiverBook(today=today, problems=(line,))
    read = _Reader(today, rules, "resource", lambda _: [], within=urn)
    return read.book((f"{place} [{n}]", entry) for n, entry in enumerate(entries, start=1))


class _Reader:
    """Makes waivers of entries, whichever way they are written."""

    def __init__(
        self,
        today: date,
        rules: Collection[str],
        target: str,
        target_problems: Callable[[str], list[str]],
        within: str = "",
    ) -> None:
        self._today, self._rules, self._within = today, rules, within
        self._target, self._target_problems = target, target_problems
        self._texts = ("rule", target, "reason", "owner")
        self._fields = (*self._texts, "expires", "names", "count")

    def book(self, entries: Iterable[tuple[str, Value]]) -> WaiverBook:
        """The entries, each with its place, sorted."""
        in_force: list[Waiver] = []
        expired: list[Waiver] = []
        lines: list[str] = []
        for place, raw in entries:
            entry = _plain(raw)
            problems = self._problems(entry)
            lines += (f"{place}: {problem}" for problem in problems)
            if not problems:
                waiver = self._waiver(place, entry)
                (expired if waiver.expires < self._today else in_force).append(waiver)
        return WaiverBook(today=self._today, in_force=tuple(in_force), expired=tuple(expired), problems=tuple(lines))

    def _waiver(self, place: str, entry: Mapping[str, Any]) -> Waiver:
        rule, target, reason, owner = (entry[key].strip() for key in self._texts)
        names = tuple(name.strip() for name in entry.get("names") or ())
        return Waiver(
            rule=rule,
            urn=f"{PREFIX}*::{target}" if self._within else target,
            reason=reason,
            owner=owner,
            expires=entry["expires"],
            names=names,
            count=len(names) or entry.get("count", 1),
            within=self._within,
            place=place,
        )

    def _problems(self, entry: Value) -> list[str]:
        if not isinstance(entry, dict):
            return [f"is {shown(entry)}; an entry is a mapping with {', '.join(self._fields[:5])}"]
        allowed = ", ".join(self._fields)
        found = [f"has an unknown field {k!r}; allowed: {allowed}" for k in entry if k not in self._fields]
        for key in self._texts:
            value = entry.get(key)
            if not isinstance(value, str) or not value.strip():
                found.append(f"{key} is {_quoted(value)}; write {_MEANING[key]}")
        if found:
            return found
        if entry["rule"].strip() not in self._rules:
            found.append(f"rule is {entry['rule']!r}, which is no rule; take an id from the policy listing")
        found += self._target_problems(entry[self._target].strip())
        found += _date_problems(entry.get("expires"), self._today)
        return found + _extent_problems(entry)


def _plain(entry: Value) -> Value:
    """An entry with its day as a date: inputs, and quoted texts in YAML, have none."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("expires"), str):
        return entry
    try:
        return {**entry, "expires": date.fromisoformat(entry["expires"])}
    except ValueError:
        return entry


def _quoted(value: Value) -> str:
    return repr(value) if isinstance(value, str | list) or value is None else shown(value)


def _urn_problems(urn: str) -> list[str]:
    stack, _, rest = urn.removeprefix(PREFIX).partition("::")
    if urn.startswith(PREFIX) and stack and rest.strip("*:"):
        return []
    return [
        f"urn is {urn!r}, which names no resource; write {PREFIX}<stack>::<project>::<type>::<name>,"
        " with * for any characters"
    ]


def _date_problems(expires: Value, today: date) -> list[str]:
    latest = today + timedelta(days=MAX_DAYS)
    # A datetime is a date to isinstance, but does not compare with one.
    if type(expires) is not date:
        return [f"expires is {_quoted(expires)}; write a day from {today} to {latest} as YYYY-MM-DD"]
    if expires > latest:
        return [f"expires is {expires}, more than {MAX_DAYS} days ahead; the latest is {latest}"]
    return []


def _extent_problems(entry: Mapping[str, Any]) -> list[str]:
    """What is wrong with `names` and `count`."""
    if "names" in entry and "count" in entry:
        return ["has both names and count; the names say how many"]
    names, count = entry.get("names", ["one"]), entry.get("count", 1)
    if not isinstance(names, list) or not names or not all(isinstance(n, str) and n.strip() for n in names):
        return [f"names is {_quoted(names)}; write a list of the resources' logical names"]
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        return [f"count is {shown(count)}; write how many resources the entry excuses, 1 or more"]
    return []
