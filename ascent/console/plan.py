"""A plan on the console: the tree by layer, the verdicts, one summary line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from ascent.layers import LAYERS, OTHER, group_of
from policies.checklist.levels import Level
from policies.checklist.registry import RULES
from policies.checklist.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from ascent.plan.model import Plan, Resource
    from policies.checklist.evaluate import Report, Result
    from policies.checklist.waivers import Waiver

_STYLES = {
    "FAIL": "bold red",
    "ERROR": "bold red",
    "advise": "yellow",
    "unverified": "cyan",
    "waived": "dim",
}


def print_plan(console: Console, plan: Plan, report: Report, problems: Sequence[str]) -> None:
    """Print one stack: its tree, what the rules found, and the plan's own inconsistencies.

    Args:
        console: where to.
        plan: what the stack would register.
        report: the rules' verdicts on it.
        problems: lines on duplicates, orphans and references to nothing.
    """
    console.print(_tree(plan))
    for line in _findings(report):
        console.print(line, soft_wrap=True)
    for problem in problems:
        console.print(Text.assemble(("  PROBLEM     ", "bold red"), problem), soft_wrap=True)
    console.print()


def summary(plan: Plan, report: Report, problems: Sequence[str]) -> Text:
    """One line: size, verdicts, and whether the stack may be deployed."""
    counts = report.counts
    advisory = sum(1 for r in report.results if _word(r) == "advise")
    parts = [
        f"{_aws(plan)} AWS resources",
        f"{counts[Status.PASS]} checks pass",
        f"{len(report.mandatory_failures)} mandatory fail",
        f"{advisory} advise",
        f"{counts[Status.UNKNOWN]} unverified until deployed",
    ]
    if report.waived:
        parts.append(f"{report.waived} waived")
    if problems:
        parts.append(f"{len(problems)} problems")
    bad = bool(problems or report.mandatory_failures)
    verdict = ("NOT OK", "bold red") if bad else ("OK", "bold green")
    return Text.assemble(verdict, f" {plan.stack} ({plan.tier}): ", ", ".join(parts))


def _aws(plan: Plan) -> int:
    return sum(1 for r in plan.resources if r.custom and r.type.startswith("aws:"))


def _tree(plan: Plan) -> Tree:
    groups: dict[str, Counter[str]] = {}
    for resource in plan.resources:
        layer, component = group_of(plan, resource)
        if resource.custom and (layer != OTHER or resource.type.startswith("aws:")):
            groups.setdefault(layer, Counter())[_label(component)] += 1
    title = Text.assemble((plan.stack, "bold"), f"  tier {plan.tier}, {plan.region}, {_aws(plan)} AWS resources")
    tree = Tree(title, guide_style="dim")
    width = max((len(label) for counter in groups.values() for label in counter), default=0)
    for layer in (*LAYERS, OTHER):
        if layer not in groups:
            continue
        branch = tree.add(Text.assemble((f"{layer:<14}", "bold cyan"), f"{groups[layer].total():>4}"))
        for label, count in groups[layer].items():
            branch.add(Text.assemble(f"{label:<{width}}", (f"{count:>4}", "dim")))
    return tree


def _label(component: Resource | None) -> str:
    return f"{component.type.rpartition(':')[2]} {component.name}" if component else "directly in the stack"


def _word(result: Result) -> str:
    """What a result means for the reader; empty for a pass."""
    status = result.verdict.status
    if status is Status.PASS:
        return ""
    if result.waiver:
        return "waived"
    if status is Status.UNKNOWN:
        return "unverified"
    if status is Status.ERROR:
        return "ERROR"
    return "FAIL" if result.level is Level.MANDATORY else "advise"


def _findings(report: Report) -> Iterator[Text]:
    """A line per finding, the worst first; what is unverified is one line per rule, because it is no fault."""
    order = list(_STYLES)
    found = sorted((r for r in report.results if _word(r)), key=lambda r: order.index(_word(r)))
    unverified: dict[str, list[str]] = {}
    for result in found:
        word, verdict = _word(result), result.verdict
        if word == "unverified":
            unverified.setdefault(verdict.rule, []).append(_name(verdict.urn))
            continue
        severity = RULES[verdict.rule].severity.value
        where = f" {_name(verdict.urn)}: " if _name(verdict.urn) else " "
        yield Text.assemble(
            (f"  {word:<11} ", _STYLES[word]), (verdict.rule, "bold"), f" ({severity})", where, result.message
        )
    for rule, names in unverified.items():
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        yield Text.assemble(
            ("  unverified  ", _STYLES["unverified"]), (rule, "bold"), f" {shown}: known only after deployment"
        )
    for waiver in report.unused_waivers:
        yield Text.assemble(("  advise      ", "yellow"), _unused(waiver))


def _unused(waiver: Waiver) -> str:
    return f"the waiver of {waiver.rule} for {waiver.urn} (owner {waiver.owner}) excuses nothing: delete it"


def _name(urn: str) -> str:
    return urn.rpartition("::")[2]
