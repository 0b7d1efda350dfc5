"""Cases of the rules in policies/pack/rules/guardduty.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import Made, U, cases, of

TOPIC = of(types.SNS_TOPIC, "topic")

BUCKET = of(types.S3_BUCKET, "bucket")

CLUSTER = of(types.ECS_CLUSTER, "cluster")

NOT_AWS = of("random:index/randomId:RandomId")


def feature(name: object, status: object = "ENABLED") -> Made:
    return of(types.GUARDDUTY_DETECTOR_FEATURE, f"feature-{name}", name=name, status=status)


CASES = [
    *cases(
        "guardduty-enabled",
        passing=[
            of(types.GUARDDUTY_DETECTOR),
            (
                of(types.GUARDDUTY_DETECTOR, enable=True),
                BUCKET,
                CLUSTER,
                feature("S3_DATA_EVENTS"),
                feature("RUNTIME_MONITORING"),
            ),
            (of(types.GUARDDUTY_DETECTOR, datasources={"s3Logs": {"enable": True}}), BUCKET),
            (
                of(types.GUARDDUTY_DETECTOR),
                BUCKET,
                of(types.GUARDDUTY_ORGANIZATION_CONFIGURATION_FEATURE, "all", name="S3_DATA_EVENTS", autoEnable="ALL"),
            ),
        ],
        failing=[
            TOPIC,
            of(types.GUARDDUTY_DETECTOR, enable=False),
            (of(types.GUARDDUTY_DETECTOR), BUCKET),
            (of(types.GUARDDUTY_DETECTOR), BUCKET, feature("S3_DATA_EVENTS", "DISABLED")),
            (of(types.GUARDDUTY_DETECTOR), of(types.RDS_CLUSTER, "db"), feature("S3_DATA_EVENTS")),
        ],
        unknown=[
            of(types.GUARDDUTY_DETECTOR, enable=U),
            (of(types.GUARDDUTY_DETECTOR), BUCKET, feature("S3_DATA_EVENTS", U)),
        ],
        skipped=[NOT_AWS],
    ),
]
