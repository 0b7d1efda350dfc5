"""The action and the hooks for other projects: their commands run, on a project of somebody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shlex import split

from common.yaml_text import read_yaml
from tests.delivery.pipelines import ROOT
from tests.subjects.programs import Program

ACTION = read_yaml(ROOT / "action.yml")
HERE = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def compare(program: Program, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's own step, with its defaults where an input is not given."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step["name"] == "compare"]
    given = {name: inputs.get(name.replace("-", "_"), one.get("default", "")) for name, one in ACTION["inputs"].items()}
    environment = {}
    for name, expression in step["env"].items():
        environment[name] = given[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
    script = ["bash", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        script, cwd=program.directory, env={**HERE, **environment}, capture_output=True, text=True, check=False
    )


def test_the_action_writes_the_comment(tmp_path: Path) -> None:
    program = Program(tmp_path / "shop")
    program.commit("base")
    program.write("settings/__init__.py", 'NAMES = ("one", "three")\n')
    program.commit("head")
    run = compare(program, base="base", head="head", fail_on="data-loss")
    assert run.returncode == 1, run.stderr
    comment = (program.directory / "ascent.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- ascent diff -->\n")
    assert "loses data: two" in comment
    assert compare(program, base="base", head="head", fail_on="").returncode == 0
    hostile = compare(program, base="$(touch owned)", head="head")
    assert hostile.returncode == 2
    assert not (program.directory / "owned").exists()


def test_hooks_run_commands_that_there_are(tmp_path: Path) -> None:
    hooks = {hook["id"]: hook for hook in read_yaml(ROOT / ".pre-commit-hooks.yaml")}
    program = Program(tmp_path / "shop")
    program.write("Pulumi.dev.yaml", "config: {}\n")
    program.commit("base")
    for name, status in (("ascent-diff", 0), ("ascent-plan", 1)):
        entry = hooks[name]["entry"]
        run = subprocess.run(split(entry), cwd=program.directory, env=HERE, capture_output=True, text=True, check=False)
        assert run.returncode == status, run.stderr
        assert hooks[name]["pass_filenames"] is False
