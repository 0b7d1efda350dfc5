"""A service's log group.

Not proven: that anything writes to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.compute.service_log import ServiceLog, ServiceLogArgs
from components.foundation.log_group import LogPolicy
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY

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
