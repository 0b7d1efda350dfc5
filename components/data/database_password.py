"""A database's password that a function changes, where RDS may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.data.database import USER
from components.foundation.context import Context
from components.foundation.function import Function, FunctionArgs, may_invoke
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement

if TYPE_CHECKING:
    from components.foundation.alarm import AlarmSpec

_LENGTH: Final = 40
"""Characters of a password; letters and digits, which every client can take."""


@dataclass(frozen=True, kw_only=True)
class DatabasePasswordArgs:
    """Whose password it is, and how often it changes.

    Args:
        context: names and tags.
        database: the database; it manages a password of its own when it is made.
        days: time between two changes, 1 to 90 days.
        logs: how the function's log is kept.
        key_arn: KMS key of the secret; None for AWS's own.
        protect: Pulumi refuses to delete the secret.
    """

    context: Context
    database: aws.rds.Instance
    days: int
    logs: LogPolicy
    key_arn: pulumi.Input[str] | None = None
    protect: bool = False


class DatabasePassword(pulumi.ComponentResource):
    """A secret that AWS fills, and a function that gives its value to the database. $0.40 a month.

    The value is in no program, plan or state: Secrets Manager makes it up, and only the function reads it.

    Attributes:
        secret_arn: ARN of the secret with the user's name and password; the password opens the database once
            `taken_over` is known.
        taken_over: known once RDS no longer manages the password.
    """

    secret_arn: pulumi.Output[str]
    taken_over: pulumi.Output[str]

    def __init__(self, name: str, args: DatabasePasswordArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:DatabasePassword", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        desired: dict[str, object] = {
            "Description": f"Password of the database of {context.application} {context.environment}",
            "GenerateSecretString": {
                "SecretStringTemplate": f'{{"username": "{USER}"}}',
                "GenerateStringKey": "password",
                "PasswordLength": _LENGTH,
                "ExcludePunctuation": True,
            },
            "Tags": [{"Key": key, "Value": value} for key, value in sorted(context.tags(name).items())],
        }
        if args.key_arn is not None:
            desired["KmsKeyId"] = args.key_arn
        secret = aws.cloudcontrol.Resource(
            f"{name}-secret",
            type_name="AWS::SecretsManager::Secret",
            desired_state=pulumi.Output.json_dumps(desired),
            # Cloud Control deletes a secret at once, without the days in which it could be brought back.
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect, retain_on_delete=args.protect),
        )
        self._function = Function(
            f"{name}-run",
            FunctionArgs(
                context=context,
                purpose="database-password",
                description="Gives the database a new password",
                module="functions/rotate_database_password.py",
                logs=args.logs,
                statements=_statements(args, secret.id),
                variables={"DATABASE": args.database.identifier, "PASSWORD_LENGTH": str(_LENGTH)},
                timeout_seconds=600,
            ),
            opts=child,
        )
        call = aws.lambda_.Invocation(
            f"{name}-take-over",
            function_name=self._function.name,
            input=pulumi.Output.json_dumps({"TakeOver": secret.id}),
            # A database that was made anew has a password of RDS's again.
            triggers={"database": args.database.resource_id},
            opts=child,
        )
        allowed = may_invoke(
            f"{name}-call",
            self._function,
            "secretsmanager.amazonaws.com",
            source_account=context.account_id,
            parent=self,
        )
        aws.secretsmanager.SecretRotation(
            f"{name}-schedule",
            secret_id=secret.id,
            rotation_lambda_arn=self._function.arn,
            rotation_rules=aws.secretsmanager.SecretRotationRotationRulesArgs(automatically_after_days=args.days),
            rotate_immediately=False,
            # Secrets Manager tries the function out before it takes the rotation.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[allowed, call]),
        )
        self.taken_over = call.result
        self.secret_arn = pulumi.Output.all(secret.id, call.result).apply(lambda known: str(known[0]))
        self.register_outputs({"secret_arn": self.secret_arn})

    def alarms(self) -> list[AlarmSpec]:
        """Runs of the function that failed: the password is older than it should be."""
        return self._function.alarms()


def _statements(args: DatabasePasswordArgs, secret_arn: pulumi.Output[str]) -> list[Statement]:
    statements = [
        Statement(
            sid="Rotate",
            actions=[
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
            ],
            resources=[secret_arn],
        ),
        Statement(
            sid="MakeUp",
            actions=["secretsmanager:GetRandomPassword"],
            resources=["*"],
            wildcard_reason="the action takes no resource",
        ),
        Statement(
            sid="Change",
            actions=["rds:DescribeDBInstances", "rds:ModifyDBInstance"],
            resources=[args.database.arn],
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
