"""What a database is made from, and what is known of its engine through that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.values import at, is_set, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import ResourceFacts, StackFacts

_MADE_FROM: Final = (
    "replicateSourceDb",
    "replicationSourceIdentifier",
    "snapshotIdentifier",
    "restoreToPointInTime",
    "globalClusterIdentifier",
    "dbInstanceIdentifier",
    "dbClusterIdentifier",
    "sourceDbClusterIdentifier",
)
"""Properties by which a database, or a snapshot of one, says what it is made from."""

_ORIGINS: Final = (
    types.RDS_INSTANCE,
    types.RDS_CLUSTER,
    types.RDS_GLOBAL_CLUSTER,
    types.RDS_SNAPSHOT,
    types.RDS_CLUSTER_SNAPSHOT,
)


def is_replica(database: ResourceFacts) -> bool:
    """Whether it follows another database, from which it has its data, users and encryption."""
    if any(is_set(at(database, key)) for key in ("replicateSourceDb", "replicationSourceIdentifier")):
        return True
    # Of a global database's clusters, only the first one is given a user.
    return is_set(at(database, "globalClusterIdentifier")) and not is_set(at(database, "masterUsername"))


def is_restored(database: ResourceFacts) -> bool:
    """Whether it starts as a copy of a snapshot or of an earlier moment, users included."""
    return any(is_set(at(database, key)) for key in ("snapshotIdentifier", "restoreToPointInTime"))


def origins(database: ResourceFacts, stack: StackFacts) -> Iterator[ResourceFacts]:
    """A database, and what of the stack it is a replica or a copy of, nearest first."""
    pending, seen = [database], set()
    while pending:
        here = pending.pop(0)
        if here.urn not in seen:
            seen.add(here.urn)
            yield here
            pending += (t for key in _MADE_FROM for t in stack.referred(here, key, *_ORIGINS))


def known_text(database: ResourceFacts, key: str) -> str:
    """A property as text, from what the program says or the state knows; empty where neither tells."""
    value = known(database, key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def family(text: str) -> tuple[str, str]:
    """Engine and version in the name of a family of parameters, as in `aurora-postgresql17` or `sqlserver-ex-15.0`."""
    match = re.fullmatch(r"([a-z]+(?:-[a-z]+)*)-?(\d[\d.]*)?", text)
    return (match[1], match[2] or "") if match else ("", "")


def major(version: str) -> int:
    """Major version of an engine; 0 where it is not written out."""
    first = version.split(".")[0]
    return int(first) if first.isascii() and first.isdigit() and len(first) < 4 else 0
