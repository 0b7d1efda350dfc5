"""The rules that lead requests to services.

Not proven: that a load balancer asks them in this order; that no request fails while a rule moves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.edge.route import RouteSpec
from components.edge.routing import Routing, RoutingArgs
from settings.enums import ComputeKind
from settings.routes import LAST, rules_of
from settings.sections.edge import EdgeSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from settings.routes import Rule
    from tests.components.mocks import Build

RULE = "aws:lb/listenerRule:ListenerRule"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1"


def spec(service: str, rules: tuple[Rule, ...]) -> RouteSpec:
    return RouteSpec(service=service, compute=ComputeKind.FARGATE, port=8000, health_check_path="/health", rules=rules)


APP = spec("app", rules_of("app", [], [], None))
API = spec("api", rules_of("api", ["api.example.com"], ["/v1/*", "/v2/*"], None))
ADMIN = spec("admin", rules_of("admin", ["admin.example.com"], [], 10))


def routing(*routes: RouteSpec, maintenance: bool = False, **args: Any) -> Routing:  # noqa: ANN401
    given: dict[str, Any] = {"internal": True, "certificate_arn": None, **args}
    balancer = LoadBalancerArgs(
        context=CONTEXT,
        edge=EdgeSettings(),
        vpc_id="vpc-1",
        vpc_cidr="10.0.0.0/16",
        subnet_ids=["subnet-1"],
        security_group_id="sg-1",
        routes=routes,
        protect=False,
        **given,
    )
    running = {one.service: aws.ecs.Service(f"{one.service}-service") for one in routes}
    lead = RoutingArgs(
        context=CONTEXT, load_balancer=LoadBalancer("shop-lb", balancer), routes=routes, maintenance=maintenance
    )
    made = Routing("shop-routing", lead)
    made.lead(running)
    return made


def test_one_service_gets_every_request_once_it_runs(build: Build) -> None:
    made = build(lambda: routing(APP))
    assert made.children == {"shop-routing-app-http-rest": RULE}
    rule = made["shop-routing-app-http-rest"]
    assert rule.inputs == {
        "listenerArn": made["shop-lb-http"].outputs["arn"],
        "priority": LAST,
        "conditions": [{"pathPattern": {"values": ["/*"]}}],
        "actions": [{"type": "forward", "targetGroupArn": made["shop-lb-app-targets"].outputs["arn"]}],
        "tags": CONTEXT.tags("shop-routing-app-http-rest"),
    }
    assert "app-service" in rule.options.depends_on
    assert made.outputs == {}


def test_several_services_are_told_apart_by_rules(build: Build) -> None:
    made = build(lambda: routing(API, ADMIN, APP))
    first, second = (f"shop-routing-api-http-{rule.key}" for rule in API.rules)
    hosts = "shop-routing-admin-http-hosts"
    assert set(made.children) == {first, second, hosts, "shop-routing-app-http-rest"}
    assert made.inputs(first)["priority"] == API.rules[0].priority
    assert made.inputs(first)["conditions"] == [
        {"hostHeader": {"values": ["api.example.com"]}},
        {"pathPattern": {"values": ["/v1/*"]}},
    ]
    assert made.inputs(hosts)["conditions"] == [{"hostHeader": {"values": ["admin.example.com"]}}]
    assert made.inputs(hosts)["priority"] == 10
    assert {made[first].options.depends_on == made[second].options.depends_on} == {True}
    assert "api-service" in made[first].options.depends_on
    assert "app-service" not in made[first].options.depends_on
    priorities = [made.inputs(name)["priority"] for name in made.children]
    assert len(set(priorities)) == len(priorities)


def test_behind_cloudfront_both_ports_lead_to_the_service(build: Build) -> None:
    made = build(lambda: routing(APP, certificate_arn=CERTIFICATE))
    assert set(made.children) == {"shop-routing-app-http-rest", "shop-routing-app-https-rest"}
    assert made.inputs("shop-routing-app-https-rest")["listenerArn"] == made["shop-lb-https"].outputs["arn"]


def test_in_the_open_port_80_only_redirects(build: Build) -> None:
    made = build(lambda: routing(APP, certificate_arn=CERTIFICATE, internal=False))
    assert set(made.children) == {"shop-routing-app-https-rest"}


def test_maintenance_answers_in_the_same_rules(build: Build) -> None:
    usual, resting = build(lambda: routing(APP, API, ADMIN)), build(lambda: routing(APP, API, ADMIN, maintenance=True))
    assert resting.children == usual.children
    for name in usual.children:
        before, during = usual.inputs(name), resting.inputs(name)
        assert {key: value for key, value in before.items() if key != "actions"} == {
            key: value for key, value in during.items() if key != "actions"
        }
        (action,) = during["actions"]
        assert (action["type"], action["fixedResponse"]["statusCode"]) == ("fixed-response", "503")
        assert len(action["fixedResponse"]["messageBody"]) <= 1024, "the longest that a load balancer takes"


def test_a_release_moves_one_rule_and_other_ports_lead_to_its_listener(build: Build) -> None:
    shifting = RouteSpec(
        service="app",
        compute=ComputeKind.FARGATE,
        port=8000,
        health_check_path="/health",
        rules=APP.rules,
        shifts=True,
    )
    made = build(lambda: routing(shifting, certificate_arn=CERTIFICATE))
    main, other = made["shop-routing-app-https-rest"], made["shop-routing-app-http-rest"]
    (forward,), (redirect,) = main.inputs["actions"], other.inputs["actions"]
    assert [group["weight"] for group in forward["forward"]["targetGroups"]] == [1, 0]
    assert main.options.ignore_changes == ("actions",)
    assert redirect["redirect"] == {"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_302"}
    assert other.options.ignore_changes == ()


def test_in_maintenance_a_rule_before_the_one_that_releases_move_answers(build: Build) -> None:
    shifting = replace(APP, shifts=True)
    usual = build(lambda: routing(shifting, certificate_arn=CERTIFICATE))
    resting = build(lambda: routing(shifting, certificate_arn=CERTIFICATE, maintenance=True))
    (added,) = set(resting.children) - set(usual.children)
    moved, first = resting["shop-routing-app-https-rest"], resting.inputs(added)
    assert moved.inputs == usual["shop-routing-app-https-rest"].inputs
    assert first["actions"][0]["type"] == "fixed-response"
    assert first["priority"] == moved.inputs["priority"] - 1
    assert first["conditions"] == moved.inputs["conditions"]
