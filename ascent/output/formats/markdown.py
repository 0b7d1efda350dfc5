"""Findings as Markdown for a comment on a pull request.

Names and values come from the program under review, so everything that could end a table cell, start a mention or be
taken for HTML is escaped; and a service refuses comments that are too long, so the size is bounded and what is left out
is counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.output.formats.places import place_of, plain
from ascent.verdicts.findings import Meaning, meaning_of, name_of, worst_first
from policies.pack.registry import RULES
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result

LIMIT: Final = 60_000
"""Characters; GitHub takes 65,536."""

_CELL: Final = 400
"""Characters of one cell; a longer message is cut."""

_RESERVE: Final = 400
"""Characters kept free for the closing notes."""

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]#!|~$])")
_LINKED: Final = re.compile(r"(@|\\#|:(?=//)|www(?=\.))")
"""What GitHub makes links of in the finished text, escaped or not; only a character in between prevents it."""

_STOPS: Final = (Meaning.FAIL, Meaning.ERROR)


def render(judged: Sequence[Judged], limit: int = LIMIT) -> str:
    """A comment on all stacks, no longer than `limit` characters."""
    text = _Bounded(limit)
    text.always("### Ascent: " + ("fine" if all(one.fine for one in judged) else "**not fine**"))
    for one in judged:
        text.always(_summary(one))
    for one in judged:
        _stack(text, one)
    return text.whole()


class _Bounded:
    """Text that stops growing at a limit and counts what it leaves out."""

    def __init__(self, limit: int) -> None:
        self._room = limit - _RESERVE
        self._parts: list[str] = []
        self._left_out = 0

    def always(self, line: str) -> None:
        self._parts.append(line)
        self._room -= len(line) + 2

    def table(self, opening: str, rows: Iterable[str], closing: str = "") -> None:
        """Add as many rows as there is room for, between an opening and a closing."""
        every = list(rows)
        if not every:
            return
        size = len(opening) + len(closing) + 4
        kept: list[str] = []
        for row in every:
            if self._left_out or size + len(row) + 1 > self._room:
                break
            kept.append(row)
            size += len(row) + 1
        self._left_out += len(every) - len(kept)
        if kept:
            self._room -= size
            self._parts.append("\n".join([opening, *kept, *([closing] if closing else [])]))

    def whole(self) -> str:
        if self._left_out:
            self._parts.append(f"**{self._left_out} more findings are left out here**; `--format json` has them all.")
        return "\n\n".join(self._parts) + "\n"


def _summary(one: Judged) -> str:
    counts = one.report.counts
    stops = len(one.report.mandatory_failures)
    advises = sum(1 for r in one.report.results if meaning_of(r) is Meaning.ADVISE)
    mark = "\N{WHITE HEAVY CHECK MARK}" if one.fine else "\N{CROSS MARK}"
    parts = [
        f"**{stops} mandatory fail**" if stops else "0 mandatory fail",
        f"{advises} advise",
        f"{counts[Status.PASS]} pass",
        f"{counts[Status.UNKNOWN]} unverified until deployed",
        f"{one.report.waived} waived",
    ]
    if one.problems:
        parts.append(f"**{len(one.problems)} problems**")
    return f"{mark} **{_escaped(one.plan.stack)}** ({_escaped(one.plan.tier)}): {', '.join(parts)}"


def _stack(text: _Bounded, one: Judged) -> None:
    stack = _escaped(one.plan.stack)
    by_meaning: dict[Meaning, list[Result]] = {}
    for result in worst_first(one.report.findings):
        by_meaning.setdefault(meaning_of(result), []).append(result)
    stopping = [r for meaning in _STOPS for r in by_meaning.get(meaning, [])]
    text.table(f"**{stack}: what stops it**\n\n{_HEAD}", (_row(one, r) for r in stopping))
    text.table(f"**{stack}: inconsistencies of the plan**\n", (f"- {_escaped(p)}" for p in one.problems))
    for meaning, title in (
        (Meaning.ADVISE, "advice"),
        (Meaning.UNVERIFIED, "unverified until deployed"),
        (Meaning.WAIVED, "waived"),
    ):
        found = by_meaning.get(meaning, [])
        opening = f"<details><summary>{stack}: {len(found)} {title}</summary>\n\n{_HEAD}"
        text.table(opening, (_row(one, r) for r in found), "\n</details>")
    findings = one.report.waiver_findings
    opening = f"<details><summary>{stack}: {len(findings)} findings on waivers</summary>\n"
    text.table(opening, (f"- {_escaped(line)}" for line in findings), "\n</details>")


_HEAD: Final = "| rule | severity | resource | finding |\n|---|---|---|---|"


def _row(one: Judged, result: Result) -> str:
    verdict = result.verdict
    path, line = place_of(one, verdict.urn)
    where = f"{name_of(verdict.urn)} ({path}:{line})" if one.position(verdict.urn) else name_of(verdict.urn)
    cells = (_escaped(where), _escaped(result.message))
    return f"| {verdict.rule} | {RULES[verdict.rule].severity.value} | {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """A text as Markdown that shows it and does nothing else."""
    line = " ".join(plain(text).split())
    if len(line) > _CELL:
        line = line[: _CELL - 1] + "\N{HORIZONTAL ELLIPSIS}"
    shown = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKED.sub(r"\1&#8203;", _SPECIAL.sub(r"\\\1", shown))
