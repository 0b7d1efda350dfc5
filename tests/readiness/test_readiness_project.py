"""Questions to a project: staging beside production, costs, runbooks and the diagram."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.costing import cost_of
from ascent.plan.roles import is_staging
from ascent.readiness.beside import beside_of, planned_beside
from ascent.readiness.content.repository import Repository
from ascent.readiness.model import Status
from ascent.readiness.project import QUESTIONS, Project
from tests.policies.building import Made, U, facts, of
from tests.readiness.honesty.gaming import shipped
from tests.stacks.planning import ROOT

if TYPE_CHECKING:
    from ascent.readiness.query import Answer
    from policies.pack.facts import StackFacts
    from tests.cli.cli_project import Project as Directory

DATABASE = "aws:rds/instance:Instance"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
SERVICE = "aws:ecs/service:Service"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def stack(name: str, tier: str, *resources: Made) -> StackFacts:
    return replace(facts(*resources, tier=tier), stack=name)


def platform(engine: str = "17.6", *, internal: bool = False, size: str = "db.t4g.micro", count: int = 1) -> list[Made]:
    """A small platform, of any size."""
    return [
        of(DATABASE, engine="postgres", engineVersion=engine, instanceClass=size, multiAz=count > 1),
        of(BALANCER, "balancer", internal=internal),
        *(of(SERVICE, f"service-{n}", launchType="FARGATE", desiredCount=count) for n in range(count)),
        of("aws:ec2/natGateway:NatGateway", "nat"),
        *(of("aws:ec2/eip:Eip", f"address-{n}") for n in range(count - 1)),
    ]


def asked(question: str, stack: StackFacts, *others: StackFacts, **known: Any) -> Answer:  # noqa: ANN401 - any part
    parts: dict[str, Any] = {"repository": Repository(), "costing": None, "plan": None, **known}
    return QUESTIONS[question].ask(Project(facts=stack, others=others, **parts))


PROD = stack("prod", "production", *platform(size="db.r7g.large", count=3), of("aws:backup/plan:Plan", "backup"))
LIKE = "staging-like-production"


@pytest.mark.parametrize(
    ("resources", "difference"),
    [
        (platform(), ""),
        (platform(count=2), ""),
        ([*platform(), of(ALARM, "alarm")], ""),
        ([*platform(), of("aws:cloudwatch/dashboard:Dashboard", "board")], ""),
        (platform("16.4"), "engineVersion of Instance is 17.6 in prod and 16.4 in staging"),
        (platform(internal=True), "internal of LoadBalancer is false in prod and true in staging"),
        (platform()[1:], "only prod has Instance"),
        (platform()[:-1], "only prod has NatGateway"),
        ([*platform(), of("aws:cloudfront/distribution:Distribution", "cdn")], "only staging has Distribution"),
        ([], "only prod has NatGateway; only prod has Service; only prod has LoadBalancer (and 1 more)"),
    ],
)
def test_staging_is_like_production_but_for_its_size(resources: list[Made], difference: str) -> None:
    staging = stack("staging", "startup", *resources)
    for answer in (asked(LIKE, staging, PROD), asked(LIKE, PROD, staging)):
        assert answer.status is (Status.UNMET if difference else Status.MET), answer.found
        said = f"differ: {difference}" if difference else "have the same kinds of resources, engines and ways in"
        assert answer.found == f"staging and prod {said}"


def test_what_is_not_known_is_no_difference_by_itself() -> None:
    unknown = [of(DATABASE, engine="postgres", engineVersion=U), *platform()[1:]]
    assert (
        "engineVersion of Instance is 17.6 in prod and unknown in staging"
        in asked(LIKE, stack("staging", "startup", *unknown), PROD).found
    )


def test_without_the_other_stack_there_is_nothing_to_be_like() -> None:
    staging = stack("staging", "startup", *platform())
    dev = stack("dev", "mvp", *platform())
    assert asked(LIKE, PROD).found == "no staging stack was planned beside prod"
    assert asked(LIKE, PROD, dev).status is Status.UNMET
    assert asked(LIKE, staging, dev).found == "no production stack was planned beside staging"
    assert asked(LIKE, dev, staging, PROD).status is Status.MET


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("staging", True),
        ("eu-staging", True),
        ("stg", True),
        ("pre-prod", True),
        ("preprod2", False),
        ("uat.eu", True),
        ("prod", False),
        ("backstage", False),
        ("dev", False),
    ],
)
def test_staging_by_name(name: str, is_one: bool) -> None:
    assert is_staging(name) is is_one


def test_who_is_planned_beside_whom(project: Directory) -> None:
    for name, tier in (("prod", "production"), ("staging", "startup"), ("other", "enterprise")):
        project.stack(name, **{"aws:region": "us-east-1", "ascent:tier": tier})
    at = project.directory
    assert beside_of(at, ["dev"]) == []
    assert beside_of(at, ["prod"]) == beside_of(at, ["prod", "other"]) == ["staging"]
    assert beside_of(at, ["staging"]) == ["other"]
    assert beside_of(at, ["prod", "staging"]) == ["other"]
    assert beside_of(at, ["dev", "prod", "staging", "other"]) == []
    project.write("Pulumi.broken.yaml", "config: [")
    assert beside_of(at, ["prod"]) == ["staging"]


def test_a_stack_that_cannot_be_planned_is_none_to_be_like(project: Directory) -> None:
    project.stack("prod", **{"aws:region": "us-east-1", "ascent:tier": "production"})
    project.stack("staging", **{"aws:region": "us-east-1", "ascent:tier": "no-tier"})
    with planned_beside(project.directory, ["prod"]) as beside:
        assert beside() == ()


def test_costs_are_held_against_the_band_of_the_tier() -> None:
    book = load_prices()
    prod, dev = shipped("prod"), shipped("dev")
    known = {name: cost_of(plan, book) for name, plan in (("prod", prod), ("dev", dev))}
    assert asked("cost-within-band", PROD, costing=known["prod"]).status is Status.UNMET
    assert asked("cost-within-band", PROD, costing=known["dev"]).status is Status.MET
    none = asked("cost-within-band", PROD)
    assert (none.status, none.found) == (
        Status.UNMET,
        "the stack was not priced: the price book has nothing for its region",
    )
    huge = replace(dev, resources=tuple(_unknown_class(r) for r in dev.resources))
    unpriced = asked("cost-within-band", PROD, costing=cost_of(huge, book))
    assert unpriced.status is Status.UNMET
    assert "without 1 resources that have no price" in unpriced.found


def _unknown_class(resource: Any) -> Any:  # noqa: ANN401 - a plan's resource
    if resource.type != "aws:ec2/launchTemplate:LaunchTemplate":
        return resource
    return replace(resource, inputs={**resource.inputs, "instanceType": "t9g.huge"})


def test_commitments_are_weighed_by_the_estimate() -> None:
    costing = cost_of(shipped("prod"), load_prices())
    for question in ("reservations-weighed", "savings-plans-weighed"):
        answer = asked(question, PROD, costing=costing)
        assert answer.status is Status.MET
        assert "breaks even when" in answer.found
        assert asked(question, PROD).status is Status.UNMET
    assert (
        "could be reserved" in asked("reservations-weighed", PROD, costing=cost_of(shipped("dev"), load_prices())).found
    )


def alarm(name: str, description: str) -> Made:
    return of(ALARM, name, alarmDescription=description)


def test_each_alarm_names_a_runbook_that_is_there() -> None:
    repository = Repository({"docs/cpu.md": "Text"})
    good, gone = alarm("a", "Busy. Runbook: docs/cpu.md"), alarm("b", "Runbook: docs/gone.md")
    none = alarm("c", "Busy.")
    for resources, status in (((good,), Status.MET), ((good, gone), Status.UNMET), ((none,), Status.UNMET)):
        answer = asked("alarms-have-runbooks", facts(*resources), repository=repository)
        assert answer.status is status, answer.found
    assert asked("alarms-have-runbooks", facts(), repository=repository).found == "no alarm in the plan"


def test_the_diagram_is_drawn_from_the_plan() -> None:
    assert asked("diagram-drawn", PROD, plan=shipped("prod")).status is Status.MET
    assert asked("diagram-drawn", PROD, plan=replace(shipped("prod"), resources=())).status is Status.UNMET
    assert asked("diagram-drawn", PROD).found == "there is no plan to draw"


def test_every_question_says_what_it_looks_for() -> None:
    for question in QUESTIONS.values():
        assert question.title[0].isupper()
        assert not question.title.endswith(".")
        assert question.ask.__doc__
    assert (ROOT / "docs" / "readiness.md").is_file()
