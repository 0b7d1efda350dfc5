"""The load balancer, its listeners, and the routes to services.

Not proven: that requests arrive; that ELB takes rules of these priorities beside each other on a live listener.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.edge.route import RouteSpec
from components.foundation.alarm import AlarmSpec, Comparison
from settings.enums import ComputeKind
from settings.routes import rules_of, tie_priority
from settings.sections.edge import EdgeSettings
from settings.sections.observability import AlarmSettings
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from components.foundation.context import Context
    from tests.components.mocks import Build

CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1"
TARGETS, LISTENER, RULE = (
    "aws:lb/targetGroup:TargetGroup",
    "aws:lb/listener:Listener",
    "aws:lb/listenerRule:ListenerRule",
)
NAMES = {"ALB": "shop-lb-alb", "logs": "shop-lb-logs", "app": "shop-lb-app-targets", "http": "shop-lb-http"}
ALONE = {
    NAMES["ALB"]: "aws:lb/loadBalancer:LoadBalancer",
    NAMES["logs"]: "ascent:foundation:PrivateBucket",
    NAMES["app"]: TARGETS,
    NAMES["http"]: LISTENER,
    "shop-lb-app-tie": RULE,
}


def route(service: str = "app", **args: Any) -> RouteSpec:  # noqa: ANN401
    given: dict[str, Any] = {"compute": ComputeKind.FARGATE, "port": 8000, "health_check_path": "/health", **args}
    return RouteSpec(service=service, **given)


def balancer(*routes: RouteSpec, context: Context = CONTEXT, **args: Any) -> LoadBalancer:  # noqa: ANN401
    given: dict[str, Any] = {
        "edge": EdgeSettings(),
        "internal": True,
        "vpc_id": "vpc-1",
        "vpc_cidr": "10.0.0.0/16",
        "subnet_ids": ["subnet-1", "subnet-2"],
        "security_group_id": "sg-1",
        "certificate_arn": None,
        "protect": False,
        **args,
    }
    return LoadBalancer("shop-lb", LoadBalancerArgs(context=context, routes=routes or [route()], **given))


API = route("api", rules=rules_of("api", ["api.example.com"], ["/v1/*", "/v2/*"], None))
NOT_FOUND = [
    {
        "type": "fixed-response",
        "fixedResponse": {"contentType": "text/plain", "messageBody": "Nothing is here.", "statusCode": "404"},
    }
]
"""Requests are led by rules alone."""


def test_one_service_on_every_path(build: Build) -> None:
    made = build(balancer)
    assert made.children == ALONE
    own = made[NAMES["ALB"]].outputs
    assert made.outputs == {"arn": own["arn"], "dns_name": own["dnsName"]}
    assert made.attributes["zone_id"] == own["zoneId"]
    assert made.attributes["arn_suffix"] == own["arnSuffix"]
    assert made.preview.outputs == {"arn": UNKNOWN, "dns_name": UNKNOWN}


@pytest.mark.parametrize(("internal", "name"), [(True, "shop-dev-internal-638e"), (False, "shop-dev-public-638e")])
def test_what_the_load_balancer_is_like(build: Build, internal: bool, name: str) -> None:
    made = build(lambda: balancer(internal=internal, edge=EdgeSettings(idle_timeout_seconds=90)))
    assert made.inputs(NAMES["ALB"]) == {
        "name": name,
        "loadBalancerType": "application",
        "internal": internal,
        "subnets": ["subnet-1", "subnet-2"],
        "securityGroups": ["sg-1"],
        "dropInvalidHeaderFields": True,
        "desyncMitigationMode": "defensive",
        "enableDeletionProtection": False,
        "idleTimeout": 90,
        "accessLogs": {"bucket": "shop-lb-logs-bucket-0a1b2c3", "prefix": "alb", "enabled": True},
        "tags": CONTEXT.tags("shop-lb"),
    }


@pytest.mark.parametrize("protect", [True, False])
def test_protection(build: Build, protect: bool) -> None:
    made = build(lambda: balancer(protect=protect))
    assert made.inputs(NAMES["ALB"])["enableDeletionProtection"] is protect
    assert made["shop-lb-logs-bucket"].options.protect is protect


def test_access_logs_go_to_a_bucket_that_admits_them(build: Build) -> None:
    made = build(lambda: balancer(edge=EdgeSettings(access_log_retention_days=7)))
    assert "shop-lb-logs-bucket-policy" in made[NAMES["ALB"]].options.depends_on
    assert made.inputs("shop-lb-logs-lifecycle")["rules"][0]["expiration"] == {"days": 7}
    # The only key that load balancers can write with is S3's own.
    (encryption,) = made.inputs("shop-lb-logs-encryption")["rules"]
    assert encryption["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}
    write = statements(made.inputs("shop-lb-logs-bucket-policy")["policy"])["AccessLogWrite"]
    assert write["Resource"] == [f"{made['shop-lb-logs-bucket'].outputs['arn']}/alb/AWSLogs/{ACCOUNT}/*"]
    assert write["Principal"] == {"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]}
    ours = f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:loadbalancer/*"
    assert write["Condition"] == {"ArnLike": {"aws:SourceArn": ours}}


def test_without_a_certificate_port_80_serves(build: Build) -> None:
    made = build(balancer)
    inputs = made.inputs(NAMES["http"])
    assert (inputs["port"], inputs["protocol"]) == (80, "HTTP")
    assert inputs["loadBalancerArn"] == made[NAMES["ALB"]].outputs["arn"]
    assert inputs["defaultActions"] == NOT_FOUND


def test_behind_cloudfront_port_80_goes_on_serving_beside_443(build: Build) -> None:
    """CloudFront takes minutes to move from one to the other; a redirect would lead its users in a circle."""
    made = build(lambda: balancer(certificate_arn=CERTIFICATE))
    assert [made.inputs(name)["defaultActions"] for name in (NAMES["http"], "shop-lb-https")] == [NOT_FOUND] * 2


def test_with_a_certificate_port_443_serves_and_80_redirects(build: Build) -> None:
    made = build(lambda: balancer(certificate_arn=CERTIFICATE, internal=False))
    assert made.children == {**ALONE, "shop-lb-https": LISTENER}
    redirect = {"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}
    assert made.inputs(NAMES["http"])["defaultActions"] == [{"type": "redirect", "redirect": redirect}]
    inputs = made.inputs("shop-lb-https")
    assert (inputs["port"], inputs["protocol"], inputs["certificateArn"]) == (443, "HTTPS", CERTIFICATE)
    assert inputs["sslPolicy"] == EdgeSettings().tls_policy
    assert inputs["defaultActions"] == NOT_FOUND
    assert inputs["routingHttpResponseServerEnabled"] is False
    headers = {key: value for key, value in inputs.items() if key.endswith("HeaderValue")}
    assert headers == {
        "routingHttpResponseStrictTransportSecurityHeaderValue": "max-age=31536000; includeSubDomains",
        "routingHttpResponseXContentTypeOptionsHeaderValue": "nosniff",
        "routingHttpResponseXFrameOptionsHeaderValue": "SAMEORIGIN",
    }


@pytest.mark.parametrize(("kind", "target"), [(ComputeKind.EC2, "instance"), (ComputeKind.FARGATE, "ip")])
def test_targets_and_their_health(build: Build, kind: ComputeKind, target: str) -> None:
    made = build(lambda: balancer(route(compute=kind, port=9000, health_check_path="/up")))
    inputs = made.inputs(NAMES["app"])
    assert inputs == {
        "name": {"ip": "shop-dev-app-int-638e-ip-9000", "instance": "shop-dev-app-int-638e-ins-b60e44"}[target],
        "vpcId": "vpc-1",
        "targetType": target,
        "port": 9000,
        "protocol": "HTTP",
        "deregistrationDelay": 30,
        "healthCheck": {
            "path": "/up",
            "matcher": "200",
            "interval": 15,
            "timeout": 5,
            "healthyThreshold": 2,
            "unhealthyThreshold": 3,
        },
        "tags": CONTEXT.tags("shop-lb-app-targets"),
    }


def test_what_forces_a_new_target_group_is_part_of_its_name(build: Build) -> None:
    """AWS's names are unique, and the new group is made before the old one goes."""

    def name(internal: bool, **args: Any) -> str:  # noqa: ANN401
        return build(lambda: balancer(route(**args), internal=internal)).inputs(NAMES["app"])["name"]

    names = [name(True), name(False), name(True, port=9000), name(True, compute=ComputeKind.EC2)]
    assert len(set(names)) == len(names)


def test_target_group_names_are_distinct_and_short(build: Build) -> None:
    """Two services whose names differ only where they are cut off."""
    long = replace(CONTEXT, application="a-product-with-a-name-of-30-c", environment="staging")
    routes = [route(f"service-with-a-long-name-{end}") for end in ("one", "two")]
    made = build(lambda: balancer(*routes, context=long))
    names = [one.inputs["name"] for one in made.of_type(TARGETS)]
    assert len(set(names)) == 2
    assert all(len(name) <= 32 for name in names)


def test_each_service_is_tied_to_the_listener_that_serves(build: Build) -> None:
    made = build(lambda: balancer(API, route(), certificate_arn=CERTIFICATE))
    ties = {one.name: one.inputs for one in made.of_type(RULE)}
    assert set(ties) == {"shop-lb-api-tie", "shop-lb-app-tie"}
    assert ties["shop-lb-api-tie"] == {
        "listenerArn": made["shop-lb-https"].outputs["arn"],
        "priority": tie_priority("api"),
        # Nobody calls from there.
        "conditions": [{"sourceIp": {"values": ["192.0.2.1/32"]}}],
        "actions": [{"type": "forward", "targetGroupArn": made["shop-lb-api-targets"].outputs["arn"]}],
        "tags": CONTEXT.tags("shop-lb-api-tie"),
    }


def test_alarms(build: Build) -> None:
    thresholds = AlarmSettings(server_error_percent=3, least_requests=20, latency_p95_seconds=0.5)
    made = build(
        lambda: balancer(API, route()),
        lambda lb: {alarm.name: alarm for alarm in lb.alarms(thresholds)},
    )
    suffix = made[NAMES["ALB"]].outputs["arnSuffix"]
    of_services = [f"{service}-{key}" for service in ("api", "app") for key in ("server-errors", "latency")]
    keys = ("client-errors", "unhealthy-targets", "no-healthy-targets")
    of_services += [f"{service}-{key}" for service in ("api", "app") for key in keys]
    assert sorted(made.answer) == sorted(["balancer-errors", *of_services])
    assert [name for name, alarm in made.answer.items() if alarm.rolls_back] == [
        "balancer-errors",
        "api-server-errors",
        "app-server-errors",
    ]
    assert made.answer["balancer-errors"].dimensions == {"LoadBalancer": suffix}
    assert made.answer["balancer-errors"].threshold == 3
    errors = made.answer["api-server-errors"]
    assert errors.expression == "IF(FILL(m2, 0) >= 20, 100 * FILL(m1, 0) / FILL(m2, 0), 0)"
    assert (errors.metric, errors.beside["m2"].metric) == ("HTTPCode_Target_5XX_Count", "RequestCount")
    assert errors.beside["m2"].dimensions == errors.dimensions
    nobody = made.answer["api-no-healthy-targets"]
    assert (nobody.metric, nobody.threshold, nobody.comparison) == ("HealthyHostCount", 1, Comparison.BELOW)
    assert [name for name, alarm in made.answer.items() if alarm.missing_is_bad] == [
        "api-no-healthy-targets",
        "app-no-healthy-targets",
    ]
    latency = made.answer["api-latency"]
    assert (latency.statistic, latency.threshold) == ("p95", 0.5)
    group = made["shop-lb-api-targets"].outputs["arnSuffix"]
    assert latency.dimensions == {"LoadBalancer": suffix, "TargetGroup": group}
    assert made.preview.answer["api-latency"].dimensions == {"LoadBalancer": UNKNOWN, "TargetGroup": UNKNOWN}


def test_fewer_targets_than_there_should_be(build: Build) -> None:
    """With or without traffic: where nothing reports, nothing is healthy."""
    several = replace(route(), min_count=3)
    made = build(lambda: balancer(several), lambda lb: {one.key: one for one in lb.alarms(AlarmSettings())})
    few = made.answer["few-healthy-targets"]
    assert (few.threshold, few.comparison, few.missing_is_bad) == (3, Comparison.BELOW, True)
    assert "few-healthy-targets" not in {one.key for one in build(balancer_of_one, alarms_of).answer}


def balancer_of_one() -> LoadBalancer:
    return balancer(route())


def alarms_of(lb: LoadBalancer) -> list[AlarmSpec]:
    return lb.alarms(AlarmSettings(anomaly_deviations=3))


def test_what_is_usual_can_be_watched(build: Build) -> None:
    (usual,) = (one for one in build(balancer_of_one, alarms_of).answer if one.usual)
    assert (usual.key, usual.metric, usual.threshold) == ("unusual-requests", "RequestCount", 3)


def test_one_message_for_what_goes_wrong_together(build: Build) -> None:
    several = replace(route(), min_count=2)
    made = build(lambda: balancer(several), lambda lb: lb.routes["app"].composites())
    (degraded,) = made.answer
    assert degraded.name == "app-degraded"
    assert degraded.hushed_by == "app-no-healthy-targets"
    assert degraded.members == [
        "app-server-errors",
        "app-latency",
        "app-unhealthy-targets",
        "app-few-healthy-targets",
    ]


def test_what_is_seen_of_it(build: Build) -> None:
    made = build(balancer_of_one, lambda lb: [*lb.routes["app"].graphs(), *lb.graphs(), lb.capacity()])
    statistics = {line.statistic for graph in made.answer for line in graph.lines}
    metrics = {line.metric for graph in made.answer for line in graph.lines}
    assert {"p50", "p95", "p99"} <= statistics
    assert {"RequestCount", "HTTPCode_Target_4XX_Count", "HTTPCode_ELB_5XX_Count", "ConsumedLCUs"} <= metrics
