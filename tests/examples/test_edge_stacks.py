"""The small examples of ways in: each plans, breaks nothing that its tier forbids unless it says so, and is priced."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.costing import cost_of
from ascent.cost.usage.profiles import profile_of
from ascent.plan.check import problems
from ascent.plan.config import read_stack
from ascent.plan.partly.record import record_partly
from ascent.reach.ask import Network
from ascent.verdicts.judge import judge
from policies.pack import types
from tests.stacks.planning import ROOT

if TYPE_CHECKING:
    from ascent.plan.offline.recording import Recording

EXAMPLES: Final = ROOT / "examples" / "stacks"

STACKS: Final = ("guarded", "maintenance", "static-files")
"""Examples of the edge."""


@cache
def recorded(name: str, place: str) -> Recording:
    project = Path(place)
    (project / "Pulumi.yaml").write_text(f"name: ascent\nruntime: python\nmain: {ROOT}\n")
    (project / f"Pulumi.{name}.yaml").write_text((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return record_partly(read_stack(project, name), keep_modules=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize("name", STACKS)
def test_it_plans_and_every_resource_has_a_price_or_a_reason(name: str, place: str) -> None:
    recording = recorded(name, place)
    plan = recording.plan
    assert problems(plan, recording.reads) == []
    usage_name, usage = profile_of(plan.tier)
    costing = cost_of(plan, load_prices(), usage, usage_name=usage_name, region=plan.region)
    assert costing.estimate.total.expected > 0
    assert f"{name}.yaml" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("static-files", set()),
        ("maintenance", set()),
        # What only counts stops nothing, and the rules say so.
        (
            "guarded",
            {"waf-ip-rate-limit", "waf-known-bad-inputs", "waf-sqli", "waf-xss"},
        ),
    ],
)
def test_what_it_breaks_is_what_it_says(name: str, broken: set[str], place: str) -> None:
    report = judge(recorded(name, place).plan)
    assert {one.verdict.rule for one in report.mandatory_failures} == broken


def test_files_are_served_under_one_name_with_the_application(place: str) -> None:
    net = Network(recorded("static-files", place).plan)
    internet = net.places["internet"]
    assert [hop.target for hop in net.ask(internet, net.places["app"]).hops][:1] == ["cloudfront"]
    assert net.ask(internet, net.places["ingress-files-store"]).reaches


def test_at_rest_nobody_reaches_the_application_and_the_files_stay(place: str) -> None:
    net = Network(recorded("maintenance", place).plan)
    internet = net.places["internet"]
    assert not net.ask(internet, net.places["app"]).reaches
    assert net.ask(internet, net.places["ingress-files-store"]).reaches


def test_guarded_by_two_firewalls_and_a_second_place(place: str) -> None:
    plan = recorded("guarded", place).plan
    scopes = {one.inputs["scope"] for one in plan.by_type[types.WAFV2_WEB_ACL]}
    assert scopes == {"REGIONAL", "CLOUDFRONT"}
    roles = {one.inputs.get("setIdentifier") for one in plan.by_type[types.ROUTE53_RECORD]}
    assert {"primary", "secondary"} <= roles
