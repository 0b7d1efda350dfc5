"""`ascent what-if`: the figures are those of the two plans, no file is touched, and bad input is one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ascent.cli import main
from ascent.plan.config import Variant
from ascent.plan.workers import worker
from ascent.whatif.asked import settings_asked
from common.problems import InputError
from tests.cli.cli_project import Answer, Project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ascent.plan.offline.recording import Recording


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Stacks dev (mvp) and qa (startup)."""
    project = Project(tmp_path)
    mails = {"ascent:observability": {"alarmEmails": ["a@example.com"]}}
    project.stack("qa", **{"aws:region": "us-east-1", "ascent:tier": "startup", **mails})
    return project


@pytest.fixture
def what_if(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """Run `ascent what-if`, planning in this process."""

    def plan_stacks(_workers: object, stacks: Sequence[str | Variant], *, partly: bool) -> list[Recording]:
        variants = [one if isinstance(one, Variant) else Variant(one) for one in stacks]
        answers = [worker.answer(project.directory, v.stack, dict(v.changes), partly=False) for v in variants]
        if errors := [answer.error for answer in answers if answer.recording is None]:
            raise InputError("\n".join(errors))
        return [answer.recording for answer in answers if answer.recording is not None]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)

    def what_if(*arguments: str) -> Answer:
        status = main(["what-if", *arguments, "--as-of", "2026-11-21", "-C", str(project.directory)])
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return what_if


def document(answer: Answer) -> dict[str, Any]:
    assert answer.err == ""
    return json.loads(answer.out)


def test_a_nat_gateway_more_costs_what_a_gateway_costs(what_if: Callable[..., Answer], project: Project) -> None:
    before = {path: path.read_bytes() for path in project.directory.rglob("*") if path.is_file()}
    found = document(what_if("qa", "network.nat=per_az", "--json"))
    # 730 hours x (0.045 for the gateway + 0.005 for its address)
    assert found["dollars"] == pytest.approx(36.5)
    assert found["cost"]["after"] - found["cost"]["before"] == pytest.approx(36.5)
    assert (found["fine"], found["replaced"], found["care"], found["unpriced"]) == (True, [], [], [])
    assert found["commands"] == [
        "pulumi config set --stack qa --path ascent:network.nat per_az",
        "pulumi up --stack qa",
    ]
    assert {path: path.read_bytes() for path in project.directory.rglob("*") if path.is_file()} == before


def test_what_is_replaced_says_by_what(what_if: Callable[..., Answer]) -> None:
    found = document(what_if("qa", "data.dynamodb.sortKey=null", "data.dynamodb.partitionKey=id", "--json"))
    replaced = {one["urn"].rpartition("::")[2]: one["by"] for one in found["replaced"]}
    assert replaced["ascent-qa-dynamodb-table"] == ["hashKey"]
    (care,) = [one for one in found["care"] if one["kind"] == "data replaced"]
    assert "hashKey can only be changed with a new one, without the items in it" in care["why"]


def test_a_mandatory_rule_that_would_be_broken_is_status_1(what_if: Callable[..., Answer]) -> None:
    answer = what_if("qa", "network.flowLogRetentionDays=1", "resilience.protect=false", "--json")
    found = document(answer)
    assert answer.status == (0 if found["fine"] else 1)
    assert found["fine"] == (not any(one["meaning"] == "FAIL" for one in found["broken"]))
    assert found["points"] < 0
    assert found["broken"]


def test_what_a_change_demands_beside_it_has_a_placeholder(what_if: Callable[..., Answer]) -> None:
    answer = what_if("dev", "edge.ingress=alb")
    assert answer.err == ""
    text = answer.out
    assert text.startswith("dev (mvp) with edge.ingress alb, edge.domain <your-domain>\n")
    assert "pulumi config set --stack dev --path ascent:edge.domain '<your-domain>'" in text
    assert "<your-domain>: the host name that users type" in text
    for heading in ("  cost  ", "  score  ", "  resources  ", "  findings  ", "  to make it so\n"):
        assert heading in text


def test_an_unpriced_size_is_the_least(what_if: Callable[..., Answer]) -> None:
    answer = what_if("dev", "region=ap-southeast-2", "--json")
    assert document(answer)["unpriced"]
    assert "  cost       at least " in what_if("dev", "aws:region=ap-southeast-2").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dev", "network.nat"], "ascent what-if dev network.nat: must be SETTING=VALUE, such as network.nat=single"),
        (["dev", "nat=single"], "ascent what-if dev nat=single: is not a setting; did you mean network.nat?"),
        (
            ["dev", "network.nta=single"],
            "ascent what-if dev network.nta=single: is not a setting; did you mean network.",
        ),
        (
            ["dev", "network=1"],
            "ascent what-if dev network=1: is a section; name a setting in it, such as network.",
        ),
        (["dev", "network.nat=sinlge"], 'ascent what-if dev: Pulumi.dev.yaml: ascent:network.nat is "sinlge": '),
        (["dev", "tier=mvp"], "ascent what-if dev tier=mvp: is what the stack's file says already; ask for another"),
        (["nope", "tier=mvp"], "no stack 'nope': "),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], said: str, what_if: Callable[..., Answer]) -> None:
    answer = what_if(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.line.startswith(said)


def test_values_are_read_as_a_stack_file_has_them() -> None:
    given = [
        "ascent:network.azCount=3",
        "data.postgres.enabled=true",
        "security.customerManagedKeys=[data, logs]",
        "services.web.cpu=512",
        "compute.image=acme/app:1",
        "edge.domain=null",
        "owner=",
    ]
    assert settings_asked("c", given) == {
        "network.azCount": 3,
        "data.postgres.enabled": True,
        "security.customerManagedKeys": ["data", "logs"],
        "services.web.cpu": 512,
        "compute.image": "acme/app:1",
        "edge.domain": None,
        "owner": "",
    }
