"""Makes `ascent/mend/mending.yaml`: plans tiers with single settings changed, and sees which rules they break or mend.

Run `python -m ascent.mend.trying` after settings, components or rules were added; it takes some minutes.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

import yaml

from ascent.advise.placeholders import demanded
from ascent.advise.reach import config_at, with_values
from ascent.mend.mending import FILE
from ascent.plan.record import record
from ascent.plan.settings import settings_of
from ascent.verdicts.findings import Meaning, meaning_of
from ascent.verdicts.judge import judge
from common.problems import InputError
from common.tiers import Tier
from settings.base import Section
from settings.errors import SettingsError
from settings.validation import camel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ascent.plan.config import StackConfig

_HEAD: Final = "# Made of plans by python -m ascent.mend.trying: settings, with values, that end the findings of a rule.\n"
_BROKEN: Final = (Meaning.FAIL, Meaning.ADVISE)
_TRIED_AT: Final = (Tier.MVP, Tier.PRODUCTION)


def broken_by(config: StackConfig) -> Counter[str]:
    """Rules that a stack breaks, with the number of findings.

    Args:
        config: the stack.

    Raises:
        InputError: it cannot be built.
    """
    parts = config.directory, config.project, config.stack, config.values, config.secret_keys
    report = judge(record(*parts, keep_modules=True).plan)
    return Counter(r.verdict.rule for r in report.results if meaning_of(r) in _BROKEN)


def others(section: Section, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Settings with their values and other ones: switches turned, other words, the least and the most numbers.

    Args:
        section: the settings.
        path: what stands before their names.
    """
    for name, field in type(section).model_fields.items():
        value, where = getattr(section, name), f"{path}{camel(name)}"
        if isinstance(value, Section):
            yield from others(value, f"{where}.")
        elif where not in ("tier", "region", "environment", "application"):
            for other in _other_values(field.annotation, value, field.metadata):
                yield where, _plain(value), _plain(other)


def _other_values(annotation: Any, value: Any, limits: Iterable[Any]) -> Iterator[Any]:  # noqa: ANN401 - any setting
    if hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if annotation is bool:
        yield not value
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (word for word in annotation if word is not value)
    elif get_origin(annotation) is tuple and isinstance(value, tuple):
        yield ()
        inner = getattr(get_args(annotation)[0], "__origin__", get_args(annotation)[0])
        if isinstance(inner, type) and issubclass(inner, Enum):
            yield tuple(inner)
    elif isinstance(value, int):
        bounds = {getattr(limit, key) for limit in limits for key in ("ge", "le") if hasattr(limit, key)}
        yield from sorted((bounds | set(get_args(annotation))) - {value})[:1]
        yield from sorted((bounds | set(get_args(annotation))) - {value})[-1:]


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a setting
    if isinstance(value, Enum):
        return value.value
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def found_at(tier: Tier) -> list[tuple[str, dict[str, Any]]]:
    """Rules with the settings that end their findings, as a tier shows them.

    Args:
        tier: the tier to start from.
    """
    config = config_at(tier)
    own = broken_by(config)
    found: list[tuple[str, dict[str, Any]]] = []
    for path, value, other in others(settings_of(config).settings):
        try:
            whole = demanded(config, {path: other})
            then = broken_by(with_values(config, whole))
        except (SettingsError, InputError):
            continue
        found += [(rule, dict(whole)) for rule in own if rule not in then]
        found += [(rule, {path: value}) for rule in then if rule not in own and value not in (None, [])]
    return found


def text_of(found: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """The file's text.

    Args:
        found: rules with settings that end their findings.
    """
    by_rule: dict[str, list[Mapping[str, Any]]] = {}
    for rule, settings in found:
        if settings not in by_rule.setdefault(rule, []):
            by_rule[rule].append(settings)
    lines = [_HEAD]
    for rule, ways in sorted(by_rule.items()):
        lines.append(f"{rule}:\n")
        for settings in ways:
            written = yaml.safe_dump(dict(settings), default_flow_style=True, width=10_000, sort_keys=False).strip()
            lines.append(f"  - {written}\n")
    return "".join(lines)


if __name__ == "__main__":
    with ProcessPoolExecutor() as processes:
        FILE.write_text(text_of(chain(*processes.map(found_at, _TRIED_AT))), encoding="utf-8")
