"""The traffic that a platform needs; nothing else is let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.data.layer import listeners
from components.edge.ingress import speaks_tls
from components.foundation.flow import ANYWHERE, ENDPOINTS, LOAD_BALANCER, Flow, service_group
from settings.enums import Ingress
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from components.network.layout import SubnetLayout
    from settings.schema import Settings
    from settings.services import Service


def platform_flows(settings: Settings, layout: SubnetLayout) -> list[Flow]:
    """Who may talk to whom in a stack.

    Args:
        settings: ingress, ports, and which parts exist.
        layout: address ranges of the subnets.
    """
    of_services = [flow for service in services_of(settings) for flow in _of_service(service, settings)]
    return [*_to_load_balancer(settings, layout), *of_services]


def _of_service(service: Service, settings: Settings) -> Iterator[Flow]:
    """From the load balancer to a service, and from the service to whatever it uses."""
    group = service_group(service.name)
    if service.is_web:
        why, port = "Requests and health checks", service.compute.port
        yield Flow(key=f"{service.name}-serve", source=LOAD_BALANCER, target=group, port=port, why=why)
    why = "Image registries, AWS and other services over TLS"
    yield Flow(key=f"{service.name}-internet", source=group, target=ANYWHERE, port=443, why=why)
    for key, listener in listeners(settings.data).items():
        yield Flow(
            key=f"{service.name}-{key}", source=group, target=listener.group, port=listener.port, why=listener.why
        )
    if settings.network.interface_endpoints:
        why = "AWS services without the internet"
        yield Flow(key=f"{service.name}-endpoints", source=group, target=ENDPOINTS, port=443, why=why)


def _to_load_balancer(settings: Settings, layout: SubnetLayout) -> list[Flow]:
    if settings.edge.ingress is Ingress.ALB:
        return [
            Flow(key="https", source=ANYWHERE, target=LOAD_BALANCER, port=443, why="Users"),
            Flow(key="http", source=ANYWHERE, target=LOAD_BALANCER, port=80, why="Redirect to HTTPS"),
        ]
    # CloudFront comes from addresses of its own inside the load balancer's subnets.
    port = 443 if speaks_tls(settings.edge, settings.region) else 80
    return [
        Flow(
            key=f"cloudfront-{cidr.partition('/')[0].replace('.', '-')}",
            source=cidr,
            target=LOAD_BALANCER,
            port=port,
            why="CloudFront's VPC origin",
        )
        for cidr in layout.private
    ]
