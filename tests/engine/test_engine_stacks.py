"""Every shipped stack, and a sample of what Pulumi can do, through the real engine: planned, judged, made, unmade.

One class per stack, so that pytest-xdist's `--dist loadscope` keeps a stack's tests in the worker that ran it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from ascent.plan.engine.output import FileKind, read_engine_file
from ascent.verdicts.judge import judge, waivers_of
from policies.pack.levels import Level
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.engine.cases import DEV, ENTERPRISE, PROD, SAMPLE, SHIPPED, STAGING, Case
from tests.engine.fidelity.compare import differences
from tests.engine.fidelity.settled import broken_promises
from tests.engine.recorded.recording import part, read
from tests.engine.sandbox import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ascent.plan.model import Plan
    from policies.pack.evaluate import Report
    from tests.engine.lifecycle import Lifecycle

Finding = tuple[str, str, str, str]
"""Rule, URN, enforcement level and message."""


def test_every_shipped_stack_is_a_case() -> None:
    shipped = {path.name.split(".")[1] for path in REPOSITORY.glob("Pulumi.*.yaml")}
    assert shipped == {case.stack for case in SHIPPED}


class AnyStack:
    """What holds for every stack of every program."""

    case: ClassVar[Case]

    def test_preview_succeeds_and_touches_nothing(self, life: Lifecycle) -> None:
        life.preview.must_pass()
        assert life.calls(life.preview) == ()
        diagnostics = [event["diagnosticEvent"] for event in life.events if "diagnosticEvent" in event]
        assert diagnostics
        assert [d["message"] for d in diagnostics if d["severity"] in ("warning", "error")] == []

    def test_offline_plan_equals_the_engines_preview(
        self, life: Lifecycle, offline_plan_of: Callable[[Case], Plan]
    ) -> None:
        assert len(life.plan.by_type["aws:ec2/subnet:Subnet"]) >= 4, "the preview lacks the children of awsx"
        offline = offline_plan_of(self.case)
        assert differences(offline, life.plan, self.case.looked_up) == []
        # The allowance for look-ups is needed: without it the plans differ, if and only if there are any.
        assert bool(differences(offline, life.plan)) == bool(self.case.looked_up)

    def test_deployment_becomes_what_the_preview_promised(self, life: Lifecycle) -> None:
        deployed = {resource["urn"]: resource.get("inputs", {}) for resource in life.state}
        assert broken_promises(life.plan, deployed) == []

    def test_second_deployment_changes_nothing(self, life: Lifecycle) -> None:
        life.again.must_pass()
        assert life.calls(life.again) == ()

    def test_only_a_protected_stack_refuses_to_be_destroyed(self, life: Lifecycle) -> None:
        assert any(resource.get("protect") for resource in life.state) == self.case.protected
        if self.case.protected:
            assert life.refusal.status != 0
            assert "because it is protected" in life.refusal.said
            assert life.calls(life.refusal) == ()
            assert sorted(life.after_refusal) == sorted(resource["urn"] for resource in life.state)
        else:
            life.refusal.must_pass()

    def test_destruction_leaves_nothing_behind(self, life: Lifecycle) -> None:
        assert life.remains == ()
        created = {urn for operation, urn in life.calls(life.up) if operation == "create"}
        destroying = (*life.calls(life.refusal), *life.calls(life.destroy))
        deleted = {urn for operation, urn in destroying if operation == "delete"}
        retained = {resource.urn for resource in life.plan.resources if resource.options.retain_on_delete}
        assert created
        assert deleted == created - retained


class ShippedStack(AnyStack):
    """What holds for a stack under the policy pack."""

    def test_every_rule_is_run_by_the_engine(self, life: Lifecycle) -> None:
        assert "can't run policy" not in life.preview.said
        summaries = [
            event[kind]
            for event in life.events
            for kind in ("policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent")
            if kind in event
        ]
        run = {rule for summary in summaries for outcome in ("passed", "failed") for rule in summary.get(outcome) or ()}
        enabled = {rule.id for rule in RULES.values() if rule.level(life.plan.tier) is not Level.DISABLED}
        assert enabled
        assert enabled - run == set()

    def test_pack_says_what_the_rules_say_offline(
        self, life: Lifecycle, offline_plan_of: Callable[[Case], Plan]
    ) -> None:
        plan = offline_plan_of(self.case)
        report = judge(plan, waivers_of(REPOSITORY, datetime.now(UTC).date()))
        assert report.results
        # What only a look-up can tell is unverified offline; the engine may have asked and found it in order, or not.
        looked_up = {resource.urn for resource in plan.resources if self._is_looked_up(resource.type)}
        unverified = {r.verdict for r in report.findings if r.verdict.status is Status.UNKNOWN}
        open_ones = {(verdict.rule, verdict.urn) for verdict in unverified if verdict.urn in looked_up}
        engine, offline = _engine_findings(life), _offline_findings(report)
        assert {f for f in engine if f[:2] not in open_ones} == {f for f in offline if f[:2] not in open_ones}
        assert (life.preview.status != 0) == bool(report.mandatory_failures)

    def test_check_reads_the_engines_preview_as_the_offline_plan(
        self, life: Lifecycle, offline_plan_of: Callable[[Case], Plan], tmp_path: Path
    ) -> None:
        file = tmp_path / "preview.json"
        file.write_text(life.preview.must_pass().stdout)
        found = read_engine_file(FileKind.PREVIEW, file)
        assert found.has_references
        offline = offline_plan_of(self.case)
        looked_up = {resource.urn for resource in offline.resources if self._is_looked_up(resource.type)}
        read = {(r.verdict.rule, r.verdict.urn, r.verdict.status) for r in judge(found.plan).results}
        own = {(r.verdict.rule, r.verdict.urn, r.verdict.status) for r in judge(offline).results}
        assert own
        assert {v for v in read if v[1] not in looked_up} == {v for v in own if v[1] not in looked_up}

    def _is_looked_up(self, kind: str) -> bool:
        return any(entry.startswith(f"{kind}.") for entry in self.case.looked_up)


class TestSample(AnyStack):
    case = SAMPLE

    def test_stand_in_registers_what_awsx_registered(self, life: Lifecycle) -> None:
        assert differences(part(life.plan), read()) == []


class TestDev(ShippedStack):
    case = DEV


class TestStaging(ShippedStack):
    case = STAGING


class TestProd(ShippedStack):
    case = PROD


class TestEnterprise(ShippedStack):
    case = ENTERPRISE


def _engine_findings(life: Lifecycle) -> set[Finding]:
    found = [event["policyEvent"] for event in life.events if "policyEvent" in event]
    assert not [f for f in found if "can't run policy" in f["message"]]
    return {(f["policyName"], f["resourceUrn"], f["enforcementLevel"], f["message"].strip()) for f in found}


def _offline_findings(report: Report) -> set[Finding]:
    """What is unverified or waived only advises, whatever the level of its rule."""
    return {
        (
            result.verdict.rule,
            result.verdict.urn,
            "advisory" if result.verdict.status is Status.UNKNOWN or result.waiver else result.level.value,
            result.message.strip(),
        )
        for result in report.findings
    }
