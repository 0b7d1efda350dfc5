"""The pull-request comment: complete while it fits, bounded, and harmless whatever a program calls its things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ascent.output.formats.kinds import Format
from ascent.output.formats.markdown import render as bounded
from ascent.output.formats.render import render
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.verdicts.judged import Judged

UNESCAPED_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| rule ")]


def test_every_finding_has_a_row(bad: Judged, shipped_stacks: list[Judged]) -> None:
    text = render(Format.MARKDOWN, [bad, *shipped_stacks])
    assert len(rows(text)) == sum(len(one.report.findings) for one in (bad, *shipped_stacks))
    assert "left out" not in text
    assert text.count("<details>") == text.count("</details>") > 0
    assert text.startswith("### Ascent: **not fine**\n")
    assert render(Format.MARKDOWN, shipped_stacks).startswith("### Ascent: fine\n")


def test_failures_stand_outside_of_the_details(bad: Judged) -> None:
    text = render(Format.MARKDOWN, [bad])
    outside = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
    stopping = [r for r in bad.report.results if meaning_of(r) is Meaning.FAIL]
    assert len(rows(outside)) == len(stopping) > 0
    assert "is registered more than once" in outside
    assert "excuses nothing" in text
    assert "excuses nothing" not in outside


def test_a_name_cannot_break_out(hostile: Judged) -> None:
    text = render(Format.MARKDOWN, [hostile])
    assert text.isascii() or text.encode("utf-8")
    for row in rows(text):
        assert len(UNESCAPED_BAR.findall(row)) == 5, row
    for attack in ("<script", "@someone", "#7", "://evil", "\x1b", "\x00"):
        assert attack not in text
    assert not re.search(r"(?<!\\)\]\(", text)
    assert text.count("<") == 4 * text.count("<details>")


@pytest.mark.parametrize("limit", [2_000, 20_000, 60_000])
def test_size_is_bounded_and_the_rest_counted(limit: int, many: Callable[[int], Judged]) -> None:
    one = many(300)
    text = bounded([one], limit)
    assert limit // 2 < len(text) <= limit
    (left_out,) = re.findall(r"\*\*(\d+) more findings are left out here\*\*", text)
    said = len(one.report.findings) + len(one.report.waiver_findings)
    assert len(rows(text)) + int(left_out) == said
    assert text.count("<details>") == text.count("</details>")


def test_a_comment_fits_by_default(many: Callable[[int], Judged]) -> None:
    assert len(render(Format.MARKDOWN, [many(2_000)])) <= 60_000
