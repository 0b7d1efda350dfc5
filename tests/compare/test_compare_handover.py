"""Requests that move to a successor are no interruption; the walk of tests/engine is what says so.

`test_engine_moves` holds the order mvp → startup and back; `test_engine_changes` that of another port on Fargate.
"""

from __future__ import annotations

from typing import Any

import pytest

from ascent.compare.care import Kind, care_of
from ascent.compare.differences import differences
from tests.stacks.planning import planned, smallest


def interrupted(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Names of what `compare` calls interrupted or lost."""
    found = care_of(differences(planned(before), planned(after)))
    return {note.name.removeprefix("*-") for note in found if note.kind is not Kind.REPLACED}


def startup(**compute: Any) -> dict[str, Any]:  # noqa: ANN401 - any setting
    return smallest("startup", compute={"image": "public.ecr.aws/acme/app:1.2.3", **compute})


def test_instances_hand_over_to_tasks_and_back() -> None:
    mvp, tasks = smallest("mvp"), smallest("startup")
    assert {"app-group", "ingress-lb-app-targets"} & interrupted(mvp, tasks) == set()
    assert {"app-service", "ingress-lb-app-targets"} & interrupted(tasks, mvp) == set()


def test_another_port_interrupts_instances_and_not_tasks() -> None:
    assert interrupted(startup(), startup(port=9000)) == set()
    on_instances = {"kind": "ec2"}
    found = interrupted(startup(**on_instances), startup(**on_instances, port=9000))
    assert found == {"ingress-lb-app-targets"}


@pytest.mark.parametrize(("name", "gone"), [("api", "api-service"), ("mail", "mail-service")])
def test_a_service_without_a_successor_is_interrupted(name: str, gone: str) -> None:
    services = {"web": {}, "api": {"paths": ["/api/*"]}, "mail": {"kind": "worker"}}
    left = {key: value for key, value in services.items() if key != name}
    assert gone in interrupted({**startup(), "services": services}, {**startup(), "services": left})
