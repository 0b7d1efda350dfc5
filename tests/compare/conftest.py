"""A project whose stacks are planned in this process, each variant once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from ascent.plan.config import Variant, read_stack
from ascent.plan.offline.recording import Recording
from tests.cli.cli_project import Answer, Project
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ascent.plan.model import Plan

OWN = {
    "ascent:accountId": "111111111111",
    "ascent:edge": {"domain": "app.example.com", "hostedZoneId": "Z0123456789A"},
    "ascent:observability": {"alarmEmails": ["oncall@example.com"]},
}
"""What production asks for."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Stacks dev (mvp, without a domain), next (startup, with all that production asks for) and prod."""
    project = Project(tmp_path)
    for name, tier, account in (("next", "startup", "111111111111"), ("prod", "production", "222222222222")):
        settings = {**OWN, "ascent:accountId": account}
        project.stack(name, **{"aws:region": "us-east-1", "ascent:tier": tier, **settings})
    return project


@pytest.fixture
def compare(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Run `ascent compare`, with plans that are made once for all tests."""

    def plan_of(stack: str | Variant) -> Plan:
        variant = stack if isinstance(stack, Variant) else Variant(stack)
        tier = read_stack(project.directory, variant.stack, dict(variant.changes)).values["ascent:tier"]
        return planned(smallest(tier), variant.stack)

    def plan_stacks(_workers: object, stacks: Sequence[str | Variant], *, partly: bool) -> list[Recording]:
        return [Recording(plan=plan_of(stack), diagnostics=(), reads=()) for stack in stacks]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)

    def compare(*arguments: str) -> Answer:
        status = main(["compare", *arguments, "--as-of", "2026-11-21", "-C", str(project.directory)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return compare
