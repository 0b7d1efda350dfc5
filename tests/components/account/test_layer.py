"""The account layer as settings ask for it: who keeps what, in which order, and what a stack without it pays.

Not proven: that AWS makes them in this order, and that what exists is there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from ascent.plan.model import UNKNOWN
from ascent.verdicts.judge import facts_of
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.stacks.planning import ROOT, one, planned, smallest

if TYPE_CHECKING:
    from ascent.plan.model import Plan

TRAIL = "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization"
HUB = "arn:aws:securityhub:us-east-1:111111111111:hub/default"
ANALYZER = "arn:aws:access-analyzer:us-east-1:111111111111:analyzer/account"
EXISTING: Any = {
    "guardDuty": {"mode": "existing", "detectorId": "0" * 32},
    "securityHub": {"mode": "existing", "hubArn": HUB},
    "inspector": {"mode": "existing"},
    "accessAnalyzer": {"mode": "existing", "analyzerArn": ANALYZER},
    "config": {"mode": "existing", "recorderName": "default"},
    "trail": {"mode": "existing", "trailArn": TRAIL, "logGroup": "/organization/trail"},
}
MADE = {
    "guardDuty": "aws:guardduty/detector:Detector",
    "securityHub": "aws:securityhub/account:Account",
    "inspector": "aws:inspector2/enabler:Enabler",
    "accessAnalyzer": "aws:accessanalyzer/analyzer:Analyzer",
    "config": "aws:cfg/recorder:Recorder",
    "trail": "aws:cloudtrail/trail:Trail",
}


def plan_of(tier: str = "production", **account: Any) -> Plan:  # noqa: ANN401
    return planned(smallest(tier, account=account))


@pytest.mark.parametrize("service", MADE)
def test_each_is_made_used_or_left_alone(service: str) -> None:
    off: Any = {"securityHub": {"mode": "off"}} if service == "config" else {}
    assert len(plan_of().by_type[MADE[service]]) == 1
    assert MADE[service] not in plan_of(**{service: EXISTING[service]}).by_type
    without: Any = {**off, service: {"mode": "off"}}
    assert MADE[service] not in plan_of(**without).by_type


def test_what_exists_is_said_and_listened_to() -> None:
    plan = plan_of(**EXISTING)
    said = one(plan, "ascent:account:KeptElsewhere").inputs
    assert said == {
        "services": {
            "guardDuty": "0" * 32,
            "securityHub": HUB,
            "inspector": "",
            "accessAnalyzer": ANALYZER,
            "trail": TRAIL,
            "config": "default",
        }
    }
    events = {r.name.partition("-events-")[2] for r in plan.by_type["aws:cloudwatch/eventRule:EventRule"]}
    wanted = {"guardduty-finding", "hub-finding", "inspector-finding", "access-finding", "config-finding"}
    assert wanted <= events
    filters = plan.by_type["aws:cloudwatch/logMetricFilter:LogMetricFilter"]
    groups = {r.inputs["logGroupName"] for r in filters if ":account:" in r.urn}
    assert groups == {"/organization/trail"}
    assert "ascent:account:AccessLogs" not in plan.by_type, "no record is kept here"


def test_rules_cannot_tell_what_exists() -> None:
    facts = facts_of(plan_of(**EXISTING))
    for rule in ("guardduty-enabled", "securityhub-enabled", "inspector-enabled", "trail-multi-region"):
        (found,) = RULES[rule].judge(facts)
        assert found.status is Status.UNKNOWN, rule
        assert "outside of this stack" in found.found


@pytest.mark.parametrize("tier", ["production", "enterprise"])
def test_what_is_made_passes_every_rule_about_it(tier: str) -> None:
    facts = facts_of(plan_of(tier))
    about = [rule for rule in RULES.values() if rule.layer == "account"]
    assert len(about) >= 17
    bad = [
        (rule.id, verdict.found) for rule in about for verdict in rule.judge(facts) if verdict.status is not Status.PASS
    ]
    assert bad == []


def test_the_hub_waits_for_the_recorder_and_rules_for_its_start() -> None:
    plan = plan_of()
    started = one(plan, "aws:cfg/recorderStatus:RecorderStatus").urn
    assert started in one(plan, "aws:securityhub/account:Account").dependencies
    for rule in plan.by_type["aws:cfg/rule:Rule"]:
        assert started in rule.dependencies


def test_the_trail_leaves_out_what_audit_services_write() -> None:
    plan = plan_of(findings={"export": "bucket"})
    trail = one(plan, "aws:cloudtrail/trail:Trail")
    (objects,) = (s for s in trail.inputs["advancedEventSelectors"] if s["name"] == "objects")
    (arns,) = (f["notStartsWiths"] for f in objects["fieldSelectors"] if f["field"] == "resources.ARN")
    assert arns == [UNKNOWN] * 4
    own = {plan.by_urn[urn].name for urn in trail.property_dependencies["advancedEventSelectors"]}
    parts = ("access-logs", "config", "findings", "trail")
    assert own == {f"ascent-test-{part}-store-bucket" for part in parts}


def test_the_key_admits_those_that_write_records() -> None:
    def users(plan: Plan) -> set[str]:
        policy = json.dumps(one(plan, "aws:kms/key:Key", "-logs-key").inputs)
        return {name for name in ("cloudtrail.amazonaws.com", "config.amazonaws.com") if name in policy}

    assert users(plan_of()) == {"cloudtrail.amazonaws.com", "config.amazonaws.com"}
    assert users(plan_of(trail={"mode": "off"})) == {"config.amazonaws.com"}
    assert (
        users(plan_of("production", **{part: {"mode": "off"} for part in ("trail", "config", "securityHub")})) == set()
    )


def test_a_stack_without_the_layer_does_not_load_it() -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from ascent.plan.config import read_stack\n"
        "from ascent.plan.record import record\n"
        "found = read_stack(Path(), 'dev')\n"
        "record(found.directory, found.project, 'dev', found.values, found.secret_keys, keep_modules=True)\n"
        "named = ('components.account', 'pulumi_aws.guardduty.', 'pulumi_aws.securityhub.', 'pulumi_aws.cfg.')\n"
        "print(sorted(m for m in sys.modules if m.startswith(named)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
