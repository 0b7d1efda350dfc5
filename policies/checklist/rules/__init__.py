"""The rules, a module per layer."""

from typing import Final

MODULES: Final = ()
