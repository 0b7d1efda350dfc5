"""`ascent readiness --state` and `--preview`: the same assessment of what is deployed, and one line for bad files."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from ascent.plan.model import UNKNOWN
from tests.commands.engine_rendering import digest, state, stream
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ascent.plan.model import Plan
    from tests.cli.cli_project import Answer, Project

PLAN = smallest("production")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """A production stack called dev, whose file in the project says mvp."""
    return planned(PLAN, "dev")


def statuses(answer: Answer) -> dict[int, str]:
    assert answer.err == ""
    (stack,) = json.loads(answer.out)["stacks"]
    return {item["id"]: item["status"] for item in stack["items"]}


@pytest.mark.parametrize("form", ["state", "preview"])
def test_a_file_is_judged_as_the_plan_it_holds(
    form: str, plan: Plan, project: Project, readiness: Callable[..., Answer]
) -> None:
    file = project.write(f"{form}.json", (state if form == "state" else digest)(plan))
    production = {key if ":" in key else f"ascent:{key}": value for key, value in PLAN.items()}
    project.stack("dev", **{"aws:region": "us-east-1", **production})
    of_file = statuses(readiness(f"--{form}", str(file), "--json"))
    of_plan = statuses(readiness("dev", "--json"))
    differ = {number for number, status in of_file.items() if of_plan[number] != status}
    # A plan knows parts of texts that these renderings call unknown as a whole.
    assert {of_file[number] for number in differ} <= {"unknown until deployed"}


def test_what_was_unknown_is_answered_after_deployment(
    plan: Plan, project: Project, readiness: Callable[..., Answer]
) -> None:
    before = statuses(readiness("--state", str(project.write("a.json", state(plan))), "--tier", "production", "--json"))
    known = state(plan).replace(UNKNOWN, "arn:aws:service:us-east-1:111111111111:known")
    after = statuses(readiness("--state", str(project.write("b.json", known)), "--tier", "production", "--json"))
    unknown = [number for number, status in before.items() if status == "unknown until deployed"]
    assert unknown
    assert sum(after[number] == "unknown until deployed" for number in unknown) < len(unknown)


def test_the_tier_and_where_it_comes_from(plan: Plan, project: Project, readiness: Callable[..., Answer]) -> None:
    a, b = project.write("a.json", state(plan)), project.write("b.json", digest(plan))
    assert readiness("--state", str(a)).out.startswith(f"{a}: tier mvp (from Pulumi.dev.yaml)\n")
    assert readiness("--preview", str(b)).out.startswith(f"{b}: tier production (from ascent:tier in the file)\n")
    given = readiness("--state", str(a), "--tier", "enterprise")
    assert given.out.startswith(f"{a}: tier enterprise (given by --tier)\n")
    assert " of 100 dev (enterprise): " in given.out.splitlines()[-1]


def test_formats_and_the_lowest_score(plan: Plan, project: Project, readiness: Callable[..., Answer]) -> None:
    file = str(project.write("a.json", state(plan)))
    assert readiness("--state", file, "--markdown").out.startswith("# Readiness of dev: ")
    assert readiness("--state", file, "--items").status == 0
    assert readiness("--state", file, "--min-score", "100").status == 1


def test_a_stream_of_events(plan: Plan, project: Project, readiness: Callable[..., Answer]) -> None:
    answer = readiness("--preview", str(project.write("events.json", stream(plan))))
    assert (answer.status, answer.err) == (0, "")


def test_standard_input(
    plan: Plan, project: Project, readiness: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(state(plan).encode())))
    answer = readiness("--state", "-")
    assert answer.out.startswith("standard input: tier mvp (from Pulumi.dev.yaml)\n")


def test_a_project_that_is_not_at_hand(plan: Plan, project: Project, readiness: Callable[..., Answer]) -> None:
    """What its files would prove is neither there nor missing: nobody can tell."""
    file = project.write("other.json", state(plan).replace("::ascent::", "::shop::"))
    answer = readiness("--state", str(file), "--tier", "production", "--json")
    assert answer.line.startswith(f"{file}: Pulumi.yaml of its project shop is not at hand: what its files would prove")
    items = json.loads(answer.out)["stacks"][0]["items"]
    files = [e for item in items for e in item["evidence"] if e["kind"] in ("file", "test", "attestation")]
    assert files
    assert {e["status"] for e in files} == {"unknown until deployed"}
    own = readiness("--state", str(project.write("own.json", state(plan))), "--tier", "production", "--json")
    assert {e["status"] for i in json.loads(own.out)["stacks"][0]["items"] for e in i["evidence"]} > {"unmet"}


@pytest.mark.parametrize(
    ("stack", "tier"), [("qa", "startup"), ("eu-prod", "production"), ("preprod", "startup"), ("ann", "startup")]
)
def test_a_tier_that_nothing_names_is_guessed_and_said(
    stack: str, tier: str, plan: Plan, project: Project, readiness: Callable[..., Answer]
) -> None:
    file = project.write(
        "unnamed.json", state(plan).replace("::dev::", f"::{stack}::", 1).replace(":dev::", f":{stack}::")
    )
    answer = readiness("--state", str(file))
    assert answer.out.startswith(f"{file}: tier {tier} (")
    assert "guess" in answer.out.splitlines()[0]
    assert f"{file}: tier {tier} (" in readiness("--state", str(file), "--json").err


@pytest.fixture
def files(plan: Plan, project: Project) -> Path:
    """Files that are wrong, each in its way."""
    project.write("empty.json", "")
    project.write("half.json", state(plan)[:-200])
    project.write("preview.json", digest(plan))
    project.write("state.json", state(plan))
    project.write("never.json", json.dumps({"version": 3}))
    return project.directory


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--state", "{}/none.json"], "{}/none.json: cannot be read: No such file or directory; "),
        (["--state", "{}/empty.json"], "{}/empty.json: is empty; write it with `pulumi stack export"),
        (["--state", "{}/half.json"], "not valid JSON: Unterminated string starting at; write it again"),
        (["--state", "{}/preview.json"], "{}/preview.json: is a preview; pass it as --preview"),
        (["--preview", "{}/state.json"], "{}/state.json: is a state; pass it as --state"),
        (
            ["--state", "{}/never.json"],
            "{}/never.json: holds no AWS resource (among 0): there is nothing to judge; deploy",
        ),
        (
            ["--state", "{}/state.json", "--preview", "{}/preview.json"],
            "both --preview and --state are given; name one",
        ),
        (["dev", "--state", "{}/state.json"], "ascent readiness dev: does not go with --state, "),
        (["--state", "{}/state.json", "--framework", "cis"], "--framework cis: does not go with --state, "),
        (["dev", "--tier", "mvp"], "ascent readiness --tier mvp: goes with --state or --preview; "),
        (["--state", "{}/state.json", "--tier", "gold"], "--tier gold"),
    ],
)
def test_bad_input(arguments: list[str], says: str, files: Path, readiness: Callable[..., Answer]) -> None:
    place = str(files)
    answer = readiness(*(argument.replace("{}", place) for argument in arguments))
    assert (answer.status, answer.out) == (2, "")
    assert says.replace("{}", place) in answer.line
