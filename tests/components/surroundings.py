"""Where the components of these tests stand."""

from __future__ import annotations

from typing import Final

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from tests.components.mocks import ACCOUNT, REGION

CONTEXT: Final = Context(
    application="shop",
    environment="dev",
    tier="mvp",
    owner="platform",
    cost_center="engineering",
    data_class="internal",
    region=REGION,
    account_id=ACCOUNT,
)

KEY: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/given"
"""A key that somebody else made."""

LOGS: Final = LogPolicy(retention_days=30)
