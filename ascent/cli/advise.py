"""`ascent advise`: which tier fits, and what to do next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ascent.advise.advice import Advice, advise
from ascent.advise.questions import ask_all
from ascent.advise.triggers import TRIGGERS
from ascent.cli.options import MOST, AsJson, AsOf, Directory, complete_stack
from ascent.days import today
from ascent.output.console import console
from ascent.plan.config import read_stack
from common.problems import InputError
from policies.pack.levels import TIERS

if TYPE_CHECKING:
    from datetime import date

    from ascent.advise.steps import Steps


def _number(help: str) -> Any:  # noqa: ANN401 - typer names no type
    return typer.Option(metavar="N", min=0, max=MOST, help=help)


def run(
    stack: Annotated[
        str | None,
        typer.Argument(
            metavar="[STACK]", help="Stack whose tier is held against the answers.", autocompletion=complete_stack
        ),
    ] = None,
    requests_per_day: Annotated[float | None, _number("Requests a day.")] = None,
    developers: Annotated[float | None, _number("Developers who work on it.")] = None,
    revenue: Annotated[float | None, _number("US dollars that it earns in a month.")] = None,
    users_per_month: Annotated[float | None, _number("Users in a month.")] = None,
    pii: Annotated[bool | None, typer.Option(help="Whether it holds personal data or payments.")] = None,
    compliance: Annotated[bool | None, typer.Option(help="Whether it must comply with a standard.")] = None,
    enterprise_clients: Annotated[bool | None, typer.Option(help="Whether enterprises buy it.")] = None,
    ranked: Annotated[
        int | None,
        typer.Option("--next", metavar="N", min=1, help="Rank N next steps by dollars per point of readiness."),
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 the tier fits, 1 a higher tier than the stack's is due, 2 bad input."""
    given = {
        "requests-per-day": requests_per_day,
        "developers": developers,
        "revenue": revenue,
        "users-per-month": users_per_month,
        "pii": pii,
        "compliance": compliance,
        "enterprise-clients": enterprise_clients,
    }
    answers: dict[str, float | bool] = {key: answer for key, answer in given.items() if answer is not None}
    present = _tier(cwd, stack) if stack else ""
    if ranked is None and not answers:
        answers = _asked(as_json=as_json)
    advice = advise(answers, stack or "", present) if answers or ranked is None else None
    steps = None if ranked is None else _steps(cwd, stack, as_of or today())
    if as_json:
        _print_json(advice, steps, ranked or 0)
    else:
        from ascent.output.console.advise import print_advice, print_steps

        if advice:
            print_advice(console(), advice)
        if steps:
            print_steps(console(), steps, ranked or 0)
    return not (advice and advice.upgrade)


def _tier(directory: Path, stack: str) -> str:
    tier = read_stack(directory, stack).values.get("ascent:tier", "")
    if tier not in TIERS:
        raise InputError(
            f"Pulumi.{stack}.yaml: ascent:tier is {tier or 'missing'}: one of {', '.join(TIERS)}; "
            f"write ascent:tier: {TIERS[0]}"
        )
    return tier


def _asked(*, as_json: bool) -> dict[str, float | bool]:
    """Answers from the terminal."""
    if as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        options = ", ".join(f"--{trigger.key}" for trigger in TRIGGERS)
        raise InputError(f"ascent advise: nothing to go by; give one or more of {options}, or STACK and --next N")
    try:
        return ask_all(input)
    except EOFError:
        raise InputError("ascent advise: the questions were not answered; answer them, or give options") from None


def _steps(directory: Path, stack: str | None, day: date) -> Steps:
    if stack is None:
        raise InputError("ascent advise --next: needs a stack; write ascent advise STACK --next 10")
    from ascent.planning import start
    from ascent.readiness.beside import planned_beside

    with start(directory, [stack]) as planning, planned_beside(directory, [stack]) as beside:
        from ascent.advise.steps import steps_of
        from ascent.cost.book.prices import load_prices
        from ascent.cost.pricing import usage_of
        from ascent.readiness.sources import Sources
        from ascent.verdicts.judge import waivers_of

        sources = Sources.read(directory, today=day)
        (judged,) = planning.result(waivers_of(directory, day))
        others = beside()
    usage = usage_of(directory, judged.plan)[1]
    readiness = sources.assess(judged.facts, judged.report, plan=judged.plan, others=others)
    return steps_of(readiness, load_prices(), usage, judged.plan.region)


def _print_json(advice: Advice | None, steps: Steps | None, ranked: int) -> None:
    from ascent.advise.document import to_document
    from ascent.document import text_of

    print(text_of(to_document(advice, steps.first(ranked) if steps else None)), end="")
