"""Cases of the rules in policies/pack/rules/costexplorer.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import U, cases, of, ref

TOPIC = of(types.SNS_TOPIC, "topic")


CASES = [
    *cases(
        "cost-anomaly",
        passing=[
            (
                of(types.COSTEXPLORER_ANOMALY_MONITOR, "monitor"),
                of(
                    types.COSTEXPLORER_ANOMALY_SUBSCRIPTION,
                    monitorArnLists=ref("monitor"),
                    subscribers=[{"address": "a@b.c"}],
                ),
            ),
            of(
                types.COSTEXPLORER_ANOMALY_SUBSCRIPTION,
                monitorArnLists=["arn"],
                subscribers=[{"type": "SNS", "address": U}],
            ),
        ],
        failing=[
            TOPIC,
            of(types.COSTEXPLORER_ANOMALY_MONITOR),
            of(types.COSTEXPLORER_ANOMALY_SUBSCRIPTION, monitorArnLists=["arn"]),
            of(types.COSTEXPLORER_ANOMALY_SUBSCRIPTION, monitorArnLists=[], subscribers=[{"address": "a@b.c"}]),
        ],
        unknown=[of(types.COSTEXPLORER_ANOMALY_SUBSCRIPTION, monitorArnLists=U, subscribers=U)],
        unknown_is=Status.PASS,
        skipped=[of("random:index/randomId:RandomId")],
    ),
]
