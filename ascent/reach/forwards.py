"""What passes requests on, and to whom: CloudFront, accelerators, API gateways, load balancers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ascent.reach.answer import Hop, Step, Verdict, until_closed
from ascent.reach.connect import Sender, connect
from ascent.reach.graph import value_at
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.plan.model import Resource
    from ascent.reach.graph import Graph
    from ascent.reach.places import Place

_ORIGIN_PORTS = {"http-only": ("httpPort", 80), "https-only": ("httpsPort", 443)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """One way on.

    Attributes:
        by: who passes on.
        to: to whom.
        port: port of `to` that it uses; None for the first that listens.
        doors: ports of `by` on which requests are passed on so; empty for all.
        sender: how `by` connects.
        step: what is said of it, where no network lies in between.
    """

    by: Place
    to: Place
    port: int | None = None
    doors: tuple[int, ...] = ()
    sender: Sender = Sender.PASSED_ON
    step: Step | None = None

    def hop(self, graph: Graph) -> Hop:
        """The connection that it makes."""
        if self.step is not None:
            port = self.port if self.port is not None else next(iter(self.to.ports), None)
            return Hop(source=self.by.name, target=self.to.name, port=port, steps=until_closed([self.step]))
        return connect(graph, self.by, self.to, self.port, self.sender)


def forwards(graph: Graph, places: Mapping[str, Place]) -> list[Forward]:
    """All that passes requests on in a stack.

    Args:
        graph: the plan's references.
        places: its places, by name.
    """
    by_urn = {place.resource.urn: place for place in places.values() if place.resource is not None}
    found: list[Forward] = []
    for place in by_urn.values():
        resource = place.resource
        if resource is None:
            continue
        if resource.type == types.LB_LOAD_BALANCER:
            found += _of_balancer(graph, place, resource, by_urn)
        elif resource.type == types.CLOUDFRONT_DISTRIBUTION:
            found += _of_distribution(graph, place, resource, by_urn)
        elif resource.type == types.GLOBALACCELERATOR_ACCELERATOR:
            found += _of_accelerator(graph, place, resource, by_urn)
        elif resource.type == types.APIGATEWAYV2_API:
            found += _of_api(graph, place, resource, by_urn)
    return found


def _of_balancer(graph: Graph, place: Place, balancer: Resource, by_urn: Mapping[str, Place]) -> Iterator[Forward]:
    """To the targets of its listeners' actions, whatever the conditions of their rules are."""
    doors: dict[str, list[int]] = {}
    groups: dict[str, Resource] = {}
    for listener in graph.referring(balancer, types.LB_LISTENER, "loadBalancerArn"):
        rules = [rule for rule in graph.referring(listener, types.LB_LISTENER_RULE, "listenerArn") if _applies(rule)]
        found = [*graph.of(listener, "defaultActions", types.LB_TARGET_GROUP)]
        found += [group for rule in rules for group in graph.of(rule, "actions", types.LB_TARGET_GROUP)]
        for group in found:
            groups[group.urn] = group
            doors.setdefault(group.urn, []).append(int(float(str(listener.inputs.get("port", 0)))))
    for urn, group in groups.items():
        targets = [
            *graph.referring(group, types.ECS_SERVICE, "loadBalancers"),
            *graph.referring(group, types.AUTOSCALING_GROUP, "targetGroupArns"),
        ]
        for target in targets:
            if to := by_urn.get(target.urn):
                ports = tuple(dict.fromkeys(sorted(doors[urn], key=lambda port: port != 443)))
                yield Forward(by=place, to=to, port=_target_port(group, to), doors=ports)


def _applies(rule: Resource) -> bool:
    """Whether requests can match a rule; one by an address that nobody has matches none."""
    conditions: Any = rule.inputs.get("conditions")
    sources = [value_at(rule, "conditions.sourceIp.values")] if isinstance(conditions, list) else []
    return ["192.0.2.1/32"] not in sources


def _target_port(group: Resource, to: Place) -> int | None:
    """Tasks register the port of their container, instances the group's."""
    if to.resource is not None and to.resource.type == types.ECS_SERVICE:
        return next(iter(to.ports), None)
    port = group.inputs.get("port")
    return int(float(str(port))) if port is not None else None


def _of_distribution(graph: Graph, place: Place, cdn: Resource, by_urn: Mapping[str, Place]) -> Iterator[Forward]:
    for origin in graph.of(cdn, "origins", types.CLOUDFRONT_VPC_ORIGIN):
        key, default = _ORIGIN_PORTS.get(
            str(value_at(origin, "vpcOriginEndpointConfig.originProtocolPolicy")), ("httpsPort", 443)
        )
        port = value_at(origin, f"vpcOriginEndpointConfig.{key}")
        for behind in graph.of(origin, "vpcOriginEndpointConfig.arn", types.LB_LOAD_BALANCER, types.EC2_INSTANCE):
            if to := by_urn.get(behind.urn):
                yield Forward(by=place, to=to, port=int(port) if port else default, sender=Sender.BY_INTERFACE)
    private = {
        one.urn
        for origin in graph.of(cdn, "origins", types.CLOUDFRONT_VPC_ORIGIN)
        for one in graph.of(origin, "vpcOriginEndpointConfig.arn")
    }
    kinds = (types.LB_LOAD_BALANCER, types.S3_BUCKET, types.APIGATEWAYV2_API)
    for behind in graph.of(cdn, "origins.domainName", *kinds):
        to = by_urn.get(behind.urn)
        if to is None or behind.urn in private:
            continue
        if behind.type == types.S3_BUCKET:
            yield Forward(by=place, to=to, step=_of_bucket(graph, cdn, behind))
        else:
            yield Forward(by=place, to=to)


def _of_bucket(graph: Graph, cdn: Resource, bucket: Resource) -> Step:
    """Whether a distribution may read a bucket: it signs, and the bucket's policy names it."""
    signs = graph.of(cdn, "origins.originAccessControlId", types.CLOUDFRONT_ORIGIN_ACCESS_CONTROL)
    named = [
        policy.urn
        for policy in graph.referring(bucket, types.S3_BUCKET_POLICY, "bucket")
        if any(one.urn == cdn.urn for one in graph.of(policy, "policy", types.CLOUDFRONT_DISTRIBUTION))
    ]
    if not signs:
        text = f"{cdn.name} has no origin access control: the private bucket {bucket.name} refuses it"
        return Step(text, Verdict.CLOSED, (cdn.urn, bucket.urn))
    if not named:
        text = f"no policy of the bucket {bucket.name} admits {cdn.name}"
        return Step(text, Verdict.CLOSED, (cdn.urn, bucket.urn))
    text = f"{cdn.name} signs its requests, and the policy of the bucket admits it alone"
    return Step(text, Verdict.OPEN, (signs[0].urn, *named))


def _of_accelerator(
    graph: Graph, place: Place, accelerator: Resource, by_urn: Mapping[str, Place]
) -> Iterator[Forward]:
    for listener in graph.referring(accelerator, types.GLOBALACCELERATOR_LISTENER, "acceleratorArn"):
        for group in graph.referring(listener, types.GLOBALACCELERATOR_ENDPOINT_GROUP, "listenerArn"):
            for behind in graph.of(group, "endpointConfigurations", types.LB_LOAD_BALANCER, types.EC2_INSTANCE):
                if to := by_urn.get(behind.urn):
                    yield Forward(by=place, to=to, port=next(iter(place.ports), None), doors=place.ports)


def _of_api(graph: Graph, place: Place, api: Resource, by_urn: Mapping[str, Place]) -> Iterator[Forward]:
    """By its integrations, which go through a link in the VPC to a listener."""
    for integration in graph.referring(api, types.APIGATEWAYV2_INTEGRATION, "apiId"):
        for link in graph.of(integration, "connectionId", types.APIGATEWAYV2_VPC_LINK):
            via = by_urn.get(link.urn)
            if via is None:
                continue
            yield Forward(
                by=place, to=via, step=Step(f"{integration.name} goes by the VPC link {link.name}", urns=(link.urn,))
            )
            for listener in graph.of(integration, "integrationUri", types.LB_LISTENER):
                for balancer in graph.of(listener, "loadBalancerArn", types.LB_LOAD_BALANCER):
                    if to := by_urn.get(balancer.urn):
                        port = int(float(str(listener.inputs.get("port", 443))))
                        yield Forward(by=via, to=to, port=port, doors=())
