"""Prometheus and Grafana.

Not proven: that AWS takes rules and routes written as JSON, which is YAML; that the application's metrics have
these names.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from components.observability.prometheus import Grafana, GrafanaArgs, Prometheus, PrometheusArgs
from settings.enums import GrafanaLogin
from settings.sections.watch.telemetry import GrafanaSettings, PrometheusSettings
from tests.components.mocks import ACCOUNT, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

ARN = f"arn:aws:aps:us-east-1:{ACCOUNT}:workspace/ws-1"


def prometheus() -> Prometheus:
    settings = PrometheusSettings(enabled=True, retention_days=60)
    return Prometheus("shop-prometheus", PrometheusArgs(context=CONTEXT, settings=settings, topic_arn="topic-arn"))


def grafana(login: GrafanaLogin = GrafanaLogin.AWS_SSO, arn: str | None = ARN) -> Grafana:
    settings = GrafanaSettings(enabled=True, login=login)
    return Grafana("shop-grafana", GrafanaArgs(context=CONTEXT, settings=settings, prometheus_arn=arn))


def test_a_workspace_with_rules_and_routes(build: Build) -> None:
    made = build(prometheus)
    assert set(made.children) == {f"shop-prometheus-{part}" for part in ("workspace", "retention", "rules", "alerts")}
    assert made.inputs("shop-prometheus-retention")["retentionPeriodInDays"] == 60
    assert made.inputs("shop-prometheus-workspace")["tags"] == CONTEXT.tags("shop-prometheus")


def test_rules_record_and_alert_and_each_alert_has_a_runbook(build: Build) -> None:
    groups = yaml.safe_load(build(prometheus).inputs("shop-prometheus-rules")["data"])["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert [rule for rule in rules if "record" in rule]
    alerts = [rule for rule in rules if "alert" in rule]
    assert alerts
    recorded = {rule["record"] for rule in rules if "record" in rule}
    for alert in alerts:
        assert alert["annotations"]["runbook"].startswith("docs/runbooks/")
        assert alert["expr"].split(" ")[0] in recorded or alert["expr"].startswith("absent(")


def test_alerts_go_to_the_topic(build: Build) -> None:
    definition = yaml.safe_load(build(prometheus).inputs("shop-prometheus-alerts")["definition"])
    routes = yaml.safe_load(definition["alertmanager_config"])
    (receiver,) = routes["receivers"]
    assert receiver["sns_configs"][0]["topic_arn"] == "topic-arn"
    assert routes["route"]["receiver"] == receiver["name"]


def test_alerts_that_can_not_be_sent_are_an_alarm(build: Build) -> None:
    made = build(prometheus, lambda one: one.alarms())
    (mute,) = made.answer
    assert (mute.key, mute.metric) == ("prometheus-mute", "AlertManagerNotificationsFailed")


@pytest.mark.parametrize(("login", "wanted"), [(GrafanaLogin.AWS_SSO, ["AWS_SSO"]), (GrafanaLogin.SAML, ["SAML"])])
def test_grafana_reads_and_changes_nothing(build: Build, login: GrafanaLogin, wanted: list[str]) -> None:
    made = build(lambda: grafana(login))
    inputs = made.inputs("shop-grafana-workspace")
    assert inputs["authenticationProviders"] == wanted
    assert inputs["dataSources"] == ["CLOUDWATCH", "PROMETHEUS"]
    allowed = statements(made.inputs("shop-grafana-read-policy")["policy"])
    verbs = {action.partition(":")[2] for one in allowed.values() for action in one["Action"]}
    assert not [verb for verb in verbs if verb.startswith(("Put", "Create", "Delete", "Update"))]
    assert allowed["AskPrometheus"]["Resource"] == [ARN]
    (trust,) = json.loads(made.inputs("shop-grafana-read-role")["assumeRolePolicy"])["Statement"]
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_grafana_without_prometheus(build: Build) -> None:
    made = build(lambda: grafana(arn=None))
    assert made.inputs("shop-grafana-workspace")["dataSources"] == ["CLOUDWATCH"]
    assert "AskPrometheus" not in statements(made.inputs("shop-grafana-read-policy")["policy"])
