"""Two revisions of git, planned offline: what is added, replaced, lost, broken and mended; wrong names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer
    from tests.subjects.programs import Program

VERSIONED = """
import pulumi_aws as aws

bucket = aws.s3.Bucket("one", bucket="other-name")
aws.s3.BucketVersioning("one-versions", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
aws.lb.LoadBalancer("front", load_balancer_type="application")
"""


@pytest.fixture
def history(program: Program) -> Program:
    """One revision with two buckets, one in which a bucket is renamed, one goes, and a load balancer comes."""
    program.commit("base")
    program.write("__main__.py", VERSIONED)
    program.commit("head")
    return program


def diff(answer: Answer) -> dict[str, Any]:
    """What is said of the only stack."""
    (stack,) = json.loads(answer.out)["stacks"]
    return stack


def test_what_lies_between_two_revisions(history: Program, ascent: Callable[..., Answer]) -> None:
    answer = ascent("diff", "base", "head", "--project", history.directory, "--json")
    assert answer.status == 0
    found = diff(answer)
    resources = found["resources"]
    assert {one["name"] for one in resources["added"]} == {"one-versions", "front"}
    assert [one["name"] for one in resources["removed"]] == ["two"]
    assert [(one["resource"]["name"], one["by"]) for one in resources["replaced"]] == [("one", ["bucket"])]
    assert {(note["kind"], note["name"]) for note in found["care"]} == {
        ("data replaced", "one"),
        ("data removed", "two"),
    }
    assert found["dollars"]["added"] > 15
    assert {one["urn"].rpartition("::")[2] for one in found["mended"]} >= {"two"}
    assert any(one["urn"].endswith("::front") for one in found["broken"])
    assert answer.err.startswith(f"ascent diff --project {history.directory}: runs the program's own code there")


def test_a_revision_and_the_files_that_are_there(history: Program, ascent: Callable[..., Answer]) -> None:
    history.write("__main__.py", VERSIONED + 'aws.sqs.Queue("jobs")\n')
    found = diff(ascent("diff", "head", "--project", history.directory, "--json"))
    assert [one["name"] for one in found["resources"]["added"]] == ["jobs"]
    assert found["resources"]["removed"] + found["resources"]["replaced"] == []
    same = ascent("diff", "head", "head", "--project", history.directory, "--markdown")
    assert same.out.splitlines()[2] == "### Ascent: nothing changes, head → head"


def test_the_working_tree_stays_as_it_is(history: Program, ascent: Callable[..., Answer]) -> None:
    index = (history.directory / ".git" / "index").read_bytes()
    history.write("left.txt", "mine")
    assert ascent("diff", "base", "head", "--project", history.directory).status == 0
    assert (history.directory / ".git" / "index").read_bytes() == index
    assert (history.directory / "__main__.py").read_text() == VERSIONED
    assert (history.directory / "left.txt").read_text() == "mine"


def test_stacks_that_come_and_go(history: Program, ascent: Callable[..., Answer]) -> None:
    history.write("Pulumi.new.yaml", "config: {}\n")
    history.commit("more")
    found = json.loads(ascent("diff", "head", "more", "--project", history.directory, "--json").out)["stacks"]
    assert {one["stack"]: one["kind"] for one in found} == {"dev": "removed", "new": "new"}
    (only,) = json.loads(
        ascent("diff", "head", "more", "--project", history.directory, "--stack", "new", "--json").out
    )["stacks"]
    assert only["readiness"]["before"] is None
    assert len(only["resources"]["added"]) == 3


@pytest.mark.parametrize(
    ("limit", "stops"),
    [
        ("data-loss", "dev: loses data: two, one"),
        ("failures", "dev: new mandatory failures: "),
        ("dollars=1", "costs $"),
        ("dollars=9999", ""),
    ],
)
def test_what_must_not_pass(limit: str, stops: str, history: Program, ascent: Callable[..., Answer]) -> None:
    history.write("Pulumi.prod.yaml", "config: {ascent:tier: production}\n")
    history.git("checkout", "-q", "base")
    history.write("Pulumi.dev.yaml", "config: {ascent:tier: production}\n")
    history.commit("base2")
    history.write("__main__.py", VERSIONED)
    history.commit("head2")
    answer = ascent(
        "diff", "base2", "head2", "--stack", "dev", "--project", history.directory, "--json", "--fail-on", limit
    )
    assert answer.status == (1 if stops else 0)
    stopped = json.loads(answer.out)["stoppedBy"]
    assert any(line.startswith(stops) for line in stopped) if stops else stopped == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "ascent diff: names 0 revisions: give BASE, BASE HEAD, two files, or a file and a stack"),
        (["a", "b", "c"], "names 3 revisions"),
        (["base", "nowhere"], "ascent diff nowhere: is no revision of git at "),
        (["base", "head", "--stack", "lost"], "--stack lost: is at neither revision; the stacks are dev"),
        (
            ["base", "head", "--fail-on", "failure"],
            "must be one of failures, data-loss, dollars=N; did you mean",
        ),
        (["base", "head", "--fail-on", "dollars=much"], "must be a number of dollars from 0 on; write dollars=100"),
        (["base", "head", "--json", "--markdown"], "--json and --markdown exclude each other"),
        (["base", "head", "--tier", "mvp"], "--tier mvp: goes with --preview or --state; "),
        (["--state", "a", "--stack", "dev"], "--stack: goes with revisions; "),
    ],
)
def test_bad_input(arguments: list[str], says: str, history: Program, ascent: Callable[..., Answer]) -> None:
    answer = ascent("diff", *arguments, "--project", history.directory)
    assert (answer.status, answer.out) == (2, "")
    assert says in answer.err.splitlines()[-1]
    assert "Traceback" not in answer.err


def test_what_is_wrong_at_a_revision_is_said_with_it(history: Program, ascent: Callable[..., Answer]) -> None:
    history.write("__main__.py", "raise ValueError('no such luck')\n")
    history.commit("broken")
    answer = ascent("diff", "base", "broken", "--project", history.directory)
    assert answer.status == 2
    assert answer.err.splitlines()[-1] == "broken: ValueError: no such luck (at __main__.py:1)"


def test_a_place_without_a_repository(program: Program, ascent: Callable[..., Answer]) -> None:
    answer = ascent("diff", "main", "--project", program.directory)
    assert answer.err.splitlines()[-1].endswith("is in no repository of git; name files instead")
