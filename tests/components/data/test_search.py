"""The search domain: private, encrypted, spread over zones, and what others need to know of it.

Not proven: that OpenSearch takes the domain, which it says after a quarter of an hour.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.data.search import Search
from components.foundation.store import StoreArgs
from settings.sections.observability import AlarmSettings
from settings.sections.stores.search import SearchSettings
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

DOMAIN = "shop-search-domain"


def search(*, protect: bool = True, **settings: Any) -> Search:  # noqa: ANN401
    args = StoreArgs(
        context=CONTEXT,
        settings=SearchSettings(**settings),
        logs=LOGS,
        subnet_ids=["subnet-1", "subnet-2", "subnet-3"],
        security_group_id="sg-search",
        key_arn=KEY,
        protect=protect,
    )
    return Search("shop-search", args)


def test_children(build: Build) -> None:
    kinds = sorted(build(lambda: search(service_role="create")).children.values())
    assert kinds == [
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        "aws:iam/serviceLinkedRole:ServiceLinkedRole",
        "aws:opensearch/domain:Domain",
    ]
    assert "shop-search-service" not in build(search).children


def test_private_and_encrypted(build: Build) -> None:
    made = build(search)
    inputs = made.inputs(DOMAIN)
    assert inputs["vpcOptions"] == {"subnetIds": ["subnet-1"], "securityGroupIds": ["sg-search"]}
    assert inputs["encryptAtRest"] == {"enabled": True, "kmsKeyId": KEY}
    assert inputs["nodeToNodeEncryption"] == {"enabled": True}
    assert inputs["domainEndpointOptions"]["enforceHttps"] is True
    (policy,) = json.loads(inputs["accessPolicies"])["Statement"]
    assert policy["Principal"] == {"AWS": ["arn:aws:iam::111111111111:root"]}
    assert policy["Resource"] == ["arn:aws:es:us-east-1:111111111111:domain/shop-dev-search/*"]
    assert made[DOMAIN].options.protect is True
    assert "shop-search-log-policy" in made[DOMAIN].options.depends_on


@pytest.mark.parametrize(("nodes", "zones"), [(1, 1), (2, 2), (3, 3), (6, 3)])
def test_nodes_are_spread(build: Build, nodes: int, zones: int) -> None:
    inputs = build(lambda: search(nodes=nodes)).inputs(DOMAIN)
    config = inputs["clusterConfig"]
    assert (config["instanceCount"], config["zoneAwarenessEnabled"]) == (nodes, zones > 1)
    assert len(inputs["vpcOptions"]["subnetIds"]) == zones
    if zones > 1:
        assert config["zoneAwarenessConfig"] == {"availabilityZoneCount": zones}


def test_nodes_that_lead(build: Build) -> None:
    config = build(lambda: search(nodes=3, managers=True)).inputs(DOMAIN)["clusterConfig"]
    assert (config["dedicatedMasterEnabled"], config["dedicatedMasterCount"]) == (True, 3)


def test_what_others_need_to_know(build: Build) -> None:
    made = build(search, lambda one: [one.variables, [(s.actions, s.resources) for s in one.statements()]])
    assert made.answer[0] == {"SEARCH_HOST": f"{DOMAIN}.es.example"}
    ((actions, resources),) = made.answer[1]
    assert all(action.startswith("es:ESHttp") for action in actions)
    assert resources == [f"{made[DOMAIN].outputs['arn']}/*"]


def test_alarms(build: Build) -> None:
    found = build(lambda: search(storage_gb=40), lambda one: one.alarms(AlarmSettings())).answer
    assert {one.name: one.threshold for one in found} == {
        "search-red": 1,
        "blocked-search-red": 1,
        "search-full": 40 * 1024 / 4,
        "memory-search-busy": 85,
        "search-busy": 85,
    }
    assert all(one.dimensions == {"DomainName": "shop-dev-search", "ClientId": "111111111111"} for one in found)
