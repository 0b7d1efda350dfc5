"""Whatever the evidence: scores stay in their bounds, and more evidence never lowers one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascent.readiness.assess import Score, score_of
from ascent.readiness.attestations import Attestations
from ascent.readiness.checklist import shipped
from ascent.readiness.content.repository import Repository
from ascent.readiness.model import Status
from ascent.readiness.prove import judge
from policies.pack.levels import TIERS
from policies.pack.verdict import Status as Verdict
from tests.policies.building import of
from tests.readiness.readiness_things import attestation, grounds, result
from tests.stacks.planning import ROOT

if TYPE_CHECKING:
    from ascent.readiness.prove import JudgedItem

CHECKLIST = shipped()
RULES = sorted({rule for item in CHECKLIST.items for rule in item.proof.rules})
REPOSITORY = Repository.read(ROOT, CHECKLIST.paths)
PATHS = sorted(REPOSITORY.texts)
ATTESTED = sorted(item.number for item in CHECKLIST.items if item.proof.attestation)
STACKS = (
    (),
    (of("aws:ec2/natGateway:NatGateway"), of("aws:rds/proxy:Proxy", "proxy")),
    (of("aws:ecs/service:Service"), of("aws:eks/cluster:Cluster", "k")),
)
BETTER = {Verdict.FAIL: 0, Verdict.UNKNOWN: 1, Verdict.PASS: 2}

verdicts = st.dictionaries(st.sampled_from(RULES), st.sampled_from(list(BETTER)), max_size=len(RULES))
evidence = st.tuples(verdicts, st.sets(st.sampled_from(PATHS)), st.sets(st.sampled_from(ATTESTED)))


def assessed(
    found: tuple[dict[str, Verdict], set[str], set[int]], tier: str, stack: int, expired: frozenset[int] = frozenset()
) -> list[JudgedItem]:
    rules, files, attested = found
    known = grounds(
        *STACKS[stack],
        tier=tier,
        results=[result(rule, status) for rule, status in sorted(rules.items())],
        files={path: REPOSITORY.texts[path] for path in sorted(files)},
        attestations=Attestations(
            tuple(attestation(n) for n in sorted(attested)),
            tuple(attestation(n, expires="2026-11-02") for n in sorted(expired)),
        ),
    )
    return [judge(item, known) for item in CHECKLIST.items]


@given(evidence, st.sampled_from(TIERS), st.integers(0, len(STACKS) - 1))
def test_bounds(found: tuple[dict[str, Verdict], set[str], set[int]], tier: str, stack: int) -> None:
    judged = assessed(found, tier, stack)
    score = score_of(judged)
    assert 0 <= score.earned <= score.possible
    assert score.value is not None
    assert 0 <= score.value <= 100
    assert (score.value == 100) == (score.met == score.counted)
    for one in judged:
        assert (one.status is Status.MET) <= bool(one.evidence)
        assert one.counts == bool(one.evidence)
        assert (one.against is None) == (one.status in (Status.MET, Status.NOT_APPLICABLE))


@given(evidence, evidence, st.sampled_from(TIERS), st.integers(0, len(STACKS) - 1))
def test_more_evidence_never_lowers_a_score(
    found: tuple[dict[str, Verdict], set[str], set[int]],
    more: tuple[dict[str, Verdict], set[str], set[int]],
    tier: str,
    stack: int,
) -> None:
    """More: a better verdict, a pass of a rule that was silent, another file, another attestation."""
    rules = dict(found[0])
    for rule, status in more[0].items():
        if rule not in rules:
            rules[rule] = Verdict.PASS
        elif BETTER[status] > BETTER[rules[rule]]:
            rules[rule] = status
    before = assessed(found, tier, stack)
    after = assessed((rules, found[1] | more[1], found[2] | more[2]), tier, stack)
    assert score_of(after).earned >= score_of(before).earned
    # A mended rule was all that spoke of something that is not there: what it proves no longer concerns the stack.
    gone = [old for old, new in zip(before, after, strict=True) if old.counts and not new.counts]
    assert all(old.against is not None for old in gone)
    assert score_of(after).possible == score_of(before).possible - sum(old.item.points for old in gone)
    for old, new in zip(before, after, strict=True):
        assert old.counts >= new.counts
        assert (old.status is Status.MET) <= (new.status is Status.MET), old.item.number


@given(st.sets(st.sampled_from(ATTESTED)), st.sampled_from(TIERS))
def test_what_has_expired_earns_nothing(expired: set[int], tier: str) -> None:
    nothing: tuple[dict[str, Verdict], set[str], set[int]] = ({}, set(), set())
    assert score_of(assessed(nothing, tier, 0, frozenset(expired))) == score_of(assessed(nothing, tier, 0))


@pytest.mark.parametrize(
    ("earned", "possible", "value"), [(0, 3, 0.0), (1, 3, 33.3), (2, 3, 66.6), (1999, 2000, 99.9), (3, 3, 100.0)]
)
def test_a_score_is_rounded_down(earned: int, possible: int, value: float) -> None:
    assert Score(earned, possible, 0, 0).value == value


def test_nothing_to_count_is_no_score() -> None:
    assert Score(0, 0, 0, 0).value is None
