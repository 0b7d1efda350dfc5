"""Which settings are worth a try on one stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.readiness.checklist import shipped
from ascent.readiness.model import Status
from ascent.readiness.scores.reach import ways
from settings.description.rows import rows
from settings.load import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.readiness.assess import Readiness
    from settings.load import Resolved

_KEPT = frozenset({"application", "environment", "tier", "region", "accountId", "owner", "costCenter", "dataClass"})
"""What names a stack: without it the stack would be another one."""


def options_of(readiness: Readiness, resolved: Resolved) -> list[Mapping[str, Any]]:
    """Changes of settings that may meet something that a stack lacks: those that are known to at its tier, and the
    tier's own values in place of those in its file.

    Args:
        readiness: how ready the stack is.
        resolved: its settings.
    """
    open_ = {j.item.number for j in readiness.items if j.counts and j.status is not Status.MET}
    # What a stack has not chosen may count once it has.
    open_ |= {j.item.number for j in readiness.items if j.item.option and not j.counts}
    found: list[Mapping[str, Any]] = [
        way.settings for way in ways(readiness.tier) if way.settings and way.meets & open_
    ]
    remedies = (item.remedy for item in shipped().items if item.number in open_)
    found += (remedy.settings for remedy in remedies if remedy and remedy.settings)
    own = {
        row.path: None
        for row in rows(resolved)
        if row.origin is Origin.STACK and row.path not in _KEPT and not row.path.startswith("services.")
    }
    found += ({path: value} for path, value in own.items())
    present = {row.path: row.value for row in rows(resolved)}
    new = [one for one in found if any(present.get(path) != value for path, value in one.items())]
    return [one for place, one in enumerate(new) if one not in new[:place]]
