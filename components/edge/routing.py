"""The rules that lead requests to services, made once these run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.load_balancer import LoadBalancer
from components.edge.route import conditions
from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.edge.route import RouteSpec
    from settings.routes import Rule


_TO_MAIN: Final = aws.lb.ListenerRuleActionArgs(
    type="redirect",
    redirect=aws.lb.ListenerRuleActionRedirectArgs(port="443", protocol="HTTPS", status_code="HTTP_302"),
)
"""To the listener whose rule a release moves; another rule would go on leading to the group that it empties. Nobody
comes this way but CloudFront, while it moves to the other port."""


_RESTS: Final = aws.lb.ListenerRuleActionArgs(
    type="fixed-response",
    fixed_response=aws.lb.ListenerRuleActionFixedResponseArgs(
        content_type="text/html",
        message_body='<!doctype html><meta charset="utf-8"><title>Back in a moment</title><h1>Back in a moment</h1>'
        "<p>The site is being looked after. Please try again in a few minutes.</p>",
        status_code="503",
    ),
)
"""In place of the service, in the same rules: nothing is made or removed, and the way back is as short. What releases
move is not touched: a rule before it answers instead."""


@dataclass(frozen=True, kw_only=True)
class RoutingArgs:
    """Which requests go where.

    Args:
        context: names and tags.
        load_balancer: whose listeners ask the rules.
        routes: the services with the requests that they get.
        maintenance: every request is answered with 503, and none is led to a service.
    """

    context: Context
    load_balancer: LoadBalancer
    routes: Sequence[RouteSpec]
    maintenance: bool = False


class Routing(pulumi.ComponentResource):
    """A rule for each path of each service, on every listener that serves. Free up to ten per request.

    A rule comes after the service that it leads to. So where a service gets another target group, requests go to the
    old one until the new one is healthy. Only where ECS itself moves the rule, release by release, it comes first.

    Attributes:
        moved: service → the rule that its releases move.
    """

    moved: dict[str, aws.lb.ListenerRule]

    def __init__(self, name: str, args: RoutingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Routing", name, None, opts)
        self._name, self._args = name, args
        *_, main = args.load_balancer.listeners
        # A release moves one rule, on one listener; on others requests are sent on to that one.
        shifting = [spec for spec in args.routes if spec.shifts]
        self.moved = {spec.service: self._rule(spec, main, spec.rules[0], None) for spec in shifting}
        for spec in shifting if args.maintenance else ():
            self._rest(f"{name}-{spec.service}-maintenance", main, spec.rules[0])

    def lead(self, running: Mapping[str, pulumi.Resource]) -> None:
        """Lead requests to what runs by now; called once.

        Args:
            running: service → what is there once enough of it is healthy.
        """
        for spec in self._args.routes:
            # On each port it is another rule: one of the same priority may not be made before the other is gone.
            *others, main = self._args.load_balancer.listeners
            for port in others if spec.shifts else (*others, main):
                for rule in spec.rules:
                    self._rule(spec, port, rule, running[spec.service])
        self.register_outputs({})

    def _rule(self, spec: RouteSpec, port: str, rule: Rule, after: pulumi.Resource | None) -> aws.lb.ListenerRule:
        context, balancer = self._args.context, self._args.load_balancer
        route, name = balancer.routes[spec.service], f"{self._name}-{spec.service}-{port}-{rule.key}"
        moved = spec.shifts and after is None
        forward = aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=route.target_group_arn)
        if self._args.maintenance and not moved:
            forward = _RESTS
        elif spec.shifts and not moved:
            forward = _TO_MAIN
        elif route.second is not None:
            groups = [(route.target_group_arn, 1), (route.second.arn, 0)]
            shares = [aws.lb.ListenerRuleActionForwardTargetGroupArgs(arn=arn, weight=share) for arn, share in groups]
            forward = aws.lb.ListenerRuleActionArgs(
                type="forward", forward=aws.lb.ListenerRuleActionForwardArgs(target_groups=shares)
            )
        return aws.lb.ListenerRule(
            name,
            listener_arn=balancer.listeners[port].arn,
            priority=rule.priority,
            conditions=conditions(rule),
            actions=[forward],
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                depends_on=[after] if after else None,
                # ECS writes the shares; an update must not swing requests back to what no longer runs.
                ignore_changes=["actions"] if moved else None,
            ),
        )

    def _rest(self, name: str, port: str, rule: Rule) -> None:
        """A rule right before one that releases move, which answers in its place."""
        context, balancer = self._args.context, self._args.load_balancer
        taken = {each.priority for spec in self._args.routes for each in spec.rules}
        aws.lb.ListenerRule(
            name,
            listener_arn=balancer.listeners[port].arn,
            priority=next(place for place in range(rule.priority - 1, 0, -1) if place not in taken),
            conditions=conditions(rule),
            actions=[_RESTS],
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
