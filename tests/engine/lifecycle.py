"""The life of one stack in the sandbox, each stage run once however many tests look at it.

Stages build on each other (preview, deploy, deploy again, destroy); asking for one runs those before it. A stage that
failed is remembered, and every test that needs it says so with the engine's own words.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.engine.fidelity.engine_view import engine_plan

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from ascent.plan.model import Plan
    from tests.engine.sandbox import Sandbox

TAIL = 4000
"""Characters of the engine's output that a failure shows."""


@dataclass(frozen=True)
class Stage:
    """One finished engine run."""

    name: str
    status: int
    stdout: str
    stderr: str
    seconds: float

    @property
    def said(self) -> str:
        """Everything the engine wrote, to look for a phrase in."""
        return self.stdout + self.stderr

    def must_pass(self) -> Stage:
        """The stage itself; raises AssertionError with the engine's words when it failed."""
        assert self.status == 0, f"{self.name} exited {self.status}:\n{self.stdout[-TAIL:]}\n{self.stderr[-TAIL:]}"
        return self


class Lifecycle:
    """One stack of one program, from an empty state to an empty state."""

    def __init__(
        self, sandbox: Sandbox, source: Path, project: str, stack: str, *, policy_pack: str = "", lift: str = ""
    ) -> None:
        """`source` is copied to the sandbox as `project`; `policy_pack` is a directory inside of it, or empty.

        `lift` is the path of the setting that lifts the stack's protection; without one, its state is unprotected.
        """
        self.sandbox = sandbox
        self.stack = stack
        self.policy_pack = policy_pack
        self.lift = lift
        self.directory = sandbox.project(source, project)
        self._out = sandbox.root / f"{project}-out"
        self._out.mkdir()
        self._run("create the stack", "stack", "init", stack).must_pass()

    @cached_property
    def preview(self) -> Stage:
        """A preview of the empty stack, under the policy pack if there is one."""
        return self._preview("preview", *(["--policy-pack", self.policy_pack] if self.policy_pack else []))

    @cached_property
    def plan(self) -> Plan:
        """What the preview planned. One that a policy stopped leaves no plan: then what it plans without policies."""
        planned = self.preview
        if planned.status != 0 and self.policy_pack:
            planned = self._preview("preview without policies")
        update_plan = self._out / f"{planned.must_pass().name}.plan.json"
        return engine_plan(json.loads(update_plan.read_text()), json.loads(planned.stdout))

    @cached_property
    def events(self) -> tuple[dict[str, Any], ...]:
        """The preview's engine events, policy events among them; there even when the preview failed."""
        return tuple(
            json.loads(line) for line in (self._out / f"{self.preview.name}.events.json").read_text().splitlines()
        )

    @cached_property
    def up(self) -> Stage:
        """The first deployment."""
        assert self.preview
        return self._operate("up", "up", "--yes", "--skip-preview")

    @cached_property
    def state(self) -> tuple[dict[str, Any], ...]:
        """The resources of the state after the first deployment, secrets in plaintext."""
        self.up.must_pass()
        return self._resources()

    @cached_property
    def again(self) -> Stage:
        """The second deployment of the same program, which has nothing to do."""
        assert self.state
        return self._operate("up again", "up", "--yes", "--skip-preview", "--expect-no-changes")

    @cached_property
    def refusal(self) -> Stage:
        """An attempt to destroy the stack as it stands; it succeeds only where nothing is protected."""
        self.again.must_pass()
        protected = any(resource.get("protect") for resource in self.state)
        # With a preview, a refusal comes before anything is deleted; where nothing refuses, it would only cost time.
        return self._operate("refusal", "destroy", "--yes", *([] if protected else ["--skip-preview"]))

    @cached_property
    def after_refusal(self) -> tuple[str, ...]:
        """URNs left in the state by the first attempt to destroy the stack."""
        assert self.refusal
        return tuple(resource["urn"] for resource in self._resources())

    @cached_property
    def destroy(self) -> Stage:
        """The destruction: of a protected stack, after its protection has been lifted as its program's users do it."""
        assert self.after_refusal is not None
        if self.refusal.status == 0:
            return self.refusal
        if self.lift:
            setting = ("config", "set", "--path", self.lift, "false", "--stack", self.stack)
            self._run("lift protection", *setting).must_pass()
            self._operate("up without protection", "up", "--yes", "--skip-preview").must_pass()
            return self._operate("destroy", "destroy", "--yes", "--skip-preview")
        self._run("unprotect", "state", "unprotect", "--all", "--yes", "--stack", self.stack).must_pass()
        return self._operate("destroy", "destroy", "--yes", "--skip-preview", STANDIN_AWS_UNLOCKED="1")

    @cached_property
    def remains(self) -> tuple[str, ...]:
        """URNs in the state after the destruction."""
        self.destroy.must_pass()
        return tuple(resource["urn"] for resource in self._resources())

    def calls(self, stage: Stage) -> tuple[tuple[str, str], ...]:
        """What the stand-in was asked to do during `stage`: pairs of create, update or delete and a URN."""
        log = self._log(stage.name)
        lines = log.read_text().splitlines() if log.exists() else []
        return tuple((call["op"], call["urn"]) for call in map(json.loads, lines))

    def _resources(self) -> tuple[dict[str, Any], ...]:
        export = self._run("export", "stack", "export", "--show-secrets", "--stack", self.stack).must_pass()
        return tuple(json.loads(export.stdout)["deployment"].get("resources") or ())

    def _preview(self, name: str, *options: str) -> Stage:
        files = self._out / name
        options = ("--json", "--show-secrets", "--save-plan", f"{files}.plan.json", *options)
        return self._operate(name, "preview", *options, "--event-log", f"{files}.events.json")

    def _operate(self, name: str, *arguments: str, **extra: str) -> Stage:
        """Run an operation that talks to providers; they log what they do under the stage's `name`."""
        options = ["--stack", self.stack]
        if arguments[0] != "destroy":
            options.append("--skip-plugin-pre-install")
        return self._run(name, *arguments, *options, STANDIN_AWS_LOG=str(self._log(name)), **extra)

    def _log(self, name: str) -> Path:
        return self._out / f"{name}.log"

    def _run(self, name: str, *arguments: str, **extra: str) -> Stage:
        start = time.monotonic()
        done: CompletedProcess[str] = self.sandbox.pulumi(self.directory, *arguments, **extra)
        return Stage(name, done.returncode, done.stdout, done.stderr, time.monotonic() - start)
