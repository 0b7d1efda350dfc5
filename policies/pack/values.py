"""Reading property values: by path, as what they should be, and without being surprised.

Every reader takes any JSON value, `UNKNOWN` and `Secret`, and never raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from policies.pack.facts import UNKNOWN, ResourceFacts, Secret, Source, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN: Final = 60


class Unset:
    """The type of `UNSET`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset()
"""Stands for a property that is not set; a rule then judges AWS's default. Compare with `is`."""


LATER: Final = "known only after deployment"
"""What messages say of `UNKNOWN`."""


def reveal(value: Value) -> Value:
    """A value out of its `Secret`, to judge by; never put it into a message."""
    while isinstance(value, Secret):
        value = value.value
    return value


def at(source: Source, path: str) -> Value:
    """Value at a path such as `accessLogs.enabled`, out of its secret.

    `UNKNOWN` where the value, or an object on the way to it, is; `UNSET` where either is missing or null. A block that
    comes as a list of one, as some providers' versions have it, is read as that one.
    """
    value = source.props if isinstance(source, ResourceFacts) else source
    for key in path.split("."):
        value = reveal(value)
        # The usual case first: asking whether something is a sequence costs more than all the rest.
        if type(value) is dict:
            value = value.get(key, UNSET)
            continue
        if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 1:
            value = reveal(value[0])
        if value is UNKNOWN:
            return UNKNOWN
        value = value.get(key, UNSET) if isinstance(value, Mapping) else UNSET
    value = reveal(value)
    return UNSET if value is None else value


def known(resource: ResourceFacts, path: str) -> Value:
    """Value at a path, from what the state knows where the program does not say it: a zone, an engine, a version.

    A rule about one resource may ask only where it would be unverified otherwise: the engine first has it judged alone,
    without outputs, and what that leaves open again with the stack.
    """
    value = at(resource, path)
    if value is not UNSET and value is not UNKNOWN:
        return value
    found = at(resource.outputs, path)
    return value if found is UNSET or found is UNKNOWN else found


def as_bool(value: Value) -> bool | Unknown | None:
    """A boolean, written as one or as text (both reach AWS); None for anything else."""
    if value is UNKNOWN or isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else None


def as_number(value: Value) -> float | Unknown | None:
    """A number, written as one or as text; None for anything else."""
    if value is UNKNOWN:
        return UNKNOWN
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def items(source: Source, path: str = "") -> list[Value] | Unknown:
    """The elements of a list, out of their secrets; none for something unset, one for a single value or block."""
    value = at(source, path) if path else reveal(source)
    if value is UNKNOWN:
        return UNKNOWN
    if value is UNSET or value is None:
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [reveal(v) for v in value]
    return [value]


def known_items(source: Source, path: str = "") -> list[Value]:
    """Those elements of a list that are known; none if the list as a whole is not."""
    found = items(source, path)
    return [] if isinstance(found, Unknown) else [v for v in found if v is not UNKNOWN]


def text(source: Source, path: str) -> str:
    """A text, or the empty one for what is unset, unknown or no text."""
    value = at(source, path)
    return value if isinstance(value, str) else ""


def is_set(value: Value) -> bool:
    """Whether a reference (a key's ARN, say) is there; one known only after deployment is."""
    return value is UNKNOWN or (value is not UNSET and value is not None and value not in ("", [], {}))


def show(source: Source, path: str) -> str:
    """`path is value` for a message, without giving a secret away."""
    value = at(source, path)
    if value is UNSET:
        return f"{path} is not set"
    if value is UNKNOWN:
        return f"{path} is {hidden_at(source, path) or LATER}"
    if is_secret_at(source, path):
        return f"{path} is a secret value"
    return f"{path} is {shown(value)}"


def shown(value: Value) -> str:
    """A value for a message, cut to a readable length; the contents of lists and objects are not shown."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"a list of {len(value)}"
    line = " ".join(str(value).split())
    line = line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
    return repr(line) if isinstance(value, str) else line


def hidden_at(source: Source, path: str) -> str:
    """Why the file does not show the value at a path, in words; empty where it does."""
    return next((secret.hidden for secret in _secrets(source, path) if secret.hidden), "")


def is_secret_at(source: Source, path: str) -> bool:
    """Whether the value at a path, or what it is part of, is a secret."""
    return any(True for _ in _secrets(source, path))


def _secrets(source: Source, path: str) -> Iterator[Secret]:
    """The secrets on the way to the value at a path."""
    value = source.props if isinstance(source, ResourceFacts) else source
    for key in (*path.split("."), ""):
        while isinstance(value, Secret):
            yield value
            value = value.value
        if isinstance(value, Sequence) and not isinstance(value, str) and len(value) == 1:
            value = value[0]
            while isinstance(value, Secret):
                yield value
                value = value.value
        value = value.get(key, UNSET) if isinstance(value, Mapping) else UNSET
