"""Flags and values in AppConfig, and the agent that serves them.

Not proven: that AppConfig rolls out in these steps, takes a change back, and that the agent answers at these addresses.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.compute.configuration.agent import ConfigurationAgent
from components.compute.configuration.app_config import AppConfig, AppConfigArgs
from settings.sections.running.configuration import ConfigurationSettings
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

PARTS = {
    "shop-config-application": "aws:appconfig/application:Application",
    "shop-config-environment": "aws:appconfig/environment:Environment",
    "shop-config-rollout": "aws:appconfig/deploymentStrategy:DeploymentStrategy",
    **{
        f"shop-config-{key}{part}": f"aws:appconfig/{type_}"
        for key in ("flags", "values")
        for part, type_ in (
            ("", "configurationProfile:ConfigurationProfile"),
            ("-version", "hostedConfigurationVersion:HostedConfigurationVersion"),
            ("-rollout", "deployment:Deployment"),
        )
    },
}


def source(*alarms: str, key: str | None = None, **settings: Any) -> AppConfig:  # noqa: ANN401 - any setting
    given = ConfigurationSettings(enabled=True, **settings)
    return AppConfig("shop-config", AppConfigArgs(context=CONTEXT, settings=given, alarm_arns=alarms, key_arn=key))


def test_children(build: Build) -> None:
    made = build(source)
    assert made.children == PARTS
    assert made.outputs == {"application": "shop-dev"}


def test_flags_and_values_as_they_are_served(build: Build) -> None:
    made = build(lambda: source(flags={"newCheckout": True}, values={"pageSize": 20}))
    assert json.loads(made.inputs("shop-config-flags-version")["content"].value) == {
        "version": "1",
        "flags": {"newCheckout": {"name": "newCheckout"}},
        "values": {"newCheckout": {"enabled": True}},
    }
    assert json.loads(made.inputs("shop-config-values-version")["content"].value) == {"pageSize": 20}
    (validator,) = made.inputs("shop-config-values")["validators"]
    schema = json.loads(validator["content"])
    assert schema["properties"] == {"pageSize": {"type": "integer"}}
    assert schema["required"] == ["pageSize"]
    assert made.inputs("shop-config-flags")["type"] == "AWS.AppConfig.FeatureFlags"


def test_an_environment_has_one_rollout_at_a_time_and_old_versions_stay(build: Build) -> None:
    made = build(source)
    assert "shop-config-flags-rollout" in made["shop-config-values-rollout"].options.depends_on
    for key in ("flags", "values"):
        assert made[f"shop-config-{key}-version"].options.retain_on_delete, "AppConfig goes back to it"


def test_five_alarms_take_a_change_back(build: Build) -> None:
    assert "monitors" not in build(source).inputs("shop-config-environment")
    made = build(lambda: source(*(f"alarm-{n}" for n in range(7))))
    monitors = made.inputs("shop-config-environment")["monitors"]
    assert [one["alarmArn"] for one in monitors] == [f"alarm-{n}" for n in range(5)]
    assert {one["alarmRoleArn"] for one in monitors} == {made["shop-config-look-role"].outputs["arn"]}


def test_steps(build: Build) -> None:
    made = build(lambda: source(rollout_minutes=30, step_percent=10, bake_minutes=15))
    strategy = made.inputs("shop-config-rollout")
    found = [strategy[k] for k in ("deploymentDurationInMinutes", "growthFactor", "finalBakeTimeInMinutes")]
    assert found == [30, 10, 15]


def test_who_reads_may_decrypt(build: Build) -> None:
    made = build(lambda: source(key=KEY), lambda one: [s.document() for s in one.statements()])
    read, decrypt = made.answer
    assert read["Action"] == ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"]
    assert len(read["Resource"]) == 2
    assert (decrypt["Action"], decrypt["Resource"]) == (["kms:Decrypt"], [KEY])
    assert made.inputs("shop-config-flags")["kmsKeyIdentifier"] == KEY


def test_the_agent_serves_both_profiles(build: Build) -> None:
    made = build(source, lambda one: ConfigurationAgent(source=one, region="us-east-1").variables())
    place = "http://localhost:2772/applications/shop-dev/environments/dev/configurations"
    assert made.answer == {"FLAGS_URL": f"{place}/flags", "CONFIGURATION_URL": f"{place}/values"}
