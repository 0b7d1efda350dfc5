"""Whether what a stack costs was looked at: held against its tier's band, commitments weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.cost.charges import Status as Priced
from ascent.readiness.model import Status
from ascent.readiness.project.subject import Project
from ascent.readiness.query import Answer, query

if TYPE_CHECKING:
    from ascent.cost.costing import Costing

_UNPRICED = "the stack was not priced: the price book has nothing for its region"


@query("cost-within-band", "The stack costs no more than its tier may")
def cost_within_band(project: Project) -> Answer:
    """The expected month against the band of the tier. What could not be priced could cost anything."""
    costing, urn = project.costing, project.facts.urn
    if costing is None:
        return Answer(Status.UNMET, _UNPRICED, (urn,))
    if costing.target is None:
        return Answer(Status.UNMET, f"no band is known for {project.facts.tier}", (urn,))
    target = costing.target
    band = f"its band is ${target.target.low:,.2f} to ${target.target.high:,.2f}"
    said = f"${target.expected:,.2f} a month expected, {target.verdict}; {band}"
    unpriced = len(costing.estimate.with_status(Priced.NOT_PRICED))
    if unpriced:
        return Answer(Status.UNMET, f"{said}, without {unpriced} resources that have no price", (urn,))
    return Answer(Status.UNMET if target.verdict == "above" else Status.MET, said, (urn,))


@query("reservations-weighed", "Reserved instances are weighed against paying by the hour")
def reservations_weighed(project: Project) -> Answer:
    """The break-even of reservations, in the estimate."""
    return _weighed(project, "reserved.", "reserved")


@query("savings-plans-weighed", "Savings plans are weighed against paying by the hour")
def savings_plans_weighed(project: Project) -> Answer:
    """The break-even of savings plans, in the estimate."""
    return _weighed(project, "savings-plan.", "in a savings plan")


def _weighed(project: Project, prefix: str, what: str) -> Answer:
    costing, urn = project.costing, project.facts.urn
    if costing is None:
        return Answer(Status.UNMET, _UNPRICED, (urn,))
    found = _savings(costing, prefix)
    said = "; ".join(found) or f"nothing in the estimate could be {what}"
    return Answer(Status.MET, said, (urn,))


def _savings(costing: Costing, prefix: str) -> list[str]:
    return [f"{s.what}: ${s.monthly:,.2f} a month, {s.arithmetic}" for s in costing.savings if s.key.startswith(prefix)]
