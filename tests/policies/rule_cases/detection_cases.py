"""Cases of the rules about services that look for intruders, flaws and drift."""

import json

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

DETECTOR = "aws:guardduty/detector:Detector"
FEATURE = "aws:guardduty/detectorFeature:DetectorFeature"
ORGANIZATION = "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature"
PUBLISHING = "aws:guardduty/publishingDestination:PublishingDestination"
HUB = "aws:securityhub/account:Account"
STANDARD = "aws:securityhub/standardsSubscription:StandardsSubscription"
RECORDER = "aws:cfg/recorder:Recorder"
STATUS = "aws:cfg/recorderStatus:RecorderStatus"
DELIVERY = of("aws:cfg/deliveryChannel:DeliveryChannel", "delivery")
RULE = "aws:cfg/rule:Rule"
PACK = "aws:cfg/conformancePack:ConformancePack"
EVENTS = "aws:cloudwatch/eventRule:EventRule"
ENABLER = "aws:inspector2/enabler:Enabler"
TOPIC = of("aws:sns/topic:Topic", "topic")
BUCKET = of("aws:s3/bucket:Bucket", "bucket")
CLUSTER = of("aws:ecs/cluster:Cluster", "cluster")
TASK = of("aws:ecs/taskDefinition:TaskDefinition", "task")
NOT_AWS = of("random:index/randomId:RandomId")
FSBP = "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0"
CIS = "arn:aws:securityhub:eu-central-1::standards/cis-aws-foundations-benchmark/v/5.0.0"
TAG_KEYS = {"tag1Key": "Environment", "tag2Key": "Project", "tag3Key": "Owner"}


def feature(name: object, status: object = "ENABLED") -> Made:
    return of(FEATURE, f"feature-{name}", name=name, status=status)


def started(enabled: object = True) -> Made:
    return of(STATUS, "status", isEnabled=enabled)


def tag_rule(parameters: object) -> Made:
    return of(RULE, source={"owner": "AWS", "sourceIdentifier": "REQUIRED_TAGS"}, inputParameters=parameters)


def event_rule(pattern: object) -> Made:
    return of(EVENTS, "events", eventPattern=pattern)


CASES = [
    *cases(
        "guardduty-enabled",
        passing=[
            of(DETECTOR),
            (of(DETECTOR, enable=True), BUCKET, CLUSTER, feature("S3_DATA_EVENTS"), feature("RUNTIME_MONITORING")),
            (of(DETECTOR, datasources={"s3Logs": {"enable": True}}), BUCKET),
            (of(DETECTOR), BUCKET, of(ORGANIZATION, "all", name="S3_DATA_EVENTS", autoEnable="ALL")),
        ],
        failing=[
            TOPIC,
            of(DETECTOR, enable=False),
            (of(DETECTOR), BUCKET),
            (of(DETECTOR), BUCKET, feature("S3_DATA_EVENTS", "DISABLED")),
            (of(DETECTOR), of("aws:rds/cluster:Cluster", "db"), feature("S3_DATA_EVENTS")),
        ],
        unknown=[of(DETECTOR, enable=U), (of(DETECTOR), BUCKET, feature("S3_DATA_EVENTS", U))],
        skipped=[NOT_AWS],
    ),
    *cases(
        "securityhub-enabled",
        passing=[
            of(HUB),
            (of(HUB, enableDefaultStandards=False), of(STANDARD, "fsbp", standardsArn=FSBP)),
        ],
        failing=[
            TOPIC,
            of(HUB, enableDefaultStandards=False),
            (of(HUB, enableDefaultStandards=False), of(STANDARD, "cis", standardsArn=CIS)),
            of(HUB, enableDefaultStandards=U),
        ],
        unknown=[(of(HUB, enableDefaultStandards=False), of(STANDARD, "fsbp", standardsArn=U))],
        unknown_is=Status.UNKNOWN,
        skipped=[NOT_AWS],
    ),
    *cases(
        "config-recording",
        passing=[
            (of(RECORDER), started(), DELIVERY),
            (of(RECORDER, recordingGroup={"allSupported": True}), started("true"), DELIVERY),
        ],
        failing=[
            TOPIC,
            of(RECORDER),
            (of(RECORDER), started()),
            (of(RECORDER), started(False), DELIVERY),
            (of(RECORDER, recordingGroup={"allSupported": False}), started(), DELIVERY),
        ],
        unknown=[(of(RECORDER, recordingGroup=U), started(), DELIVERY), (of(RECORDER), started(U), DELIVERY)],
        skipped=[NOT_AWS],
    ),
    *cases(
        "config-rules",
        passing=[of(RULE), of(PACK)],
        failing=[TOPIC, (of(RECORDER), started(), DELIVERY)],
        unknown=[of(PACK, templateBody=U)],
        unknown_is=Status.PASS,
        skipped=[NOT_AWS],
    ),
    *cases(
        "config-required-tags",
        passing=[tag_rule(json.dumps(TAG_KEYS)), tag_rule(json.dumps({**TAG_KEYS, "tag4Key": "CostCenter"}))],
        failing=[TOPIC, tag_rule(None), tag_rule("{}"), tag_rule(json.dumps({"tag1Key": "Owner"}))],
        unknown=[tag_rule(U), tag_rule({**TAG_KEYS, "tag3Key": U})],
        unknown_is=Status.UNKNOWN,
        skipped=[NOT_AWS],
    ),
    *cases(
        "findings-forwarded",
        passing=[
            (of(HUB), event_rule(json.dumps({"source": ["aws.securityhub"]}))),
            (of(DETECTOR), event_rule('{"source": "aws.guardduty"}')),
            (of(DETECTOR), of(PUBLISHING, "export")),
        ],
        failing=[of(HUB), of(DETECTOR), (of(HUB), event_rule('{"source": ["aws.ecs"]}'))],
        unknown=[(of(HUB), event_rule(U))],
        unknown_is=Status.UNKNOWN,
        skipped=[TOPIC],
    ),
    *cases(
        "inspector-enabled",
        passing=[(TASK, of(ENABLER, resourceTypes=["ECR", "LAMBDA"]))],
        failing=[TASK, (TASK, of(ENABLER, resourceTypes=["EC2"])), of("aws:lambda/function:Function")],
        unknown=[(TASK, of(ENABLER, resourceTypes=U))],
        skipped=[TOPIC],
    ),
]
