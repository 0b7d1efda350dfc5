"""The proxy: TLS, who logs in with what, and its targets.

Not proven: that RDS Proxy takes the role, and which statements pin a connection.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.data.database_proxy import DatabaseProxy, DatabaseProxyArgs
from settings.sections.data import PostgresSettings
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

PROXY, SECRET = "shop-proxy-proxy", "arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf"


def proxy(mode: str, *, key: str | None = KEY, **other: Any) -> DatabaseProxy:  # noqa: ANN401
    behind: dict[str, Any] = {"instance": "shop-dev-postgres", **other}
    args = DatabaseProxyArgs(
        context=CONTEXT,
        settings=PostgresSettings.model_validate({"proxy": mode}),
        subnet_ids=["subnet-1", "subnet-2"],
        security_group_id="sg-db",
        secret_arn=SECRET,
        key_arn=key,
        resource_id="db-ABC",
        **behind,
    )
    return DatabaseProxy("shop-proxy", args)


def by_secret() -> DatabaseProxy:
    return proxy("secret")


def by_token() -> DatabaseProxy:
    return proxy("iam")


def test_children(build: Build) -> None:
    assert build(by_secret).children == {
        "shop-proxy-service": "ascent:foundation:ServiceRole",
        PROXY: "aws:rds/proxy:Proxy",
        "shop-proxy-pool": "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup",
        "shop-proxy-target": "aws:rds/proxyTarget:ProxyTarget",
    }


def test_clients_log_in_with_the_password(build: Build) -> None:
    made = build(by_secret, lambda one: one.statements())
    inputs = made.inputs(PROXY)
    assert inputs["requireTls"] is True
    assert "defaultAuthScheme" not in inputs
    assert inputs["auths"] == [
        {
            "authScheme": "SECRETS",
            "secretArn": SECRET,
            "iamAuth": "DISABLED",
            "clientPasswordAuthType": "POSTGRES_SCRAM_SHA_256",
        }
    ]
    policy = json.loads(made.inputs("shop-proxy-service-policy")["policy"])["Statement"]
    assert [(one["Action"], one["Resource"]) for one in policy] == [
        (["secretsmanager:GetSecretValue"], [SECRET]),
        (["kms:Decrypt"], [KEY]),
    ]
    assert made.answer == []


def test_clients_and_proxy_log_in_with_tokens(build: Build) -> None:
    made = build(by_token, lambda one: [(s.actions, s.resources) for s in one.statements()])
    inputs = made.inputs(PROXY)
    assert (inputs["defaultAuthScheme"], "auths" in inputs) == ("IAM_AUTH", False)
    (own,) = json.loads(made.inputs("shop-proxy-service-policy")["policy"])["Statement"]
    assert own["Resource"] == ["arn:aws:rds-db:us-east-1:111111111111:dbuser:db-ABC/app"], "the database's id"
    (client,) = made.answer
    assert client == [["rds-db:connect"], ["arn:aws:rds-db:us-east-1:111111111111:dbuser:prx-1/app"]], "the proxy's"


def test_its_target(build: Build) -> None:
    instance = build(by_secret).inputs("shop-proxy-target")
    assert instance["dbInstanceIdentifier"] == "shop-dev-postgres"
    assert "dbClusterIdentifier" not in instance
    made = build(lambda: proxy("secret", key=None, instance=None, cluster="shop-dev-postgres", reader=True))
    assert made.inputs("shop-proxy-target")["dbClusterIdentifier"] == "shop-dev-postgres"
    assert made.inputs("shop-proxy-reader")["targetRole"] == "READ_ONLY"
    assert "shop-proxy-target" in made["shop-proxy-reader"].options.depends_on
    assert made.attributes["reader_host"] == "shop-proxy-reader.proxy.example"


def test_it_leaves_connections_for_people(build: Build) -> None:
    pool = build(by_secret).inputs("shop-proxy-pool")["connectionPoolConfig"]
    assert pool == {"maxConnectionsPercent": 90, "maxIdleConnectionsPercent": 50, "connectionBorrowTimeout": 30}


def test_alarm_and_graphs(build: Build) -> None:
    (alarm,), graphs = build(by_secret, lambda one: [one.alarms(), one.graphs()]).answer
    assert (alarm.name, alarm.threshold) == ("database-proxy", 100_000)
    assert [one.title for one in graphs] == ["Connections to and of the proxy", "Wait for a connection, microseconds"]
