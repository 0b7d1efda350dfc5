"""CloudTrail, the record of who did what in the account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, present
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.kept import kept_elsewhere
from policies.pack.facts.keys import own_key
from policies.pack.layers import ACCOUNT
from policies.pack.levels import AUDITED, advisory_from, mandatory_from
from policies.pack.rule import Severity, sets
from policies.pack.values import UNSET, as_bool, at, items, known_items
from policies.pack.verdict import Outcome, Status, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value

_OBJECTS: Final = "AWS::S3::Object"

_BOTH: Final = frozenset({"read", "write"})
_KINDS: Final = {"All": _BOTH, "ReadOnly": frozenset({"read"}), "WriteOnly": frozenset({"write"})}
_MANAGEMENT: Final = "includeManagementEvents"
_READ_ONLY: Final = {"true": _KINDS["ReadOnly"], "false": _KINDS["WriteOnly"]}
"""What values of `readWriteType` and of the field `readOnly` record."""


@ACCOUNT.stack(
    "trail-multi-region",
    "A trail records what is done in every region",
    on=types.CLOUDTRAIL_TRAIL,
    severity=Severity.HIGH,
    levels=AUDITED,
    account=True,
    why="Without a trail AWS forgets after 90 days, and an intruder works in the region where nobody looks.",
    fix="Add an aws.cloudtrail.Trail with isMultiRegionTrail true, and leave enableLogging true.",
    anchors=("FSBP CloudTrail.1", "FSBP CloudTrail.3", "checkov CKV_AWS_67", "checkov CKV_AWS_251", "trivy AWS-0014"),
)
def trail_multi_region(stack: StackFacts) -> Outcome | None:
    """A trail of all regions and of global services, switched on, that records what is done to resources."""
    if not stack.uses_aws:
        return None
    outcomes = [_records_everywhere(t) for t in stack.of_type(types.CLOUDTRAIL_TRAIL)]
    if not outcomes:
        wanted = "a multi-region trail"
        return kept_elsewhere(stack, "trail", wanted) or failed("the stack has no trail", wanted)
    return next((o for o in outcomes if o.status is Status.PASS), outcomes[0])


def _records_everywhere(trail: ResourceFacts) -> Outcome:
    return worst(
        (
            is_true(trail, "isMultiRegionTrail"),
            is_true(trail, "enableLogging", default=True),
            is_true(trail, "includeGlobalServiceEvents", default=True),
            _records_management(trail),
        )
    )


def _records_management(trail: ResourceFacts) -> Outcome:
    """Whether what is done to resources is recorded, reads and writes: it is unless selectors leave it out."""
    wanted = "management events, reads and writes"
    advanced, basic = (items(trail, key) for key in ("advancedEventSelectors", "eventSelectors"))
    if isinstance(advanced, Unknown) or isinstance(basic, Unknown):
        return unverified("the event selectors are known only after deployment", wanted)
    if advanced:
        recorded = frozenset().union(*map(_management_accesses, advanced))
    elif basic:
        recorded = frozenset().union(*(_kind(s) for s in basic if as_bool(at(s, _MANAGEMENT)) is not False))
    else:
        return passed("management events are recorded by default")
    return passed(wanted) if recorded == _BOTH else failed("the event selectors leave out management events", wanted)


def _management_accesses(selector: Value) -> frozenset[str]:
    """Which management events an advanced selector records; of some services left out AWS allows only a few."""
    fields = known_items(selector, "fieldSelectors")
    if not any(at(f, "field") == "eventCategory" and "Management" in known_items(f, "equals") for f in fields):
        return frozenset()
    return _narrowed(fields)


def _kind(selector: Value) -> frozenset[str]:
    kind = at(selector, "readWriteType")
    return _BOTH if kind is UNSET else _KINDS.get(str(kind), frozenset())


@ACCOUNT.resource(
    "trail-validation",
    "Trails can prove that nobody changed their files",
    on=types.CLOUDTRAIL_TRAIL,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Who can write to the bucket can otherwise take lines out of the record without a trace.",
    fix="Set enableLogFileValidation to true.",
    anchors=("FSBP CloudTrail.4", "checkov CKV_AWS_36", "trivy AWS-0016"),
    remedy=sets({"enableLogFileValidation": True}),
)
def trail_validation(trail: ResourceFacts) -> Outcome:
    """`enableLogFileValidation`, which AWS leaves off."""
    return is_true(trail, "enableLogFileValidation")


@ACCOUNT.resource(
    "trail-kms",
    "Trails are encrypted with a key of our own",
    on=types.CLOUDTRAIL_TRAIL,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="The trail tells how the account works; with a key of our own reading it needs a second permission.",
    fix="Set kmsKeyId to the ARN of a key whose policy admits cloudtrail.amazonaws.com.",
    anchors=("FSBP CloudTrail.2", "checkov CKV_AWS_35", "trivy AWS-0015"),
)
def trail_kms(trail: ResourceFacts) -> Outcome:
    """`kmsKeyId`; AWS's own key by its alias is none of ours."""
    return own_key(trail, "kmsKeyId")


@ACCOUNT.resource(
    "trail-to-cloudwatch",
    "Trails also write to CloudWatch Logs",
    on=types.CLOUDTRAIL_TRAIL,
    severity=Severity.LOW,
    levels=mandatory_from("enterprise"),
    why="Files in a bucket are read after the fact; a log group can raise an alarm while it happens.",
    fix="Set cloudWatchLogsGroupArn (the log group's ARN with :* at the end) and cloudWatchLogsRoleArn.",
    anchors=("FSBP CloudTrail.5", "checkov CKV2_AWS_10", "trivy AWS-0162"),
)
def trail_to_cloudwatch(trail: ResourceFacts) -> Outcome:
    """`cloudWatchLogsGroupArn`, and the role that writes there."""
    return worst(
        (present(trail, "cloudWatchLogsGroupArn", "a log group"), present(trail, "cloudWatchLogsRoleArn", "a role"))
    )


@ACCOUNT.resource(
    "trail-data-events",
    "Trails record access to objects in S3",
    on=types.CLOUDTRAIL_TRAIL,
    severity=Severity.LOW,
    levels=mandatory_from("enterprise"),
    why="Management events say who made a bucket, not who read what is in it.",
    fix="Add advancedEventSelectors with eventCategory Data and resources.type AWS::S3::Object, for all buckets.",
    anchors=(
        "FSBP S3.22",
        "FSBP S3.23",
        "prowler cloudtrail_s3_dataevents_write_enabled",
        "prowler cloudtrail_s3_dataevents_read_enabled",
    ),
)
def trail_data_events(trail: ResourceFacts) -> Outcome:
    """S3 objects in `advancedEventSelectors`, or in the older `eventSelectors`."""
    wanted = "data events of S3 objects"
    lists = [items(trail, key) for key in ("advancedEventSelectors", "eventSelectors")]
    known = [selector for found in lists if not isinstance(found, Unknown) for selector in found]
    if frozenset().union(*map(_accesses, known)) == _BOTH:
        return passed("data events of S3 objects are recorded")
    if any(isinstance(found, Unknown) or UNKNOWN in found for found in lists):
        return unverified("the event selectors are known only after deployment", wanted)
    return failed("no selector records access to S3 objects", wanted)


def _accesses(selector: Value) -> frozenset[str]:
    """Which accesses to the objects of all buckets a selector records."""
    for resource in known_items(selector, "dataResources"):
        if at(resource, "type") == _OBJECTS and any(_is_everywhere(v) for v in known_items(resource, "values")):
            return _kind(selector)
    fields = known_items(selector, "fieldSelectors")
    typed = any(at(f, "field") == "resources.type" and _OBJECTS in known_items(f, "equals") for f in fields)
    if not typed or any(_is_narrowing(f) for f in fields):
        return frozenset()
    return _narrowed(fields)


def _narrowed(fields: list[Value]) -> frozenset[str]:
    """Which accesses the field `readOnly` leaves over."""
    found = _BOTH
    for field in fields:
        if at(field, "field") == "readOnly":
            found &= frozenset().union(*(_READ_ONLY.get(str(v), frozenset()) for v in known_items(field, "equals")))
    return found


def _is_everywhere(arn: Value) -> bool:
    return isinstance(arn, str) and re.fullmatch(r"arn:aws[\w-]*:s3(:::)?", arn) is not None


def _is_narrowing(field: Value) -> bool:
    """Whether a field leaves out buckets or users. Exceptions by name, such as the trail's own bucket, do not."""
    name = at(field, "field")
    if name in ("eventCategory", "resources.type", "readOnly"):
        return False
    if name != "resources.ARN":
        return True
    starts = known_items(field, "startsWiths")
    only = bool(known_items(field, "equals") or known_items(field, "endsWiths") or starts)
    nothing = any(_is_everywhere(prefix) for prefix in known_items(field, "notStartsWiths"))
    return nothing or (only and not any(_is_everywhere(prefix) for prefix in starts))


_ACTIVITIES: Final = {
    "the root user": "Root",
    "refused calls": "UnauthorizedOperation",
    "sign-ins without a second factor": "MFAUsed",
    "failed sign-ins": "Failed authentication",
    "policies of IAM": "DeleteRolePolicy",
    "trails": "StopLogging",
    "AWS Config": "StopConfigurationRecorder",
    "KMS keys": "ScheduleKeyDeletion",
    "access to buckets": "PutBucketPolicy",
    "security groups": "AuthorizeSecurityGroupIngress",
    "network ACLs": "CreateNetworkAcl",
    "gateways": "AttachInternetGateway",
    "routes": "CreateRoute",
    "VPCs": "CreateVpcPeeringConnection",
    "the organisation": "LeaveOrganization",
}
"""What the CIS benchmark wants to hear of → a word that only the pattern about it holds."""


@ACCOUNT.stack(
    "trail-alarms",
    "What an intruder would do raises an alarm",
    on=(types.CLOUDTRAIL_TRAIL, types.CLOUDWATCH_LOG_METRIC_FILTER),
    severity=Severity.MEDIUM,
    levels=advisory_from("production"),
    why="A trail is read after the damage; an alarm on the root user or on a stopped trail comes before.",
    fix="Add an aws.cloudwatch.LogMetricFilter on the trail's log group for each, and a MetricAlarm on its metric.",
    anchors=(
        "prowler cloudwatch_changes_to_network_acls_alarm_configured",
        "prowler cloudwatch_changes_to_network_gateways_alarm_configured",
        "prowler cloudwatch_changes_to_network_route_tables_alarm_configured",
        "prowler cloudwatch_changes_to_vpcs_alarm_configured",
        "prowler cloudwatch_log_metric_filter_and_alarm_for_aws_config_configuration_changes_enabled",
        "prowler cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled",
        "prowler cloudwatch_log_metric_filter_authentication_failures",
        "prowler cloudwatch_log_metric_filter_aws_organizations_changes",
        "prowler cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk",
        "prowler cloudwatch_log_metric_filter_for_s3_bucket_policy_changes",
        "prowler cloudwatch_log_metric_filter_policy_changes",
        "prowler cloudwatch_log_metric_filter_root_usage",
        "prowler cloudwatch_log_metric_filter_security_group_changes",
        "prowler cloudwatch_log_metric_filter_sign_in_without_mfa",
        "prowler cloudwatch_log_metric_filter_unauthorized_api_calls",
    ),
)
def trail_alarms(stack: StackFacts) -> Outcome | None:
    """A filter with an alarm for each activity of the benchmark. Nothing to ask without a trail."""
    if not any(stack.of_type(types.CLOUDTRAIL_TRAIL)):
        return None
    wanted = "a filter and an alarm for each activity of the CIS benchmark"
    watched = [(at(a, "namespace"), at(a, "metricName")) for a in stack.of_type(types.CLOUDWATCH_METRIC_ALARM)]
    filters = tuple(stack.of_type(types.CLOUDWATCH_LOG_METRIC_FILTER))
    patterns = [at(f, "pattern") for f in filters if _is_watched(f, watched)]
    text = "\n".join(p for p in patterns if isinstance(p, str))
    missing = [what for what, word in _ACTIVITIES.items() if not re.search(rf"\b{word}\b", text)]
    if not missing:
        return passed("each activity of the CIS benchmark raises an alarm")
    if UNKNOWN in patterns:
        return unverified("a pattern is known only after deployment", wanted)
    return failed(f"nothing raises an alarm about {', '.join(missing)}", wanted)


def _is_watched(found: ResourceFacts, watched: list[tuple[Value, Value]]) -> bool:
    """Whether an alarm watches the metric that a filter makes, as far as the plan tells."""
    own = (at(found, "metricTransformation.namespace"), at(found, "metricTransformation.name"))
    return any(all(a is UNKNOWN or b is UNKNOWN or a == b for a, b in zip(own, one, strict=True)) for one in watched)
