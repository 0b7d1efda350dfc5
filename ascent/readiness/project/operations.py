"""Whether what people need in operation is there: a runbook for each alarm, a picture of the stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.readiness.content.markdown import named_runbooks, telling
from ascent.readiness.model import Status
from ascent.readiness.project.subject import Project
from ascent.readiness.query import Answer, query
from policies.pack.values import text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

_NODE: Final = re.compile(r"<text[\s>]")
_LEAST_NODES: Final = 3


@query("alarms-have-runbooks", "Each alarm names a runbook that is there")
def alarms_have_runbooks(project: Project) -> Answer:
    """The description of an alarm, or of a rule that tells of an event, names a file of the repository."""
    alarms = telling(project.facts)
    lost = tuple(one.urn for one in alarms if not _has_runbook(one, project))
    if not alarms:
        return Answer(Status.UNMET, "no alarm in the plan")
    if lost:
        return Answer(Status.UNMET, f"{len(lost)} of {len(alarms)} alarms name no runbook that is there", lost)
    return Answer(Status.MET, f"{len(alarms)} of {len(alarms)} alarms name their runbook", tuple(o.urn for o in alarms))


def _has_runbook(alarm: ResourceFacts, project: Project) -> bool:
    named = named_runbooks(text(alarm, "alarmDescription") or text(alarm, "description"))
    return any(path in project.repository.paths for path in named)


@query("diagram-drawn", "The stack's diagram is drawn from its plan")
def diagram_drawn(project: Project) -> Answer:
    """The drawing of `ascent report`, with something in it."""
    urn = project.facts.urn
    if project.plan is None:
        return Answer(Status.UNMET, "there is no plan to draw", (urn,))
    from ascent.report.diagram.draw import diagram

    parts = len(_NODE.findall(diagram(project.plan)))
    if parts < _LEAST_NODES:
        return Answer(Status.UNMET, "the plan has nothing to draw", (urn,))
    return Answer(Status.MET, f"drawn from the plan by ascent report, with {parts} labels", (urn,))
