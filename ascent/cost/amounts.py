"""Amounts that are known as a range: low, expected, high."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

HOURS: Final = Decimal(730)
"""Hours of a month, as AWS's own calculator counts them: 365 days of 24 hours, over 12."""

DAYS: Final = HOURS / 24
"""Days of such a month."""

MOST: Final = Decimal(10) ** 15
"""Above this a number is a slip: a million billion of anything."""

_BOUNDS: Final = ("low", "expected", "high")


@dataclass(frozen=True, slots=True)
class Range:
    """An amount at low, expected and high usage; of dollars, GB, requests or anything else."""

    low: Decimal
    expected: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal | int) -> Range:
        """An amount that does not depend on usage."""
        amount = Decimal(value)
        return cls(amount, amount, amount)

    def __add__(self, other: Range) -> Range:
        return self.with_each(other, lambda a, b: a + b)

    def __mul__(self, factor: Decimal | int) -> Range:
        return Range(self.low * factor, self.expected * factor, self.high * factor)

    def __truediv__(self, divisor: Decimal | int) -> Range:
        return Range(self.low / divisor, self.expected / divisor, self.high / divisor)

    def with_each(self, other: Range, combine: Callable[[Decimal, Decimal], Decimal]) -> Range:
        """Combine two ranges bound by bound, as in `a.with_each(b, max)`."""
        return Range(
            combine(self.low, other.low), combine(self.expected, other.expected), combine(self.high, other.high)
        )

    def above(self, floor: Decimal | int) -> Range:
        """What exceeds `floor`; zero where nothing does."""
        return self.with_each(Range.exactly(floor), lambda a, b: max(a - b, Decimal(0)))

    def up_to(self, ceiling: Decimal | int) -> Range:
        """At most `ceiling`."""
        return self.with_each(Range.exactly(ceiling), min)

    @property
    def bounds(self) -> tuple[tuple[str, Decimal], ...]:
        """The three amounts with their names."""
        return tuple((name, getattr(self, name)) for name in _BOUNDS)


NOTHING: Final = Range.exactly(0)
"""The sum of no amounts."""


def dollars(amount: Decimal) -> str:
    """An amount for people: `$1,234.50`."""
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"-${-rounded:,}" if rounded < 0 else f"${abs(rounded):,}"


def plain(number: Decimal) -> str:
    """A quantity for people: at most two decimals below a thousand, none above, no trailing zeros."""
    step = Decimal(1) if abs(number) >= 1000 else Decimal("0.01")
    text = f"{number.quantize(step, ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
