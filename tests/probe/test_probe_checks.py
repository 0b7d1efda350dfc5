"""Every check proves what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.probe.answer import Verdict
from ascent.probe.table import CHECKS
from tests.probe.conftest import OF_IMAGES, said, started

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ascent.probe.subject import Subject


@pytest.fixture(scope="module")
def good(described: Callable[..., dict[str, Any]]) -> Iterator[Subject]:
    with started(described()) as subject:
        yield subject


@pytest.mark.parametrize("check", [check for check in CHECKS if check not in OF_IMAGES])
def test_it_proves_what_is_right(good: Subject, check: str) -> None:
    found = said(good, check)
    assert found.verdict is Verdict.PROVEN, found
    assert found.evidence
    assert "\n" not in found.evidence
    assert not found.fix


@pytest.mark.parametrize("check", sorted(OF_IMAGES))
def test_a_command_does_not_tell_of_an_image(good: Subject, check: str) -> None:
    found = said(good, check)
    assert found.verdict is Verdict.NOT_ASKED
    assert "--image" in found.fix


def test_input_that_is_escaped_is_no_code(described: Callable[..., dict[str, Any]]) -> None:
    with started(described("escaping")) as subject:
        assert said(subject, "cross-site-scripting").verdict is Verdict.PROVEN


def test_what_is_not_described_is_not_asked(described: Callable[..., dict[str, Any]]) -> None:
    """Nothing is taken for proven because nobody said where it is."""
    whole = described()
    environment = {key: value for key, value in whole["environment"].items() if "{" not in value}
    bare = {
        "environment": {**environment, "DATABASE": whole["database"]["address"], "CACHE": whole["cache"]["address"]}
    }
    with started(bare) as subject:
        for check in (
            "readiness-apart", "dead-database", "dead-cache", "pagination", "sql-injection", "cross-site-scripting",
            "cors", "tokens", "error-tracking", "traces", "rate-limits", "configuration", "cookies",
        ):  # fmt: skip
            found = said(subject, check)
            assert found.verdict is Verdict.NOT_ASKED, (check, found)
            assert found.fix
