"""`ascent advise --target`: the score is that of a plan, commands do what they say, and every bad input is one line."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from ascent.advise.target.goal import read_goals
from ascent.advise.target.plan import TargetPlan, plan_target
from ascent.cli import main
from ascent.output.console.target import print_target
from ascent.plan.config import read_stack
from settings.load import resolve
from tests.advise import pulumi_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project

DAY = date(2026, 11, 21)


def target(answer: Answer) -> dict[str, Any]:
    assert answer.err == ""
    return json.loads(answer.out)["target"]


def score(document: dict[str, Any], when: str, part: str | None = None) -> float:
    (found,) = [one["score"] for one in document[when] if one["part"] == part]
    return found


def test_the_cheapest_step_is_taken(advise: Callable[..., Answer]) -> None:
    answer = advise("dev", "--target", "30", "--json")
    now = score(target(answer), "before")
    answer = advise("dev", "--target", f"{now + 1}", "--json")
    assert answer.status == 0
    found = target(answer)
    assert (found["reached"], found["already"], len(found["steps"])) == (True, False, 1)
    (step,) = found["steps"]
    assert step["gained"]
    assert score(found, "after") >= now + 1
    assert score(found, "after") == pytest.approx(now + step["score"], abs=0.1)
    assert found["dollarsAfter"] - found["dollarsBefore"] == pytest.approx(step["dollars"], abs=1e-3)
    assert (found["obstacles"], found["leftOut"]) == ([], [])


def test_already_there(advise: Callable[..., Answer]) -> None:
    answer = advise("dev", "--target", "0")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("ALREADY dev has 0\n")
    assert "run:" not in answer.out


def test_out_of_reach_names_what_stands_in_the_way(advise: Callable[..., Answer]) -> None:
    answer = advise("dev", "--target", "100", "--json")
    assert answer.status == 1
    found = target(answer)
    assert not found["reached"]
    assert found["steps"]
    assert score(found, "before") < score(found, "after") < 100
    open_ = [one for one in found["obstacles"] if not one["today"]]
    assert {one["who"] for one in open_} <= {"application", "organisation", "ascent"}
    assert 38 in [one["id"] for one in open_]
    assert all(one["what"] for one in found["obstacles"])
    today = [one["today"] for one in found["obstacles"]]
    assert today == sorted(today, reverse=True)
    met = {number for step in found["steps"] for number in step["gained"]}
    assert not met & {one["id"] for one in found["obstacles"]}
    text = advise("dev", "--target", "100").out
    assert text.startswith("NO dev does not reach 100 by settings; this is the furthest\n")
    assert "what stands in the way:" in text


def test_a_target_of_a_part(advise: Callable[..., Answer]) -> None:
    found = target(advise("dev", "--target", "infrastructure=0", "--json"))
    now = score(found, "before", "infrastructure")
    answer = advise("dev", "--target", f"infrastructure={now + 1}", "--target", "whole=1", "--json")
    assert answer.status == 0
    assert score(target(answer), "after", "infrastructure") >= now + 1
    answer = advise("dev", "--target", "application=100", "--json")
    assert answer.status == 1
    assert {one["part"] for one in target(answer)["obstacles"]} == {"application"}


def test_an_override_that_costs_points_is_taken_back(advise: Callable[..., Answer], project: Project) -> None:
    own = {"ascent:compute": {"minCount": 1}, "ascent:observability": {"alarmEmails": ["oncall@example.com"]}}
    account = {"ascent:accountId": "444444444444"}
    project.stack("low", **{"aws:region": "us-east-1", "ascent:tier": "startup"}, **account, **own)
    found = target(advise("low", "--target", "100", "--json"))
    (step,) = [step for step in found["steps"] if step["settings"] == {"compute.minCount": None}]
    assert 42 in step["gained"]
    assert "pulumi config rm --stack low --path ascent:compute.minCount" in found["do"]["commands"]


def plan_of(project: Project, *goals: str, stack: str = "dev") -> TargetPlan:
    return plan_target(project.directory, stack, read_goals(goals), DAY)


@pytest.mark.parametrize(("stack", "goal"), [("dev", "100"), ("next", "100"), ("prod", "100")])
def test_pasted_commands_make_the_stack_that_was_planned(project: Project, stack: str, goal: str) -> None:
    plan = plan_of(project, goal, stack=stack)
    lines = plan.commands.lines
    if not plan.way.steps:
        assert lines == ()
        return
    assert lines[-1] == f"pulumi up --stack {stack}"
    for line in lines:
        for one in plan.commands.placeholders:
            line = line.replace(one.text, one.sample)
        if not line.startswith("pulumi up "):
            pulumi_config.run(line, project.directory)
        # A stack that is deployed in between must be one.
        config = read_stack(project.directory, stack)
        resolve(config.values, stack=stack, project=config.project)
    made = resolve(read_stack(project.directory, stack).values, stack=stack, project="ascent")
    assert made.settings == plan.way.after.side.resolved.settings


def test_the_move_to_a_larger_tier_can_be_pasted(
    project: Project, advise: Callable[..., Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    move = json.loads(advise("dev", "--pii", "--json").out)["move"]
    samples = {"<your-domain>": "app.example.com", "<your-address>": "oncall@example.com"}
    assert {one["text"] for one in move["placeholders"]} == set(samples)
    for line in move["commands"]:
        for text, sample in samples.items():
            line = line.replace(text, sample)
        if line.startswith("ascent "):
            assert main([*line.split()[1:], "-C", str(project.directory)]) == 0, line
        elif line.startswith("pulumi config "):
            pulumi_config.run(line, project.directory)
    capsys.readouterr()
    found = read_stack(project.directory, "dev")
    assert resolve(found.values, stack="dev", project="ascent").settings.tier == "production"


def test_placeholders_are_explained_below_the_commands(advise: Callable[..., Answer], project: Project) -> None:
    lines = advise("dev", "--target", "100").out.splitlines()
    first, fill = lines.index("  run:"), lines.index("  fill in first:")
    used = {word.strip("'") for line in lines[first:fill] for word in line.split() if "<" in word}
    said = {line.split()[0] for line in lines[fill + 1 :] if line.startswith("    <")}
    assert used == said == {one.text for one in plan_of(project, "100").commands.placeholders}


@pytest.mark.parametrize("stack", ["dev", "next", "prod"])
def test_it_reads_at_eighty_columns(project: Project, stack: str) -> None:
    plan, text = plan_of(project, "100", stack=stack), io.StringIO()
    print_target(Console(file=text, width=80, force_terminal=True, color_system=None, highlight=False), plan)
    # Commands are whole, so that they can be pasted.
    said = [line for line in text.getvalue().splitlines() if not line.startswith("    pulumi ")]
    assert len(said) > 10
    assert [line for line in said if len(line.rstrip()) > 80] == []
    assert not any(line != line.lstrip() and len(line) - len(line.lstrip()) > 40 for line in said)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["dev", "--target", "high"], "ascent advise --target high: must be a number from 0 to 100, or one of a part"),
        (["dev", "--target", "nan"], "ascent advise --target nan: must be a number from 0 to 100, "),
        (["dev", "--target", "-1"], "ascent advise --target -1: must be a number from 0 to 100, "),
        (["dev", "--target=100.5"], "ascent advise --target 100.5: must be a number from 0 to 100, "),
        (["dev", "--target", ""], "ascent advise --target : must be a number from 0 to 100, "),
        (["dev", "--target", "infrastucture=85"], "ascent advise --target infrastucture=85: infrastucture is none of "),
        (["dev", "--target", "=85"], "ascent advise --target =85: nothing is none of infrastructure, application, "),
        (["dev", "--target", "process=x"], "ascent advise --target process=x: must be a number from 0 to 100, "),
        (["dev", "--target", "5", "--target", "6"], "ascent advise --target 6: whole has a target already; "),
        (["--target", "70"], "ascent advise --target: needs a stack; write ascent advise STACK --target 70"),
        (["nope", "--target", "70"], "no stack 'nope': "),
    ],
)
def test_bad_input(advise: Callable[..., Answer], arguments: list[str], line: str) -> None:
    answer = advise(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.line.startswith(line)


def test_settings_that_no_stack_can_be_built_from(advise: Callable[..., Answer], project: Project) -> None:
    project.stack("dev", **{"aws:region": "us-east-1", "ascent:tier": "mvp", "ascent:compute": {"cpu": "many"}})
    answer = advise("dev", "--target", "70")
    assert (answer.status, answer.out) == (2, "")
    assert "ascent:compute.cpu" in answer.line
