"""One connection between two places: everything that it passes, up to what stops it."""

from __future__ import annotations

from enum import Enum
from itertools import product
from typing import TYPE_CHECKING

from ascent.reach import acls, groups, routes
from ascent.reach.addresses import EVERYWHERE
from ascent.reach.answer import Hop, Step, Verdict, until_closed
from ascent.reach.graph import truth
from ascent.reach.groups import Peer
from ascent.reach.places import IPV4, Kind, Place, addresses
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Resource
    from ascent.reach.addresses import Range
    from ascent.reach.graph import Graph

_TLS = 443


class Sender(Enum):
    """On whose behalf a place connects."""

    ITSELF = "itself"
    PASSED_ON = "passed on"
    """It passes a request on, from addresses like everybody's."""
    BY_INTERFACE = "by interface"
    """The same, but from interfaces of its own in the VPC, which AWS lists, as CloudFront does."""


def connect(graph: Graph, source: Place, target: Place, port: int | None, sender: Sender = Sender.ITSELF) -> Hop:
    """One connection, without what may pass it on further.

    Args:
        graph: the plan's references.
        source: who opens it.
        target: where it leads to.
        port: TCP port at the target; None for the first that it listens on.
        sender: on whose behalf the source connects.
    """
    chosen = port if port is not None else next(iter(target.ports), None)
    steps = until_closed(_steps(graph, source, target, chosen, sender))
    return Hop(source=source.name, target=target.name, port=chosen, steps=steps)


def _steps(graph: Graph, source: Place, target: Place, port: int | None, sender: Sender) -> Iterator[Step]:
    if not source.opens:
        yield Step(f"{source.name} opens no connections by itself", Verdict.CLOSED, _urn(source))
    if source.kind is Kind.EDGE and sender is Sender.ITSELF:
        yield Step(f"{source.name} passes requests on, but not to {target.name}", Verdict.CLOSED, _urn(source))
    if port is None:
        yield Step(f"{target.name} listens on no port that the plan names", Verdict.CLOSED, _urn(target))
        return
    if source.kind is Kind.INSIDE:
        yield from _from_inside(graph, source, target, port)
    elif target.kind is Kind.INSIDE:
        yield from _from_outside(graph, source, target, port, sender)
    elif target.kind is Kind.API:
        yield _unsigned(graph, target)
    yield from _at_the_end(source, target, port)


def _unsigned(graph: Graph, target: Place) -> Step:
    """What an API answers to a request that nobody signed, such as anybody on the internet sends."""
    bucket = target.resource if target.service == "s3" else None
    if bucket is None:
        text = f"the API of {target.service} refuses requests that nobody of the account has signed"
        return Step(text, Verdict.CLOSED, _urn(target))
    for block in graph.referring(bucket, types.S3_BUCKET_PUBLIC_ACCESS_BLOCK, "bucket"):
        if all(truth(block.inputs.get(key)) for key in ("blockPublicPolicy", "restrictPublicBuckets")):
            text = f"the public access block of {target.name} refuses requests that nobody has signed"
            return Step(text, Verdict.CLOSED, (block.urn,))
    text = f"{target.name} has no public access block: its policy, or the account's block, decides"
    return Step(text, Verdict.UNKNOWN, _urn(target))


def _from_inside(graph: Graph, source: Place, target: Place, port: int) -> Iterator[Step]:
    if target.kind is Kind.API:
        yield from _to_api(graph, source, target.service)
    elif target.kind is Kind.INSIDE and not _by_the_internet(source, target):
        yield from _within(graph, source, target, port)
    elif target.kind is Kind.INSIDE:
        # A public load balancer's name means its public addresses, inside of the VPC as well.
        yield from _outward(graph, source, EVERYWHERE, port, target.name)
        yield from _inward(graph, target, EVERYWHERE, port, "internet")
    else:
        yield from _outward(graph, source, target.range, port, target.name)


def _by_the_internet(source: Place, target: Place) -> bool:
    balancer = target.resource is not None and target.resource.type == types.LB_LOAD_BALANCER
    return balancer and target.public is True and source.resource is not target.resource


def _at_the_end(source: Place, target: Place, port: int) -> Iterator[Step]:
    """Whether anything answers there."""
    if target.kind is Kind.API:
        text = f"the API of {target.service} answers; what it does for {source.name}, permissions decide"
        closed = Step(f"the API of {target.service} listens on {_TLS} alone", Verdict.CLOSED, _urn(target))
        yield Step(text, Verdict.OPEN, _urn(target)) if port == _TLS else closed
    elif target.kind is not Kind.INTERNET and target.ports and port not in target.ports:
        listened = ", ".join(map(str, target.ports))
        yield Step(f"{target.name} does not listen on {port}, only on {listened}", Verdict.CLOSED, _urn(target))
    elif target.kind is Kind.EDGE:
        yield Step(f"{target.name} answers everybody on {port}", Verdict.OPEN, _urn(target))
    elif target.kind is Kind.INSIDE and not target.ports:
        yield Step(f"whether {target.name} listens on {port}, the plan does not tell; the network lets it through")
    elif target.kind is Kind.INSIDE:
        yield Step(f"{target.name} listens on {port}", Verdict.OPEN, _urn(target))


def _within(graph: Graph, source: Place, target: Place, port: int) -> Iterator[Step]:
    """Inside of a VPC: groups on both sides, ACLs of both subnets in both directions; the VPC routes by itself."""
    if not _share_a_vpc(graph, source, target):
        text = f"{source.name} and {target.name} are in different VPCs, and no route leads from one to the other"
        yield Step(text, Verdict.CLOSED, (*_urn(source), *_urn(target)))
    yield groups.passes(graph, "out", source.groups, port, _peer(target), source.name)
    yield from _acls_between(graph, source, target, port)
    yield groups.passes(graph, "in", target.groups, port, _peer(source), target.name)


def _acls_between(graph: Graph, source: Place, target: Place, port: int) -> Iterator[Step]:
    """Every pair of subnets, as nobody knows in which either end is; each thing that passes is said once."""
    said: set[str] = set()
    for here, there in product(source.subnets, target.subnets):
        if here.urn == there.urn:
            continue
        here_range, there_range = addresses(here, IPV4), addresses(there, IPV4)
        if here_range is None or there_range is None:
            yield Step(f"the range of subnet {here.name} or {there.name} is not known", Verdict.UNKNOWN, (here.urn,))
            continue
        for step in (
            acls.passes(graph, "out", here, (port, port), there_range),
            acls.passes(graph, "in", there, (port, port), here_range),
            acls.passes(graph, "out", there, acls.ANSWERS, here_range),
            acls.passes(graph, "in", here, acls.ANSWERS, there_range),
        ):
            own_acl = bool(step.urns)
            if own_acl and step.text not in said:
                said.add(step.text)
                yield step


def _to_api(graph: Graph, source: Place, service: str) -> Iterator[Step]:
    """To an API of AWS: by an interface endpoint, a gateway endpoint, or else over the internet."""
    endpoint = _interface_endpoint(graph, source, service)
    if endpoint is not None:
        yield from _within(graph, source, endpoint, _TLS)
        text = f"the interface endpoint {endpoint.name} leads to {service} without the internet"
        yield Step(text, Verdict.OPEN, _urn(endpoint))
        return
    gateways = [routes.by_gateway_endpoint(graph, subnet, service) for subnet in source.subnets]
    if not all(gateways):
        yield from _outward(graph, source, EVERYWHERE, _TLS, service)
        return
    # The addresses of a gateway's service are public ones, which rules name by a list of AWS's or by everything.
    peer = Peer(name=service, ranges=(EVERYWHERE,), listed=True)
    yield groups.passes(graph, "out", source.groups, _TLS, peer, source.name)
    for subnet in source.subnets:
        yield from _acl_both_ways(graph, "out", subnet, EVERYWHERE, _TLS)
    yield from (step for step in gateways if step is not None)


def _interface_endpoint(graph: Graph, source: Place, service: str) -> Place | None:
    """The interface endpoint by whose private name a place calls a service; None where there is none."""
    vpcs = {vpc.urn for subnet in source.subnets for vpc in graph.of(subnet, "vpcId", types.EC2_VPC)}
    for endpoint in graph.plan.by_type.get(types.EC2_VPC_ENDPOINT, ()):
        own = {vpc.urn for vpc in graph.of(endpoint, "vpcId", types.EC2_VPC)}
        named = str(endpoint.inputs.get("serviceName", "")).endswith(f".{service}")
        if named and endpoint.inputs.get("privateDnsEnabled") is True and own & vpcs:
            return Place(
                name=f"endpoint {service}",
                kind=Kind.INSIDE,
                resource=endpoint,
                subnets=graph.of(endpoint, "subnetIds", types.EC2_SUBNET),
                groups=graph.of(endpoint, "securityGroupIds", types.EC2_SECURITY_GROUP),
                ports=(_TLS,),
            )
    return None


def _outward(graph: Graph, source: Place, to: Range, port: int, name: str) -> Iterator[Step]:
    """Out of the VPC: the group lets it, the ACL too, and a route leads there."""
    yield groups.passes(graph, "out", source.groups, port, Peer(name=name, ranges=(to,)), source.name)
    for subnet in source.subnets:
        yield from _acl_both_ways(graph, "out", subnet, to, port)
        if source.public is None:
            yield Step(f"whether {source.name} has a public address is not known", Verdict.UNKNOWN, _urn(source))
        # Every address of IPv6 is a public one.
        has_address = source.public is True or to.version != IPV4
        yield routes.way_out(graph, subnet, to, has_address=has_address)


def _from_outside(graph: Graph, source: Place, target: Place, port: int, sender: Sender) -> Iterator[Step]:
    if sender is Sender.BY_INTERFACE:
        # CloudFront comes by interfaces of its own in the VPC: no route, and no public address, is needed.
        peer = Peer(name=source.name, listed=True)
        yield groups.passes(graph, "in", target.groups, port, peer, target.name)
        return
    yield from _inward(graph, target, source.range, port, source.name)


def _inward(graph: Graph, target: Place, of: Range, port: int, name: str) -> Iterator[Step]:
    """Into the VPC: a public address, a route, the ACL and the group."""
    if of.version == IPV4 and target.public is not True:
        verdict = Verdict.CLOSED if target.public is False else Verdict.UNKNOWN
        said = "has no public address" if target.public is False else "may have a public address or none"
        yield Step(f"{target.name} {said}", verdict, _urn(target))
    for subnet in target.subnets:
        yield routes.way_in(graph, subnet, of)
        yield from _acl_both_ways(graph, "in", subnet, of, port)
    yield groups.passes(graph, "in", target.groups, port, Peer(name=name, ranges=(of,)), target.name)


def _acl_both_ways(graph: Graph, way: str, subnet: Resource, peer: Range, port: int) -> Iterator[Step]:
    """What the ACL of a subnet says of a connection and of its answers; nothing where it has none of its own."""
    back = "in" if way == "out" else "out"
    steps = (
        acls.passes(graph, way, subnet, (port, port), peer),
        acls.passes(graph, back, subnet, acls.ANSWERS, peer),
    )
    yield from (step for step in steps if step.urns)


def _peer(place: Place) -> Peer:
    ranges = [addresses(subnet, IPV4) for subnet in place.subnets]
    known = tuple(one for one in ranges if one is not None) if None not in ranges else ()
    return Peer(name=place.name, ranges=known, groups=frozenset(group.urn for group in place.groups))


def _share_a_vpc(graph: Graph, source: Place, target: Place) -> bool:
    """Whether two places are in one VPC; subnets of which that is not known count as being so."""
    here, there = (
        {vpc.urn for subnet in place.subnets for vpc in graph.of(subnet, "vpcId", types.EC2_VPC)}
        for place in (source, target)
    )
    return not here or not there or bool(here & there)


def _urn(place: Place) -> tuple[str, ...]:
    return (place.resource.urn,) if place.resource else ()
