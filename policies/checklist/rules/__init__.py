"""The rules, a module per layer."""

from typing import Final

from . import compute, edge, network

MODULES: Final = (network, edge, compute)
