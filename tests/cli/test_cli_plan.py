"""`ascent plan`: exit statuses, the three kinds of output, and the files it writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema.validators import validator_for

from ascent.plan.serialize import from_json
from tests.cli.cli_project import MVP, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project

WEAK_TLS: dict[str, Any] = {
    "ascent:tier": "production",
    "ascent:accountId": "111111111111",
    "ascent:edge": {
        "domain": "app.example.com",
        "hostedZoneId": "Z0123456789ABC",
        "tlsPolicy": "ELBSecurityPolicy-2016-08",
    },
    "ascent:observability": {"alarmEmails": ["a@example.com"]},
}


def test_a_fine_stack(project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    answer = ascent("plan", "dev")
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].startswith("dev  tier mvp, us-east-1, ")
    assert lines[-1].startswith("OK dev (mvp): ")
    assert " 0 mandatory fail," in lines[-1]
    (asked,) = [line for line in lines if line.startswith("  stand-ins ")]
    assert "getAvailabilityZones" in asked
    for layer in ("network", "edge", "compute", "data", "security", "observability"):
        assert any(line.split()[1:2] == [layer] for line in lines), layer


def test_a_mandatory_failure_is_status_1(project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    project.stack("bad", **WEAK_TLS)
    answer = ascent("plan", "bad")
    assert (answer.status, answer.err) == (1, "")
    assert answer.out.splitlines()[-1].startswith("NOT OK bad (production): ")
    (line,) = [line for line in answer.out.splitlines() if line.startswith("  FAIL ")]
    assert "ELBSecurityPolicy-2016-08" in line


def test_one_bad_stack_among_good_ones_is_status_1(
    project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    project.stack("bad", **WEAK_TLS)
    answer = ascent("plan")
    assert answer.status == 1
    assert planning == ["bad", "dev"], "the largest is planned first"
    assert [line.partition(" (")[0] for line in answer.out.splitlines()[-2:]] == ["OK dev", "NOT OK bad"]


def test_json(project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    project.stack("bad", **WEAK_TLS)
    answer = ascent("plan", "dev", "bad", "--json")
    assert (answer.status, answer.err) == (1, "")
    document = json.loads(answer.out)
    assert document["schemaVersion"] == 1
    dev, bad = document["stacks"]
    assert (dev["plan"]["stack"], dev["fine"], dev["problems"]) == ("dev", True, [])
    assert (bad["plan"]["stack"], bad["fine"]) == ("bad", False)
    assert from_json(json.dumps(dev["plan"])).tier == "mvp"
    asked = {one["token"]: one["standsIn"] for one in dev["lookUps"]}
    assert "settings/offers" in asked["aws:index/getAvailabilityZones:getAvailabilityZones"]
    verdicts = dev["verdicts"]
    assert {v["status"] for v in verdicts} <= {"pass", "fail", "unknown", "error"}
    assert all(set(v) >= {"rule", "urn", "status", "level", "found", "wanted", "fix"} for v in verdicts)
    failed = [v for v in bad["verdicts"] if v["status"] == "fail" and v["level"] == "mandatory"]
    assert [v["found"] for v in failed if "ELBSecurityPolicy-2016-08" in v["found"]]


def test_a_plan_has_exactly_what_its_schema_describes(
    project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    schema = json.loads((ROOT / "docs" / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
    document = json.loads(ascent("plan", "dev", "--json").out)
    whole = json.loads((ROOT / "docs" / "schemas" / "plan-verdicts.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in validator_for(whole)(whole).iter_errors(document)] == []
    plan = document["stacks"][0]["plan"]
    assert [error.message for error in validator_for(schema)(schema).iter_errors(plan)] == []
    assert set(schema["required"]) == set(plan) == set(schema["properties"])
    for name, entries in (
        ("Resource", plan["resources"]),
        ("Options", [r.get("options", {}) for r in plan["resources"]]),
    ):
        described = schema["$defs"][name]
        assert described["additionalProperties"] is False
        for entry in entries:
            assert set(described.get("required", ())) <= set(entry) <= set(described["properties"])


def test_show_prints_inputs(project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    answer = ascent("plan", "dev", "--show", "*loadBalancer*")
    assert (answer.status, answer.err) == (0, "")
    urn, _, rest = answer.out.partition("\n")
    assert urn.endswith("$aws:lb/loadBalancer:LoadBalancer::ascent-dev-ingress-lb-alb")
    inputs = json.loads(rest)
    assert (inputs["internal"], inputs["name"]) == (True, "ascent-dev-internal-638e")
    assert inputs["subnets"] == ["<known after deployment>"] * 2


def test_show_matches_names_too(project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    answer = ascent("plan", "dev", "--show", "ascent-dev-dynamodb-table")
    assert answer.out.count("urn:pulumi:") == 1


def test_show_without_a_match(project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    answer = ascent("plan", "dev", "--show", "*kubernetes*")
    assert answer.status == 2
    assert answer.out == ""
    assert answer.line.startswith("ascent plan --show *kubernetes*: no URN or name in dev matches; ")


def test_out_writes_whole_files(
    project: Project, planning: list[str], ascent: Callable[..., Answer], tmp_path: Path
) -> None:
    project.stack("qa", **MVP)
    for _ in range(2):
        answer = ascent("plan", "--out", str(tmp_path / "out"))
        assert answer.status == 0
    files = sorted(str(f.relative_to(tmp_path / "out")) for f in (tmp_path / "out").rglob("*") if f.is_file())
    assert files == ["dev/plan.json", "qa/plan.json"], "no draft is left behind"
    assert from_json((tmp_path / "out" / "qa" / "plan.json").read_text(encoding="utf-8")).stack == "qa"


def test_a_write_that_fails_leaves_the_old_plan(
    project: Project,
    planning: list[str],
    ascent: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = project.write("out/dev/plan.json", "the plan of yesterday")

    def full(_self: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    answer = ascent("plan", "dev", "--out", str(tmp_path / "out"))
    assert answer.status == 2
    assert answer.line.endswith(" that can be written")
    assert "/out: No space left on device; " in answer.line
    assert file.read_text(encoding="utf-8") == "the plan of yesterday"


@pytest.mark.parametrize("taken", ["out", "out/dev"])
def test_a_file_in_the_way(
    taken: str, project: Project, planning: list[str], ascent: Callable[..., Answer], tmp_path: Path
) -> None:
    project.write(taken, "not a directory")
    answer = ascent("plan", "dev", "--out", str(tmp_path / "out"))
    assert answer.status == 2
    assert answer.line.startswith(f"ascent plan --out {tmp_path / 'out'}: ")
    assert answer.line.endswith(" that can be written")


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_escape_codes_away_from_a_terminal(
    variables: dict[str, str],
    project: Project,
    planning: list[str],
    ascent: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    answer = ascent("plan", "dev")
    assert answer.out
    assert "\x1b" not in answer.out + answer.err


def test_the_whole_way_with_workers(project: Project) -> None:
    """Another process, its workers, its pipes: the same statuses and lines."""
    project.stack("bad", **{"ascent:tier": "mpv"})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ascent", "plan", "bad", "dev", "-C", str(project.directory)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert line.startswith("Pulumi.bad.yaml:2: ascent:tier is 'mpv': one of mvp, startup, production, enterprise; ")


def test_full_looks_into_what_is_known_in_part() -> None:
    """The table alone is quick and leaves such values open, and says so."""

    def said(*options: str) -> str:
        command = [sys.executable, "-m", "ascent", "plan", "dev", *options]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    hint = "`ascent plan --full` also looks into values that are known in part."
    quick, full = said(), said("--full")
    assert hint in quick
    assert ", 6 unverified until deployed" in quick
    assert hint not in full
    # What starts machines is Base64, in which parts cannot be told apart.
    assert ", 1 unverified until deployed" in full


def test_what_a_program_prints_is_said_once(tmp_path: Path) -> None:
    """Also where it runs more than once, to tell what is known in part."""
    shutil.copytree(ROOT, tmp_path / "copy", ignore=shutil.ignore_patterns(".*", "tests", "out", "docs"))
    main = tmp_path / "copy" / "__main__.py"
    main.write_text(main.read_text(encoding="utf-8") + 'print("hello from the program")\n', encoding="utf-8")
    command = [sys.executable, "-m", "ascent", "plan", "dev", "--full"]
    done = subprocess.run(command, cwd=tmp_path / "copy", capture_output=True, text=True, check=True)
    assert (done.stdout + done.stderr).count("hello from the program") == 1
