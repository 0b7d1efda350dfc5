"""Costs on the console: by layer, by resource, what is not priced, what would be cheaper, what was expected."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ascent.cost.amounts import dollars, plain
from ascent.cost.charges import Part, Status
from ascent.cost.estimate import fixed_of, total_of, within
from ascent.output.console.values import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from ascent.cost.charges import Bill, Charge
    from ascent.cost.costing import Costing
    from ascent.cost.estimate import Estimate
    from ascent.cost.goals.targets import TargetResult

_BAND_STYLE = {"inside": "green", "inside with allowances": "green", "below": "cyan", "above": "yellow"}
_CENT = Decimal("0.005")


def print_cost(console: Console, costing: Costing) -> None:
    """Print one stack's cost.

    Args:
        console: where to.
        costing: what it costs.
    """
    found = costing.estimate
    title = Text.assemble(
        (found.stack, "bold"),
        f"  tier {found.tier or 'none'}, {found.region}, usage of {printable(found.profile)}; US dollars a month, "
        "without tax",
    )
    console.print(title, soft_wrap=True)
    console.print(_layers(found))
    console.print()
    console.print(_resources(found))
    console.print()
    _print_rest(console, found)
    if costing.savings:
        console.print(Text("  cheaper", style="bold"))
        for saving in costing.savings:
            _say(console, f"{dollars(saving.monthly):>10}  {saving.what}: {saving.arithmetic}")
    if costing.target:
        _print_target(console, found.tier, costing.target)
    console.print()


def cost_summary(costing: Costing, maximum: Decimal | None) -> Text:
    """One line: the expected cost, its range, and whether it stays below the maximum.

    Args:
        costing: what the stack costs.
        maximum: most dollars a month that it may be expected to cost; None for any.
    """
    found = costing.estimate
    total = found.total
    missing = len(found.with_status(Status.NOT_PRICED))
    least = "at least " if missing else ""
    parts = [f"{least}{dollars(total.expected)} a month expected", f"{dollars(total.low)} to {dollars(total.high)}"]
    parts.append(f"{dollars(found.fixed)} of it fixed")
    parts.append(f"{len(found.bills)} resources, {missing} not priced")
    fine = maximum is None or within(found, maximum)
    if maximum is not None:
        above = total.expected > maximum
        said = "above" if above else "within" if fine else "not known to be within"
        parts.append(f"{said} the maximum of {dollars(maximum)}")
    verdict = ("OK", "bold green") if fine else ("NOT OK", "bold red")
    return Text.assemble(verdict, f" {found.stack} ({found.tier or 'no tier'}): ", ", ".join(parts))


def _layers(found: Estimate) -> Table:
    table = _table("layer", "resources", "fixed", "low", "expected", "high")
    for layer, bills in found.layers.items():
        total = total_of(bills)
        amounts = [dollars(value) for value in (fixed_of(bills), total.low, total.expected, total.high)]
        table.add_row(Text(layer, style="cyan"), str(len(bills)), *amounts)
    table.add_section()
    total = found.total
    amounts = [dollars(value) for value in (found.fixed, total.low, total.expected, total.high)]
    table.add_row("total", str(len(found.bills)), *amounts, style="bold")
    return table


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(f"  {first}", no_wrap=True)
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _resources(found: Estimate) -> Table:
    """What is charged, the dearest first within a layer; resources of one type with equal charges are one line."""
    table = _table("resource", "fixed", "expected")
    table.add_column("charges (~ follows usage)", overflow="fold")
    for bills in found.layers.values():
        groups: dict[tuple[str, tuple[Charge, ...]], list[Bill]] = {}
        for bill in bills:
            if total_of([bill]).expected >= _CENT:
                groups.setdefault((bill.type, bill.charges), []).append(bill)
        for (type_, charges), same in sorted(groups.items(), key=lambda g: -total_of(g[1]).expected):
            name = f"{same[0].name} x{len(same)}" if len(same) > 1 else same[0].name
            label = Text.assemble("  ", (f"{type_.rpartition(':')[2]} ", "dim"), printable(name))
            amounts = dollars(fixed_of(same)), dollars(total_of(same).expected)
            table.add_row(label, *amounts, Text("; ".join(_charge(c) for c in charges if c.amount.expected >= _CENT)))
    return table


def _charge(charge: Charge) -> str:
    price, unit = f"${charge.price.price:f}", charge.price.unit
    amount = dollars(charge.amount.expected)
    quantity = plain(charge.quantity.expected)
    mark = "~" if charge.part is Part.USAGE else ""
    return f"{charge.what} {mark}{quantity} x {price}/{unit} = {amount}"


def _print_rest(console: Console, found: Estimate) -> None:
    free = found.with_status(Status.FREE)
    kinds = Counter(b.type.rpartition(":")[2] for b in free)
    listed = ", ".join(f"{kind} {count}" if count > 1 else kind for kind, count in sorted(kinds.items()))
    _say(console, f"free: {len(free)} resources ({listed})")
    cheap = sum(total_of([b]).expected < _CENT for b in found.with_status(Status.PRICED))
    if cheap:
        _say(console, f"below a cent: {cheap} resources")
    missing = found.with_status(Status.NOT_PRICED)
    if not missing:
        _say(console, "not priced: nothing")
    for bill in missing:
        line = Text.assemble(("  not priced: ", "bold yellow"), printable(f"{bill.name} ({bill.type}): {bill.why}"))
        console.print(line, soft_wrap=True)
    sure = ", ".join(f"{level.value} {dollars(amount)}" for level, amount in sorted(found.by_confidence.items()))
    _say(console, f"confidence of the prices, of the expected total: {sure}")


def _say(console: Console, text: str) -> None:
    console.print(Text(f"  {text}"), soft_wrap=True)


def _print_target(console: Console, tier: str, result: TargetResult) -> None:
    target = result.target
    band = f"{dollars(target.low)} to {dollars(target.high)}"
    console.print(
        Text.assemble(
            ("  expected of ", "bold"),
            (tier, "bold"),
            f": {band}; this plan is ",
            (result.verdict, _BAND_STYLE[result.verdict]),
            f" at {dollars(result.expected)}, or {dollars(result.allowed)} with the account's allowances",
        ),
        soft_wrap=True,
    )
    table = _table("line", "stated", "at list price", "in this plan")
    table.add_column("made up of", overflow="fold")
    for group in result.groups:
        claimed = "" if group.stated == group.stated_lines else f" (claims {dollars(group.stated)})"
        table.add_row(
            Text(f"  {group.name}{claimed}", style="cyan"),
            dollars(group.stated_lines),
            dollars(group.recounted),
            dollars(group.planned),
        )
        for line in group.lines:
            recounted = "" if line.recounted is None else dollars(line.recounted)
            made_of = _names(line.resources) if line.resources else "not in this plan"
            table.add_row(f"    {line.what}", dollars(line.stated), recounted, dollars(line.planned), made_of)
    if target.base is not None:
        dearest = ", ".join(f"{type_.rpartition(':')[2]} {dollars(amount)}" for type_, amount in result.rest[:6])
        table.add_row("  everything else", dollars(target.base), "", dollars(result.planned_base), f"{dearest} …")
        table.add_row("  total", dollars(result.stated_total), "", dollars(result.expected), style="bold")
    console.print(table)
    for correction in target.corrections:
        _say(console, f"on the stated figures: {correction}")


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return printable(f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown)
