"""What pipelines may do: nothing but commands that are tried here, with the least rights, from pinned actions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ascent.commands import COMMANDS
from common.yaml_text import read_yaml
from tests.delivery.pipelines import GITLAB, ROOT, WORKFLOWS, commands, jobs

STAGES = ["lint", "unit", "integration", "security", "build", "push", "staging", "e2e", "production", "smoke"]
ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"


def targets() -> set[str]:
    files = (ROOT / "Makefile", ROOT / "delivery" / "targets.mk")
    return {
        m[1] for f in files for m in re.finditer(r"^([a-z0-9]+):.* ## ", f.read_text(encoding="utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_a_pipeline_runs_targets_and_nothing_else(line: str) -> None:
    found = re.fullmatch(r"make ([a-z0-9]+)(?: [A-Z]+=[a-z]+)*", line)
    assert found, line
    assert found[1] in targets()


def test_targets_call_commands_that_there_are() -> None:
    text = (ROOT / "delivery" / "targets.mk").read_text(encoding="utf-8")
    called = set(re.findall(r"\$\(BIN\)/ascent ([a-z]+)", text))
    assert called >= {"plan", "verify", "diff"}
    assert called <= set(COMMANDS)


def test_ten_stages_one_after_another() -> None:
    flow = WORKFLOWS["delivery"]["jobs"]
    assert list(flow) == STAGES == GITLAB["stages"]
    assert [job["name"].split()[0] for job in flow.values()] == [str(n) for n in range(1, 11)]
    assert set(flow["build"]["needs"]) == set(STAGES[:4])
    for before, stage in pairwise(STAGES[4:]):
        assert flow[stage]["needs"] == [before]
    assert {name: job["environment"] for name, job in flow.items() if "environment" in job} == {
        "push": "images",
        "staging": "staging",
        "e2e": "staging",
        "production": "production",
        "smoke": "production",
    }
    assert GITLAB["production"]["rules"][0]["when"] == "manual"


@pytest.mark.parametrize(("file", "name", "job"), jobs(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_job_has_the_least_rights(file: str, name: str, job: dict[str, Any]) -> None:
    assert WORKFLOWS[file]["permissions"] == {}
    assert "concurrency" in WORKFLOWS[file]
    assert job["timeout-minutes"] <= 60
    takes_role = any("configure-aws-credentials" in step.get("uses", "") for step in job["steps"])
    wanted = {"contents": "read"} | ({"id-token": "write"} if takes_role else {})
    if file == "comment":
        wanted |= {"actions": "read", "pull-requests": "write"}
    assert job["permissions"] == wanted
    for step in job["steps"]:
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def test_actions_are_pinned_and_their_versions_said() -> None:
    files = [*(ROOT / ".github" / "workflows").glob("*.yml"), ROOT / "action.yml"]
    used = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert len(used) > 30
    for line in used:
        assert re.fullmatch(r"\s+(?:- )?uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    pins = {line.split("uses: ")[1].split("@")[0]: line.split("uses: ")[1] for line in used}
    assert len({line.split("uses: ")[1] for line in used}) == len(pins), "one version of each action"


def test_what_a_fork_can_start_has_no_secret() -> None:
    """The comment's text comes from the pull request's code; what publishes it runs none of that."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")}
    assert not any("secrets." in text or "pull_request_target" in text for text in texts.values())
    assert set(WORKFLOWS["pull-request"]["on"]) == {"pull_request"}
    assert all(job["permissions"] == {"contents": "read"} for job in WORKFLOWS["pull-request"]["jobs"].values())
    (publish,) = WORKFLOWS["comment"]["jobs"].values()
    checkout = next(step for step in publish["steps"] if "checkout@" in step.get("uses", ""))
    assert "ref" not in checkout["with"]


def test_expressions_stay_out_of_shells() -> None:
    assert not [line for line in commands() if "${{" in line]
    action = read_yaml(ROOT / "action.yml")
    assert not [step for step in action["runs"]["steps"] if "${{" in step["run"]]


def test_nightly_and_monthly() -> None:
    crons = {name: WORKFLOWS[name]["on"]["schedule"][0]["cron"].split() for name in ("drift", "restore")}
    assert crons["drift"][2:] == ["*", "*", "*"]
    assert crons["restore"][2].isdigit()
    assert crons["restore"][3:] == ["*", "*"]


def test_updates_come_in_groups_and_after_a_while() -> None:
    updates = read_yaml(ROOT / ".github" / "dependabot.yml")["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"pip", "github-actions", "docker"}
    for one in updates:
        assert one["groups"]
        assert one["cooldown"]["default-days"] >= 7


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    run = subprocess.run(
        [zizmor, "--offline", "--no-progress", ".github", "action.yml"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    """Built by Go from its module; without Go, or where the module cannot be had, there is nothing to ask."""
    found = shutil.which("actionlint")
    if found is None and shutil.which("go"):
        built = subprocess.run(
            ["go", "install", ACTIONLINT], env={**os.environ, "GOBIN": str(tmp_path)}, capture_output=True, check=False
        )
        found = str(tmp_path / "actionlint") if built.returncode == 0 else None
    if found is None:
        pytest.skip("actionlint: neither on PATH nor to be built with go")
    run = subprocess.run(
        [found, "-no-color", "-shellcheck=", *map(str, sorted((ROOT / ".github" / "workflows").glob("*.yml")))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "")
