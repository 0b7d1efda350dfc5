"""Which resources of AWS a diagram draws, under what name and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from policies.pack import types

if TYPE_CHECKING:
    from ascent.plan.model import Resource


class Family(StrEnum):
    """What a box is about; the value is the CSS class that colours it."""

    EDGE = "edge"
    NETWORK = "network"
    COMPUTE = "compute"
    DATA = "data"
    SECURITY = "security"
    WATCH = "watch"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Service:
    """How resources of one or more types are drawn: together, in one box per place."""

    label: str
    family: Family
    used: bool = False
    """Whether an application's reference to it is worth an arrow."""


RECORDS: Final = Service("Route 53", Family.EDGE)
CDN: Final = Service("CloudFront", Family.EDGE)
WAF: Final = Service("AWS WAF", Family.EDGE)
API: Final = Service("API Gateway", Family.EDGE)
BALANCER: Final = Service("Load balancer", Family.NETWORK)
NAT: Final = Service("NAT gateway", Family.NETWORK)
ENDPOINTS: Final = Service("VPC endpoint", Family.NETWORK)
GATEWAY: Final = Service("Internet gateway", Family.NETWORK)
SUBNETS: Final = Service("Subnet", Family.NETWORK)
FIREWALLS: Final = Service("Security group", Family.SECURITY)
KEYS: Final = Service("KMS key", Family.SECURITY)
SECRETS: Final = Service("Secrets Manager", Family.SECURITY, used=True)
ROLES: Final = Service("IAM role", Family.SECURITY)
BUCKETS: Final = Service("S3 bucket", Family.DATA, used=True)
TOPICS: Final = Service("SNS topic", Family.WATCH, used=True)
QUEUES: Final = Service("SQS queue", Family.DATA, used=True)
ALARMS: Final = Service("CloudWatch alarm", Family.WATCH)
BUDGETS: Final = Service("Budget", Family.WATCH)
EVENTS: Final = Service("EventBridge", Family.WATCH)
BACKUPS: Final = Service("AWS Backup", Family.DATA)
DATABASE: Final = Service("RDS database", Family.DATA, used=True)
AURORA: Final = Service("Aurora cluster", Family.DATA, used=True)
CACHE: Final = Service("ElastiCache", Family.DATA, used=True)
FUNCTIONS: Final = Service("Lambda function", Family.COMPUTE, used=True)
ECS: Final = Service("ECS service", Family.COMPUTE)
GROUP: Final = Service("Auto Scaling group", Family.COMPUTE)
INSTANCES: Final = Service("EC2 instance", Family.COMPUTE)
TRAIL: Final = Service("CloudTrail", Family.SECURITY)

VPC_TYPE: Final = types.EC2_VPC
SUBNET_TYPE: Final = types.EC2_SUBNET
GROUP_TYPE: Final = types.EC2_SECURITY_GROUP
ENDPOINT_TYPE: Final = types.EC2_VPC_ENDPOINT
ROLE_TYPE: Final = types.IAM_ROLE

_BY_TYPE: Final = {
    types.ROUTE53_RECORD: RECORDS,
    types.ROUTE53_ZONE: RECORDS,
    types.CLOUDFRONT_DISTRIBUTION: CDN,
    types.WAFV2_WEB_ACL: WAF,
    types.APIGATEWAYV2_API: API,
    types.APIGATEWAY_REST_API: API,
    types.LB_LOAD_BALANCER: BALANCER,
    types.ALB_LOAD_BALANCER: BALANCER,
    types.ELB_LOAD_BALANCER: BALANCER,
    types.EC2_NAT_GATEWAY: NAT,
    types.EC2_INTERNET_GATEWAY: GATEWAY,
    ENDPOINT_TYPE: ENDPOINTS,
    SUBNET_TYPE: SUBNETS,
    GROUP_TYPE: FIREWALLS,
    types.KMS_KEY: KEYS,
    types.SECRETSMANAGER_SECRET: SECRETS,
    ROLE_TYPE: ROLES,
    types.S3_BUCKET: BUCKETS,
    types.S3_BUCKET_V2: BUCKETS,
    types.DYNAMODB_TABLE: Service("DynamoDB table", Family.DATA, used=True),
    types.SNS_TOPIC: TOPICS,
    types.SQS_QUEUE: QUEUES,
    types.CLOUDWATCH_METRIC_ALARM: ALARMS,
    types.CLOUDWATCH_COMPOSITE_ALARM: ALARMS,
    types.CLOUDWATCH_EVENT_RULE: EVENTS,
    types.CLOUDWATCH_LOG_GROUP: Service("Log group", Family.WATCH),
    types.CLOUDWATCH_DASHBOARD: Service("Dashboard", Family.WATCH),
    types.BUDGETS_BUDGET: BUDGETS,
    types.BACKUP_VAULT: BACKUPS,
    types.BACKUP_PLAN: BACKUPS,
    types.BACKUP_SELECTION: BACKUPS,
    types.RDS_INSTANCE: DATABASE,
    types.RDS_CLUSTER: AURORA,
    types.ELASTICACHE_REPLICATION_GROUP: CACHE,
    types.ELASTICACHE_CLUSTER: CACHE,
    types.ELASTICACHE_SERVERLESS_CACHE: CACHE,
    types.EFS_FILE_SYSTEM: Service("EFS", Family.DATA, used=True),
    types.ECR_REPOSITORY: Service("ECR", Family.COMPUTE),
    types.EKS_CLUSTER: Service("EKS cluster", Family.COMPUTE),
    types.ECS_SERVICE: ECS,
    types.AUTOSCALING_GROUP: GROUP,
    types.EC2_INSTANCE: INSTANCES,
    types.EC2_FLOW_LOG: Service("VPC flow log", Family.NETWORK),
    types.APPAUTOSCALING_TARGET: Service("App Auto Scaling", Family.COMPUTE),
    types.LAMBDA_FUNCTION: FUNCTIONS,
    types.ACM_CERTIFICATE: Service("TLS certificate", Family.SECURITY),
    types.CLOUDTRAIL_TRAIL: TRAIL,
    types.GUARDDUTY_DETECTOR: Service("GuardDuty", Family.SECURITY),
    types.SECURITYHUB_ACCOUNT: Service("Security Hub", Family.SECURITY),
    types.CFG_RECORDER: Service("AWS Config", Family.SECURITY),
}

_CLOUD_CONTROL: Final = {"AWS::SecretsManager::Secret": SECRETS}

_MERGED: Final = {"vpc": "ec2", "alb": "lb"}
"""Modules of the provider that are part of another one's service."""


def service_of(resource: Resource) -> Service | None:
    """How a resource is drawn; None if it is only a detail of another one."""
    if resource.type == types.CLOUDCONTROL_RESOURCE:
        return _CLOUD_CONTROL.get(str(resource.inputs.get("typeName")))
    return _BY_TYPE.get(resource.type)


def module_of(resource: Resource) -> str:
    """Which service's API a resource comes from, such as `ec2`; another provider's resources share its package."""
    package, _, rest = resource.type.partition(":")
    if package not in ("aws", "aws-native"):
        return package
    module = rest.partition(":")[0].partition("/")[0]
    return _MERGED.get(module, module)
