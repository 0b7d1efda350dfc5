"""One door to all formats."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ascent.output.formats.kinds import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.verdicts.judged import Judged

_MODULES = {
    Format.JSON: "ascent.output.formats.json_report",
    Format.SARIF: "ascent.output.formats.sarif",
    Format.JUNIT: "ascent.output.formats.junit",
    Format.MARKDOWN: "ascent.output.formats.markdown",
}


def render(form: Format, judged: Sequence[Judged]) -> str:
    """Verdicts in a format; the same verdicts always give the same text, which ends with a newline.

    Args:
        form: any format but the table, which the console prints.
        judged: stacks with what was found in them, in the order in which they are written.
    """
    return import_module(_MODULES[form]).render(judged)
