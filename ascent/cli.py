"""The command line: options, exit statuses and one-line errors. What the commands do is in `ascent.commands`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ascent.output.formats.kinds import Format
from common.problems import InputError

FINE, FINDINGS, BAD_INPUT = 0, 1, 2
"""Exit statuses: nothing to report, something to mend, something wrong with the input."""

app = typer.Typer(
    name="ascent",
    help="What a stack would build, what breaks a rule, and where its settings come from: offline, without an account.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Directory = Annotated[
    Path, typer.Option("--cwd", "-C", help="Directory of the Pulumi project.", show_default="the current one")
]
Form = Annotated[Format, typer.Option("--format", help="How to write the verdicts.")]
PolicyConfig = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Levels and parameters of rules, in the form of --policy-pack-config."),
]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write to this file, whole or not at all.")
]


@app.command()
def plan(
    stacks: Annotated[
        list[str] | None, typer.Argument(metavar="[STACK]...", help="Stacks to plan; all of the project without one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print plans, problems and verdicts as JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write STACK/plan.json into this directory.")] = None,
    show: Annotated[
        str | None, typer.Option(metavar="PATTERN", help="Print the inputs of resources whose URN or name matches.")
    ] = None,
    policy_config: PolicyConfig = None,
    form: Form = Format.TABLE,
    output: Output = None,
    cwd: Directory = Path(),
) -> None:
    """Plan stacks offline and hold them against the rules.

    Exit status: 0 fine, 1 a mandatory rule failed or the plan is inconsistent, 2 bad input.
    """
    from ascent.commands.plan import PlanRequest, run

    if as_json and form not in (Format.TABLE, Format.JSON):
        raise InputError(f"ascent plan: --json and --format {form} exclude each other; give one of them")
    request = PlanRequest(
        directory=cwd,
        stacks=tuple(stacks or ()),
        format=Format.JSON if as_json else form,
        output=output,
        out=out,
        show=show,
        policy_config=policy_config,
    )
    raise typer.Exit(FINE if run(request) else FINDINGS)


@app.command()
def check(
    preview: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Output of `pulumi preview --json --show-sames`; - for stdin.")
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Output of `pulumi stack export`, gzip or not; - for stdin.")
    ] = None,
    tier: Annotated[
        str | None,
        typer.Option(help="Tier whose levels apply; by default the one in the file's configuration, else enterprise."),
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Waivers; by default policies/waivers.yaml of its project.")
    ] = None,
    policy_config: PolicyConfig = None,
    form: Form = Format.TABLE,
    output: Output = None,
) -> None:
    """Hold a preview or a deployed state of any Pulumi program on AWS, in any language, against the rules.

    Exit status: 0 fine, 1 a mandatory rule failed, 2 bad input.
    """
    from ascent.commands.check import CheckRequest, run

    request = CheckRequest(
        preview=preview,
        state=state,
        tier=tier,
        waivers=waivers,
        policy_config=policy_config,
        format=form,
        output=output,
    )
    raise typer.Exit(FINE if run(request) else FINDINGS)


@app.command()
def rules(
    rule: Annotated[
        str | None, typer.Argument(metavar="[RULE]", help="One rule, with all there is to know; all without it.")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Only rules of this layer.")] = None,
    framework: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only rules that name this framework or control: CIS, RDS.3.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Count rules by framework; list checklist items without a rule.")
    ] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the reference page docs/rules.md.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    cwd: Directory = Path(),
) -> None:
    """List the rules, or explain one and say where it stands in the project's stacks."""
    from ascent.commands.rules import RulesRequest, run

    run(
        RulesRequest(
            directory=cwd,
            rule=rule,
            layer=layer,
            framework=framework,
            coverage=coverage,
            markdown=markdown,
            as_json=as_json,
        )
    )


@app.command()
def waivers(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    cwd: Directory = Path(),
) -> None:
    """List the waivers: days left, what each excuses in the project's stacks, and what is wrong with it.

    Exit status: 0 fine, 1 findings on waivers, 2 bad input.
    """
    from ascent.commands.waivers import run

    raise typer.Exit(FINE if run(cwd, as_json=as_json) else FINDINGS)


@app.command()
def cost(
    stacks: Annotated[
        list[str] | None, typer.Argument(metavar="[STACK]...", help="Stacks to price; all of the project without one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print costs as JSON.")] = False,
    maximum: Annotated[
        float | None, typer.Option("--max", metavar="N", help="Most dollars a month that a stack may cost, expected.")
    ] = None,
    region: Annotated[
        str | None, typer.Option(help="Price the stacks as if they were in this region.", show_default="their own")
    ] = None,
    usage: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A month's usage; by default the tier's and Usage.STACK.yaml.")
    ] = None,
    prices: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Price book (CSV) whose rows come before the shipped ones.")
    ] = None,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the JSON document to this file.")] = None,
    cwd: Directory = Path(),
) -> None:
    """Price stacks offline: by layer and resource, fixed and by usage, what would be cheaper.

    Exit status: 0 fine, 1 a stack is above --max, 2 bad input.
    """
    from ascent.commands.cost import CostRequest, run

    request = CostRequest(
        directory=cwd,
        stacks=tuple(stacks or ()),
        as_json=as_json,
        output=output,
        maximum=maximum,
        region=region,
        usage=usage,
        prices=prices,
    )
    raise typer.Exit(FINE if run(request) else FINDINGS)


@app.command()
def readiness(
    stacks: Annotated[
        list[str] | None, typer.Argument(metavar="[STACK]...", help="Stacks to assess; all of the project without one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print scores, items and evidence as JSON.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print them as Markdown.")] = False,
    items: Annotated[
        bool, typer.Option("--items", help="Print every item with its evidence, not only the gaps.")
    ] = False,
    min_score: Annotated[
        str | None, typer.Option(metavar="N", help="Exit with 1 if a score is below this, 0 to 100.")
    ] = None,
    tests: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Results of tests, from pytest --junit-xml FILE.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day to judge for, YYYY-MM-DD; by default today (UTC).")
    ] = None,
    cwd: Directory = Path(),
) -> None:
    """Hold stacks against the checklist: a score from 0 to 100, the gaps, and the evidence.

    Exit status: 0 fine, 1 a score is below --min-score, 2 bad input.
    """
    from ascent.commands.readiness import ReadinessRequest, run

    request = ReadinessRequest(
        directory=cwd,
        as_of=as_of,
        stacks=tuple(stacks or ()),
        as_json=as_json,
        as_markdown=as_markdown,
        items=items,
        tests=tuple(tests or ()),
        min_score=min_score,
    )
    raise typer.Exit(FINE if run(request) else FINDINGS)


@app.command()
def compare(
    stacks: Annotated[list[str], typer.Argument(metavar="A [B]", help="Two stacks, or one together with --tier.")],
    tier: Annotated[
        str | None, typer.Option(help="Compare the one stack with itself at this tier.", show_default="none")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day to judge for, YYYY-MM-DD; by default today (UTC).")
    ] = None,
    cwd: Directory = Path(),
) -> None:
    """Compare two stacks, or a stack with itself at another tier: resources, care, rules, readiness, dollars.

    Exit status: 0 compared, 2 bad input, such as settings that the other tier demands and the stack lacks.
    """
    from ascent.commands.compare import CompareRequest, run

    run(CompareRequest(directory=cwd, stacks=tuple(stacks), tier=tier, as_json=as_json, as_of=as_of))


@app.command()
def advise(
    stack: Annotated[
        str | None, typer.Argument(metavar="[STACK]", help="Stack whose tier is held against the answers.")
    ] = None,
    requests_per_day: Annotated[float | None, typer.Option(metavar="N", help="Requests a day.")] = None,
    developers: Annotated[float | None, typer.Option(metavar="N", help="Developers who work on it.")] = None,
    revenue: Annotated[float | None, typer.Option(metavar="N", help="US dollars that it earns in a month.")] = None,
    users_per_month: Annotated[float | None, typer.Option(metavar="N", help="Users in a month.")] = None,
    pii: Annotated[bool | None, typer.Option(help="Whether it holds personal data or payments.")] = None,
    compliance: Annotated[bool | None, typer.Option(help="Whether it must comply with a standard.")] = None,
    enterprise_clients: Annotated[bool | None, typer.Option(help="Whether enterprises buy it.")] = None,
    steps: Annotated[
        int | None, typer.Option("--next", metavar="N", help="Rank N next steps by dollars per point of readiness.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day to judge for, YYYY-MM-DD; by default today (UTC).")
    ] = None,
    cwd: Directory = Path(),
) -> None:
    """Say which tier fits, and what to do next. Without options it asks, on a terminal.

    Exit status: 0 the tier fits, 1 a higher tier than the stack's is due, 2 bad input.
    """
    from ascent.commands.advise import AdviseRequest, run

    request = AdviseRequest(
        directory=cwd,
        stack=stack,
        answers={
            "requests-per-day": requests_per_day,
            "developers": developers,
            "revenue": revenue,
            "users-per-month": users_per_month,
            "pii": pii,
            "compliance": compliance,
            "enterprise-clients": enterprise_clients,
        },
        steps=steps,
        as_json=as_json,
        as_of=as_of,
    )
    raise typer.Exit(FINE if run(request) else FINDINGS)


@app.command()
def report(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Directory that gets the report; index.html is its start.")],
    stacks: Annotated[
        list[str] | None, typer.Argument(metavar="[STACK]...", help="Stacks to report on; all of the project without.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day to judge for, YYYY-MM-DD; by default today (UTC).")
    ] = None,
    cwd: Directory = Path(),
) -> None:
    """Write HTML pages on stacks: architecture, readiness, verdicts and cost, with the same as data beside them.

    Exit status: 0 written, 2 bad input.
    """
    from ascent.commands.report import ReportRequest, run

    run(ReportRequest(directory=cwd, out=out, stacks=tuple(stacks or ()), as_of=as_of))


@app.command()
def explain(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="Stack to explain.")],
    section: Annotated[
        str | None, typer.Argument(metavar="[SECTION]", help="One section, such as network; all without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the values as JSON.")] = False,
    cwd: Directory = Path(),
) -> None:
    """Print every setting of a stack with its value, unit, and where it comes from."""
    from ascent.commands.explain import run

    run(cwd, stack, section, as_json=as_json)


def main(arguments: list[str]) -> int:
    """Run the command line.

    Args:
        arguments: what follows `python -m ascent`; nothing prints the help.

    Returns:
        The exit status: 0 fine, 1 findings, 2 bad input.
    """
    command = typer.main.get_command(app)
    try:
        status = command.main(arguments or ["--help"], prog_name="ascent", standalone_mode=False)
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except typer.Abort:
        print("ascent: interrupted", file=sys.stderr)
        return BAD_INPUT
    except Exception as error:
        # The parser's own errors (typer vendors it, so its base class has no public name) know how to say themselves.
        say = getattr(error, "format_message", None)
        if say is None:
            raise
        print(f"ascent: {say()} See: python -m ascent --help", file=sys.stderr)
        return BAD_INPUT
    return status if isinstance(status, int) else FINE
