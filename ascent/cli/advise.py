"""`ascent advise`: which tier fits, and what to do next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ascent.advise.advice import Advice, advise
from ascent.advise.questions import ask_all
from ascent.advise.triggers import KEYS
from ascent.cli.shared.options import (
    MOST,
    AsJson,
    AsOf,
    Directory,
    OtherProject,
    PreviewFile,
    StateFile,
    complete_stack,
)
from ascent.days import today
from ascent.output.console import console
from ascent.plan.config import read_stack
from ascent.plan.engine.file import STANDARD_INPUT
from ascent.plan.settings import settings_of
from ascent.subjects.asked import Asked, asked_of
from common.problems import InputError
from common.tiers import Tier
from policies.pack.levels import TIERS
from settings.enums import DataClass

if TYPE_CHECKING:
    from datetime import date

    from ascent.advise.move import Move
    from ascent.advise.steps import Steps
    from ascent.advise.target.goal import Goal
    from ascent.advise.target.plan import TargetPlan
    from ascent.advise.triggers import Answer
    from ascent.readiness.assess import Readiness
    from ascent.subjects.subject import Subject


def _number(help: str) -> Any:  # noqa: ANN401 - typer names no type
    return typer.Option(metavar="N", min=0, max=MOST, help=help)


def run(
    stack: Annotated[
        str | None,
        typer.Argument(
            metavar="[STACK]",
            help="Stack whose tier is held against the answers; - for a preview or a state on standard input.",
            autocompletion=complete_stack,
        ),
    ] = None,
    preview: PreviewFile = None,
    state: StateFile = None,
    project: OtherProject = None,
    requests_per_day: Annotated[float | None, _number("Requests a day.")] = None,
    developers: Annotated[float | None, _number("Developers who work on it.")] = None,
    revenue: Annotated[float | None, _number("US dollars that it earns in a month.")] = None,
    users_per_month: Annotated[float | None, _number("Users in a month.")] = None,
    pii: Annotated[bool | None, typer.Option(help="Whether it holds personal data or payments.")] = None,
    data_class: Annotated[
        DataClass | None,
        typer.Option(help="How sensitive its data is.", show_default="the stack's own, if it says one"),
    ] = None,
    compliance: Annotated[bool | None, typer.Option(help="Whether it must comply with a standard.")] = None,
    enterprise_clients: Annotated[bool | None, typer.Option(help="Whether enterprises buy it.")] = None,
    tier: Annotated[
        Tier | None, typer.Option(help="Hold the answers against this tier, in the place of a stack's.")
    ] = None,
    ranked: Annotated[
        int | None,
        typer.Option("--next", metavar="N", min=1, help="Rank N next steps by dollars per point of readiness."),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            metavar="SCORE",
            help="Cheapest settings that reach this score, or that of a part: infrastructure=85.",
        ),
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 the tier fits or is larger than it need be, and a target is or can be reached; 1 a higher tier
    than the stack's is due, or a target cannot be reached; 2 bad input.
    """
    given = {
        "requests-per-day": requests_per_day,
        "developers": developers,
        "revenue": revenue,
        "users-per-month": users_per_month,
        "pii": pii,
        "data-class": data_class.value if data_class else None,
        "compliance": compliance,
        "enterprise-clients": enterprise_clients,
    }
    answers: dict[str, Answer] = {key: answer for key, answer in given.items() if answer is not None}
    elsewhere = preview is not None or state is not None or project is not None or stack == str(STANDARD_INPUT)
    if tier is not None and stack is not None and not elsewhere:
        raise InputError(f"ascent advise {stack} --tier {tier}: a stack has a tier; give one of the two")
    if elsewhere and target:
        raise InputError("ascent advise --target: changes settings, so it needs a stack of this project; leave it out")
    asked = asked_of(
        "ascent advise",
        [stack] if stack else None,
        directory=cwd,
        preview=preview,
        state=state,
        project=project,
        tier=tier if elsewhere else None,
    )
    found = _read(asked, as_of or today(), aloud=not as_json) if elsewhere else None
    goals = _goals(stack, target)
    present = found[0].plan.tier if found else _tier(cwd, stack) if stack else tier.value if tier else ""
    if ranked is None and not goals and not answers:
        answers = _asked(as_json=as_json)
    advice = move = None
    if answers or not (ranked or goals):
        if stack and not found:
            answers = {**_said_by_files(cwd, stack, present), **answers}
        advice = advise(answers, found[0].plan.stack if found else stack or "", present)
        move = None if found else _move(cwd, advice, as_of or today())
    steps = None
    if ranked is not None:
        steps = _steps_elsewhere(*found) if found else _steps(cwd, stack, as_of or today())
    plan = _plan(cwd, stack, goals, as_of or today())
    if as_json:
        _print_json(advice, move, steps, ranked or 0, plan)
    else:
        from ascent.output.console.advise import print_advice, print_steps
        from ascent.output.console.target import print_target

        if advice:
            print_advice(console(), advice, move)
        if steps:
            print_steps(console(), steps, ranked or 0)
        if plan:
            print_target(console(), plan)
    return not (advice and advice.upgrade) and not (plan and not plan.way.reached)


def _goals(stack: str | None, target: list[str] | None) -> tuple[Goal, ...]:
    if not target:
        return ()
    from ascent.advise.target.goal import read_goals

    goals = read_goals(target)
    if stack is None:
        raise InputError(f"ascent advise --target: needs a stack; write ascent advise STACK --target {target[0]}")
    return goals


def _tier(directory: Path, stack: str) -> str:
    tier = read_stack(directory, stack).values.get("ascent:tier", "")
    if tier not in TIERS:
        raise InputError(
            f"Pulumi.{stack}.yaml: ascent:tier is {tier or 'missing'}: one of {', '.join(TIERS)}; "
            f"write ascent:tier: {TIERS[0]}"
        )
    return tier


def _asked(*, as_json: bool) -> dict[str, Answer]:
    """Answers from the terminal."""
    if as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        options = ", ".join(f"--{key}" for key in KEYS)
        raise InputError(
            f"ascent advise: nothing to go by; give one or more of {options}, or STACK with --next N or --target SCORE"
        )
    try:
        return ask_all(input)
    except EOFError:
        raise InputError("ascent advise: the questions were not answered; answer them, or give options") from None


def _said_by_files(directory: Path, stack: str, tier: str) -> dict[str, Answer]:
    """What the stack's own files answer: how sensitive its data is, and how many requests it gets."""
    found: dict[str, Answer] = {}
    said = read_stack(directory, stack).values.get("ascent:dataClass")
    if said in list(DataClass):
        found["data-class"] = said
    file = directory / f"Usage.{stack}.yaml"
    if file.is_file():
        from ascent.cost.amounts import DAYS
        from ascent.cost.usage.profiles import load_usage, profile_of

        found["requests-per-day"] = float(load_usage(file, profile_of(tier)[1]).requests.expected / DAYS)
    return found


def _move(directory: Path, advice: Advice, day: date) -> Move | None:
    if not advice.stack or not (advice.upgrade or advice.smaller):
        return None
    from ascent.advise.move import larger, smaller

    if advice.upgrade:
        return larger(directory, advice.stack, advice.tier)
    return smaller(directory, advice.stack, advice.tier, day)


def _plan(directory: Path, stack: str | None, goals: tuple[Goal, ...], day: date) -> TargetPlan | None:
    if not goals or stack is None:
        return None
    from ascent.advise.target.plan import plan_target

    return plan_target(directory, stack, goals, day)


def _read(asked: Asked, day: date, *, aloud: bool) -> tuple[Subject, Readiness]:
    """A subject that is no stack of this project, and how ready it is."""
    from ascent.subjects.reading import one_stack, say_origins, start

    with start(asked, beside=True) as read:
        sources, waivers = read.sources(day), read.waivers(day)
        subject = one_stack(asked, read.subjects)
        judged, others = subject.judged(waivers), read.beside()
    say_origins([subject], aloud=aloud)
    return subject, sources.assess(judged.facts, judged.report, plan=subject.plan, others=others)


def _steps_elsewhere(subject: Subject, readiness: Readiness) -> Steps:
    from ascent.advise.steps import steps_of
    from ascent.cost.book.prices import load_prices
    from ascent.cost.pricing import usage_of

    usage = usage_of(subject.directory, subject.plan)[1]
    return steps_of(readiness, load_prices(), usage, subject.plan.region, None)


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
    config = read_stack(directory, stack)
    resolved = settings_of(config)
    return steps_of(readiness, load_prices(), usage, judged.plan.region, resolved)


def _print_json(
    advice: Advice | None, move: Move | None, steps: Steps | None, ranked: int, plan: TargetPlan | None
) -> None:
    from ascent.advise.document import to_document
    from ascent.document import text_of

    print(text_of(to_document(advice, move, steps.first(ranked) if steps else None, plan)), end="")
