"""Which resources of AWS a diagram draws, under what name and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

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

VPC_TYPE: Final = "aws:ec2/vpc:Vpc"
SUBNET_TYPE: Final = "aws:ec2/subnet:Subnet"
GROUP_TYPE: Final = "aws:ec2/securityGroup:SecurityGroup"
ENDPOINT_TYPE: Final = "aws:ec2/vpcEndpoint:VpcEndpoint"
ROLE_TYPE: Final = "aws:iam/role:Role"

_BY_TYPE: Final = {
    "aws:route53/record:Record": RECORDS,
    "aws:route53/zone:Zone": RECORDS,
    "aws:cloudfront/distribution:Distribution": CDN,
    "aws:wafv2/webAcl:WebAcl": WAF,
    "aws:apigatewayv2/api:Api": API,
    "aws:apigateway/restApi:RestApi": API,
    "aws:lb/loadBalancer:LoadBalancer": BALANCER,
    "aws:alb/loadBalancer:LoadBalancer": BALANCER,
    "aws:elb/loadBalancer:LoadBalancer": BALANCER,
    "aws:ec2/natGateway:NatGateway": NAT,
    "aws:ec2/internetGateway:InternetGateway": GATEWAY,
    ENDPOINT_TYPE: ENDPOINTS,
    SUBNET_TYPE: SUBNETS,
    GROUP_TYPE: FIREWALLS,
    "aws:kms/key:Key": KEYS,
    "aws:secretsmanager/secret:Secret": SECRETS,
    ROLE_TYPE: ROLES,
    "aws:s3/bucket:Bucket": BUCKETS,
    "aws:s3/bucketV2:BucketV2": BUCKETS,
    "aws:dynamodb/table:Table": Service("DynamoDB table", Family.DATA, used=True),
    "aws:sns/topic:Topic": TOPICS,
    "aws:sqs/queue:Queue": QUEUES,
    "aws:cloudwatch/metricAlarm:MetricAlarm": ALARMS,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": ALARMS,
    "aws:cloudwatch/eventRule:EventRule": EVENTS,
    "aws:cloudwatch/logGroup:LogGroup": Service("Log group", Family.WATCH),
    "aws:cloudwatch/dashboard:Dashboard": Service("Dashboard", Family.WATCH),
    "aws:budgets/budget:Budget": BUDGETS,
    "aws:backup/vault:Vault": BACKUPS,
    "aws:backup/plan:Plan": BACKUPS,
    "aws:backup/selection:Selection": BACKUPS,
    "aws:rds/instance:Instance": DATABASE,
    "aws:rds/cluster:Cluster": AURORA,
    "aws:elasticache/replicationGroup:ReplicationGroup": CACHE,
    "aws:elasticache/cluster:Cluster": CACHE,
    "aws:elasticache/serverlessCache:ServerlessCache": CACHE,
    "aws:efs/fileSystem:FileSystem": Service("EFS", Family.DATA, used=True),
    "aws:ecr/repository:Repository": Service("ECR", Family.COMPUTE),
    "aws:eks/cluster:Cluster": Service("EKS cluster", Family.COMPUTE),
    "aws:ecs/service:Service": ECS,
    "aws:autoscaling/group:Group": GROUP,
    "aws:ec2/instance:Instance": INSTANCES,
    "aws:ec2/flowLog:FlowLog": Service("VPC flow log", Family.NETWORK),
    "aws:appautoscaling/target:Target": Service("App Auto Scaling", Family.COMPUTE),
    "aws:lambda/function:Function": FUNCTIONS,
    "aws:acm/certificate:Certificate": Service("TLS certificate", Family.SECURITY),
    "aws:cloudtrail/trail:Trail": TRAIL,
    "aws:guardduty/detector:Detector": Service("GuardDuty", Family.SECURITY),
    "aws:securityhub/account:Account": Service("Security Hub", Family.SECURITY),
    "aws:cfg/recorder:Recorder": Service("AWS Config", Family.SECURITY),
}

_CLOUD_CONTROL: Final = {"AWS::SecretsManager::Secret": SECRETS}

_MERGED: Final = {"vpc": "ec2", "alb": "lb"}
"""Modules of the provider that are part of another one's service."""


def service_of(resource: Resource) -> Service | None:
    """How a resource is drawn; None if it is only a detail of another one."""
    if resource.type == "aws:cloudcontrol/resource:Resource":
        return _CLOUD_CONTROL.get(str(resource.inputs.get("typeName")))
    return _BY_TYPE.get(resource.type)


def module_of(resource: Resource) -> str:
    """Which service's API a resource comes from, such as `ec2`; another provider's resources share its package."""
    package, _, rest = resource.type.partition(":")
    if package not in ("aws", "aws-native"):
        return package
    module = rest.partition(":")[0].partition("/")[0]
    return _MERGED.get(module, module)
