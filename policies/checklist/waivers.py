"""Waivers: findings that somebody answers for, for a while.

A waiver never hides a finding: it is shown as waived, with its reason. It ends by itself, and one that excuses nothing
any more is a finding too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import yaml

from .verdict import Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

MAX_DAYS: Final = 180
"""Longest time a waiver may run from today."""

_FIELDS: Final = ("rule", "urn", "reason", "owner", "expires")
_PREFIX: Final = "urn:pulumi:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One excuse for one rule."""

    rule: str
    """Id of the rule."""
    urn: str
    """URN of the resource; `*` stands for any characters."""
    reason: str
    """Why the finding is accepted."""
    owner: str
    """Who answers for it."""
    expires: date
    """Last day in force."""

    def covers(self, verdict: Verdict) -> bool:
        """Whether it excuses a verdict: a failure or something unverified, never a rule's own error."""
        if verdict.rule != self.rule or verdict.status not in (Status.FAIL, Status.UNKNOWN):
            return False
        return _pattern(self.urn).fullmatch(verdict.urn) is not None

    def concerns(self, stack: str) -> bool:
        """Whether it can apply to a stack, judged by the stack's name in its URN pattern."""
        return _pattern(self.urn.split("::")[0]).fullmatch(_PREFIX + stack) is not None


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    # Not fnmatch: brackets and question marks are ordinary characters in a resource's name.
    return re.compile(".*".join(re.escape(part) for part in glob.split("*")), re.DOTALL)


def load_waivers(path: Path, *, today: date, rules: Collection[str]) -> tuple[tuple[Waiver, ...], tuple[str, ...]]:
    """Read a waivers file.

    Args:
        path: YAML file with a list under `waivers`.
        today: the day it is.
        rules: ids of the rules there are.

    Returns:
        The waivers in force, and a line per entry (or file) that is wrong: it names the place, the value, what is
        allowed and the fix. What is wrong is not in force.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return (), ()
    except (OSError, UnicodeDecodeError) as error:
        return (), (f"{path.name}: cannot be read ({type(error).__name__}); make it a readable UTF-8 text file",)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark is not None else ""
        return (), (f"{path.name}{where}: is not valid YAML; see the example in the comment at the file's head",)
    entries = content.get("waivers") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        return (), (f"{path.name}: holds no list under 'waivers'; write 'waivers: []' for none",)
    good: list[Waiver] = []
    bad: list[str] = []
    for number, entry in enumerate(entries, start=1):
        problems = _problems(entry, today, rules)
        bad += [f"{path.name} waivers[{number}]: {problem}" for problem in problems]
        if not problems:
            good.append(Waiver(**{k: v.strip() if isinstance(v, str) else v for k, v in entry.items()}))
    return tuple(good), tuple(bad)


def _problems(entry: Any, today: date, rules: Collection[str]) -> list[str]:  # noqa: ANN401 - whatever YAML gave
    if not isinstance(entry, dict):
        return [f"is {entry!r}; an entry is a mapping with {', '.join(_FIELDS)}"]
    found = [f"has an unknown field {key!r}; allowed: {', '.join(_FIELDS)}" for key in entry if key not in _FIELDS]
    for key in _FIELDS[:-1]:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            found.append(f"{key} is {value!r}; write {_MEANING[key]}")
    if found:
        return found
    if entry["rule"].strip() not in rules:
        found.append(f"rule is {entry['rule']!r}, which is no rule; take an id from the policy listing")
    found += _urn_problems(entry["urn"].strip())
    found += _date_problems(entry.get("expires"), today)
    return found


_MEANING: Final = {
    "rule": "the id of the rule, e.g. s3-versioning",
    "urn": "the resource's URN, with * for any characters",
    "reason": "why the finding is accepted",
    "owner": "the person or team that answers for it",
}


def _urn_problems(urn: str) -> list[str]:
    stack, _, rest = urn.removeprefix(_PREFIX).partition("::")
    if urn.startswith(_PREFIX) and stack and rest.strip("*:"):
        return []
    return [
        f"urn is {urn!r}, which names no resource; write {_PREFIX}<stack>::<project>::<type>::<name>,"
        " with * for any characters"
    ]


def _date_problems(expires: Any, today: date) -> list[str]:  # noqa: ANN401 - whatever YAML gave
    latest = today + timedelta(days=MAX_DAYS)
    # A datetime is a date to isinstance, but does not compare with one.
    if type(expires) is not date:
        return [f"expires is {expires!r}; write a day from {today} to {latest} as YYYY-MM-DD without quotes"]
    if expires < today:
        return [f"expired on {expires}; fix the finding and delete the entry, or renew it to {latest} at the latest"]
    if expires > latest:
        return [f"expires is {expires}, more than {MAX_DAYS} days ahead; the latest is {latest}"]
    return []
