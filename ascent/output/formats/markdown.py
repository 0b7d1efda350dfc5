"""Findings as Markdown for a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.output.formats.comment import LIMIT, Bounded, escaped
from ascent.output.formats.places import place_of
from ascent.verdicts.findings import Meaning, meaning_of, name_of, worst_first
from policies.pack.registry import RULES
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result

_STOPS: Final = (Meaning.FAIL, Meaning.ERROR)


def render(judged: Sequence[Judged], limit: int = LIMIT) -> str:
    """A comment on all stacks, no longer than `limit` characters."""
    text = Bounded(limit, "findings", "`--format json` has them all")
    text.always("### Ascent: " + ("fine" if all(one.fine for one in judged) else "**not fine**"))
    for one in judged:
        text.always(_summary(one))
    for one in judged:
        _stack(text, one)
    return text.whole()


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
    return f"{mark} **{escaped(one.plan.stack)}** ({escaped(one.plan.tier)}): {', '.join(parts)}"


def _stack(text: Bounded, one: Judged) -> None:
    stack = escaped(one.plan.stack)
    by_meaning: dict[Meaning, list[Result]] = {}
    for result in worst_first(one.report.findings):
        by_meaning.setdefault(meaning_of(result), []).append(result)
    stopping = [r for meaning in _STOPS for r in by_meaning.get(meaning, [])]
    text.table(f"**{stack}: what stops it**\n\n{_HEAD}", (_row(one, r) for r in stopping))
    text.table(f"**{stack}: inconsistencies of the plan**\n", (f"- {escaped(p)}" for p in one.problems))
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
    text.table(opening, (f"- {escaped(line)}" for line in findings), "\n</details>")


_HEAD: Final = "| rule | severity | resource | finding |\n|---|---|---|---|"


def _row(one: Judged, result: Result) -> str:
    verdict = result.verdict
    path, line = place_of(one, verdict.urn)
    where = f"{name_of(verdict.urn)} ({path}:{line})" if one.position(verdict.urn) else name_of(verdict.urn)
    cells = (escaped(where), escaped(result.message))
    return f"| {verdict.rule} | {RULES[verdict.rule].severity.value} | {' | '.join(cells)} |"
