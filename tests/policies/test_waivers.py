"""Waivers: what is excused, and what is said about wrong ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policies.checklist.evaluate import evaluate
from policies.checklist.registry import RULES
from policies.checklist.verdict import Status, Verdict
from policies.checklist.waivers import Waiver, load_waivers
from tests.policies.building import U, facts, of

TODAY = date(2026, 11, 21)
GOOD = {
    "rule": "rds-not-public",
    "urn": "urn:pulumi:dev::*::db",
    "reason": "moved next month",
    "owner": "data-team",
    "expires": "2026-12-31",
}
DB = of("aws:rds/instance:Instance", "db", publiclyAccessible=True)


def written(directory: Path, **changes: str | None) -> Path:
    """A file with one entry; None leaves a field out."""
    fields = {k: v for k, v in (GOOD | changes).items() if v is not None}
    path = directory / "waivers.yaml"
    path.write_text("waivers:\n  - " + "\n    ".join(f"{k}: {v}" for k, v in fields.items()) + "\n")
    return path


def waiver(rule: str = GOOD["rule"], urn: str = GOOD["urn"]) -> Waiver:
    return Waiver(rule=rule, urn=urn, reason=GOOD["reason"], owner=GOOD["owner"], expires=date(2026, 12, 31))


def verdict(status: Status, urn: str = "urn:pulumi:dev::shop::t::db", rule: str = "rds-not-public") -> Verdict:
    return Verdict(rule=rule, urn=urn, status=status, found="f", wanted="w", fix="x")


def test_the_file_that_ships_is_good_and_empty() -> None:
    shipped = Path(__file__).resolve().parents[2] / "policies" / "waivers.yaml"
    assert shipped.exists()
    assert load_waivers(shipped, today=TODAY, rules=RULES) == ((), ())


def test_a_good_entry_is_in_force(tmp_path: Path) -> None:
    assert load_waivers(written(tmp_path), today=TODAY, rules=RULES) == ((waiver(),), ())


@pytest.mark.parametrize("day", ["2026-11-21", "2027-05-20"])
def test_first_and_last_allowed_day(tmp_path: Path, day: str) -> None:
    good, bad = load_waivers(written(tmp_path, expires=day), today=TODAY, rules=RULES)
    assert [w.expires for w in good] == [date.fromisoformat(day)]
    assert bad == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"owner": None}, "owner is None; write the person or team that answers for it"),
        ({"owner": "''"}, "owner is ''; write the person"),
        ({"owner": "[a, b]"}, "owner is ['a', 'b']; write the person"),
        ({"reason": None}, "reason is None; write why the finding is accepted"),
        ({"reason": "'  '"}, "reason is '  '; write why"),
        ({"rule": None}, "rule is None; write the id of the rule"),
        ({"rule": "no-such-rule"}, "rule is 'no-such-rule', which is no rule; take an id from the policy listing"),
        ({"urn": None}, "urn is None; write the resource's URN"),
        ({"urn": "'*'"}, "urn is '*', which names no resource; write urn:pulumi:<stack>::<project>::<type>::<name>"),
        ({"urn": "'urn:pulumi:dev::*'"}, "which names no resource"),
        ({"urn": "'urn:pulumi:::*db'"}, "which names no resource"),
        ({"expires": None}, "expires is None; write a day from 2026-11-21 to 2027-05-20 as YYYY-MM-DD"),
        ({"expires": "soon"}, "expires is 'soon'; write a day from 2026-11-21"),
        ({"expires": "2026-12-31T10:00:00"}, "write a day from 2026-11-21"),
        ({"expires": "2026-11-20"}, "expired on 2026-11-20; fix the finding and delete the entry, or renew it"),
        ({"expires": "2027-05-21"}, "expires is 2027-05-21, more than 180 days ahead; the latest is 2027-05-20"),
        ({"ticket": "OPS-1"}, "has an unknown field 'ticket'; allowed: rule, urn, reason, owner, expires"),
    ],
)
def test_a_wrong_entry_is_not_in_force_and_gets_one_line(
    tmp_path: Path, changes: dict[str, str | None], says: str
) -> None:
    good, bad = load_waivers(written(tmp_path, **changes), today=TODAY, rules=RULES)

    assert good == ()
    assert len(bad) == 1
    assert bad[0].startswith("waivers.yaml waivers[1]: ")
    assert says in bad[0]
    assert "\n" not in bad[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"waivers: [", "is not valid YAML"),
        (b"waivers: {}", "holds no list under 'waivers'"),
        (b"", "holds no list under 'waivers'"),
        (b"- a", "holds no list under 'waivers'"),
        (b"waivers:\n- just text", "waivers[1]: is 'just text'; an entry is a mapping"),
        (b"waivers:\n- 7: x", "waivers[1]: has an unknown field 7"),
        (b"\xff\xfe\x00", "make it a readable UTF-8 text file"),
    ],
)
def test_a_wrong_file_gets_lines_not_a_traceback(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_bytes(content)

    good, bad = load_waivers(path, today=TODAY, rules=RULES)

    assert good == ()
    assert says in bad[0]
    assert all("\n" not in line for line in bad)


def test_no_file_means_no_waivers(tmp_path: Path) -> None:
    assert load_waivers(tmp_path / "none.yaml", today=TODAY, rules=RULES) == ((), ())


def test_a_good_entry_counts_beside_a_bad_one(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text() + "  - rule: s3-versioning\n")

    good, bad = load_waivers(path, today=TODAY, rules=RULES)

    assert len(good) == 1
    assert [line.split(":")[0] for line in bad] == ["waivers.yaml waivers[2]"] * 3


@pytest.mark.parametrize(
    ("status", "covered"),
    [(Status.FAIL, True), (Status.UNKNOWN, True), (Status.PASS, False), (Status.ERROR, False)],
)
def test_only_findings_are_excused(status: Status, covered: bool) -> None:
    assert waiver().covers(verdict(status)) is covered


def test_patterns_match_the_whole_urn_and_take_brackets_literally() -> None:
    assert not waiver().covers(verdict(Status.FAIL, "urn:pulumi:dev::shop::t::db2"))
    assert not waiver().covers(verdict(Status.FAIL, "urn:pulumi:prod::shop::t::db"))
    assert not waiver().covers(verdict(Status.FAIL, rule="rds-multi-az"))
    bracket = waiver(urn="urn:pulumi:dev::shop::t::db[1]")
    assert bracket.covers(verdict(Status.FAIL, "urn:pulumi:dev::shop::t::db[1]"))
    assert not bracket.covers(verdict(Status.FAIL, "urn:pulumi:dev::shop::t::db1"))


def test_a_waived_failure_is_shown_and_stops_nothing() -> None:
    stack = facts(DB)
    rules = [RULES["rds-not-public"]]
    assert len(evaluate(stack, rules=rules).mandatory_failures) == 1

    report = evaluate(stack, rules=rules, waivers=[waiver()])

    assert report.mandatory_failures == ()
    assert report.counts[Status.FAIL] == 0
    assert report.waived == 1
    assert report.unused_waivers == ()
    message = report.findings[0].message
    assert message.startswith("waived until 2026-12-31 by data-team (moved next month): publiclyAccessible is true")


def test_an_unused_waiver_is_a_finding_in_its_own_stack_only() -> None:
    idle, elsewhere = waiver(rule="s3-versioning"), waiver(urn="urn:pulumi:prod::*::db")
    any_stack = waiver(urn="urn:pulumi:*::shop::*::gone")

    report = evaluate(facts(DB), waivers=[idle, elsewhere, any_stack])

    assert report.unused_waivers == (idle, any_stack)


def test_a_waiver_for_something_unverified_is_used() -> None:
    task = of("aws:ecs/taskDefinition:TaskDefinition", "db", containerDefinitions=U)
    report = evaluate(facts(task), waivers=[waiver(rule="ecs-nonroot")])
    assert report.unused_waivers == ()
    assert report.waived == 1
