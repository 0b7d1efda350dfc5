"""The settings of a stack of Ascent's own, from its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from settings.load import resolve

if TYPE_CHECKING:
    from ascent.plan.config import StackConfig
    from settings.load import Resolved


def settings_of(config: StackConfig) -> Resolved:
    """What a stack's files say, with the lines of what is wrong in them.

    Args:
        config: the stack's configuration.

    Raises:
        SettingsError: one line per problem.
    """
    return resolve(config.values, stack=config.stack, project=config.project, file=config.file)
