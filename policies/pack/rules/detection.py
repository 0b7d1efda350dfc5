"""Security, continued: the account's own services that look for intruders, flaws and drift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..baseline import AUDITED, uses_aws
from ..checks import is_true
from ..documents import document
from ..facts import UNKNOWN
from ..rule import Layer, Severity
from ..values import at, known_items, show, text
from ..verdict import Outcome, Status, failed, passed, unverified, worst

if TYPE_CHECKING:
    from ..facts import StackFacts

layer = Layer("security")

DETECTOR: Final = "aws:guardduty/detector:Detector"
FEATURE: Final = "aws:guardduty/detectorFeature:DetectorFeature"
ORGANIZATION_FEATURE: Final = "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature"
PUBLISHING: Final = "aws:guardduty/publishingDestination:PublishingDestination"
HUB: Final = "aws:securityhub/account:Account"
STANDARD: Final = "aws:securityhub/standardsSubscription:StandardsSubscription"
RECORDER: Final = "aws:cfg/recorder:Recorder"
RECORDER_STATUS: Final = "aws:cfg/recorderStatus:RecorderStatus"
DELIVERY: Final = "aws:cfg/deliveryChannel:DeliveryChannel"
CONFIG_RULE: Final = "aws:cfg/rule:Rule"
CONFIG_RULES: Final = (
    CONFIG_RULE,
    "aws:cfg/conformancePack:ConformancePack",
    "aws:cfg/organizationConformancePack:OrganizationConformancePack",
    "aws:cfg/organizationManagedRule:OrganizationManagedRule",
)
EVENT_RULE: Final = "aws:cloudwatch/eventRule:EventRule"
INSPECTOR: Final = "aws:inspector2/enabler:Enabler"

GUARDDUTY_FEATURES: Final = {
    "S3_DATA_EVENTS": ("aws:s3/bucket:Bucket",),
    "RDS_LOGIN_EVENTS": ("aws:rds/instance:Instance", "aws:rds/cluster:Cluster"),
    "RUNTIME_MONITORING": ("aws:ecs/cluster:Cluster", "aws:eks/cluster:Cluster"),
}
"""Feature → what a stack must hold for it to be worth its price."""

INSPECTED: Final = {
    "ECR": ("aws:ecr/repository:Repository", "aws:ecs/taskDefinition:TaskDefinition", "aws:eks/cluster:Cluster"),
    "EC2": ("aws:ec2/instance:Instance", "aws:ec2/launchTemplate:LaunchTemplate"),
    "LAMBDA": ("aws:lambda/function:Function",),
}
"""What Inspector scans → what a stack must hold for it to have something to scan."""

CONFIG_TAG_KEYS: Final = ("Environment", "Project", "Owner")
"""Keys that AWS Config looks for on everything in the account."""

_FSBP: Final = "aws-foundational-security-best-practices"
_FINDING_SOURCES: Final = ("aws.guardduty", "aws.securityhub")


@layer.stack(
    "guardduty-enabled",
    "GuardDuty watches the account",
    on=(DETECTOR, FEATURE),
    severity=Severity.HIGH,
    levels=AUDITED,
    why="Stolen keys, mining and strange logins show in logs that nobody reads; GuardDuty reads them.",
    fix="Add an aws.guardduty.Detector and an aws.guardduty.DetectorFeature for S3_DATA_EVENTS, RDS_LOGIN_EVENTS and"
    " RUNTIME_MONITORING with status ENABLED.",
    anchors=(
        "FSBP GuardDuty.1",
        "FSBP GuardDuty.9",
        "FSBP GuardDuty.10",
        "checkov CKV_AWS_238",
        "checkov CKV2_AWS_3",
    ),
    items=(104,),
)
def guardduty_enabled(stack: StackFacts) -> Outcome | None:
    """A detector that is on, with the features that suit what the stack holds."""
    if not uses_aws(stack):
        return None
    detectors = tuple(stack.of_type(DETECTOR))
    if not detectors:
        return failed("the stack has no GuardDuty detector", "a detector")
    on = {text(f, "name") for f in stack.of_type(FEATURE) if at(f, "status") == "ENABLED"}
    on |= {text(f, "name") for f in stack.of_type(ORGANIZATION_FEATURE) if at(f, "autoEnable") == "ALL"}
    if any(is_true(d, "datasources.s3Logs.enable").status is Status.PASS for d in detectors):
        on.add("S3_DATA_EVENTS")
    missing = [f for f, held in GUARDDUTY_FEATURES.items() if f not in on and any(stack.of_type(*held))]
    features = (
        failed(f"features that are off: {', '.join(missing)}", "those features")
        if missing
        else passed("its features are on")
    )
    return worst((*(is_true(d, "enable", default=True) for d in detectors), features))


@layer.stack(
    "securityhub-enabled",
    "Security Hub holds the account against AWS's best practices",
    on=(HUB, STANDARD),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="Whatever is changed by hand after the deployment is found there, and nowhere else.",
    fix="Add an aws.securityhub.Account and an aws.securityhub.StandardsSubscription for the foundational standard.",
    anchors=("prowler securityhub_enabled",),
    items=(105,),
)
def securityhub_enabled(stack: StackFacts) -> Outcome | None:
    """The hub with FSBP: by subscription, or because AWS subscribes to it unless told otherwise."""
    if not uses_aws(stack):
        return None
    wanted = "Security Hub with the foundational standard"
    hubs = tuple(stack.of_type(HUB))
    if not hubs:
        return failed("the stack has no Security Hub", wanted)
    arns = [at(s, "standardsArn") for s in stack.of_type(STANDARD)]
    if any(isinstance(a, str) and _FSBP in a for a in arns):
        return passed("the foundational standard is subscribed to")
    default = is_true(hubs[0], "enableDefaultStandards", default=True)
    if default.status is not Status.PASS and UNKNOWN in arns:
        return unverified("a standardsArn is known only after deployment", wanted)
    return default


@layer.stack(
    "config-recording",
    "AWS Config records every kind of resource",
    on=(RECORDER, RECORDER_STATUS, DELIVERY),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="Without a record nobody can say what a security group looked like on the day of the incident.",
    fix="Add an aws.cfg.Recorder with recordingGroup.allSupported, a DeliveryChannel, and a RecorderStatus with"
    " isEnabled true.",
    anchors=("FSBP Config.1", "checkov CKV2_AWS_45", "checkov CKV2_AWS_48"),
    items=(116,),
)
def config_recording(stack: StackFacts) -> Outcome | None:
    """A recorder of everything, started, that delivers somewhere."""
    if not uses_aws(stack):
        return None
    recorders, states = tuple(stack.of_type(RECORDER)), tuple(stack.of_type(RECORDER_STATUS))
    if not recorders:
        return failed("the stack has no Config recorder", "a recorder")
    parts = [
        is_true(recorders[0], "recordingGroup.allSupported", default=True),
        is_true(states[0], "isEnabled") if states else failed("the recorder is not started", "a RecorderStatus"),
    ]
    if not any(stack.of_type(DELIVERY)):
        parts.append(failed("the recorder has no delivery channel", "one"))
    return worst(parts)


@layer.stack(
    "config-rules",
    "AWS Config holds resources against rules",
    on=CONFIG_RULES,
    severity=Severity.LOW,
    levels=AUDITED,
    why="A record without rules is looked at after the incident only.",
    fix="Add aws.cfg.Rule resources, or an aws.cfg.ConformancePack with AWS's operational best practices.",
    items=(116, 120),
)
def config_rules(stack: StackFacts) -> Outcome | None:
    """A rule or a conformance pack."""
    if not uses_aws(stack):
        return None
    count = sum(1 for _ in stack.of_type(*CONFIG_RULES))
    return passed(f"{count} rule(s) or pack(s)") if count else failed("the stack has no Config rule", "a baseline")


@layer.stack(
    "config-required-tags",
    "AWS Config finds what carries no tags",
    on=CONFIG_RULE,
    severity=Severity.LOW,
    levels=AUDITED,
    why="Pulumi tags what it makes; what is made by hand is found by a rule in the account only.",
    fix='Add an aws.cfg.Rule with sourceIdentifier "REQUIRED_TAGS" and inputParameters tag1Key … for Environment,'
    " Project and Owner.",
    items=(117,),
)
def config_required_tags(stack: StackFacts) -> Outcome | None:
    """AWS's rule `REQUIRED_TAGS` with `CONFIG_TAG_KEYS`."""
    if not uses_aws(stack):
        return None
    wanted = f"REQUIRED_TAGS for {', '.join(CONFIG_TAG_KEYS)}"
    rules = [r for r in stack.of_type(CONFIG_RULE) if at(r, "source.sourceIdentifier") == "REQUIRED_TAGS"]
    if not rules:
        return failed("no Config rule looks for tags", wanted)
    parameters = document(rules[0], "inputParameters")
    if parameters is UNKNOWN:
        return unverified(show(rules[0], "inputParameters"), wanted)
    keys = [at(parameters, f"tag{n}Key") for n in range(1, 7)]
    missing = [k for k in CONFIG_TAG_KEYS if k not in keys]
    if missing and UNKNOWN in keys:
        return unverified("a tag's key is known only after deployment", wanted)
    return failed(f"the rule does not look for {', '.join(missing)}", wanted) if missing else passed(wanted)


@layer.stack(
    "findings-forwarded",
    "What GuardDuty and Security Hub find reaches somebody",
    on=(DETECTOR, HUB, EVENT_RULE, PUBLISHING),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="Findings wait in a console; the useful ones are useful for an hour.",
    fix='Add an aws.cloudwatch.EventRule with source "aws.securityhub" and an EventTarget for a topic or a SIEM.',
    items=(106, 131),
)
def findings_forwarded(stack: StackFacts) -> Outcome | None:
    """An event rule for findings, or an export of GuardDuty's. Nothing to ask where neither service is made."""
    if not any(stack.of_type(DETECTOR, HUB)):
        return None
    if any(stack.of_type(PUBLISHING)):
        return passed("GuardDuty exports its findings")
    patterns = [document(r, "eventPattern") for r in stack.of_type(EVENT_RULE)]
    if any(source in _FINDING_SOURCES for p in patterns for source in known_items(p, "source")):
        return passed("an event rule forwards findings")
    if UNKNOWN in patterns:
        return unverified("an eventPattern is known only after deployment", "an event rule for findings")
    return failed("nothing forwards findings", "an event rule for findings")


@layer.stack(
    "inspector-enabled",
    "Inspector looks for known flaws in what runs",
    on=INSPECTOR,
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="An image that was clean when it was pushed is not clean for ever: flaws become known while it runs.",
    fix='Add an aws.inspector2.Enabler with resourceTypes "ECR" and, for instances and functions, "EC2" and "LAMBDA".',
    anchors=("FSBP Inspector.1", "FSBP Inspector.2", "FSBP Inspector.4"),
    items=(107, 191),
)
def inspector_enabled(stack: StackFacts) -> Outcome | None:
    """An enabler for each kind of workload that the stack holds."""
    needed = [kind for kind, types in INSPECTED.items() if any(stack.of_type(*types))]
    if not needed:
        return None
    on = [kind for e in stack.of_type(INSPECTOR) for kind in known_items(e, "resourceTypes")]
    missing = [kind for kind in needed if kind not in on]
    return (
        failed(f"Inspector does not scan {', '.join(missing)}", "Inspector") if missing else passed("Inspector scans")
    )
