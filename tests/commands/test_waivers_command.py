"""`ascent waivers`: what is listed, what is found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ascent.cli import waivers as command
from ascent.plan.offline.recording import Recording
from tests.commands.small_plan import CLOSED, OPEN, STACK, small_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    Ascent = Callable[..., Any]

TODAY = date(2026, 3, 1)
RULE = "s3-public-access-block"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A project with one stack, planned in this process, and its waivers."""

    def plan_stacks(_workers: object, stacks: list[str], *, partly: bool) -> list[Recording]:
        assert stacks == [STACK]
        return [Recording(plan=small_plan(), diagnostics=(), reads=())]

    def project(entries: str) -> Path:
        (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
        (tmp_path / "__main__.py").write_text("")
        (tmp_path / f"Pulumi.{STACK}.yaml").write_text("config: {}\n")
        (tmp_path / "policies").mkdir(exist_ok=True)
        (tmp_path / "policies" / "waivers.yaml").write_text(entries)
        return tmp_path

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)
    monkeypatch.setattr(command, "today", lambda: TODAY)
    return project


def entry(urn: str, expires: str, rule: str = RULE) -> str:
    return f"- {{rule: {rule}, urn: '{urn}', reason: legacy, owner: web, expires: {expires}}}\n"


def test_no_waivers_are_fine(project: Callable[[str], Path], ascent: Ascent) -> None:
    run = ascent("waivers", "--cwd", project("waivers: []\n"))
    assert (run.status, run.out) == (0, "0 waivers, 0 findings\n")


def test_a_waiver_in_use(project: Callable[[str], Path], ascent: Ascent) -> None:
    directory = project("waivers:\n" + entry(OPEN, "2026-03-11"))
    run = ascent("waivers", "--cwd", directory)
    assert run.status == 0
    assert run.out.startswith(f"10 days left {RULE} until 2026-03-11, web: legacy\n")
    assert "in live it excuses open\n" in run.out
    document = json.loads(ascent("waivers", "--json", "--cwd", directory).out)
    assert document["fine"] is True
    assert document["waivers"][0]["daysLeft"] == 10
    assert document["waivers"][0]["excuses"] == {"live": [OPEN]}


def test_findings_are_listed_and_counted(project: Callable[[str], Path], ascent: Ascent) -> None:
    entries = (
        entry(CLOSED, "2026-04-01"),
        entry(OPEN, "2026-02-27"),
        entry("urn:pulumi:live::shop::*", "2026-03-31", "required-tags"),
        "- {rule: nonsense, urn: 'urn:pulumi:live::*::x', reason: a, owner: b, expires: 2026-04-01}\n",
    )
    directory = project("waivers:\n" + "".join(entries))
    run = ascent("waivers", "--cwd", directory)
    assert run.status == 1
    findings = [line for line in run.out.splitlines() if line.startswith("FINDING ")]
    assert len(findings) == 4
    for said in ("is no rule", "expired on 2026-02-27", "excuses nothing: delete it", "excuses 3 resources"):
        assert sum(said in line for line in findings) == 1, said
    assert run.out.splitlines()[0].startswith(f"expired 2 days ago {RULE}")
    assert run.out.splitlines()[-1] == "3 waivers, 4 findings"
    days = [w["daysLeft"] for w in json.loads(ascent("waivers", "--json", "--cwd", directory).out)["waivers"]]
    assert days == [-2, 30, 31]


def test_no_project_gets_one_line(tmp_path: Path, ascent: Ascent) -> None:
    assert "there is no Pulumi.yaml" in ascent("waivers", "--cwd", tmp_path).refused()


def test_the_shipped_waivers_are_sound(ascent: Ascent) -> None:
    """Through the planning processes, as users run it."""
    run = ascent("waivers", "--cwd", Path(__file__).resolve().parents[2])
    assert run.status == 0, run.out
