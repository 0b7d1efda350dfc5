"""How controls stand: the worst that a rule says, and never covered without a pass."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema.validators import validator_for

from ascent.compliance.assess import Standing
from ascent.compliance.document import document_of
from ascent.compliance.frameworks import frameworks
from ascent.output.console.compliance import framework_lines, lines
from ascent.output.schemas import schemas
from ascent.plan.model import UNKNOWN, Plan
from policies.pack.verdict import Status
from policies.pack.waivers import Waiver, WaiverBook
from tests.commands.small_plan import OPEN, resource, small_plan
from tests.compliance.conftest import TODAY
from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.compliance.assess import Assessment, Control

    Held = Callable[..., Assessment]

DATABASE = "aws:rds/instance:Instance"


def control(one: Assessment, name: str) -> Control:
    return next(c for c in one.controls if c.id == name)


def database(**inputs: Any) -> Plan:  # noqa: ANN401 - wire values
    return small_plan(resource(DATABASE, "db", engine="postgres", **inputs))


def test_a_broken_rule_fails_its_control_and_names_the_resource(held: Held) -> None:
    found = control(held(database(storageEncrypted=False), "soc2"), "PI1.5")
    assert found.standing is Standing.FAILING
    assert ("rds-storage-encrypted", "db") in [
        (r.verdict.rule, r.verdict.urn.rpartition("::")[2]) for r in found.against(Standing.FAILING)
    ]


def test_rules_that_pass_cover_a_control(held: Held) -> None:
    assert control(held(database(storageEncrypted=True), "cis-3.0"), "2.3.1").standing is Standing.COVERED
    assert control(held(database(storageEncrypted=False), "cis-3.0"), "2.3.1").standing is Standing.FAILING


def test_a_failure_counts_where_it_only_advises(held: Held) -> None:
    plan = replace(database(storageEncrypted=False, multiAz=False, backupRetentionPeriod=7), tier="mvp")
    found = control(held(plan, "fsbp"), "RDS.5")
    assert {r.level.value for r in found.against(Standing.FAILING)} <= {"advisory"}
    assert found.standing in (Standing.FAILING, Standing.UNVERIFIED)
    advised = [c for c in held(plan, "fsbp").controls for r in c.against(Standing.FAILING) if r.level == "advisory"]
    assert advised
    assert {c.standing for c in advised} == {Standing.FAILING}


def test_nothing_to_judge_is_not_covered(held: Held) -> None:
    found = control(held(small_plan(), "cis-3.0"), "2.3.1")
    assert (found.standing, found.results) == (Standing.NOTHING, ())


def test_a_control_without_a_rule(held: Held) -> None:
    found = control(held(small_plan(), "hipaa"), "164.308(a)(2)")
    assert (found.standing, found.rules) == (Standing.NO_RULE, ())


def test_what_is_known_later_is_unverified(held: Held) -> None:
    policy = resource("aws:iam/policy:Policy", "policy", policy=UNKNOWN)
    found = control(held(small_plan(policy), "fsbp"), "IAM.1")
    assert found.standing is Standing.UNVERIFIED


def test_a_rule_that_is_off_leaves_its_control_unverified(held: Held) -> None:
    one = held(replace(database(storageEncrypted=True), tier="mvp"), "soc2")
    off = [c for c in one.controls if c.off]
    assert off
    assert {c.standing for c in off} <= {Standing.FAILING, Standing.UNVERIFIED}
    assert "off at this tier: " in "\n".join(lines(one))


def test_what_is_waived_is_excepted_and_stays_visible(held: Held) -> None:
    waiver = Waiver(
        rule="rds-storage-encrypted", urn="*::db", reason="moves in May", owner="data", expires=TODAY, place="here"
    )
    book = WaiverBook(today=TODAY, in_force=(waiver,))
    found = control(held(database(storageEncrypted=False), "cis-3.0", book), "2.3.1")
    assert found.standing is Standing.EXCEPTED
    assert [r.waiver for r in found.results] == [waiver]


def test_a_stack_without_resources_covers_nothing(held: Held) -> None:
    empty = Plan(project="shop", stack="live", tier="production", region="eu-west-1", resources=())
    one = held(empty, "soc2")
    assert sum(one.counts.values()) == len(one.controls) == 61
    assert one.counts[Standing.COVERED] == 0
    assert document_of([one])["stacks"][0]["counts"]["covered"] == 0


@pytest.mark.parametrize("framework", list(frameworks()))
@pytest.mark.parametrize("stack", SHIPPED)
def test_shipped_stacks(stack: str, framework: str, shipped_held: Held) -> None:
    one = shipped_held(stack, framework)
    assert sum(one.counts.values()) == len(one.controls)
    for c in one.controls:
        if c.standing is Standing.COVERED:
            assert c.results
            assert {r.verdict.status for r in c.results} == {Status.PASS}
            assert not c.off
        assert (c.standing is Standing.NO_RULE) is (not c.rules)
        assert bool(c.against(Standing.FAILING)) is (c.standing is Standing.FAILING)
    # An audit's services are off at the least mature tier, which leaves what they speak for unverified; what HIPAA asks
    # of backups and of keys is for those that pay for both.
    bare = stack == "dev" or (stack, framework) == ("staging", "hipaa")
    assert bare or one.counts[Standing.COVERED] > 0
    assert one.fine is (one.counts[Standing.FAILING] == 0)
    text = list(lines(one))
    assert all(len(part) <= 80 for line in text for part in line.split("\n"))
    assert all(c.id in "\n".join(text) for c in one.controls)
    assert "It is not compliance" in " ".join(text)


@pytest.mark.parametrize("stack", SHIPPED)
def test_the_document_keeps_to_its_schema(stack: str, shipped_held: Held) -> None:
    one = shipped_held(stack, "hipaa")
    document = json.loads(json.dumps(document_of([one])))
    schema = schemas()["compliance"]
    assert [error.message for error in validator_for(schema)(schema).iter_errors(document)] == []
    found = document["stacks"][0]
    assert [c["id"] for c in found["controls"]] == list(frameworks()["hipaa"].controls)
    assert found["counts"] == {standing.value: count for standing, count in one.counts.items()}
    assert all(rule["via"] for c in found["controls"] for rule in c["rules"])


def test_the_list_of_frameworks_fits() -> None:
    text = list(framework_lines(frameworks().values()))
    assert all(len(line) <= 80 for line in text)
    assert all(any(line.startswith(f"{name} ") for line in text) for name in frameworks())


def test_a_resource_that_fails_is_named_in_the_text(held: Held) -> None:
    text = "\n".join(lines(held(small_plan(), "fsbp")))
    assert OPEN.rpartition("::")[2] in text
