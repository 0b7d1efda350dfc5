"""A stack that lives: deployed, changed, broken and mended in one sandbox, with the stand-in AWS's memory to look at.

What the tests hold is said in `faults_of`: Pulumi's state and AWS hold the same objects, one for one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ascent.catalog.lookup import known_of
from ascent.compare.differences import differences
from ascent.compare.replaced import replaced
from ascent.plan.urn import urn_type
from tests.engine.fidelity.engine_view import is_default_provider
from tests.engine.fidelity.settled import broken_promises
from tests.engine.lifecycle import Stage
from tests.engine.sandbox import FAULTS, REPOSITORY, STORE, Sandbox
from tests.engine.standin.memory import Memory, Thing
from tests.engine.standin.refusals import identity_of
from tests.stacks.planning import planned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ALL = os.environ.get("ASCENT_ENGINE") == "all"
"""Whether the long tests run too."""
LONG = pytest.mark.skipif(not ALL, reason="a quarter of an hour of deployments: ASCENT_ENGINE=all runs them")

DATA_STORES = frozenset(
    {
        "aws:backup/vault:Vault",
        "aws:dynamodb/table:Table",
        "aws:rds/instance:Instance",
        "aws:s3/bucket:Bucket",
    }
)
"""Types whose replacement loses data that no code brings back."""
PATIENCE_S = 120
POLL_S = 0.05
QUIET_S = 1
NO_OBJECT = ("pulumi:", "aws:acm/certificateValidation:")
"""Types behind which no object of AWS's stands."""


class LiveStack:
    """One stack of the project, with settings that a test changes."""

    def __init__(
        self,
        root: Path,
        settings: Mapping[str, Any],
        stack: str = "test",
        origin: LiveStack | None = None,
        **environment: str,
    ) -> None:
        """Lay out a sandbox under `root`; nothing is deployed yet, or just what `origin` is at this moment.

        `settings` are as in `tests.stacks.planning`; `environment` holds variables for every run of the engine.
        """
        self.sandbox = Sandbox.create(root)
        self.stack = stack
        self.environment = environment
        self.directory = self.sandbox.project(REPOSITORY, "ascent")
        self.log = root / "calls.log"
        self._seen = 0
        if origin:
            shutil.copytree(origin.sandbox.root / "state", root / "state", dirs_exist_ok=True)
            shutil.copy(origin.sandbox.root / STORE, root / STORE)
            self._salt = origin._salt
        else:
            self.run("stack", "init", stack).must_pass()
            self._salt = yaml.safe_load(self.file.read_text())
        self.memory = Memory(root / STORE)
        self.settings = settings

    @property
    def file(self) -> Path:
        """The stack's own file."""
        return self.directory / f"Pulumi.{self.stack}.yaml"

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the stack's file says."""
        return self._settings

    @settings.setter
    def settings(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        config: dict[str, Any] = {"aws:region": settings.get("region", "us-east-1")}
        config |= {f"ascent:{key}": value for key, value in settings.items() if key != "region"}
        self.file.write_text(yaml.safe_dump({**self._salt, "config": config}))

    def up(self, *options: str, **extra: str) -> Stage:
        """Deploy; the caller judges what came of it."""
        return self.operate("up", "--yes", "--skip-preview", *options, **extra)

    def settle(self) -> None:
        """Deploy once more, which must change nothing; AWS and the state must then hold the same."""
        self.up("--expect-no-changes").must_pass()
        assert self.calls() == []
        assert self.faults_of() == []
        assert self.unplanned() == []

    def operate(self, *arguments: str, **extra: str) -> Stage:
        """Run an operation on the stack."""
        options = [] if arguments[0] in ("destroy", "cancel", "refresh", "import") else ["--skip-plugin-pre-install"]
        return self.run(*arguments, "--stack", self.stack, *options, **extra)

    def run(self, *arguments: str, **extra: str) -> Stage:
        """Run the CLI in the project."""
        start = time.monotonic()
        environment = {"STANDIN_AWS_LOG": str(self.log), **self.environment, **extra}
        done = self.sandbox.pulumi(self.directory, *arguments, **environment)
        return Stage(" ".join(arguments), done.returncode, done.stdout, done.stderr, time.monotonic() - start)

    def start(self, *arguments: str, **extra: str) -> subprocess.Popen[str]:
        """Start an operation in a process group of its own, to be killed in the middle."""
        return subprocess.Popen(
            ["pulumi", *arguments, "--stack", self.stack, "--non-interactive", "--color", "never"],
            cwd=self.directory,
            env={**self.sandbox.environment, "STANDIN_AWS_LOG": str(self.log), **self.environment, **extra},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def await_call(self, operation: str, kind: str) -> str:
        """Wait until AWS has done this; the URN of the resource that it did it to."""
        for _ in range(int(PATIENCE_S / POLL_S)):
            lines = self.log.read_text().splitlines()[self._seen :] if self.log.exists() else []
            for call in map(json.loads, lines):
                if call["op"] == operation and call["urn"].split("::")[2].endswith(kind):
                    return call["urn"]
            time.sleep(POLL_S)
        raise AssertionError(f"AWS was not asked to {operation} a {kind} within {PATIENCE_S} s")

    def quiet(self) -> None:
        """Wait until the state has not been written for a while, so that a kill hits no half-written file."""
        file = self.sandbox.root / "state" / ".pulumi" / "stacks" / "ascent" / f"{self.stack}.json"
        while time.time() - file.stat().st_mtime < QUIET_S:
            time.sleep(POLL_S)

    def calls(self) -> list[tuple[str, str]]:
        """What AWS was asked to do since this was last asked: pairs of create, update or delete and a URN."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        fresh, self._seen = lines[self._seen :], len(lines)
        return [(call["op"], call["urn"]) for call in map(json.loads, fresh)]

    def break_(self, *faults: Mapping[str, Any]) -> None:
        """From now on these calls go wrong (see `standin.faults`); none, and nothing does."""
        (self.sandbox.root / FAULTS).write_text(json.dumps(faults))

    def state(self) -> dict[str, Any]:
        """The deployment as Pulumi's state has it, secrets in plaintext."""
        export = self.run("stack", "export", "--show-secrets", "--stack", self.stack).must_pass()
        return json.loads(export.stdout)["deployment"]

    def faults_of(self) -> list[str]:
        """What is wrong between Pulumi's state and AWS: objects that one of them has, and objects with two owners."""
        return sorted(self._faults())

    def unplanned(self) -> list[str]:
        """Where what is deployed is not what the offline plan of the same settings says."""
        plan = planned(self.settings, self.stack)
        resources = self.state().get("resources") or ()
        deployed = {r["urn"]: r.get("inputs", {}) for r in resources if not is_default_provider(r["urn"])}
        more = deployed.keys() - plan.by_urn.keys()
        # What a program ignores stays as it was.
        kept = {
            urn: {**inputs, **{k: plan.by_urn[urn].inputs.get(k) for k in plan.by_urn[urn].options.ignore_changes}}
            for urn, inputs in deployed.items()
            if urn not in more
        }
        return [*broken_promises(plan, kept), *(f"{urn}: deployed, not planned" for urn in sorted(more))]

    def _faults(self) -> Iterator[str]:
        state = self.state()
        resources = [r for r in state.get("resources") or () if r["custom"] and not r["type"].startswith(NO_OBJECT)]
        for pending in state.get("pending_operations") or ():
            yield f"{pending['resource']['urn']}: {pending['type']} is pending"
        there = {(thing.kind, thing.id): thing for thing in self.memory.all() if not thing.kind.startswith(NO_OBJECT)}
        owners: dict[tuple[str, str], str] = {}
        for resource in resources:
            key = (resource["type"], resource["id"])
            if resource.get("delete"):
                yield f"{resource['urn']}: waits to be deleted"
            elif key not in there:
                yield f"{resource['urn']}: in the state, but not in AWS"
            elif key in owners:
                yield f"{resource['urn']}: is the same object as {owners[key]}"
            owners[key] = resource["urn"]
        for key in there.keys() - owners.keys():
            yield f"{there[key].urn}: in AWS, but not in the state ({key[1]})"
        identities: dict[tuple[str, str], Thing] = {}
        for thing in there.values():
            for mark in identity_of(thing.kind, thing.whole, thing.region):
                if (thing.kind, mark) in identities:
                    yield f"{thing.urn}: doubles {identities[thing.kind, mark].urn}"
                identities[thing.kind, mark] = thing


def foretold(before: Mapping[str, Any], after: Mapping[str, Any], stack: str = "test") -> set[str]:
    """URNs of what holds data or serves and is, by the table that `compare` reads, replaced or removed on the way."""
    found = differences(planned(before, stack), planned(after, stack))
    return {urn for urn in (*replaced(found), *(one.resource.urn for one in found.removed)) if _matters(urn)}


def gone(done: list[tuple[str, str]]) -> set[str]:
    """URNs of what holds data or serves and was deleted, for good or after its replacement was made."""
    return {urn for was, urn in done if was == "delete" and _matters(urn)}


def _matters(urn: str) -> bool:
    known = known_of(urn_type(urn))
    return bool(known.loses or known.serves)


def lost_data(done: list[tuple[str, str]]) -> list[str]:
    """URNs of data stores that were deleted."""
    return [urn for was, urn in done if was == "delete" and urn.split("::")[2].rpartition("$")[2] in DATA_STORES]
