"""Which AWS services a stack holds resources of, and what it takes to manage and to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pulumi

_NAMES: Final = {
    "accessanalyzer": "access-analyzer",
    "alb": "elasticloadbalancing",
    "amp": "aps",
    "appautoscaling": "application-autoscaling",
    "applicationloadbalancing": "elasticloadbalancing",
    "cfg": "config",
    "computeoptimizer": "compute-optimizer",
    "costexplorer": "ce",
    "costoptimizationhub": "cost-optimization-hub",
    "efs": "elasticfilesystem",
    "inspector2": "inspector2",
    "kinesis": "firehose",
    "lb": "elasticloadbalancing",
    "opensearch": "es",
    "s3control": "s3",
    "vpc": "ec2",
}
"""Module of the provider → what IAM calls the service, where that is another word."""

_PARTS: Final = {
    "cloudwatch/event": "events",
    "cloudwatch/log": "logs",
    "cloudwatch/query": "logs",
    "ec2/awsx": "ec2",
    "kinesis/stream:": "kinesis",
}
"""Start of a type inside of the provider → its service, where a module has types of several."""

_CLOUD_CONTROL: Final = "cloudformation"
"""What IAM calls Cloud Control, which calls the service itself in the name of whoever called it."""

_IN_CLOUDFORMATION: Final = {"ApplicationSignals": "application-signals", "OpenSearchService": "es"}
"""CloudFormation's word for a service → IAM's, where it is another word than its own in lower case."""

_BESIDE: Final = {
    "autoscaling": ("ec2",),
    "backup": ("backup-storage",),
    "ec2": ("tag",),
    "ecs": ("ecr",),
    "lambda": ("xray",),
}
"""Service → others that its own actions reach in the name of whoever calls them."""

_VERBS: Final = ("Describe", "Get", "List")
"""How actions begin that change nothing."""

_WITHOUT: Final = {
    "Describe": {
        "access-analyzer",
        "account",
        "aoss",
        "application-signals",
        "arc-region-switch",
        "athena",
        "bedrock",
        "cost-optimization-hub",
        "ebs",
        "emr-serverless",
        "fis",
        "lambda",
        "oam",
        "resource-groups",
        "route53",
        "route53resolver",
        "rum",
        "s3tables",
        "s3vectors",
        "scheduler",
        "servicediscovery",
        "vpc-lattice",
        "xray",
    },
    "Get": {
        "eks",
        "elasticache",
        "elasticfilesystem",
        "firehose",
        "globalaccelerator",
        "grafana",
        "organizations",
        "rds",
    },
    "List": {
        "autoscaling",
        "compute-optimizer",
        "elasticloadbalancing",
    },
}
"""Verb → services that have no action of it (service authorization reference, November 2026)."""

_DATA: Final = {
    "budgets": ("budgets:Describe*", "budgets:List*", "budgets:ViewBudget"),
    "dynamodb": ("dynamodb:Describe*", "dynamodb:List*"),
    "kms": ("kms:Describe*", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:List*"),
    "logs": ("logs:Describe*", "logs:List*"),
    "s3": (
        "s3:GetAccelerateConfiguration",
        "s3:GetBucket*",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListAllMyBuckets",
    ),
    "secretsmanager": ("secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:List*"),
    "sns": ("sns:Get*", "sns:List*"),
    "sqs": ("sqs:GetQueueAttributes", "sqs:List*"),
    "ssm": ("ssm:Describe*", "ssm:List*"),
}
"""Service → the actions that show how it is set up, where those of the verbs show what is in it, or are others."""

HIDDEN: Final = (
    "athena:GetQueryResults",
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "ec2:GetConsoleOutput",
    "ec2:GetConsoleScreenshot",
    "ec2:GetPasswordData",
    "kinesis:GetRecords",
    "kms:Decrypt",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:GetLogRecord",
    "logs:GetQueryResults",
    "logs:StartQuery",
    "s3tables:GetTableData",
    "s3vectors:GetVectors",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "sqs:ReceiveMessage",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
)
"""Actions that show data or secrets; who previews never needs one."""


class Inventory:
    """The services of the resources that it has seen."""

    def __init__(self) -> None:
        self._services: set[str] = set()

    def see(self, args: pulumi.ResourceTransformationArgs) -> None:
        """Note the service of a resource that is being made; a transformation that transforms nothing."""
        self._services |= set(services_of_type(args.type_, args.props.get("type_name", "")))

    @property
    def services(self) -> list[str]:
        """IAM's names of the services, without IAM itself, in order."""
        beside = {other for service in self._services for other in _BESIDE.get(service, ())}
        return sorted((self._services | beside) - {"iam"})

    def managing(self) -> list[str]:
        """Actions that make, change and delete whatever the services have."""
        return [f"{service}:*" for service in self.services]

    def looking(self) -> list[str]:
        """Actions that show how things are set up, and no data."""
        return [
            action
            for service in self.services
            for action in _DATA.get(service) or [f"{service}:{v}*" for v in _VERBS if service not in _WITHOUT[v]]
        ]


def services_of_type(type_: str, in_cloudformation: object = "") -> tuple[str, ...]:
    """IAM's names of the services that a resource type belongs to; none for components and other providers.

    Args:
        type_: type token, such as `aws:lb/listener:Listener`.
        in_cloudformation: CloudFormation's type of what Cloud Control makes.
    """
    package, _, rest = type_.partition(":")
    if package == "awsx":
        return ("ec2",)
    if package != "aws":
        return ()
    if rest.startswith("cloudcontrol/"):
        _, service, _ = str(in_cloudformation).split("::")
        return (_CLOUD_CONTROL, _IN_CLOUDFORMATION.get(service, service.lower()))
    for start, service in _PARTS.items():
        if rest.startswith(start):
            return (service,)
    module = rest.partition("/")[0]
    return (_NAMES.get(module, module),)
