"""Boxes and lines as SVG. All text is escaped here."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ascent.report.diagram.layout import CHIP, Box, Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.report.diagram.route import Line

_TITLE: Final = 13
_SMALL: Final = 11
_WIDE: Final = 0.6
"""Mean width of a character, in parts of the font size, of the usual sans-serif fonts."""
_PADDING: Final = 8
_MOST_LINES: Final = 2

_STYLE: Final = """
.ascent-diagram{width:100%;height:auto;font-family:var(--diagram-font,system-ui,sans-serif);font-size:11px;\
--d-paper:var(--diagram-paper,Canvas);--d-edge:var(--diagram-edge,#8b5cf6);--d-network:var(--diagram-network,#0284c7);\
--d-compute:var(--diagram-compute,#ea7317);--d-data:var(--diagram-data,#4f6bed);\
--d-security:var(--diagram-security,#dc4a54);--d-watch:var(--diagram-watch,#d6428d);--d-other:var(--diagram-other,#788494)}
.ascent-diagram text{fill:var(--diagram-text,currentColor)}
.ascent-diagram .t{font-size:13px;font-weight:600}
.ascent-diagram .s{opacity:.8}
.ascent-diagram .m{font-weight:600;font-variant-numeric:tabular-nums}
.ascent-diagram .f{font-weight:700;fill:var(--diagram-finding,#b35900)}
.ascent-diagram .b{fill:var(--c,var(--d-other));fill-opacity:.13;stroke:var(--c,var(--d-other));stroke-width:1.2}
.ascent-diagram .edge{--c:var(--d-edge)}.ascent-diagram .network{--c:var(--d-network)}
.ascent-diagram .compute{--c:var(--d-compute)}.ascent-diagram .data{--c:var(--d-data)}
.ascent-diagram .security{--c:var(--d-security)}.ascent-diagram .watch{--c:var(--d-watch)}
.ascent-diagram .other{--c:var(--d-other)}
.ascent-diagram .region .b,.ascent-diagram .zone .b{fill:none}
.ascent-diagram .region .b{stroke-dasharray:6 4}.ascent-diagram .zone .b{stroke:none}
.ascent-diagram .vpc .b{fill:none;stroke:var(--d-network)}
.ascent-diagram .row .b{fill-opacity:.06;stroke-opacity:.35}.ascent-diagram .public{--c:#3f9142}
.ascent-diagram .private{--c:var(--d-network)}
.ascent-diagram .subnet .b{fill:var(--d-paper);fill-opacity:.6;stroke-opacity:.55}
.ascent-diagram .l{fill:none;stroke:var(--diagram-line,currentColor);stroke-width:1.4;opacity:.75}
.ascent-diagram .use,.ascent-diagram .notify{stroke-dasharray:5 3}.ascent-diagram .guard{stroke-dasharray:2 3}
.ascent-diagram .h{fill:var(--diagram-line,currentColor)}
.ascent-diagram .p{paint-order:stroke;stroke:var(--d-paper);stroke-width:4px;stroke-linejoin:round}
@media print{.ascent-diagram{break-inside:avoid;max-height:24cm;print-color-adjust:exact}}
"""


def write(layout: Layout, lines: Sequence[Line], name: str, title: str, summary: str) -> str:
    """The drawing.

    Args:
        layout: its boxes.
        lines: its arrows.
        name: what its ids begin with, unique on the page.
        title: its name for those who do not see it.
        summary: the same, in sentences.
    """
    width, height = _number(layout.width), _number(layout.height)
    head = f"{name}-head"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ascent-diagram" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" style="max-width:{_number(layout.width * 1.35)}px">',
        f'<title id="{name}-title">{_text(title)}</title><desc id="{name}-desc">{_text(summary)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<defs><marker id="{head}" class="h" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
        *(_box(box, layout.left) for box in layout.boxes),
        *(_line(line, head) for line in lines),
        *(_label(line) for line in lines if line.arrow.label),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _text(value: str) -> str:
    """Text that XML allows, escaped."""
    return escape("".join(c if c.isprintable() else " " for c in value))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _fit(value: str, width: float, size: float) -> str:
    most = max(1, int((width - 2 * _PADDING) / (size * _WIDE)))
    return value if len(value) <= most else value[: most - 1].rstrip(" ,-") + "…"


def _wrapped(lines: Sequence[str], width: float, most: int) -> list[str]:
    """Lines that fit, at word ends; the last one is cut."""
    room = max(1, int((width - 2 * _PADDING) / (_SMALL * _WIDE)))
    found: list[str] = []
    for line in lines:
        words, now = line.split(), ""
        for word in words:
            if now and len(now) + 1 + len(word) > room and len(found) < most - 1:
                found.append(now)
                now = word
            else:
                now = f"{now} {word}".strip()
        found += [now] if now else []
    return [_fit(line, width, _SMALL) for line in found[:most]]


def _box(box: Box, clear: float) -> str:
    tooltip = f"{box.title}: {box.tooltip}" if box.tooltip else box.title
    parts = [
        f'<g class="{box.style}"><title>{_text(tooltip)}</title>',
        f'<rect class="b" x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" '
        f'height="{_number(box.height)}" rx="5"/>',
    ]
    # Arrows run down the left margin of what is around the networks.
    x, y = clear if box.style in ("region", "vpc") else box.x + _PADDING, box.y + 17
    if box.height <= CHIP:
        y = box.y + box.height / 2 + 4.5
    marks, taken = _marks(box, y)
    parts += marks
    title = _fit(box.title, box.width - taken, _TITLE)
    parts.append(f'<text class="t" x="{_number(x)}" y="{_number(y)}">{_text(title)}</text>')
    lines = box.lines
    most = min(_MOST_LINES, int((box.height - 22) / 14))
    if not box.is_container and most == 1:
        lines = (" · ".join(lines),) if lines else ()
    for number, line in enumerate(_wrapped(lines, box.width, most) if most > 0 else ()):
        parts.append(f'<text class="s" x="{_number(x)}" y="{_number(y + 15 + 14 * number)}">{_text(line)}</text>')
    return "".join(parts) + "</g>"


def _marks(box: Box, y: float) -> tuple[list[str], float]:
    """What a box costs and how many findings it has, at its right border, and the width that this takes."""
    found: list[str] = []
    x = box.right - _PADDING
    for text, style in ((f"{box.findings} open" if box.findings else "", "f"), (box.cost, "m")):
        if text:
            found.append(
                f'<text class="{style}" x="{_number(x)}" y="{_number(y)}" text-anchor="end">{_text(text)}</text>'
            )
            x -= len(text) * _SMALL * _WIDE + 6
    return found, box.right - _PADDING - x


def _line(line: Line, head: str) -> str:
    path = "M" + " ".join(f"{_number(x)} {_number(y)}" for x, y in line.points)
    return f'<path class="l {line.arrow.kind}" d="{path}" marker-end="url(#{head})"/>'


def _label(line: Line) -> str:
    """Beside the head of a straight arrow; on the longest downward piece of another."""
    (x1, y1), (x2, y2) = max(pairwise(line.points), key=lambda piece: abs(piece[0][1] - piece[1][1]))
    anchor, x, y = ' text-anchor="middle"', (x1 + x2) / 2, (y1 + y2) / 2
    if len(line.points) == 2 and x1 == x2:
        anchor, x, y = "", x1 + 5, max(y1, y2) - 5
    return f'<text class="p" x="{_number(x)}" y="{_number(y)}"{anchor}>{_text(line.arrow.label)}</text>'
