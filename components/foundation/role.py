"""An IAM role of one AWS service, with exactly the statements it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document, service_trust

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class ServiceRoleArgs:
    """What a role is for.

    Args:
        context: names and tags.
        description: what the role is for.
        services: principals that assume it, such as `ecs-tasks.amazonaws.com`.
        statements: what it may do; empty for a role that lives on managed policies alone.
        managed_policies: names of AWS-managed policies with their path, such as `service-role/AmazonRDS…`.
        conditions: limits on whose use of the services may assume it, such as `aws:SourceAccount`.
    """

    context: Context
    description: str
    services: Sequence[str]
    statements: Sequence[Statement] = ()
    managed_policies: Sequence[str] = ()
    conditions: Mapping[str, Mapping[str, pulumi.Input[str]]] = field(default_factory=dict)


class ServiceRole(pulumi.ComponentResource):
    """A role, its inline policy and its managed policies.

    Attributes:
        arn: the role's ARN, available once its permissions are attached.
        name: the role's name.
    """

    arn: pulumi.Output[str]
    name: pulumi.Output[str]

    def __init__(self, name: str, args: ServiceRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:foundation:ServiceRole", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        context = args.context
        role = aws.iam.Role(
            f"{name}-role",
            description=args.description,
            assume_role_policy=service_trust(*args.services, conditions=args.conditions),
            permissions_boundary=context.boundary_arn,
            tags=context.tags(name),
            opts=child,
        )
        permissions: list[pulumi.Output[str]] = []
        if args.statements:
            inline = aws.iam.RolePolicy(
                f"{name}-policy", role=role.name, policy=policy_document(*args.statements), opts=child
            )
            permissions.append(inline.id)
        for policy in args.managed_policies:
            attachment = aws.iam.RolePolicyAttachment(
                f"{name}-{policy.rpartition('/')[2].lower()}",
                role=role.name,
                policy_arn=f"arn:{context.partition}:iam::aws:policy/{policy}",
                opts=child,
            )
            permissions.append(attachment.id)
        # Some services refuse a role that may not yet do what they need: RDS its monitoring role, for one.
        self.arn = pulumi.Output.all(role.arn, *permissions).apply(lambda known: known[0])
        self.name = role.name
        self.register_outputs({"arn": self.arn})
