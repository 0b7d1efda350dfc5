"""Waivers: what is excused, and what is said about wrong ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policies.pack.configuration import Configuration
from policies.pack.evaluate import evaluate
from policies.pack.levels import Level
from policies.pack.registry import RULES
from policies.pack.verdict import Status, Verdict
from policies.pack.waivers import Waiver, WaiverBook
from policies.pack.waivers.file import load_waivers
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


def waiver(
    rule: str = GOOD["rule"],
    urn: str = GOOD["urn"],
    names: tuple[str, ...] = (),
    count: int = 1,
    place: str = "",
    expires: date = date(2026, 12, 31),
) -> Waiver:
    return Waiver(
        rule=rule,
        urn=urn,
        reason=GOOD["reason"],
        owner=GOOD["owner"],
        expires=expires,
        names=names,
        count=count,
        place=place,
    )


def book(*waivers: Waiver) -> WaiverBook:
    return WaiverBook(today=TODAY, in_force=waivers)


def verdict(status: Status, urn: str = "urn:pulumi:dev::shop::t::db", rule: str = "rds-not-public") -> Verdict:
    return Verdict(rule=rule, urn=urn, status=status, found="f", wanted="w", fix="x")


def test_the_file_that_ships_is_good_and_empty() -> None:
    shipped = Path(__file__).resolve().parents[3] / "policies" / "waivers.yaml"
    assert shipped.exists()
    assert load_waivers(shipped, today=TODAY, rules=RULES) == WaiverBook(today=TODAY)


def test_a_good_entry_is_in_force(tmp_path: Path) -> None:
    loaded = load_waivers(written(tmp_path), today=TODAY, rules=RULES)
    assert loaded == book(waiver(place="waivers.yaml waivers[1]"))


def test_an_expired_entry_is_set_apart_from_malformed_ones(tmp_path: Path) -> None:
    loaded = load_waivers(written(tmp_path, expires="2026-11-20"), today=TODAY, rules=RULES)
    assert (loaded.in_force, loaded.problems) == ((), ())
    assert [w.expires for w in loaded.expired] == [date(2026, 11, 20)]


@pytest.mark.parametrize(
    ("changes", "names", "count"),
    [({"names": "[a, b]"}, ("a", "b"), 2), ({"count": "3"}, (), 3), ({"expires": "'2026-12-31'"}, (), 1)],
)
def test_an_entry_says_how_much_it_excuses(
    tmp_path: Path, changes: dict[str, str | None], names: tuple[str, ...], count: int
) -> None:
    (one,) = load_waivers(written(tmp_path, **changes), today=TODAY, rules=RULES).in_force
    assert (one.names, one.count, one.expires) == (names, count, date(2026, 12, 31))


@pytest.mark.parametrize("day", ["2026-11-21", "2027-05-20"])
def test_first_and_last_allowed_day(tmp_path: Path, day: str) -> None:
    loaded = load_waivers(written(tmp_path, expires=day), today=TODAY, rules=RULES)
    assert [w.expires for w in loaded.in_force] == [date.fromisoformat(day)]
    assert (loaded.expired, loaded.problems) == ((), ())


@pytest.mark.parametrize(
    ("changes", "row", "says"),
    [
        ({"owner": None}, 2, "owner is missing: the person or team that answers for it; add it"),
        ({"owner": "''"}, 5, 'owner is "": it must be text; write the person or team that answers for it'),
        ({"owner": "[a, b]"}, 5, 'owner is ["a", "b"]: it must be text; write the person'),
        ({"reason": None}, 2, "reason is missing: why the finding is accepted; add it"),
        ({"reason": "'  '"}, 4, 'reason is "  ": it must be text; write why'),
        ({"rule": None}, 2, "rule is missing: the id of the rule, e.g. s3-versioning; add it"),
        ({"rule": "no-such-rule"}, 2, 'rule is "no-such-rule": it is no rule; take an id from the policy listing'),
        ({"urn": None}, 2, "urn is missing: the resource's URN, with * for any characters; add it"),
        (
            {"urn": "'*'"},
            3,
            'urn is "*": it names no resource; write urn:pulumi:<stack>::<project>::<type>::<name>, with * for any',
        ),
        ({"urn": "'urn:pulumi:dev::*'"}, 3, 'urn is "urn:pulumi:dev::*": it names no resource'),
        ({"urn": "'urn:pulumi:::*db'"}, 3, 'urn is "urn:pulumi:::*db": it names no resource'),
        (
            {"expires": None},
            2,
            "expires is missing: the last day in force as YYYY-MM-DD, at most 180 days ahead; add it",
        ),
        (
            {"expires": "soon"},
            6,
            'expires is "soon": it is no day of the calendar; write a day from 2026-11-21 to 2027-05-20 as YYYY-MM-DD',
        ),
        ({"expires": "2027-02-30"}, 6, 'expires is "2027-02-30": it is no day of the calendar; write a day from'),
        ({"expires": "2026-12-31T10:00:00"}, 6, "it is no day of the calendar; write a day from 2026-11-21"),
        ({"expires": "20270101"}, 6, "expires is 20270101: it is no day of the calendar"),
        ({"names": "[]"}, 7, "names is []: it must be a list of the resources' logical names; write them out"),
        ({"names": "db"}, 7, 'names is "db": it must be a list'),
        ({"names": "[1]"}, 7, "names is [1]: it must be a list"),
        ({"count": "0"}, 7, "count is 0: must be at least 1; for example waivers[1].count: 1"),
        ({"count": "true"}, 7, "count is true: must be a whole number"),
        ({"count": "many"}, 7, 'count is "many": must be a whole number'),
        (
            {"count": "2", "names": "[a, b]"},
            7,
            "count is 2: there are names, which say how many; remove one of the two",
        ),
        (
            {"expires": "2027-05-21"},
            6,
            'expires is "2027-05-21": it is more than 180 days ahead; the latest is 2027-05-20',
        ),
        (
            {"ticket": "OPS-1"},
            7,
            "ticket is not a field: fields here are rule, reason, owner, expires, names, count, urn; remove it",
        ),
        (
            {"cuont": "2"},
            7,
            "cuont is not a field: fields here are rule, reason, owner, expires, names, count, urn; write",
        ),
    ],
)
def test_a_wrong_entry_is_not_in_force_and_gets_one_line(
    tmp_path: Path, changes: dict[str, str | None], row: int, says: str
) -> None:
    loaded = load_waivers(written(tmp_path, **changes), today=TODAY, rules=RULES)

    assert (loaded.in_force, loaded.expired) == ((), ())
    (line,) = loaded.problems
    assert line.startswith(f"waivers.yaml:{row}: waivers[1].")
    assert says in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"waivers: [", "waivers.yaml:2:1: not valid YAML"),
        (b"waivers: {}", "waivers.yaml: waivers is {}: it must be a list; write 'waivers: []' for none"),
        (b"", "waivers.yaml: waivers is null: it must be a list"),
        (b"- a", "waivers.yaml: waivers is null: it must be a list"),
        (b"waivers:\n- just text", 'waivers.yaml:2: waivers[1] is "just text": must be an object of fields'),
        (b"waivers:\n- 7: x", "waivers.yaml:2: waivers[1].7 is not a field: fields here are rule, reason"),
        (b"waivers:\n- rule: a\n  rule: b", "waivers.yaml:3:3: not valid YAML: rule stands in line 2 already; remove"),
        (b"waivers:\n- expires: !!timestamp 2027-02-30", 'waivers.yaml:2:12: not valid YAML: "2027-02-30" is no'),
        (b"\xff\xfe\x00", "cannot be read: is not UTF-8 text; save it as UTF-8"),
    ],
)
def test_a_wrong_file_gets_lines_not_a_traceback(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_bytes(content)

    loaded = load_waivers(path, today=TODAY, rules=RULES)

    assert loaded.in_force == ()
    assert says in "\n".join(loaded.problems)
    assert all("\n" not in line for line in loaded.problems)


def test_no_file_means_no_waivers(tmp_path: Path) -> None:
    assert load_waivers(tmp_path / "none.yaml", today=TODAY, rules=RULES) == book()


def test_a_good_entry_counts_beside_a_bad_one(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text() + "  - rule: s3-versioning\n")

    loaded = load_waivers(path, today=TODAY, rules=RULES)

    assert len(loaded.in_force) == 1
    places = ["waivers[2].reason", "waivers[2].owner", "waivers[2].expires", "waivers[2].urn"]
    assert [line.split(" is ")[0] for line in loaded.problems] == [f"waivers.yaml:7: {place}" for place in places]


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

    report = evaluate(stack, rules=rules, waivers=book(waiver()))

    assert report.mandatory_failures == ()
    assert report.counts[Status.FAIL] == 0
    assert report.waived == 1
    assert report.unused_waivers == ()
    message = report.findings[0].message
    assert message.startswith("waived until 2026-12-31 by data-team (moved next month): publiclyAccessible is true")


def test_an_unused_waiver_is_a_finding_in_its_own_stack_only() -> None:
    idle, elsewhere = waiver(rule="s3-versioning"), waiver(urn="urn:pulumi:prod::*::db")
    any_stack = waiver(urn="urn:pulumi:*::shop::*::gone")

    report = evaluate(facts(DB), waivers=book(idle, elsewhere, any_stack))

    assert report.unused_waivers == (idle, any_stack)
    assert [line.rpartition(") ")[2] for line in report.waiver_findings] == ["excuses nothing: delete it"] * 2


def test_an_expired_waiver_excuses_nothing_and_is_a_finding_in_its_own_stack() -> None:
    late = waiver(place="waivers.yaml waivers[1]", expires=date(2026, 11, 20))
    elsewhere = waiver(urn="urn:pulumi:prod::*::db", expires=date(2026, 11, 20))
    expired = WaiverBook(today=TODAY, expired=(late, elsewhere), problems=("waivers.yaml waivers[3]: is wrong",))

    report = evaluate(facts(DB), waivers=expired, rules=[RULES["rds-not-public"]])

    assert len(report.mandatory_failures) == 1
    assert report.waiver_findings == (
        "waivers.yaml waivers[3]: is wrong",
        "waivers.yaml waivers[1]: the waiver of rds-not-public for urn:pulumi:dev::*::db (owner data-team) expired on"
        " 2026-11-20 and excuses nothing: fix the finding and delete it, or renew it",
    )


DATABASES = facts(
    of("aws:rds/instance:Instance", "db-1", publiclyAccessible=True),
    of("aws:rds/instance:Instance", "db-2", publiclyAccessible=True),
)


@pytest.mark.parametrize(
    ("entry", "waived", "says"),
    [
        (waiver(urn="urn:pulumi:dev::*::db-*"), 2, "excuses 2 resources where it says 1: db-1, db-2; narrow it, write"),
        (waiver(urn="urn:pulumi:dev::*::db-*", count=2), 2, ""),
        (waiver(urn="urn:pulumi:dev::*::db-*", count=3), 2, ""),
        (waiver(urn="urn:pulumi:dev::*::db-*", names=("db-1",)), 1, ""),
        (waiver(urn="urn:pulumi:dev::*::db-*", names=("db-1", "db-2"), count=2), 2, ""),
        (waiver(urn="urn:pulumi:dev::*::db-*", names=("db-1", "db-9")), 1, "excuses nothing at db-9: delete those"),
        (waiver(urn="urn:pulumi:dev::*::db-*", names=("db-9",)), 0, "excuses nothing: delete it"),
    ],
)
def test_a_waiver_says_how_many_it_excuses_or_which(entry: Waiver, waived: int, says: str) -> None:
    report = evaluate(DATABASES, waivers=book(entry), rules=[RULES["rds-not-public"]])

    assert report.waived == waived
    assert len(report.mandatory_failures) == 2 - waived
    assert len(report.waiver_findings) == bool(says)
    assert says in "".join(report.waiver_findings)


def test_findings_about_waivers_advise_unless_configured_otherwise() -> None:
    idle, rules = book(waiver(rule="s3-versioning")), [RULES["rds-multi-az"]]
    assert not evaluate(facts(), waivers=idle, rules=rules).stops_deployment

    mandatory = Configuration(levels={"waivers": Level.MANDATORY})
    assert evaluate(facts(), waivers=idle, rules=rules, configured=mandatory).stops_deployment

    disabled = Configuration(levels={"waivers": Level.DISABLED})
    assert evaluate(facts(), waivers=idle, rules=rules, configured=disabled).waiver_findings == ()


def test_a_waiver_for_something_unverified_is_used() -> None:
    task = of("aws:ecs/taskDefinition:TaskDefinition", "db", containerDefinitions=U)
    report = evaluate(facts(task), waivers=book(waiver(rule="ecs-nonroot")))
    assert report.unused_waivers == ()
    assert report.waived == 1
