"""The programs and stacks that the engine tests run, and how a test asks for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ascent.plan.record import record
from tests.engine.sandbox import REPOSITORY

if TYPE_CHECKING:
    from ascent.plan.model import Plan


@dataclass(frozen=True, kw_only=True)
class Case:
    """One stack of one program."""

    id: str
    source: Path
    """Directory of the program."""
    project: str
    stack: str
    protected: bool
    """Whether the stack holds data that must refuse to be destroyed."""
    policy_pack: str = ""
    """Directory of the policy pack to preview with, inside `source`; empty for none."""

    def config(self) -> dict[str, str]:
        """The stack's configuration as the engine hands it to the program: the project's defaults, then the stack's."""
        project = _yaml(self.source / "Pulumi.yaml").get("config", {})
        defaults = {key: spec.get("value", spec.get("default")) for key, spec in project.items()}
        own = _yaml(self.source / f"Pulumi.{self.stack}.yaml").get("config", {})
        return {key: _text(value) for key, value in {**defaults, **own}.items() if value is not None}

    def offline_plan(self) -> Plan:
        """The plan recorded without an engine."""
        return record(self.source, self.project, self.stack, self.config()).plan


SAMPLE = Case(
    id="sample",
    source=Path(__file__).parent / "programs" / "sample",
    project="sample",
    stack="test",
    protected=True,
)
SHIPPED = tuple(
    Case(
        id=stack,
        source=REPOSITORY,
        project="ascent",
        stack=stack,
        protected=protected,
        policy_pack="",
    )
    for stack, protected in (("dev", False), ("staging", False), ("prod", True))
)


def each(*cases: Case) -> pytest.MarkDecorator:
    """Run a test once per case; xdist keeps the tests of one case in one worker, so that they share its runs."""
    marked = [pytest.param(case, id=case.id, marks=pytest.mark.xdist_group(f"engine-{case.id}")) for case in cases]
    return pytest.mark.parametrize("case", marked)


def _yaml(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _text(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """A configuration value as text: objects as JSON, everything else as it is written."""
    return value if isinstance(value, str) else json.dumps(value)
