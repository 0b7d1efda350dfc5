"""Partitions, domains and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import Ingress
from settings.offers.regions import partition
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


def partitions(settings: Settings) -> Iterator[Problem]:
    """Services and ARNs of another partition than the region's."""
    own, edge = partition(settings.region), settings.edge
    if edge.ingress is Ingress.CLOUDFRONT and own != "aws":
        yield Problem(
            "ascent:edge.ingress",
            "cloudfront",
            f"the partition of {settings.region} has no CloudFront VPC origins",
            "set ascent:edge.ingress: alb",
        )
    arns = {f"compute.secrets.{variable}": arn for variable, arn in settings.compute.secrets.items()}
    logs = settings.observability.logs
    arns |= {
        "edge.certificateArn": edge.certificate_arn or "",
        "observability.logs.streamArn": logs.stream_arn or "",
        "observability.logs.forwarding.secretArn": logs.forwarding.secret_arn or "",
        "observability.logs.forwarding.secretKeyArn": logs.forwarding.secret_key_arn or "",
        "observability.logs.forwarding.domainArn": logs.forwarding.domain_arn or "",
        "observability.logs.errorTracking.secretArn": logs.error_tracking.secret_arn or "",
    }
    for path, arn in arns.items():
        if arn and not is_sealed(arn) and arn.split(":")[1] != own:
            wanted = f"{settings.region} is in the partition {own}"
            yield Problem(f"ascent:{path}", arn, wanted, f"name one that starts with arn:{own}:")


def domain(settings: Settings) -> Iterator[Problem]:
    """What needs a domain and has none, and certificates in the wrong region."""
    edge = settings.edge
    if edge.domain is None:
        if edge.ingress is Ingress.ALB:
            yield Problem(
                "ascent:edge.domain",
                "missing",
                "a public load balancer needs a domain for its certificate (ascent:edge.ingress is alb)",
                "set ascent:edge.domain: app.example.com, or ascent:edge.ingress: cloudfront",
            )
        for field, value in (("hostedZoneId", edge.hosted_zone_id), ("certificateArn", edge.certificate_arn)):
            if value is not None:
                yield Problem(
                    f"ascent:edge.{field}",
                    value,
                    "it is of no use without a domain",
                    "set ascent:edge.domain",
                )
        return
    wanted = "us-east-1" if edge.ingress is Ingress.CLOUDFRONT else settings.region
    if edge.certificate_arn is not None and not is_sealed(edge.certificate_arn):
        region = edge.certificate_arn.split(":")[3]
        if region != wanted:
            yield Problem(
                "ascent:edge.certificateArn",
                f"a certificate in {region}",
                f"{edge.ingress.value} reads certificates from {wanted}",
                f"issue it in {wanted}",
            )
