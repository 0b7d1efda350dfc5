"""`ascent readiness`: exit statuses, formats, bad input."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ascent.cli import main
from ascent.readiness.checklist import shipped
from tests.cli.cli_project import MVP

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project

DRILL: dict[str, Any] = {
    "item": 60,
    "claim": "rolled back in four minutes",
    "owner": "team",
    "date": "2026-10-01",
    "expires": "2026-12-31",
    "stacks": ["dev"],
    "evidence": "https://wiki.example.com/drill",
}


def attest(project: Project, *entries: dict[str, Any]) -> None:
    project.write("docs/attestations.yaml", yaml.safe_dump({"attestations": list(entries)}))


def score_of(answer: Answer) -> float:
    found = re.match(r"(\d+\.\d) of 100 ", answer.out.splitlines()[-1])
    assert found, answer.out[-200:]
    return float(found[1])


def test_text(readiness: Callable[..., Answer]) -> None:
    answer = readiness("dev")
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].rstrip() == "dev  tier mvp, as of 2026-11-21"
    assert re.fullmatch(
        r"\d+\.\d of 100 dev \(mvp\): \d+ of \d+ items met, \d+ critical gaps?, \d+ unknown until deployed, "
        r"\d+ not applicable",
        lines[-1],
    )
    gaps = [line.split()[0] for line in lines if re.match(r"  (critical|high|medium|low) ", line)]
    assert gaps == sorted(gaps, key=["critical", "high", "medium", "low"].index)
    assert gaps[0] == "critical"
    assert "\x1b" not in answer.out


def test_all_stacks_without_a_name(project: Project, readiness: Callable[..., Answer]) -> None:
    project.stack("other", **MVP)
    assert [line.split()[3] for line in readiness().out.splitlines()[-2:]] == ["dev", "other"]
    assert [line.split()[3] for line in readiness("other", "dev").out.splitlines()[-2:]] == ["other", "dev"]


def test_items_shows_all_evidence(readiness: Callable[..., Answer]) -> None:
    out = readiness("dev", "--items").out
    heads = re.findall(r"^ {0,3}(\d+)  (met|unmet|unknown until deployed|not applicable|waived) ", out, re.MULTILINE)
    assert [int(number) for number, _ in heads] == list(range(1, 226))
    assert "urn:pulumi:dev::ascent::" in out
    assert "asked from production on; this stack is mvp" in out


def test_json(readiness: Callable[..., Answer]) -> None:
    answer = readiness("dev", "--json")
    assert (answer.status, answer.err) == (0, "")
    document = json.loads(answer.out)
    (dev,) = document["stacks"]
    assert (document["schemaVersion"], document["date"], dev["stack"]) == (1, "2026-11-21", "dev")
    assert dev["score"] == score_of(readiness("dev"))
    assert len(dev["items"]) == len(shipped().items)
    assert answer.out == readiness("dev", "--json").out


def test_markdown(readiness: Callable[..., Answer]) -> None:
    out = readiness("dev", "--markdown").out
    assert out.startswith("# Readiness of dev: ")
    assert out.index("## Critical gaps") < out.index("## By area") < out.index("## By phase") < out.index("## Items")


def test_min_score(readiness: Callable[..., Answer]) -> None:
    score = score_of(readiness("dev"))
    assert readiness("dev", "--min-score", str(score)).status == 0
    below = readiness("dev", "--min-score", f"{score + 0.1:.1f}")
    assert (below.status, below.err) == (1, "")
    assert score_of(below) == score
    assert readiness("dev", "--min-score", "0", "--json").status == 0


@pytest.mark.parametrize("value", ["-1", "100.1", "nan", "inf", "high"])
def test_a_score_out_of_range(value: str, readiness: Callable[..., Answer]) -> None:
    answer = readiness("dev", f"--min-score={value}")
    assert answer.status == 2
    assert answer.out == ""
    assert answer.line == f"ascent readiness --min-score {value}: must be a number from 0 to 100"


def test_an_attestation_counts_until_it_expires(project: Project, readiness: Callable[..., Answer]) -> None:
    project.stack(
        "dev",
        **{
            "aws:region": "us-east-1",
            "ascent:tier": "startup",
            "ascent:accountId": "111111111111",
            "ascent:edge": {"domain": "a.example.com", "hostedZoneId": "Z0123456789ABC"},
            "ascent:observability": {"alarmEmails": ["a@example.com"]},
        },
    )
    without = score_of(readiness("dev"))
    attest(project, DRILL)
    attested = readiness("dev")
    assert score_of(attested) > without
    assert "EXPIRED" not in attested.out
    expired = readiness("dev", day="2027-01-01")
    assert (expired.status, expired.err) == (0, "")
    assert score_of(expired) == without
    (line,) = [line for line in expired.out.splitlines() if line.startswith("  EXPIRED  ")]
    assert "the attestation of item 60 by team (rolled back in four minutes) expired on 2026-12-31" in line
    assert "expired on 2026-12-31" in readiness("dev", "--markdown", day="2027-01-01").out
    assert json.loads(readiness("dev", "--json", day="2027-01-01").out)["stacks"][0]["findings"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"owner": ""}, "attestations.yaml:7: attestations[0].owner is "),
        (
            {"stacks": ["dev", "dve"]},
            'attestations.yaml:8: attestations[0].stacks is ["dev", "dve"]: dve is no stack; the stacks are dev; '
            "write dev",
        ),
        (
            {"evidence": "docs/none.md"},
            'attestations.yaml:4: attestations[0].evidence is "docs/none.md": there is no such file in the project; ',
        ),
        ({"item": 999}, "attestations.yaml:6: attestations[0].item is 999: there is no such item"),
        ({"item": 1}, "attestations.yaml:6: attestations[0].item is 1: Subnets in two zones or more, "),
    ],
)
def test_a_wrong_attestation(
    changes: dict[str, Any], said: str, project: Project, readiness: Callable[..., Answer]
) -> None:
    attest(project, {**DRILL, **changes})
    answer = readiness("dev")
    assert (answer.status, answer.out) == (2, "")
    assert answer.line.startswith(said)


def test_formats_exclude_each_other(readiness: Callable[..., Answer]) -> None:
    answer = readiness("dev", "--json", "--markdown")
    assert answer.status == 2
    assert answer.line == "ascent readiness: --json, --markdown and --items exclude each other; give one of them"


def test_unknown_stack(readiness: Callable[..., Answer]) -> None:
    answer = readiness("prdo")
    assert answer.status == 2
    assert answer.line.startswith("no stack 'prdo': ")


def test_a_day_that_is_none(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["readiness", "dev", "--as-of", "2026-13-01", "-C", str(project.directory)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("ascent readiness --as-of 2026-13-01: is no day; write it as YYYY-MM-DD")


def test_results_of_tests_that_are_not_there(project: Project, readiness: Callable[..., Answer]) -> None:
    answer = readiness("dev", "--tests", str(project.directory / "none.xml"))
    assert answer.status == 2
    assert "none.xml: cannot be read: No such file or directory" in answer.line
