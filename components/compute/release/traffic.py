"""What ECS needs to lead requests from one version of a service to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.route import Route
from components.foundation.context import Context
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import Strategy

if TYPE_CHECKING:
    from settings.sections.running.release import ReleaseSettings

_SLACK_MINUTES: Final = 30
"""Time for tasks to start, to become healthy and to end."""


@dataclass(frozen=True, kw_only=True)
class TrafficArgs:
    """Whose requests move.

    Args:
        context: names and tags.
    """

    context: Context


class Traffic(pulumi.ComponentResource):
    """The role by which ECS moves listener rules and fills target groups. Free.

    Attributes:
        role_arn: the role, which may do so by now.
    """

    role_arn: pulumi.Output[str]

    def __init__(self, name: str, args: TrafficArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Traffic", name, None, opts)
        role = ServiceRoleArgs(
            context=args.context,
            description="ECS, to lead requests from one version to the next",
            services=["ecs.amazonaws.com"],
            managed_policies=["AmazonECSInfrastructureRolePolicyForLoadBalancers"],
            conditions={"StringEquals": {"aws:SourceAccount": args.context.account_id}},
        )
        self.role_arn = ServiceRole(f"{name}-role", role, opts=pulumi.ResourceOptions(parent=self)).arn
        self.register_outputs({"role_arn": self.role_arn})


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How requests of one service move to a new version.

    Args:
        settings: in which steps.
        role_arn: the role by which ECS moves them.
        rule_arn: the rule that it moves.
    """

    settings: ReleaseSettings
    role_arn: pulumi.Input[str]
    rule_arn: pulumi.Input[str]

    @property
    def timeouts(self) -> pulumi.CustomTimeouts:
        """How long a release may take; an update that stops waiting earlier would report a failure."""
        longest = f"{self.settings.minutes + _SLACK_MINUTES}m"
        return pulumi.CustomTimeouts(create=longest, update=longest)

    def configuration(self) -> aws.ecs.ServiceDeploymentConfigurationArgs:
        """The steps as ECS knows them."""
        settings, kinds = self.settings, aws.ecs
        canary = kinds.ServiceDeploymentConfigurationCanaryConfigurationArgs(
            canary_percent=settings.canary_percent, canary_bake_time_in_minutes=str(settings.canary_bake_minutes)
        )
        linear = kinds.ServiceDeploymentConfigurationLinearConfigurationArgs(
            step_percent=settings.step_percent, step_bake_time_in_minutes=str(settings.step_bake_minutes)
        )
        return kinds.ServiceDeploymentConfigurationArgs(
            strategy=settings.strategy.value.upper(),
            bake_time_in_minutes=str(settings.bake_minutes),
            canary_configuration=canary if settings.strategy is Strategy.CANARY else None,
            linear_configuration=linear if settings.strategy is Strategy.LINEAR else None,
        )

    def second(self, route: Route) -> aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs:
        """The group that a release fills, and the rules that it moves.

        Args:
            route: the service's place at the load balancer.

        Raises:
            ValueError: the route has no second group.
        """
        if route.second is None:
            raise ValueError(f"the route of {route.service} has one group of targets; RouteSpec.shifts gives it two")
        return aws.ecs.ServiceLoadBalancerAdvancedConfigurationArgs(
            alternate_target_group_arn=route.second.arn,
            production_listener_rule=self.rule_arn,
            test_listener_rule=route.second.rule.arn,
            role_arn=self.role_arn,
        )
