"""`ascent readiness --framework`: what the command prints and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.compliance.assess import assess
from ascent.compliance.frameworks import named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from ascent.compliance.frameworks import Framework
    from ascent.verdicts.judged import Judged


def framework_of(text: str) -> Framework:
    """The framework that the option names.

    Raises:
        InputError: it names none.
    """
    return named(text, "ascent readiness --framework")


def show(judged: Sequence[Judged], framework: Framework, today: date, *, out: Path | None, as_json: bool) -> bool:
    """Print how stacks stand, and write the evidence where it is asked for.

    Args:
        judged: the stacks with their verdicts.
        framework: the framework.
        today: day for which waivers were judged.
        out: directory for the evidence; None for none.
        as_json: print JSON in place of text.

    Returns:
        Whether no control is failing.

    Raises:
        InputError: the evidence cannot be written, or would overwrite what is not ours.
    """
    found = [assess(one, framework, today) for one in judged]
    written: list[Path] = []
    if out is not None:
        from ascent.compliance.pack import write_pack

        written = write_pack(out, found)
    if as_json:
        from ascent.compliance.document import document_of
        from ascent.document import text_of

        print(text_of(document_of(found)), end="")
    else:
        from ascent.output.console.compliance import lines

        for one in found:
            print("\n".join(lines(one)))
        for path in written:
            print(f"evidence: {path}")
    return all(one.fine for one in found)
