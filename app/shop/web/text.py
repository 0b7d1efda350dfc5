"""Texts that a request may hold."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def _storable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must be text") from None
    if "\0" in value:
        raise ValueError("must be text")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_storable)]
"""A line of text."""

Password = Annotated[str, StringConstraints(min_length=12, max_length=200), AfterValidator(_storable)]
"""A password: 12 characters or more."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def _address(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError("must be an e-mail address")
    return value.lower()


Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_address)]
"""An e-mail address."""

Key = Annotated[str, StringConstraints(pattern=r"^uploads/[A-Za-z0-9._-]{1,100}$")]
"""Key of an uploaded file."""
