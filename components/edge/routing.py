"""The rules that lead requests to services, made once these run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.load_balancer import LoadBalancer
from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.edge.route import RouteSpec
    from settings.routes import Rule


@dataclass(frozen=True, kw_only=True)
class RoutingArgs:
    """Which requests go where, and after what.

    Args:
        context: names and tags.
        load_balancer: whose listeners ask the rules.
        routes: the services with the requests that they get.
        running: service → what is there once enough of it is healthy.
        maintenance: every request is answered with 503, and none is led to a service.
    """

    context: Context
    load_balancer: LoadBalancer
    routes: Sequence[RouteSpec]
    running: Mapping[str, pulumi.Resource]
    maintenance: bool = False


class Routing(pulumi.ComponentResource):
    """A rule for each path of each service, on every listener that serves. Free up to ten per request.

    A rule comes after the service that it leads to. So where a service gets another target group, requests go to the
    old one until the new one is healthy.
    """

    def __init__(self, name: str, args: RoutingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Routing", name, None, opts)
        for spec in args.routes:
            target = args.load_balancer.routes[spec.service].target_group_arn
            action = _RESTS if args.maintenance else _to(target)
            after = pulumi.ResourceOptions(parent=self, depends_on=[args.running[spec.service]])
            # On each port it is another rule: one of the same priority may not be made before the other is gone.
            for port, listener in args.load_balancer.listeners.items():
                for rule in spec.rules:
                    _rule(f"{name}-{spec.service}-{port}-{rule.key}", args.context, rule, listener, action, after)
        self.register_outputs({})


_RESTS: Final = aws.lb.ListenerRuleActionArgs(
    type="fixed-response",
    fixed_response=aws.lb.ListenerRuleActionFixedResponseArgs(
        content_type="text/html",
        message_body='<!doctype html><meta charset="utf-8"><title>Back in a moment</title><h1>Back in a moment</h1>'
        "<p>The site is being looked after. Please try again in a few minutes.</p>",
        status_code="503",
    ),
)
"""In place of the service, in the same rules: nothing is made or removed, and the way back is as short."""


def _to(target_group_arn: pulumi.Input[str]) -> aws.lb.ListenerRuleActionArgs:
    return aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=target_group_arn)


def _rule(
    name: str,
    context: Context,
    rule: Rule,
    listener: aws.lb.Listener,
    action: aws.lb.ListenerRuleActionArgs,
    opts: pulumi.ResourceOptions,
) -> None:
    hosts = aws.lb.ListenerRuleConditionHostHeaderArgs(values=list(rule.hosts))
    paths = aws.lb.ListenerRuleConditionPathPatternArgs(values=[rule.path] if rule.path else [])
    aws.lb.ListenerRule(
        name,
        listener_arn=listener.arn,
        priority=rule.priority,
        conditions=[
            *([aws.lb.ListenerRuleConditionArgs(host_header=hosts)] if rule.hosts else []),
            *([aws.lb.ListenerRuleConditionArgs(path_pattern=paths)] if rule.path else []),
        ],
        actions=[action],
        tags=context.tags(name),
        opts=opts,
    )
