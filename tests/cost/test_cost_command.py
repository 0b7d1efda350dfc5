"""`ascent cost`: what it prints, its exit statuses, and one line for every bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema.validators import validator_for

from ascent.cost.amounts import dollars
from ascent.cost.estimate import estimate
from settings.offers.regions import REGIONS
from tests.cli.cli_project import ROOT
from tests.cost.cost_things import BOOK

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan
    from tests.cli.cli_project import Answer, Project

HEADER = "item,region,price,unit,what,source,date,confidence"


def document(answer: Answer) -> dict[str, Any]:
    assert (answer.status, answer.err) == (0, "")
    return json.loads(answer.out)


def test_text(ascent: Callable[..., Answer], stack: Callable[[str], Plan]) -> None:
    answer = ascent("dev")
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].startswith("dev  tier mvp, us-east-1, usage of mvp; US dollars a month")
    total = estimate(stack("dev"), BOOK).total
    expected, low, high = (dollars(amount) for amount in (total.expected, total.low, total.high))
    assert lines[-1].startswith(f"OK dev (mvp): {expected} a month expected, {low} to {high}, $")
    assert "  not priced: nothing" in lines
    for start in ("  free: ", "  confidence of the prices", "  cheaper", "  expected of mvp: $20.00 to $32.00"):
        assert any(line.startswith(start) for line in lines), start
    assert "\x1b" not in answer.out


def test_all_stacks_the_smallest_first(ascent: Callable[..., Answer]) -> None:
    answer = ascent()
    summaries = [line.partition(" (")[0] for line in answer.out.splitlines()[-2:]]
    assert summaries == ["OK dev", "OK prod"]


def test_json_is_what_the_schema_says(ascent: Callable[..., Answer]) -> None:
    schema = json.loads((ROOT / "docs" / "schemas" / "cost.schema.json").read_text(encoding="utf-8"))
    validator = validator_for(schema)
    validator.check_schema(schema)
    found = document(ascent("dev", "prod", "--json"))
    assert [str(error) for error in validator(schema).iter_errors(found)] == []
    dev, prod = found["stacks"]
    assert (dev["stack"], prod["stack"]) == ("dev", "prod")
    assert dev["fixed"] < dev["total"]["low"] < dev["total"]["expected"] < dev["total"]["high"]
    assert sum(r["total"]["expected"] for r in prod["resources"]) == pytest.approx(prod["total"]["expected"], abs=0.01)


def test_output_is_a_file_with_the_same_json(ascent: Callable[..., Answer], project: Project) -> None:
    file = project.directory / "out" / "cost.json"
    answer = ascent("dev", "--output", str(file))
    assert (answer.status, answer.out, answer.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == ascent("dev", "--json").out


@pytest.mark.parametrize(("more", "status", "word"), [("-0.01", 1, "NOT OK"), ("0.01", 0, "OK")])
def test_a_maximum(
    more: str, status: int, word: str, ascent: Callable[..., Answer], stack: Callable[[str], Plan]
) -> None:
    maximum = estimate(stack("dev"), BOOK).total.expected + Decimal(more)
    answer = ascent("dev", "--max", str(maximum))
    assert (answer.status, answer.err) == (status, "")
    assert answer.out.splitlines()[-1].startswith(f"{word} dev (mvp): ")


def test_what_has_no_price_is_never_within_a_maximum(ascent: Callable[..., Answer]) -> None:
    answer = ascent("dev", "--region", "ap-southeast-2", "--max", "100000")
    assert (answer.status, answer.err) == (1, "")
    last = answer.out.splitlines()[-1]
    assert last.startswith("NOT OK dev (mvp): at least $")
    assert last.endswith("not priced, not known to be within the maximum of $100,000.00")
    assert "no price for alb.hour in ap-southeast-2" in " ".join(answer.out.split())
    assert ascent("dev", "--region", "ap-southeast-2").status == 0, "without a maximum it is only said"


def test_another_region_costs_more(ascent: Callable[..., Answer]) -> None:
    here, there = (document(ascent("dev", "--json", *more))["stacks"][0] for more in ((), ("--region", "eu-west-1")))
    assert there["region"] == "eu-west-1"
    assert there["fixed"] > here["fixed"]


def test_the_usage_file_beside_the_stack(ascent: Callable[..., Answer], project: Project) -> None:
    project.write("Usage.dev.yaml", "egressGb: 1_000\n")
    dev, prod = document(ascent("dev", "prod", "--json"))["stacks"]
    assert (dev["usageProfile"], prod["usageProfile"]) == ("mvp and Usage.dev.yaml", "production")
    (cdn,) = [r for r in dev["resources"] if r["type"] == "aws:cloudfront/distribution:Distribution"]
    assert cdn["total"]["low"] == pytest.approx(85 + 0.05), "1,000 GB x 0.085, and 50,000 requests"


def test_a_usage_file_by_name_replaces_it(ascent: Callable[..., Answer], project: Project) -> None:
    project.write("Usage.dev.yaml", "nonsense: 1\n")
    file = project.write("busy.yaml", "requests: 7_000_000\n")
    (dev,) = document(ascent("dev", "--json", "--usage", str(file)))["stacks"]
    assert dev["usageProfile"] == "mvp and busy.yaml"


def test_own_prices_come_first(ascent: Callable[..., Answer], project: Project) -> None:
    row = "alb.hour,us-east-1,0.02,hour,balancer,our agreement,2026-11-01,H"
    file = project.write("own.csv", f"{HEADER}\n{row}\n")
    listed, own = (document(ascent("dev", "--json", *more))["stacks"][0] for more in ((), ("--prices", str(file))))
    assert own["fixed"] == pytest.approx(listed["fixed"] - 730 * 0.0025)


def test_stale_prices_are_a_line_beside_the_costs(ascent: Callable[..., Answer], project: Project) -> None:
    row = "alb.hour,us-east-1,0.02,hour,balancer,our agreement,2001-01-01,H"
    file = project.write("own.csv", f"{HEADER}\n{row}\n")
    answer = ascent("dev", "--prices", str(file))
    assert answer.status == 0
    assert answer.line.startswith("price book: ")
    assert "alb.hour in us-east-1 on 2001-01-01; check them against our agreement" in answer.line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("dev", "--region", "us-east-9"),
            f"ascent cost --region us-east-9: must be one of {', '.join(REGIONS)}; did you mean us-east-2?",
        ),
        (
            ("dev", "--max", "-1"),
            "ascent cost --max -1: must be a number from 0 to 1000000000000",
        ),
        (("nope",), "no stack 'nope': there is no Pulumi.nope.yaml; the stacks are: dev, prod"),
        (("dev", "--usage", "none.yaml"), "none.yaml: there is no such usage file; write one, or leave the option out"),
        (
            ("dev", "--prices", "none.csv"),
            "none.csv: cannot be read: No such file or directory; name a table in CSV",
        ),
    ],
)
def test_bad_arguments_are_one_line(arguments: tuple[str, ...], line: str, ascent: Callable[..., Answer]) -> None:
    answer = ascent(*arguments)
    assert (answer.status, answer.out, answer.line) == (2, "", line)


def test_a_bad_usage_file_is_one_line(ascent: Callable[..., Answer], project: Project) -> None:
    project.write("Usage.dev.yaml", "request: 1\n")
    answer = ascent("dev")
    assert (answer.status, answer.out) == (2, "")
    assert answer.line.startswith("Usage.dev.yaml:1: request is not a usage key: usage keys here are requests, ")
    assert answer.line.endswith("; write requests")


def test_a_bad_price_book_is_one_line(ascent: Callable[..., Answer], project: Project) -> None:
    file = project.write("own.csv", f"{HEADER}\nalb.hour,us-east-1,0.02,,balancer,our agreement,2026-11-01,H\n")
    answer = ascent("dev", "--prices", str(file))
    assert (answer.status, answer.out) == (2, "")
    assert answer.line.startswith("own.csv:2: alb.hour in us-east-1: unit is missing: ")


def test_the_whole_way_with_workers(project: Project, stack: Callable[[str], Plan]) -> None:
    """Another process and its workers: the same figures."""
    command = [sys.executable, "-m", "ascent", "cost", "dev", "--json", "-C", str(project.directory)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    (found,) = json.loads(run.stdout)["stacks"]
    assert found["fixed"] == pytest.approx(float(estimate(stack("dev"), BOOK).fixed))
