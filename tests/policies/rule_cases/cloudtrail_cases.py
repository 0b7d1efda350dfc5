"""Cases of the rules in policies/pack/rules/cloudtrail.py."""

from __future__ import annotations

from typing import Any

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

TOPIC = of(types.SNS_TOPIC, "topic")

OBJECTS = {"field": "resources.type", "equals": ["AWS::S3::Object"]}


def selecting(**selector: object) -> Made:
    return of(types.CLOUDTRAIL_TRAIL, advancedEventSelectors=[selector])


TRAIL = of(types.CLOUDTRAIL_TRAIL)

PATTERNS = (
    "Root",
    "UnauthorizedOperation",
    "MFAUsed",
    "Failed authentication",
    "DeleteRolePolicy",
    "StopLogging",
    "StopConfigurationRecorder",
    "ScheduleKeyDeletion",
    "PutBucketPolicy",
    "AuthorizeSecurityGroupIngress",
    "CreateNetworkAcl",
    "AttachInternetGateway",
    "CreateRoute",
    "CreateVpcPeeringConnection",
    "LeaveOrganization",
)


def metric(name: str) -> dict[str, Any]:
    return {"metricTransformation": {"namespace": "audit", "name": name, "value": "1"}}


def filter_of(event: str) -> Made:
    pattern = f' {{ ($.eventName = "{event}") || ($.type = {event}) }}'
    return of(types.CLOUDWATCH_LOG_METRIC_FILTER, f"filter-{event}", pattern=pattern, **metric(event))


def alarm_of(name: str) -> Made:
    return of(types.CLOUDWATCH_METRIC_ALARM, f"alarm-{name}", namespace="audit", metricName=name)


ALARMED = tuple(one for event in PATTERNS for one in (filter_of(event), alarm_of(event)))


CASES = [
    *cases(
        "trail-multi-region",
        passing=[
            of(types.CLOUDTRAIL_TRAIL, isMultiRegionTrail=True),
            (
                of(types.CLOUDTRAIL_TRAIL),
                of(types.CLOUDTRAIL_TRAIL, "all", isMultiRegionTrail="true", enableLogging=True),
            ),
        ],
        failing=[
            TOPIC,
            of(types.CLOUDTRAIL_TRAIL),
            of(types.CLOUDTRAIL_TRAIL, isMultiRegionTrail=True, enableLogging=False),
            of(types.CLOUDTRAIL_TRAIL, isMultiRegionTrail=True, includeGlobalServiceEvents=False),
        ],
        unknown=[
            of(types.CLOUDTRAIL_TRAIL, isMultiRegionTrail=U),
            of(types.CLOUDTRAIL_TRAIL, isMultiRegionTrail=True, enableLogging=U),
        ],
        skipped=[of("random:index/randomId:RandomId")],
    ),
    *cases(
        "trail-validation",
        passing=[of(types.CLOUDTRAIL_TRAIL, enableLogFileValidation=True)],
        failing=[of(types.CLOUDTRAIL_TRAIL), of(types.CLOUDTRAIL_TRAIL, enableLogFileValidation=False)],
        unknown=[of(types.CLOUDTRAIL_TRAIL, enableLogFileValidation=U)],
    ),
    *cases(
        "trail-kms",
        passing=[of(types.CLOUDTRAIL_TRAIL, kmsKeyId="arn")],
        failing=[of(types.CLOUDTRAIL_TRAIL), of(types.CLOUDTRAIL_TRAIL, kmsKeyId="")],
        unknown=[of(types.CLOUDTRAIL_TRAIL, kmsKeyId=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "trail-to-cloudwatch",
        passing=[of(types.CLOUDTRAIL_TRAIL, cloudWatchLogsGroupArn="arn", cloudWatchLogsRoleArn="arn")],
        failing=[of(types.CLOUDTRAIL_TRAIL), of(types.CLOUDTRAIL_TRAIL, cloudWatchLogsGroupArn="arn")],
        unknown=[of(types.CLOUDTRAIL_TRAIL, cloudWatchLogsGroupArn=U, cloudWatchLogsRoleArn=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "trail-data-events",
        passing=[
            selecting(fieldSelectors=[{"field": "eventCategory", "equals": ["Data"]}, OBJECTS]),
            selecting(fieldSelectors=[OBJECTS, {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::"]}]),
            selecting(fieldSelectors=[OBJECTS, {"field": "resources.ARN", "notStartsWiths": ["arn:aws:s3:::trail/"]}]),
            selecting(fieldSelectors=[OBJECTS, {"field": "readOnly", "equals": ["true", "false"]}]),
            of(
                types.CLOUDTRAIL_TRAIL,
                advancedEventSelectors=[
                    {"fieldSelectors": [OBJECTS, {"field": "readOnly", "equals": ["true"]}]},
                    {"fieldSelectors": [OBJECTS, {"field": "readOnly", "equals": ["false"]}]},
                ],
            ),
            of(
                types.CLOUDTRAIL_TRAIL,
                eventSelectors=[
                    {"readWriteType": kind, "dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}
                    for kind in ("ReadOnly", "WriteOnly")
                ],
            ),
            of(
                types.CLOUDTRAIL_TRAIL,
                eventSelectors=[{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}],
            ),
        ],
        failing=[
            of(types.CLOUDTRAIL_TRAIL),
            selecting(fieldSelectors=[{"field": "eventCategory", "equals": ["Management"]}]),
            selecting(fieldSelectors=[{"field": "resources.type", "equals": ["AWS::Lambda::Function"]}]),
            selecting(fieldSelectors=[OBJECTS, {"field": "resources.ARN", "startsWiths": ["arn:aws:s3:::files/"]}]),
            selecting(fieldSelectors=[OBJECTS, {"field": "resources.ARN", "notStartsWiths": ["arn:aws:s3:::"]}]),
            selecting(fieldSelectors=[OBJECTS, {"field": "resources.ARN", "endsWiths": ["/secret"]}]),
            selecting(fieldSelectors=[OBJECTS, {"field": "userIdentity.arn", "equals": ["arn:aws:iam::1:root"]}]),
            selecting(fieldSelectors=[OBJECTS, {"field": "readOnly", "equals": ["true"]}]),
            of(
                types.CLOUDTRAIL_TRAIL,
                eventSelectors=[{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::files/"]}]}],
            ),
            of(types.CLOUDTRAIL_TRAIL, eventSelectors=[{"dataResources": [{"type": "AWS::Lambda::Function"}]}]),
            of(
                types.CLOUDTRAIL_TRAIL,
                eventSelectors=[
                    {"readWriteType": U, "dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}
                ],
            ),
        ],
        unknown=[of(types.CLOUDTRAIL_TRAIL, advancedEventSelectors=U), of(types.CLOUDTRAIL_TRAIL, eventSelectors=[U])],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "trail-alarms",
        passing=[(TRAIL, *ALARMED), (TRAIL, *reversed(ALARMED))],
        failing=[
            TRAIL,
            (TRAIL, *(filter_of(p) for p in PATTERNS)),
            (TRAIL, *ALARMED[2:]),
            (TRAIL, *(filter_of(p) for p in PATTERNS), alarm_of("another")),
            (TRAIL, *(one for p in PATTERNS[1:] for one in (filter_of(p), alarm_of(p)))),
            # A longer word is another event.
            (TRAIL, *ALARMED[:-6], filter_of("CreateRouteTable"), alarm_of("CreateRouteTable"), *ALARMED[-4:]),
        ],
        unknown=[(TRAIL, of(types.CLOUDWATCH_LOG_METRIC_FILTER, "f", pattern=U, **metric("m")), alarm_of("m"))],
        unknown_is=Status.UNKNOWN,
        skipped=[TOPIC, filter_of("Root")],
    ),
]
