"""A project whose variants are planned in this process, each once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ascent.advise.reach import config_at
from ascent.cli import main
from ascent.plan.config import StackConfig, Variant, read_stack
from ascent.plan.offline.recording import Answer as Planned
from ascent.plan.partly.record import record_partly
from common.problems import InputError
from common.tiers import Tier
from tests.cli.cli_project import ROOT, Answer, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ascent.plan.offline.recording import Recording

SMALL = {
    "ascent:accountId": "111111111111",
    "ascent:edge": {"domain": "app.example.com", "hostedZoneId": "Z0123456789A"},
    "ascent:observability": {"alarmEmails": ["oncall@example.com"]},
}
"""What the larger tiers ask for."""


@cache
def _planned(stack: str, values: tuple[tuple[str, str], ...]) -> Planned:
    config = StackConfig(project="ascent", stack=stack, directory=ROOT, values=dict(values), secret_keys=frozenset())
    try:
        return Planned(stack, record_partly(config, keep_modules=True))
    except InputError as error:
        return Planned(stack, None, str(error))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Stacks dev (mvp), next (startup) and prod (production)."""
    project = Project(tmp_path)
    for name, tier, account in (("next", "startup", "111111111111"), ("prod", "production", "222222222222")):
        settings = {**SMALL, "ascent:accountId": account}
        project.stack(name, **{"aws:region": "us-east-1", "ascent:tier": tier, **settings})

    def ask(_workers: object, stacks: Sequence[str | Variant]) -> list[Planned]:
        variants = [stack if isinstance(stack, Variant) else Variant(stack) for stack in stacks]
        configs = [read_stack(tmp_path, one.stack, dict(one.changes)) for one in variants]
        return [_planned(one.stack, tuple(sorted(one.values.items()))) for one in configs]

    def plan_stacks(_workers: object, stacks: Sequence[str | Variant], *, partly: bool) -> list[Recording]:
        answers = ask(None, stacks)
        if errors := [answer.error for answer in answers if answer.recording is None]:
            raise InputError("\n".join(errors))
        return [answer.recording for answer in answers if answer.recording is not None]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)
    monkeypatch.setattr("ascent.plan.workers.standing.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.plan.workers.standing.StandingWorkers.plan", ask)
    return project


@pytest.fixture
def advise(project: Project, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run `ascent advise` on the project, as of a day that does not move."""

    def advise(*arguments: str) -> Answer:
        status = main(["advise", *arguments, "--as-of", "2026-11-21", "-C", str(project.directory)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return advise


@pytest.fixture(params=list(Tier), ids=str)
def smallest_config(request: pytest.FixtureRequest) -> StackConfig:
    """The fewest settings that each tier accepts."""
    return config_at(request.param)
