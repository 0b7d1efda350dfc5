"""The choices a stack can make, as enums: a wrong word is an error, never a silent default."""

from __future__ import annotations

from enum import StrEnum


class DataClass(StrEnum):
    """Sensitivity of what the stack holds; becomes the DataClass tag."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"


class Nat(StrEnum):
    """How private subnets reach the internet."""

    NONE = "none"
    SINGLE = "single"
    PER_AZ = "per_az"


class Ingress(StrEnum):
    """What stands between users and the application."""

    CLOUDFRONT = "cloudfront"
    ALB = "alb"


class ComputeKind(StrEnum):
    """What runs the container."""

    EC2 = "ec2"
    FARGATE = "fargate"


class ServiceKind(StrEnum):
    """What makes a service work."""

    WEB = "web"
    """Requests, through the load balancer."""
    WORKER = "worker"
    """Messages that it fetches by itself; it runs all the time."""
    TASK = "task"
    """A start, by a schedule or by hand; it ends by itself."""


class Architecture(StrEnum):
    """Processor architecture of tasks and instances."""

    ARM64 = "arm64"
    X86_64 = "x86_64"


class Placement(StrEnum):
    """Which subnets the application runs in; only `public` gives it public addresses."""

    PUBLIC = "public"
    PRIVATE = "private"


class ContainerInsights(StrEnum):
    """Level of Container Insights on the ECS cluster."""

    DISABLED = "disabled"
    ENABLED = "enabled"
    ENHANCED = "enhanced"


class KeyPurpose(StrEnum):
    """What a customer-managed KMS key encrypts."""

    DATA = "data"
    LOGS = "logs"
    SECRETS = "secrets"


class InsightsMode(StrEnum):
    """Mode of CloudWatch Database Insights."""

    STANDARD = "standard"
    ADVANCED = "advanced"


class ApplyChanges(StrEnum):
    """When RDS does what a deployment asks for."""

    NOW = "now"
    WINDOW = "window"


class EndpointService(StrEnum):
    """AWS services that an interface endpoint can stand for."""

    ECR_API = "ecr.api"
    ECR_DKR = "ecr.dkr"
    LOGS = "logs"
    SECRETS_MANAGER = "secretsmanager"
    SSM = "ssm"
    SSM_MESSAGES = "ssmmessages"
    KMS = "kms"
    STS = "sts"
    MONITORING = "monitoring"
    SQS = "sqs"
    SNS = "sns"
    EVENTS = "events"


class Mode(StrEnum):
    """Who keeps a service that an account has only one of."""

    CREATE = "create"
    """This stack makes it."""
    EXISTING = "existing"
    """It is there already; this stack uses it."""
    OFF = "off"


class Presence(StrEnum):
    """Whether a stack sets something for its whole account."""

    CREATE = "create"
    OFF = "off"
