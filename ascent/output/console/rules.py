"""Rules on the console."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ascent.compliance.mapping import all_controls_of
from ascent.output.console.values import printable
from ascent.verdicts.findings import Meaning, meaning_of, name_of, worst_first
from ascent.verdicts.rule_text import items_of, parameter_text, types_text
from policies.pack.levels import TIERS, Level
from policies.pack.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from ascent.readiness.model import Item
    from ascent.verdicts.judged import Judged
    from policies.pack.rule import Rule

_LEVELS = {Level.DISABLED: ("off", "dim"), Level.ADVISORY: ("advises", "yellow"), Level.MANDATORY: ("must", "bold")}
"""Word and style of a level in a table."""

_SEVERITIES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "dim",
}
_MEANINGS = {
    Meaning.FAIL: "bold red",
    Meaning.ERROR: "bold red",
    Meaning.ADVISE: "yellow",
    Meaning.UNVERIFIED: "cyan",
    Meaning.WAIVED: "dim",
    Meaning.PASS: "green",
}


def list_table(rules: Sequence[Rule]) -> Table:
    """A row per rule."""
    table = _table("rule", "layer", "severity", *TIERS, "title")
    for rule in rules:
        table.add_row(
            Text(rule.id, "bold"),
            rule.layer,
            Text(rule.severity.value, _SEVERITIES[rule.severity]),
            *(_level(rule.level(tier)) for tier in TIERS),
            rule.title,
        )
    return table


def print_rule(out: Console, rule: Rule, judged: Sequence[Judged]) -> None:
    """Print all there is to know of a rule, and where it stands in the project's stacks."""
    out.print(Text.assemble((rule.id, "bold"), f" ({rule.severity.value}, {rule.layer})"))
    out.print(Text(f"{rule.title}.\n"))
    rows = {
        "why": rule.why,
        "fix": rule.fix,
        "judges": types_text(rule),
        "levels": ", ".join(f"{tier}: {rule.level(tier).value}" for tier in TIERS),
        "frameworks": ", ".join(rule.anchors) or "none; it is our own",
        "items": ", ".join(map(str, items_of(rule))) or "none",
    }
    for name, text in rows.items():
        out.print(Text.assemble((f"{name:<11} ", "cyan"), text), soft_wrap=True)
    for name, controls in all_controls_of(rule).items():
        out.print(Text.assemble(("controls    ", "cyan"), (name, "bold"), f": {', '.join(controls)}"), soft_wrap=True)
    for parameter in rule.parameters:
        out.print(
            Text.assemble(("parameter   ", "cyan"), (parameter.name, "bold"), f": {parameter_text(parameter)}"),
            soft_wrap=True,
        )
    for one in judged:
        _print_standing(out, rule, one)


def _print_standing(out: Console, rule: Rule, one: Judged) -> None:
    results = worst_first(r for r in one.report.results if r.verdict.rule == rule.id)
    counts = Counter(meaning_of(result) for result in results)
    parts = [f"{counts[meaning]} {meaning.value}" for meaning in Meaning if counts[meaning]]
    if not parts:
        parts = ["off at this tier" if rule.level(one.plan.tier) is Level.DISABLED else "nothing to judge"]
    out.print(Text.assemble("\n", (one.plan.stack, "bold"), f" ({one.plan.tier}): {', '.join(parts)}"))
    for result in results:
        meaning = meaning_of(result)
        out.print(
            Text.assemble(
                (f"  {meaning.value:<11} ", _MEANINGS[meaning]),
                printable(f"{name_of(result.verdict.urn)}: {result.message}"),
            ),
            soft_wrap=True,
        )


def framework_table(counts: Mapping[str, int], total: int) -> Table:
    """Number of rules by framework."""
    table = _table("framework", "rules")
    table.columns[1].justify = "right"
    for name, count in counts.items():
        table.add_row(name, str(count))
    table.add_section()
    table.add_row(Text("all rules", "bold"), Text(str(total), "bold"))
    return table


def uncovered_table(items: Sequence[Item]) -> Table:
    """Items that no rule proves, and why."""
    table = _table("item", "without a rule", "reason")
    for item in items:
        table.add_row(str(item.number), item.title, item.reason or Text("none given", "red"))
    return table


def _table(*headings: str) -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading in ("rule", "layer", "severity", *TIERS))
    return table


def _level(level: Level) -> Text:
    word, style = _LEVELS.get(level, (level.value, ""))
    return Text(word, style)
