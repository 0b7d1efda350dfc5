"""Bad input: exit status 2 and one clear line, never a traceback."""

from __future__ import annotations

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
        (["plan", "--nope"], "No such option"),
        (["frobnicate"], "No such command 'frobnicate'"),
        (["explain"], "Missing argument 'STACK'"),
        (["plan", "--out"], "requires an argument"),
    ],
)
def test_wrong_command_lines(arguments: list[str], wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    assert line.startswith("ascent: ")
    assert wanted in line
    assert line.endswith("See: python -m ascent --help")


@pytest.mark.parametrize("arguments", [["--help"], ["plan", "--help"], ["explain", "--help"]])
def test_help_is_no_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert "Usage: ascent" in capsys.readouterr().out


def test_unknown_section_suggests_the_nearest(project: Project, ascent: Callable[..., Answer]) -> None:
    answer = ascent("explain", "dev", "netwrok")
    assert answer.status == 2
    assert answer.line.startswith("ascent explain: no section 'netwrok': sections are stack, network, edge, ")
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
