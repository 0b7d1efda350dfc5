"""A service's log group.

Not proven: that anything writes to it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.compute.service_log import ServiceLog, ServiceLogArgs
from components.foundation.log_group import LogPolicy
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build


def test_one_group_under_the_services_name(build: Build) -> None:
    logs = LogPolicy(retention_days=90, key_arn=KEY)
    made = build(
        lambda: ServiceLog("shop-app-log", ServiceLogArgs(context=CONTEXT, service="app", logs=logs)),
    )
    assert made.children == {"shop-app-log-group": "aws:cloudwatch/logGroup:LogGroup"}
    inputs = made.inputs("shop-app-log-group")
    assert (inputs["name"], inputs["retentionInDays"], inputs["kmsKeyId"]) == ("/shop/dev/app", 90, KEY)
    assert inputs["tags"] == CONTEXT.tags("shop-app-log-group")
    arn = made["shop-app-log-group"].outputs["arn"]
    assert made.attributes == {"name": "/shop/dev/app", "arn": arn}
    assert made.outputs == {"name": "/shop/dev/app"}
    assert made.preview.attributes == {"name": "/shop/dev/app", "arn": UNKNOWN}


def masking() -> ServiceLog:
    args = ServiceLogArgs(context=CONTEXT, service="app", logs=LOGS, masked=["EmailAddress", "Ssn-US"])
    return ServiceLog("shop-app-log", args)


def test_what_nobody_should_read_is_masked(build: Build) -> None:
    inputs = build(masking).inputs("shop-app-log-mask")
    assert inputs["logGroupName"] == "/shop/dev/app"
    policy = json.loads(inputs["policyDocument"])
    audit, mask = policy["Statement"]
    start = "arn:aws:dataprotection::aws:data-identifier/"
    # AWS takes exactly these two, about the same data.
    assert audit["DataIdentifier"] == mask["DataIdentifier"] == [f"{start}EmailAddress", f"{start}Ssn-US"]
    assert audit["Operation"] == {"Audit": {"FindingsDestination": {}}}
    assert mask["Operation"] == {"Deidentify": {"MaskConfig": {}}}
    assert policy["Version"] == "2021-06-01"


def test_how_containers_write_to_it(build: Build) -> None:
    made = build(masking, lambda one: one.driver("us-east-1", "agent"))
    assert made.answer["options"] == {
        "awslogs-group": "/shop/dev/app",
        "awslogs-region": "us-east-1",
        "awslogs-stream-prefix": "agent",
        "mode": "non-blocking",
    }
