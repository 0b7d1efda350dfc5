"""Looks for the cheapest settings that reach a score.

Each change is planned by itself; the cheapest points are taken first until the target is reached, and cheaper choices
are looked for. Then the whole is planned, and once more step by step: what is told of it are the
figures of these plans, never sums of guesses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ascent.advise.target.trials import Refused, Trial
from ascent.compare.care import Kind as CareKind
from ascent.compare.comparison import Comparison
from ascent.readiness.model import Status
from ascent.readiness.scores.score import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ascent.advise.target.goal import Goal
    from ascent.compare.care import Care
    from ascent.readiness.model import Item

    Values = Mapping[str, Any]
    Try = Callable[[Sequence[Values], str], list[Trial | Refused]]

_CHOICES = 5_000
"""Most choices that are looked through for a cheaper one; more than that takes seconds."""

_ROUNDS = 12
"""Most corrections of a choice whose parts turn out to get in each other's way."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of the way, and what it does after the steps before it.

    Attributes:
        values: its settings.
        before: the stack before it.
        after: the stack with it.
    """

    values: Values
    before: Trial
    after: Trial

    @property
    def comparison(self) -> Comparison:
        """What the step changes."""
        return between(self.before, self.after)

    @property
    def dollars(self) -> Decimal:
        """What it adds to a month's bill, as far as that could be priced."""
        return self.after.dollars - self.before.dollars

    @property
    def unpriced(self) -> int:
        """Number of resources that it adds and that could not be priced."""
        return len(self.after.unpriced - self.before.unpriced)

    @property
    def score(self) -> float:
        """What it adds to the whole score."""
        return exact(self.after.readiness.score) - exact(self.before.readiness.score)

    @property
    def gained(self) -> tuple[Item, ...]:
        """Items that it meets."""
        return self.comparison.gained

    @property
    def lost(self) -> tuple[Item, ...]:
        """Items that it meets no longer."""
        return self.comparison.lost

    @property
    def care(self) -> tuple[Care, ...]:
        """What in the data and the service needs care."""
        return self.comparison.care


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A change that would bring points, and why it is not taken."""

    values: Values
    why: str


@dataclass(frozen=True, slots=True)
class Way:
    """What was found.

    Attributes:
        before: the stack as it is.
        after: the stack with all steps; the same one without any.
        steps: in the order to take them.
        reached: whether the target is reached.
        left_out: what brings points and is not taken because of what it does beside.
    """

    before: Trial
    after: Trial
    steps: tuple[Taken, ...]
    reached: bool
    left_out: tuple[LeftOut, ...] = ()


def exact(score: Score) -> float:
    """A score without its rounding."""
    return score.earned * 100 / score.possible if score.possible else 0.0


def between(before: Trial, after: Trial) -> Comparison:
    """Two trials of one stack held against each other."""
    return Comparison(before.side, after.side, before.readiness, before.dollars)


@dataclass(slots=True)
class _Option:
    """A change, as its own plan shows it."""

    trial: Trial
    earned: int
    dollars: Decimal
    unpriced: bool
    loses: bool
    met: Mapping[int, bool] = field(default_factory=dict)
    """Items whose state it changes → whether they are met then; of those that count."""

    @property
    def rank(self) -> tuple[bool, bool, Decimal, int]:
        """Data that is lost comes last, before it what has no price; then dollars per point decide, then points."""
        return (self.loses, self.unpriced, self.dollars / self.earned, -self.earned)


def search(before: Trial, goals: Sequence[Goal], options: Sequence[Values], tried: Try) -> Way:
    """The cheapest way that is found to all goals, or the furthest where there is none.

    Args:
        before: the stack as it is.
        goals: the scores that are wanted.
        options: changes that may help.
        tried: plans the stack with each of several changes.
    """
    if all(goal.reached(before.readiness) for goal in goals):
        return Way(before, before, (), reached=True)
    trials = tried(options, "each step by itself")
    useful, left_out = _useful(before, goals, options, trials)
    useful.sort(key=lambda one: one.rank)
    chosen = _picked(before, goals, useful)
    refused: list[_Option] = []
    # The furthest of the sound choices, the cheapest of these.
    best: tuple[tuple[float, Decimal], list[_Option], Trial] | None = None
    for _ in range(_ROUNDS):
        sound, after, clash = _together(before, chosen, tried)
        refused += clash
        done = all(goal.reached(after.readiness) for goal in goals)
        lead = (sum(_lacking(goal, after.readiness) for goal in goals), after.dollars)
        if best is None or lead < best[0]:
            best = lead, sound, after
        rest = [one for one in useful if one not in sound and one not in refused]
        if done or not rest:
            break
        chosen = [*sound, rest[0]]
    if best is None:
        return Way(before, before, (), reached=False, left_out=tuple(left_out))
    _, sound, after = best
    steps = _steps(before, sound, tried)
    steps, after = _needed(before, goals, steps, tried)
    left_out += (LeftOut(one.trial.values, "it contradicts a step that is taken") for one in refused)
    return Way(before, after, steps, all(goal.reached(after.readiness) for goal in goals), tuple(left_out))


def _lacking(goal: Goal, readiness: Any) -> float:  # noqa: ANN401 - a Readiness
    return max(goal.value - exact(goal.prospect(readiness).score), 0.0)


def _useful(
    before: Trial, goals: Sequence[Goal], options: Sequence[Values], trials: Iterable[Trial | Refused]
) -> tuple[list[_Option], list[LeftOut]]:
    """Changes that bring points to a goal that is not reached, and those that do at a price that nobody should pay."""
    found: list[_Option] = []
    left_out: list[LeftOut] = []
    for values, trial in zip(options, trials, strict=True):
        if isinstance(trial, Refused):
            continue
        earned = sum(
            _earned(goal, trial) - _earned(goal, before) for goal in goals if not goal.reached(before.readiness)
        )
        if earned <= 0 or all(_lacking(g, trial.readiness) >= _lacking(g, before.readiness) for g in goals):
            continue
        new = trial.failures - before.failures
        if new:
            rule, _ = min(new)
            left_out.append(LeftOut(values, f"a mandatory rule fails then: {rule}"))
            continue
        found.append(
            _Option(
                trial,
                earned,
                trial.dollars - before.dollars,
                bool(trial.unpriced - before.unpriced),
                any(note.kind in (CareKind.REMOVED, CareKind.REPLACED) for note in between(before, trial).care),
                _states(before, trial),
            )
        )
    return found, left_out


def _earned(goal: Goal, trial: Trial) -> int:
    return goal.prospect(trial.readiness).score.earned


def _states(before: Trial, trial: Trial) -> Mapping[int, bool]:
    was = {j.item.number: (j.counts, j.status) for j in before.readiness.items}
    return {
        j.item.number: j.status is Status.MET
        for j in trial.readiness.items
        if j.counts and was[j.item.number] != (j.counts, j.status)
    }


def _picked(before: Trial, goals: Sequence[Goal], useful: Sequence[_Option]) -> list[_Option]:
    """The cheapest options that should reach the goals together; all where none do.

    What loses data is looked at only where it takes that, and so is, before it, what has no price.
    """
    harmless = [one for one in useful if not one.loses]
    for pool in ([one for one in harmless if not one.unpriced], harmless, list(useful)):
        greedy = _greedy(before, goals, pool)
        if _expected(before, goals, greedy):
            return _cheapest(before, goals, pool, greedy)
    return greedy


def _greedy(before: Trial, goals: Sequence[Goal], pool: Sequence[_Option]) -> list[_Option]:
    """The first options that should reach the goals, without those that turn out not to be needed."""
    chosen: list[_Option] = []
    for option in pool:
        if _expected(before, goals, chosen):
            break
        if not any(_exclude(one, option) for one in chosen):
            chosen.append(option)
    for option in sorted(chosen, key=lambda one: (-one.dollars, one.earned)):
        without = [one for one in chosen if one is not option]
        if _expected(before, goals, chosen) and _expected(before, goals, without):
            chosen = without
    return chosen


def _cheapest(before: Trial, goals: Sequence[Goal], pool: Sequence[_Option], found: list[_Option]) -> list[_Option]:
    """The cheapest choice that should reach the goals, the fewest steps among equals.

    Looks through the choices that cost less than the best so far, and stops after so many.

    Args:
        before: the stack as it is.
        goals: the scores that are wanted.
        pool: options.
        found: a choice that reaches them.
    """
    best = found
    order = sorted(pool, key=lambda one: (one.dollars, -one.earned))
    # From here on, the most that options further down can save.
    saving = [sum((min(one.dollars, Decimal(0)) for one in order[place:]), Decimal(0)) for place in range(len(order))]
    stack: list[tuple[int, list[_Option]]] = [(0, [])]
    for _ in range(_CHOICES):
        if not stack:
            break
        place, chosen = stack.pop()
        if _expected(before, goals, chosen):
            if _price(chosen) < _price(best):
                best = chosen
            if all(one.dollars >= 0 for one in order[place:]):
                continue
        for following in range(len(order) - 1, place - 1, -1):
            option = order[following]
            wider = [*chosen, option]
            least = sum((one.dollars for one in wider), Decimal(0)) + sum(saving[following + 1 : following + 2])
            if (least, len(wider)) < _price(best) and not any(_exclude(one, option) for one in chosen):
                stack.append((following + 1, wider))
    return [one for one in pool if one in best]


def _price(chosen: Sequence[_Option]) -> tuple[Decimal, int]:
    return sum((one.dollars for one in chosen), Decimal(0)), len(chosen)


def _exclude(one: _Option, other: _Option) -> bool:
    """Whether two options give one setting two values."""
    return any(other.trial.values.get(path, value) != value for path, value in one.trial.values.items())


def _expected(before: Trial, goals: Sequence[Goal], chosen: Sequence[_Option]) -> bool:
    """Whether options should reach the goals together, if what each does by itself adds up."""
    state = {j.item.number: j.status is Status.MET for j in before.readiness.items if j.counts}
    for option in chosen:
        for number, met in option.met.items():
            state[number] = state.get(number, False) or met
    by_number = {j.item.number: j.item for j in before.readiness.items}
    for goal in goals:
        items = [by_number[number] for number in state if goal.part in (None, by_number[number].part)]
        possible = sum(item.points for item in items)
        earned = sum(item.points for item in items if state[item.number])
        if possible and (Score(earned, possible, 0, 0).value or 0.0) < goal.value:
            return False
    return True


def _together(before: Trial, chosen: Sequence[_Option], tried: Try) -> tuple[list[_Option], Trial, list[_Option]]:
    """Options that go together, the stack with all of them, and those that do not go with the ones before them."""
    sound, clash = list(chosen), list[_Option]()
    while sound:
        (whole,) = tried([_merged(sound)], "all steps together")
        if isinstance(whole, Trial) and whole.failures <= before.failures:
            return sound, whole, clash
        # Which of them is the first that does not go with those before it?
        prefixes = [_merged(sound[:count]) for count in range(1, len(sound) + 1)]
        results = tried(prefixes, "which steps go together")
        bad = next(
            place
            for place, trial in enumerate(results)
            if isinstance(trial, Refused) or trial.failures - before.failures
        )
        clash.append(sound.pop(bad))
    return [], before, clash


def _merged(options: Iterable[_Option]) -> Values:
    return {path: value for option in options for path, value in option.trial.values.items()}


def _steps(before: Trial, sound: Sequence[_Option], tried: Try) -> list[Taken]:
    """Options one after the other, each planned with those before it."""
    prefixes = [_merged(sound[:count]) for count in range(1, len(sound) + 1)]
    trials = [one for one in tried(prefixes, "one step after the other") if isinstance(one, Trial)]
    return [
        Taken(option.trial.values, last, trial)
        for option, last, trial in zip(sound, [before, *trials], trials, strict=False)
    ]


def _needed(
    before: Trial, goals: Sequence[Goal], steps: Sequence[Taken], tried: Try
) -> tuple[tuple[Taken, ...], Trial]:
    """Steps without those that bring nothing once the others are taken, and the stack with them."""

    def brings(step: Taken) -> bool:
        return any(_earned(goal, step.after) > _earned(goal, step.before) for goal in goals)

    kept = [step.values for step in steps if brings(step)]
    if len(kept) < len(steps):
        merged = [{p: v for one in kept[:count] for p, v in one.items()} for count in range(1, len(kept) + 1)]
        trials = tried(merged, "without what is not needed")
        whole = [one for one in trials if isinstance(one, Trial)]
        if len(whole) == len(trials):
            steps = [Taken(v, last, one) for v, last, one in zip(kept, [before, *whole], whole, strict=False)]
    return tuple(steps), steps[-1].after if steps else before
