"""A stack's architecture as a drawing."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from ascent.report.diagram.layout import arrange
from ascent.report.diagram.route import route
from ascent.report.diagram.scene import Scene, scene
from ascent.report.diagram.svg import write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan
    from ascent.report.diagram.scene import Mark

_VERBS = {"traffic": "calls", "use": "uses", "notify": "notifies", "guard": "guards", "copy": "copies to"}


def diagram(plan: Plan, marks: Mapping[str, Mark] | None = None) -> str:
    """One `<svg>` element that draws the plan's resources and what leads from one to another.

    It needs nothing else. A page may colour it through the custom properties `--diagram-text`, `--diagram-line`,
    `--diagram-paper` (what lies behind it), `--diagram-font` and, per family of services, `--diagram-edge`,
    `--diagram-network`, `--diagram-compute`, `--diagram-data`, `--diagram-security`, `--diagram-watch`,
    `--diagram-other`. It is as wide as its container and says the same each time for the same plan.

    Args:
        plan: the stack; of any program.
        marks: URN → dollars and findings to write on the box of the resource; None for none.
    """
    shown = scene(plan, marks)
    layout = arrange(shown)
    title = f"Architecture of {plan.project}, stack {plan.stack}"
    return write(layout, route(shown, layout), _name(plan), title, _summary(shown))


def _name(plan: Plan) -> str:
    """What the ids begin with: legible, and different for stacks whose names differ in anything."""
    full = f"{plan.project}/{plan.stack}"
    slug = re.sub(r"[^a-z0-9]+", "-", full.lower()).strip("-")
    return f"diagram-{slug}-{sha256(full.encode()).hexdigest()[:6]}"


def _summary(shown: Scene) -> str:
    labels = {n.id: n.label for n in shown.nodes}
    networks = [f"A VPC with {len(n.subnets)} subnets in {len(n.zones)} availability zones." for n in shown.networks]
    sentences = [
        f"{labels[a.source]} {_VERBS[a.kind]} {labels[a.target]}" + (f" on {a.label}." if a.label.isdigit() else ".")
        for a in shown.arrows
    ]
    return " ".join([*networks, *sentences])
