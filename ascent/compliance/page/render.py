"""From a stack held against a framework to a page that prints on ten sheets of A4 at most.

Whatever may grow without end is cut, and says so: the CSV beside the page has everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ascent import __version__
from ascent.compliance.assess import CAVEAT, Standing
from ascent.output.formats.places import plain
from ascent.verdicts.findings import name_of
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.compliance.assess import Assessment, Control
    from policies.pack.evaluate import Result

MARK: Final = '<meta name="generator" content="ascent evidence">'
"""What tells a page of ours from others."""
_FINDINGS: Final = 36
"""Rules shown with what they found."""
_EXCEPTIONS: Final = 24
_RESOURCES: Final = 3
"""Resources shown of a rule."""
_TEXT: Final = 180
"""Characters of a sentence that is not ours."""
_NAME: Final = 60
"""Characters of a name that is not ours."""
_RULES: Final = 3
"""Rules named beside a control."""
_ROWS: Final = (Standing.FAILING, Standing.UNVERIFIED, Standing.EXCEPTED, Standing.COVERED)
_LISTED: Final = (Standing.NOTHING, Standing.NO_RULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule found, in few words."""

    rule: str
    title: str
    standing: Standing
    names: str
    said: str
    controls: int
    """Number of controls that the rule speaks for."""


def to_html(one: Assessment) -> str:
    """The page; the same stack on the same day gives the same text.

    Args:
        one: the stack held against a framework.
    """
    findings = list(_findings(one))
    waived = [result for result in one.results if result.waiver and result in _excepted(one)]
    return (
        _environment()
        .get_template("evidence.html")
        .render(
            one=one,
            caveat=CAVEAT,
            tool=f"Ascent {__version__}",
            findings=findings[:_FINDINGS],
            more_findings=max(len(findings) - _FINDINGS, 0),
            exceptions=waived[:_EXCEPTIONS],
            more_exceptions=max(len(waived) - _EXCEPTIONS, 0),
            rows=one.standing(*_ROWS),
            listed={standing: one.standing(standing) for standing in _LISTED},
            resources=len([r for r in one.judged.plan.resources if r.type.startswith("aws")]),
        )
    )


def _excepted(one: Assessment) -> tuple[Result, ...]:
    return tuple(result for results in one.against(Standing.EXCEPTED).values() for result in results)


def _findings(one: Assessment) -> Iterator[Finding]:
    for standing in (Standing.FAILING, Standing.UNVERIFIED):
        for rule, results in one.against(standing).items():
            names = [_cut(name_of(result.verdict.urn), _NAME) for result in results[:_RESOURCES]]
            more = len(results) - _RESOURCES
            yield Finding(
                rule=rule,
                title=RULES[rule].title,
                standing=standing,
                names=", ".join(names) + (f" and {more} more" if more > 0 else ""),
                said=_cut(results[0].verdict.found, _TEXT),
                controls=sum(any(r.id == rule for r in control.rules) for control in one.controls),
            )


def _named(control: Control) -> str:
    """The rules beside a control that had something to say: those that speak against it first."""
    against = [result.verdict.rule for result in control.against(*_ROWS[:3])]
    judging = [result.verdict.rule for result in control.results]
    every = list(dict.fromkeys([*against, *(rule.id for rule in control.off), *judging]))
    more = len(every) - _RULES
    return ", ".join(every[:_RULES]) + (f" and {more} more" if more > 0 else "")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _allowed(value: Any) -> Any:  # noqa: ANN401 - anything that a template prints
    return plain(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_allowed,
    )
    found.filters.update(named=_named, short=lambda text: _cut(text, _TEXT), name=lambda urn: _cut(name_of(urn), _NAME))
    return found
