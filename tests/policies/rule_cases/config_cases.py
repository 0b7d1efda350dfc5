"""Cases of the rules in policies/pack/rules/config.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

DELIVERY = of(types.CFG_DELIVERY_CHANNEL, "delivery")

TOPIC = of(types.SNS_TOPIC, "topic")

NOT_AWS = of("random:index/randomId:RandomId")

TAG_KEYS = {"tag1Key": "Environment", "tag2Key": "Project", "tag3Key": "Owner"}


def started(enabled: object = True) -> Made:
    return of(types.CFG_RECORDER_STATUS, "status", isEnabled=enabled)


def tag_rule(parameters: object) -> Made:
    return of(types.CFG_RULE, source={"owner": "AWS", "sourceIdentifier": "REQUIRED_TAGS"}, inputParameters=parameters)


CASES = [
    *cases(
        "config-recording",
        passing=[
            (of(types.CFG_RECORDER), started(), DELIVERY),
            (of(types.CFG_RECORDER, recordingGroup={"allSupported": True}), started("true"), DELIVERY),
        ],
        failing=[
            TOPIC,
            of(types.CFG_RECORDER),
            (of(types.CFG_RECORDER), started()),
            (of(types.CFG_RECORDER), started(False), DELIVERY),
            (of(types.CFG_RECORDER, recordingGroup={"allSupported": False}), started(), DELIVERY),
        ],
        unknown=[
            (of(types.CFG_RECORDER, recordingGroup=U), started(), DELIVERY),
            (of(types.CFG_RECORDER), started(U), DELIVERY),
        ],
        skipped=[NOT_AWS],
    ),
    *cases(
        "config-rules",
        passing=[of(types.CFG_RULE), of(types.CFG_CONFORMANCE_PACK)],
        failing=[TOPIC, (of(types.CFG_RECORDER), started(), DELIVERY)],
        unknown=[of(types.CFG_CONFORMANCE_PACK, templateBody=U)],
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
]
