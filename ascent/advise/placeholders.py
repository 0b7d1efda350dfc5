"""Values that only the owner of a stack knows: what stands for them in commands, and in plans that are tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.variants import changed
from settings.errors import SettingsError
from settings.load import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ascent.plan.config import StackConfig


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What must be filled in before a command is run.

    Attributes:
        text: what stands in the command, such as `<your-domain>`.
        sample: what plans are tried with.
        about: what it is, for people.
    """

    text: str
    sample: str
    about: str


PLACEHOLDERS: Final[Mapping[str, Placeholder]] = {
    one.text: one
    for one in (
        Placeholder("<your-domain>", "app.example.com", "the host name that users type; you own it or its parent"),
        Placeholder("<your-address>", "oncall@example.com", "an e-mail address that hears alarms; it confirms once"),
    )
}
"""By the text that stands for them. Samples are of the forms that AWS and RFC 2606 keep free for examples."""

_DEMANDED: Final[Mapping[str, Any]] = {
    "edge.domain": "<your-domain>",
    "observability.alarmEmails": ["<your-address>"],
}
"""Settings that a tier may demand without a default that could hold, and what stands for their values."""


def sampled(value: Any) -> Any:  # noqa: ANN401 - any value of a setting
    """A value with samples in place of placeholders, so that a plan can be made of it."""
    if isinstance(value, str):
        return PLACEHOLDERS[value].sample if value in PLACEHOLDERS else value
    if isinstance(value, dict):
        return {key: sampled(one) for key, one in value.items()}
    return [sampled(one) for one in value] if isinstance(value, list | tuple) else value


def used_in(values: Iterable[Any]) -> tuple[Placeholder, ...]:
    """The placeholders in values, each once, in the order of their first use."""
    return tuple(dict.fromkeys(one for value in values for one in _within(value)))


def _within(value: Any) -> tuple[Placeholder, ...]:  # noqa: ANN401 - any value of a setting
    if isinstance(value, str):
        return (PLACEHOLDERS[value],) if value in PLACEHOLDERS else ()
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return tuple(one for part in within for one in _within(part))


def demanded(config: StackConfig, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of settings with what they demand beside them, as placeholders where only the owner knows it.

    Args:
        config: the stack as its file says.
        values: setting → its value; see `ascent.plan.variants.variant_of`.

    Raises:
        SettingsError: they demand something that no placeholder can stand for, or contradict each other.
    """
    found = dict(values)
    while True:
        tried = {**config.values, **changed(config.values, {p: sampled(v) for p, v in found.items()})}
        try:
            resolve(tried, stack=config.stack, project=config.project)
        except SettingsError as error:
            paths = [problem.path.removeprefix("ascent:") for problem in error.problems]
            lacking = {path: _DEMANDED[path] for path in paths if path in _DEMANDED and path not in found}
            if not lacking:
                raise
            found |= lacking
        else:
            return found
