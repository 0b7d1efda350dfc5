"""The agent beside a container.

Not proven: that the agent starts with a read-only root and without root's rights, and that it understands this
configuration.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.compute.agent import AGENT_IMAGE, Agent, Samples
from components.compute.service_log import ServiceLog, ServiceLogArgs
from components.compute.task import Task, TaskArgs
from settings.sections.watch.telemetry import TracingSettings
from tests.components.compute.services import logged_container
from tests.components.mocks import ACCOUNT, statements
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build, Built

WORKSPACE = f"arn:aws:aps:us-east-1:{ACCOUNT}:workspace/ws-1"


def agent(*, signals: bool = False, samples: bool = False) -> Agent:
    target = Samples(workspace_id="ws-1", arn=WORKSPACE) if samples else None
    return Agent(context=CONTEXT, settings=TracingSettings(enabled=True, signals=signals), samples=target)


def task(beside: Agent | None) -> Task:
    return Task("shop-app", TaskArgs(context=CONTEXT, service="app", container=logged_container(), agent=beside))


def containers(made: Built) -> list[dict[str, object]]:
    return json.loads(made.inputs("shop-app-task-definition")["containerDefinitions"])


def configuration(build: Build, given: Agent) -> dict[str, object]:
    def make() -> ServiceLog:
        return ServiceLog("shop-log", ServiceLogArgs(context=CONTEXT, service="app", logs=LOGS))

    made = build(make, lambda log: given.definition(log)["environment"])
    (variable,) = made.answer
    assert variable["name"] == "CW_CONFIG_CONTENT"
    return json.loads(variable["value"])


def test_it_stands_beside_the_application_which_goes_on_without_it(build: Build) -> None:
    made = build(lambda: task(agent()))
    application, beside = containers(made)
    assert (application["essential"], beside["essential"]) == (True, False)
    assert (beside["image"], beside["user"], beside["readonlyRootFilesystem"]) == (AGENT_IMAGE, "1000:1000", True)
    assert AGENT_IMAGE.rpartition(":")[2] != "latest"
    assert "portMappings" not in beside


def test_without_tracing_nothing_of_it_is_there(build: Build) -> None:
    made = build(lambda: task(None))
    assert len(containers(made)) == 1
    assert not {"Trace", "Signal"} & {
        sid for one in made.of_type("aws:iam/rolePolicy:RolePolicy") for sid in statements(one.inputs["policy"])
    }


def test_what_the_task_may_do_for_it(build: Build) -> None:
    made = build(lambda: task(agent(signals=True, samples=True)))
    allowed = statements(made.inputs("shop-app-task-policy")["policy"])
    assert {"Trace", "Signal", "WriteSamples"} <= set(allowed)
    assert allowed["WriteSamples"]["Resource"] == [WORKSPACE]
    traced = statements(build(lambda: task(agent())).inputs("shop-app-task-policy")["policy"])
    assert set(traced) & {"Trace", "Signal", "WriteSamples"} == {"Trace"}


def test_where_the_application_finds_it() -> None:
    plain, full = agent().variables("app"), agent(signals=True, samples=True).variables("app")
    assert plain["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] == "http://localhost:4318/v1/traces"
    assert plain["OTEL_METRICS_EXPORTER"] == "none"
    assert plain["OTEL_TRACES_SAMPLER_ARG"] == "0.05"
    assert plain["OTEL_RESOURCE_ATTRIBUTES"] == "service.name=shop-app,deployment.environment.name=dev"
    assert full["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] == "http://localhost:4316/v1/traces"
    assert full["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] == "http://localhost:4318/v1/metrics"
    assert full["OTEL_AWS_APPLICATION_SIGNALS_ENABLED"] == "true"


def test_what_it_takes_and_where_it_passes_it_on_to(build: Build) -> None:
    assert configuration(build, agent()) == {"traces": {"traces_collected": {"otlp": {}}}}
    signals = {"application_signals": {}}
    assert configuration(build, agent(signals=True, samples=True)) == {
        "traces": {"traces_collected": signals},
        "logs": {"metrics_collected": signals},
        "metrics": {
            "metrics_destinations": {"amp": {"workspace_id": "ws-1"}},
            "metrics_collected": {"otlp": {}},
        },
    }
