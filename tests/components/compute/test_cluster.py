"""The ECS cluster and its Container Insights.

Not proven: that ECS writes to the log group that waits for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from components.compute.cluster import Cluster, ClusterArgs
from settings.enums import ContainerInsights
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

ECS = {"shop-cluster-ecs": "aws:ecs/cluster:Cluster"}


def cluster(insights: ContainerInsights = ContainerInsights.DISABLED) -> Cluster:
    args = ClusterArgs(context=CONTEXT, container_insights=insights, logs=replace(LOGS, key_arn=KEY))
    return Cluster("shop-cluster", args)


def test_without_insights_there_is_no_log(build: Build) -> None:
    made = build(cluster)
    assert made.children == ECS
    assert made.inputs("shop-cluster-ecs") == {
        "name": "shop-dev",
        "settings": [{"name": "containerInsights", "value": "disabled"}],
        "tags": CONTEXT.tags("shop-cluster"),
    }
    arn = made["shop-cluster-ecs"].outputs["arn"]
    assert made.attributes == made.outputs == {"arn": arn, "name": "shop-dev"}
    assert made.preview.attributes == {"arn": UNKNOWN, "name": "shop-dev"}


@pytest.mark.parametrize("insights", [ContainerInsights.ENABLED, ContainerInsights.ENHANCED])
def test_the_log_of_insights_is_made_first_and_ends(build: Build, insights: ContainerInsights) -> None:
    made = build(lambda: cluster(insights))
    assert made.children == {**ECS, "shop-cluster-insights-log": "aws:cloudwatch/logGroup:LogGroup"}
    assert made.inputs("shop-cluster-ecs")["settings"] == [{"name": "containerInsights", "value": insights.value}]
    log = made.inputs("shop-cluster-insights-log")
    assert log["name"] == "/aws/ecs/containerinsights/shop-dev/performance"
    assert (log["retentionInDays"], log["kmsKeyId"]) == (30, KEY)
    assert "shop-cluster-insights-log" in made["shop-cluster-ecs"].options.depends_on


def equipped() -> Cluster:
    args = ClusterArgs(
        context=CONTEXT,
        container_insights=ContainerInsights.DISABLED,
        logs=replace(LOGS, key_arn=KEY),
        shell=True,
        spot=True,
        connect=True,
    )
    return Cluster("shop-cluster", args)


def test_shells_spot_and_names_of_services(build: Build) -> None:
    made = build(equipped)
    assert made.children == {
        **ECS,
        "shop-cluster-shell-log": "aws:cloudwatch/logGroup:LogGroup",
        "shop-cluster-capacity": "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        "shop-cluster-namespace": "aws:servicediscovery/httpNamespace:HttpNamespace",
    }
    assert made.inputs("shop-cluster-ecs")["configuration"] == {
        "executeCommandConfiguration": {
            "logging": "OVERRIDE",
            "logConfiguration": {
                "cloudWatchLogGroupName": "/aws/ecs/shell/shop-dev",
                "cloudWatchEncryptionEnabled": True,
            },
        }
    }
    assert made.inputs("shop-cluster-capacity")["capacityProviders"] == ["FARGATE", "FARGATE_SPOT"]
    assert made.attributes["namespace_arn"] == made["shop-cluster-namespace"].outputs["arn"]
    assert made.attributes["shell_log_arn"] == made["shop-cluster-shell-log"].outputs["arn"]


def test_somebody_hears_of_each_shell(build: Build) -> None:
    made = build(equipped, lambda one: [(spec.name, spec.pattern["detail"]["eventName"]) for spec in one.events()])
    assert made.answer == [["shell-opened", ["ExecuteCommand"]]]
    assert build(cluster, lambda one: one.events()).answer == []
