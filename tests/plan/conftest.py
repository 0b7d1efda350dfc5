"""Records the small programs under `programs/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ascent.plan.config import read_stack
from ascent.plan.record import Recording, record

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAMS = Path(__file__).parent / "programs"


@pytest.fixture(scope="session")
def programs() -> Path:
    """The directory that holds the programs."""
    return PROGRAMS


@pytest.fixture(scope="session")
def recorded() -> Callable[..., Recording]:
    """Record a program by name, each combination once; keyword arguments are added to its configuration."""
    cache: dict[object, Recording] = {}

    def recorded(name: str, **config: str) -> Recording:
        key = (name, *sorted(config.items()))
        if key not in cache:
            stack = read_stack(PROGRAMS / name, "test")
            extra = {f"{name}:{k}": v for k, v in config.items()}
            cache[key] = record(stack.directory, name, "test", {**stack.values, **extra}, stack.secret_keys)
        return cache[key]

    return recorded
