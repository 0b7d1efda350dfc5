"""`ascent release`: written if nothing speaks against it, refused otherwise, one line for bad input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cli.cli_project import MVP, Answer, Project

if TYPE_CHECKING:
    from collections.abc import Callable

NEW = "registry.example.com/app@sha256:" + "1" * 64
STARTUP: dict[str, Any] = {
    "aws:region": "us-east-1",
    "ascent:tier": "startup",
    "ascent:edge": {"domain": "app.example.com", "hostedZoneId": "Z0123456789ABCDEF"},
    "ascent:observability": {"alarmEmails": ["a@example.com"]},
}


def image_of(project: Project, stack: str) -> Any:  # noqa: ANN401 - any YAML value
    text = (project.directory / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["config"].get("ascent:compute", {}).get("image")


def test_it_writes_the_image_and_says_how_to_go_on(project: Project, ascent: Callable[..., Answer]) -> None:
    said = ascent("release", "dev", "--image", NEW)
    assert (said.status, said.err) == (0, "")
    assert image_of(project, "dev") == NEW
    assert "app: the placeholder -> " in said.out
    assert "1. app: a new instance serves before an old one goes" in said.out
    assert "pulumi up --stack dev" in said.out
    assert "a month expected, as before" in said.out


def test_a_look_writes_nothing(project: Project, ascent: Callable[..., Answer]) -> None:
    assert ascent("release", "dev", "--image", NEW, "--dry-run").status == 0
    assert image_of(project, "dev") is None


def test_the_order_of_a_shift_with_what_gates_it(project: Project, ascent: Callable[..., Answer]) -> None:
    release = {
        "strategy": "canary",
        "canaryPercent": 5,
        "canaryBakeMinutes": 20,
        "bakeMinutes": 1,
        "testHeader": "next",
    }
    compute = {"image": "registry.example.com/app:1", "release": release}
    services = {"web": {}, "migrate": {"kind": "task", "beforeRelease": True}, "mail": {"kind": "worker"}}
    project.stack("test", **STARTUP, **{"ascent:compute": compute, "ascent:services": services})
    answer = ascent("release", "test", "--image", NEW, "--json")
    found = json.loads(answer.out)
    assert (answer.status, found["written"], found["minutes"]) == (0, True, 21)
    assert found["services"] == dict.fromkeys(services, "registry.example.com/app:1")
    assert found["steps"] == [
        "migrate runs to its end; if it fails, nothing else happens",
        "mail: tasks are renewed one by one; if new ones do not become healthy, ECS goes back",
        "web: as many new tasks as there are old ones start in the second target group, so twice as many run",
        "web: requests with X-Release: next reach them, and nobody else",
        "web: they get 5 % of the requests, and all of them 20 minutes later",
        "web: the old tasks stay for 1 minute, then go; an alarm before that goes back to them",
    ]
    assert (found["stops"], found["findings"]) == ([], [])


def test_one_service_gets_an_image_of_its_own(project: Project, ascent: Callable[..., Answer]) -> None:
    compute = {"image": "registry.example.com/app:1"}
    project.stack(
        "test", **STARTUP, **{"ascent:compute": compute, "ascent:services": {"web": {}, "api": {"paths": ["/a"]}}}
    )
    found = json.loads(ascent("release", "test", "--image", NEW, "--service", "api", "--json").out)
    assert found["services"] == {"api": "registry.example.com/app:1"}
    assert image_of(project, "test") == "registry.example.com/app:1"


def test_nothing_new_is_no_release(project: Project, ascent: Callable[..., Answer]) -> None:
    project.stack("dev", **MVP, **{"ascent:compute": {"image": NEW}})
    before = (project.directory / "Pulumi.dev.yaml").read_bytes()
    said = ascent("release", "dev", "--image", NEW)
    assert (said.status, "Nothing to release" in said.out) == (0, True)
    assert (project.directory / "Pulumi.dev.yaml").read_bytes() == before


def test_a_mandatory_failure_refuses_it(project: Project, ascent: Callable[..., Answer]) -> None:
    """A database in a container, which the rules refuse in every tier."""
    project.stack("test", **STARTUP, **{"ascent:compute": {"image": "registry.example.com/app:1"}})
    said = ascent("release", "test", "--image", "registry.example.com/postgres:17")
    assert said.status == 1
    assert "ecs-no-database-containers" in said.out
    assert "Refused; nothing is written." in said.out
    assert image_of(project, "test") == "registry.example.com/app:1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dev", "--image", "app:latest"), "ascent:compute.image"),
        (("dev", "--image", "app"), "a tag other than latest, or a digest"),
        (("dev", "--image", NEW, "--service", "api"), "--service api: no such service"),
        (("nowhere", "--image", NEW), "nowhere"),
        (("dev",), "--image"),
    ],
)
@pytest.mark.usefixtures("project")
def test_bad_input_is_one_line(ascent: Callable[..., Answer], arguments: tuple[str, ...], said: str) -> None:
    answer = ascent("release", *arguments)
    assert answer.status == 2
    assert said in answer.line
