"""Usage: the tiers' profiles are whole and grow, and a stack's own file is checked key by key."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from ascent.cost.amounts import Range
from ascent.cost.usage.profiles import KEYS, Usage, load_usage, profile_of, profiles
from common.problems import InputError
from tests.stacks.planning import ROOT, TIERS

if TYPE_CHECKING:
    from pathlib import Path

MVP = profile_of("mvp")[1]


def loaded(tmp_path: Path, text: str) -> Usage:
    file = tmp_path / "Usage.dev.yaml"
    file.write_text(text, encoding="utf-8")
    return load_usage(file, MVP)


def test_every_tier_has_a_profile_that_says_everything() -> None:
    assert tuple(profiles()) == TIERS
    assert len(KEYS) == len(fields(Usage))


def test_the_page_on_costs_lists_every_key() -> None:
    text = (ROOT / "docs" / "cost.md").read_text(encoding="utf-8")
    for key, found in KEYS.items():
        assert f"| `{key}` | {found.metadata['unit']} | {found.metadata['about']} |" in text


@pytest.mark.parametrize("key", [f.name for f in fields(Usage) if f.name != "load_percent"])
def test_a_higher_tier_is_used_no_less(key: str) -> None:
    amounts = [getattr(usage, key) for usage in profiles().values()]
    for smaller, larger in pairwise(amounts):
        assert all(a <= b for (_, a), (_, b) in zip(smaller.bounds, larger.bounds, strict=True))


def test_a_tier_without_profile_gets_the_startups() -> None:
    assert profile_of("") == ("startup", profiles()["startup"])


def test_own_figures_replace_the_tiers(tmp_path: Path) -> None:
    usage = loaded(tmp_path, "requests: 5_000_000\negressGb: {low: 1, expected: 2.5, high: 1e1}\n")
    assert usage.requests == Range.exactly(5_000_000)
    assert usage.egress_gb == Range(Decimal(1), Decimal("2.5"), Decimal(10))
    assert usage.nat_gb == MVP.nat_gb


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == MVP


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("request: 5", "request is not a usage key; did you mean requests?"),
        ("egress_gb: 5", "egress_gb is not a usage key; did you mean egressGb?"),
        ("requests: many", "requests is 'many'; it must be a number, or low, expected and high"),
        ("requests: true", "requests is True; it must be a number, or low, expected and high"),
        ("requests: null", "requests is None; it must be a number, or low, expected and high"),
        ("requests: 1e99", "requests is 1e+99; it must be a number, or low, expected and high"),
        ("requests: {low: 1, high: 2}", "requests has low, high; give low, expected and high, or one number"),
        ("requests: {low: 1, expected: x, high: 2}", "requests has expected 'x'; it must be a number"),
        (
            "requests: {low: 3, expected: 2, high: 1}",
            "requests must have 0 <= low <= expected <= high; put its numbers in order",
        ),
        ("requests: -1", "requests must have 0 <= low <= expected <= high; put its numbers in order"),
        ("loadPercent: 101", "loadPercent is 101; it must be at most 100"),
    ],
)
def test_a_wrong_entry_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, text)
    assert str(caught.value) == f"Usage.dev.yaml: {line}"


def test_a_key_that_is_nothing_like_a_key_is_told_the_keys(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^Usage\.dev\.yaml: zzz is not a usage key; the keys are requests, "):
        loaded(tmp_path, "zzz: 1")


def test_all_wrong_entries_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, "request: 5\negressGb: x\n")
    assert len(str(caught.value).splitlines()) == 2


def test_a_list_is_no_usage(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^Usage\.dev\.yaml: is not a mapping; "):
        loaded(tmp_path, "- requests")
