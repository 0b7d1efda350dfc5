"""`ascent rules`: what is judged, why, how strictly, and where a rule stands in the project's stacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ascent.cli.shared.options import AsJson, Directory
from ascent.cli.shared.usage import must_be_one_of
from ascent.days import today
from ascent.output.console import console
from ascent.plan.config import PROJECT_FILE
from ascent.verdicts.rule_text import by_layer, record_of_rule
from common.layers import LAYERS
from common.problems import InputError, closest
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from ascent.verdicts.judged import Judged
    from policies.pack.rule import Rule


def run(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="[RULE]",
            help="One rule, with all there is to know; all without it.",
            autocompletion=lambda: list(RULES),
        ),
    ] = None,
    layer: Annotated[
        str | None, typer.Option(help="Only rules of this layer.", autocompletion=lambda: list(LAYERS))
    ] = None,
    framework: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only rules of a framework or control: hipaa, cis-3.0, RDS.3.")
    ] = None,
    frameworks: Annotated[
        bool, typer.Option("--frameworks", help="List the frameworks, and how many of their controls have a rule.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Count rules by framework; list checklist items without a rule.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print docs/rules.md; with --frameworks docs/compliance.md.")
    ] = False,
    as_json: AsJson = False,
    cwd: Directory = Path(),
) -> None:
    """Exit status: 0 listed, 2 bad input."""
    views = {
        "RULE": rule is not None,
        "--coverage": coverage,
        "--frameworks": frameworks,
        "--markdown": markdown and not frameworks,
        "--layer or --framework": layer is not None or framework is not None,
    }
    given = [name for name, asked in views.items() if asked]
    if markdown and as_json:
        given.append("--json")
    if len(given) > 1:
        raise InputError(f"ascent rules: {' and '.join(given)} exclude each other; give one of them")
    if rule is not None:
        _print_one(_named(rule), cwd, as_json=as_json)
    elif coverage:
        _print_coverage(as_json=as_json)
    elif frameworks and markdown:
        from ascent.compliance.matrix import page as compliance_page

        print(compliance_page(), end="")
    elif frameworks:
        _print_frameworks(as_json=as_json)
    elif markdown:
        from ascent.output.formats.rules_page import page

        print(page(RULES), end="")
    else:
        _print_list(_chosen(layer, framework), as_json=as_json)


def _named(rule: str) -> Rule:
    if rule in RULES:
        return RULES[rule]
    near = closest(rule, RULES)
    fix = f"did you mean {near}?" if near else "see them all with `ascent rules`"
    raise InputError(f"ascent rules {rule}: there is no such rule; {fix}")


def _chosen(layer: str | None, framework: str | None) -> list[Rule]:
    if layer is not None and layer not in LAYERS:
        raise InputError(f"ascent rules --layer {layer}: {must_be_one_of(layer, LAYERS)}")
    of_layer = [rule for rule in by_layer(RULES.values()) if layer in (None, rule.layer)]
    if framework is None:
        return of_layer
    from ascent.compliance.frameworks import find, unknown
    from ascent.compliance.mapping import controls_of

    asked, text = find(framework), framework.lower()
    found = [
        rule
        for rule in of_layer
        if (controls_of(rule, asked) if asked else any(text in anchor.lower() for anchor in rule.anchors))
    ]
    if not found:
        raise InputError(
            f"ascent rules --framework {framework}: no rule names it; a framework {unknown(framework)} A control's"
            " number, checkov, trivy, cdk-nag and Control Tower find rules too, as in RDS.3"
        )
    return found


def _print_list(rules: list[Rule], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([record_of_rule(rule) for rule in rules], indent=2, ensure_ascii=False))
        return
    from ascent.output.console.rules import list_table

    console().print(list_table(rules))


def _print_one(rule: Rule, directory: Path, *, as_json: bool) -> None:
    judged = _planned(directory)
    if as_json:
        from ascent.verdicts.document import verdict_record

        stacks = {
            one.plan.stack: [verdict_record(r) for r in one.report.results if r.verdict.rule == rule.id]
            for one in judged
        }
        print(json.dumps({**record_of_rule(rule), "stacks": stacks}, indent=2, ensure_ascii=False))
        return
    from ascent.output.console.rules import print_rule

    print_rule(console(), rule, judged)


def _planned(directory: Path) -> list[Judged]:
    """All stacks of the project; none outside of one."""
    if not (directory / PROJECT_FILE).is_file():
        return []
    from ascent.planning import chosen_stacks, start
    from ascent.verdicts.judge import waivers_of

    with start(directory, chosen_stacks(directory, ())) as planning:
        return planning.result(waivers_of(directory, today()))


def _print_coverage(*, as_json: bool) -> None:
    from ascent.readiness.checklist import shipped
    from ascent.verdicts.frameworks import by_framework

    counts = by_framework(RULES.values())
    every = [item for item in shipped().items if item.shown_by_a_plan]
    uncovered = [item for item in every if item.reason]
    if as_json:
        document = {
            "rules": len(RULES),
            "frameworks": counts,
            "items": {str(item.number): sorted(item.proof.rules) for item in every if item.proof.rules},
            "uncovered": [{"item": i.number, "title": i.title, "reason": i.reason} for i in uncovered],
        }
        print(json.dumps(document, indent=2, ensure_ascii=False))
        return
    from ascent.output.console.rules import framework_table, uncovered_table

    out = console()
    out.print(framework_table(counts, len(RULES)))
    out.print(
        f"\n{len(every) - len(uncovered)} of the {len(every)} checklist items that a plan can show have a rule.\n"
    )
    out.print(uncovered_table(uncovered))


def _print_frameworks(*, as_json: bool) -> None:
    from ascent.compliance.frameworks import frameworks
    from ascent.compliance.mapping import rules_by_control

    if not as_json:
        from ascent.output.console.compliance import framework_lines

        print("\n".join(framework_lines(frameworks().values())))
        return
    document = [
        {
            "id": one.id,
            "name": one.name,
            "edition": one.edition,
            "aliases": list(one.aliases),
            "source": one.source,
            "day": one.day,
            "complete": one.complete,
            "controls": {control: [rule.id for rule in rules] for control, rules in rules_by_control(one).items()},
        }
        for one in frameworks().values()
    ]
    print(json.dumps(document, indent=2, ensure_ascii=False))
