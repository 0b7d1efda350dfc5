"""Waivers in code, beside the component that they excuse: heeded offline and by the pack alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import Mock

import grpc
import pulumi
import pytest
from pulumi.runtime import proto

from components.foundation.waiver import CARRIER, Waiver, carrying
from policies.pack.engine.server import Analyzer
from policies.pack.evaluate import Report, evaluate
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from policies.pack.waivers import WaiverBook, carried
from tests.policies.asking import message
from tests.policies.building import STACK_URN, Made, U, facts, inside, of, secret, wire

if TYPE_CHECKING:
    from policies.pack.evaluate import Result

TODAY = date(2026, 11, 21)
RULE = "rds-not-public"
FILE = WaiverBook(today=TODAY)


def entry(**changes: str | int | tuple[str, ...]) -> Waiver:
    said = {"rule": RULE, "resource": "db", "reason": "moved soon", "owner": "data-team", "expires": "2026-12-31"}
    return Waiver(**{**said, **changes})  # ty: ignore[invalid-argument-type]


def public(name: str) -> Made:
    return of("aws:rds/instance:Instance", name, publiclyAccessible=True)


def shop(*waivers: Waiver, carried: object = None) -> list[Made]:
    """A component with a database in a component in it, and a database of the same name beside it."""
    inputs = carrying(*waivers) if carried is None else {CARRIER: carried}
    return [
        Made("acme:data:Shop", "shop", inputs),
        inside("shop", of("acme:data:Store", "store")),
        inside("store", public("db")),
        public("other-db"),
    ]


def judged(*resources: Made) -> Report:
    return evaluate(facts(*resources), waivers=FILE, rules=[RULES[RULE]])


def of_rule(report: Report) -> dict[str, Result]:
    return {r.verdict.urn.rpartition("::")[2]: r for r in report.results}


def in_the_engine(*resources: Made) -> tuple[dict[str, int], list[str]]:
    """What the pack reports: the level for each database, and what it says about waivers."""
    analyzer, context = Analyzer(tier="enterprise", waivers=FILE), Mock(spec=grpc.ServicerContext)
    registered = wire(*resources)
    single = [analyzer.Analyze(message(proto.AnalyzeRequest, r, {}), context) for r in registered]
    resources_ = [message(proto.AnalyzerResource, r, {}, outputs={CARRIER: U}) for r in registered]
    whole = analyzer.AnalyzeStack(proto.AnalyzeStackRequest(resources=resources_), context)
    levels = {
        d.urn.rpartition("::")[2]: d.enforcementLevel for r in single for d in r.diagnostics if d.policyName == RULE
    }
    about = [d for d in whole.diagnostics if d.policyName == "waivers"]
    assert {d.urn for d in about} <= {STACK_URN}
    return levels, [d.message for d in about]


def test_components_and_pack_agree_on_the_carrier() -> None:
    assert CARRIER == carried.CARRIER
    assert carrying(entry(), size=1) == {
        "size": 1,
        CARRIER: [
            {"rule": RULE, "resource": "db", "reason": "moved soon", "owner": "data-team", "expires": "2026-12-31"}
        ],
    }


def test_a_waiver_excuses_what_is_inside_its_component_and_nothing_else() -> None:
    stack = shop(entry(resource="*db"))
    report = judged(*stack)

    found = of_rule(report)
    assert found["db"].waiver is not None
    assert found["db"].message.startswith(
        "waived until 2026-12-31 by data-team (moved soon): publiclyAccessible is true"
    )
    assert found["other-db"].waiver is None
    assert report.waiver_findings == ()
    assert in_the_engine(*stack) == ({"db": proto.ADVISORY, "other-db": proto.MANDATORY}, [])


def test_without_a_date_nothing_is_waived() -> None:
    report = evaluate(facts(*shop(entry())), rules=[RULES[RULE]])
    assert report.waived == 0
    assert report.waiver_findings == ()


@pytest.mark.parametrize(
    ("carried", "says"),
    [
        (entry(expires="2026-11-20"), "policyWaivers of shop [1]: the waiver of rds-not-public for urn:pulumi:*::db"),
        (entry(expires="2026-11-20"), "expired on 2026-11-20 and excuses nothing"),
        (
            entry(expires="2027-05-21"),
            'policyWaivers of shop: [1].expires is "2027-05-21": it is more than 180 days ahead',
        ),
        (
            entry(expires="soon"),
            "it is no day of the calendar; write a day from 2026-11-21 to 2027-05-20 as YYYY-MM-DD",
        ),
        (entry(rule="no-such-rule"), 'rule is "no-such-rule": it is no rule; take an id from the policy listing'),
        (entry(owner=""), 'owner is "": it must be text; write the person or team that answers for it'),
        (entry(resource=" "), "it must be text; write the resource's logical name, with * for any characters"),
        (entry(count=0), "count is 0: must be at least 1; for example [1].count: 1"),
        (entry(resource="other-db"), "excuses nothing: delete it"),
        (entry(rule="s3-versioning"), "excuses nothing: delete it"),
        (U, "policyWaivers of shop: are secret or known only after deployment; write them out"),
        (secret([]), "are secret or known only after deployment"),
        ("text", 'policyWaivers of shop: [1] is "text": must be an object of fields'),
        (
            [{"rule": RULE, "resource": "db", "reason": secret("hunter2")}],
            'reason is "Secret(...)": it must be text; write why',
        ),
        ([{"rule": RULE, "resource": "db", "reason": U}], 'reason is "UNKNOWN": it must be text; write why'),
        (
            [{"urn": "urn:pulumi:dev::*::db"}],
            "urn is not a field: fields here are rule, reason, owner, expires, names, count, resource; remove it",
        ),
    ],
)
def test_a_wrong_waiver_excuses_nothing_and_is_a_finding(carried: object, says: str) -> None:
    stack = shop(carried) if isinstance(carried, Waiver) else shop(carried=carried)
    report = judged(*stack)

    assert report.waived == 0
    assert says in "\n".join(report.waiver_findings)
    assert "hunter2" not in "\n".join(report.waiver_findings)
    assert in_the_engine(*stack) == (
        {"db": proto.MANDATORY, "other-db": proto.MANDATORY},
        list(report.waiver_findings),
    )


@pytest.mark.parametrize(
    ("one", "findings", "waived"),
    [
        (entry(resource="db-*"), 1, 2),
        (entry(resource="db-*", count=2), 0, 2),
        (entry(resource="db-*", names=("db-1", "db-2")), 0, 2),
        (entry(resource="db-*", names=("db-1",)), 0, 1),
    ],
)
def test_a_waiver_in_code_says_how_many_it_excuses_too(one: Waiver, findings: int, waived: int) -> None:
    stack = [
        Made("acme:data:Shop", "shop", carrying(one)),
        inside("shop", public("db-1")),
        inside("shop", public("db-2")),
    ]
    report = judged(*stack)
    assert (len(report.waiver_findings), report.waived) == (findings, waived)
    assert sum(r.verdict.status is Status.FAIL for r in report.results) == 2


def test_a_resource_of_aws_carries_no_waivers() -> None:
    bucket = Made("aws:s3/bucket:Bucket", "bucket", carrying(entry()))
    assert judged(bucket, inside("bucket", public("db"))).waived == 0


class _Site(pulumi.ComponentResource):
    """A component as users write it."""

    def __init__(self, name: str) -> None:
        super().__init__("acme:web:Site", name, carrying(entry(names=("db",))))
        self.register_outputs({})


class _Recorder(pulumi.runtime.Mocks):
    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, object], None]:
        return {}, None

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, object]]:
        seen[args.name] = args.inputs
        return args.name, args.inputs


seen: dict[str, dict[str, object]] = {}


def test_pulumi_registers_what_a_component_carries() -> None:
    pulumi.runtime.set_mocks(_Recorder())

    @pulumi.runtime.test
    def run() -> None:
        _Site("site")

    run()
    assert seen["site"][CARRIER] == carrying(entry(names=("db",)))[CARRIER]
