"""Values as people and `pulumi config set --path` write them, where a setting wants a number, a text or a switch.

Pulumi stores `16`, `1000` and `true` below a path as numbers and switches, also where a text is meant; people write
`1 GB` and `70%`. What can be meant in one way only is taken; anything else is refused with the unit and an example.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from common.problems import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_AMOUNT: Final = re.compile(r"[$€]?\s*(?P<number>\d[\d,_]*(?:\.\d+)?|\.\d+)\s*(?P<unit>[^\d\s].*)?")

_MEASURES: Final[Mapping[str, Mapping[str, float]]] = {
    "days": {"d day days": 1, "w week weeks": 7, "mo month months": 30, "y yr year years": 365, "h hours": 1 / 24},
    "minutes": {"m min mins minute minutes": 1, "h hr hour hours": 60, "s sec seconds": 1 / 60, "d day days": 1440},
    "seconds": {"s sec secs second seconds": 1, "m min mins minute minutes": 60, "h hr hour hours": 3600, "ms": 0.001},
    "GB": {"gb gib g gi": 1, "tb tib t ti": 1024, "mb mib m mi": 1 / 1024},
    "MiB": {"mb mib m mi": 1, "gb gib g gi": 1024},
    "CPU": {"unit units cpuunits": 1, "vcpu vcpus cpu cpus core cores": 1024, "m": 1.024},
    "USD": {"usd $ us$ dollar dollars": 1},
    "percent": {"% percent pct": 1},
}
"""Unit of a setting → what people write after a number, and how many of the unit that is."""

_FRACTIONS: Final = {"CPU": ("vcpu", 64), "MiB": ("gb", 128), "percent": ("fraction", 1)}
"""Units of which a number with a fraction means another one, up to some bound: 0.25 of a vCPU, half a GB, 0.7."""


def as_written(annotation: Any, value: Any, unit: str) -> Any:  # noqa: ANN401 - any annotation, any value
    """A value in the kind that its setting wants, where there is only one way to mean it.

    Args:
        annotation: the type of the setting.
        value: what the stack file says.
        unit: unit of the setting, as `explain` prints it; empty for none.

    Raises:
        RefusedError: a switch where a number is meant, a number where a switch is, or a number with another unit.
    """
    return _taken(_kind(annotation), value, unit)


def _taken(kind: Any, value: Any, unit: str) -> Any:  # noqa: ANN401 - any value
    if isinstance(kind, tuple):
        outer, inner = kind
        if outer is dict and isinstance(value, dict):
            return {key: _taken(inner, one, unit) for key, one in value.items()}
        if outer is tuple and isinstance(value, list):
            return [_taken(inner, one, unit) for one in value]
        if outer is tuple and isinstance(value, str) and inner is str:
            raise RefusedError("must be a list, also of one", example=_list_of(value))
        return value
    if kind is str and isinstance(value, bool | int | float):
        return json.dumps(value)
    if kind is bool and isinstance(value, int | float) and not isinstance(value, bool):
        raise RefusedError("must be true or false", example=bool(value))
    if kind is int:
        return _whole(value, unit)
    return value


def _list_of(value: str) -> list[str]:
    """A text that stands for a list, at the commas or spaces in it."""
    return [part for part in re.split(r"[,\s]+", value.strip(" []")) if part] or [value]


def _whole(value: Any, unit: str) -> Any:  # noqa: ANN401 - any value
    """A whole number; text that says one with its unit is refused with the number that it means."""
    measure = unit.partition(" ")[0]
    wanted = f"must be a whole number{f' of {unit}' if unit else ''}"
    if measure == "CPU":
        wanted += "; 0.25 vCPU is 256"
    if isinstance(value, bool):
        raise RefusedError(wanted)
    if isinstance(value, float):
        if value.is_integer():
            return value
        raise RefusedError(wanted, example=_of_fraction(value, measure))
    if not isinstance(value, str) or re.fullmatch(r"\s*[-+]?\d+\s*", value):
        return value
    raise RefusedError(wanted, example=_number_in(value, measure))


def _of_fraction(value: float, measure: str) -> int:
    """The whole number that is meant by one with a fraction."""
    meant, most = _FRACTIONS.get(measure, ("", 0))
    if 0 < value <= most:
        times = 100 if meant == "fraction" else 1024
        return round(value * times)
    return max(round(value), 1)


def _number_in(text: str, measure: str) -> int | None:
    """The number of a text such as `1 GB`, in the setting's unit; None where it says none."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    number = float(Decimal(found["number"].replace(",", "").replace("_", "")))
    said = (found["unit"] or "").strip().lower().replace(" ", "")
    if not said:
        return _of_fraction(number, measure) if not number.is_integer() else int(number)
    times = next((times for words, times in _MEASURES.get(measure, {}).items() if said in words.split()), None)
    return round(number * times) if times is not None else None


@cache
def _kind(annotation: Any) -> Any:  # noqa: ANN401 - any annotation
    """What an annotation wants: int, str, bool, a pair of tuple or dict and the kind of its values, or None."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(parts[0])
    if origin in (Union, UnionType):
        kinds = [_kind(part) for part in parts if part is not NoneType]
        return kinds[0] if len(kinds) == 1 else None
    if origin is Literal:
        return int if all(type(part) is int for part in parts) else None
    if origin in (tuple, dict):
        inner = _kind(parts[0] if origin is tuple else parts[1])
        return (origin, inner) if inner is not None else None
    return annotation if annotation in (int, str, bool) else None
