"""Services that these tests run."""

from __future__ import annotations

from typing import Any

from components.compute.container import Container
from components.compute.service_log import ServiceLog, ServiceLogArgs
from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.edge.route import Route, RouteSpec
from settings.enums import ComputeKind
from settings.sections.compute import ComputeSettings
from settings.sections.edge import EdgeSettings
from tests.components.mocks import ACCOUNT
from tests.components.surroundings import CONTEXT, LOGS

SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:key-AbCdEf"


def logged_container(*, serves: bool = True, **compute: Any) -> Container:  # noqa: ANN401 - any setting
    """A container with a log of its own, one variable and one secret."""
    return Container(
        compute=ComputeSettings(**compute),
        log=ServiceLog("shop-log", ServiceLogArgs(context=CONTEXT, service="app", logs=LOGS)),
        serves=serves,
        environment={"PORT": "8000"},
        secrets={"KEY": SECRET},
    )


def balancer(*routes: RouteSpec) -> LoadBalancerArgs:
    """An internal load balancer without TLS."""
    return LoadBalancerArgs(
        context=CONTEXT,
        edge=EdgeSettings(),
        internal=True,
        vpc_id="vpc-1",
        vpc_cidr="10.0.0.0/16",
        subnet_ids=["subnet-1"],
        security_group_id="sg-lb",
        certificate_arn=None,
        routes=routes,
        protect=False,
    )


def routed(kind: ComputeKind = ComputeKind.FARGATE) -> Route:
    """A service's place at a load balancer of its own."""
    spec = RouteSpec(service="app", compute=kind, port=8000, health_check_path="/health")
    return LoadBalancer("shop-lb", balancer(spec)).routes["app"]
