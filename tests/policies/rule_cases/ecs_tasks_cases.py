"""Cases of the rules in policies/pack/rules/ecs_tasks.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

A_ROLE, B_ROLE = of(types.IAM_ROLE, "a"), of(types.IAM_ROLE, "b")

UNKNOWN_TASK = of(types.ECS_TASK_DEFINITION, containerDefinitions=U)


def task(*containers: dict[str, object], **props: object) -> Made:
    """A task definition, its containers as JSON text."""
    return Made(
        types.ECS_TASK_DEFINITION,
        "it",
        {"containerDefinitions": json.dumps([{"name": "app", **c} for c in containers]), **props},
    )


def mounting(configuration: object) -> Made:
    """A task definition with one EFS volume."""
    return of(types.ECS_TASK_DEFINITION, volumes=[{"name": "files", "efsVolumeConfiguration": configuration}])


def running(*images: str) -> Made:
    containers = [{"name": f"c{n}", "image": image} for n, image in enumerate(images)]
    return of(types.ECS_TASK_DEFINITION, containerDefinitions=json.dumps(containers))


def environment(**variables: str) -> Made:
    return task({"environment": [{"name": k, "value": v} for k, v in variables.items()]})


SECRET_VALUES = (
    "postgresql://app:hunter2hunter2@db.internal:5432/app",
    "Server=db;User Id=app;Password=hunter2;",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    "sk_" + "live_51ABCDEFGHIJKLMNOP",
    "ghp_" + "a1" * 18,
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijk",
)

WINDOWS = of(
    types.ECS_TASK_DEFINITION,
    runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
    containerDefinitions='[{"name": "iis"}]',
)

CASES = [
    *cases(
        "ecs-nonroot",
        passing=[task({"user": "1000:1000"}), task({"user": 1000})],
        failing=[
            task({}),
            task({"user": "root"}),
            task({"user": "0:0"}),
            task({"user": "1000"}, {"user": ""}),
            of(types.ECS_TASK_DEFINITION, containerDefinitions=[{"user": U}, {"user": "0"}]),
        ],
        unknown=[UNKNOWN_TASK, of(types.ECS_TASK_DEFINITION, containerDefinitions=[U])],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "ecs-readonly-rootfs",
        passing=[task({"readonlyRootFilesystem": True})],
        failing=[task({}), task({"readonlyRootFilesystem": True}, {"readonlyRootFilesystem": False})],
        unknown=[UNKNOWN_TASK],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "ecs-no-privileged-host-ns",
        passing=[task({}, networkMode="awsvpc"), task({"privileged": False})],
        failing=[
            task({"privileged": True}),
            task({}, pidMode="host"),
            task({}, networkMode="host"),
            of(types.ECS_TASK_DEFINITION, containerDefinitions=U, networkMode="host"),
            task({}, networkMode=U),
        ],
        unknown=[UNKNOWN_TASK],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "ecs-logging",
        passing=[task({"logConfiguration": {"logDriver": "awslogs"}})],
        failing=[task({}), task({"logConfiguration": {"logDriver": "none"}}), task({"logConfiguration": {}})],
        unknown=[UNKNOWN_TASK],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "ecs-separate-roles",
        passing=[
            task({}),
            task({}, executionRoleArn="arn:1"),
            task({}, executionRoleArn="arn:1", taskRoleArn="arn:2"),
            (task({}, executionRoleArn=ref("a"), taskRoleArn=ref("b")), A_ROLE, B_ROLE),
            (task({}, executionRoleArn="arn:1", taskRoleArn=ref("b")), A_ROLE, B_ROLE),
        ],
        failing=[
            task({}, executionRoleArn="arn:1", taskRoleArn="arn:1"),
            (task({}, executionRoleArn=ref("a"), taskRoleArn=ref("a")), A_ROLE, B_ROLE),
        ],
        unknown=[
            task({}, executionRoleArn=U, taskRoleArn=U),
            (task({}, executionRoleArn=ref("a", "b"), taskRoleArn=ref("a", "b")), A_ROLE, B_ROLE),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "ecs-efs-transit",
        passing=[
            mounting({"fileSystemId": U, "transitEncryption": "ENABLED"}),
            of(
                types.ECS_TASK_DEFINITION,
                volumes=[{"name": "scratch"}, {"efsVolumeConfiguration": {"transitEncryption": "ENABLED"}}],
            ),
        ],
        failing=[
            mounting({"fileSystemId": "fs-1"}),
            mounting({"transitEncryption": "DISABLED"}),
            mounting({"transitEncryption": U}),
            mounting(U),
        ],
        unknown=[of(types.ECS_TASK_DEFINITION, volumes=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.ECS_TASK_DEFINITION), of(types.ECS_TASK_DEFINITION, volumes=[{"name": "scratch"}])],
    ),
    *cases(
        "ecs-no-database-containers",
        passing=[
            running("acme/app:1.2.3"),
            running("public.ecr.aws/acme/postgres-exporter:1", "localhost:5000/app@sha256:00"),
            of(types.ECS_EXPRESS_GATEWAY_SERVICE, primaryContainer={"image": U}),
        ],
        failing=[
            running("postgres"),
            running("app", "public.ecr.aws/docker/library/postgres:17-alpine"),
            running("registry.example.com:5000/bitnami/MongoDB@sha256:00"),
            running("pgvector/pgvector:pg17"),
            of(types.ECS_EXPRESS_GATEWAY_SERVICE, primaryContainer={"image": "mysql:8"}),
        ],
        unknown=[
            of(types.ECS_TASK_DEFINITION, containerDefinitions=U),
            of(types.ECS_TASK_DEFINITION, containerDefinitions=[U]),
        ],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "ecs-no-env-secrets",
        passing=[
            task({}),
            environment(MAX_TOKENS="4096", TOKEN_LIMIT="10", TOKENS="4096", ACCESS_TOKEN_EXPIRE_MINUTES="30"),
            environment(PASSWORD_LOGIN_ENABLED="true", SECRETS_REGION="eu-west-1", SECRETS_PROVIDER="aws"),
            environment(DB_PASSWORD="{{resolve:secretsmanager:db}}", APP_SECRET="arn:aws:secretsmanager:x"),
            environment(DATABASE_URL="postgresql://app@db/app", API_TOKEN="/prod/app/token", COMPASS="north"),
            environment(PASSWORD_URL="https://example.com/reset", URL="postgresql://app:${PASSWORD}@db/app"),
            environment(
                TOKEN_BUCKET_RATE="5.0", PASSWORD_POLICY="strict", SECRETS_MANAGER="aws", PASSWORD_HASHER="argon2"
            ),
            environment(
                TOKEN_REFRESH_INTERVAL="15m", SECRET_ROTATION="30d", SORT_KEY="created_at", S3_KEY="app/2026/logo"
            ),
            environment(LOG_LEVEL="info", DB_SECRET_ARN="arn", API_KEY_FILE="/run/key", EMPTY_PASSWORD=""),
        ],
        failing=[
            *(environment(PLAIN=value) for value in SECRET_VALUES),
            *(environment(**{name: "hunter2hunter2"}) for name in ("DB_PASS", "MYSQL_PWD", "ECS_ENGINE_AUTH_DATA")),
            task({"command": ["serve", "--db", SECRET_VALUES[0]]}),
            environment(DB_PASSWORD="x"),
            environment(JWT_KEY="9f86d081884c7d659a2feaa0c55ad015"),
            environment(APP_KEY="base64:3hTq9ZxVb7LmQ2sWc4RfKd8NpYg6JtUa1XoEi5HvBzM="),
            environment(LOG_LEVEL="info", stripe_api_key="sk"),
            environment(HARMLESS="AKIAABCDEFGHIJKLMNOP"),
        ],
        unknown=[UNKNOWN_TASK],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "ecs-nonroot",
        passing=[],
        failing=[of(types.ECS_TASK_DEFINITION, containerDefinitions='[{"name": "a", "user": "00:0"}]')],
        unknown=[],
        skipped=[WINDOWS],
    ),
    *cases("ecs-readonly-rootfs", passing=[], failing=[], unknown=[], skipped=[WINDOWS]),
]
