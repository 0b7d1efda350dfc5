"""Plan queries: small functions that find something in a plan that no rule judges.

A rule says how a resource must be; a query says that something is there at all: a second pair of target groups, an
alarm on a business metric. It reads the same facts as the rules and has the same three answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from ascent.readiness.model import Status
from policies.pack.facts import UNKNOWN, ResourceFacts, Unknown

if TYPE_CHECKING:
    from types import ModuleType

Subject = TypeVar("Subject")

Truth: TypeAlias = bool | Unknown
"""What is known of a condition: true, false, or known only after deployment."""

Condition: TypeAlias = Callable[[ResourceFacts], Truth]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    Attributes:
        status: `MET`, `UNMET` or `UNKNOWN`.
        found: one line for people.
        urns: resources that it is about.
    """

    status: Status
    found: str
    urns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query(Generic[Subject]):
    """A question to a plan, or to whatever else its function is about.

    Attributes:
        id: kebab-case, unique, stable: the checklist names it.
        title: what is true of a subject that answers it.
        ask: the function.
    """

    id: str
    title: str
    ask: Callable[[Subject], Answer]


def query(id_: str, title: str) -> Callable[[Callable[[Subject], Answer]], Query[Subject]]:
    """Make a query of a function, such as one of the stack's facts."""
    return lambda ask: Query(id_, title, ask)


def collect(modules: Iterable[ModuleType]) -> dict[str, Query[Any]]:
    """The queries that modules hold, by id.

    Raises:
        ValueError: two queries have the same id.
    """
    found: dict[str, Query[Any]] = {}
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, Query):
                if value.id in found:
                    raise ValueError(f"{module.__name__}: a second query has the id {value.id!r}; ids are unique")
                found[value.id] = value
    return found


def both(*truths: Truth) -> Truth:
    """Whether all hold; a false one decides, then an unknown one."""
    if any(t is False for t in truths):
        return False
    return UNKNOWN if any(t is UNKNOWN for t in truths) else True


def either(*truths: Truth) -> Truth:
    """Whether one holds; a true one decides, then an unknown one."""
    if any(t is True for t in truths):
        return True
    return UNKNOWN if any(t is UNKNOWN for t in truths) else False


def some(resources: Iterable[ResourceFacts], what: str, holds: Condition = lambda _: True) -> Answer:
    """Met if one resource or more is as wanted.

    Args:
        resources: candidates.
        what: what is looked for, as a noun: `a rate rule`.
        holds: what a candidate must be.
    """
    every = tuple(resources)
    truths = [(r, holds(r)) for r in every]
    good = tuple(r.urn for r, truth in truths if truth is True)
    if good:
        return Answer(Status.MET, f"{what}: {len(good)} in the plan", good)
    open_ = tuple(r.urn for r, truth in truths if truth is UNKNOWN)
    if open_:
        return Answer(Status.UNKNOWN, f"{what}: known only after deployment", open_)
    near = tuple(r.urn for r in every)
    return Answer(Status.UNMET, f"{what}: {'none that is so' if near else 'none'} in the plan", near)


def every(resources: Iterable[ResourceFacts], what: str, holds: Condition) -> Answer:
    """Met if there are resources and all are as wanted.

    Args:
        resources: what must be as wanted.
        what: how they must be: `tables are on demand`.
        holds: what each must be.
    """
    truths = [(r, holds(r)) for r in resources]
    bad = tuple(r.urn for r, truth in truths if truth is False)
    open_ = tuple(r.urn for r, truth in truths if truth is UNKNOWN)
    if not truths:
        return Answer(Status.UNMET, f"{what}: nothing of the kind in the plan")
    if bad:
        return Answer(Status.UNMET, f"{what}: not so for {len(bad)} of {len(truths)}", bad)
    if open_:
        return Answer(Status.UNKNOWN, f"{what}: known only after deployment", open_)
    return Answer(Status.MET, f"{what}: {len(truths)} of {len(truths)}", tuple(r.urn for r, _ in truths))


def all_of(*answers: Answer) -> Answer:
    """One answer of several that must all be met: the first that is not, else the last open one, else all."""
    for status in (Status.UNMET, Status.UNKNOWN):
        for answer in answers:
            if answer.status is status:
                return answer
    urns = dict.fromkeys(urn for answer in answers for urn in answer.urns)
    return Answer(Status.MET, "; ".join(answer.found for answer in answers), tuple(urns))


def any_of(*answers: Answer) -> Answer:
    """One answer of several ways to the same end: the first that is met, else the first open one, else the first."""
    for status in (Status.MET, Status.UNKNOWN):
        for answer in answers:
            if answer.status is status:
                return answer
    return answers[0]
