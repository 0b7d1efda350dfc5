"""An installed Ascent, built from this checkout: what it brings along, and what it does where."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from ascent import __version__
from tests.cli.cli_project import ROOT, Answer
from tests.commands.engine_rendering import state
from tests.commands.small_plan import small_plan


@dataclass(frozen=True)
class Installed:
    """An environment of its own that holds an installed Ascent and sees the dependencies of this one."""

    python: Path
    packages: Path

    def ascent(self, directory: Path, *arguments: object) -> Answer:
        """Run the installed command in a directory."""
        command = [self.python.with_name("ascent"), *map(str, arguments)]
        run = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=120, check=False)
        return Answer(run.returncode, run.stdout, run.stderr)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if built.returncode:
        pytest.skip(f"no wheel can be built here: {built.stderr.strip()[-200:]}")
    (wheel,) = out.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, installed."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, symlinks=True)
    python = place / "bin" / "python"
    command = [sys.executable, "-m", "pip", f"--python={python}", "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run(command, capture_output=True, check=True)
    packages = next((place / "lib").glob("python*/site-packages"))
    # Named in a file of its own, the directory gives its packages but not what its own .pth files add: this checkout.
    (packages / "dependencies.pth").write_text(f"{Path(pytest.__file__).parents[1]}\n")
    return Installed(python, packages)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of this checkout."""
    copy = tmp_path / "copy of ascent"
    kept = shutil.ignore_patterns(".*", "__pycache__", "tests", "out", "docs")
    shutil.copytree(ROOT, copy, ignore=kept)
    return copy


def test_the_wheel_puts_one_name_beside_other_packages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {"ascent", f"ascent-{__version__}.dist-info"}
    assert {name.split("/")[2] for name in names if name.startswith("ascent/_house/")} == {
        "common",
        "settings",
        "policies",
    }
    assert f"ascent-{__version__}.dist-info/licenses/LICENSE" in names


def test_other_programs_do_not_see_the_house(installed: Installed, tmp_path: Path) -> None:
    code = (
        "import importlib.util as u; print([n for n in ('common', 'settings', 'policies', 'ascent') if u.find_spec(n)])"
    )
    run = subprocess.run([installed.python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['ascent']"


def test_anywhere(installed: Installed, tmp_path: Path) -> None:
    assert installed.ascent(tmp_path, "--version") == Answer(0, f"ascent {__version__}\n", "")
    assert "imdsv2-required" in installed.ascent(tmp_path, "rules").out
    (tmp_path / "state.json").write_text(state(small_plan()))
    checked = installed.ascent(tmp_path, "check", "--state", "state.json")
    assert (checked.status, checked.err) == (1, "")
    assert checked.out.splitlines()[-1].startswith("NOT OK live ")


def test_outside_of_a_project(installed: Installed, tmp_path: Path) -> None:
    answer = installed.ascent(tmp_path, "plan")
    assert (answer.status, answer.out) == (2, "")
    assert answer.line == ".: there is no Pulumi.yaml; name the directory of a Pulumi project with --cwd"


def test_a_checkout_brings_its_own_parts(installed: Installed, checkout: Path, tmp_path: Path) -> None:
    """The checkout's own Ascent, rules and settings are used, from wherever in it, and from outside with --cwd."""
    levels = checkout / "settings" / "tiers.py"
    levels.write_text(levels.read_text() + "\nprint('the settings of the copy')\n")
    init = checkout / "ascent" / "__init__.py"
    init.write_text(init.read_text().replace(__version__, "99.0.0"))
    assert installed.ascent(checkout / "policies", "--version").out == "ascent 99.0.0\n"
    assert "the settings of the copy" in installed.ascent(tmp_path, "explain", "dev", "-C", checkout).out
    planned = installed.ascent(checkout, "plan", "dev")
    assert planned.status == 0, planned.err
    assert planned.out.splitlines()[-1].startswith("OK dev (mvp): ")


def test_a_program_without_an_ascent_of_its_own(installed: Installed, checkout: Path) -> None:
    """Its settings and components are used, with the installed command."""
    for part in ("ascent", "policies"):
        shutil.rmtree(checkout / part)
    profile = checkout / "settings" / "tiers.py"
    profile.write_text(profile.read_text() + "\nprint('the settings of the program')\n")
    planned = installed.ascent(checkout, "plan", "dev")
    assert (planned.status, planned.err) == (0, "the settings of the program\n")
    assert planned.out.splitlines()[-1].startswith("OK dev (mvp): ")
