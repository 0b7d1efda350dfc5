"""The reference page of all rules, docs/rules.md, made of the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.verdicts.rule_text import by_layer, items_of, parameter_text, types_text
from common.layers import LAYERS
from policies.pack.levels import TIERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policies.pack.rule import Rule

_HEAD: Final = """\
# Rules

{count} rules, by layer. This page is generated: `python -m ascent rules --markdown > docs/rules.md`.

A rule answers pass, fail, or unverified where only a deployment can tell. At each tier it is off (`disabled`), shown
(`advisory`), or it stops the deployment (`mandatory`). The same rules run in the engine, in the offline plan and on
the files that `python -m ascent check` reads.
"""


def page(rules: Mapping[str, Rule]) -> str:
    """The page as Markdown.

    Args:
        rules: the rules, by id.
    """
    every = by_layer(rules.values())
    layers = [(layer, [rule for rule in every if rule.layer == layer]) for layer in LAYERS]
    parts = [_HEAD.format(count=len(rules)), _contents(layers)]
    for layer, members in layers:
        parts += [f"## {layer.capitalize()}\n", *("\n".join(_rule(rule)) for rule in members)]
    return "\n".join(parts)


def _contents(layers: list[tuple[str, list[Rule]]]) -> str:
    lines = []
    for layer, members in layers:
        links = ", ".join(f"[{rule.id}](#{rule.id})" for rule in members)
        lines.append(f"- [{layer.capitalize()}](#{layer}) ({len(members)}): {links}")
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}\n"
    yield f"{_text(rule.title)}. Severity {rule.severity.value}.\n"
    yield f"- **Why:** {_text(rule.why)}"
    yield f"- **Fix:** {_text(rule.fix)}"
    yield f"- **Judges:** {_text(types_text(rule))}"
    if rule.anchors:
        yield f"- **Elsewhere:** {_text(', '.join(rule.anchors))}"
    if items := items_of(rule):
        yield f"- **Checklist:** {', '.join(map(str, items))}"
    for parameter in rule.parameters:
        yield f"- **Parameter** `{parameter.name}`: {_text(parameter_text(parameter))}"
    yield f"\n| {' | '.join(TIERS)} |"
    yield f"|{'---|' * len(TIERS)}"
    yield f"| {' | '.join(rule.level(tier).value for tier in TIERS)} |\n"


def _text(text: str) -> str:
    """A sentence as Markdown that shows its stars and angle brackets."""
    return text.replace("*", r"\*").replace("_", r"\_").replace("<", "&lt;").replace("[", r"\[")
