"""The rules, a module per layer or part of one."""

from typing import Final

from . import compute, data, edge, network, observability, resilience, security, storage

MODULES: Final = (network, edge, compute, data, storage, security, observability, resilience)
