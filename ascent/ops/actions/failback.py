"""The product back from the second region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.ops.find import command
from ascent.ops.kinds import Operation
from ascent.ops.region import second_region
from common.problems import InputError

if TYPE_CHECKING:
    from ascent.ops.step import Prepared, Subject


def prepare(subject: Subject) -> Prepared:
    """What a failback does.

    Raises:
        InputError: the stack has no second region.
    """
    if not subject.settings.resilience.second_region.mode.stands:
        raise InputError(
            f"{command(Operation.FAILBACK, subject)}: the stack stands in one region; set "
            "ascent:resilience.secondRegion.mode: pilot_light"
        )
    return second_region(subject).failback()
