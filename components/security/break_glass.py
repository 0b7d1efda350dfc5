"""A role for emergencies, that nobody takes without others hearing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.policy_document import Statement, policy_document
from settings.enums import Severity
from settings.sections.security import BreakGlassSettings

_MANAGED: Final = "PowerUserAccess"
"""Everything but identities and the organisation: who may take this role can't give himself more."""


@dataclass(frozen=True, kw_only=True)
class BreakGlassArgs:
    """Who may take the role, and for how long.

    Args:
        context: names and tags.
        settings: users and length of a session; it names a user.
    """

    context: Context
    settings: BreakGlassSettings


class BreakGlass(pulumi.ComponentResource):
    """A role that named users take with MFA, in the stack's region, for a short session. Free.

    Attributes:
        arn: the role's ARN.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: BreakGlassArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:BreakGlass", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        trust = Statement(
            sid="NamedUsers",
            actions=["sts:AssumeRole"],
            principals={"AWS": list(args.settings.principals)},
            conditions={
                "Bool": {"aws:MultiFactorAuthPresent": "true"},
                "NumericLessThan": {"aws:MultiFactorAuthAge": "900"},
                # CloudTrail tells of the call in the region that was called, and the rule listens in this one.
                "StringEquals": {"aws:RequestedRegion": context.region},
            },
        )
        role = aws.iam.Role(
            f"{name}-role",
            description=f"Emergencies of {context.application} {context.environment}: its use raises an alarm",
            assume_role_policy=policy_document(trust),
            max_session_duration=args.settings.session_minutes * 60,
            tags=context.tags(name),
            opts=child,
        )
        aws.iam.RolePolicyAttachment(
            f"{name}-{_MANAGED.lower()}",
            role=role.name,
            policy_arn=f"arn:{context.partition}:iam::aws:policy/{_MANAGED}",
            opts=child,
        )
        self.arn = role.arn
        self.register_outputs({"arn": self.arn})

    def events(self) -> list[EventSpec]:
        """Each time that somebody takes the role, or is refused it."""
        return [
            EventSpec(
                key="break-glass",
                title="somebody took, or tried to take, the role for emergencies",
                reads=True,
                severity=Severity.CRITICAL,
                pattern={
                    "source": ["aws.sts"],
                    "detail-type": ["AWS API Call via CloudTrail"],
                    "detail": {"eventName": ["AssumeRole"], "requestParameters": {"roleArn": [self.arn]}},
                },
            )
        ]
