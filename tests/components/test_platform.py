"""The platform composes: each layer gets what the others have.

Not proven: what the shipped stacks hold; tests/stacks plans them whole, awsx's children included.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from components.platform import Platform, PlatformArgs
from settings.load import resolve
from tests.components.mocks import ACCOUNT, UNKNOWN, Built, build, statements
from tests.components.surroundings import CONTEXT

ALWAYS = {
    "shop-dev-keys": "ascent:security:Keys",
    "shop-dev-alarm-topic": "ascent:observability:AlarmTopic",
    "shop-dev-vpc": "ascent:network:Vpc",
    "shop-dev-flow-logs": "ascent:network:FlowLogs",
    "shop-dev-firewall": "ascent:network:Firewall",
    "shop-dev-endpoints": "ascent:network:VpcEndpoints",
    "shop-dev-data-acl": "ascent:network:DataAcl",
    "shop-dev-ingress": "ascent:edge:Ingress",
    "shop-dev-routing": "ascent:edge:Routing",
    "shop-dev-edge-alarms": "ascent:observability:Alarms",
    "shop-dev-data-alarms": "ascent:observability:Alarms",
    "shop-dev-compute-alarms": "ascent:observability:Alarms",
    "shop-dev-secrets": "ascent:security:ApplicationSecrets",
    "shop-dev-app-log": "ascent:compute:ServiceLog",
    "shop-dev-events": "ascent:observability:Events",
    "shop-dev-budget": "ascent:observability:Budget",
}
FARGATE = {
    "shop-dev-cluster": "ascent:compute:Cluster",
    "shop-dev-app": "ascent:compute:FargateService + ascent:compute:Task",
}
EC2 = {"shop-dev-app": "ascent:compute:Ec2Service"}
TABLE, DATABASE = {"shop-dev-dynamodb": "ascent:data:Table"}, {"shop-dev-postgres": "ascent:data:Postgres"}
DASHBOARD = {"shop-dev-dashboard": "ascent:observability:Dashboard"}
BACKUP = {"shop-dev-backup": "ascent:resilience:Backup"}


def platform(tier: str = "mvp", **sections: Any) -> Platform:  # noqa: ANN401 - any setting
    given = {"observability": {"alarmEmails": ["a@example.com"]}, **sections}
    config = {"ascent:tier": tier, **{f"ascent:{key}": json.dumps(value) for key, value in given.items()}}
    settings = resolve(config, stack="dev", project="shop").settings
    return Platform("shop-dev", PlatformArgs(context=CONTEXT, settings=settings))


STORES = {"dynamodb": {"enabled": True}, "postgres": {"enabled": True}}
SERVICES = {
    "web": {"image": "web:1"},
    "api": {"image": "api:1", "paths": ["/api/*"]},
    "mail": {"kind": "worker", "image": "mail:1"},
    "clean": {"kind": "task", "image": "clean:1"},
}


@pytest.fixture(scope="module")
def full() -> Built:
    """One service with every store, backups and protection."""
    resilience = {"protect": True, "backup": True}
    shown = {"dashboard": True}
    return build(lambda: platform(compute={"kind": "fargate"}, data=STORES, observability=shown, resilience=resilience))


@pytest.fixture(scope="module")
def several() -> Built:
    """Several services, nothing protected, no dashboard."""
    fargate, bare, disposable = {"kind": "fargate"}, {"dashboard": False}, {"protect": False}
    return build(lambda: platform(compute=fargate, services=SERVICES, observability=bare, resilience=disposable))


def test_children_of_a_full_platform(full: Built) -> None:
    assert full.children == {**ALWAYS, **FARGATE, **TABLE, **DATABASE, **DASHBOARD, **BACKUP}


def test_children_on_ec2() -> None:
    made = build(lambda: platform(compute={"kind": "ec2"}, data={"dynamodb": {"enabled": True}}))
    assert made.children == {**ALWAYS, **EC2, **TABLE}
    assert sorted(made.outputs) == ["alarmTopicArn", "secretArns", "tableName", "url"]


def test_several_services_each_have_their_place(several: Built) -> None:
    both = FARGATE["shop-dev-app"]
    app = ("shop-dev-app-log", "shop-dev-app")
    kept = {name: kind for name, kind in {**ALWAYS, **FARGATE, **TABLE}.items() if name not in app}
    assert several.children == {
        **kept,
        "shop-dev-web": both,
        "shop-dev-api": both,
        "shop-dev-mail": both,
        "shop-dev-clean": "ascent:compute:Task",
        **{f"shop-dev-{name}-log": "ascent:compute:ServiceLog" for name in SERVICES},
    }
    rolled_back = several.inputs("shop-dev-api-service")["alarms"]["alarmNames"]
    errors = {name: several[f"shop-dev-edge-alarms-{name}-server-errors"].outputs["name"] for name in ("web", "api")}
    assert errors["api"] in rolled_back
    assert errors["web"] not in rolled_back
    assert "alarms" not in several.inputs("shop-dev-mail-service")
    assert len({one.inputs["name"] for one in several.of_type("aws:lb/targetGroup:TargetGroup")}) == 2


def test_outputs_say_what_there_is(full: Built) -> None:
    assert full.outputs == full.attributes["outputs"]
    assert full.outputs["tableName"] == full["shop-dev-dynamodb-table"].outputs["name"]
    assert full.outputs["databaseHost"] == full["shop-dev-postgres-instance"].outputs["address"]
    assert full.outputs["alarmTopicArn"] == full["shop-dev-alarm-topic-topic"].outputs["arn"]
    assert full.outputs["backupVault"] == full["shop-dev-backup-vault"].outputs["name"]
    assert full.preview.outputs["url"] is UNKNOWN


def test_the_application_is_told_of_its_stores_and_may_use_them(full: Built) -> None:
    (container,) = json.loads(full.inputs("shop-dev-app-task-definition")["containerDefinitions"])
    told = {one["name"]: one["value"] for one in container["environment"]}
    assert told["TABLE_NAME"] == full["shop-dev-dynamodb-table"].outputs["name"]
    assert told["DATABASE_HOST"] == full["shop-dev-postgres-instance"].outputs["address"]
    assert {"UseTable", "ReadDatabasePassword"} <= set(statements(full.inputs("shop-dev-app-task-policy")["policy"]))


def test_a_deployment_rolls_back_on_what_users_see(full: Built) -> None:
    errors = ("shop-dev-edge-alarms-balancer-errors", "shop-dev-edge-alarms-app-server-errors")
    names = full.inputs("shop-dev-app-service")["alarms"]["alarmNames"]
    assert names == [full[name].outputs["name"] for name in errors]


def test_every_alarm_tells_the_topic(full: Built) -> None:
    topic = full["shop-dev-alarm-topic-topic"].outputs["arn"]
    alarms = full.of_type("aws:cloudwatch/metricAlarm:MetricAlarm")
    assert alarms
    assert all(one.inputs["alarmActions"] == [topic] for one in alarms)


def test_cloudfronts_alarm_stands_where_its_metrics_are_and_tells_a_topic_there() -> None:
    given = {"alarmEmails": ["a@example.com"]}
    config = {"ascent:tier": "mvp", "aws:region": "eu-west-1", "ascent:observability": json.dumps(given)}
    config["ascent:security"] = json.dumps({"customerManagedKeys": ["logs"]})
    settings = resolve(config, stack="dev", project="shop").settings
    here = replace(CONTEXT, region="eu-west-1")
    made = build(lambda: Platform("shop-dev", PlatformArgs(context=here, settings=settings)))
    topic = made["shop-dev-alarm-topic-us-east-1-topic"]
    alarm = made.inputs("shop-dev-edge-alarms-cdn-errors")
    assert alarm["region"] == topic.inputs["region"] == "us-east-1"
    assert alarm["alarmActions"] == alarm["okActions"] == [topic.outputs["arn"]]
    assert topic.inputs["kmsMasterKeyId"] == made["shop-dev-keys-us-east-1-logs-key"].outputs["arn"]
    home = made["shop-dev-alarm-topic-topic"].outputs["arn"]
    others = [one for one in made.of_type("aws:cloudwatch/metricAlarm:MetricAlarm") if "region" not in one.inputs]
    assert {arn for one in others for arn in one.inputs["alarmActions"]} == {home}


def test_what_nobody_could_bring_back_is_protected(full: Built, several: Built) -> None:
    kind = "aws:cloudcontrol/resource:Resource"
    assert (full.one(kind).options.protect, several.one(kind).options.protect) == (True, False)


def test_protection_reaches_whatever_holds_something(full: Built, several: Built) -> None:
    for kind in ("kms/key:Key", "dynamodb/table:Table", "s3/bucket:Bucket"):
        assert {one.options.protect for one in full.of_type(f"aws:{kind}")} == {True}, kind
        assert {one.options.protect for one in several.of_type(f"aws:{kind}")} == {False}, kind
    for kind in ("rds/instance:Instance", "backup/vault:Vault"):
        assert full.one(f"aws:{kind}").options.protect, kind


def test_backups_take_every_store(full: Built) -> None:
    arns = [full[name].outputs["arn"] for name in ("shop-dev-dynamodb-table", "shop-dev-postgres-instance")]
    assert full.inputs("shop-dev-backup-selection")["resources"] == arns


def test_the_account_is_in_no_name(full: Built) -> None:
    assert not [one.name for one in full.registered.values() if ACCOUNT in one.name]
