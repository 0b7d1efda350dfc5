"""A task definition and its two roles: what starts the task, and what the application itself may do.

Not proven: that ECS takes the definition and finds the image. The container's part is in test_container.py.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.compute.images.cache import PublicCache
from components.compute.task import Task, TaskArgs
from components.foundation.policy_document import Statement
from settings.enums import Architecture
from tests.components.compute.services import SECRET, logged_container
from tests.components.mocks import UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

USE = Statement(sid="UseTable", actions=["dynamodb:GetItem"], resources=["arn:aws:dynamodb:::table/x"])
DEFINITION = "shop-app-task-definition"


def task(
    *,
    serves: bool = True,
    key: str | None = None,
    own: tuple[Statement, ...] = (),
    **compute: Any,  # noqa: ANN401
) -> Task:
    container = logged_container(serves=serves, **compute)
    args = TaskArgs(context=CONTEXT, service="app", container=container, secrets_key_arn=key, statements=own)
    return Task("shop-app", args)


def test_children(build: Build) -> None:
    made = build(task)
    assert made.children == {
        DEFINITION: "aws:ecs/taskDefinition:TaskDefinition",
        "shop-app-execution": "ascent:foundation:ServiceRole",
        "shop-app-task": "ascent:foundation:ServiceRole",
    }
    assert made.outputs == {"definition_arn": made[DEFINITION].outputs["arn"]}
    roles = [made[f"shop-app-{kind}-role"].outputs["arn"] for kind in ("execution", "task")]
    assert made.attributes == {**made.outputs, "family": "shop-dev-app", "role_arns": roles}
    assert made.preview.attributes == {
        "definition_arn": UNKNOWN,
        "family": "shop-dev-app",
        "role_arns": [UNKNOWN, UNKNOWN],
    }


def test_a_fargate_task(build: Build) -> None:
    made = build(lambda: task(cpu=512, memory=1024))
    inputs = dict(made.inputs(DEFINITION))
    inputs.pop("containerDefinitions")
    assert inputs == {
        "family": "shop-dev-app",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "512",
        "memory": "1024",
        "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        "executionRoleArn": made["shop-app-execution-role"].outputs["arn"],
        "taskRoleArn": made["shop-app-task-role"].outputs["arn"],
        "tags": CONTEXT.tags("shop-app"),
    }


@pytest.mark.parametrize(
    ("architecture", "name"), [(Architecture.ARM64, "ARM64"), (Architecture.X86_64, "X86_64")], ids=str
)
def test_processor(build: Build, architecture: Architecture, name: str) -> None:
    inputs = build(lambda: task(architecture=architecture)).inputs(DEFINITION)
    assert inputs["runtimePlatform"]["cpuArchitecture"] == name


@pytest.mark.parametrize("serves", [True, False])
def test_only_who_serves_has_a_port(build: Build, serves: bool) -> None:
    inputs = build(lambda: task(serves=serves)).inputs(DEFINITION)
    (container,) = json.loads(inputs["containerDefinitions"])
    assert ("portMappings" in container) is serves
    assert container["readonlyRootFilesystem"] is True
    assert container["logConfiguration"]["options"]["awslogs-group"] == "/shop/dev/app"


def test_execution_role_starts_and_reads_secrets_no_more(build: Build) -> None:
    made = build(task)
    found = statements(made.inputs("shop-app-execution-policy")["policy"])
    assert list(found) == ["WriteLog", "ReadSecrets"]
    assert found["WriteLog"]["Resource"] == [f"{made['shop-log-group'].outputs['arn']}:*"]
    assert found["ReadSecrets"]["Resource"] == [SECRET]
    assert made.preview.inputs("shop-app-execution-policy")["policy"] is UNKNOWN


def test_secrets_under_an_own_key_can_be_decrypted(build: Build) -> None:
    found = statements(build(lambda: task(key=KEY)).inputs("shop-app-execution-policy")["policy"])
    assert found["DecryptSecrets"] == {
        "Sid": "DecryptSecrets",
        "Effect": "Allow",
        "Action": ["kms:Decrypt"],
        "Resource": [KEY],
    }


def test_the_application_may_do_what_it_is_given(build: Build) -> None:
    nothing = build(task)
    assert "shop-app-task-policy" not in nothing
    made = build(lambda: task(own=(USE,)))
    assert statements(made.inputs("shop-app-task-policy")["policy"]) == {"UseTable": USE.document()}
    for name in ("shop-app-task-role", "shop-app-execution-role"):
        (trust,) = json.loads(made.inputs(name)["assumeRolePolicy"])["Statement"]
        assert trust["Principal"] == {"Service": ["ecs-tasks.amazonaws.com"]}


LOG = "arn:aws:logs:us-east-1:111111111111:log-group:/aws/ecs/shell/shop-dev"


def shelled(**compute: Any) -> Task:  # noqa: ANN401 - any setting
    container = logged_container(shell=True, **compute)
    return Task("shop-app", TaskArgs(context=CONTEXT, service="app", container=container, shell_log_arn=LOG))


def test_a_shell_keeps_the_root_read_only_and_has_its_three_places(build: Build) -> None:
    inputs = build(shelled).inputs(DEFINITION)
    (container,) = json.loads(inputs["containerDefinitions"])
    assert container["readonlyRootFilesystem"] is True
    assert [one["containerPath"] for one in container["mountPoints"]] == [
        "/managed-agents",
        "/var/lib/amazon/ssm",
        "/var/log/amazon/ssm",
    ]
    assert [one["name"] for one in inputs["volumes"]] == [one["sourceVolume"] for one in container["mountPoints"]]


def test_a_shell_may_be_opened_and_is_logged(build: Build) -> None:
    found = statements(build(shelled).inputs("shop-app-task-policy")["policy"])
    assert list(found) == ["Shell", "FindShellLog", "WriteShellLog"]
    assert sorted(found["Shell"]["Action"]) == [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ]
    assert found["WriteShellLog"]["Resource"] == [f"{LOG}:*"]


def test_service_connect_finds_the_port_by_its_name(build: Build) -> None:
    (container,) = json.loads(build(lambda: task(connect=True)).inputs(DEFINITION)["containerDefinitions"])
    assert container["portMappings"] == [
        {"containerPort": 8000, "hostPort": 8000, "protocol": "tcp", "name": "http", "appProtocol": "http"}
    ]


def test_public_images_come_through_the_cache(build: Build) -> None:
    def cached() -> Task:
        container, cache = logged_container(), PublicCache(context=CONTEXT)
        return Task("shop-app", TaskArgs(context=CONTEXT, service="app", container=container, cache=cache))

    made = build(cached)
    (container,) = json.loads(made.inputs(DEFINITION)["containerDefinitions"])
    assert container["image"] == (
        "111111111111.dkr.ecr.us-east-1.amazonaws.com/shop-dev-pub/docker/library/python:3.13-alpine"
    )
    found = statements(made.inputs("shop-app-execution-policy")["policy"])
    assert found["PullThroughCache"]["Resource"] == ["arn:aws:ecr:us-east-1:111111111111:repository/shop-dev-pub/*"]
    assert list(found) == ["WriteLog", "ReadSecrets", "RegistryLogin", "PullThroughCache"]
