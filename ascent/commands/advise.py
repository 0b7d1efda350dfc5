"""`ascent advise`: which tier fits, and what to do next."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ascent.advise.advice import Advice, advice_record, advise
from ascent.advise.questions import ask_all
from ascent.advise.triggers import TRIGGERS, checked
from ascent.days import day_of
from ascent.output.console import console
from ascent.plan.config import read_stack
from common.problems import InputError
from policies.pack.levels import TIERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ascent.advise.steps import Steps
    from ascent.readiness.sources import Sources
    from policies.pack.waivers import WaiverBook


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviseRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is.
        stack: the stack to advise on; None for advice on a tier alone.
        answers: by trigger's key; None for what was not said.
        steps: how many steps to rank by dollars per point; None for no ranking.
        as_json: print one JSON document.
        as_of: day on which waivers, attestations and documents must still hold, as YYYY-MM-DD; None for today (UTC).
    """

    directory: Path
    stack: str | None = None
    answers: Mapping[str, float | bool | None] = field(default_factory=dict)
    steps: int | None = None
    as_json: bool = False
    as_of: str | None = None


def run(request: AdviseRequest) -> bool:
    """Print which tier fits, what to do next, or both.

    Args:
        request: what is known, and how to show the answer.

    Returns:
        Whether the stack's tier is high enough; True where nothing was said about its circumstances.

    Raises:
        InputError: no such stack, an answer that makes no sense, nothing said where nobody can be asked.
    """
    answers = {key: found for key, given in request.answers.items() if (found := checked(key, given)) is not None}
    present = _tier(request.directory, request.stack) if request.stack else ""
    if request.steps is None and not answers:
        answers = _asked(request)
    advice = advise(answers, request.stack or "", present) if answers or request.steps is None else None
    steps = _steps(request)
    if request.as_json:
        _print_json(request, advice, steps)
    else:
        from ascent.output.console.advise import print_advice, print_steps

        if advice:
            print_advice(console(), advice)
        if steps:
            print_steps(console(), steps, request.steps or 0)
    return not (advice and advice.upgrade)


def _tier(directory: Path, stack: str) -> str:
    tier = read_stack(directory, stack).values.get("ascent:tier", "")
    if tier not in TIERS:
        raise InputError(
            f"Pulumi.{stack}.yaml: ascent:tier is {tier or 'missing'}: one of {', '.join(TIERS)}; "
            f"write ascent:tier: {TIERS[0]}"
        )
    return tier


def _asked(request: AdviseRequest) -> dict[str, float | bool]:
    """Answers from the terminal."""
    if request.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        options = ", ".join(f"--{trigger.key}" for trigger in TRIGGERS)
        raise InputError(f"ascent advise: nothing to go by; give one or more of {options}, or STACK and --next N")
    try:
        return ask_all(input)
    except EOFError:
        raise InputError("ascent advise: the questions were not answered; answer them, or give options") from None


def _steps(request: AdviseRequest) -> Steps | None:
    if request.steps is None:
        return None
    if request.stack is None:
        raise InputError("ascent advise --next: needs a stack; write ascent advise STACK --next 10")
    if request.steps < 1:
        raise InputError(f"ascent advise --next {request.steps}: must be a number from 1 on; for example 10")
    from ascent.advise.steps import steps_of
    from ascent.cost.prices import load_prices
    from ascent.cost.pricing import usage_of
    from ascent.planning import plan_and_judge

    today = day_of(request.as_of, "advise")
    evidence: list[Sources] = []

    def read(directory: Path, _: date) -> WaiverBook:
        from ascent.readiness.sources import Sources
        from ascent.verdicts.judge import waivers_of

        evidence.append(Sources.read(directory, today=today))
        return waivers_of(directory, today)

    (judged,) = plan_and_judge(request.directory, [request.stack], read)
    usage = usage_of(request.directory, judged.plan)[1]
    readiness = evidence[0].assess(judged.plan, judged.report)
    return steps_of(readiness, load_prices(), usage, judged.plan.region)


def _print_json(request: AdviseRequest, advice: Advice | None, steps: Steps | None) -> None:
    from ascent.advise.steps import steps_record

    document = {
        "schemaVersion": 1,
        "advice": advice_record(advice) if advice else None,
        "next": steps_record(steps, request.steps or 0) if steps else None,
    }
    print(json.dumps(document, indent=2, ensure_ascii=False))
