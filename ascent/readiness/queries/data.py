"""Queries about stores of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.readiness.queries.conditions import blocks, equals, holds, mentions, refers, together, within
from ascent.readiness.query import Answer, Truth, all_of, any_of, every, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import statements
from policies.pack.values import UNSET, at, text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

PARAMETERS: Final = (types.RDS_PARAMETER_GROUP, types.RDS_CLUSTER_PARAMETER_GROUP)
CACHES: Final = (types.ELASTICACHE_REPLICATION_GROUP, types.ELASTICACHE_SERVERLESS_CACHE)
IAM_POLICIES: Final = (types.IAM_POLICY, types.IAM_ROLE_POLICY)

_LOG_WRITERS: Final = (
    (types.LB_LOAD_BALANCER, "accessLogs"),
    (types.LB_LOAD_BALANCER, "connectionLogs"),
    (types.EC2_FLOW_LOG, "logDestination"),
    (types.CLOUDTRAIL_TRAIL, "s3BucketName"),
    (types.CFG_DELIVERY_CHANNEL, "s3BucketName"),
    (types.S3_BUCKET_LOGGING, "targetBucket"),
    (types.CLOUDFRONT_DISTRIBUTION, "loggingConfig"),
)
"""What writes logs into buckets, and the property that names the bucket."""


@query("dynamodb", "The stack has a DynamoDB table")
def dynamodb(stack: StackFacts) -> Answer:
    """A table, however it is billed."""
    return some(stack.of_type(types.DYNAMODB_TABLE), "a DynamoDB table")


@query("dynamodb-on-demand", "Tables are billed by request")
def dynamodb_on_demand(stack: StackFacts) -> Answer:
    """Billing mode of every table."""
    return every(stack.of_type(types.DYNAMODB_TABLE), "tables are on demand", holds("billingMode", "PAY_PER_REQUEST"))


@query("managed-postgres", "PostgreSQL is a managed service")
def managed_postgres(stack: StackFacts) -> Answer:
    """RDS or Aurora."""
    return some(
        stack.of_type(types.RDS_INSTANCE, types.RDS_CLUSTER),
        "a managed PostgreSQL",
        lambda r: equals(r, "engine", "postgres", "aurora-postgresql"),
    )


@query("aurora", "The stack has an Aurora cluster")
def aurora(stack: StackFacts) -> Answer:
    """A cluster of Aurora's engine."""
    return some(stack.of_type(types.RDS_CLUSTER), "an Aurora cluster", lambda r: mentions(r, "engine", "aurora"))


@query("other-than-aurora", "The stack keeps its data elsewhere than in Aurora")
def other_than_aurora(stack: StackFacts) -> Answer:
    """A database of RDS or a table."""
    return some(stack.of_type(types.RDS_INSTANCE, types.DYNAMODB_TABLE), "another database")


@query("aurora-serverless", "Aurora scales by itself and has a reader")
def aurora_serverless(stack: StackFacts) -> Answer:
    """Serverless capacity and two members or more."""
    return all_of(
        some(stack.of_type(types.RDS_CLUSTER), "serverless capacity", refers("serverlessv2ScalingConfiguration")),
        _at_least_two(stack),
    )


def _at_least_two(stack: StackFacts) -> Answer:
    members = tuple(stack.of_type(types.RDS_CLUSTER_INSTANCE))
    return some(members if len(members) > 1 else (), "a second member of the cluster")


@query("read-replicas", "Reads can go to replicas")
def read_replicas(stack: StackFacts) -> Answer:
    """A replica of RDS or a second member of Aurora."""
    return any_of(
        some(stack.of_type(types.RDS_INSTANCE), "a read replica", refers("replicateSourceDb")), _at_least_two(stack)
    )


@query("database-standby", "A standby in another zone takes over from the database")
def database_standby(stack: StackFacts) -> Answer:
    """Multi-AZ, or a second member of Aurora."""
    return any_of(some(stack.of_type(types.RDS_INSTANCE), "a standby", holds("multiAz", True)), _at_least_two(stack))


@query("cross-region-database", "Another region has a copy of the database that can take over")
def cross_region_database(stack: StackFacts) -> Answer:
    """An Aurora Global Database, a replica in another region, or a global table."""
    return any_of(
        some(stack.of_type(types.RDS_GLOBAL_CLUSTER), "a global cluster"),
        some(stack.of_type(types.RDS_INSTANCE), "a replica elsewhere", refers("replicateSourceDb", "region")),
        some(stack.of_type(types.DYNAMODB_TABLE), "a global table", refers("replicas")),
        some(stack.of_type(types.DYNAMODB_TABLE_REPLICA), "a replica of a table"),
    )


@query("database-proxy", "Connections to the database are pooled")
def database_proxy(stack: StackFacts) -> Answer:
    """An RDS Proxy."""
    return some(stack.of_type(types.RDS_PROXY), "an RDS Proxy")


def _has_parameter(resource: ResourceFacts, prefix: str) -> Truth:
    found = blocks(resource, "parameters")
    return UNKNOWN if isinstance(found, Unknown) else any(text(p, "name").startswith(prefix) for p in found)


@query("autovacuum", "The database's housekeeping is tuned")
def autovacuum(stack: StackFacts) -> Answer:
    """Autovacuum parameters in a parameter group."""
    return some(stack.of_type(*PARAMETERS), "autovacuum parameters", lambda r: _has_parameter(r, "autovacuum"))


@query("cache", "The stack has a cache")
def cache(stack: StackFacts) -> Answer:
    """Valkey or Redis, as a group of nodes or serverless."""
    return some(stack.of_type(*CACHES), "a cache")


@query("shared-files", "The stack has a shared file system")
def shared_files(stack: StackFacts) -> Answer:
    """EFS."""
    return some(stack.of_type(types.EFS_FILE_SYSTEM), "a file system")


@query("application-bucket", "The application has a bucket for its files")
def application_bucket(stack: StackFacts) -> Answer:
    """A bucket that no log is written to."""

    def for_logs(bucket: ResourceFacts) -> bool:
        return any(stack.referring(bucket, token, key, "bucket") for token, key in _LOG_WRITERS)

    return some(stack.of_type(types.S3_BUCKET), "a bucket that is not for logs", lambda r: not for_logs(r))


def _granting(stack: StackFacts) -> list[ResourceFacts]:
    """Policies that give something; a boundary only bounds what others give."""
    return [
        policy
        for policy in stack.of_type(*IAM_POLICIES)
        if not stack.referring(policy, types.IAM_ROLE, "permissionsBoundary", "arn")
    ]


def _invokes_models(policy: ResourceFacts) -> Truth:
    found = statements(policy, "policy")
    if isinstance(found, Unknown):
        return UNKNOWN
    return found is not UNSET and "bedrock:" in str(at(policy, "policy")).lower()


@query("bedrock", "The application may ask a model of Bedrock")
def bedrock(stack: StackFacts) -> Answer:
    """A policy that names Bedrock's actions."""
    return some(_granting(stack), "a policy for Bedrock", lambda r: _invokes_models(r) is True)


@query("bedrock-scoped", "Only named models may be asked")
def bedrock_scoped(stack: StackFacts) -> Answer:
    """No policy for Bedrock is for every resource."""

    def scoped(policy: ResourceFacts) -> Truth:
        body = str(at(policy, "policy")).replace(" ", "")
        return '"Resource":"*"' not in body and '"Resource":["*"]' not in body

    using = [r for r in _granting(stack) if _invokes_models(r) is True]
    return every(using, "policies for Bedrock name their models", scoped)


@query("queue-parameter", "The application finds its queue through a parameter")
def queue_parameter(stack: StackFacts) -> Answer:
    """A queue, and a parameter made from it."""
    queues = tuple(stack.of_type(types.SQS_QUEUE))
    return all_of(
        some(queues, "a queue"),
        some(
            queues,
            "a parameter with a queue's URL",
            lambda r: bool(stack.referring(r, types.SSM_PARAMETER, "value", "url")),
        ),
    )


@query("work-queue", "Heavy work waits in a queue for a worker")
def work_queue(stack: StackFacts) -> Answer:
    """A queue, and a second service or a function that takes from it."""
    services = tuple(stack.of_type(types.ECS_SERVICE))
    return all_of(
        some(stack.of_type(types.SQS_QUEUE), "a queue"),
        any_of(
            some(services if len(services) > 1 else (), "a worker service"),
            some(stack.of_type(types.LAMBDA_EVENT_SOURCE_MAPPING), "a function behind the queue"),
        ),
    )


@query("global-resources", "Parts of the stack stand in a second region")
def global_resources(stack: StackFacts) -> Answer:
    """Networks in two regions."""
    home = next((text(r.provider, "region") for r in stack.resources if text(r.provider, "region")), "")
    return some(
        stack.of_type(types.EC2_VPC),
        "a network in another region",
        lambda r: bool(r.region) and r.region != home,
    )


@query("backed-up-files", "Backups of the vector store go to S3")
def backed_up_files(stack: StackFacts) -> Answer:
    """A scheduled copy out of the file system."""
    return some(
        stack.of_type(types.DATASYNC_TASK),
        "a scheduled copy of the file system",
        together(refers("schedule"), refers("sourceLocationArn")),
    )


@query("kafka", "The stack has a Kafka cluster")
def kafka(stack: StackFacts) -> Answer:
    """MSK, with brokers or serverless."""
    return some(stack.of_type(types.MSK_CLUSTER, types.MSK_SERVERLESS_CLUSTER), "a Kafka cluster")


@query("kafka-brokers", "Kafka has three brokers or more")
def kafka_brokers(stack: StackFacts) -> Answer:
    """Number of broker nodes."""
    return some(stack.of_type(types.MSK_CLUSTER), "three brokers", within("numberOfBrokerNodes", 3))
