"""One live stack through every tier, up and down again, in an AWS that remembers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.engine.live import ALL, LONG, foretold, gone, lost_data
from tests.stacks.planning import smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.engine.lifecycle import Stage
    from tests.engine.live import LiveStack

ACCOUNT = {"accountId": "123456789012"}
OPEN = {"resilience": {"protect": False}}
"""What the README says to set before anything is taken away on purpose."""
GROWN = {"data": {"postgres": {"storageGb": 200, "maxStorageGb": 4000}}}
"""What the highest tier's database has: AWS gives no storage back, so the way down keeps it."""
WALK: Mapping[str, Mapping[str, Any]] = {
    "first mvp": smallest("mvp", **ACCOUNT),
    "mvp to startup": smallest("startup", **ACCOUNT),
    "startup to production": smallest("production", **ACCOUNT),
    "production to enterprise": smallest("enterprise", **ACCOUNT),
    "protection lifted": smallest("enterprise", **ACCOUNT, **OPEN),
    "enterprise to production": smallest("production", **ACCOUNT, **OPEN, **GROWN),
    "production to startup": smallest("startup", **ACCOUNT, **OPEN, **GROWN),
    "startup to mvp": smallest("mvp", **ACCOUNT, **OPEN),
}
DOWN = ("protection lifted", "enterprise to production", "production to startup", "startup to mvp")
"""The way down, walked only on request: it takes as long as the way up."""
LESS = frozenset({"startup to mvp"})
"""Moves that take data stores away."""


@dataclass(frozen=True)
class Move:
    """What came of one step of the walk."""

    up: Stage
    done: list[tuple[str, str]]
    again: Stage
    faults: list[str]
    taken: list[tuple[str, str, str, str]]
    unplanned: list[str]


@pytest.fixture(scope="module")
def walk(live_stack: Callable[..., LiveStack]) -> Mapping[str, Move]:
    """Every step, each made whatever became of the one before.

    Where a deployment is refused, somebody makes it possible and deploys again, to go on.
    """
    live = live_stack(WALK["first mvp"])
    moves: dict[str, Move] = {}
    old: set[str] = set()
    before_it = WALK["first mvp"]
    for step, settings in WALK.items():
        if step in DOWN and not ALL:
            break
        live.settings = settings
        up = live.up()
        done = live.calls()
        if up.status:
            mend(live, before_it, settings)
            live.calls()
        before_it = settings
        again = live.up("--expect-no-changes")
        faults, taken = live.faults_of(), live.memory.taken()
        before = sum(len(move.taken) for move in moves.values())
        fresh = [fault for fault in faults if fault not in old]
        moves[step] = Move(up, done, again, fresh, taken[before:], live.unplanned())
        old |= set(faults)
    return moves


def mend(live: LiveStack, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Finish a move from the settings `before` to `after` that was refused.

    What AWS refuses to delete is made deletable by hand; what Pulumi protects loses its protection first, as the README
    has it, and gets it back at the end.
    """
    if live.up(STANDIN_AWS_UNLOCKED="1").status == 0:
        return
    for settings in ({**before, **OPEN}, {**after, **OPEN}, after):
        live.settings = settings
        last = live.up(STANDIN_AWS_UNLOCKED="1")
    last.must_pass()


def steps() -> list[Any]:
    """Every step of the walk; the way down takes long."""
    return [pytest.param(step, marks=[LONG] if step in DOWN else []) for step in WALK]


ANOTHER_WAY_IN = {"startup to production"}
"""A move that replaces the load balancer under protection: refused, until it is lifted as `compare` says. On the way
down it is lifted."""


def made_at_once() -> list[Any]:
    """Steps from a live stack that are not refused at first."""
    first = next(iter(WALK))
    return [one for one in steps() if one.values[0] not in {first, *ANOTHER_WAY_IN}]


class TestMoves:
    @pytest.mark.parametrize(
        "step",
        steps(),
    )
    def test_succeeds_or_is_refused_by_protection(self, walk: Mapping[str, Move], step: str) -> None:
        if step in ANOTHER_WAY_IN:
            assert walk[step].up.status != 0
            assert "currently marked for protection" in walk[step].up.said
        else:
            walk[step].up.must_pass()

    @pytest.mark.parametrize("step", steps())
    def test_next_deployment_changes_nothing(self, walk: Mapping[str, Move], step: str) -> None:
        walk[step].again.must_pass()

    @pytest.mark.parametrize("step", steps())
    def test_state_and_aws_hold_the_same(self, walk: Mapping[str, Move], step: str) -> None:
        assert walk[step].faults == []

    @pytest.mark.parametrize("step", steps())
    def test_nothing_owns_what_another_owned(self, walk: Mapping[str, Move], step: str) -> None:
        assert walk[step].taken == []

    @pytest.mark.parametrize("step", steps())
    def test_offline_plan_is_what_is_deployed(self, walk: Mapping[str, Move], step: str) -> None:
        assert walk[step].unplanned == []

    @pytest.mark.parametrize("step", steps())
    def test_no_data_store_is_lost(self, walk: Mapping[str, Move], step: str) -> None:
        created = {urn for what, urn in walk[step].done if what == "create"}
        assert [urn for urn in lost_data(walk[step].done) if urn in created or step not in LESS] == []

    @pytest.mark.parametrize("step", made_at_once())
    def test_what_serves_or_holds_data_goes_as_compare_foretells(self, walk: Mapping[str, Move], step: str) -> None:
        names = list(WALK)
        before = WALK[names[names.index(step) - 1]]
        assert gone(walk[step].done) == foretold(before, WALK[step])

    @pytest.mark.parametrize("step", ["mvp to startup", pytest.param("startup to mvp", marks=LONG)])
    def test_requests_are_led_to_a_new_target_group_once_it_is_filled(
        self, walk: Mapping[str, Move], step: str
    ) -> None:
        """Tied to the load balancer, then filled, then visited; what it replaces goes last."""
        done = [(what, urn.rpartition("::")[2].removeprefix("ascent-test-")) for what, urn in walk[step].done]
        workload, old = {
            "mvp to startup": ("app-service", "app-group"),
            "startup to mvp": ("app-group", "app-service"),
        }[step]
        rules = [call for call in done if call[1].startswith("routing-app-")]
        assert rules
        order = [("update", "ingress-lb-app-tie"), ("create", workload), rules[0]]
        assert [done.index(call) for call in order] == sorted(done.index(call) for call in order)
        assert {what for what, _ in rules} == {"update"}
        gone = [done.index(("delete", name)) for name in (old, "ingress-lb-app-targets")]
        assert min(gone) > max(done.index(rule) for rule in rules)
