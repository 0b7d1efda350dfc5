"""Keys, secrets, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.catalog.tokens import type_of
from ascent.cost.charges import Free, Gap, Line
from ascent.cost.meter import parts
from ascent.cost.pricers.observability import objective
from ascent.cost.pricers.registry import prices
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter


@prices(types.KMS_KEY, types.KMS_REPLICA_KEY)
def key(meter: Meter) -> Iterator[Line]:
    """A dollar a month, one more after each of the first two rotations, and the calls."""
    yield meter.fixed("kms.key", 1, "key")
    if meter.inputs.get("enableKeyRotation") is True:
        yield meter.used("kms.key", meter.usage.key_rotations, "rotations so far")
    yield meter.used("kms.requests", meter.share(meter.usage.key_requests), "calls")


@prices(types.SECRETSMANAGER_SECRET)
def secret(meter: Meter) -> Iterator[Line]:
    """A price per secret and replica, and the calls."""
    replicas = len(parts(meter.inputs.get("replicas")))
    yield meter.fixed("secrets.secret", 1 + replicas, "secrets")
    yield meter.used("secrets.requests", meter.usage.secret_reads / _secrets(meter), "calls")


def _secrets(meter: Meter) -> int:
    """How many secrets of the plan share the calls, whichever API makes them."""
    return sum(type_of(r) == types.SECRETSMANAGER_SECRET for r in meter.plan.resources)


@prices(types.CLOUDCONTROL_RESOURCE)
def cloud_control(meter: Meter) -> Iterator[Line]:
    """A resource of any CloudFormation type; of these, secrets and objectives have a price."""
    if type_of(meter.resource) == types.SECRETSMANAGER_SECRET:
        yield from secret(meter)
    elif meter.text("typeName") == "AWS::ApplicationSignals::ServiceLevelObjective":
        yield from objective(meter)
    elif meter.text("typeName") == "AWS::ECR::SigningConfiguration":
        yield Free("signatures of images are free")
    else:
        kind = meter.text("typeName")
        yield Gap(f"no pricer for {kind or 'a type known only after deployment'} through Cloud Control")


@prices(types.SSM_PARAMETER)
def parameter(meter: Meter) -> Iterator[Line]:
    """Standard parameters are free."""
    tier = meter.text("tier") or "Standard"
    yield Free("standard parameters are free") if tier == "Standard" else Gap(f"no price for {tier} parameters")
