"""The sections of a stack's settings: every field with meaning, unit, default and cost.

Costs are us-east-1 list prices of November 2026 for 730 hours a month, as published on AWS's pricing pages.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from common.tiers import Tier
from settings.base import Section, setting
from settings.enums import (
    Architecture,
    ComputeKind,
    ContainerInsights,
    DataClass,
    EndpointService,
    Ingress,
    InsightsMode,
    KeyPurpose,
    Nat,
    Placement,
)
from settings.fields import (
    AccountId,
    ApplicationName,
    AttributeName,
    CertificateArn,
    ContainerUser,
    CookieName,
    DatabaseClass,
    DatabaseName,
    DomainName,
    Email,
    EnvironmentVariable,
    HostedZoneId,
    HttpPath,
    Image,
    InstanceType,
    PostgresVersion,
    SecretArn,
    ShortName,
    TagText,
    TlsPolicy,
    VpcCidr,
    ZoneName,
    distinct,
)

LogRetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
"""Retention periods that CloudWatch Logs accepts (PutRetentionPolicy)."""

MAX_AZS = 6
"""Most availability zones a region has (us-east-1); the VPC reserves room for as many."""


class NetworkSettings(Section):
    """The VPC: address ranges, zones, ways out, flow logs."""

    cidr: VpcCidr = setting("10.0.0.0/16", "address range of the VPC, /16 to /19; changing it replaces the network")
    az_count: int = setting(
        2,
        "availability zones in use, counted from the region's first; raising it only adds",
        ge=2,
        le=MAX_AZS,
    )
    availability_zones: tuple[ZoneName, ...] | None = setting(
        None, "the zones by name instead of by count; append, never reorder", min_length=2, max_length=MAX_AZS
    )
    nat: Nat = setting(
        Nat.NONE,
        "how private subnets reach the internet",
        cost="a NAT gateway with its address is about $36.50 a month plus $0.045 per GB",
    )
    interface_endpoints: Annotated[tuple[EndpointService, ...], AfterValidator(distinct)] = setting(
        (),
        "AWS services reached without the internet",
        cost="$7.30 a month per service and zone plus $0.01 per GB",
    )
    flow_log_retention_days: int = setting(
        30, "how long flow logs stay in S3", unit="days", cost="$0.25 per GB delivered", ge=1, le=3653
    )


class EdgeSettings(Section):
    """How users reach the application."""

    ingress: Ingress = setting(
        Ingress.CLOUDFRONT,
        "cloudfront: CloudFront to an internal load balancer, HTTPS without a domain; alb: a public load balancer",
        cost="load balancer from $16.43 a month; alb adds $3.65 per zone for public addresses",
    )
    domain: DomainName | None = setting(None, "host name that users type; required for a public load balancer")
    hosted_zone_id: HostedZoneId | None = setting(
        None,
        "Route 53 zone that holds the domain; without it a zone is made for the domain",
        cost="$0.50 a month per zone",
    )
    certificate_arn: CertificateArn | None = setting(
        None, "an issued ACM certificate to use instead of a new one, for domains whose DNS is elsewhere"
    )
    tls_policy: TlsPolicy = setting(
        "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        "TLS policy of the load balancer's HTTPS listener",
    )
    waf: bool = setting(
        False,
        "a web application firewall with AWS's managed rules and rate limits",
        cost="$11 a month plus $0.60 per million requests",
    )
    rate_limit: int = setting(
        2000, "requests from one address before the firewall blocks it", unit="per 5 minutes", ge=10, le=2_000_000_000
    )
    session_rate_limit: int = setting(
        500, "requests of one session before the firewall blocks it", unit="per 5 minutes", ge=10, le=2_000_000_000
    )
    session_cookie: CookieName = setting("session_id", "cookie that names a session")
    access_log_retention_days: int = setting(90, "how long access logs stay in S3", unit="days", ge=1, le=3653)
    idle_timeout_seconds: int = setting(60, "idle time before a connection is closed", unit="seconds", ge=1, le=4000)


class ComputeSettings(Section):
    """What runs the application's container, and how it scales."""

    kind: ComputeKind = setting(
        ComputeKind.FARGATE, "ec2: an Auto Scaling group that runs the container; fargate: an ECS service"
    )
    image: Image | None = setting(
        None, "container image with a tag or digest; without it a small placeholder page answers"
    )
    command: tuple[str, ...] | None = setting(None, "command instead of the image's own", min_length=1)
    port: int = setting(8000, "port the container listens on", ge=1, le=65535)
    health_check_path: HttpPath = setting("/health", "path that answers 200 when the application can serve")
    health_check_grace_seconds: int = setting(
        60, "time a new task or instance has before its health counts", unit="seconds", ge=0, le=3600
    )
    architecture: Architecture = setting(Architecture.ARM64, "processor; ARM costs about 20 % less")
    placement: Placement = setting(Placement.PRIVATE, "subnets that the application runs in")
    cpu: int = setting(
        256, "CPU of a Fargate task", unit="CPU units (1024 = 1 vCPU)", cost="$23.64 a month per ARM vCPU"
    )
    memory: int = setting(512, "memory of a Fargate task", unit="MiB", cost="$2.60 a month per ARM GB")
    instance_type: InstanceType = setting(
        "t4g.micro",
        "type of the EC2 instances",
        cost="t4g.micro $6.13 a month each, plus $3.65 for a public address",
    )
    volume_gb: int = setting(8, "root volume of an instance", unit="GB", cost="$0.08 a month per GB", ge=8, le=1024)
    detailed_monitoring: bool = setting(
        False,
        "metrics of an instance every minute instead of every five; scaling then reacts faster (ec2)",
        cost="$2.10 a month per instance",
    )
    min_count: int = setting(1, "fewest tasks or instances", ge=1, le=1000)
    max_count: int = setting(2, "most tasks or instances", ge=1, le=1000)
    target_cpu_percent: int = setting(70, "CPU use that scaling keeps", unit="percent", ge=10, le=95)
    target_memory_percent: int = setting(80, "memory use that scaling keeps (fargate)", unit="percent", ge=10, le=95)
    environment: dict[EnvironmentVariable, str] = setting(dict, "plain environment variables of the container")
    secrets: dict[EnvironmentVariable, SecretArn] = setting(
        dict, "environment variables read from Secrets Manager or SSM, by ARN"
    )
    root_read_only: bool = setting(True, "mount the container's root file system read-only; /tmp stays writable")
    user: ContainerUser = setting(
        "65534:65534",
        "user and group the container runs as; root is refused",
    )


class DynamoDbSettings(Section):
    """One on-demand table with a generic key, for single-table designs."""

    enabled: bool = setting(False, "whether the table exists", cost="$0.625 per million writes, $0.25 per GB")
    partition_key: AttributeName = setting("pk", "name of the partition key, a string")
    sort_key: AttributeName | None = setting("sk", "name of the sort key, a string; null for none")
    recovery_days: int = setting(
        35, "how far back point-in-time recovery reaches", unit="days", cost="$0.20 per GB", ge=1, le=35
    )


class PostgresSettings(Section):
    """An RDS PostgreSQL database with a password that AWS makes and rotates."""

    enabled: bool = setting(False, "whether the database exists")
    engine_version: PostgresVersion = setting("17", "major version of PostgreSQL")
    instance_class: DatabaseClass = setting(
        "db.t4g.micro",
        "size of the database",
        cost="db.t4g.micro $11.68 a month, twice with multiAz",
    )
    storage_gb: int = setting(
        20, "storage at the start (gp3)", unit="GB", cost="$0.115 a month per GB", ge=20, le=65535
    )
    max_storage_gb: int = setting(100, "storage that it may grow to by itself", unit="GB", ge=21, le=65536)
    database_name: DatabaseName = setting("app", "name of the first database")
    multi_az: bool = setting(
        False, "a standby in a second zone takes over within a minute or two", cost="doubles the price"
    )
    backup_retention_days: int = setting(7, "how far back point-in-time recovery reaches", unit="days", ge=1, le=35)
    final_snapshot: bool = setting(True, "keep a snapshot when the database is deleted")
    monitoring_interval_seconds: Literal[0, 1, 5, 10, 15, 30, 60] = setting(
        60, "enhanced monitoring; 0 turns it off", unit="seconds"
    )
    insights_mode: InsightsMode = setting(
        InsightsMode.STANDARD,
        "Database Insights; advanced keeps 15 months",
        cost="advanced $9.13 a month per vCPU",
    )


class DataSettings(Section):
    """The data stores."""

    dynamodb: DynamoDbSettings = setting(DynamoDbSettings, "the DynamoDB table")
    postgres: PostgresSettings = setting(PostgresSettings, "the PostgreSQL database")


class SecuritySettings(Section):
    """Keys and secrets."""

    customer_managed_keys: Annotated[tuple[KeyPurpose, ...], AfterValidator(distinct)] = setting(
        (KeyPurpose.DATA,),
        "what own KMS keys encrypt; the rest uses AWS's. Decide on data early: a change replaces the database",
        cost="$1 a month per key, $2 after the first rotation, $3 after the second",
    )
    key_deletion_window_days: int = setting(
        30, "time to change one's mind about deleting a key", unit="days", ge=7, le=30
    )
    key_rotation_days: int = setting(365, "how often KMS renews a key's material", unit="days", ge=90, le=2560)
    application_secret_length: int = setting(
        64,
        "length of the generated application secret (JWT_SECRET)",
        unit="characters",
        cost="$0.40 a month",
        ge=32,
        le=4096,
    )
    secrets: dict[EnvironmentVariable, Annotated[SecretStr, Field(min_length=1)]] = setting(
        dict,
        "own secrets, encrypted in the stack file with `pulumi config set --secret --path`; given to the container",
        cost="$0.40 a month each",
    )
    secret_recovery_days: int = setting(
        7, "time in which a deleted secret can be brought back", unit="days", ge=7, le=30
    )


class AlarmSettings(Section):
    """Thresholds of the alarms; each notifies the alarm topic."""

    cpu_percent: int = setting(85, "CPU use of compute and database", unit="percent", ge=1, le=100)
    memory_percent: int = setting(85, "memory use of the tasks", unit="percent", ge=1, le=100)
    latency_p95_seconds: float = setting(1.0, "95th percentile of the response time", unit="seconds", gt=0, le=60)
    server_errors_per_minute: int = setting(10, "answers with a 5xx status", unit="per minute", ge=1, le=1_000_000)
    database_free_storage_gb: int = setting(5, "free space of the database", unit="GB", ge=1, le=65536)
    database_connections: int = setting(80, "open connections to the database", ge=1, le=262_143)


class ObservabilitySettings(Section):
    """Logs, alarms and the dashboard."""

    log_retention_days: LogRetentionDays = setting(
        30, "how long logs are kept", unit="days", cost="$0.50 per GB taken in, $0.03 a month per GB kept"
    )
    alarm_emails: Annotated[tuple[Email, ...], AfterValidator(distinct)] = setting(
        (), "addresses that hear of alarms; each must confirm once"
    )
    alarms: AlarmSettings = setting(AlarmSettings, "alarm thresholds")
    dashboard: bool = setting(
        True, "a CloudWatch dashboard", cost="free for the account's first three, then $3 a month"
    )
    container_insights: ContainerInsights = setting(
        ContainerInsights.DISABLED, "metrics of the ECS cluster", cost="about $0.30 a month per metric"
    )


class ResilienceSettings(Section):
    """Backups beyond the stores' own point-in-time recovery."""

    backup: bool = setting(False, "an AWS Backup plan, daily at 02:00 UTC", cost="$0.095 a month per GB of RDS")
    daily_retention_days: int = setting(30, "how long a daily backup is kept", unit="days", ge=1, le=3653)
    weekly: bool = setting(False, "a second backup each Sunday")
    weekly_retention_days: int = setting(90, "how long a weekly backup is kept", unit="days", ge=1, le=3653)
    protect: bool = setting(
        True,
        "Pulumi and AWS both refuse to delete what holds data, keys and the load balancer; set false and deploy before "
        "a teardown",
    )


class BudgetSettings(Section):
    """A monthly budget that warns before the bill does."""

    monthly_limit_usd: int = setting(50, "the month's limit", unit="USD", ge=1, le=1_000_000_000)
    actual_percent: Annotated[tuple[Annotated[int, Field(ge=1, le=1000)], ...], AfterValidator(distinct)] = setting(
        (80, 100),
        "shares of the limit at which actual spending notifies",
        unit="percent",
        min_length=1,
        max_length=4,
    )
    forecast_percent: int = setting(
        100, "share of the limit at which forecast spending notifies", unit="percent", ge=1, le=1000
    )


class Settings(Section):
    """All settings of one stack."""

    application: ApplicationName = setting("ascent", "name of the product; the default is the Pulumi project's")
    environment: ShortName = setting("dev", "name of the environment; the default is the stack's")
    tier: Tier = setting(Tier.MVP, "maturity; picks the profile of defaults")
    region: str = setting("us-east-1", "AWS region, from aws:region")
    account_id: AccountId | None = setting(None, "the only account that the stack may be deployed to")
    owner: TagText = setting("platform", "team that answers for the stack; becomes the Owner tag")
    cost_center: TagText = setting("engineering", "who pays; becomes the CostCenter tag")
    data_class: DataClass = setting(DataClass.INTERNAL, "sensitivity of the data; becomes the DataClass tag")
    network: NetworkSettings = setting(NetworkSettings, "the VPC")
    edge: EdgeSettings = setting(EdgeSettings, "how users reach the application")
    compute: ComputeSettings = setting(ComputeSettings, "what runs the application")
    data: DataSettings = setting(DataSettings, "the data stores")
    security: SecuritySettings = setting(SecuritySettings, "keys and secrets")
    observability: ObservabilitySettings = setting(ObservabilitySettings, "logs, alarms, dashboard")
    resilience: ResilienceSettings = setting(ResilienceSettings, "backups")
    budget: BudgetSettings = setting(BudgetSettings, "the monthly budget")
