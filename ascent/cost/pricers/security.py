"""Keys, secrets, detectors, recorders."""

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
    else:
        kind = meter.text("typeName")
        yield Gap(f"no pricer for {kind or 'a type known only after deployment'} through Cloud Control")


@prices(types.GUARDDUTY_DETECTOR)
def detector(meter: Meter) -> Iterator[Line]:
    """Management events, flow logs and DNS logs; protection plans come on top."""
    if meter.inputs.get("enable") is False:
        yield Free("it is turned off")
        return
    yield meter.used("guardduty.events", meter.share(meter.usage.api_events), "management events")
    yield meter.used("guardduty.flow-gb", meter.share(meter.usage.flow_log_gb), "GB of flow and DNS logs")


@prices(types.GUARDDUTY_DETECTOR_FEATURE)
def detector_feature(meter: Meter) -> Iterator[Line]:
    """Each protection plan has meters of its own."""
    if meter.text("status") == "DISABLED":
        yield Free("it is turned off")
    else:
        yield Gap(f"no price for GuardDuty's {meter.text('name') or 'protection plan'}")


@prices(types.SECURITYHUB_ACCOUNT)
def security_hub(meter: Meter) -> Iterator[Line]:
    """Checks of the standards that are on."""
    yield meter.used("securityhub.checks", meter.share(meter.usage.security_checks), "checks")


@prices(types.CFG_RECORDER)
def recorder(meter: Meter) -> Iterator[Line]:
    """Configuration items."""
    yield meter.used("config.items", meter.share(meter.usage.config_items), "configuration items")


@prices(types.CFG_RULE)
def config_rule(meter: Meter) -> Iterator[Line]:
    """Evaluations."""
    yield meter.used("config.evaluations", meter.share(meter.usage.security_checks), "evaluations")


@prices(types.CLOUDTRAIL_TRAIL)
def trail(meter: Meter) -> Iterator[Line]:
    """The first copy of management events is free; data events are not."""
    selectors = [*parts(meter.inputs.get("eventSelectors")), *parts(meter.inputs.get("advancedEventSelectors"))]
    if selectors:
        yield Gap("the number of events that its selectors add is in no usage profile")
    else:
        yield Free("the first copy of management events is free; what is stored is charged at the bucket")


@prices(types.SSM_PARAMETER)
def parameter(meter: Meter) -> Iterator[Line]:
    """Standard parameters are free."""
    tier = meter.text("tier") or "Standard"
    yield Free("standard parameters are free") if tier == "Standard" else Gap(f"no price for {tier} parameters")
