"""Contradictions between settings that are each fine by themselves."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from common.problems import Problem
from common.tiers import Tier
from settings.enums import ComputeKind, EndpointService, Ingress, Nat, Placement
from settings.fargate import MEMORY_BY_CPU, is_valid_size, sizes_for
from settings.instances import instance_architecture
from settings.regions import availability_zones, partition
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings

_PULL_ENDPOINTS = (
    EndpointService.ECR_API,
    EndpointService.ECR_DKR,
    EndpointService.LOGS,
    EndpointService.SECRETS_MANAGER,
)


def contradictions(settings: Settings) -> list[Problem]:
    """Everything in `settings` that cannot hold at the same time, each with the way out."""
    checks = (_zones, _reachability, _partition, _domain, _compute_size, _variables, _data, _alarms)
    return list(chain.from_iterable(check(settings) for check in checks))


def _zones(settings: Settings) -> Iterator[Problem]:
    network, known = settings.network, availability_zones(settings.region)
    named = network.availability_zones
    path = "ascent:network.availabilityZones"
    for zone in named or ():
        if zone not in known:
            yield Problem(path, repr(zone), f"zones of {settings.region} are {', '.join(known)}", "name one of them")
    if named and len(set(named)) < len(named):
        yield Problem(path, ", ".join(named), "each zone stands once", "remove the repeated one")
    if not named and network.az_count > len(known):
        yield Problem(
            "ascent:network.azCount",
            str(network.az_count),
            f"{settings.region} has {len(known)} zones",
            f"write at most {len(known)}",
        )


def _reachability(settings: Settings) -> Iterator[Problem]:
    network, compute = settings.network, settings.compute
    if network.nat is not Nat.NONE or compute.placement is Placement.PUBLIC:
        return
    own_image = ".dkr.ecr." in (compute.image or "")
    missing = [e.value for e in _PULL_ENDPOINTS if e not in network.interface_endpoints]
    if compute.kind is ComputeKind.FARGATE and own_image and not missing:
        return
    wanted = "private subnets need a way to the image registry, logs and secrets"
    fix = "set ascent:network.nat: single, or ascent:compute.placement: public"
    if compute.kind is ComputeKind.FARGATE:
        needed = ", ".join(e.value for e in _PULL_ENDPOINTS)
        fix += f", or use an ECR image with ascent:network.interfaceEndpoints {needed}"
    yield Problem("ascent:network.nat", "none", f"{wanted} while ascent:compute.placement is private", fix)


def _partition(settings: Settings) -> Iterator[Problem]:
    own, edge = partition(settings.region), settings.edge
    if edge.ingress is Ingress.CLOUDFRONT and own != "aws":
        yield Problem(
            "ascent:edge.ingress",
            "cloudfront",
            f"the partition of {settings.region} has no CloudFront VPC origins",
            "set ascent:edge.ingress: alb",
        )
    arns = {f"compute.secrets.{variable}": arn for variable, arn in settings.compute.secrets.items()}
    for path, arn in {**arns, "edge.certificateArn": edge.certificate_arn or ""}.items():
        if arn and not is_sealed(arn) and arn.split(":")[1] != own:
            wanted = f"{settings.region} is in the partition {own}"
            yield Problem(f"ascent:{path}", arn, wanted, f"name one that starts with arn:{own}:")


def _domain(settings: Settings) -> Iterator[Problem]:
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


def _compute_size(settings: Settings) -> Iterator[Problem]:
    compute = settings.compute
    if compute.min_count > compute.max_count:
        yield Problem(
            "ascent:compute.minCount",
            str(compute.min_count),
            f"must not exceed ascent:compute.maxCount ({compute.max_count})",
            "raise maxCount",
        )
    if compute.kind is ComputeKind.FARGATE and not is_valid_size(compute.cpu, compute.memory):
        if compute.cpu not in MEMORY_BY_CPU:
            allowed = f"Fargate offers {', '.join(map(str, MEMORY_BY_CPU))} CPU units"
            yield Problem("ascent:compute.cpu", str(compute.cpu), allowed, "write one of them")
        else:
            yield Problem(
                "ascent:compute.memory",
                str(compute.memory),
                f"with {compute.cpu} CPU units Fargate offers {sizes_for(compute.cpu)} MiB",
                "write one of them",
            )
    if compute.kind is ComputeKind.EC2:
        built_for = instance_architecture(compute.instance_type)
        if built_for is not compute.architecture:
            yield Problem(
                "ascent:compute.instanceType",
                compute.instance_type,
                f"it is {built_for.value}, but ascent:compute.architecture is {compute.architecture.value}",
                f"set ascent:compute.architecture: {built_for.value}",
            )


RESERVED_VARIABLES = (
    "AWS_REGION",
    "DATABASE_HOST",
    "DATABASE_NAME",
    "DATABASE_PORT",
    "DATABASE_SECRET_ARN",
    "JWT_SECRET",
    "PORT",
    "TABLE_NAME",
)
"""Environment variables that a container gets from Ascent itself."""


def _variables(settings: Settings) -> Iterator[Problem]:
    compute = settings.compute
    places = {
        "ascent:compute.environment": compute.environment,
        "ascent:compute.secrets": compute.secrets,
        "ascent:security.secrets": settings.security.secrets,
    }
    owner = dict.fromkeys(RESERVED_VARIABLES, "Ascent itself")
    for place, names in places.items():
        for name in names:
            if name in owner:
                yield Problem(f"{place}.{name}", "set twice", f"{owner[name]} sets it already", "rename one of them")
            owner.setdefault(name, place)
    # Names of secrets in AWS are lower case.
    by_name: dict[str, str] = {}
    for name in settings.security.secrets:
        if (other := by_name.setdefault(name.lower(), name)) != name:
            wanted = "secrets must differ in more than case"
            yield Problem(f"ascent:security.secrets.{name}", f"too close to {other}", wanted, "rename one of them")


def _data(settings: Settings) -> Iterator[Problem]:
    postgres, dynamodb = settings.data.postgres, settings.data.dynamodb
    if postgres.enabled and postgres.max_storage_gb <= postgres.storage_gb:
        yield Problem(
            "ascent:data.postgres.maxStorageGb",
            str(postgres.max_storage_gb),
            f"must exceed ascent:data.postgres.storageGb ({postgres.storage_gb})",
            f"write {min(postgres.storage_gb * 2, 65536)}",
        )
    if dynamodb.enabled and dynamodb.sort_key == dynamodb.partition_key:
        yield Problem(
            "ascent:data.dynamodb.sortKey",
            repr(dynamodb.sort_key),
            "must differ from partitionKey",
            "rename one of them",
        )
    if settings.resilience.backup and not (postgres.enabled or dynamodb.enabled):
        yield Problem(
            "ascent:resilience.backup",
            "true",
            "there is no data store to back up",
            "set ascent:resilience.backup: false",
        )


def _alarms(settings: Settings) -> Iterator[Problem]:
    if settings.tier is not Tier.MVP and not settings.observability.alarm_emails:
        yield Problem(
            "ascent:observability.alarmEmails",
            "empty",
            f"tier {settings.tier.value} needs somebody who hears its alarms",
            "add an address, such as [oncall@example.com]",
        )
