"""Bad input: exit status 2 and one clear line, never a traceback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ascent.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project


@pytest.mark.parametrize("command", ["plan", "explain"])
def test_unknown_stack(command: str, project: Project, ascent: Callable[..., Answer]) -> None:
    answer = ascent(command, "prdo")
    assert answer.status == 2
    assert answer.line == "no stack 'prdo': there is no Pulumi.prdo.yaml; the stacks are: dev"


@pytest.mark.parametrize("command", ["plan", "explain"])
def test_no_project(command: str, project: Project, ascent: Callable[..., Answer]) -> None:
    (project.directory / "Pulumi.yaml").unlink()
    answer = ascent(command, "dev")
    assert answer.status == 2
    assert "there is no Pulumi.yaml; name the directory of a Pulumi project" in answer.line


def test_no_stack_files(project: Project, ascent: Callable[..., Answer]) -> None:
    (project.directory / "Pulumi.dev.yaml").unlink()
    answer = ascent("plan")
    assert answer.status == 2
    assert "there is no Pulumi.STACK.yaml here; write one or pass --cwd" in answer.line


@pytest.mark.parametrize("command", ["plan", "explain"])
def test_malformed_yaml_names_line_and_column(command: str, project: Project, ascent: Callable[..., Answer]) -> None:
    project.write("Pulumi.dev.yaml", "config:\n  aws:region: us-east-1\n  ascent:network: {nat: single\n")
    answer = ascent(command, "dev")
    assert answer.status == 2
    assert answer.line.startswith("Pulumi.dev.yaml:4:1: not valid YAML: ")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["plan", "--nope"], "ascent plan: No such option: --nope See: ascent plan --help"),
        (["plan", "--formt", "json"], "--format"),
        (["frobnicate"], "No such command 'frobnicate'; must be one of plan, check, "),
        (["raport"], "No such command 'raport'; did you mean report? See: ascent --help"),
        (["explain"], "ascent explain: Missing argument 'STACK'. See: ascent explain --help"),
        (["report"], "ascent report: Missing option '--out'. See: ascent report --help"),
        (["plan", "--out"], "'--out' requires an argument"),
    ],
)
def test_wrong_command_lines(arguments: list[str], wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    assert line.startswith("ascent")
    assert wanted in line
    assert re.search(r"See: ascent( \w+)? --help$", line)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["plan", "--format", "sariff"],
            "ascent plan --format sariff: must be one of table, json, sarif, junit, markdown; did you mean sarif?",
        ),
        (
            ["check", "--tier", "gold"],
            "ascent check --tier gold: must be one of mvp, startup, production, enterprise; name one of them",
        ),
        (["advise", "--next", "1.5"], "ascent advise --next 1.5: must be a whole number from 1 on"),
        (["cost", "--max", "inf"], "ascent cost --max inf: must be a number from 0 to 1000000000000"),
        (["cost", "--max", "a\x1b[31m"], "ascent cost --max a\\x1b[31m: must be a number from 0 to 1000000000000"),
        (["report", "--out", "x", "--as-of", "soon"], "ascent report --as-of soon: is no day; write it as YYYY-MM-DD"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", f"{line}\n")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["plan", "--help"], ["plan", "-h"], ["explain", "-h"]])
def test_help_is_no_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "Usage: ascent" in capsys.readouterr().out


def test_unknown_section_suggests_the_nearest(project: Project, ascent: Callable[..., Answer]) -> None:
    answer = ascent("explain", "dev", "netwrok")
    assert answer.status == 2
    assert answer.line.startswith("ascent explain dev netwrok: must be one of stack, account, network, edge, ")
    assert answer.line.endswith("did you mean network?")


@pytest.mark.parametrize("command", ["plan", "explain"])
def test_wrong_settings_get_a_line_each(
    command: str, project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    project.stack("dev", **{"ascent:tier": "mvp", "ascent:network": {"azCount": 1, "nat": "per-az"}, "ascent:ownr": ""})
    answer = ascent(command, "dev")
    assert answer.status == 2
    lines = answer.err.splitlines()
    assert [line.split(" is ")[0] for line in lines] == [
        "Pulumi.dev.yaml: ascent:ownr",
        "Pulumi.dev.yaml: ascent:network.azCount",
        "Pulumi.dev.yaml: ascent:network.nat",
    ]
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", ["plan", "explain"])
def test_an_impossible_combination(
    command: str, project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    project.stack("dev", **{"ascent:tier": "production", "ascent:observability": {"alarmEmails": ["a@example.com"]}})
    answer = ascent(command, "dev")
    assert answer.status == 2
    assert answer.line.startswith("Pulumi.dev.yaml: ascent:edge.domain is missing: a public load balancer needs ")
    assert "set ascent:edge.domain: app.example.com" in answer.line


def test_every_stack_that_fails_is_named(project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    project.stack("qa", **{"ascent:tier": "mpv"})
    project.stack("qb", **{"ascent:tier": "mvp", "ascent:owner": ""})
    answer = ascent("plan", "qa", "qb")
    assert answer.status == 2
    assert [line.split(":")[0] for line in answer.err.splitlines()] == ["Pulumi.qa.yaml", "Pulumi.qb.yaml"]
