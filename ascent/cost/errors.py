"""What is wrong with the data that costs are calculated from."""

from __future__ import annotations

from ascent.errors import InputError


class CostInputError(InputError):
    """A price book or usage file that cannot be used; `str()` is one line per problem."""
