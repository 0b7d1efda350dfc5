"""Which function prices which type of resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ascent.cost.charges import Line
from ascent.cost.meter import Meter

Pricer = Callable[[Meter], Iterable[Line]]
"""Yields what a resource is charged for, what of it cannot be priced, or why it is free."""

PRICERS: Final[dict[str, Pricer]] = {}
"""Type token → its pricer."""


def prices(*types: str) -> Callable[[Pricer], Pricer]:
    """Register a function as the pricer of resource types.

    Args:
        types: type tokens.

    Raises:
        ValueError: a type has a pricer already.
    """

    def register(pricer: Pricer) -> Pricer:
        for type_ in types:
            if type_ in PRICERS:
                raise ValueError(f"{type_} has two pricers")
            PRICERS[type_] = pricer
        return pricer

    return register
