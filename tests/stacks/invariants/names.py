"""Checks on physical names: what Pulumi makes of logical names, and the names that the program fixes itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.catalog.identity import identities
from ascent.catalog.lookup import known_of
from ascent.plan.model import UNKNOWN
from tests.engine.standin.facts import deleted_first
from tests.stacks.invariants.tags import sdk_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan, Resource

SUFFIX: Final = "-0a1b2c3"
"""What Pulumi adds to a logical name: a hyphen and seven hexadecimal digits (pulumi docs, "Autonaming")."""

_WORD: Final = r"[A-Za-z0-9_-]+"
_IAM: Final = r"[\w+=,.@-]+"
_HYPHENS_APART: Final = r"[a-z](-?[a-z0-9])*"
_ANY: Final = r"[ -~]+"

AUTONAMED: Final[dict[str, tuple[int, str]]] = {
    "aws:appautoscaling/policy:Policy": (256, _ANY),
    "aws:autoscaling/group:Group": (255, _ANY),
    "aws:autoscaling/policy:Policy": (255, _ANY),
    "aws:backup/plan:Plan": (50, r"[A-Za-z0-9_.-]+"),
    "aws:backup/selection:Selection": (50, r"[A-Za-z0-9_.-]+"),
    "aws:backup/vault:Vault": (50, _WORD),
    "aws:budgets/budget:Budget": (100, r"[^:\\]+"),
    "aws:cfg/conformancePack:ConformancePack": (256, r"[a-zA-Z][-a-zA-Z0-9]*"),
    "aws:cfg/deliveryChannel:DeliveryChannel": (256, _ANY),
    "aws:cfg/recorder:Recorder": (256, _ANY),
    "aws:cfg/rule:Rule": (128, _ANY),
    "aws:cloudwatch/eventRule:EventRule": (64, r"[.A-Za-z0-9_-]+"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": (512, r"[^:*]+"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": (255, _ANY),
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor": (1024, _ANY),
    "aws:costexplorer/anomalySubscription:AnomalySubscription": (1024, _ANY),
    "aws:dynamodb/table:Table": (255, r"[A-Za-z0-9_.-]{3,}"),
    "aws:ec2/launchTemplate:LaunchTemplate": (128, r"[A-Za-z0-9().\/_-]{3,}"),
    "aws:ec2/securityGroup:SecurityGroup": (255, r"(?!sg-)[A-Za-z0-9 ._:/()#,@\[\]+=&;{}!$*-]+"),
    "aws:ecs/service:Service": (255, _WORD),
    "aws:iam/instanceProfile:InstanceProfile": (128, _IAM),
    "aws:iam/role:Role": (64, _IAM),
    "aws:iam/rolePolicy:RolePolicy": (128, _IAM),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (64, r"[a-zA-Z0-9_.-]+"),
    "aws:lambda/function:Function": (64, _WORD),
    "aws:rds/parameterGroup:ParameterGroup": (255, _HYPHENS_APART),
    "aws:rds/subnetGroup:SubnetGroup": (255, r"[a-z0-9_. -]+"),
    "aws:s3/bucket:Bucket": (63, r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
    "aws:secretsmanager/secret:Secret": (512, r"[A-Za-z0-9/_+=.@-]+"),
    "aws:sns/topic:Topic": (256, _WORD),
    "aws:wafv2/webAcl:WebAcl": (128, _WORD),
}
"""Type → longest name and its form, from the API reference of each service (the Create call's name parameter)."""

FIXED: Final[dict[tuple[str, str], tuple[int, str]]] = {
    ("aws:accessanalyzer/analyzer:Analyzer", "analyzerName"): (255, r"[A-Za-z][A-Za-z0-9_.-]*"),
    ("aws:account/alternativeContact:AlternativeContact", "name"): (64, _ANY),
    ("aws:cloudformation/stack:Stack", "name"): (128, r"[a-zA-Z][-a-zA-Z0-9]*"),
    ("aws:amp/ruleGroupNamespace:RuleGroupNamespace", "name"): (64, r"[0-9A-Za-z][-.0-9A-Z_a-z]*"),
    ("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "configurationName"): (128, _WORD),
    ("aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration", "configurationName"): (128, _WORD),
    ("aws:cloudwatch/compositeAlarm:CompositeAlarm", "alarmName"): (255, _ANY),
    ("aws:cloudwatch/logStream:LogStream", "name"): (512, r"[^:*]+"),
    ("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "name"): (512, r"[^:*]+"),
    ("aws:cloudwatch/queryDefinition:QueryDefinition", "name"): (255, r"([^:*/]+/?)+[^:*/]+"),
    ("aws:grafana/workspace:Workspace", "name"): (255, r"[a-zA-Z0-9._~-]+"),
    ("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "name"): (64, r"[a-zA-Z0-9_.-]+"),
    ("aws:synthetics/canary:Canary", "name"): (255, r"[0-9a-z_-]+"),
    ("aws:xray/group:Group", "groupName"): (32, r"[a-zA-Z0-9-]+"),
    ("aws:backup/restoreTestingPlan:RestoreTestingPlan", "name"): (50, r"[A-Za-z0-9_]+"),
    ("aws:backup/restoreTestingSelection:RestoreTestingSelection", "name"): (50, r"[A-Za-z0-9_]+"),
    ("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy", "name"): (128, _WORD),
    ("aws:cloudtrail/trail:Trail", "name"): (128, r"[A-Za-z0-9][A-Za-z0-9._-]{2,}"),
    ("aws:cloudwatch/dashboard:Dashboard", "dashboardName"): (255, _WORD),
    ("aws:cloudwatch/logGroup:LogGroup", "name"): (512, r"(?!aws/)[A-Za-z0-9_/.#-]+"),
    ("aws:ecs/cluster:Cluster", "name"): (255, _WORD),
    ("aws:ecs/taskDefinition:TaskDefinition", "family"): (255, _WORD),
    ("aws:guardduty/detectorFeature:DetectorFeature", "name"): (50, r"[A-Z0-9_]+"),
    ("aws:kms/alias:Alias", "name"): (256, r"alias/(?!aws/)[A-Za-z0-9/_-]+"),
    ("aws:lb/loadBalancer:LoadBalancer", "name"): (32, r"(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"),
    ("aws:lb/targetGroup:TargetGroup", "name"): (32, r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"),
    ("aws:organizations/policy:Policy", "name"): (128, _ANY),
    ("aws:iam/policy:Policy", "name"): (128, _IAM),
    ("aws:rds/instance:Instance", "finalSnapshotIdentifier"): (255, _HYPHENS_APART),
    ("aws:rds/instance:Instance", "identifier"): (63, _HYPHENS_APART),
    ("aws:route53/record:Record", "name"): (255, r"[a-z0-9.-]+"),
    ("aws:route53/zone:Zone", "name"): (255, r"[a-z0-9.-]+"),
    ("aws:ssm/parameter:Parameter", "name"): (1011, r"/(?!aws|ssm)[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+){1,14}"),
    ("aws:s3control/storageLensConfiguration:StorageLensConfiguration", "configId"): (64, r"[A-Za-z0-9_.-]+"),
}
"""Type and input → longest name and its form, from the same places."""

_NAMING: Final = ("name", "bucket", "identifier", "family", "dashboardName", "alarmName", "groupName")
_NO_NAME: Final = {"aws:cloudcontrol/resource:Resource"}

_NAMED_BY_WHAT_REPLACES: Final = {
    # Subnets are the VPC component's, whose zones do not change.
    "aws:ec2/subnet:Subnet",
    # The provider deletes nothing here: one that goes is left as it is.
    "aws:guardduty/detectorFeature:DetectorFeature",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
}
"""Types whose names hold what replaces them, so that old and new stand side by side, and those that need no order."""


def physical_names(plan: Plan) -> list[str]:
    """Every physical name is within its service's length and alphabet."""
    return [
        f"{resource.type} {resource.name}: {name!r} has {len(name)} of {limit} characters or breaks {form}"
        for resource in plan.resources
        for name, limit, form in _names(resource)
        if len(name) > limit or not re.fullmatch(form, name)
    ]


def _names(resource: Resource) -> Iterator[tuple[str, int, str]]:
    if resource.type in AUTONAMED:
        yield resource.name + SUFFIX, *AUTONAMED[resource.type]
    for name, limits in fixed_names(resource).items():
        yield name, *limits


def fixed_names(resource: Resource) -> dict[str, tuple[int, str]]:
    """The known names that the program fixes for a resource, each with its limits."""
    found = {}
    for (type_, key), limits in FIXED.items():
        name = resource.inputs.get(key) if type_ == resource.type else None
        if isinstance(name, str) and name != UNKNOWN:
            found[name] = limits
    return found


def distinct_objects(plan: Plan) -> list[str]:
    """No two resources own the same physical object."""
    owners: dict[object, list[str]] = {}
    for resource in plan.resources:
        for found in identities(plan, resource):
            owners.setdefault(found, []).append(resource.name)
    return [f"{found} belongs to {' and '.join(names)}" for found, names in owners.items() if len(names) > 1]


def replaced_apart(plan: Plan) -> list[str]:
    """What is replaced under its own name is deleted first: else AWS has it already, or the old one takes both away."""
    return [
        f"{resource.type} {resource.name}: another {' or '.join(sorted(loose))} replaces it under the same name; "
        "delete it first (delete_before_replace)"
        for resource in plan.resources
        if resource.type not in _NAMED_BY_WHAT_REPLACES and not resource.options.delete_before_replace
        if not deleted_first(resource.type, resource.inputs)
        if (loose := _replacing(resource)) and identities(plan, resource)
    ]


def _replacing(resource: Resource) -> set[str]:
    """Inputs that replace a resource and are no part of what identifies it."""
    known = known_of(resource.type)
    own = {part.removesuffix("?").partition(".")[0] for part in known.identity}
    return ({*known.replaces} & {*resource.inputs}) - own


def unknown_types(plan: Plan) -> list[str]:
    """Every type that has a physical name is in one of the tables, so that a new one cannot slip through."""
    fixed = {type_ for type_, _ in FIXED}
    types = {r.type for r in plan.resources if r.custom and r.type.startswith("aws:")}
    return [
        f"{type_} has a physical name and stands in no table of limits; add it in tests/stacks/invariants/names.py"
        for type_ in sorted(types - set(AUTONAMED) - fixed - _NO_NAME)
        if not sdk_arguments(type_).isdisjoint(_NAMING) and not _named_by_another(plan, type_)
    ]


def _named_by_another(plan: Plan, type_: str) -> bool:
    """Whether the input that looks like a name is another resource's, as the bucket of a bucket policy is."""
    return all(
        key in resource.property_dependencies
        for resource in plan.by_type[type_]
        for key in sdk_arguments(type_).intersection(_NAMING)
    )
