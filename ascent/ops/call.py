"""The only calls that operations make, beside those of `ascent verify`, and the IAM action that each needs."""

from __future__ import annotations

from enum import Enum


class Call(Enum):
    """A call: the SDK's service and operation, and the IAM action."""

    ALB_SUBNETS = ("elbv2", "set_subnets", "elasticloadbalancing:SetSubnets")
    BALANCERS = ("elbv2", "describe_load_balancers", "elasticloadbalancing:DescribeLoadBalancers")
    BACKUPS = ("rds", "describe_db_instance_automated_backups", "rds:DescribeDBInstanceAutomatedBackups")
    CHECK = ("route53", "update_health_check", "route53:UpdateHealthCheck")
    CHECK_FOUND = ("route53", "get_health_check", "route53:GetHealthCheck")
    CONTINUOUS = ("dynamodb", "describe_continuous_backups", "dynamodb:DescribeContinuousBackups")
    DEFINITION = ("ecs", "describe_task_definition", "ecs:DescribeTaskDefinition")
    DEFINITIONS = ("ecs", "list_task_definitions", "ecs:ListTaskDefinitions")
    DELETE_DATABASE = ("rds", "delete_db_instance", "rds:DeleteDBInstance")
    DELETE_TABLE = ("dynamodb", "delete_table", "dynamodb:DeleteTable")
    EXPERIMENT = ("fis", "get_experiment", "fis:GetExperiment")
    REBOOT_DATABASE = ("rds", "reboot_db_instance", "rds:RebootDBInstance")
    REGISTER = ("ecs", "register_task_definition", "ecs:RegisterTaskDefinition")
    RESTORE_DATABASE = ("rds", "restore_db_instance_to_point_in_time", "rds:RestoreDBInstanceToPointInTime")
    RESTORE_TABLE = ("dynamodb", "restore_table_to_point_in_time", "dynamodb:RestoreTableToPointInTime")
    ROTATE = ("secretsmanager", "rotate_secret", "secretsmanager:RotateSecret")
    SCALE = ("application-autoscaling", "register_scalable_target", "application-autoscaling:RegisterScalableTarget")
    SCAN = ("dynamodb", "scan", "dynamodb:Scan")
    SERVICE = ("ecs", "update_service", "ecs:UpdateService")
    START_EXPERIMENT = ("fis", "start_experiment", "fis:StartExperiment")
    SUBNETS = ("ec2", "describe_subnets", "ec2:DescribeSubnets")
    UPDATE_GROUP = ("autoscaling", "update_auto_scaling_group", "autoscaling:UpdateAutoScalingGroup")

    def __init__(self, service: str, operation: str, action: str) -> None:
        self.service, self.operation, self.action = service, operation, action
