"""`ascent plan` in every format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

import pytest

from ascent.cli import main
from ascent.cli import plan as command
from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.verdicts.judged import Judged


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shipped_stacks: list[Judged]) -> Any:  # noqa: ANN401
    """Run `ascent plan` on the shipped stacks, planned in this process."""
    monkeypatch.setattr(command, "chosen_stacks", lambda *_: [])
    monkeypatch.setattr(command, "_judged", lambda *_, **__: shipped_stacks)

    def plan(*arguments: object) -> tuple[int, str, str]:
        status = main(["plan", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return plan


def test_json_is_what_it_was(plan: Any) -> None:  # noqa: ANN401 - a fixture
    by_flag, by_format = plan("--json"), plan("--format", "json")
    assert by_flag == by_format
    stacks = json.loads(by_flag[1])["stacks"]
    assert [set(stack) for stack in stacks] == [{"plan", "problems", "lookUps", "verdicts", "fine"}] * len(SHIPPED)


def test_other_formats(plan: Any, tmp_path: Path) -> None:  # noqa: ANN401 - a fixture
    for form in ("sarif", "junit", "markdown", "table"):
        # What is kept in a file tells all that is known.
        status, out, _ = plan("--format", form, "--full")
        target = tmp_path / form
        assert plan("--format", form, "--output", target) == (status, "", "")
        assert status == 0
        assert target.read_text(encoding="utf-8") == out
    runs = json.loads((tmp_path / "sarif").read_text())["runs"]
    assert runs[0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "Pulumi.dev.yaml"
    assert len(Xml.fromstring((tmp_path / "junit").read_text())) == len(SHIPPED)
    assert "OK prod (production)" in (tmp_path / "table").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--json", "--format", "sarif"), "exclude each other"),
        (("--show", "*", "--format", "sarif"), "leave out --format"),
        (("--show", "*", "--output", "x"), "leave out --format"),
    ],
)
def test_contradictions_get_one_line(arguments: tuple[str, ...], said: str, plan: Any) -> None:  # noqa: ANN401
    status, out, err = plan(*arguments)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert said in err
