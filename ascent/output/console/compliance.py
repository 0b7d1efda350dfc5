"""A stack held against a framework, and the frameworks there are, as lines of at most 80 columns."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from ascent.compliance.assess import CAVEAT, Standing
from ascent.compliance.mapping import rules_by_control
from ascent.output.console.values import printable
from ascent.verdicts.findings import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ascent.compliance.assess import Assessment
    from ascent.compliance.frameworks import Framework

_WIDTH: Final = 80
_RESOURCES: Final = 3
"""Resources shown per rule; --json and --out have all."""


def lines(one: Assessment) -> Iterator[str]:
    """What a reader needs: counts, what fails and where, what is open, what no rule speaks for."""
    yield from _wrapped(f"{one.stack}  {one.framework.label}, tier {one.tier}, as of {one.today}")
    for standing, count in one.counts.items():
        yield f"  {count:>4}  {standing.value}"
    for standing in (Standing.FAILING, Standing.UNVERIFIED, Standing.EXCEPTED):
        yield from _findings(one, standing)
    for standing in (Standing.COVERED, Standing.NOTHING, Standing.NO_RULE):
        yield from _ids(standing, [control.id for control in one.standing(standing)])
    if one.framework.note:
        yield ""
        yield from _wrapped(one.framework.note)
    yield ""
    yield from _wrapped(CAVEAT)
    yield from _wrapped(f"Mapping: {one.framework.source} ({one.framework.day}).")
    yield ""


def _findings(one: Assessment, standing: Standing) -> Iterator[str]:
    controls = one.standing(standing)
    if not controls:
        return
    yield f"\n{standing.value}"
    for control in controls:
        head = f"  {control.id}  {control.title}".rstrip()
        yield head
        found = control.against(standing)
        for rule in dict.fromkeys(result.verdict.rule for result in found):
            urns = [result.verdict.urn for result in found if result.verdict.rule == rule]
            names = [printable(name_of(urn)) for urn in urns[:_RESOURCES]]
            more = [f"and {len(urns) - _RESOURCES} more"] if len(urns) > _RESOURCES else []
            yield from _wrapped(f"{rule}: {', '.join([*names, *more])}", "      ", "        ")
        if standing is Standing.UNVERIFIED and control.off:
            yield from _wrapped(f"off at this tier: {', '.join(r.id for r in control.off)}", "      ", "        ")


def _ids(standing: Standing, ids: list[str]) -> Iterator[str]:
    if ids:
        yield f"\n{standing.value}"
        yield from _wrapped(", ".join(ids), "  ", "  ")


def framework_lines(frameworks: Iterable[Framework]) -> Iterator[str]:
    """A line or two per framework: what it is called, and how many of its controls have a rule."""
    yield "framework       controls  with a rule"
    for one in frameworks:
        by_control = rules_by_control(one)
        yield f"{one.id:<15} {len(by_control):>8}  {sum(bool(rules) for rules in by_control.values()):>11}"
        yield from _wrapped(f"{one.label}; also {', '.join(one.aliases)}", "    ", "    ")


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    return wrap(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) or [""]
