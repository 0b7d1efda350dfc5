"""What an account has once: detectors, the hub, scanners, records, and where findings go."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.charges import Free, Gap, Line
from ascent.cost.pricers.registry import prices
from ascent.cost.pricers.trails import records_objects
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter

_CPU_UNITS: Final = 1024
"""Units of CPU in a task's size that are one vCPU."""

_GB_OF_FLOWS: Final = Decimal("0.000005")
"""Flow logs of one run of a function: ten connections of half a KB each."""

FINDING_GB: Final = Decimal("0.000005")
"""A finding as Firehose charges it: it rounds a record up to 5 KB (Amazon Data Firehose pricing)."""


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
    """Each protection plan has meters of its own; where a plan holds nothing that it watches, it costs nothing."""
    name = meter.text("name")
    if meter.text("status") == "DISABLED":
        yield Free("it is turned off")
    elif name == "S3_DATA_EVENTS":
        yield meter.used("guardduty.s3-events", meter.usage.object_events, "reads and writes of objects")
    elif name == "RDS_LOGIN_EVENTS":
        yield from _if_any(meter, (types.RDS_INSTANCE, types.RDS_CLUSTER), "guardduty.rds-vcpu", "databases")
    elif name == "RUNTIME_MONITORING":
        yield from _runtime(meter)
    elif name == "EKS_AUDIT_LOGS":
        yield from _none_of(meter, types.EKS_CLUSTER, "clusters", "EKS audit events")
    elif name == "LAMBDA_NETWORK_LOGS":
        yield from _functions(meter)
    elif name == "EBS_MALWARE_PROTECTION":
        yield Free("scans a volume only after a finding about its instance, $0.03 per GB then")
    else:
        yield Gap(f"no price for GuardDuty's {name or 'protection plan'}")


def _if_any(meter: Meter, watched: tuple[str, ...], item: str, what: str) -> Iterator[Line]:
    if any(meter.plan.by_type.get(type_) for type_ in watched):
        yield meter.used(item, meter.usage.database_vcpus, f"vCPUs of {what}")
    else:
        yield Free(f"the stack has no {what}; those of the account's other stacks are charged")


def _functions(meter: Meter) -> Iterator[Line]:
    """Flow logs of what functions call, at the same price as a network's."""
    if meter.plan.by_type.get(types.LAMBDA_FUNCTION):
        yield meter.used("guardduty.flow-gb", meter.usage.function_runs * _GB_OF_FLOWS, "GB of functions' flow logs")
    else:
        yield Free("the stack has no functions; those of the account's other stacks are charged")


def _none_of(meter: Meter, type_: str, what: str, measured: str) -> Iterator[Line]:
    if meter.plan.by_type.get(type_):
        yield Gap(f"how much of {measured} GuardDuty reads is in no usage profile")
    else:
        yield Free(f"the stack has no {what}; those of the account's other stacks are charged")


def _runtime(meter: Meter) -> Iterator[Line]:
    """vCPUs of Fargate tasks at their least number; agents on machines and clusters are not installed by it."""
    vcpus = Decimal(0)
    for service in meter.plan.by_type.get(types.ECS_SERVICE, ()):
        own = meter.of(service)
        tasks = own.targets(types.ECS_TASK_DEFINITION, "taskDefinition")
        cpu = meter.of(tasks[0]).number("cpu") if tasks else None
        if own.text("launchType") == "FARGATE" and cpu is not None:
            vcpus += (own.number("desiredCount") or Decimal(1)) * cpu / _CPU_UNITS
    if vcpus:
        yield meter.fixed("guardduty.runtime-vcpu", vcpus, "vCPUs of tasks")
    else:
        yield Free("the stack has no Fargate tasks; those of the account's other stacks are charged")


@prices(types.SECURITYHUB_ACCOUNT)
def security_hub(meter: Meter) -> Iterator[Line]:
    """Checks of the standards that are on."""
    yield meter.used("securityhub.checks", meter.share(meter.usage.security_checks), "checks")


@prices(types.CFG_RECORDER)
def recorder(meter: Meter) -> Iterator[Line]:
    """Configuration items: each change, or each resource that changed in a day."""
    mode = meter.inputs.get("recordingMode")
    daily = isinstance(mode, dict) and mode.get("recordingFrequency") == "DAILY"
    item = "config.items-daily" if daily else "config.items"
    yield meter.used(item, meter.share(meter.usage.config_items), "configuration items")


@prices(types.CFG_RULE, types.CFG_CONFORMANCE_PACK)
def config_rule(meter: Meter) -> Iterator[Line]:
    """Evaluations: at most one for each change. Security Hub's own rules are charged as its checks."""
    yield meter.used("config.evaluations", meter.usage.config_items, "evaluations")


@prices(types.CLOUDTRAIL_TRAIL)
def trail(meter: Meter) -> Iterator[Line]:
    """The first copy of management events is free; data events are not."""
    if records_objects(meter.inputs):
        yield meter.used("cloudtrail.data", meter.share(meter.usage.object_events), "reads and writes of objects")
    else:
        yield Free("the first copy of management events is free; what is stored is charged at the bucket")


@prices(types.INSPECTOR2_ENABLER)
def inspector(meter: Meter) -> Iterator[Line]:
    """By the image, the instance and the function."""
    scans = meter.inputs.get("resourceTypes")
    if not isinstance(scans, list):
        yield Gap("what it scans is known only after deployment")
        return
    if "ECR" in scans:
        yield meter.used("inspector.image", meter.usage.images, "images")
        yield meter.used("inspector.rescan", meter.usage.image_rescans, "rescans")
    if "EC2" in scans:
        groups = meter.plan.by_type.get(types.AUTOSCALING_GROUP, ())
        instances = sum((meter.of(group).number("minSize") or Decimal(1) for group in groups), Decimal(0))
        instances += len(meter.plan.by_type.get(types.EC2_INSTANCE, ()))
        yield meter.fixed("inspector.instance", instances, "instances")
    if "LAMBDA" in scans:
        item = "inspector.function-code" if "LAMBDA_CODE" in scans else "inspector.function"
        functions = len(meter.plan.by_type.get(types.LAMBDA_FUNCTION, ()))
        yield meter.fixed(item, functions, "functions")


@prices(types.ACCESSANALYZER_ANALYZER)
def analyzer(meter: Meter) -> Iterator[Line]:
    """What others can reach is found for nothing; what nobody uses by the role and user."""
    kind = meter.text("type") or "ACCOUNT"
    if kind in ("ACCOUNT", "ORGANIZATION"):
        yield Free("analyzers of external access are free")
    elif kind.endswith("UNUSED_ACCESS"):
        yield meter.used("access-analyzer.identity", meter.usage.identities, "roles and users")
    else:
        yield Gap(f"no price for analyzers of type {kind}")


@prices(types.MACIE2_ACCOUNT)
def macie(meter: Meter) -> Iterator[Line]:
    """Every bucket and its objects are watched; what is looked into comes on top."""
    yield meter.fixed("macie.bucket", len(meter.plan.by_type.get(types.S3_BUCKET, ())), "buckets")
    yield meter.used("macie.objects", meter.usage.sensitive_objects, "objects watched")
    yield meter.used("macie.gb", meter.usage.sensitive_gb, "GB looked into")
