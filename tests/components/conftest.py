"""What tests of components share: a component built on Pulumi's mocks, and a context to build it in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.components import mocks
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.foundation.context import Context
    from tests.components.mocks import Build


@pytest.fixture
def build() -> Build:
    """Builds a component on Pulumi's mocks: `build(lambda: Vpc("shop-vpc", VpcArgs(…)))`."""
    return mocks.build


@pytest.fixture(scope="session")
def context() -> Callable[..., Context]:
    """Makes contexts: `context()`, or `context("application", "environment")`."""

    def make(application: str = "shop", environment: str = "dev") -> Context:
        return replace(CONTEXT, application=application, environment=environment)

    return make
