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


class ScalingMethod(StrEnum):
    """What the number of tasks follows CPU use by."""

    TARGET = "target"
    STEPS = "steps"


class Strategy(StrEnum):
    """How a new version takes over from the old one."""

    ROLLING = "rolling"
    BLUE_GREEN = "blue_green"
    CANARY = "canary"
    LINEAR = "linear"


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


class DatabaseKind(StrEnum):
    """What PostgreSQL runs on."""

    INSTANCE = "instance"
    """One instance of RDS, with or without a standby that nobody reads from."""
    CLUSTER = "cluster"
    """RDS's Multi-AZ cluster: a writer and two standbys that answer reads, in three zones."""
    AURORA = "aurora"
    """Aurora Serverless v2: capacity follows use; readers as many as wanted."""


class PasswordSource(StrEnum):
    """Who makes the password of the database's first user."""

    MANAGED = "managed"
    """RDS makes it and changes it every week."""
    ROTATED = "rotated"
    """A function of the stack changes it: what a database with read replicas needs."""


class ProxyMode(StrEnum):
    """How connections are pooled before they reach the database."""

    OFF = "off"
    SECRET = "secret"
    """Clients log in with the password, as they do without a proxy."""
    IAM = "iam"
    """Clients and the proxy log in with IAM tokens; no password is used anywhere."""


class CacheKind(StrEnum):
    """What a cache runs on."""

    NODES = "nodes"
    SERVERLESS = "serverless"


class Eviction(StrEnum):
    """What a full cache does with what it holds (Valkey's maxmemory-policy)."""

    VOLATILE_LRU = "volatile-lru"
    """What has an end and was not used longest goes first; what has none stays."""
    VOLATILE_TTL = "volatile-ttl"
    """What would end soonest goes first."""
    NO_EVICTION = "noeviction"
    """Nothing goes; writes fail."""
    ALL_KEYS_LRU = "allkeys-lru"
    """Whatever was not used longest goes, sessions without an end included."""


class BucketPurpose(StrEnum):
    """What a bucket of the application is for."""

    ASSETS = "assets"
    """Files that the application gives out; old versions go after a while."""
    UPLOADS = "uploads"
    """Files of users; seldom read ones become cheaper, old versions stay for a while."""
    BACKUPS = "backups"
    """Copies of data that the application makes; it adds and reads them, and deletes none."""
    LOGS = "logs"
    """Records that the application writes; they end by themselves."""


class LockMode(StrEnum):
    """Who may delete what an object lock keeps."""

    GOVERNANCE = "governance"
    """Whoever has the permission to bypass it."""
    COMPLIANCE = "compliance"
    """Nobody, root included, until its time is over."""


class TableBilling(StrEnum):
    """How reads and writes of a table are charged."""

    ON_DEMAND = "on_demand"
    AUTOSCALED = "autoscaled"
    """Capacity by the hour, which follows use between bounds."""


class IndexProjection(StrEnum):
    """What of an item an index holds."""

    ALL = "all"
    KEYS_ONLY = "keys_only"


class StreamView(StrEnum):
    """What a table's stream tells of each change."""

    OFF = "off"
    KEYS_ONLY = "keys_only"
    NEW_IMAGE = "new_image"
    OLD_IMAGE = "old_image"
    NEW_AND_OLD_IMAGES = "new_and_old_images"


class FileThroughput(StrEnum):
    """How fast a file system is."""

    ELASTIC = "elastic"
    """As fast as asked, charged by what is read and written."""
    BURSTING = "bursting"
    """Follows the size, with credits; reads and writes are not charged."""


class VectorDistance(StrEnum):
    """How the nearness of two vectors is measured."""

    COSINE = "cosine"
    EUCLIDEAN = "euclidean"


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


class GuardDutyFeature(StrEnum):
    """GuardDuty's protection plans, beside the logs that it always reads."""

    S3_DATA_EVENTS = "s3_data_events"
    EKS_AUDIT_LOGS = "eks_audit_logs"
    EBS_MALWARE_PROTECTION = "ebs_malware_protection"
    RDS_LOGIN_EVENTS = "rds_login_events"
    LAMBDA_NETWORK_LOGS = "lambda_network_logs"
    RUNTIME_MONITORING = "runtime_monitoring"


class SecurityStandard(StrEnum):
    """Standards that Security Hub checks an account against."""

    FSBP = "fsbp-1.0.0"
    CIS_5 = "cis-5.0.0"
    CIS_1_4 = "cis-1.4.0"
    """The last of CIS whose checks ask for metric filters on the trail."""
    NIST_800_53 = "nist-800-53-5.0.0"
    PCI_DSS = "pci-dss-4.0.1"


class InspectorScan(StrEnum):
    """What Inspector looks into for known flaws."""

    ECR = "ecr"
    EC2 = "ec2"
    LAMBDA = "lambda"
    LAMBDA_CODE = "lambda_code"


class Recording(StrEnum):
    """How often AWS Config records what changed."""

    CONTINUOUS = "continuous"
    DAILY = "daily"


class FindingSeverity(StrEnum):
    """The least severity of a finding that somebody is told of."""

    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class FindingsExport(StrEnum):
    """Where all findings are kept or sent, whatever their severity."""

    OFF = "off"
    BUCKET = "bucket"
    HTTP = "http"
    """An HTTP endpoint of a SIEM; what it does not take lands in the bucket."""


class ContactKind(StrEnum):
    """Whom AWS writes to, beside the account's owner."""

    BILLING = "billing"
    OPERATIONS = "operations"
    SECURITY = "security"


class EndpointAccess(StrEnum):
    """Whom the VPC's endpoints let through."""

    ANYBODY = "anybody"
    """Every principal, to every resource: what AWS gives an endpoint that says nothing."""
    ACCOUNT = "account"
    """Principals of this account, to its own resources and what AWS's services need."""


class ProviderMode(StrEnum):
    """Who makes what an account has only once."""

    CREATE = "create"
    EXISTING = "existing"


class Severity(StrEnum):
    """How fast somebody has to act."""

    CRITICAL = "critical"
    """Users see it, and it does not mend itself: at once, at any hour."""
    HIGH = "high"
    """Now, or it becomes critical."""
    MEDIUM = "medium"
    """Within the hour or the day, by day."""
    LOW = "low"
    """Within the week; costs money or hides something else."""

    def or_worse(self) -> tuple[Severity, ...]:
        """This one and all that matter more."""
        ranked = tuple(Severity)
        return ranked[: ranked.index(self) + 1]


class Audience(StrEnum):
    """Whom a dashboard is for."""

    SERVICE = "service"
    DATA = "data"
    EDGE = "edge"
    SECURITY = "security"
    BUSINESS = "business"
    COST = "cost"


class GrafanaLogin(StrEnum):
    """How people sign in to Amazon Managed Grafana."""

    AWS_SSO = "aws_sso"
    SAML = "saml"


class LogTarget(StrEnum):
    """Where a copy of the application's logs goes."""

    NONE = "none"
    DATADOG = "datadog"
    NEW_RELIC = "new_relic"
    OPENSEARCH = "opensearch"


class Assets(StrEnum):
    """Whether static files have a bucket of their own behind CloudFront."""

    OFF = "off"
    AUTO = "auto"
    """Wherever CloudFront has a certificate for their name, or needs none."""
    ON = "on"


class FirewallMode(StrEnum):
    """What the firewall's rules do with what they find."""

    BLOCK = "block"
    COUNT = "count"


class RuleSet(StrEnum):
    """AWS's managed rules for the firewall, in the order in which they judge."""

    REPUTATION = "reputation"
    ANONYMOUS = "anonymous"
    """Proxies, Tor and hosting providers: many users of a VPN are among them."""
    COMMON = "common"
    BAD_INPUTS = "bad-inputs"
    SQL_INJECTION = "sql-injection"
    LINUX = "linux"
    UNIX = "unix"
    PHP = "php"
    WORDPRESS = "wordpress"
    ADMIN = "admin"
    """Blocks paths of administration, whoever asks."""


class BotControl(StrEnum):
    """How closely the firewall looks at robots."""

    OFF = "off"
    COMMON = "common"
    """Those that say what they are."""
    TARGETED = "targeted"
    """Also those that hide it."""


class SecondRegion(StrEnum):
    """What stands ready in a second region."""

    OFF = "off"
    BACKUP_ONLY = "backup_only"
    """Copies of backups and of secrets; all else is built when it is needed."""
    PILOT_LIGHT = "pilot_light"
    """Also network, load balancer, services without tasks, replicas of the stores; tasks are started by a failover."""
    WARM_STANDBY = "warm_standby"
    """Also a few tasks, so that requests can move at once."""
    ACTIVE_ACTIVE = "active_active"
    """Both serve, each who is nearest to it."""

    @property
    def stands(self) -> bool:
        """Whether there is more in the second region than copies."""
        return self in (SecondRegion.PILOT_LIGHT, SecondRegion.WARM_STANDBY, SecondRegion.ACTIVE_ACTIVE)

    @property
    def serves(self) -> bool:
        """Whether tasks run there."""
        return self in (SecondRegion.WARM_STANDBY, SecondRegion.ACTIVE_ACTIVE)
