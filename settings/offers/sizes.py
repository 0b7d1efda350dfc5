"""The instance types and database classes that AWS offers, in any region."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE: Final = Path(__file__).with_name("sizes.txt")

_MOST_NAMED: Final = 4
"""Most types that are named in place of one that does not exist."""


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    """Family → its sizes, the smallest first; families of databases begin with `db.`."""
    lines = (line for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {family: tuple(sizes.split()) for family, _, sizes in (line.partition(": ") for line in lines)}


def is_offered(name: str) -> bool:
    """Whether AWS offers an instance type or a database class, in any region.

    Args:
        name: such as `t4g.micro` or `db.t4g.micro`.
    """
    family, _, size = name.rpartition(".")
    return size in _families().get(family, ())


def near(name: str) -> tuple[str, ...]:
    """What AWS offers that looks most like a name that it does not offer, the most likely first.

    Args:
        name: such as `t9g.mikro` or `db.t9g.mikro`.
    """
    family, _, size = name.rpartition(".")
    known = _families()
    same = [one for one in known if one.startswith("db.") == family.startswith("db.")]
    families = [family] if family in known else difflib.get_close_matches(family, same, n=_MOST_NAMED, cutoff=0.5)
    found: list[str] = []
    for one in families:
        sizes = difflib.get_close_matches(size, known[one], n=_MOST_NAMED if one == family else 1, cutoff=0.5)
        found += [f"{one}.{like}" for like in sizes or known[one][: _MOST_NAMED if one == family else 1]]
    return tuple(found[:_MOST_NAMED])
