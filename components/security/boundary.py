"""What roles of the stack may do at most, whatever their own policies say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document

RUNNING: Final = (
    "application-autoscaling",
    "aps",
    "autoscaling",
    "backup",
    "backup-storage",
    "bedrock",
    "ce",
    "cloudwatch",
    "dynamodb",
    "ec2",
    "ec2messages",
    "ecr",
    "ecs",
    "elasticache",
    "elasticfilesystem",
    "elasticloadbalancing",
    "events",
    "firehose",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "rds",
    "rds-db",
    "s3",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "ssmmessages",
    "states",
    "sts",
    "synthetics",
    "tag",
    "xray",
)
"""Services that something which runs may use. What an application asks for beyond them is added here, knowingly."""

ROLES: Final = ("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:PassRole")
"""What AWS Backup does with roles when it restores an instance."""

_NEVER: Final = (
    "kms:DisableKey",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "rds:DeleteDBCluster",
    "rds:DeleteDBInstance",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:PutBucketPolicy",
    "secretsmanager:DeleteSecret",
    "secretsmanager:PutResourcePolicy",
)


@dataclass(frozen=True, kw_only=True)
class BoundaryArgs:
    """Where the boundary counts.

    Args:
        context: names and tags.
    """

    context: Context


class Boundary(pulumi.ComponentResource):
    """A policy that gives nothing and bounds every role that carries it. Free.

    The deploy role may make only roles that carry it: whoever takes over a deployment can't make an administrator.

    Attributes:
        arn: the policy's ARN.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: BoundaryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:Boundary", name, None, opts)
        context = args.context
        policy = aws.iam.Policy(
            f"{name}-policy",
            # Policies of every region share one list of names.
            name=context.physical_name("boundary", context.region, limit=128),
            description="The most that a role of the stack may do",
            policy=policy_document(*_statements()),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.arn = policy.arn
        self.register_outputs({"arn": self.arn})


def _statements() -> list[Statement]:
    why = "it gives nothing: a role's own policy names actions and resources inside of it"
    return [
        Statement(
            sid="Running",
            actions=[*(f"{service}:*" for service in RUNNING), *ROLES],
            resources=["*"],
            wildcard_reason=why,
        ),
        Statement(
            sid="Never",
            effect="Deny",
            actions=_NEVER,
            resources=["*"],
            wildcard_reason="a denial: these end data or open it to others, and are a deployment's to do",
        ),
    ]
