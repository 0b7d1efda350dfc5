"""The shipped stacks, asked from the internet, from each service and from each store, and with one thing taken away."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ascent.plan.config import StackConfig, read_stack
from ascent.plan.partly.record import record_partly
from ascent.reach.answer import Verdict
from ascent.reach.ask import Network
from ascent.reach.places import Kind
from policies.pack import types
from tests.stacks.planning import ROOT, SHIPPED, config_of, smallest

if TYPE_CHECKING:
    from ascent.plan.model import Plan
    from ascent.reach.answer import Answer
    from ascent.reach.places import Place

SERVED = {
    "image": "registry.example.com/app:1",
}
SERVICES = {"web": {}, "api": {"paths": ["/api/*"]}, "mail": {"kind": "worker"}}
RUNS = (types.ECS_SERVICE, types.AUTOSCALING_GROUP)


@cache
def shipped(stack: str) -> Plan:
    return record_partly(read_stack(ROOT, stack), keep_modules=True).plan


@cache
def several(ingress: str = "alb") -> Plan:
    """A production stack with several services."""
    settings = smallest("production", compute=SERVED, services=SERVICES, edge={"ingress": ingress})
    config = StackConfig(
        project="ascent",
        stack="test",
        directory=ROOT,
        values=config_of(settings),
        secret_keys=frozenset(),
        environments=(),
    )
    return record_partly(config, keep_modules=True).plan


def plans() -> dict[str, Plan]:
    return {**{stack: shipped(stack) for stack in SHIPPED}, "several": several()}


def ask(plan: Plan, source: str, target: str, port: int | None = None) -> Answer:
    net = Network(plan)
    begin, end = net.place(source), net.place(target)
    assert begin is not None
    assert end is not None
    return net.ask(begin, end, port)


def of_type(net: Network, *tokens: str) -> list[Place]:
    return [place for place in net.own if place.resource is not None and place.resource.type in tokens]


def way(answer: Answer) -> list[str]:
    return [f"{hop.target}:{hop.port}" for hop in answer.hops]


@pytest.mark.parametrize("stack", [*SHIPPED, "several"])
def test_the_internet_reaches_web_services_by_their_front_door_and_no_store(stack: str) -> None:
    net = Network(plans()[stack])
    internet = net.places["internet"]
    for service in of_type(net, *RUNS):
        answer = net.ask(internet, service)
        assert answer.reaches is bool(service.ports), service.name
        if answer.reaches:
            assert answer.hops[-1].source == "load-balancer"
            assert len(answer.hops) >= 2
        # Nothing else of it, whichever port is tried.
        assert not net.ask(internet, service, 22).reaches
    for place in net.own:
        if place.name == "ingress-files-store":
            # Static files are there for everybody, by CloudFront alone.
            assert way(net.ask(internet, place)) == ["cloudfront:443", "ingress-files-store:443"]
        elif place.kind is Kind.API or (place.resource is not None and not place.opens):
            assert net.ask(internet, place).verdict is Verdict.CLOSED, place.name


@pytest.mark.parametrize("stack", [*SHIPPED, "several"])
def test_each_service_reaches_each_store_and_what_it_needs_of_aws(stack: str) -> None:
    net = Network(plans()[stack])
    services, needed = of_type(net, *RUNS), ("s3", "dynamodb", "secretsmanager", "logs", "ecr.api", "internet")
    assert services
    for service in services:
        for store in of_type(net, types.RDS_INSTANCE, types.DYNAMODB_TABLE):
            answer = net.ask(service, store)
            assert answer.reaches, answer.stopped_by
            assert len(answer.hops) == 1
        for name in needed:
            answer = net.ask(service, net.places[name])
            assert answer.reaches, answer.stopped_by


@pytest.mark.parametrize("stack", [*SHIPPED, "several"])
def test_no_store_reaches_anything(stack: str) -> None:
    net = Network(plans()[stack])
    stores = [place for place in net.own if not place.opens]
    assert stores
    for store in stores:
        for place in net.own:
            assert place is store or net.ask(store, place).verdict is Verdict.CLOSED


def test_services_reach_each_other_by_the_load_balancer_alone() -> None:
    plan = several()
    answer = ask(plan, "web", "api")
    assert way(answer) == ["load-balancer:443", "api:8000"]
    assert ask(plan, "web", "mail").verdict is Verdict.CLOSED
    assert ask(plan, "load-balancer", "postgres").verdict is Verdict.CLOSED


def test_behind_cloudfront_the_load_balancer_has_no_public_address() -> None:
    assert way(ask(shipped("dev"), "internet", "app")) == ["cloudfront:443", "load-balancer:80", "app:8000"]
    plan = several("cloudfront")
    assert way(ask(plan, "internet", "api")) == ["cloudfront:443", "load-balancer:443", "api:8000"]
    # Its group knows nobody but CloudFront, from inside of the VPC either.
    assert ask(plan, "web", "load-balancer", 443).hops[0].target == "cloudfront"
    assert way(ask(plan, "web", "api"))[0] == "cloudfront:443"


def test_production_calls_aws_by_its_endpoints() -> None:
    texts = [step.text for step in ask(shipped("prod"), "app", "secretsmanager").hops[0].steps]
    assert any("interface endpoint" in text for text in texts)
    assert any("gateway endpoint" in step.text for step in ask(shipped("prod"), "app", "dynamodb").hops[0].steps)
    assert any("NAT gateway" in step.text for step in ask(shipped("prod"), "app", "internet").hops[0].steps)


@pytest.mark.parametrize(
    ("gone", "source", "target", "why"),
    [
        ("ascent-prod-firewall-https-in", "internet", "app", "does not let 443 in from internet"),
        ("ascent-prod-firewall-app-serve-in", "internet", "app", "does not let 8000 in from load-balancer"),
        ("ascent-prod-firewall-app-serve-out", "internet", "app", "does not let 8000 out to app"),
        ("ascent-prod-firewall-app-postgres-in", "app", "postgres", "does not let 5432 in from app"),
        ("ascent-prod-firewall-app-internet-out", "app", "internet", "does not let 443 out to internet"),
        ("ascent-prod-firewall-app-endpoints-in", "app", "logs", "does not let 443 in from app"),
        ("ascent-prod-routing-app-https-rest", "internet", "app", "app has no public address"),
    ],
)
def test_whatever_is_taken_away_is_named(gone: str, source: str, target: str, why: str) -> None:
    whole = shipped("prod")
    assert ask(whole, source, target).reaches
    left = replace(whole, resources=tuple(one for one in whole.resources if one.name != gone))
    assert len(left.resources) == len(whole.resources) - 1
    answer = ask(left, source, target)
    assert answer.verdict is Verdict.CLOSED
    assert answer.stopped_by is not None
    assert why in answer.stopped_by.text


def test_a_rule_too_many_is_found() -> None:
    """A database that is public by its flag, its route and its group is reached, and only then."""
    whole = shipped("prod")
    (acl,) = (one for one in whole.resources if one.type == types.EC2_NETWORK_ACL)
    opened = {"ruleNo": 1, "protocol": "-1", "action": "allow", "cidrBlock": "0.0.0.0/0", "fromPort": 0, "toPort": 0}

    def swapped(plan: Plan, name: str, **inputs: object) -> Plan:
        found = tuple(
            replace(one, inputs={**one.inputs, **inputs}) if one.name == name else one for one in plan.resources
        )
        return replace(plan, resources=found)

    plan = swapped(whole, "ascent-prod-postgres-instance", publiclyAccessible=True)
    assert "no route by an internet gateway" in str(ask(plan, "internet", "postgres").stopped_by)
    subnets = next(place.subnets for place in Network(plan).own if place.name == "load-balancer")
    public = swapped(plan, acl.name, ingress=[opened], egress=[opened])
    home = next(one for one in public.resources if one.type == types.RDS_SUBNET_GROUP)
    balancer = next(one for one in public.resources if one.type == types.LB_LOAD_BALANCER)
    moved = replace(home, partly_known={"subnetIds": balancer.partly_known["subnets"]})
    public = replace(public, resources=tuple(moved if one is home else one for one in public.resources))
    assert len(subnets) == 3
    assert "does not let 5432 in from internet" in str(ask(public, "internet", "postgres").stopped_by)
    inward = next(one for one in public.resources if one.name == "ascent-prod-firewall-app-postgres-in")
    wide = {key: value for key, value in inward.inputs.items() if key != "referencedSecurityGroupId"}
    rule = replace(
        inward,
        inputs={**wide, "cidrIpv4": "0.0.0.0/0"},
        partly_known={"securityGroupId": inward.partly_known["securityGroupId"]},
    )
    public = replace(public, resources=tuple(rule if one is inward else one for one in public.resources))
    assert ask(public, "internet", "postgres").reaches
