"""`ascent waivers`: what is excused, for how long, where, and what is wrong with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascent.cli.shared.options import AsJson, Directory
from ascent.days import today
from ascent.output.console import console
from ascent.planning import chosen_stacks, start
from ascent.verdicts.findings import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from ascent.verdicts.judged import Judged
    from policies.pack.waivers import Waiver, WaiverBook


@dataclass(frozen=True, slots=True)
class Use:
    """A waiver and what it excuses."""

    waiver: Waiver
    days_left: int
    """Days after today on which it is still in force; negative for one that has expired."""
    excuses: Mapping[str, tuple[str, ...]]
    """Stack → URNs, for the stacks in which it excuses anything."""


def run(as_json: AsJson = False, cwd: Directory = Path()) -> bool:
    """Exit status: 0 fine, 1 findings on waivers, 2 bad input."""
    with start(cwd, chosen_stacks(cwd, ())) as planning:
        from ascent.verdicts.judge import WAIVERS
        from policies.pack.registry import RULES
        from policies.pack.waivers.file import load_waivers

        # Not `waivers_of`: what is wrong with a waiver is here no bad input but what was asked for.
        book = load_waivers(cwd / WAIVERS, today=today(), rules=RULES)
        judged = planning.result(book)
    uses = _uses(book, judged)
    findings = list(dict.fromkeys(line for one in judged for line in one.report.waiver_findings))
    if as_json:
        document = {"waivers": [_record(use) for use in uses], "findings": findings, "fine": not findings}
        print(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _print(console(), uses, findings)
    return not findings


def _uses(book: WaiverBook, judged: Sequence[Judged]) -> list[Use]:
    """All waivers, the first to expire first: those of the file, and those that components carry."""
    carried = [r.waiver for one in judged for r in one.report.results if r.waiver]
    idle = [waiver for one in judged for waiver in one.report.unused_waivers]
    every = list(dict.fromkeys([*book.in_force, *book.expired, *carried, *idle]))
    uses = [
        Use(
            waiver,
            (waiver.expires - book.today).days,
            {
                one.plan.stack: urns
                for one in judged
                if (urns := tuple(r.verdict.urn for r in one.report.results if r.waiver == waiver))
            },
        )
        for waiver in every
    ]
    return sorted(uses, key=lambda use: (use.days_left, use.waiver.rule, use.waiver.urn, use.waiver.place))


def _record(use: Use) -> dict[str, Any]:
    waiver = use.waiver
    return {
        "rule": waiver.rule,
        "urn": waiver.urn,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expires": waiver.expires.isoformat(),
        "daysLeft": use.days_left,
        "place": waiver.place,
        "excuses": {stack: list(urns) for stack, urns in use.excuses.items()},
    }


def _print(out: Console, uses: Sequence[Use], findings: Sequence[str]) -> None:
    from rich.text import Text

    from ascent.output.console.values import printable

    for use in uses:
        waiver = use.waiver
        style = "bold red" if use.days_left < 0 else "yellow" if use.days_left < _SOON else "green"
        left = f"{use.days_left} days left" if use.days_left >= 0 else f"expired {-use.days_left} days ago"
        out.print(
            Text.assemble(
                (left, style),
                " ",
                (waiver.rule, "bold"),
                printable(f" until {waiver.expires}, {waiver.owner}: {waiver.reason}"),
            ),
            soft_wrap=True,
        )
        out.print(f"  {printable(waiver.urn)} ({waiver.place})", markup=False, soft_wrap=True)
        for stack, urns in use.excuses.items():
            names = ", ".join(name_of(urn) for urn in urns)
            out.print(f"  in {stack} it excuses {printable(names)}", markup=False, soft_wrap=True)
        if not use.excuses:
            out.print("  it excuses nothing")
    for line in findings:
        out.print(Text.assemble(("FINDING ", "bold red"), printable(line)), soft_wrap=True)
    out.print(f"{len(uses)} waivers, {len(findings)} findings")


_SOON = 30
"""Days left from which a waiver is worth a look."""
