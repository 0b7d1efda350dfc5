"""What changing a setting does to a live stack, in one vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Effect(StrEnum):
    """What becomes of the resources that a setting is about."""

    IN_PLACE = "in place"
    REPLACES = "replaces"
    REMOVES = "removes"
    """Only where the value becomes less: turned off, fewer, another choice."""
    REFUSED = "refused"
    """AWS does not do it to what exists."""
    FOLLOWS = "as its settings"
    """It stands for other settings, and does what they do."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change does.

    Attributes:
        effect: what becomes of the resources.
        what: what is replaced or removed, by the labels of `ascent/catalog`; `EVERYTHING` alone for all of it.
            Details that come and go without data or requests (rules, alarms, policies) are not named.
        data: what is lost; empty for nothing.
        downtime: what is interrupted, and for how long; empty for nothing.
        how: what else to know, such as the way to do it nevertheless.
        lowered: whether data or requests suffer only where the value becomes less.
    """

    effect: Effect
    what: tuple[str, ...] = ()
    data: str = ""
    downtime: str = ""
    how: str = ""
    lowered: bool = False

    def __str__(self) -> str:
        """One line for people."""
        parts = (
            " ".join((self.effect.value, ", ".join(self.what))).rstrip(),
            f"{'lowered, ' if self.lowered and self.data else ''}data lost: {self.data}" if self.data else "",
            f"downtime: {self.downtime}" if self.downtime else "",
            self.how,
        )
        return "; ".join(part for part in parts if part)


EVERYTHING: Final = "everything"
"""What is replaced where names or places of all resources follow from a setting."""

IN_PLACE: Final = Changes(Effect.IN_PLACE)
"""Nothing is replaced, lost or interrupted."""

ROLLING: Final = Changes(Effect.IN_PLACE, how="tasks or instances are renewed one after the other")
"""As `IN_PLACE`, for what containers and instances are started with."""


def in_place(*, data: str = "", downtime: str = "", how: str = "", lowered: bool = False) -> Changes:
    """Nothing is replaced, but something suffers; see `Changes`."""
    return Changes(Effect.IN_PLACE, (), data, downtime, how, lowered)


def replaces(*what: str, data: str = "", downtime: str = "", how: str = "") -> Changes:
    """New resources take the place of the old ones; see `Changes`."""
    return Changes(Effect.REPLACES, what, data, downtime, how)


def removes(*what: str, data: str = "", downtime: str = "", how: str = "") -> Changes:
    """Resources go where the value becomes less; see `Changes`."""
    return Changes(Effect.REMOVES, what, data, downtime, how)


def refused(*what: str, how: str) -> Changes:
    """AWS refuses it on a live stack; `what` would have to be replaced, `how` is the way to do it nevertheless."""
    return Changes(Effect.REFUSED, what, how=how)


def everything() -> Changes:
    """All resources are made anew, and the old ones go."""
    return Changes(
        Effect.REPLACES,
        (EVERYTHING,),
        data="all stores start empty",
        downtime="until all of it stands again",
        how="a preview refuses it: build a second stack, move the data and the requests, then destroy the first",
    )
