"""Asks a stack who reaches whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.reach.addresses import NOT_PUBLIC, as_range
from ascent.reach.answer import Answer, Hop, Step, Verdict
from ascent.reach.connect import connect
from ascent.reach.forwards import Forward, forwards
from ascent.reach.graph import Graph
from ascent.reach.places import INTERNET, INTERNET_6, Kind, Place, places
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan

_IPV6 = "assignGeneratedIpv6CidrBlock"

_LONGEST = 4
"""Places that pass a request on, one after the other; a stack of ours has three."""


class Network:
    """A stack as a network.

    Args:
        plan: its plan, with what is known in part.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._graph = Graph(plan)
        self.places = places(plan, self._graph)
        self._forwards = forwards(self._graph, self.places)

    def place(self, name: str) -> Place | None:
        """A place by its name, by the logical name of its resource, or as a range of addresses on the internet."""
        found = self.places.get(name) or next(
            (place for place in self.places.values() if place.resource is not None and place.resource.name == name),
            None,
        )
        if found is not None:
            return found
        given = as_range(name)
        if given is None or any(given.version == one.version and given.overlaps(one) for one in NOT_PUBLIC):
            return None
        return Place(name=name, kind=Kind.INTERNET, ports=(443,), range=given)

    @property
    def own(self) -> list[Place]:
        """The places of the stack itself, and the internet as far as the stack speaks its IP; no service of AWS."""
        dual = any(vpc.inputs.get(_IPV6) is True for vpc in self.plan.by_type.get(types.EC2_VPC, ()))
        internet = [INTERNET, INTERNET_6] if dual else [INTERNET]
        return [*internet, *(place for place in self.places.values() if place.resource is not None)]

    def ask(self, source: Place, target: Place, port: int | None = None) -> Answer:
        """Whether one place reaches another: by itself, or by way of what passes requests on.

        Args:
            source: who opens connections.
            target: who is reached.
            port: TCP port at the target; None for any that it listens on.
        """
        tried: list[Answer] = []
        for hops in self._ways(source, target, port):
            answer = Answer(source=source.name, target=target.name, hops=hops)
            if answer.reaches:
                return answer
            tried.append(answer)
        # Of ways that are closed, the one that comes furthest; what is not known matters more than what is closed.
        return max(tried, key=lambda answer: (answer.verdict is Verdict.UNKNOWN, answer.passed))

    def _ways(self, source: Place, target: Place, port: int | None) -> Iterator[tuple[Hop, ...]]:
        """Every way, the shortest first."""
        if not any(forward.by is source and forward.to is target for forward in self._forwards):
            for chosen in [port] if port is not None or not target.ports else target.ports:
                yield (connect(self._graph, source, target, chosen),)
        for chain in self._chains(source, target):
            yield self._along(chain, source, port)

    def _chains(self, source: Place, target: Place) -> Iterator[tuple[Forward, ...]]:
        """Ways of passing on that end at a place; those that begin at the source need nobody before them."""
        ending: list[tuple[Forward, ...]] = [(one,) for one in self._forwards if one.to is target]
        while ending:
            chain = ending.pop(0)
            yield chain
            if chain[0].by is not source and len(chain) < _LONGEST:
                passed = {one.to.name for one in chain}
                ahead = (one for one in self._forwards if one.to is chain[0].by and one.by.name not in passed)
                ending += [(one, *chain) for one in ahead]

    def _along(self, chain: tuple[Forward, ...], source: Place, port: int | None) -> tuple[Hop, ...]:
        hops: list[Hop] = []
        first = chain[0]
        if first.by is not source:
            door = next(iter(first.doors), None)
            hops.append(_not_by_itself(first.by) or connect(self._graph, source, first.by, door))
        for forward in chain:
            hop = forward.hop(self._graph)
            if port is not None and forward is chain[-1] and hop.port != port:
                text = f"{forward.by.name} passes on to port {hop.port} of {forward.to.name} alone"
                hop = Hop(source=hop.source, target=hop.target, port=port, steps=(Step(text, Verdict.CLOSED),))
            hops.append(hop)
        return tuple(hops)


def _not_by_itself(place: Place) -> Hop | None:
    """A link into a VPC is no door: only its API comes by it."""
    if place.resource is None or place.resource.type != types.APIGATEWAYV2_VPC_LINK:
        return None
    step = Step(f"{place.name} takes connections of its API alone", Verdict.CLOSED, (place.resource.urn,))
    return Hop(source="", target=place.name, port=None, steps=(step,))
