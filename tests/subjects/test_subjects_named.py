"""One way to name what a command is about, the same for all of them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.engine_rendering import digest, state
from tests.commands.small_plan import PROVIDER, small_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.cli_project import Answer

COMMANDS = ("check", "cost", "readiness", "advise", "report")


@pytest.fixture
def more(tmp_path: Path) -> dict[str, list[str]]:
    """What commands need besides a subject."""
    return {"advise": ["--requests-per-day", "9"], "report": ["--out", str(tmp_path / "out")]}


@pytest.mark.parametrize("form", ["preview", "state", "standard input"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_every_source(
    form: str,
    command: str,
    more: dict[str, list[str]],
    tmp_path: Path,
    ascent: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The stack is nobody's: another language, another project, no file of it at hand."""
    text = state(small_plan()) if form == "state" else digest(small_plan())
    document = json.loads(text)
    if form == "state":
        provider = {"urn": PROVIDER, "custom": True, "type": "pulumi:providers:aws", "id": "1"}
        document["deployment"]["resources"].insert(0, {**provider, "inputs": {"region": "eu-west-1"}})
    text = json.dumps(document)
    path = tmp_path / "engine.json"
    path.write_text(text)
    if form == "standard input":
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        named = ["-"]
    else:
        named = [f"--{form}", str(path)]
    answer = ascent(command, *named, "--tier", "startup", *more.get(command, []))
    assert answer.status in (0, 1)
    name = form if form == "standard input" else path
    assert f"{name}: tier startup (given by --tier)" in answer.out
    assert "live" in answer.out.splitlines()[-2 if command == "report" else -1] or command == "advise"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--preview", "a", "--state", "b"], "both --preview and --state are given; name one file"),
        (["--state", "a", "-"], "both --state and - are given; name one file"),
        (["--state", "a", "--project", "b"], "both --state and --project are given; name one subject"),
        (["--preview", "none.json"], "none.json: cannot be read: No such file or directory; "),
        (["--project", "/nowhere"], "/nowhere: there is no Pulumi.yaml; "),
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_bad_input_gets_one_line(
    command: str, arguments: list[str], says: str, more: dict[str, list[str]], ascent: Callable[..., Answer]
) -> None:
    answer = ascent(command, *arguments, *more.get(command, []))
    assert (answer.status, answer.out) == (2, "")
    assert says in answer.line


def test_a_stack_does_not_go_with_a_file(ascent: Callable[..., Answer]) -> None:
    for command in ("check", "cost", "readiness"):
        answer = ascent(command, "dev", "--state", "a")
        assert answer.line == f"ascent {command} dev: does not go with --state, which is of one stack; leave it out"


def test_two_files_are_compared(tmp_path: Path, ascent: Callable[..., Answer]) -> None:
    plan = small_plan()
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(digest(plan))
    found = json.loads(
        ascent("compare", "--preview", tmp_path / "a.json", "--preview", tmp_path / "b.json", "--json").out
    )
    assert found["before"]["stack"] == found["after"]["stack"] == "live"
    assert (found["resources"]["added"], found["settings"], found["steps"]) == ([], [], [])
    assert "names 1 of two" in ascent("compare", "--state", tmp_path / "a.json").line
    assert "standard input can be read once" in ascent("compare", "--state", "-", "--preview", "-").line


def test_what_is_neither_preview_nor_state(ascent: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"terraform_version": "1"}')))
    assert ascent("cost", "-").line.startswith("standard input: is a plan or state of Terraform; ")


def test_a_region_that_nothing_names(tmp_path: Path, ascent: Callable[..., Answer]) -> None:
    document = json.loads(digest(small_plan()))
    document["config"].pop("aws:region")
    text = json.dumps(document).replace('"region": "eu-west-1"', '"other": 1')
    (tmp_path / "a.json").write_text(text)
    line = ascent("cost", "--preview", tmp_path / "a.json", "--tier", "mvp").line
    assert "no prices for a stack that names no region" in line
