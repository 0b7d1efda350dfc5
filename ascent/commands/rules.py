"""`ascent rules`: what is judged, why, how strictly, and where a rule stands in the project's stacks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.output.console import console
from ascent.plan.config import PROJECT_FILE
from ascent.verdicts.rule_text import by_layer, record_of_rule
from common.layers import LAYERS
from common.problems import InputError, closest
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.verdicts.judged import Judged
    from policies.pack.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesRequest:
    """What the command line asks for.

    Attributes:
        directory: where Pulumi.yaml is, for one rule's place in the project's stacks; it may have none.
        rule: id of one rule; None for a list.
        layer: only rules of this layer.
        framework: only rules one of whose anchors holds this text, in whatever case.
        coverage: counts by framework and items without a rule in place of the list.
        markdown: the reference page in place of the list.
        as_json: JSON in place of text.
    """

    directory: Path
    rule: str | None = None
    layer: str | None = None
    framework: str | None = None
    coverage: bool = False
    markdown: bool = False
    as_json: bool = False


def run(request: RulesRequest) -> None:
    """Print rules.

    Args:
        request: which, and how.

    Raises:
        InputError: no such rule or layer, no rule of the framework, options that exclude each other, or a project
            that cannot be planned.
    """
    _must_agree(request)
    if request.rule is not None:
        _print_one(_named(request.rule), request)
    elif request.coverage:
        _print_coverage(as_json=request.as_json)
    elif request.markdown:
        from ascent.output.formats.rules_page import page

        print(page(RULES), end="")
    else:
        _print_list(_chosen(request), as_json=request.as_json)


def _must_agree(request: RulesRequest) -> None:
    views = {
        "RULE": request.rule is not None,
        "--coverage": request.coverage,
        "--markdown": request.markdown,
        "--layer or --framework": request.layer is not None or request.framework is not None,
    }
    given = [name for name, asked in views.items() if asked]
    if request.markdown and request.as_json:
        given.append("--json")
    if len(given) > 1:
        raise InputError(f"ascent rules: {' and '.join(given)} exclude each other; give one of them")


def _named(rule: str) -> Rule:
    if rule in RULES:
        return RULES[rule]
    near = closest(rule, RULES)
    fix = f"did you mean {near}?" if near else "see them all with `ascent rules`"
    raise InputError(f"ascent rules {rule}: there is no such rule; {fix}")


def _chosen(request: RulesRequest) -> list[Rule]:
    if request.layer is not None and request.layer not in LAYERS:
        near = closest(request.layer, LAYERS)
        fix = f"did you mean {near}?" if near else "name one of them"
        raise InputError(f"ascent rules --layer {request.layer}: layers are {', '.join(LAYERS)}; {fix}")
    text = (request.framework or "").lower()
    found = [
        rule
        for rule in by_layer(RULES.values())
        if request.layer in (None, rule.layer) and (not text or any(text in anchor.lower() for anchor in rule.anchors))
    ]
    if not found:
        raise InputError(
            f"ascent rules --framework {request.framework}: no rule names it; frameworks are FSBP, checkov, trivy,"
            " cdk-nag and Control Tower, and a control's number finds it too, as in RDS.3"
        )
    return found


def _print_list(rules: list[Rule], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([record_of_rule(rule) for rule in rules], indent=2, ensure_ascii=False))
        return
    from ascent.output.console.rules import list_table

    console().print(list_table(rules))


def _print_one(rule: Rule, request: RulesRequest) -> None:
    judged = _planned(request.directory)
    if request.as_json:
        from ascent.verdicts.judge import record_of

        stacks = {
            one.plan.stack: [record_of(r) for r in one.report.results if r.verdict.rule == rule.id] for one in judged
        }
        print(json.dumps({**record_of_rule(rule), "stacks": stacks}, indent=2, ensure_ascii=False))
        return
    from ascent.output.console.rules import print_rule

    print_rule(console(), rule, judged)


def _planned(directory: Path) -> list[Judged]:
    """All stacks of the project; none outside of one."""
    if not (directory / PROJECT_FILE).is_file():
        return []
    from ascent.planning import chosen_stacks, plan_and_judge

    return plan_and_judge(directory, chosen_stacks(directory, ()))


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
