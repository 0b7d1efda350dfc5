"""Checks on the shape of a plan: identities, parents, the provider, the partition, alarms."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policies.pack.types import PULUMI_PULUMI_STACK
from settings.offers.regions import partition

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource

PROVIDER = "pulumi:providers:aws"


def distinct_urns(plan: Plan) -> list[str]:
    """No two resources share a URN."""
    return [f"{urn} stands {n} times" for urn, n in Counter(r.urn for r in plan.resources).items() if n > 1]


def component_of(plan: Plan, resource: Resource) -> Resource | None:
    """The nearest component above a resource; the stack counts as none."""
    above = plan.by_urn.get(resource.parent or "")
    while above is not None and above.custom:
        above = plan.by_urn.get(above.parent or "")
    return None if above is None or above.type == PULUMI_PULUMI_STACK else above


def names_follow_parents(plan: Plan) -> list[str]:
    """A name is its component's name with a suffix; awsx names some children exactly like itself."""
    found = []
    for resource in plan.resources:
        above = component_of(plan, resource)
        if above is None:
            continue
        same = resource.name == above.name and above.type.startswith("awsx:")
        if not same and not re.match(rf"{re.escape(above.name)}-.", resource.name):
            found.append(f"{resource.type} {resource.name} does not start with {above.name}-")
    return found


def below_components(plan: Plan) -> list[str]:
    """Every resource but providers has a component above it, and exactly one platform holds everything.

    Beside it stands the stack's memory, which makes nothing.
    """
    loose = [r.name for r in plan.resources if r.type.startswith("aws:") and component_of(plan, r) is None]
    found = [f"{name} is in no component" for name in loose]
    tops = [r.type for r in plan.resources if r.parent and plan.by_urn[r.parent].type == PULUMI_PULUMI_STACK]
    # A second region has a provider of its own, whose region is another.
    regions = {str(r.inputs.get("region")) for r in plan.by_type[PROVIDER]}
    if sorted(tops) != ["ascent:foundation:Memory", "ascent:platform:Platform", *[PROVIDER] * len(regions)]:
        found.append(f"below the stack are {tops}")
    return found


def one_provider(plan: Plan) -> list[str]:
    """There is one AWS provider for each region, and everything of AWS uses one of them."""
    providers = [r.urn for r in plan.resources if r.type == PROVIDER]
    regions = {str(plan.by_urn[urn].inputs.get("region")) for urn in providers}
    if not providers or len(providers) != len(regions):
        return [f"{len(providers)} AWS providers in {len(regions)} regions"]
    others = [r for r in plan.resources if r.custom and r.type.startswith("aws:") and r.provider not in providers]
    return [f"{r.type} {r.name} uses {r.provider or 'no explicit provider'}" for r in others]


def one_partition(plan: Plan) -> list[str]:
    """ARNs and regions of a stack stay in the partition of its region."""
    own = partition(plan.region)
    found = []
    for resource in plan.resources:
        named = set(re.findall(r"\barn:(aws[a-z-]*):", repr(resource.inputs)))
        region = resource.inputs.get("region")
        if isinstance(region, str):
            named.add(partition(region))
        found += [f"{resource.type} {resource.name} is about {other}" for other in sorted(named - {own})]
    if own != "aws" and "aws:cloudfront/vpcOrigin:VpcOrigin" in plan.by_type:
        found.append(f"{plan.region} has no CloudFront VPC origins")
    return found


def alarms_act(plan: Plan) -> list[str]:
    """Every alarm tells somebody when it fires and when it recovers, itself or through one that speaks for it.

    It says its severity and its runbook, as each event rule does.
    """
    found = []
    composites = plan.by_type.get(COMPOSITE, ())
    spoken_for = {urn for composite in composites for urn in composite.property_dependencies.get("alarmRule", ())}
    for alarm in (*plan.by_type.get("aws:cloudwatch/metricAlarm:MetricAlarm", ()), *composites):
        silent = [kind for kind in ("alarmActions", "okActions") if not alarm.inputs.get(kind)]
        if (alarm.urn in spoken_for and len(silent) == 2) or scales(plan, alarm):
            continue
        found += [f"{alarm.name} has no {kind}" for kind in silent]
    told = telling(plan)
    found += [f"{one.name} says no severity" for one in told if not severity_of(one)]
    return [*found, *(f"{one.name} names no runbook" for one in told if not runbook_of(one))]


COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"

TELLING = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": "alarmDescription",
    COMPOSITE: "alarmDescription",
    "aws:cloudwatch/eventRule:EventRule": "description",
}
"""Types that tell somebody → the input that names the runbook."""


def telling(plan: Plan) -> list[Resource]:
    """Alarms, and rules that pass events on; one that only keeps the time, or fills a store, tells nobody anything."""
    streams = {
        stream.urn for stream in plan.by_type.get("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", ())
    }
    quiet = {
        urn
        for target in plan.by_type.get("aws:cloudwatch/eventTarget:EventTarget", ())
        if streams & set(target.property_dependencies.get("arn", ()))
        for urn in target.property_dependencies.get("rule", ())
    }
    every = [one for type_ in TELLING for one in plan.by_type.get(type_, ()) if one.urn not in quiet]
    return [one for one in every if "scheduleExpression" not in one.inputs and not scales(plan, one)]


def scales(plan: Plan, alarm: Resource) -> bool:
    """Whether an alarm does nothing but set off a scaling policy; it rests in ALARM while little happens."""
    actions = alarm.property_dependencies.get("alarmActions", ())
    return bool(actions) and all(plan.by_urn[urn].type == "aws:appautoscaling/policy:Policy" for urn in actions)


def runbook_of(alarm: Resource) -> str:
    """The path of an alarm's or a rule's runbook from the repository's root; empty without one."""
    match = re.search(r"Runbook: (docs/runbooks/[a-z0-9-]+\.md)$", str(alarm.inputs.get(TELLING[alarm.type], "")))
    return match[1] if match else ""


def severity_of(alarm: Resource) -> str:
    """How fast somebody has to act; empty where it does not say."""
    match = re.match(r"Severity (critical|high|medium|low): \S", str(alarm.inputs.get(TELLING[alarm.type], "")))
    return match[1] if match else ""
