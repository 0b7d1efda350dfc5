"""The table of commands: everything that lists commands agrees with it, and listing them costs next to nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from ascent.cli import main
from ascent.commands import COMMANDS
from tests.cli.cli_project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.cli_project import Project

SHARED: set[str] = set()
"""Modules beside the commands' own."""


def test_each_command_has_its_module_and_each_module_its_command() -> None:
    modules = {path.stem for path in (ROOT / "ascent" / "cli").glob("*.py")} - {"__init__"}
    assert modules - SHARED == {name.replace("-", "_") for name in COMMANDS}


def test_readme_shows_each_command() -> None:
    shown = set(
        re.findall(r"^\.venv/bin/ascent ([\w-]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert shown == set(COMMANDS)


@pytest.mark.parametrize("command", list(COMMANDS))
def test_help_begins_with_the_summary_and_names_the_statuses(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main([command, "-h"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert f"{COMMANDS[command].summary} Exit status: 0 " in text
    assert text.index("2 bad input") > 0


@pytest.mark.parametrize("command", [name for name, command in COMMANDS.items() if command.plans])
def test_what_starts_a_process_early_also_plans(command: str) -> None:
    source = (ROOT / "ascent" / "cli" / f"{command}.py").read_text(encoding="utf-8")
    assert "with start(" in source
    assert import_module(f"ascent.cli.{command}").run


def test_the_list_loads_no_command_and_nothing_heavy() -> None:
    code = (
        "import sys; from ascent.cli import main; main(['--help']);"
        "heavy = {'pydantic', 'rich', 'yaml', 'pulumi', 'jinja2', 'policies', 'settings'} & set(sys.modules);"
        "shared = {'ascent.cli.shared', 'ascent.cli.shared.usage'};"
        "print(heavy | {m for m in sys.modules if m.startswith('ascent.cli.')} - shared)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "set()"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"ascent \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("re", ["readiness", "report", "reach", "release"]),
        ("plan ", ["dev", "qa"]),
        ("compare dev q", ["qa"]),
        ("explain d", ["dev"]),
        ("explain dev ne", ["network"]),
        ("compare dev --tier pro", ["production"]),
        ("rules log-ret", ["log-retention"]),
        ("plan --form", ["--format"]),
    ],
)
def test_a_shell_is_offered_words(
    words: str,
    offered: list[str],
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project.stack("qa", **{"ascent:tier": "mvp"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("_ASCENT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"ascent {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" "))))
    assert main([]) == 0
    assert capsys.readouterr().out.split() == offered
