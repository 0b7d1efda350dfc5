"""`ascent advise`: triggers, questions, dollars per point, and one line for every bad input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ascent.advise.advice import advise
from ascent.advise.questions import ask_all
from ascent.advise.triggers import DATA, FINE_FOR, KEYS, LOAD, TRIGGERS
from ascent.cli import main
from ascent.cost.amounts import DAYS
from ascent.cost.usage.profiles import profile_of
from ascent.plan.offline.recording import Recording
from policies.pack.levels import TIERS
from tests.cli.cli_project import Answer, Project
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@pytest.fixture
def ascent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Run `ascent advise` on a project with the stacks dev (mvp) and big (enterprise)."""
    project = Project(tmp_path)
    project.stack("big", **{"ascent:tier": "enterprise"})
    project.stack("odd", **{"ascent:tier": "gold"})

    def plan_stacks(_workers: object, stacks: Sequence[str], *, partly: bool) -> list[Recording]:
        return [Recording(plan=planned(smallest("mvp"), stack), diagnostics=(), reads=()) for stack in stacks]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)

    def ascent(*arguments: str) -> Answer:
        status = main(["advise", *arguments, "--as-of", "2026-11-21", "-C", str(project.directory)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return ascent


@pytest.mark.parametrize(
    ("key", "below", "at", "tiers"),
    [
        ("developers", 4, 5, ("mvp", "startup")),
        ("developers", 19, 20, ("startup", "production")),
        ("developers", 99, 100, ("production", "enterprise")),
        ("requests-per-day", 10_000, 10_001, ("mvp", "startup")),
        ("requests-per-day", 300_000, 300_001, ("startup", "production")),
        ("requests-per-day", 2_000_000, 2_000_001, ("production", "enterprise")),
        ("revenue", 10_000, 10_000.01, ("mvp", "production")),
        ("revenue", 1_000_000, 1_000_001, ("production", "enterprise")),
        ("users-per-month", 9_999, 10_000, ("mvp", "production")),
        ("users-per-month", 999_999, 1_000_000, ("production", "enterprise")),
        ("pii", False, True, ("mvp", "production")),
        ("data-class", "internal", "confidential", ("mvp", "production")),
        ("data-class", "confidential", "restricted", ("production", "enterprise")),
        ("enterprise-clients", False, True, ("mvp", "enterprise")),
        ("compliance", False, True, ("mvp", "enterprise")),
    ],
)
def test_every_trigger_at_its_edge(
    key: str, below: float | bool | str, at: float | bool | str, tiers: tuple[str, str]
) -> None:
    quiet, due = advise({key: below}), advise({key: at})
    assert (quiet.tier, due.tier) == tiers
    assert [t.key for t in quiet.quiet] == ([key] if quiet.tier == "mvp" else [])
    assert [t.key for t in due.due] == [key]
    assert due.due[0].why


def test_triggers_and_tiers_are_complete() -> None:
    assert len({(t.key, t.tier) for t in TRIGGERS}) == len(TRIGGERS)
    for key in KEYS:
        ranks = [TIERS.index(t.tier) for t in TRIGGERS if t.key == key]
        assert ranks == sorted(ranks)
    assert {t.tier for t in TRIGGERS} == set(TIERS[1:])
    assert set(FINE_FOR) == set(TIERS)
    assert {*LOAD, *DATA} < set(KEYS)


@pytest.mark.parametrize("tier", ["startup", "production"])
def test_requests_end_where_the_usage_profile_ends(tier: str) -> None:
    """The thresholds that the seeds do not give are busy months of the smaller tier's profile."""
    above = TIERS[TIERS.index(tier) + 1]
    (trigger,) = [t for t in TRIGGERS if t.key == "requests-per-day" and t.tier == above]
    busy = float(profile_of(tier)[1].requests.high / DAYS)
    assert trigger.above == pytest.approx(busy, rel=0.1)
    assert (trigger.above or 0) <= busy * 1.02


def test_many_requests_and_developers_are_no_startup(ascent: Callable[..., Answer]) -> None:
    answer = ascent("dev", "--requests-per-day", "5000000", "--developers", "60")
    assert (answer.status, answer.out.splitlines()[0]) == (1, "MOVE dev from mvp to enterprise")


def test_the_highest_trigger_decides_and_each_is_named(ascent: Callable[..., Answer]) -> None:
    answer = ascent("dev", "--developers", "6", "--pii", "--no-compliance", "--revenue", "5000")
    assert (answer.status, answer.err) == (1, "")
    lines = answer.out.splitlines()
    assert lines[0] == "MOVE dev from mvp to production"
    assert [line.split()[0] for line in lines[1:3]] == ["production", "startup"]
    assert "mvp stays fine for learning" in lines[3]
    assert [line.strip() for line in lines[lines.index("  run:") + 1 : lines.index("  fill in first:")]] == [
        "pulumi config set --stack dev --path ascent:edge.domain '<your-domain>'",
        "pulumi config set --stack dev --path 'ascent:observability.alarmEmails[0]' '<your-address>'",
        "ascent compare dev --tier production",
        "pulumi config set --stack dev ascent:tier production",
        "ascent plan dev",
        "pulumi up --stack dev",
    ]
    assert lines[-2].startswith("    <your-domain>  ")
    assert any("nothing said of" in line and "--users-per-month" in line for line in lines)


def test_a_stack_that_has_the_tier_stays(ascent: Callable[..., Answer]) -> None:
    answer = ascent("big", "--compliance", "--json")
    assert answer.status == 0
    found = json.loads(answer.out)["advice"]
    assert (found["tier"], found["present"], found["upgrade"], found["reasons"]) == (
        "enterprise",
        "enterprise",
        False,
        [],
    )
    assert [t["trigger"] for t in found["fine"]] == ["compliance"]


def test_without_a_stack(ascent: Callable[..., Answer]) -> None:
    answer = ascent("--requests-per-day", "20000")
    assert (answer.status, answer.out.splitlines()[0]) == (0, "startup fits")


def test_questions_can_be_skipped_and_are_asked_again() -> None:
    lines = iter(["many", "6", "", "12,000", "$0", "maybe", "y", "secret", "internal", "n", ""])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(lines)

    assert ask_all(ask) == {
        "developers": 6,
        "users-per-month": 12_000,
        "revenue": 0,
        "pii": True,
        "data-class": "internal",
        "enterprise-clients": False,
    }
    assert len(set(asked)) == len(asked)
    assert asked[1].startswith("A number, or nothing to skip. How many developers")


def test_questions_on_a_terminal(ascent: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "")
    monkeypatch.setenv("NO_COLOR", "1")
    answer = ascent("dev")
    assert answer.status == 0
    assert "nothing that was said asks for more" in answer.out


def test_next_steps(ascent: Callable[..., Answer]) -> None:
    answer = ascent("dev", "--next", "50", "--json")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == ascent("dev", "--next", "50", "--json").out
    found = json.loads(answer.out)
    assert found["advice"] is None
    steps = found["next"]["steps"]
    assert steps
    assert found["next"]["unprovable"] > 0
    ranks = [float("inf") if s["dollars"] is None else s["dollarsPerPoint"] for s in steps]
    assert ranks == sorted(ranks)
    free = [s["score"] for s in steps if s["dollars"] == 0]
    assert free == sorted(free, reverse=True)
    assert free
    assert len(json.loads(ascent("dev", "--next", "1", "--json").out)["next"]["steps"]) == 1
    first = ascent("dev", "--next", "1").out.splitlines()
    assert first[0].startswith("dev  ")
    assert "$0.00" in first[1]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "ascent advise: nothing to go by; give one or more of --developers, "),
        (["dev"], "ascent advise: nothing to go by; give one or more of --developers, "),
        (["--developers", "-1"], "ascent advise --developers -1: must be a number from 0 to "),
        (["--revenue", "nan"], "ascent advise --revenue nan: must be a number from 0 to "),
        (["--next", "3"], "ascent advise --next: needs a stack; "),
        (["dev", "--next", "0"], "ascent advise --next 0: must be a whole number from 1 on"),
        (["nowhere", "--pii"], "no stack 'nowhere': "),
        (["odd", "--pii"], "Pulumi.odd.yaml: ascent:tier is gold: one of mvp, "),
    ],
)
def test_bad_input(ascent: Callable[..., Answer], arguments: list[str], line: str) -> None:
    answer = ascent(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.line.startswith(line)
