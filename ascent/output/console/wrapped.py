"""Long lines that are broken at words, and set in from their second line on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console


def say(console: Console, text: Text | str, indent: int = 0) -> None:
    """Print a line.

    Args:
        console: where to; away from a terminal the line is left whole.
        text: the line, with the blanks that it begins with.
        indent: columns by which its second and further lines are set in.
    """
    line = Text(text) if isinstance(text, str) else text
    if not console.is_terminal:
        console.print(line, soft_wrap=True)
        return
    # Its first words may stand further left than the rest.
    room = max(console.width - indent, 20)
    first, *rest = line.wrap(console, console.width) or [Text()]
    console.print(first, soft_wrap=True)
    if rest:
        left = line[len(first.plain) :]
        left.plain = left.plain.lstrip()
        for part in left.wrap(console, room):
            console.print(Text(" " * indent).append_text(part), soft_wrap=True)
