"""Planning a stack with some of its configuration replaced, through the workers' protocol."""

from __future__ import annotations

import io
import json
import pickle
from typing import TYPE_CHECKING

from ascent.plan.config import Variant, read_stack
from ascent.plan.workers import worker
from ascent.plan.workers.pool import plan_stacks, start_workers

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from ascent.plan.offline.recording import Answer
    from tests.cli.cli_project import Project


def test_changes_come_before_the_stack_file(project: Project) -> None:
    own = read_stack(project.directory, "next")
    changed = read_stack(project.directory, "next", {"ascent:tier": "production"})
    assert (own.values["ascent:tier"], changed.values["ascent:tier"]) == ("startup", "production")
    assert {k: v for k, v in own.values.items() if k != "ascent:tier"} == {
        k: v for k, v in changed.values.items() if k != "ascent:tier"
    }


def test_requests_with_and_without_changes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, dict[str, str], bool]] = []

    def answer(_directory: Path, stack: str, changes: dict[str, str], *, partly: bool) -> Answer:
        asked.append((stack, changes, partly))
        return worker.Answer(stack, None, "not planned")

    monkeypatch.setattr(worker, "answer", answer)
    place = str(project.directory)
    lines = [[place, True, "dev", {}], [place, False, "dev", {"ascent:tier": "startup"}]]
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in lines)))
    answers = io.BytesIO()
    worker._serve(answers)
    assert asked == [("dev", {}, True), ("dev", {"ascent:tier": "startup"}, False)]
    answers.seek(0)
    assert [pickle.load(answers).stack for _ in lines] == ["dev", "dev"]


def test_a_stack_and_its_variant_are_told_apart(project: Project) -> None:
    variant = Variant("next", (("ascent:tier", "production"),))
    own, other = plan_stacks(start_workers(project.directory, 1), ["next", variant])
    assert [r.plan.stack for r in (own, other)] == ["next", "next"]
    assert [r.plan.tier for r in (own, other)] == ["startup", "production"]
