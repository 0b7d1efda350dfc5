"""Cases of the CloudTrail rules."""

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

TRAIL = "aws:cloudtrail/trail:Trail"
TOPIC = of("aws:sns/topic:Topic", "topic")
OBJECTS = {"field": "resources.type", "equals": ["AWS::S3::Object"]}


def selecting(**selector: object) -> Made:
    return of(TRAIL, advancedEventSelectors=[selector])


CASES = [
    *cases(
        "trail-multi-region",
        passing=[
            of(TRAIL, isMultiRegionTrail=True),
            (of(TRAIL), of(TRAIL, "all", isMultiRegionTrail="true", enableLogging=True)),
        ],
        failing=[
            TOPIC,
            of(TRAIL),
            of(TRAIL, isMultiRegionTrail=True, enableLogging=False),
            of(TRAIL, isMultiRegionTrail=True, includeGlobalServiceEvents=False),
        ],
        unknown=[of(TRAIL, isMultiRegionTrail=U), of(TRAIL, isMultiRegionTrail=True, enableLogging=U)],
        skipped=[of("random:index/randomId:RandomId")],
    ),
    *cases(
        "trail-validation",
        passing=[of(TRAIL, enableLogFileValidation=True)],
        failing=[of(TRAIL), of(TRAIL, enableLogFileValidation=False)],
        unknown=[of(TRAIL, enableLogFileValidation=U)],
    ),
    *cases(
        "trail-kms",
        passing=[of(TRAIL, kmsKeyId="arn")],
        failing=[of(TRAIL), of(TRAIL, kmsKeyId="")],
        unknown=[of(TRAIL, kmsKeyId=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "trail-to-cloudwatch",
        passing=[of(TRAIL, cloudWatchLogsGroupArn="arn", cloudWatchLogsRoleArn="arn")],
        failing=[of(TRAIL), of(TRAIL, cloudWatchLogsGroupArn="arn")],
        unknown=[of(TRAIL, cloudWatchLogsGroupArn=U, cloudWatchLogsRoleArn=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "trail-data-events",
        passing=[
            selecting(fieldSelectors=[{"field": "eventCategory", "equals": ["Data"]}, OBJECTS]),
            of(TRAIL, eventSelectors=[{"dataResources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}]),
        ],
        failing=[
            of(TRAIL),
            selecting(fieldSelectors=[{"field": "eventCategory", "equals": ["Management"]}]),
            selecting(fieldSelectors=[{"field": "resources.type", "equals": ["AWS::Lambda::Function"]}]),
            of(TRAIL, eventSelectors=[{"dataResources": [{"type": "AWS::Lambda::Function"}]}]),
        ],
        unknown=[of(TRAIL, advancedEventSelectors=U), of(TRAIL, eventSelectors=[U])],
        unknown_is=Status.UNKNOWN,
    ),
]
