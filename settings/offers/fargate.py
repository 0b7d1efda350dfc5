"""Sizes that Fargate offers (ECS developer guide, "Fargate task CPU and memory", read in November 2026)."""

from __future__ import annotations

from typing import Final

MEMORY_BY_CPU: Final[dict[int, tuple[int, ...]]] = {
    256: (512, 1024, 2048),
    512: tuple(range(1024, 4096 + 1, 1024)),
    1024: tuple(range(2048, 8192 + 1, 1024)),
    2048: tuple(range(4096, 16384 + 1, 1024)),
    4096: tuple(range(8192, 30720 + 1, 1024)),
    8192: tuple(range(16384, 61440 + 1, 4096)),
    16384: tuple(range(32768, 122880 + 1, 8192)),
}
"""CPU units → memory in MiB."""


def is_valid_size(cpu: int, memory: int) -> bool:
    """Whether Fargate runs tasks of this many CPU units and MiB."""
    return memory in MEMORY_BY_CPU.get(cpu, ())


def sizes_for(cpu: int) -> str:
    """The memory sizes that go with `cpu`, fit for a sentence."""
    sizes = MEMORY_BY_CPU[cpu]
    if len(sizes) <= 4:
        return ", ".join(map(str, sizes))
    return f"{sizes[0]} to {sizes[-1]} in steps of {sizes[1] - sizes[0]}"
