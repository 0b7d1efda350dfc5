"""The search itself, on stacks that are made up: what it takes, what it leaves out, and that it is the cheapest."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascent.advise.target import search as module
from ascent.advise.target.goal import Goal
from ascent.advise.target.search import Way, search
from ascent.advise.target.trials import Refused, Trial
from ascent.compare.care import Kind
from ascent.readiness.assess import Readiness
from ascent.readiness.model import Status
from ascent.readiness.prove import JudgedItem
from tests.readiness.readiness_things import TODAY, item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ITEMS = tuple(item(number, weight=weight) for number, weight in enumerate(["low", "medium", "high", "critical"] * 3, 1))


class Made(Trial):
    """A trial without a plan."""

    def __init__(
        self, values: Mapping[str, Any], met: frozenset[int], cost: Decimal, *, loses: bool = False, fails: bool = False
    ) -> None:
        judged = tuple(JudgedItem(i, Status.MET if i.number in met else Status.UNMET) for i in ITEMS)
        side: Any = SimpleNamespace(
            readiness=Readiness("p", "s", "production", TODAY, (), judged), cost=cost, loses=loses, fails=fails
        )
        super().__init__(values, side)

    @property
    def dollars(self) -> Decimal:
        return self._made.cost

    @property
    def unpriced(self) -> frozenset[str]:
        return frozenset()

    @property
    def failures(self) -> frozenset[tuple[str, str]]:
        return frozenset({("rule", "urn")}) if self._made.fails else frozenset()

    @property
    def _made(self) -> Any:  # noqa: ANN401 - what the constructor made
        return self.side


@dataclass
class World:
    """Settings by name: what each meets and costs, and which do not go together."""

    meets: dict[str, frozenset[int]]
    costs: dict[str, int]
    fails: frozenset[str] = frozenset()
    loses: frozenset[str] = frozenset()
    refused: frozenset[frozenset[str]] = frozenset()
    cancels: dict[str, frozenset[int]] = field(default_factory=dict)
    """Setting → items that are not met with it together with another."""
    asked: int = 0

    def trial(self, names: frozenset[str]) -> Trial | Refused:
        if any(pair <= names for pair in self.refused):
            return Refused("contradiction")
        met = frozenset[int]().union(*(self.meets[name] for name in names))
        if len(names) > 1:
            met -= frozenset[int]().union(*(self.cancels.get(name, frozenset()) for name in names))
        cost = Decimal(sum(self.costs[name] for name in names))
        return Made(
            dict.fromkeys(sorted(names), True),
            met,
            cost,
            loses=bool(names & self.loses),
            fails=bool(names & self.fails),
        )

    def tried(self, values: Sequence[Mapping[str, Any]], _why: str) -> list[Trial | Refused]:
        self.asked += len(values)
        return [self.trial(frozenset(one)) for one in values]

    def way(self, target: float) -> Way:
        start = self.trial(frozenset())
        assert isinstance(start, Trial)
        return search(start, (Goal(None, target),), [{name: True} for name in self.meets], self.tried)

    def cheapest(self, target: float, *, needed: bool = False) -> Decimal | None:
        """By trying everything, or everything in which each step is needed."""
        goal, found, reaching = Goal(None, target), list[Decimal](), list[set[str]]()
        for count in range(len(self.meets) + 1):
            for names in combinations(self.meets, count):
                if needed and any(fewer <= set(names) for fewer in reaching):
                    continue
                trial = self.trial(frozenset(names))
                if isinstance(trial, Trial) and not trial.failures and goal.reached(trial.readiness):
                    found.append(trial.dollars)
                    reaching.append(set(names))
        return min(found, default=None)


@pytest.fixture(autouse=True)
def between(monkeypatch: pytest.MonkeyPatch) -> None:
    """What two made-up trials do to data."""

    def compared(before: Any, after: Any) -> Any:  # noqa: ANN401 - trials
        loses = after.side.loses and not before.side.loses
        care = (SimpleNamespace(kind=Kind.REMOVED, protected=True),) if loses else ()
        return SimpleNamespace(care=care, gained=(), lost=())

    monkeypatch.setattr(module, "between", compared)


def names(way: Way) -> list[str]:
    return [name for step in way.steps for name in step.values]


def test_free_points_come_before_dear_ones() -> None:
    world = World({"dear": frozenset({4, 8}), "free": frozenset({4})}, {"dear": 10, "free": 0})
    assert names(world.way(15)) == ["free"]
    assert names(world.way(30)) == ["dear"]


def test_what_is_not_needed_is_left_out() -> None:
    meets = {"small": frozenset({1}), "all": frozenset(range(1, 13))}
    assert names(World(meets, {"small": 0, "all": 100}).way(100)) == ["all"]


def test_a_failing_rule_is_no_step() -> None:
    world = World(
        {"bad": frozenset({4, 8, 12}), "good": frozenset({4})}, {"bad": 0, "good": 5}, fails=frozenset({"bad"})
    )
    way = world.way(40)
    assert (names(way), way.reached) == (["good"], False)
    assert [(dict(one.values), one.why) for one in way.left_out] == [
        ({"bad": True}, "a mandatory rule fails then: rule")
    ]


def test_lost_data_comes_last() -> None:
    world = World({"wipe": frozenset({4}), "keep": frozenset({8})}, {"wipe": 0, "keep": 50}, loses=frozenset({"wipe"}))
    assert names(world.way(15)) == ["keep"]
    assert names(world.way(30)) == ["keep", "wipe"]


def test_contradictions_are_left_out() -> None:
    world = World(
        {"a": frozenset({4}), "b": frozenset({8}), "c": frozenset({12})},
        {"a": 1, "b": 2, "c": 3},
        refused=frozenset({frozenset({"a", "b"})}),
    )
    way = world.way(35)
    assert (names(way), way.reached) == (["a", "c"], True)
    assert [dict(one.values) for one in way.left_out] == [{"b": True}]


def test_steps_that_cancel_each_other_are_made_up_for() -> None:
    meets = {"a": frozenset({4}), "b": frozenset({8, 3}), "c": frozenset({12})}
    world = World(meets, {"a": 1, "b": 2, "c": 9}, cancels={"b": frozenset({4})})
    way = world.way(40)
    assert way.reached
    assert Goal(None, 40).reached(way.after.readiness)
    assert "c" in names(way)


def test_the_furthest_where_it_is_out_of_reach() -> None:
    world = World({"a": frozenset({4}), "b": frozenset({1}), "none": frozenset()}, {"a": 1, "b": 2, "none": 0})
    way = world.way(90)
    assert (sorted(names(way)), way.reached) == (["a", "b"], False)
    assert sum(step.score for step in way.steps) == pytest.approx(way.after.readiness.points, abs=0.1)


def test_nothing_to_do() -> None:
    world = World({"a": frozenset({4})}, {"a": 1})
    way = world.way(0)
    assert (way.steps, way.reached, world.asked) == ((), True, 0)


@settings(deadline=None, max_examples=150)
@given(
    meets=st.lists(st.frozensets(st.integers(1, 12), min_size=1, max_size=5), min_size=1, max_size=7),
    costs=st.lists(st.integers(-3, 20), min_size=7, max_size=7),
    target=st.integers(1, 100),
)
def test_it_reaches_what_can_be_reached_and_is_the_cheapest(
    meets: list[frozenset[int]], costs: list[int], target: int
) -> None:
    world = World({f"s{n}": one for n, one in enumerate(meets)}, {f"s{n}": cost for n, cost in enumerate(costs)})
    way, cheapest = world.way(target), world.cheapest(target)
    assert way.reached == (cheapest is not None)
    if cheapest is not None:
        assert Goal(None, target).reached(way.after.readiness)
        # A step that only saves may be taken or not: it is none towards the score.
        assert cheapest <= way.after.dollars <= (world.cheapest(target, needed=True) or 0)
    # What is told of the way is what its last plan says.
    assert way.after.dollars == way.before.dollars + sum(step.dollars for step in way.steps)
    assert world.asked < 60
