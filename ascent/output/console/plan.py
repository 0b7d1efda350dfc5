"""A plan on the console: the tree by layer, the verdicts, one summary line."""

from __future__ import annotations

from collections import Counter
from shlex import quote
from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from ascent.catalog.layers import OTHER, PLATFORM, group_of
from ascent.output.console.values import printable
from ascent.plan.lookups import name_of as lookup_name
from ascent.verdicts.findings import NO_REFERENCES, Meaning, meaning_of, name_of, worst_first
from ascent.verdicts.mending import mending
from common.layers import LAYERS
from common.validation import written
from policies.pack.registry import RULES
from policies.pack.values import LATER
from policies.pack.verdict import Status
from settings.words.commands import set_commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from ascent.plan.engine.positions import Position
    from ascent.plan.model import Plan, Resource
    from policies.pack.evaluate import Report
    from policies.pack.verdict import Verdict

_STYLES = {
    Meaning.FAIL: "bold red",
    Meaning.ERROR: "bold red",
    Meaning.ADVISE: "yellow",
    Meaning.UNVERIFIED: "cyan",
    Meaning.WAIVED: "dim",
}


def print_plan(
    console: Console, plan: Plan, report: Report, problems: Sequence[str], lookups: Sequence[str] = ()
) -> None:
    """Print one stack: its tree, what was not looked up, what the rules found, and the plan's own inconsistencies.

    Args:
        console: where to.
        plan: what the stack would register.
        report: the rules' verdicts on it.
        problems: lines on duplicates, orphans and references to nothing.
        lookups: tokens of look-ups that stand-ins answered.
    """
    console.print(_tree(plan))
    if lookups:
        names = ", ".join(map(lookup_name, lookups))
        console.print(
            Text.assemble(("  stand-ins   ", "dim"), f"answered {names}; a deployment asks AWS"), soft_wrap=True
        )
    print_findings(console, report)
    _print_mending(console, plan, report)
    print_problems(console, problems)
    console.print()


def _print_mending(console: Console, plan: Plan, report: Report) -> None:
    """Print what settings of Ascent's own end findings, as commands; nothing for another program."""
    if PLATFORM not in plan.by_type or not report.findings:
        return
    for rule, settings in mending(report.findings).items():
        lines = " && ".join(line for path, value in settings.items() for line in set_commands(plan.stack, path, value))
        asked = " ".join(quote(f"{path}={written(value)}") for path, value in settings.items())
        console.print(
            Text.assemble(("  mend        ", "green"), (rule, "bold"), printable(f": {lines}")), soft_wrap=True
        )
        console.print(
            Text(printable(f"              dollars and score: ascent what-if {plan.stack} {asked}"), "dim"),
            soft_wrap=True,
        )


def print_problems(console: Console, problems: Sequence[str]) -> None:
    """Print a line per inconsistency of a plan."""
    for problem in problems:
        console.print(Text.assemble(("  PROBLEM     ", "bold red"), problem), soft_wrap=True)


def print_findings(
    console: Console, report: Report, position: Callable[[str], Position | None] = lambda _: None
) -> None:
    """Print a line per finding, the worst first.

    Args:
        console: where to.
        report: the rules' verdicts.
        position: where the program registered a resource, by its URN.
    """
    for line in _findings(report, position):
        console.print(line, soft_wrap=True)


def summary(plan: Plan, report: Report, problems: Sequence[str]) -> Text:
    """One line: size, verdicts, and whether the stack may be deployed."""
    counts = report.counts
    advisory = sum(1 for r in report.results if meaning_of(r) is Meaning.ADVISE)
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


def _why(verdict: Verdict) -> str:
    """Why something is unverified, for the line of its rule."""
    if verdict.hidden:
        return f"{verdict.hidden.partition(':')[0]}; `pulumi stack export --show-secrets` shows it"
    if verdict.found == NO_REFERENCES:
        return "not told by this file"
    return LATER if LATER in verdict.found else verdict.found


def _findings(report: Report, position: Callable[[str], Position | None]) -> Iterator[Text]:
    """A line per finding, the worst first; what is unverified is one line per rule, because it is no fault."""
    unverified: dict[tuple[str, str], list[str]] = {}
    for result in worst_first(report.findings):
        word, verdict = meaning_of(result), result.verdict
        name = name_of(verdict.urn)
        if word is Meaning.UNVERIFIED:
            unverified.setdefault((verdict.rule, _why(verdict)), []).append(printable(name))
            continue
        severity = RULES[verdict.rule].severity.value
        at = position(verdict.urn)
        where = f" {name} at {at.path}:{at.line}: " if at else f" {name}: "
        yield Text.assemble(
            (f"  {word:<11} ", _STYLES[word]),
            (verdict.rule, "bold"),
            f" ({severity})",
            printable(where),
            printable(result.message),
        )
    style = _STYLES[Meaning.UNVERIFIED]
    for (rule, why), names in unverified.items():
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        yield Text.assemble(("  unverified  ", style), (rule, "bold"), f" {shown}: {why}")
    for remedied in report.remedies:
        what = remedied.problem or "sets " + ", ".join(sorted(".".join(path) for path in remedied.changes))
        yield Text.assemble(
            ("  remedied    ", style), (remedied.rule, "bold"), printable(f" {name_of(remedied.urn)}: {what}")
        )
    for finding in report.waiver_findings:
        yield Text.assemble(("  advise      ", _STYLES[Meaning.ADVISE]), printable(finding))
