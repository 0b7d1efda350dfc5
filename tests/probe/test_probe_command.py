"""`ascent probe`: what it prints, writes and refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
import yaml
from jsonschema import validate

from ascent.cli import main
from ascent.output.schemas import DIRECTORY
from ascent.probe.about import About, read_about
from ascent.probe.table import CHECKS
from ascent.readiness.probes.records import read_probes
from common.problems import InputError
from tests.probe.conftest import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
COMMAND = f"{sys.executable} {APPLICATION}"
DIGEST = f"sha256:{'c' * 64}"
QUICK = ("--check", "health-page", "--check", "security-headers", "--check", "non-root")


@pytest.fixture
def project(tmp_path: Path, described: Callable[..., dict[str, Any]]) -> Path:
    (tmp_path / "probe.yaml").write_text(yaml.safe_dump(described()), encoding="utf-8")
    return tmp_path


def bad(project: Path, described: Callable[..., dict[str, Any]], fault: str) -> None:
    (project / "probe.yaml").write_text(yaml.safe_dump(described(fault)), encoding="utf-8")


def test_it_prints_verdicts_items_and_a_summary(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", "-C", str(project), "--command", COMMAND, *QUICK, "--items"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("proven    health-page: /health tells of")
    assert "not asked non-root:" in "\n".join(out)
    assert "          fix: probe with --image, where containers can be run" in out
    assert "proven    item 206: health-page" in out
    assert out[-1] == f"OK {COMMAND}: 2 proven, 0 failed, 1 not asked"


def test_what_failed_is_1_and_strict_counts_what_was_not_asked(
    project: Path, described: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["probe", "-C", str(project), "--command", COMMAND, "--check", "non-root", "--strict"]) == 1
    bad(project, described, "security-headers")
    assert main(["probe", "-C", str(project), "--command", COMMAND, *QUICK]) == 1
    out = capsys.readouterr().out
    assert "failed    security-headers: / (200) lacks" in out
    assert "NOT OK" in out


def test_json_junit_and_a_record(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    junit = project / "probe.xml"
    told = ["--json", "--junit", str(junit), "--record", "--digest", DIGEST]
    assert main(["probe", "-C", str(project), "--command", COMMAND, *QUICK, *told]) == 0
    document = json.loads(capsys.readouterr().out)
    validate(document, json.loads((DIRECTORY / "probe.schema.json").read_text(encoding="utf-8")))
    assert (document["how"], document["digest"], document["stated"]) == ("command", DIGEST, True)
    assert [check["id"] for check in document["checks"]] == ["health-page", "security-headers", "non-root"]
    suite = ElementTree.parse(junit).getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "0", "1")
    [file] = (project / "docs" / "probes").iterdir()
    assert file.name.endswith(f"-{'c' * 12}-command.json")
    assert json.loads(file.read_text(encoding="utf-8")) == document
    from ascent.days import today

    assert read_probes(project, today=today()).by_path[0][1].digest == DIGEST


TOOL = """#!/bin/sh
# A stand-in of podman: knows one image, and runs it as a process.
case "$1 $2" in
  "info "*) exit 0 ;;
  "image inspect") [ "$3" = shop:1 ] || { echo "no such image" >&2; exit 1; }
    echo '[{"RepoDigests": ["registry.example.com/shop@DIGEST"], "Config": {"User": "10001:10001"}}]' ;;
  "pull "*) exit 1 ;;
  "run --rm") case " $* " in *" --read-only --tmpfs=/tmp --cap-drop=ALL "*) exec COMMAND ;; esac; exit 9 ;;
esac
"""


@pytest.fixture
def podman(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    tool = tools / "podman"
    tool.write_text(TOOL.replace("COMMAND", COMMAND).replace("DIGEST", DIGEST), encoding="utf-8")
    tool.chmod(0o755)
    for other in ("docker", "finch"):
        (tools / other).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (tools / other).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")


@pytest.mark.usefixtures("podman")
def test_an_image_tells_its_own_digest_and_user(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checks = ("--check", "non-root", "--check", "read-only-root", "--check", "log-files", "--check", "shutdown")
    assert main(["probe", "-C", str(project), "--image", "shop:1", *checks, "--json", "--record"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["how"], document["digest"], document["stated"]) == ("image", DIGEST, False)
    assert {check["verdict"] for check in document["checks"]} == {"proven"}
    assert len(list((project / "docs" / "probes").iterdir())) == 1


@pytest.mark.usefixtures("podman")
def test_an_image_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", "-C", str(project), "--image", "shop:2"]) == 2
    assert "podman does not find it (no such image); build or pull it first" in capsys.readouterr().err


def test_nothing_runs_containers(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert main(["probe", "-C", str(project), "--image", "shop:1"]) == 2
    assert "nothing here runs containers (docker, podman, finch" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "nothing is given; give one of --url, --command, --image"),
        (["--url", "http://127.0.0.1:1", "--command", "x"], "--url and --command is given"),
        (["--url", "localhost:1"], "must be http:// or https:// and a host"),
        (["--url", "http://127.0.0.1:1"], "does not answer"),
        (["--url", "http://127.0.0.1:1", "--check", "cros"], "did you mean cors?"),
        (["--command", "no-such-program-qzxjv"], "no-such-program-qzxjv cannot be started"),
        (["--command", "'"], "No closing quotation; quote it as for a shell"),
        (["--command", " "], "is empty"),
        (["--command", "true"], "the application ended with 0 before it was ready: it wrote nothing"),
        (["--command", "sh -c 'echo broken; exit 4'"], "ended with 4 before it was ready: broken"),
        (["--command", "x", "--digest", "abc"], "must be sha256: and 64 hexadecimal digits"),
        (["--command", "x", "--record"], "evidence is about an image"),
        (["--image", "x", "--digest", DIGEST], "an image tells its own"),
        (["--url", "http://127.0.0.1:1", "--about", "no-such.yaml"], "no-such.yaml"),
    ],
)
def test_bad_input_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["probe", "-C", str(tmp_path), *arguments]) == 2
    answer = capsys.readouterr()
    assert words in answer.err
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("paths: {health: health}", "probe.yaml:1: paths.health"),
        ("load: {rate: 0}", "load.rate"),
        ("databse: {address: a:1}", "database"),
        ("database: {address: here}", "database.address"),
        ("environment: {A: '{databse}'}", "{databse} stands for nothing"),
        ("environment: {A: '{cache}'}", "say where it is: cache: {address: …}"),
        ("secrets: [A]", "add A to environment"),
        ("token: {secret: A, protected: /me}", "add A to environment"),
        ("token: {secret: A, protected: /me, algorithm: none}", "token.algorithm"),
        ("origin: '*'", "origin"),
        ("- 1", "probe.yaml"),
        ("a: [", "probe.yaml"),
    ],
)
def test_a_wrong_description_is_refused(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "probe.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_about(file)
    assert words in str(refused.value)
    assert str(refused.value).startswith("probe.yaml")


def test_a_description_may_say_nothing(tmp_path: Path) -> None:
    file = tmp_path / "probe.yaml"
    file.write_text("", encoding="utf-8")
    assert read_about(file) == About()


def test_without_httpx(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascent.cli.probe.find_spec", lambda _: None)
    assert main(["probe", "-C", str(project), "--command", "x"]) == 2
    assert "httpx is missing: pip install '.[probe]'" in capsys.readouterr().err


def test_the_page_has_a_section_for_each_check_in_order() -> None:
    text = (ROOT / "docs" / "probe.md").read_text(encoding="utf-8")
    assert [line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")] == list(CHECKS)
    shown = text.split("```yaml\n")[1].split("```")[0]
    assert About.model_validate(yaml.safe_load(shown)).database is not None
