"""Commands that `ascent advise` prints, run by Pulumi itself on a copy of the stack file."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from ascent.advise.commands import commands_for
from ascent.plan.config import read_stack
from ascent.plan.variants import changed
from settings.load import resolve
from tests.engine.conftest import need_engine
from tests.engine.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

STACK = """config:
  aws:region: us-east-1
  ascent:tier: mvp
  ascent:observability:
    alarmEmails: [a@example.com, b@example.com]
    logRetentionDays: 7
"""


@pytest.mark.parametrize(
    "values",
    [
        {"edge.waf": True, "edge.domain": "app.example.com"},
        {"observability.alarmEmails": ["oncall@example.com"], "observability.logRetentionDays": None},
        {"tier": "startup", "compute.environment": {"LIMIT": "10", "ON": "true"}},
        {"data.postgres.engineVersion": "16", "data.postgres.enabled": True, "data.postgres.storageGb": 30},
        {"security.customerManagedKeys": ["data", "logs"], "observability.alarms.latencyP95Seconds": 0.5},
    ],
    ids=lambda values: "-".join(values),
)
def test_pulumi_writes_what_was_planned(values: Mapping[str, Any], tmp_path: Path) -> None:
    need_engine()
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text("name: ascent\nruntime: python\n")
    (project / "__main__.py").write_text("")
    sandbox = Sandbox.create(tmp_path)

    def pulumi(*arguments: str) -> None:
        done = sandbox.pulumi(project, *arguments)
        assert done.returncode == 0, done.stderr

    pulumi("stack", "init", "dev")
    (project / "Pulumi.dev.yaml").write_text(STACK)
    before = read_stack(project, "dev")
    wanted = resolve({**before.values, **changed(before.values, values)}, stack="dev", project="ascent")
    commands = commands_for("dev", resolve(before.values, stack="dev", project="ascent"), values)
    assert commands.lines[-1] == "pulumi up --stack dev"
    for line in commands.lines[:-1]:
        pulumi(*shlex.split(line)[1:])
    made = resolve(read_stack(project, "dev").values, stack="dev", project="ascent")
    assert made.settings == wanted.settings
