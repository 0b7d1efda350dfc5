"""Every case of effects/: with recorded references, with ids and ARNs in their place, and in the pack."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from policies.pack.evaluate import evaluate
from policies.pack.registry import RULES
from policies.pack.rule import StackRule
from policies.pack.verdict import Status
from tests.policies.asking import Pack
from tests.policies.building import Ref, facts
from tests.policies.effects.cases import ALL_EFFECTS
from tests.policies.effects.literals import FORMS, deployed, literal, registered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import StackFacts
    from tests.policies.effects.effect import Effect


def said(effect: Effect, stack: StackFacts) -> set[Status | None]:
    rule = RULES[effect.rule]
    subject = stack.urn if isinstance(rule, StackRule) else effect.resources[0].urn
    return {v.status for v in rule.judge(stack) if v.urn == subject} or {None}


def refers(effect: Effect) -> bool:
    return any(isinstance(value, Ref) for made in effect.resources for value in made.props.values())


@pytest.mark.parametrize("effect", ALL_EFFECTS, ids=str)
def test_recorded_references(effect: Effect) -> None:
    assert said(effect, facts(*effect.resources, tier=effect.tier)) <= effect.expected


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("effect", ALL_EFFECTS, ids=str)
def test_no_recorded_references(effect: Effect, form: str) -> None:
    """The same where the state holds ids and ARNs, and no dependency."""
    assert said(effect, deployed(form, *effect.resources, tier=effect.tier)) <= effect.expected


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    running = Pack("enterprise")
    yield running
    running.close()


def test_the_pack_says_the_same_of_what_is_deployed(pack: Pack) -> None:
    """The engine tells a pack ids and outputs of what is there: it answers as a check of the state does."""
    for effect in ALL_EFFECTS:
        outputs = {m.urn: {"id": literal("id", m.name), "arn": literal("arn", m.name)} for m in effect.resources}
        found = pack.ask(registered("arn", *effect.resources), outputs)
        state = evaluate(deployed("arn", *effect.resources, tier=effect.tier))
        assert {(rule, urn, message) for rule, urn, message, _ in found} == {
            (r.verdict.rule, r.verdict.urn, r.message) for r in state.findings
        }, str(effect)


def test_there_are_many_of_both_kinds() -> None:
    counts = Counter(Status.FAIL in effect.expected for effect in ALL_EFFECTS)
    assert min(counts.values()) >= 50
    assert len(ALL_EFFECTS) >= 120
    assert len({str(effect) for effect in ALL_EFFECTS}) == len(ALL_EFFECTS)
    assert sum(map(refers, ALL_EFFECTS)) >= 30
    assert len({effect.rule for effect in ALL_EFFECTS}) >= 60
