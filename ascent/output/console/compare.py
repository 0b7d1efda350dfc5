"""A comparison on the console: what it brings and costs first, then resources, care, rules and items."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from ascent.catalog.tokens import short
from ascent.compare.care import Kind
from ascent.compare.settings import Weight
from ascent.cost.amounts import dollars
from ascent.output.console.values import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from rich.console import Console

    from ascent.compare.comparison import Comparison
    from ascent.compare.differences import Found
    from ascent.readiness.model import Item

_STYLES: Final = {Kind.REMOVED: "bold red", Kind.REPLACED: "bold red", Kind.INTERRUPTED: "yellow"}
_WEIGHTS: Final = {Weight.DATA: "bold red", Weight.DOWNTIME: "yellow", Weight.REFUSED: "bold red"}
_LONGEST: Final = 40
"""Characters of a value that is shown; what is longer only counts as changed."""


def print_comparison(console: Console, found: Comparison) -> None:
    """Print a comparison.

    Args:
        console: where to.
        found: what was compared.
    """
    console.print(Text.assemble((found.before.title, "bold"), " → ", (found.after.title, "bold")), soft_wrap=True)
    console.print(_layers(found))
    _print_resources(console, found)
    _print_settings(console, found)
    _print_care(console, found)
    _print_steps(console, found)
    _print_rules(console, found)
    _print_items(console, "met in addition", found.gained, "green")
    _print_items(console, "met no longer", found.lost, "red")
    console.print()
    _print_summary(console, found)


def _layers(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("layer", "added", "removed", "changed", "$ before", "$ after", "$ added"):
        table.add_column(heading, justify="left" if heading == "layer" else "right")
    counts, costs = found.resources.by_layer, found.dollars_by_layer
    # Costs cover every layer that has a resource, and so every layer in which one differs.
    for layer, (before, after) in costs.items():
        numbers = [str(n) for n in counts.get(layer, (0, 0, 0))]
        table.add_row(Text(layer, "cyan"), *numbers, dollars(before), dollars(after), _signed(after - before))
    return table


def _print_resources(console: Console, found: Comparison) -> None:
    resources = found.resources
    for mark, style, part in (("+", "green", resources.added), ("-", "red", resources.removed)):
        for layer, type_, names in _grouped(part):
            head = Text.assemble((f"  {mark} ", style), (f"{layer:<13} ", "cyan"))
            console.print(head.append(f"{type_}: {names}"), soft_wrap=True)
    for one in resources.changed:
        said = ", ".join(_said(p.name, p.before, p.after) for p in one.properties)
        head = Text.assemble(("  ~ ", "yellow"), (f"{one.layer:<13} ", "cyan"))
        console.print(head.append(printable(f"{short(one.after.type)} {one.name}: {said}")), soft_wrap=True)
    console.print(Text(f"  {len(resources.tagged)} differ in tags only, {resources.same} in nothing", "dim"))


def _grouped(part: Iterable[Found]) -> Iterable[tuple[str, str, str]]:
    """Layer, type and names of resources of one type."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in part:
        groups.setdefault((one.layer, short(one.resource.type)), []).append(one.name)
    for (layer, type_), names in groups.items():
        yield layer, type_, printable(", ".join(names))


def _said(name: str, before: Any, after: Any) -> str:  # noqa: ANN401 - any values
    shown = [_value(before), _value(after)]
    return name if any(len(text) > _LONGEST for text in shown) else f"{name} {shown[0]} → {shown[1]}"


def _value(value: Any) -> str:  # noqa: ANN401 - any value
    if value is None:
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _print_settings(console: Console, found: Comparison) -> None:
    if found.settings:
        console.print(Text("  settings", "bold"))
    for change in found.settings:
        if change.weight is not Weight.IN_PLACE:
            said = printable(f"{_said(change.path, change.before, change.after)}: {change.does}")
            console.print(
                Text.assemble((f"    {change.weight.value:<14}", _WEIGHTS[change.weight]), said), soft_wrap=True
            )
    rest = [change.path for change in found.settings if change.weight is Weight.IN_PLACE]
    if rest:
        head = Text(f"    {Weight.IN_PLACE.value:<14}", "dim")
        console.print(head.append(printable(", ".join(rest)), "default"), soft_wrap=True)


def _print_steps(console: Console, found: Comparison) -> None:
    if found.steps:
        console.print(Text("  in steps", "bold"))
    for number, step in enumerate(found.steps, 1):
        console.print(Text(f"    {number}. {step.title}"), soft_wrap=True)
        for command in step.commands:
            console.print(Text(printable(f"       {command}"), "cyan"), soft_wrap=True)


def _print_care(console: Console, found: Comparison) -> None:
    console.print(Text("  needs care" if found.care else "  nothing needs care", "bold"))
    for note in found.care:
        said = printable(f"{note.name}: {note.why}. First: {note.fix}")
        console.print(Text.assemble((f"    {note.kind.value:<14}", _STYLES[note.kind]), said), soft_wrap=True)


def _print_rules(console: Console, found: Comparison) -> None:
    counts = Counter(change.stricter for change in found.rules)
    console.print(Text(f"  rules: {counts[True]} stricter, {counts[False]} laxer", "bold"))
    idle = sum(not change.judged for change in found.rules)
    for change in found.rules:
        if not change.judged:
            continue
        broken = f" (findings: {change.broken})" if change.broken else ""
        line = Text(f"    {change.before.value} → {change.after.value}  ", "yellow" if change.stricter else "dim")
        console.print(line.append(f"{change.rule}: {change.title}{broken}", "default"), soft_wrap=True)
    if idle:
        console.print(Text(f"    {idle} of them judge nothing in {found.after.title}", "dim"), soft_wrap=True)


def _print_items(console: Console, heading: str, items: tuple[Item, ...], style: str) -> None:
    if items:
        console.print(Text(f"  {heading}", "bold"))
    for item in items:
        console.print(Text.assemble((f"  {item.number:>5} ", style), f"{item.title} (+{item.points})"), soft_wrap=True)


def _print_summary(console: Console, found: Comparison) -> None:
    after = found.after.judged.plan.tier
    resources = found.resources
    lines = (
        f"resources: {len(resources.added)} added, {len(resources.removed)} removed, {len(resources.changed)} changed; "
        f"{len(found.care)} need care",
        f"readiness: {found.measured.points} → {found.after.readiness.points} of 100 against the checklist of {after}"
        f" ({found.points_gained:+.1f}); {found.before.readiness.points} against that of "
        f"{found.before.judged.plan.tier}",
        f"cost: {_signed(found.dollars_added)} a month expected, {_signed(found.dollars_of_usage)} of it for the usage "
        f"that is expected of {after}",
    )
    for line in lines:
        console.print(line, soft_wrap=True, markup=False)


def _signed(amount: Decimal) -> str:
    return dollars(amount) if dollars(amount).startswith("-") else f"+{dollars(amount)}"
