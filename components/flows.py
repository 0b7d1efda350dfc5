"""The traffic that a platform needs; nothing else is let through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from components.data.postgres import PORT as POSTGRES_PORT
from components.edge.ingress import speaks_tls
from components.network.firewall import Flow, Group
from settings.enums import Ingress

if TYPE_CHECKING:
    from components.network.layout import SubnetLayout
    from settings.schema import Settings

_ANYWHERE: Final = "0.0.0.0/0"


def platform_flows(settings: Settings, layout: SubnetLayout) -> list[Flow]:
    """Who may talk to whom in a stack.

    Args:
        settings: ingress, ports, and which parts exist.
        layout: address ranges of the subnets.
    """
    port = settings.compute.port
    flows = [
        *_to_load_balancer(settings, layout),
        Flow(
            key="serve",
            source=Group.LOAD_BALANCER,
            target=Group.APPLICATION,
            port=port,
            why="Requests and health checks",
        ),
        Flow(
            key="internet",
            source=Group.APPLICATION,
            target=_ANYWHERE,
            port=443,
            why="Image registries, AWS and other services over TLS",
        ),
    ]
    if settings.data.postgres.enabled:
        flows.append(
            Flow(
                key="postgres",
                source=Group.APPLICATION,
                target=Group.DATABASE,
                port=POSTGRES_PORT,
                why="SQL over TLS",
            )
        )
    if settings.network.interface_endpoints:
        flows.append(
            Flow(
                key="endpoints",
                source=Group.APPLICATION,
                target=Group.ENDPOINTS,
                port=443,
                why="AWS services without the internet",
            )
        )
    return flows


def _to_load_balancer(settings: Settings, layout: SubnetLayout) -> list[Flow]:
    if settings.edge.ingress is Ingress.ALB:
        return [
            Flow(key="https", source=_ANYWHERE, target=Group.LOAD_BALANCER, port=443, why="Users"),
            Flow(key="http", source=_ANYWHERE, target=Group.LOAD_BALANCER, port=80, why="Redirect to HTTPS"),
        ]
    # CloudFront comes from addresses of its own inside the load balancer's subnets.
    port = 443 if speaks_tls(settings.edge, settings.region) else 80
    return [
        Flow(
            key=f"cloudfront-{cidr.partition('/')[0].replace('.', '-')}",
            source=cidr,
            target=Group.LOAD_BALANCER,
            port=port,
            why="CloudFront's VPC origin",
        )
        for cidr in layout.private
    ]
