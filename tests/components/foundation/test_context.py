"""Names stay inside their limits and distinct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from components.foundation.context import PREFIX_LIMIT, bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.foundation.context import Context


@given(st.text("abc-", min_size=1, max_size=80), st.text("abc-", min_size=1, max_size=80), st.integers(8, 64))
def test_bounded_names_fit_and_stay_distinct(one: str, other: str, limit: int) -> None:
    short = bounded(one, limit)
    assert len(short) <= limit
    assert short == bounded(one, limit)
    if one != other:
        assert short != bounded(other, limit)


@given(st.from_regex(r"[a-z][a-z0-9-]{0,28}[a-z0-9]", fullmatch=True), st.from_regex(r"[a-z]{1,30}", fullmatch=True))
def test_prefix_and_physical_names_fit(context: Callable[..., Context], application: str, environment: str) -> None:
    made = context(application, environment)
    assert len(made.prefix) <= PREFIX_LIMIT
    assert len(made.physical_name("public", limit=32)) <= 32
    assert not made.prefix.endswith("-")


def test_tags(context: Callable[..., Context]) -> None:
    assert context().tags("shop-dev-vpc") == {
        "Project": "shop",
        "Environment": "dev",
        "Tier": "mvp",
        "Owner": "platform",
        "CostCenter": "engineering",
        "DataClass": "internal",
        "ManagedBy": "pulumi",
        "Name": "shop-dev-vpc",
    }
