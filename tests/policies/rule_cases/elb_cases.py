"""Cases of the rules in policies/pack/rules/elb.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

TO_HTTPS = {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}

PUBLIC = of(types.LB_LOAD_BALANCER, "public", internal=False)

INTERNAL = of(types.LB_LOAD_BALANCER, "internal", internal=True)


def http(*actions: object, balancer: str = "public", type_: str = types.LB_LISTENER) -> Made:
    return of(type_, protocol="HTTP", loadBalancerArn=ref(balancer), defaultActions=list(actions))


TO_HTTPS = {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}

CASES = [
    *cases(
        "alb-http-redirects-https",
        passing=[
            (http(TO_HTTPS), PUBLIC),
            (http(TO_HTTPS, type_="aws:alb/listener:Listener"), PUBLIC),
            of(types.LB_LISTENER, protocol="HTTP", loadBalancerArn="arn", defaultActions=[TO_HTTPS]),
        ],
        failing=[
            (http({"type": "forward"}), PUBLIC),
            (http({**TO_HTTPS, "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_302"}}), PUBLIC),
            (http(), PUBLIC),
            of(types.LB_LISTENER, protocol="HTTP", loadBalancerArn="arn", defaultActions=[{"type": "forward"}]),
        ],
        unknown=[(of(types.LB_LISTENER, protocol="HTTP", loadBalancerArn=ref("public"), defaultActions=U), PUBLIC)],
        skipped=[
            (http({"type": "forward"}, balancer="internal"), INTERNAL),
            of(types.LB_LISTENER, protocol="HTTPS", defaultActions=[{"type": "forward"}]),
        ],
    ),
    *cases(
        "alb-https-listener-present",
        passing=[
            (PUBLIC, of(types.LB_LISTENER, protocol="HTTPS", loadBalancerArn=ref("public"))),
            (
                of(types.ALB_LOAD_BALANCER, "public"),
                http(TO_HTTPS),
                of("aws:alb/listener:Listener", "https", protocol="HTTPS", loadBalancerArn=ref("public")),
            ),
        ],
        failing=[
            PUBLIC,
            (PUBLIC, http(TO_HTTPS)),
            (
                PUBLIC,
                of(types.LB_LOAD_BALANCER, "other"),
                of(types.LB_LISTENER, protocol="HTTPS", loadBalancerArn=ref("other")),
            ),
            (PUBLIC, of(types.LB_LISTENER, protocol=U, loadBalancerArn=ref("public"))),
        ],
        unknown=[of(types.LB_LOAD_BALANCER, internal=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[INTERNAL, of(types.LB_LOAD_BALANCER, loadBalancerType="network")],
    ),
    *cases(
        "alb-listener-certificate",
        passing=[
            of(types.LB_LISTENER, protocol="HTTPS", certificateArn="arn"),
            of(types.LB_LISTENER, protocol="TLS", certificateArn="a"),
        ],
        failing=[
            of(types.LB_LISTENER, protocol="HTTPS"),
            of("aws:alb/listener:Listener", protocol="TLS", certificateArn=""),
        ],
        unknown=[of(types.LB_LISTENER, protocol="HTTPS", certificateArn=U)],
        unknown_is=Status.PASS,
        skipped=[of(types.LB_LISTENER, protocol="HTTP"), of(types.LB_LISTENER, protocol="TCP")],
    ),
    *cases(
        "alb-listener-tls-policy",
        passing=[
            of(types.LB_LISTENER, protocol="HTTPS", sslPolicy="ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"),
            of(types.LB_LISTENER, protocol="TLS", sslPolicy="ELBSecurityPolicy-TLS-1-2-2017-01"),
        ],
        failing=[
            of(types.LB_LISTENER, protocol="HTTPS"),
            of(types.LB_LISTENER, protocol="HTTPS", sslPolicy="ELBSecurityPolicy-TLS13-1-0-2021-06"),
            of(types.LB_LISTENER, protocol="HTTPS", sslPolicy="ELBSecurityPolicy-2016-08"),
        ],
        unknown=[of(types.LB_LISTENER, protocol="HTTPS", sslPolicy=U)],
        skipped=[of(types.LB_LISTENER, protocol="HTTP"), of(types.LB_LISTENER, protocol="TCP")],
    ),
    *cases(
        "alb-drop-invalid-headers",
        passing=[of(types.LB_LOAD_BALANCER, dropInvalidHeaderFields=True)],
        failing=[
            of(types.LB_LOAD_BALANCER),
            of(types.LB_LOAD_BALANCER, loadBalancerType="application", dropInvalidHeaderFields=False),
        ],
        unknown=[of(types.LB_LOAD_BALANCER, dropInvalidHeaderFields=U)],
        skipped=[of(types.LB_LOAD_BALANCER, loadBalancerType="network")],
    ),
    *cases(
        "alb-deletion-protection",
        passing=[of(types.LB_LOAD_BALANCER, enableDeletionProtection=True)],
        failing=[of(types.LB_LOAD_BALANCER), of(types.ALB_LOAD_BALANCER, enableDeletionProtection=False)],
        unknown=[of(types.LB_LOAD_BALANCER, enableDeletionProtection=U)],
    ),
    *cases(
        "alb-access-logs",
        passing=[of(types.LB_LOAD_BALANCER, accessLogs={"enabled": True, "bucket": U})],
        failing=[of(types.LB_LOAD_BALANCER), of(types.LB_LOAD_BALANCER, accessLogs={"bucket": "logs"})],
        unknown=[of(types.LB_LOAD_BALANCER, accessLogs={"enabled": U}), of(types.LB_LOAD_BALANCER, accessLogs=U)],
        skipped=[of(types.LB_LOAD_BALANCER, loadBalancerType="gateway")],
    ),
    *cases(
        "alb-multi-az",
        passing=[
            of(types.LB_LOAD_BALANCER, subnets=[U, U]),
            of(types.ALB_LOAD_BALANCER, subnetMappings=[{"subnetId": U}, {"subnetId": "subnet-1"}]),
        ],
        failing=[
            of(types.LB_LOAD_BALANCER),
            of(types.LB_LOAD_BALANCER, subnets=["subnet-1"]),
            of(types.LB_LOAD_BALANCER, subnetMappings=[{"subnetId": U}]),
        ],
        unknown=[of(types.LB_LOAD_BALANCER, subnets=U), of(types.LB_LOAD_BALANCER, subnetMappings=U)],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "target-group-health-path",
        passing=[
            of(types.LB_TARGET_GROUP, protocol="HTTP", healthCheck={"path": "/health"}),
            of("aws:alb/targetGroup:TargetGroup", protocol="HTTPS", healthCheck={"path": U, "enabled": True}),
        ],
        failing=[
            of(types.LB_TARGET_GROUP, protocol="HTTP"),
            of(types.LB_TARGET_GROUP, protocol="HTTP", healthCheck={"path": "/health", "enabled": False}),
            of(types.LB_TARGET_GROUP, protocol="HTTP", healthCheck={"protocol": "TCP"}),
        ],
        unknown=[of(types.LB_TARGET_GROUP, protocol="HTTP", healthCheck={"enabled": U, "path": "/health"})],
        skipped=[
            of(types.LB_TARGET_GROUP, protocol="TCP"),
            of(types.LB_TARGET_GROUP, targetType="lambda"),
            of(types.LB_TARGET_GROUP, protocol=U),
        ],
    ),
    *cases(
        "alb-http-redirects-https",
        passing=[
            of(types.LB_LISTENER, port=80, defaultActions=[TO_HTTPS]),
            (
                of(types.LB_LISTENER, protocol="HTTP", defaultActions=[TO_HTTPS]),
                of(types.LB_LISTENER_RULE, "rule", listenerArn=ref("it"), actions=[TO_HTTPS]),
            ),
        ],
        failing=[
            of(types.LB_LISTENER, port=80, defaultActions=[{"type": "forward", "targetGroupArn": U}]),
            (
                of(types.LB_LISTENER, protocol="HTTP", defaultActions=[TO_HTTPS]),
                of(types.LB_LISTENER_RULE, "rule", listenerArn=ref("it"), actions=[{"type": "forward"}]),
            ),
        ],
        unknown=[of(types.LB_LISTENER, port=80, defaultActions=U)],
        skipped=[
            of(types.LB_LISTENER, defaultActions=[{"type": "forward"}]),
            (
                of(types.LB_LISTENER, loadBalancerArn=ref("lb"), port=80, defaultActions=[{"type": "forward"}]),
                of(types.LB_LOAD_BALANCER, "lb", loadBalancerType="network"),
            ),
        ],
    ),
]
