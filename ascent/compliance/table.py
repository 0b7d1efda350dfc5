"""The evidence as CSV: a row per control, rule and resource."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from ascent import __version__
from ascent.compliance.assess import Standing, standing_of
from ascent.compliance.mapping import controls_of
from ascent.verdicts.findings import meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.compliance.assess import Assessment, Control
    from policies.pack.rule import Rule

COLUMNS: Final = (
    "framework",
    "control",
    "title",
    "control_standing",
    "rule",
    "mapped_via",
    "resource",
    "verdict",
    "level",
    "evidence",
    "waiver_reason",
    "waiver_owner",
    "waiver_expires",
    "stack",
    "tier",
    "judged_for",
    "tool",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a cell for a formula, or a cell that begins behind it for one."""


def to_csv(one: Assessment) -> str:
    """The evidence of a stack; opened in a spreadsheet, no cell is a formula.

    Args:
        one: the stack held against a framework.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    for control in one.controls:
        writer.writerows([safe(cell) for cell in row] for row in _rows(one, control))
    return text.getvalue()


def safe(cell: str) -> str:
    """A cell that a spreadsheet takes for text: one that looks like a formula begins with an apostrophe."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _rows(one: Assessment, control: Control) -> Iterator[tuple[str, ...]]:
    head = (one.framework.label, control.id, control.title, control.standing.value)
    tail = (one.stack, one.tier, one.today.isoformat(), f"ascent {__version__}")
    if not control.rules:
        yield (*head, *("",) * 3, Standing.NO_RULE.value, *("",) * 5, *tail)
    for rule in control.rules:
        via = ", ".join(controls_of(rule, one.framework)[control.id])
        found = [result for result in control.results if result.verdict.rule == rule.id]
        if not found:
            yield (*head, rule.id, via, "", _without(control, rule), *("",) * 5, *tail)
        for result in found:
            waiver = result.waiver if standing_of(result) is Standing.EXCEPTED else None
            excuse = (waiver.reason, waiver.owner, waiver.expires.isoformat()) if waiver else ("", "", "")
            yield (
                *head,
                rule.id,
                via,
                result.verdict.urn,
                meaning_of(result).value,
                result.level.value,
                result.verdict.message,
                *excuse,
                *tail,
            )


def _without(control: Control, rule: Rule) -> str:
    return "off at this tier" if rule in control.off else Standing.NOTHING.value
