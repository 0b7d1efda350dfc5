"""Deployments that are cut off in the middle, and the way back as docs/interrupted.md has it, command by command."""

from __future__ import annotations

# One stack goes through all tests, in their order: no classes, which pytest-xdist would share out among its workers.
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.engine.live import LiveStack
from tests.engine.manual import blocks, follow
from tests.stacks.planning import smallest

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT = {"accountId": "123456789012"}
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
TOPIC_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ALIAS = "aws:kms/alias:Alias"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
VPC = "aws:ec2/vpc:Vpc"
FORGOTTEN = frozenset({"setup"})
"""Blocks of the manual that only prepare others."""


@pytest.fixture(scope="module")
def live(live_stack: Callable[..., LiveStack]) -> LiveStack:
    """A stack of the first tier that is not deployed yet, whose state is written step by step; its tests follow on."""
    return live_stack(smallest("mvp", **ACCOUNT), PULUMI_SKIP_CHECKPOINTS="false")


def passed(live: LiveStack, block: str, **values: str) -> str:
    """What a block of the manual said, having succeeded."""
    done = follow(live, block, **values)
    assert done.returncode == 0, f"{block}: {done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def pending(live: LiveStack) -> list[tuple[str, str]]:
    """Pending operations, as the manual lists them."""
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in passed(live, "pending").splitlines()]


def pick_up(live: LiveStack) -> None:
    """Decide the pending creations as the manual says: look in AWS, forget them all, take in what is there."""
    waiting = {urn for what, urn in pending(live) if what == "creating"}
    there = [thing for thing in live.memory.all() if thing.urn in waiting]
    passed(live, "forget")
    assert pending(live) == []
    if there:
        passed(live, "import", FOUND="\n".join(f"{thing.kind} {thing.name} {thing.id}" for thing in there))
    assert [fault for fault in live.faults_of() if "in AWS, but" in fault] == []


def test_engine_is_killed(live: LiveStack, tmp_path: Path) -> None:
    live.break_({"on": f"create {VPC}", "do": "wait", "seconds": 30})
    running = live.start("up", "--yes", "--skip-preview", "--skip-plugin-pre-install")
    live.await_call("create", VPC)
    live.quiet()
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    live.break_()
    locked = live.up()
    assert locked.status != 0
    assert "is currently locked by 1 lock(s)" in locked.said
    passed(live, "unlock")
    vpc = next(urn for what, urn in pending(live) if what == "creating" and urn.split("::")[2].endswith(VPC))
    option_made_for_it_loses_what_it_should_import(LiveStack(tmp_path, live.settings, origin=live), vpc)
    pick_up(live)


def option_made_for_it_loses_what_it_should_import(live: LiveStack, urn: str) -> None:
    """Why the manual goes another way; where this fails, a later CLI has mended it and the manual can say so."""
    made = next(thing for thing in live.memory.all() if thing.urn == urn)
    option = "--import-pending-creates"
    live.operate("refresh", "--yes", "--skip-preview", option, urn, option, made.id).must_pass()
    assert urn not in {resource["urn"] for resource in live.state()["resources"]}
    assert urn not in {urn for _, urn in pending(live)}


def test_provider_dies(live: LiveStack) -> None:
    """The engine takes it for a creation that failed: nothing is pending, and what was made is not known."""
    live.break_({"on": f"create {BALANCER}", "do": "die"})
    assert live.up().status != 0
    live.break_()
    assert pending(live) == []
    (orphan,) = live.memory.all(BALANCER)
    again = live.up()
    assert again.status != 0
    assert "DuplicateLoadBalancerName" in again.said
    passed(live, "import", FOUND=f"{orphan.kind} {orphan.name} {orphan.id}")


def test_program_is_killed(live: LiveStack) -> None:
    live.break_({"on": "create *", "do": "wait", "seconds": 2, "nth": 3})
    running = live.start("up", "--yes", "--skip-preview", "--skip-plugin-pre-install")
    live.await_call("create", "")
    programs = children_of(running.pid, "pulumi-language-python-exec")
    assert programs
    for pid in programs:
        os.kill(pid, signal.SIGKILL)
    said, _ = running.communicate(timeout=120)
    live.break_()
    assert running.returncode != 0, said
    pick_up(live)


def test_it_converges(live: LiveStack) -> None:
    passed(live, "deploy")
    passed(live, "check")
    assert live.faults_of() == []
    assert live.memory.taken() == []


def test_named_object_that_the_state_lacks_is_imported(live: LiveStack) -> None:
    alias = live.memory.all(ALIAS)[0]
    live.run("state", "delete", alias.urn, "--yes", "--stack", live.stack).must_pass()
    failed = live.up()
    assert failed.status != 0
    assert "AlreadyExistsException" in failed.said
    passed(live, "import", FOUND=f"{alias.kind} {alias.name} {alias.id}")
    live.settle()


def test_drift_is_seen_and_healed(live: LiveStack) -> None:
    group = next(thing for thing in live.memory.all(LOG_GROUP) if thing.name.endswith("app-log-group"))
    live.memory.drift(group, retentionInDays=3653)
    rule = live.memory.all(TOPIC_RULE)[0]
    live.memory.drop(rule.kind, rule.id)
    passed(live, "refresh")
    live.calls()
    live.up().must_pass()
    assert sorted((what, urn) for what, urn in live.calls()) == [("create", rule.urn), ("update", group.urn)]
    live.settle()


def test_unreadable_state_is_restored(live: LiveStack) -> None:
    state = live.sandbox.root / "state"
    file = state / ".pulumi" / "stacks" / "ascent" / f"{live.stack}.json"
    note = file.with_name(f"{file.name}.attrs")
    note.write_text("")
    assert "failed to load checkpoint: EOF" in live.run("stack", "export", "--stack", live.stack).said
    passed(live, "note", STATE=str(state))
    live.state()
    file.write_text(file.read_text()[:1000])
    assert live.run("stack", "export", "--stack", live.stack).status != 0
    passed(live, "restore", STATE=str(state))
    passed(live, "repair")
    live.up().must_pass()
    passed(live, "check")
    assert live.faults_of() == []


def test_every_command_of_the_manual_is_run() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in blocks() if name not in FORGOTTEN and f'"{name}"' not in source] == []


def children_of(pid: int, name: str) -> list[int]:
    """Processes below `pid` whose command line holds `name`."""
    found = []
    for child in _below(pid):
        with open(f"/proc/{child}/cmdline", encoding="utf-8") as command:
            if name in command.read():
                found.append(child)
    return found


def _below(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    direct = [int(word) for thread in threads for word in thread.read_text().split()]
    return [found for child in direct for found in (child, *_below(child))]
