"""Usage: the tiers' profiles are whole and grow, and a stack's own file is checked key by key."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from ascent.cost.amounts import Range
from ascent.cost.usage.model import KEYS, Usage
from ascent.cost.usage.profiles import load_usage, profile_of, profiles
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
    assert set(KEYS.values()) == set(Usage.model_fields)


def test_the_page_on_costs_lists_every_key() -> None:
    text = (ROOT / "docs" / "cost.md").read_text(encoding="utf-8")
    for key, name in KEYS.items():
        declared = Usage.model_fields[name]
        extra = declared.json_schema_extra
        assert isinstance(extra, dict)
        assert f"| `{key}` | {extra['unit']} | {declared.description} |" in text


@pytest.mark.parametrize("key", [name for name in Usage.model_fields if name != "load_percent"])
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


EVERY = ", ".join(KEYS)
A_NUMBER = "must be a number, or low, expected and high; write a number, or {low: 1, expected: 2, high: 3}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("request: 5", f"1: request is not a usage key: usage keys here are {EVERY}; write requests"),
        ("\negress_gb: 5", f"2: egress_gb is not a usage key: usage keys here are {EVERY}; write egressGb"),
        ("zzz: 1", f"1: zzz is not a usage key: usage keys here are {EVERY}; remove it"),
        ("requests: many", f'1: requests is "many": {A_NUMBER}'),
        ("requests: true", f"1: requests is true: {A_NUMBER}"),
        ("requests: null", f"1: requests is null: {A_NUMBER}"),
        ("requests: 1e99", f"1: requests is 1e+99: {A_NUMBER}"),
        ("requests: [1]", f"1: requests is [1]: {A_NUMBER}"),
        ("requests: {low: 1, high: 2}", "1: requests.expected is missing: it must be given; add it"),
        (
            "requests: {low: 1, expected: 2, high: 3, top: 4}",
            "1: requests.top is not a usage key: usage keys here are low, expected, high; remove it",
        ),
        (
            "requests:\n  low: 1\n  expected: x\n  high: 2",
            '3: requests.expected is "x": must be a number; write a number, or {low: 1, expected: 2, high: 3}',
        ),
        (
            "requests: {low: 3, expected: 2, high: 1}",
            '1: requests is {"low": 3, "expected": 2, "high": 1}: must have 0 <= low <= expected <= high; '
            "put its numbers in order",
        ),
        ("requests: -1", "1: requests is -1: must have 0 <= low <= expected <= high; put its numbers in order"),
        ("loadPercent: 101", "1: loadPercent is 101: must be at most 100; write 100 or less"),
        ("keyRotations: {low: 0, expected: 1, high: 3}", "1: keyRotations is {"),
    ],
)
def test_a_wrong_entry_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, text)
    (found,) = str(caught.value).splitlines()
    assert found.startswith(f"Usage.dev.yaml:{line}")
    assert found == f"Usage.dev.yaml:{line}" or line.endswith("{")


def test_all_wrong_entries_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, "request: 5\negressGb: x\n")
    assert len(str(caught.value).splitlines()) == 2


def test_a_list_is_no_usage(tmp_path: Path) -> None:
    wanted = r"^Usage\.dev\.yaml: the file is \[\"requests\"\]: must be an object of usage keys; "
    with pytest.raises(InputError, match=wanted):
        loaded(tmp_path, "- requests")
