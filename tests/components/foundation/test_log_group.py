"""Log groups: a fixed name, a retention, a key.

Not proven: that the key's policy admits CloudWatch Logs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pulumi

from components.foundation.log_group import LogPolicy, log_group
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build


class Holder(pulumi.ComponentResource):
    """A component with two log groups, one of them in another region."""

    def __init__(self, name: str, logs: LogPolicy) -> None:
        super().__init__("test:index:Holder", name)
        log_group(f"{name}-here", CONTEXT, logs, parent=self, physical_name="/shop/here")
        log_group(f"{name}-there", CONTEXT, logs, parent=self, physical_name="/shop/there", region="eu-west-1")
        self.register_outputs({})


def test_logs_end(build: Build) -> None:
    made = build(lambda: Holder("shop-holder", LOGS))
    here, there = made.inputs("shop-holder-here"), made.inputs("shop-holder-there")
    assert here == {"name": "/shop/here", "retentionInDays": 30, "tags": CONTEXT.tags("shop-holder-here")}
    assert there["region"] == "eu-west-1"


def test_logs_are_encrypted_with_the_given_key(build: Build) -> None:
    made = build(lambda: Holder("shop-holder", replace(LOGS, key_arn=KEY)))
    assert made.inputs("shop-holder-here")["kmsKeyId"] == KEY
