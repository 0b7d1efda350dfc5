"""Cases of the queries about data, the lake and secrets."""

from __future__ import annotations

import json

from tests.policies.building import Made, U, ref
from tests.readiness.query_cases.case import ask, exists, managed_by, of

TABLE = "aws:dynamodb/table:Table"
INSTANCE = "aws:rds/instance:Instance"
CLUSTER = "aws:rds/cluster:Cluster"
MEMBER = "aws:rds/clusterInstance:ClusterInstance"
PARAMETERS = "aws:rds/parameterGroup:ParameterGroup"
BUCKET = "aws:s3/bucket:Bucket"
QUEUE = "aws:sqs/queue:Queue"
PARAMETER = "aws:ssm/parameter:Parameter"
POLICY = "aws:iam/policy:Policy"
CLOUD_CONTROL = "aws:cloudcontrol/resource:Resource"
CATALOG_TABLE = "aws:glue/catalogTable:CatalogTable"
DATABASE = "aws:glue/catalogDatabase:CatalogDatabase"
VAULT_ROLE = "vault:database/secretBackendRole:SecretBackendRole"
PROVIDER = "pulumi:providers:aws"


def _policy(action: str, resource: str) -> Made:
    statement = {"Effect": "Allow", "Action": [action], "Resource": [resource]}
    return of(POLICY, policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def _secret(length: int) -> Made:
    state = json.dumps({"GenerateSecretString": {"PasswordLength": length}})
    return of(CLOUD_CONTROL, typeName="AWS::SecretsManager::Secret", desiredState=state)


_MEMBERS = (of(MEMBER, "a"), of(MEMBER, "b"))
_MODEL = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude"
_HOME = of(PROVIDER, "aws", region="us-east-1")
HUB = "aws:securityhub/account:Account"
STANDARD = "aws:securityhub/standardsSubscription:StandardsSubscription"
_STANDARDS = "arn:aws:securityhub:us-east-1::standards"
_TAGS = json.dumps({"tags": {"Owner": {"enforced_for": {"@@assign": ["ec2:instance", "rds:db"]}}}})

TASK = "aws:ecs/taskDefinition:TaskDefinition"


def _task(secrets: list[dict[str, str]]) -> Made:
    return of(TASK, containerDefinitions=json.dumps([{"name": "app", "secrets": secrets}]))


def _role(action: str) -> Made:
    statement = {"Effect": "Allow", "Action": action, "Resource": "arn:aws:secretsmanager:us-east-1:1:secret:a"}
    return of("aws:iam/rolePolicy:RolePolicy", "policy", policy=json.dumps({"Statement": [statement]}))


CASES = [
    *exists("dynamodb", TABLE),
    *exists("other-than-aurora", TABLE, INSTANCE),
    *ask(
        "dynamodb-on-demand", (of(TABLE, billingMode="PAY_PER_REQUEST"),), [(), (of(TABLE, billingMode="PROVISIONED"),)]
    ),
    *ask(
        "managed-postgres",
        [(of(INSTANCE, engine="postgres"),), (of(CLUSTER, engine="aurora-postgresql"),)],
        [(), (of(INSTANCE, engine="mysql"),)],
    ),
    *ask("aurora", (of(CLUSTER, engine="aurora-postgresql"),), [(), (of(CLUSTER, engine="postgres"),)]),
    *ask(
        "aurora-serverless",
        (of(CLUSTER, serverlessv2ScalingConfiguration={"minCapacity": 1}), *_MEMBERS),
        [(of(CLUSTER, serverlessv2ScalingConfiguration={}), *_MEMBERS), (of(CLUSTER, engine="a"), _MEMBERS[0])],
    ),
    *ask("read-replicas", [(of(INSTANCE, replicateSourceDb=U),), _MEMBERS], [(), (of(INSTANCE),), _MEMBERS[:1]]),
    *ask(
        "database-standby",
        [(of(INSTANCE, multiAz=True),), _MEMBERS],
        [(), (of(INSTANCE, multiAz=False),), _MEMBERS[:1]],
        (of(INSTANCE, multiAz=U),),
    ),
    *ask(
        "cross-region-database",
        [
            (of("aws:rds/globalCluster:GlobalCluster"),),
            (of(INSTANCE, replicateSourceDb=U, region="eu-west-1"),),
            (of(TABLE, replicas=[{"regionName": "eu-west-1"}]),),
        ],
        [(), (of(INSTANCE, replicateSourceDb=U),), (of(TABLE),)],
    ),
    *exists("database-proxy", "aws:rds/proxy:Proxy"),
    *ask(
        "autovacuum",
        (of(PARAMETERS, parameters=[{"name": "autovacuum_vacuum_scale_factor", "value": "0.05"}]),),
        [(), (of(PARAMETERS, parameters=[{"name": "rds.force_ssl", "value": "1"}]),)],
        (of(PARAMETERS, parameters=U),),
    ),
    *exists(
        "cache",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "aws:elasticache/serverlessCache:ServerlessCache",
    ),
    *exists("shared-files", "aws:efs/fileSystem:FileSystem"),
    *ask(
        "application-bucket",
        (of(BUCKET, "files"), of(BUCKET, "logs"), of("aws:ec2/flowLog:FlowLog", "f", logDestination=ref("logs"))),
        [(), (of(BUCKET, "logs"), of("aws:lb/loadBalancer:LoadBalancer", "lb", accessLogs=ref("logs")))],
    ),
    *ask(
        "bedrock",
        [(_policy("bedrock:InvokeModel", _MODEL),), (_policy("bedrock:InvokeModel", "*"),)],
        [(), (_policy("s3:GetObject", "*"),), (of(POLICY, policy=U),)],
    ),
    *ask(
        "bedrock-scoped",
        (_policy("bedrock:InvokeModel", _MODEL),),
        [(), (_policy("bedrock:InvokeModel", "*"),)],
    ),
    *ask(
        "queue-parameter",
        (of(QUEUE, "jobs"), of(PARAMETER, "url", type="String", value=ref("jobs"))),
        [(), (of(QUEUE, "jobs"),), (of(QUEUE, "jobs"), of(PARAMETER, "url", value="https://example.com"))],
    ),
    *ask(
        "work-queue",
        [
            (of(QUEUE), of("aws:ecs/service:Service", "api"), of("aws:ecs/service:Service", "worker")),
            (of(QUEUE), of("aws:lambda/eventSourceMapping:EventSourceMapping", "m")),
        ],
        [(of(QUEUE),), (of(QUEUE), of("aws:ecs/service:Service", "api"))],
    ),
    *ask(
        "global-resources",
        (
            _HOME,
            managed_by("aws", of("aws:ec2/vpc:Vpc", "a")),
            managed_by("aws", of("aws:ec2/vpc:Vpc", "b", region="eu-west-1")),
        ),
        [
            (),
            (_HOME, managed_by("aws", of("aws:ec2/vpc:Vpc", "a"))),
            (_HOME, managed_by("aws", of("aws:ec2/vpc:Vpc", "a", region="us-east-1"))),
        ],
    ),
    *ask(
        "backed-up-files",
        (of("aws:datasync/task:Task", schedule={"scheduleExpression": "rate(1 day)"}, sourceLocationArn=U),),
        [(), (of("aws:datasync/task:Task", sourceLocationArn=U),)],
    ),
    *exists("kafka", "aws:msk/cluster:Cluster", "aws:msk/serverlessCluster:ServerlessCluster"),
    *ask(
        "kafka-brokers",
        (of("aws:msk/cluster:Cluster", numberOfBrokerNodes=3),),
        [(), (of("aws:msk/cluster:Cluster", numberOfBrokerNodes=2),)],
    ),
    *exists("spark", "aws:emrserverless/application:Application", "aws:emr/cluster:Cluster", "aws:glue/job:Job"),
    *exists("lake", DATABASE, "aws:s3tables/tableBucket:TableBucket"),
    *ask(
        "lake-partitions",
        (of(CATALOG_TABLE, partitionKeys=[{"name": "event_date"}, {"name": "region"}]),),
        [(), (of(CATALOG_TABLE, partitionKeys=[{"name": "event_date"}]),), (of(CATALOG_TABLE),)],
        (of(CATALOG_TABLE, partitionKeys=U),),
    ),
    *ask(
        "open-tables",
        [
            (of("aws:s3tables/table:Table", format="ICEBERG"),),
            (of(CATALOG_TABLE, openTableFormatInput={"icebergInput": {"a": 1}}),),
        ],
        [(), (of(CATALOG_TABLE),)],
    ),
    *ask(
        "data-quality",
        (of("aws:glue/dataQualityRuleset:DataQualityRuleset", ruleset='Rules = [IsComplete "id"]'),),
        [(), (of("aws:glue/dataQualityRuleset:DataQualityRuleset"),)],
    ),
    *exists("data-catalog", DATABASE),
    *ask(
        "schema-registry",
        (of("aws:glue/schema:Schema", compatibility="BACKWARD"),),
        [(), (of("aws:glue/schema:Schema", compatibility="NONE"),)],
    ),
    *ask(
        "secrets-manager",
        [
            (of("aws:secretsmanager/secret:Secret"),),
            (of(CLOUD_CONTROL, typeName="AWS::SecretsManager::Secret"),),
            (of(INSTANCE, manageMasterUserPassword=True),),
        ],
        [(), (of(CLOUD_CONTROL, typeName="AWS::Logs::LogGroup"),), (of(INSTANCE, password="x"),)],
    ),
    *ask(
        "parameter-paths",
        (of(PARAMETER, name="/prod/app/key", type="SecureString"),),
        [(), (of(PARAMETER, name="/prod/app/key", type="String"),), (of(PARAMETER, name="key", type="SecureString"),)],
        (of(PARAMETER, name=U, type="SecureString"),),
    ),
    *ask(
        "signing-key",
        [(_secret(64),), (of("random:index/randomPassword:RandomPassword", length=32),)],
        [(), (_secret(16),), (of(CLOUD_CONTROL, typeName="AWS::Logs::LogGroup", desiredState="{}"),)],
        (of(CLOUD_CONTROL, typeName="AWS::SecretsManager::Secret", desiredState=U),),
    ),
    *ask(
        "secrets-by-reference",
        [(_task([{"name": "KEY", "valueFrom": U}]),), (_role("secretsmanager:GetSecretValue"),)],
        [(), (_task([]),), (_role("s3:GetObject"),), (_task([]), _role("secretsmanager:GetSecretValue"))],
        (of(TASK, containerDefinitions=U),),
    ),
    *exists("vault", VAULT_ROLE, "vault:index/mount:Mount"),
    *ask("vault-leases", (of(VAULT_ROLE, maxTtl=86400),), [(), (of(VAULT_ROLE, maxTtl=604800),), (of(VAULT_ROLE),)]),
    *ask(
        "tag-policy",
        (of("aws:organizations/policy:Policy", type="TAG_POLICY", content=_TAGS),),
        [
            (),
            (of("aws:organizations/policy:Policy", type="SERVICE_CONTROL_POLICY", content=_TAGS),),
            (of("aws:organizations/policy:Policy", type="TAG_POLICY", content="{}"),),
        ],
        (of("aws:organizations/policy:Policy", type="TAG_POLICY", content=U),),
    ),
    *ask(
        "cis-standard",
        (
            of(HUB, enableDefaultStandards=False),
            of(STANDARD, standardsArn=f"{_STANDARDS}/cis-aws-foundations-benchmark/v/5.0.0"),
        ),
        [
            (),
            (of(HUB, enableDefaultStandards=False),),
            (of(HUB, enableDefaultStandards=False), of(STANDARD, standardsArn=f"{_STANDARDS}/pci-dss/v/4.0.1")),
        ],
        (of(HUB, enableDefaultStandards=False), of(STANDARD, standardsArn=U)),
    ),
    *ask("cis-standard", (of(HUB),), [()]),
    *ask("cis-standard", (of(HUB, enableDefaultStandards=True),), [()]),
]
