"""What an instance type's name says of its processor."""

from __future__ import annotations

import re

from settings.enums import Architecture


def instance_architecture(instance_type: str) -> Architecture:
    """The architecture of an instance type: Graviton families carry a `g` after the generation, as in `t4g`, `m7gd`.

    Args:
        instance_type: such as `t4g.micro`; `a1` is the one ARM family named otherwise.
    """
    family = instance_type.partition(".")[0]
    graviton = family == "a1" or re.fullmatch(r"[a-z]+\d+g[a-z0-9-]*", family)
    return Architecture.ARM64 if graviton else Architecture.X86_64


def is_burstable(instance_class: str) -> bool:
    """Whether a class of EC2 or RDS earns CPU credits: the `t` families.

    Args:
        instance_class: such as `db.t4g.micro` or `t4g.micro`.
    """
    return instance_class.removeprefix("db.").startswith("t")
