"""The traffic that a platform needs; nothing else is let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.data.layer import listeners
from components.foundation.flow import ANYWHERE, CLOUDFRONT_ORIGIN_FACING, ENDPOINTS, LOAD_BALANCER, Flow, service_group
from settings.enums import Ingress
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings
    from settings.services import Service


def platform_flows(settings: Settings) -> list[Flow]:
    """Who may talk to whom in a stack.

    Args:
        settings: ingress, ports, and which parts exist.
    """
    of_services = [flow for service in services_of(settings) for flow in _of_service(service, settings)]
    return [*_to_load_balancer(settings), *of_services, *_between_services(settings), *_among_stores(settings)]


def _among_stores(settings: Settings) -> Iterator[Flow]:
    for key, listener in listeners(settings.data).items():
        if listener.among:
            why = "Between the parts of a store"
            yield Flow(key=f"{key}-among", source=listener.group, target=listener.group, port=listener.port, why=why)


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


def _between_services(settings: Settings) -> Iterator[Flow]:
    """Whoever runs calls the web services by their names, where the settings want that."""
    if not settings.compute.connect:
        return
    services = services_of(settings)
    for target in services:
        for source in services if target.is_web else ():
            if source.name != target.name:
                yield Flow(
                    key=f"{source.name}-calls-{target.name}",
                    source=service_group(source.name),
                    target=service_group(target.name),
                    port=target.compute.port,
                    why=f"{source.name} calls {target.name}",
                )


def _to_load_balancer(settings: Settings) -> list[Flow]:
    if settings.edge.ingress is Ingress.ALB:
        return [
            Flow(key="https", source=ANYWHERE, target=LOAD_BALANCER, port=443, why="Users"),
            Flow(key="http", source=ANYWHERE, target=LOAD_BALANCER, port=80, why="Redirect to HTTPS"),
        ]
    # What arrives through a VPC origin is matched by AWS's own list, not by addresses of the subnets. Two rules with it
    # would be more than a group may have, so one covers both ports: CloudFront may then move from one to the other, and
    # only ports with a listener answer.
    return [
        Flow(
            key="cloudfront",
            source=CLOUDFRONT_ORIGIN_FACING,
            target=LOAD_BALANCER,
            port=80,
            last_port=443,
            why="CloudFront's VPC origin",
        )
    ]
