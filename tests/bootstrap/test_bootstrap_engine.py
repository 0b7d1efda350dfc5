"""The account's own state moves into the bucket that it made: here from one file backend to another."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from ascent.plan.model import SECRET_SIGNATURE, SIGNATURE_KEY
from ascent.plan.workers.worker import answer
from tests.delivery.pipelines import ROOT
from tests.engine.conftest import need_engine
from tests.engine.sandbox import Sandbox

if TYPE_CHECKING:
    from pathlib import Path

URN = "urn:pulumi:account::bootstrap::pulumi:pulumi:Stack::bootstrap-account"


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Pulumi without an account, in which nobody is logged in yet."""
    need_engine()
    made = Sandbox.create(tmp_path / "sandbox")
    environment = {k: v for k, v in made.environment.items() if k != "PULUMI_BACKEND_URL"}
    return Sandbox(made.root, {**environment, "TMPDIR": str(tmp_path / "temporary")})


def test_the_state_moves_with_its_secrets(sandbox: Sandbox, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "bootstrap" / ".state").mkdir(parents=True)
    (tmp_path / "bucket").mkdir()
    (tmp_path / "temporary").mkdir()
    for file in ("Makefile", "delivery"):
        (project / file).symlink_to(ROOT / file)
    for file in ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "ready"):
        (project / file).touch()
    here = project / "bootstrap"
    (here / "Pulumi.yaml").write_text((ROOT / "bootstrap" / "Pulumi.yaml").read_text())

    def pulumi(*arguments: str) -> str:
        run = sandbox.pulumi(here, *arguments)
        assert run.returncode == 0, run.stderr
        return run.stdout

    pulumi("login", f"file://{here}/.state")
    pulumi("stack", "init", "account", "--secrets-provider", "passphrase")
    document = json.loads(pulumi("stack", "export", "--stack", "account"))
    secret = {SIGNATURE_KEY: SECRET_SIGNATURE, "plaintext": '"hunter2"'}
    document["deployment"]["resources"] = [
        {"urn": URN, "custom": False, "type": "pulumi:pulumi:Stack", "outputs": {"kept": secret}}
    ]
    (tmp_path / "first.json").write_text(json.dumps(document))
    pulumi("stack", "import", "--stack", "account", "--file", str(tmp_path / "first.json"))

    moved = subprocess.run(
        ["make", "-s", "move", "STAMP=ready"],
        cwd=project,
        env={**sandbox.environment, "STATE": f"file://{tmp_path}/bucket", "SECRETS": "passphrase"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert moved.returncode == 0, moved.stderr
    assert moved.stdout.splitlines()[-1].startswith(f"the state of account is in file://{tmp_path}/bucket; ")
    assert list((tmp_path / "temporary").iterdir()) == []
    shown = json.loads(pulumi("stack", "export", "--stack", "account", "--show-secrets"))
    (stack,) = shown["deployment"]["resources"]
    assert (stack["urn"], stack["outputs"]["kept"]["plaintext"]) == (URN, '"hunter2"')
    assert "hunter2" not in (tmp_path / "bucket" / ".pulumi" / "stacks" / "bootstrap" / "account.json").read_text()


def test_the_engine_makes_what_the_plan_says(tmp_path: Path) -> None:
    need_engine()
    sandbox = Sandbox.create(tmp_path)
    here = sandbox.project(ROOT, "copy") / "bootstrap"
    made = sandbox.pulumi(here, "stack", "init", "account")
    assert made.returncode == 0, made.stderr
    run = sandbox.pulumi(here, "preview", "--json", "--stack", "account", "--policy-pack", "../policies")
    assert run.returncode == 0, run.stdout + run.stderr
    urns = {step["urn"] for step in json.loads(run.stdout)["steps"]}
    found = answer(ROOT / "bootstrap", "account")
    assert found.recording is not None, found.error
    assert urns == {one.urn for one in found.recording.plan.resources}
