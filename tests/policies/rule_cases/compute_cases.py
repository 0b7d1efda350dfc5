"""Cases of the compute rules."""

import json

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
INSTANCE = "aws:ec2/instance:Instance"
TASK = "aws:ecs/taskDefinition:TaskDefinition"
SERVICE = "aws:ecs/service:Service"
CLUSTER = "aws:ecs/cluster:Cluster"
TARGET = "aws:appautoscaling/target:Target"
POLICY = "aws:appautoscaling/policy:Policy"
A_ROLE, B_ROLE = of("aws:iam/role:Role", "a"), of("aws:iam/role:Role", "b")
UNKNOWN_TASK = of(TASK, containerDefinitions=U)


def task(*containers: dict[str, object], **props: object) -> Made:
    """A task definition, its containers as JSON text."""
    return Made(TASK, "it", {"containerDefinitions": json.dumps([{"name": "app", **c} for c in containers]), **props})


def mounting(configuration: object) -> Made:
    """A task definition with one EFS volume."""
    return of(TASK, volumes=[{"name": "files", "efsVolumeConfiguration": configuration}])


def breaker(**values: object) -> Made:
    return of(SERVICE, deploymentCircuitBreaker=values)


CASES = [
    *cases(
        "imdsv2-required",
        passing=[
            of(TEMPLATE, metadataOptions={"httpTokens": "required"}),
            of(INSTANCE, metadataOptions={"httpEndpoint": "disabled"}),
        ],
        failing=[
            of(TEMPLATE),
            of("aws:ec2/launchConfiguration:LaunchConfiguration"),
            of(INSTANCE, metadataOptions={"httpTokens": "optional"}),
        ],
        unknown=[of(TEMPLATE, metadataOptions={"httpTokens": U}), of(TEMPLATE, metadataOptions=U)],
    ),
    *cases(
        "ecs-nonroot",
        passing=[task({"user": "1000:1000"}), task({"user": 1000})],
        failing=[
            task({}),
            task({"user": "root"}),
            task({"user": "0:0"}),
            task({"user": "1000"}, {"user": ""}),
            of(TASK, containerDefinitions=[{"user": U}, {"user": "0"}]),
        ],
        unknown=[UNKNOWN_TASK, of(TASK, containerDefinitions=[U])],
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
            of(TASK, containerDefinitions=U, networkMode="host"),
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
            of(TASK, volumes=[{"name": "scratch"}, {"efsVolumeConfiguration": {"transitEncryption": "ENABLED"}}]),
        ],
        failing=[
            mounting({"fileSystemId": "fs-1"}),
            mounting({"transitEncryption": "DISABLED"}),
            mounting({"transitEncryption": U}),
            mounting(U),
        ],
        unknown=[of(TASK, volumes=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[of(TASK), of(TASK, volumes=[{"name": "scratch"}])],
    ),
    *cases(
        "ecs-platform-latest",
        passing=[of(SERVICE), of(SERVICE, launchType="FARGATE", platformVersion="LATEST")],
        failing=[of(SERVICE, platformVersion="1.4.0")],
        unknown=[of(SERVICE, platformVersion=U)],
        skipped=[of(SERVICE, launchType="EC2", platformVersion="")],
    ),
    *cases(
        "ecs-no-public-ip",
        passing=[of(SERVICE), of(SERVICE, networkConfiguration={"assignPublicIp": False, "subnets": U})],
        failing=[of(SERVICE, networkConfiguration={"assignPublicIp": True})],
        unknown=[of(SERVICE, networkConfiguration={"assignPublicIp": U}), of(SERVICE, networkConfiguration=U)],
    ),
    *cases(
        "ecs-circuit-breaker",
        passing=[
            breaker(enable=True, rollback=True),
            of(SERVICE, deploymentCircuitBreaker=[{"enable": "true", "rollback": True}]),
        ],
        failing=[of(SERVICE), breaker(enable=True, rollback=False), breaker(enable=True)],
        unknown=[breaker(enable=U, rollback=True)],
        skipped=[of(SERVICE, deploymentController={"type": "CODE_DEPLOY"})],
    ),
    *cases(
        "ecs-min-tasks",
        passing=[of(SERVICE, desiredCount=2), of(SERVICE, desiredCount="3")],
        failing=[of(SERVICE), of(SERVICE, desiredCount=1)],
        unknown=[of(SERVICE, desiredCount=U)],
        skipped=[of(SERVICE, schedulingStrategy="DAEMON")],
    ),
    *cases(
        "ecs-container-insights",
        passing=[
            of(CLUSTER, settings=[{"name": "containerInsights", "value": "enabled"}]),
            of(CLUSTER, settings=[{"name": "other"}, {"name": "containerInsights", "value": "enhanced"}]),
        ],
        failing=[of(CLUSTER), of(CLUSTER, settings=[{"name": "containerInsights", "value": "disabled"}])],
        unknown=[of(CLUSTER, settings=U), of(CLUSTER, settings=[{"name": "containerInsights", "value": U}])],
    ),
    *cases(
        "ecs-autoscaling",
        passing=[
            (
                of(SERVICE),
                of(TARGET, "target", resourceId=ref("it")),
                of(POLICY, "policy", resourceId=ref("target")),
            ),
            (of(SERVICE), of(TARGET, "target", resourceId=ref("it")), of(POLICY, "policy", resourceId=ref("it"))),
        ],
        failing=[
            of(SERVICE),
            (of(SERVICE), of(TARGET, "target", resourceId=ref("it"))),
            (
                of(SERVICE),
                of(SERVICE, "other"),
                of(TARGET, "target", resourceId=ref("other")),
                of(POLICY, "policy", resourceId=ref("target")),
            ),
        ],
        unknown=[(of(SERVICE), of(TARGET, "target", resourceId=U), of(POLICY, "policy", resourceId=U))],
        skipped=[of(SERVICE, schedulingStrategy="DAEMON")],
    ),
]
