"""What would meet items of the checklist, and what AWS charges for it."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from ascent.cost.usage.model import KEYS
from ascent.readiness.entry import Entry, Text
from common.problems import RefusedError, closest


class Charge(Entry):
    """A charge of a remedy.

    Args:
        price: item of the price book.
        quantity: pieces a month; None where the usage profile says it.
        usage: key of the usage profile whose expected figure is the quantity; empty where `quantity` is given.
    """

    price: Text
    quantity: int | None = Field(default=None, gt=0)
    usage: str = ""

    @field_validator("usage")
    @classmethod
    def _is_a_key(cls, usage: str) -> str:
        if usage not in KEYS:
            near = closest(usage, KEYS)
            raise RefusedError(
                "it is no key of the usage profile", f"write {near}" if near else f"see {', '.join(KEYS)}"
            )
        return usage

    @model_validator(mode="after")
    def _has_one_quantity(self) -> Self:
        if (self.quantity is None) != bool(self.usage):
            raise RefusedError("it must have a quantity or a key of the usage profile", "give one of the two")
        return self


class Remedy(Entry):
    """One step that meets an item, or several. It stands at one of them.

    Args:
        others: numbers of the other items that it meets (`with` in the file).
        what: the step and what the figure covers; empty where there is no figure.
        charges: what AWS charges for it in a month; empty for what is free; None where that is not known.
        unknown: why there is no figure; empty where there is one.
        settings: settings that do it, with their values; `<your-domain>` and the like stand for what only the owner
            knows. Empty where none does, or where trying the settings' values finds them (`ascent/advise/reach.py`).
    """

    others: tuple[int, ...] = Field(default=(), alias="with")
    what: str = ""
    charges: tuple[Charge, ...] | None = None
    unknown: str = ""
    settings: dict[Text, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_a_figure_or_none(self) -> Self:
        if (self.charges is None) != bool(self.unknown) or bool(self.what) == bool(self.unknown):
            raise RefusedError("it must say either what and charges, or unknown", "leave out the other")
        return self
