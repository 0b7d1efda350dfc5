"""What a change of settings does, on the console: the sums first, then what they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from ascent.compare.care import Kind
from ascent.cost.amounts import dollars
from ascent.output.console.values import printable
from ascent.output.console.wrapped import say
from ascent.verdicts.findings import meaning_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from rich.console import Console

    from ascent.whatif.effect import WhatIf
    from policies.pack.evaluate import Result

_STYLES: Final = {Kind.REMOVED: "bold red", Kind.REPLACED: "bold red", Kind.INTERRUPTED: "yellow"}
_CENT: Final = 0.005
_MOST: Final = 12
"""Most lines under a heading."""


def print_what_if(console: Console, found: WhatIf) -> None:
    """Print what a change does.

    Args:
        console: where to.
        found: the change.
    """
    both = found.comparison
    asked = ", ".join(f"{path} {_value(value)}" for path, value in found.values.items())
    say(console, Text.assemble((both.before.title, "bold"), " with ", (printable(asked), "bold")))
    _print_sums(console, found)
    _list(console, "data and service", _care(found))
    _list(console, "made anew", (f"{name_of(urn)}: {', '.join(names)}" for urn, names in found.replaced.items()))
    _list(console, "findings that it brings", map(_finding, found.broken))
    _list(console, "findings that it mends", map(_finding, found.mended))
    _list(console, "items met in addition", (f"{i.number} {i.title} (+{i.points})" for i in both.gained))
    _list(console, "items met no longer", (f"{i.number} {i.title} (-{i.points})" for i in both.lost))
    _list(console, "without a price", map(name_of, found.unpriced))
    console.print(Text("  to make it so", "bold"))
    for line in found.commands.lines:
        console.print(Text(printable(f"    {line}"), "cyan"), soft_wrap=True)
    for one in found.commands.placeholders:
        say(console, Text(f"    {one.text}: {one.about}", "dim"))


def _print_sums(console: Console, found: WhatIf) -> None:
    both = found.comparison
    now, then = (side.costing.estimate.total.expected for side in (both.before, both.after))
    least = "at least " if found.unpriced else ""
    counts = both.resources
    say(console, f"  cost       {least}{_signed(found.dollars)} a month, {dollars(now)} to {dollars(then)}")
    for layer, (before, after) in both.dollars_by_layer.items():
        if abs(after - before) >= _CENT:
            console.print(Text(f"               {layer} {_signed(after - before)}", "dim"))
    points = f"{found.points:+.1f} points, {both.measured.points} to {both.after.readiness.points} of 100"
    say(console, f"  score      {points}")
    number = f"{len(counts.added)} added, {len(counts.removed)} removed, {len(counts.changed)} changed"
    say(console, f"  resources  {number}, {len(found.replaced)} of them made anew")
    say(console, f"  findings   {len(found.broken)} more, {len(found.mended)} fewer")


def _care(found: WhatIf) -> Iterable[Text]:
    for note in found.comparison.care:
        text = printable(f"{note.name}: {note.why}. First: {note.fix}")
        yield Text.assemble((f"{note.kind.value}  ", _STYLES[note.kind]), text)


def _finding(result: Result) -> str:
    verdict = result.verdict
    return f"{meaning_of(result).value} {verdict.rule} {name_of(verdict.urn)}: {verdict.found}"


def _list(console: Console, heading: str, lines: Iterable[str | Text]) -> None:
    texts = [line if isinstance(line, Text) else Text(printable(line)) for line in lines]
    if texts:
        console.print(Text(f"  {heading}", "bold"))
    for text in texts[:_MOST]:
        say(console, Text("    ").append_text(text), indent=6)
    if len(texts) > _MOST:
        console.print(Text(f"    and {len(texts) - _MOST} more; --json has all", "dim"))


def _value(value: object) -> str:
    return "as its tier says" if value is None else str(value)


def _signed(amount: Decimal) -> str:
    return dollars(amount) if dollars(amount).startswith("-") else f"+{dollars(amount)}"
