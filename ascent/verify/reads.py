"""The only calls that `ascent verify` makes to AWS, and the IAM action that each needs. None changes anything."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class Asking(Protocol):
    """A call of AWS: the SDK's service and operation, and the IAM action."""

    @property
    def service(self) -> str:
        """The SDK's name of the service."""
        ...

    @property
    def operation(self) -> str:
        """The SDK's name of the operation."""
        ...

    @property
    def action(self) -> str:
        """The IAM action that it needs."""
        ...


class Call(Enum):
    """A call that reads: the SDK's service and operation, and the IAM action."""

    def __init__(self, service: str, operation: str, action: str) -> None:
        self.service, self.operation, self.action = service, operation, action


class Read(Call):
    """What `ascent verify` asks."""

    CALLER = ("sts", "get_caller_identity", "sts:GetCallerIdentity")
    CERTIFICATE = ("acm", "describe_certificate", "acm:DescribeCertificate")
    GROUPS = ("autoscaling", "describe_auto_scaling_groups", "autoscaling:DescribeAutoScalingGroups")
    REFRESHES = ("autoscaling", "describe_instance_refreshes", "autoscaling:DescribeInstanceRefreshes")
    ACTIVITIES = ("autoscaling", "describe_scaling_activities", "autoscaling:DescribeScalingActivities")
    VAULT = ("backup", "describe_backup_vault", "backup:DescribeBackupVault")
    RECOVERY_POINTS = (
        "backup",
        "list_recovery_points_by_backup_vault",
        "backup:ListRecoveryPointsByBackupVault",
    )
    NOTIFICATIONS = ("budgets", "describe_notifications_for_budget", "budgets:ViewBudget")
    SUBSCRIBERS = ("budgets", "describe_subscribers_for_notification", "budgets:ViewBudget")
    DISTRIBUTION = ("cloudfront", "get_distribution", "cloudfront:GetDistribution")
    VPC_ORIGIN = ("cloudfront", "get_vpc_origin", "cloudfront:GetVpcOrigin")
    ALARMS = ("cloudwatch", "describe_alarms", "cloudwatch:DescribeAlarms")
    TABLE = ("dynamodb", "describe_table", "dynamodb:DescribeTable")
    SERVICES = ("ecs", "describe_services", "ecs:DescribeServices")
    TASKS = ("ecs", "list_tasks", "ecs:ListTasks")
    STOPPED = ("ecs", "describe_tasks", "ecs:DescribeTasks")
    TARGETS = ("elbv2", "describe_target_health", "elasticloadbalancing:DescribeTargetHealth")
    DATABASES = ("rds", "describe_db_instances", "rds:DescribeDBInstances")
    SECRET = ("secretsmanager", "describe_secret", "secretsmanager:DescribeSecret")
    SUBSCRIPTIONS = ("sns", "list_subscriptions_by_topic", "sns:ListSubscriptionsByTopic")
