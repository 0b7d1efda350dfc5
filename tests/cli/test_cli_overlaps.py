"""Two stack files that create what their account has only one of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ascent.overlaps import overlaps

ROOT = Path(__file__).resolve().parents[2]
TIER = """\
  ascent:tier: startup
  ascent:edge: {domain: app.example.com, hostedZoneId: Z0123456789ABCDEF}
  ascent:observability: {alarmEmails: [oncall@example.com]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n", encoding="utf-8")
    (tmp_path / "__main__.py").write_text("", encoding="utf-8")
    return tmp_path


def write(project: Path, stack: str, number: str, region: str = "us-east-1", **sections: str) -> None:
    lines = [f"config:\n  aws:region: {region}\n  ascent:accountId: {number}\n{TIER}"]
    lines += [f"  ascent:{name}: {text}\n" for name, text in sections.items()]
    (project / f"Pulumi.{stack}.yaml").write_text("".join(lines), encoding="utf-8")


def test_one_line_names_both_files_and_the_way_out(project: Path) -> None:
    write(project, "one", '"111111111111"', account="{guardDuty: {mode: create}}")
    write(project, "two", '"111111111111"', account="{guardDuty: {mode: create}, baseline: {passwordPolicy: off}}")
    (line,) = overlaps(project, ["one"])
    assert line.startswith("warning: Pulumi.one.yaml and Pulumi.two.yaml both create accessAnalyzer, ")
    assert "guardDuty" in line
    assert "baseline.passwordPolicy" not in line
    assert "account 111111111111" in line
    assert "set each mode to existing" in line


def test_each_pair_once_and_only_of_stacks_asked_for(project: Path) -> None:
    for stack in ("one", "two", "three"):
        write(project, stack, '"111111111111"')
    assert len(list(overlaps(project, ["one", "two", "three"]))) == 3
    assert len(list(overlaps(project, ["one"]))) == 2


@pytest.mark.parametrize("account", ['"222222222222"', "{secure: v1:abc:def}"])
def test_other_accounts_are_others(project: Path, account: str) -> None:
    write(project, "one", '"111111111111"')
    write(project, "two", account)
    assert list(overlaps(project, ["one", "two"])) == []


def test_existing_and_off_are_the_way_out(project: Path) -> None:
    write(project, "one", '"111111111111"', account="{guardDuty: {mode: create}}")
    off = ", ".join(
        f"{key}: off"
        for key in (
            "ebsEncryption",
            "s3PublicAccessBlock",
            "instanceMetadata",
            "imageBlock",
            "snapshotBlock",
            "serialConsoleBlock",
            "passwordPolicy",
        )
    )
    there = '{mode: existing, detectorId: "' + "0" * 32 + '"}'
    write(
        project,
        "two",
        '"111111111111"',
        account=f"{{guardDuty: {there}, accessAnalyzer: {{mode: off}}, baseline: {{{off}}}}}",
    )
    assert list(overlaps(project, ["one", "two"])) == []


def test_in_another_region_only_what_has_none(project: Path) -> None:
    for stack, region in (("one", "us-east-1"), ("two", "eu-west-1")):
        write(project, stack, '"111111111111"', region, account="{guardDuty: {mode: create}, trail: {mode: create}}")
    (line,) = overlaps(project, ["one", "two"])
    assert "both create baseline.passwordPolicy, baseline.s3PublicAccessBlock, trail in" in line


def test_a_broken_file_is_for_planning_to_complain_of(project: Path) -> None:
    write(project, "one", '"111111111111"')
    write(project, "two", '"111111111111"', network="{nat: sometimes}")
    (project / "Pulumi.three.yaml").write_text("config: [\n", encoding="utf-8")
    assert list(overlaps(project, ["one"])) == []


def test_the_shipped_stacks_do_not_meet() -> None:
    assert list(overlaps(ROOT, ["dev", "staging", "prod"])) == []


def test_a_twin_of_production(tmp_path: Path) -> None:
    for name in ("Pulumi.yaml", "Pulumi.prod.yaml", "__main__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copy(tmp_path / "Pulumi.prod.yaml", tmp_path / "Pulumi.twin.yaml")
    (line,) = overlaps(tmp_path, ["prod"])
    assert "config, guardDuty, inspector, securityHub, trail in account 222222222222" in line
