"""The command: what it prints, how it exits, and what it says of wrong input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema.validators import validator_for

from ascent.cli import main
from ascent.output.schemas import schemas
from ascent.plan.offline.recording import Recording
from tests.cli.cli_project import Answer, Project
from tests.reach.test_reach_stacks import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@pytest.fixture
def ascent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Answer]:
    """Ask about the stack dev, with a plan that is at hand."""
    project = Project(tmp_path)

    def plan_stacks(_workers: object, stacks: Sequence[str], *, partly: bool) -> list[Recording]:
        assert partly, "what an input means is known in part"
        return [Recording(plan=shipped(name), diagnostics=(), reads=()) for name in stacks]

    monkeypatch.setattr("ascent.planning.start_workers", lambda _directory, _most: [])
    monkeypatch.setattr("ascent.planning.plan_stacks", plan_stacks)

    def ascent(*words: str) -> Answer:
        status = main(["reach", *words, "-C", str(project.directory)])
        return Answer(status, *capsys.readouterr())

    return ascent


def test_a_way_that_is_open(ascent: Callable[..., Answer]) -> None:
    answer = ascent("dev", "internet", "app")
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "internet -> cloudfront:443"
    assert "cloudfront -> load-balancer:80" in lines
    assert "load-balancer -> app:8000" in lines
    assert lines[-1] == "internet reaches app"


def test_a_way_that_is_closed_names_what_stops_it(ascent: Callable[..., Answer]) -> None:
    answer = ascent("dev", "internet", "app", "--port", "22")
    assert answer.status == 1
    *_, stopped, last = (line.strip() for line in answer.out.splitlines())
    assert stopped == "x load-balancer passes on to port 8000 of app alone"
    assert last == "internet does not reach app"


def test_without_an_end_all_ways_are_listed(ascent: Callable[..., Answer]) -> None:
    assert ascent("dev", "app").status == 0
    answer = ascent("dev")
    assert answer.status == 0
    assert "dev: who reaches whom" in answer.out
    assert "cloudfront" in answer.out


def test_a_document_for_machines(ascent: Callable[..., Answer]) -> None:
    schema = schemas()["reach"]
    for words, verdict, status in (
        (("dev", "internet", "app"), "open", 0),
        (("dev", "internet", "dynamodb"), "closed", 1),
        (("dev",), None, 0),
    ):
        answer = ascent(*words, "--json")
        assert answer.status == status
        document = json.loads(answer.out)
        validator_for(schema)(schema).validate(document)
        assert verdict in (None, document["answers"][0]["verdict"])


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("dev", "ap", "dynamodb"), "ascent reach dev ap: must be one of internet, internet-ipv6, cloudfront"),
        (("dev", "app", "10.0.0.7"), "ascent reach dev 10.0.0.7: must be one of"),
        (("dev", "app", "app"), "ascent reach dev app app: FROM and TO are the same; name two places"),
        (("dev", "internet", "198.51.100.7"), "both are on the internet; name a place of the stack"),
        (("dev", "app", "--port", "22"), "ascent reach dev --port 22: it is a port at TO; name FROM and TO"),
        (("dev", "internet", "app", "--port", "0"), "must be a whole number from 1 to 65535"),
        (("qa", "internet", "app"), "qa"),
    ],
)
def test_wrong_input_is_one_line(ascent: Callable[..., Answer], words: tuple[str, ...], line: str) -> None:
    answer = ascent(*words)
    assert (answer.status, answer.out) == (2, "")
    assert line in answer.line
