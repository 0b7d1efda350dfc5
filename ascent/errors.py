"""What every command raises when its input is wrong."""

from __future__ import annotations


class InputError(Exception):
    """Bad input; `str()` is one line per problem, each with the place, the value, what is allowed and the fix."""
