"""What tests of components share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def context() -> Callable[..., Context]:
    """Makes contexts: `context()`, or `context("application", "environment")`."""

    def make(application: str = "shop", environment: str = "dev") -> Context:
        return Context(
            application=application,
            environment=environment,
            tier="mvp",
            owner="platform",
            cost_center="engineering",
            data_class="internal",
            region="us-east-1",
            account_id="111111111111",
        )

    return make
