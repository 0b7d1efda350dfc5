"""Rotation of the secrets that AWS generates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.function import Function, FunctionArgs, may_invoke
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from settings.enums import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.foundation.alarm import AlarmSpec

_SERVICE: Final = "secretsmanager.amazonaws.com"


@dataclass(frozen=True, kw_only=True)
class RotationArgs:
    """What rotates, and how often.

    Args:
        context: names and tags.
        secrets: environment variable → ARN of a secret whose value nothing else knows.
        days: time between two rotations, 1 to 90 days.
        length: characters of a new value.
        logs: retention and encryption of the function's log.
        key_arn: KMS key of the secrets; None for AWS's own.
    """

    context: Context
    secrets: Mapping[str, pulumi.Input[str]]
    days: int
    length: int
    logs: LogPolicy
    key_arn: pulumi.Input[str] | None = None


class Rotation(pulumi.ComponentResource):
    """One function that gives each of the secrets a new value every so many days. The value before it stays valid.

    Free but for the calls; the first rotation is due after `days`, not at once: what runs knows the first value only.
    """

    def __init__(self, name: str, args: RotationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:Rotation", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        self._secrets = args.secrets
        self._function = Function(
            # Short: what hangs below it adds its own words, and IAM takes 64 characters.
            f"{name}-run",
            FunctionArgs(
                context=context,
                purpose="secret-rotation",
                description="Gives generated secrets a new value",
                module="functions/rotate_secret.py",
                logs=args.logs,
                statements=_statements(args),
                variables={"SECRET_LENGTH": str(args.length)},
            ),
            opts=child,
        )
        allowed = may_invoke(f"{name}-call", self._function, _SERVICE, source_account=context.account_id, parent=self)
        for variable, arn in args.secrets.items():
            aws.secretsmanager.SecretRotation(
                f"{name}-{variable.lower().replace('_', '-')}-schedule",
                secret_id=arn,
                rotation_lambda_arn=self._function.arn,
                rotation_rules=aws.secretsmanager.SecretRotationRotationRulesArgs(automatically_after_days=args.days),
                rotate_immediately=False,
                # Secrets Manager tries the function out before it takes the rotation.
                opts=pulumi.ResourceOptions(parent=self, depends_on=[allowed]),
            )
        self.register_outputs({})

    def alarms(self) -> list[AlarmSpec]:
        """Runs of the function that failed, which Secrets Manager repeats a few times."""
        return self._function.alarms()

    def events(self) -> list[EventSpec]:
        """A rotation that Secrets Manager gave up."""
        return [
            EventSpec(
                key="secret-rotation",
                title="a secret was not rotated",
                severity=Severity.MEDIUM,
                pattern={
                    "source": ["aws.secretsmanager"],
                    "detail-type": ["AWS Service Event via CloudTrail"],
                    "detail": {
                        "eventName": ["RotationFailed", "RotationAbandoned"],
                        "additionalEventData": {"SecretId": list(self._secrets.values())},
                    },
                },
            )
        ]


def _statements(args: RotationArgs) -> list[Statement]:
    statements = [
        Statement(
            sid="Rotate",
            actions=[
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
            ],
            resources=list(args.secrets.values()),
        ),
        Statement(
            sid="MakeUp",
            actions=["secretsmanager:GetRandomPassword"],
            resources=["*"],
            wildcard_reason="the action takes no resource",
        ),
    ]
    if args.key_arn is not None:
        through = f"secretsmanager.{args.context.region}.{args.context.dns_suffix}"
        statements.append(
            Statement(
                sid="Encrypt",
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[args.key_arn],
                conditions={"StringEquals": {"kms:ViaService": through}},
            )
        )
    return statements
