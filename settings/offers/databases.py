"""What a database class offers PostgreSQL."""

from __future__ import annotations

from typing import Final

_BURSTABLE_GIB: Final = {"micro": 1, "small": 2, "medium": 4, "large": 8, "xlarge": 16, "2xlarge": 32}
"""Memory of the burstable classes, `db.t3` and `db.t4g`."""

_GIB_PER_VCPU: Final = {"m": 4, "r": 8}
"""Memory of the other families for each vCPU, the same in every generation.

Both from the RDS user guide, "Hardware specifications for DB instance classes", read in November 2026.
"""

_BYTES_PER_CONNECTION: Final = 9_531_392
_MOST_CONNECTIONS: Final = 5000
"""RDS's default of PostgreSQL's `max_connections`: LEAST({DBInstanceClassMemory/9531392}, 5000)."""


def memory_gib(instance_class: str) -> int | None:
    """Memory of a database class in GiB; None for a family whose memory does not follow from its name.

    Args:
        instance_class: such as `db.t4g.micro`.
    """
    _, family, size = instance_class.split(".")
    if family in ("t3", "t4g"):
        return _BURSTABLE_GIB.get(size)
    per_vcpu, vcpus = _GIB_PER_VCPU.get(family[0]), _vcpus(size)
    return per_vcpu * vcpus if per_vcpu and vcpus else None


def _vcpus(size: str) -> int | None:
    times = size.removesuffix("xlarge")
    if times == size:
        return 2 if size == "large" else None
    return 4 * int(times or 1) if (times or "1").isdigit() else None


def connection_limit(instance_class: str) -> int | None:
    """About how many connections PostgreSQL takes; None where the class's memory is not known.

    RDS's formula counts what is left of the memory after the system and RDS's own processes, which no document states.
    256 MiB and a twentieth are taken off here: 185 on a db.t4g.small, where 181 were measured.

    Args:
        instance_class: such as `db.t4g.micro`.
    """
    gib = memory_gib(instance_class)
    if gib is None:
        return None
    left = int(gib * 1024**3 * 0.95) - 256 * 1024**2
    return min(left // _BYTES_PER_CONNECTION, _MOST_CONNECTIONS)


_GIB_PER_ACU: Final = 2
_FEW_CONNECTIONS: Final = 2000
"""Most connections of Aurora Serverless v2 while its least capacity is at most 0.5 ACU."""


def aurora_connection_limit(min_acu: float, max_acu: float) -> int:
    """About how many connections Aurora Serverless v2 takes: its most capacity decides, not what it has at the moment.

    The same formula as RDS's (Aurora user guide, "Maximum connections for Aurora Serverless v2"). What Aurora takes off
    the memory first is not documented; the share of `connection_limit` is assumed.

    Args:
        min_acu: least capacity.
        max_acu: most capacity.
    """
    left = int(max_acu * _GIB_PER_ACU * 1024**3 * 0.95) - 256 * 1024**2
    most = _FEW_CONNECTIONS if min_acu <= 0.5 else _MOST_CONNECTIONS
    return min(left // _BYTES_PER_CONNECTION, most)


def has_local_disk(instance_class: str) -> bool:
    """Whether a class has a disk in the machine, which RDS's clusters of three zones need: `db.m6gd`, `db.r6id` …

    Args:
        instance_class: such as `db.m6gd.large`.
    """
    family = instance_class.split(".")[1]
    return family.endswith("d")
