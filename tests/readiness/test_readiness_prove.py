"""From evidence to a status: one item at a time."""

from __future__ import annotations

from typing import Any

import pytest

from ascent.readiness.attestations import Attestations
from ascent.readiness.model import Status
from ascent.readiness.outcomes import Outcome
from ascent.readiness.prove import NOTHING_SPEAKS, judge
from policies.pack.verdict import Status as Verdict
from tests.policies.building import of
from tests.readiness.readiness_things import (
    FILE,
    OTHER_RULE,
    PLAN,
    QUERY,
    RULE,
    TEST,
    TESTS,
    attestation,
    drill,
    file_proof,
    grounds,
    item,
    option,
    result,
)

UNSEEN = "https://wiki.example.com/drill was not looked at"
NAT = of("aws:ec2/natGateway:NatGateway")


@pytest.mark.parametrize(
    ("statuses", "waived", "wanted"),
    [
        ([Verdict.PASS, Verdict.PASS], False, Status.MET),
        ([Verdict.PASS, Verdict.FAIL], False, Status.UNMET),
        ([Verdict.PASS, Verdict.UNKNOWN], False, Status.UNKNOWN),
        ([Verdict.UNKNOWN, Verdict.FAIL], False, Status.UNMET),
        ([Verdict.ERROR], False, Status.UNMET),
        ([Verdict.FAIL], True, Status.WAIVED),
    ],
)
def test_verdicts_of_a_rule(statuses: list[Verdict], waived: bool, wanted: Status) -> None:
    results = [result(RULE, s, waived=waived, name=f"db{n}") for n, s in enumerate(statuses)]
    judged = judge(item(rules=[RULE]), grounds(results=results))
    assert judged.status is wanted
    (evidence,) = judged.evidence
    assert (evidence.kind, evidence.id, evidence.status) == ("rule", RULE, wanted)
    worst = sum(s in (Verdict.FAIL, Verdict.ERROR) for s in statuses) or 1
    assert len(evidence.urns) == (len(statuses) if wanted is Status.MET else worst)


def test_a_waiver_of_one_failure_does_not_excuse_another() -> None:
    results = [result(RULE, Verdict.FAIL, waived=True), result(RULE, Verdict.FAIL, name="second")]
    judged = judge(item(rules=[RULE]), grounds(results=results))
    assert judged.status is Status.UNMET
    assert judged.against is not None
    assert [urn.rpartition("::")[2] for urn in judged.against.urns] == ["second"]


def test_what_nothing_speaks_for_is_unmet() -> None:
    judged = judge(item(rules=[RULE, OTHER_RULE]), grounds())
    assert judged.status is Status.UNMET
    assert [e.found for e in judged.evidence] == [NOTHING_SPEAKS]


def test_a_rule_that_judges_nothing_leaves_the_word_to_the_others() -> None:
    judged = judge(item(rules=[RULE, OTHER_RULE]), grounds(results=[result(RULE, Verdict.PASS)]))
    assert judged.status is Status.MET
    assert [e.id for e in judged.evidence] == [RULE]


def test_every_part_must_hold() -> None:
    proofs: dict[str, Any] = {
        "rules": [RULE],
        "queries": [QUERY],
        "files": [file_proof()],
        "tests": [TEST],
        "attestation": drill(),
    }
    everything: dict[str, Any] = {
        "results": [result(RULE, Verdict.PASS)],
        "files": {FILE: PLAN, "app/tests/test_health.py": TESTS},
        "outcomes": {"app/tests/test_health::test_health": Outcome(passed=True)},
        "attestations": Attestations((attestation(),)),
    }
    judged = judge(item(**proofs), grounds(NAT, **everything))
    assert judged.status is Status.MET
    assert [e.kind for e in judged.evidence] == ["rule", "query", "file", "test", "attestation"]
    for left_out in ("files", "outcomes", "attestations"):
        without: dict[str, Any] = {key: value for key, value in everything.items() if key != left_out}
        assert judge(item(**proofs), grounds(NAT, **without)).status is Status.UNMET, left_out
    assert judge(item(**proofs), grounds(**everything)).status is Status.UNMET
    failing: dict[str, Any] = {**everything, "results": [result(RULE, Verdict.FAIL)]}
    assert judge(item(**proofs), grounds(NAT, **failing)).status is Status.UNMET


def test_a_proof_that_does_not_exist_yet_keeps_an_item_unmet() -> None:
    judged = judge(item(queries=[QUERY], missing="a test of it"), grounds(NAT))
    assert judged.status is Status.UNMET
    assert judged.against is not None
    assert judged.against.found == "no proof of it exists yet: a test of it"


@pytest.mark.parametrize(
    ("since", "until", "tier", "counts"),
    [
        ("mvp", "enterprise", "mvp", True),
        ("production", "enterprise", "startup", False),
        ("production", "enterprise", "production", True),
        ("mvp", "startup", "startup", True),
        ("mvp", "startup", "production", False),
        ("enterprise", "enterprise", "", True),
    ],
)
def test_tiers_at_which_an_item_counts(since: str, until: str, tier: str, counts: bool) -> None:
    judged = judge(item(since=since, until=until, queries=[QUERY]), grounds(NAT, tier=tier))
    assert judged.counts is counts
    assert judged.status is (Status.MET if counts else Status.NOT_APPLICABLE)
    assert bool(judged.reason) is not counts
    assert bool(judged.evidence) is counts


def test_an_option_counts_once_it_is_chosen() -> None:
    optional = item(option=option(), missing="its proof")
    assert judge(optional, grounds()).reason == "an option; not chosen"
    assert judge(optional, grounds()).status is Status.NOT_APPLICABLE
    assert judge(optional, grounds(NAT)).status is Status.UNMET


@pytest.mark.parametrize(
    ("entry", "wanted", "said"),
    [
        (Attestations(), Status.UNMET, "nobody attests it: rehearse it"),
        (Attestations((attestation(),)), Status.MET, f"done (2026-11-01, holds until 2027-01-01); {UNSEEN}"),
        (
            Attestations((attestation(evidence="docs/drill.md"),)),
            Status.MET,
            "done (2026-11-01, holds until 2027-01-01)",
        ),
        (Attestations((attestation(2),)), Status.UNMET, "nobody attests it: rehearse it"),
        (Attestations((attestation(stacks=["prod"]),)), Status.UNMET, "nobody attests it: rehearse it"),
        (Attestations((attestation(stacks=["d*"]),)), Status.UNMET, "nobody attests it: rehearse it"),
        (
            Attestations((), (attestation(expires="2026-11-20"),)),
            Status.UNMET,
            "the attestation of 2026-11-01 expired on 2026-11-20: rehearse it",
        ),
    ],
)
def test_attestations(entry: Attestations, wanted: Status, said: str) -> None:
    judged = judge(item(attestation=drill()), grounds(attestations=entry))
    assert judged.status is wanted
    assert [e.found for e in judged.evidence] == [said]
