"""The page docs/compliance.md, made of the rules and the published mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.compliance.assess import CAVEAT
from ascent.compliance.frameworks import frameworks
from ascent.compliance.mapping import rules_by_control, unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.compliance.frameworks import Framework

_HEAD: Final = """\
# Compliance

Which rule speaks for which control of which framework. This page is generated:
`python -m ascent rules --frameworks --markdown > docs/compliance.md`.

```sh
.venv/bin/ascent rules --frameworks                              # the frameworks, and the words for them
.venv/bin/ascent rules --framework hipaa                         # the rules that speak for one
.venv/bin/ascent readiness prod --framework soc2                 # by control: failing, unverified, covered …
.venv/bin/ascent readiness prod --framework soc2 --json          # the same as JSON (schemas/compliance.schema.json)
.venv/bin/ascent readiness prod --framework soc2 --out evidence  # CSV, and a page of at most ten sheets to print
```

{caveat}

| a control is | when |
|---|---|
| failing | a rule mapped to it is broken, also where that only advises at the stack's tier. Exit status 1 |
| unverified | a value is known only after deployment, or a mapped rule is off at the tier. Never counted as covered |
| excepted | all that speaks against it is [waived](../README.md#waivers) |
| covered | every mapped rule that had something to judge passes |
| nothing to judge | the stack has no resource that the mapped rules are about |
| not coverable from a plan | no rule is mapped to it: documents, interviews and samples of operation must prove it |

## Where the mapping is from

No mapping is ours. A rule names in its anchors the same check elsewhere (`FSBP RDS.3`, `prowler CHECK`); a published
mapping leads from there to controls. For an FSBP control the checks published for it count too. So a new rule with
anchors is mapped by itself; one that no framework names says why in `ascent/compliance/data/unnamed.yaml`, or a test
fails. Titles of controls are our own short words.

What stays unproven: the published mappings are other people's judgement, and their days are below. prowler's file for
NIST CSF 2.0 holds subcategories of 1.1 and is not used. Its file for CIS 5.0 writes 1.10 as 1.1, put right here.
AWS's own lists (Security Hub's related requirements, conformance packs) have not been compared control by control.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [_HEAD.format(caveat=CAVEAT), *_overview()]
    for one in frameworks().values():
        parts += _section(one)
    parts += ["\n## Rules that no framework names\n", "| why | rules |", "|---|---|"]
    reasons: dict[str, list[str]] = {}
    for rule, reason in unnamed().items():
        reasons.setdefault(reason, []).append(rule)
    parts += [f"| {reason} | {_links(rules)} |" for reason, rules in reasons.items()]
    return "\n".join(parts) + "\n"


def _overview() -> Iterator[str]:
    yield "| framework | word | controls in the list | with a rule | mapping from |"
    yield "|---|---|---|---|---|"
    for one in frameworks().values():
        by_control = rules_by_control(one)
        ruled = sum(bool(rules) for rules in by_control.values())
        controls = f"{len(by_control)} ({'all' if one.complete else 'a part'})"
        yield f"| [{one.label}](#{one.id.replace('.', '')}) | `{one.id}` | {controls} | {ruled} | {_source(one)} |"


def _source(one: Framework) -> str:
    return f"{one.source.replace('_', chr(92) + '_')}, {one.day}"


def _section(one: Framework) -> Iterator[str]:
    by_control = rules_by_control(one)
    yield f"\n## {one.id}\n"
    yield " ".join(part for part in (f"{one.label}.", one.note) if part) + "\n"
    yield "| control | about | rules |"
    yield "|---|---|---|"
    for control, rules in by_control.items():
        if rules:
            yield f"| {control} | {one.title(control)} | {_links([rule.id for rule in rules])} |"
    without = [control for control, rules in by_control.items() if not rules]
    if without:
        yield f"\nWithout a rule ({len(without)}): {', '.join(without)}"


def _links(rules: list[str]) -> str:
    return ", ".join(f"[{rule}](rules.md#{rule})" for rule in rules)
