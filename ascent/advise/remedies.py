"""What would meet an item of the checklist, and what AWS would charge for it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ascent.cost.usage.model import KEYS
from common.problems import InputError
from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from decimal import Decimal

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.usage.model import Usage

SHIPPED: Final = Path(__file__).parent / "data" / "remedies.yaml"
"""The remedies that come with Ascent."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RemedyCharge(_Entry):
    """A charge of a remedy.

    Args:
        price: item of the price book.
        quantity: pieces a month; None where the usage profile says it.
        usage: key of the usage profile whose expected figure is the quantity; empty where `quantity` is given.
    """

    price: str
    quantity: int | None = Field(default=None, gt=0)
    usage: str = ""

    def pieces(self, usage: Usage) -> Decimal | int:
        """Pieces a month."""
        return self.quantity if self.quantity is not None else getattr(usage, KEYS[self.usage]).expected


class Remedy(_Entry):
    """One step that meets one item or several.

    Args:
        items: numbers of the items.
        what: the step and what the figure covers; empty where there is no figure.
        charges: what AWS charges for it; empty for what is free; None where that is not known.
        unknown: why there is no figure; empty where there is one.
    """

    items: tuple[int, ...]
    what: str = ""
    charges: tuple[RemedyCharge, ...] | None = None
    unknown: str = ""

    def dollars(self, book: PriceBook, usage: Usage, region: str) -> tuple[Decimal | None, str]:
        """Expected dollars a month, and what the figure covers; None and the reason where there is none.

        Args:
            book: the prices.
            usage: a month's usage.
            region: where the stack is.
        """
        from ascent.cost.amounts import NOTHING

        if self.charges is None:
            return None, self.unknown
        total = NOTHING.expected
        for charge in self.charges:
            price = book.find(charge.price, region)
            if price is None:
                return None, f"no price for {charge.price} in {region}"
            total += price.price * charge.pieces(usage) / price.unit.size
        return total, self.what


class _File(_Entry):
    remedies: tuple[Remedy, ...]


@lru_cache(maxsize=1)
def shipped() -> tuple[Remedy, ...]:
    """The remedies that come with Ascent, in the order of their file."""
    return load(SHIPPED)


def load(path: Path) -> tuple[Remedy, ...]:
    """Read remedies.

    Args:
        path: a YAML file with `remedies`, a list.

    Raises:
        InputError: an entry is malformed, names an unknown usage key or an item twice; a line for each.
    """
    try:
        found = _File.model_validate(read_yaml(path)).remedies
    except ValidationError as error:
        lines = (f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}; correct it" for e in error.errors())
        raise InputError("\n".join(lines)) from None
    problems: list[str] = []
    seen: set[int] = set()
    for remedy in found:
        place = f"{path.name}: items {', '.join(map(str, remedy.items))}"
        if (remedy.charges is None) != bool(remedy.unknown) or bool(remedy.what) == bool(remedy.unknown):
            problems.append(f"{place}: must say either what and charges, or unknown")
        for charge in remedy.charges or ():
            if (charge.quantity is None) == (charge.usage not in KEYS):
                problems.append(f"{place}: {charge.price}: must have a quantity or a key of the usage profile")
        problems += [f"{place}: {n} stands twice; delete one of them" for n in remedy.items if n in seen]
        seen.update(remedy.items)
    if problems:
        raise InputError("\n".join(problems))
    return found
