"""`ascent report` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from ascent.plan.offline.recording import Recording
from tests.cli.cli_project import Answer, Project
from tests.stacks.planning import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@pytest.fixture
def report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Run the command on a project whose stack dev is planned as the shipped one."""
    project = Project(tmp_path / "project")

    def plan_stacks(_workers: object, stacks: Sequence[str], *, partly: bool) -> list[Recording]:
        return [Recording(plan=shipped(name), diagnostics=(), reads=()) for name in stacks]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)

    def report(*arguments: object) -> Answer:
        status = main(["report", *map(str, arguments), "-C", str(project.directory)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return report


def test_writes_and_says_where(report: Callable[..., Answer], tmp_path: Path) -> None:
    answer = report("dev", "--out", tmp_path / "out", "--as-of", "2026-11-21")
    assert (answer.status, answer.err) == (0, "")
    *lines, last = answer.out.splitlines()
    assert last == f"report: {tmp_path / 'out' / 'index.html'}"
    assert "of 100 dev (mvp): " in lines[0]
    assert "dev (mvp): $" in lines[1]
    written = {p.name: p.read_bytes() for p in (tmp_path / "out" / "dev").iterdir()}
    assert sorted(written) == [
        "architecture.svg",
        "cost.json",
        "findings.sarif",
        "index.html",
        "plan.json",
        "readiness.json",
    ]
    report("dev", "--out", tmp_path / "again", "--as-of", "2026-11-21")
    assert {p.name: p.read_bytes() for p in (tmp_path / "again" / "dev").iterdir()} == written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dev", "--out", "/dev/null/out"), "--out /dev/null/out: Not a directory; name a directory"),
        (("dev", "--out", "/dev/null"), "--out /dev/null: File exists; name a directory"),
        (("nothing", "--out", "{}"), "nothing"),
        (("--out", "{}", "--as-of", "soon"), "--as-of soon: is no day"),
        ((), "--out"),
    ],
)
def test_bad_input_is_one_line(
    report: Callable[..., Answer], tmp_path: Path, arguments: Sequence[str], said: str
) -> None:
    answer = report(*(a.format(tmp_path / "out") for a in arguments))
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.line
    assert not (tmp_path / "out" / "index.html").exists()
