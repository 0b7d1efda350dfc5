"""Problems: one line each, whatever was written."""

from __future__ import annotations

import pytest

from common.problems import Problem, closest, printable, shown


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (None, "a.yaml: size is 0: must be at least 1; for example size: 1"),
        (12, "a.yaml:12: size is 0: must be at least 1; for example size: 1"),
    ],
)
def test_a_problem_is_a_line(row: int | None, line: str) -> None:
    assert Problem("size", "0", "must be at least 1", "for example size: 1", row).line("a.yaml") == line


def test_what_would_break_a_line_is_escaped() -> None:
    line = Problem("a\nb", "\x1b[31m", "w", "f").line("x\r.yaml")
    assert line == "x\\r.yaml: a\\nb is \\x1b[31m: w; f"
    assert printable("é → ü") == "é → ü"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("é", '"é"'),
        ([1, {"a": 2}], '[1, {"a": 2}]'),
        ("x" * 100, '"' + "x" * 56 + "..."),
        (object, "\"<class 'object'>\""),
    ],
)
def test_a_value_is_shown_as_json_and_cut(value: object, text: str) -> None:
    assert shown(value) == text
    assert len(text) <= 60


@pytest.mark.parametrize(
    ("word", "near"),
    [("natGatway", "nat_gateway"), ("NAT-GATEWAY", "nat_gateway"), ("zones", "zone"), ("qqqq", None)],
)
def test_the_nearest_word_is_found_however_it_is_spelled(word: str, near: str | None) -> None:
    assert closest(word, ["nat_gateway", "zone"]) == near
