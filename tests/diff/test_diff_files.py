"""Previews and states: what one side cannot tell is no difference; hostile names reach nothing; secrets neither."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ascent.output.schemas import schemas
from ascent.plan.model import UNKNOWN, Plan, secret
from tests.commands.engine_rendering import digest, state
from tests.commands.small_plan import BUCKET, resource, small_plan
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.cli_project import Answer

HOSTILE = "x|](javascript:alert(1))<img src=x onerror=alert(1)>@team =cmd() \x1b[31m\x07"


@pytest.fixture
def diff(tmp_path: Path, ascent: Callable[..., Answer]) -> Callable[..., Answer]:
    """Compare two rendered plans."""

    def diff(before: str, after: str, *arguments: str, kind: str = "preview") -> Answer:
        (tmp_path / "before.json").write_text(before)
        (tmp_path / "after.json").write_text(after)
        files = (f"--{kind}", tmp_path / "before.json", "--preview", tmp_path / "after.json")
        return ascent("diff", *files, "--as-of", "2026-11-21", *arguments)

    return diff


def stack_of(answer: Answer) -> dict[str, Any]:
    document = json.loads(answer.out)
    from jsonschema.validators import validator_for

    schema = schemas()["diff"]
    assert [error.message for error in validator_for(schema)(schema).iter_errors(document)] == []
    (stack,) = document["stacks"]
    return stack


@pytest.mark.parametrize("tier", ["mvp", "production"])
def test_what_is_deployed_as_planned_differs_in_nothing(tier: str, diff: Callable[..., Answer]) -> None:
    """A state knows what a preview calls unknown, and holds what the provider filled in."""
    plan = planned(smallest(tier), "dev")
    deployed = json.loads(state(plan).replace(UNKNOWN, "known-now"))
    for entry in deployed["deployment"]["resources"]:
        entry["inputs"] |= {"filledIn": "name-1a2b3c4", "__defaults": ["filledIn"]} if entry["custom"] else {}
    resources = stack_of(diff(json.dumps(deployed), digest(plan), "--json", kind="state"))["resources"]
    assert resources["same"] > 30
    assert {key: value for key, value in resources.items() if key != "same"} == {
        "added": [],
        "updated": [],
        "replaced": [],
        "removed": [],
        "onlyTags": 0,
        "unsure": [],
    }


def test_another_account_is_a_difference(diff: Callable[..., Answer]) -> None:
    def trusting(account: str) -> Plan:
        return small_plan(resource("aws:iam/role:Role", "role", assumeRolePolicy=f'{{"AWS": "{account}"}}'))

    found = stack_of(diff(digest(trusting("1" * 12)), digest(trusting("2" * 12)), "--json"))
    assert [one["name"] for one in found["resources"]["updated"]] == ["role"]


def test_a_secret_is_shown_nowhere(diff: Callable[..., Answer]) -> None:
    def keeping(text: str) -> str:
        plan = small_plan(resource("aws:ssm/parameter:Parameter", "key", type="SecureString", value=secret(text)))
        return json.dumps(json.loads(digest(plan)))

    for form in ((), ("--json",), ("--markdown",)):
        answer = diff(keeping("hunter2"), keeping("hunter3"), *form)
        assert answer.status == 0
        assert "hunter" not in answer.out + answer.err


def test_hostile_names_and_values_do_nothing(diff: Callable[..., Answer]) -> None:
    def named(value: str) -> Plan:
        plan = small_plan()
        bad = resource(BUCKET, HOSTILE.replace("\x1b", "").replace("\x07", ""), bucket=value)
        return replace(plan, resources=(*plan.resources, bad))

    before, after = digest(small_plan()), digest(named(HOSTILE))
    console = diff(before, after)
    assert not set(console.out) & {"\x1b", "\x07"}
    comment = diff(before, after, "--markdown").out
    assert not set(comment) & {"\x1b", "\x07"}
    for raw in ("<img", "@team"):
        assert raw not in comment
    assert comment.count("](javascript") == comment.count("\\](javascript")
    row = next(line for line in comment.splitlines() if "onerror" in line and line.startswith("| added"))
    assert row.replace("\\|", "").count("|") == 5
    changed = diff(digest(named("a")), digest(named(HOSTILE)), "--markdown").out
    assert "<img" not in changed
    assert not set(changed) & {"\x1b", "\x07"}


def test_a_comment_is_bounded(diff: Callable[..., Answer]) -> None:
    many = small_plan(*(resource(BUCKET, f"bucket-{'x' * 60}-{n}") for n in range(1200)))
    comment = diff(digest(small_plan()), digest(many), "--markdown").out
    assert comment.startswith("<!-- ascent diff -->\n")
    assert len(comment) < 65_536
    assert "more lines are left out here" in comment


def test_a_stack_of_a_region_without_prices(diff: Callable[..., Answer]) -> None:
    before, after = (digest(small_plan()).replace("eu-west-1", "xx-none-1") for _ in range(2))
    answer = diff(before, after, "--json", "--fail-on", "dollars=5")
    assert answer.status == 1
    assert json.loads(answer.out)["stoppedBy"] == [
        "live: nobody can tell what it costs more: there are no prices for its region"
    ]
    assert json.loads(answer.out)["stacks"][0]["dollars"] == {"before": None, "after": None, "added": None}


def test_types_of_which_nothing_is_known(diff: Callable[..., Answer]) -> None:
    def made(size: int) -> Plan:
        return small_plan(resource("aws:nimble/studio:Studio", "studio", size=size))

    answer = diff(digest(made(1)), digest(made(2)))
    assert "studio: size 1 → 2 (or made anew: nothing is known of its type)" in answer.out
