"""`ascent explain`: every setting, its value, unit and origin; secrets stay hidden."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from settings.load import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project

STARTUP: dict[str, Any] = {
    "aws:region": "eu-west-1",
    "ascent:tier": "startup",
    "ascent:network": {"azCount": 3},
    "ascent:observability": {"alarmEmails": ["a@example.com"]},
    "ascent:security": {"secrets": {"STRIPE_KEY": {"secure": "v1:plain"}, "SEALED": {"secure": "v1:cipher"}}},
    "ascent:edge": {"domain": {"secure": "v1:cipher"}},
}


@pytest.fixture
def explained(project: Project, ascent: Callable[..., Answer]) -> dict[str, dict[str, Any]]:
    """The records of a startup stack by path."""
    project.stack("qa", **STARTUP)
    answer = ascent("explain", "qa", "--json")
    assert (answer.status, answer.err) == (0, "")
    return {record["path"]: record for record in json.loads(answer.out)}


def test_json_names_origin_and_unit(explained: dict[str, dict[str, Any]]) -> None:
    found = {
        path: (explained[f"ascent:{path}"]["value"], explained[f"ascent:{path}"]["origin"])
        for path in ("network.azCount", "network.nat", "network.cidr", "region", "tier", "environment")
    }
    assert found == {
        "network.azCount": (3, "stack file"),
        "network.nat": ("single", "tier"),
        "network.cidr": ("10.0.0.0/16", "default"),
        "region": ("eu-west-1", "stack file"),
        "tier": ("startup", "stack file"),
        "environment": ("qa", "default"),
    }
    assert explained["ascent:network.flowLogRetentionDays"]["unit"] == "days"
    assert "$36.50" in explained["ascent:network.nat"]["cost"]


def test_every_setting_says_what_it_is_for(explained: dict[str, dict[str, Any]]) -> None:
    assert len(explained) > 70
    assert [path for path, record in explained.items() if not record["about"]] == []
    assert {path.partition(":")[2].partition(".")[0] for path in explained} >= set(SECTIONS)


def test_secrets_are_hidden(explained: dict[str, dict[str, Any]]) -> None:
    assert explained["ascent:security.secrets"]["value"] == {"STRIPE_KEY": "[secret]", "SEALED": "[secret]"}
    assert explained["ascent:edge.domain"]["value"] == "[encrypted]"
    text = json.dumps(explained, ensure_ascii=False)
    assert not any(trace in text for trace in ("v1:plain", "v1:cipher", "⟦"))


def test_table(project: Project, ascent: Callable[..., Answer]) -> None:
    project.stack("qa", **STARTUP)
    answer = ascent("explain", "qa")
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].strip() == "qa: tier startup"
    assert lines[1].split() == ["setting", "value", "unit", "from", "what", "it", "is", "for"]
    (row,) = [line for line in lines if line.startswith("network.nat ")]
    assert row.split()[1:3] == ["single", "tier"]
    assert "v1:plain" not in answer.out


def test_one_section(project: Project, ascent: Callable[..., Answer]) -> None:
    paths = [record["path"] for record in json.loads(ascent("explain", "dev", "budget", "--json").out)]
    assert paths == ["ascent:budget.monthlyLimitUsd", "ascent:budget.actualPercent", "ascent:budget.forecastPercent"]
    outside = [record["path"] for record in json.loads(ascent("explain", "dev", "stack", "--json").out)]
    assert "ascent:owner" in outside
    assert not [path for path in outside if "." in path]


def test_one_setting(project: Project, ascent: Callable[..., Answer]) -> None:
    answer = ascent("explain", "dev", "data.postgres.engineVersion")
    assert (answer.status, answer.err) == (0, "")
    said = dict(line.rstrip().split("  ", 1) for line in answer.out.splitlines())
    assert said["setting"].strip() == "data.postgres.engineVersion"
    assert said["downtime"].strip().startswith("10 to 30 minutes")
    assert max(map(len, map(str.rstrip, answer.out.splitlines()))) < 100
    below = [record["path"] for record in json.loads(ascent("explain", "dev", "data.postgres", "--json").out)]
    assert "ascent:data.postgres.engineVersion" in below
    assert all(path.startswith("ascent:data.postgres.") for path in below)


def test_what_a_change_does(explained: dict[str, dict[str, Any]]) -> None:
    keys = explained["ascent:data.dynamodb.partitionKey"]["changes"]
    assert (keys["effect"], keys["what"], keys["data"]) == ("replaces", ["DynamoDB table"], "the items in it")
    assert explained["ascent:owner"]["changes"]["effect"] == "in place"


def test_a_wrong_setting_is_told_the_near_one(project: Project, ascent: Callable[..., Answer]) -> None:
    answer = ascent("explain", "dev", "network.nta")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("ascent explain dev network.nta: must be one of network.cidr, ")
    assert answer.err.endswith("did you mean network.nat?\n")


def test_a_narrow_terminal_reads_well(
    project: Project, ascent: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    lines = ascent("explain", "dev", "network").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("network.cidr  10.0.0.0/16  default") for line in lines)


def test_no_escape_codes_away_from_a_terminal(project: Project, ascent: Callable[..., Answer]) -> None:
    assert "\x1b" not in ascent("explain", "dev").out


@pytest.mark.parametrize(("variable", "coloured"), [("COLORTERM", True), ("NO_COLOR", False)])
def test_no_color_is_respected_on_a_terminal(
    variable: str, coloured: bool, project: Project, ascent: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv(variable, "1")
    out = ascent("explain", "dev").out
    assert bool(re.search(r"\x1b\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7])", out)) is coloured


@pytest.mark.usefixtures("planning")
@pytest.mark.parametrize("arguments", [["explain", "dev"], ["plan", "dev"]])
def test_what_pulumi_esc_keeps_is_said_once(
    project: Project, ascent: Callable[..., Answer], arguments: list[str]
) -> None:
    file = project.directory / "Pulumi.dev.yaml"
    file.write_text(f"environment: [shop/dev]\n{file.read_text()}")
    answer = ascent(*arguments)
    assert answer.status == 0
    assert answer.line.startswith("Pulumi.dev.yaml: environment is shop/dev: the values of Pulumi ESC are known to ")
