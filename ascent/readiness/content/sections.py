"""The sections of a Markdown text."""

from __future__ import annotations

import re
from typing import Final

from ascent.readiness.content.prose import lack_of, lines_of, same, visible

_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")


def sections(text: str) -> list[tuple[str, str]]:
    """Titles and texts of the sections; a section holds those below it, and a comment in code is no heading."""
    text = visible(text)
    lines = text.splitlines()
    headings: list[tuple[int, int, str]] = []
    for number, (line, code) in enumerate(lines_of(text)):
        if code is None and (heading := _HEADING.fullmatch(line)):
            headings.append((number, len(heading[1]), heading[2]))
    starts = {number for number, _, _ in headings}
    found: list[tuple[str, str]] = []
    for position, (number, level, title) in enumerate(headings):
        end = next((n for n, other, _ in headings[position + 1 :] if other <= level), len(lines))
        found.append((title, "\n".join(lines[n] for n in range(number + 1, end) if n not in starts)))
    return found


def section(text: str, heading: str) -> str | None:
    """The text below a heading, or one that begins so; None where there is none."""
    bodies = [body for title, body in sections(text) if title.lower().startswith(heading.lower())]
    return "\n".join(bodies) if bodies else None


def lack_of_sections(text: str, wanted: tuple[str, ...]) -> str:
    """What a text lacks of its sections: each is there, says something, and not what another one says.

    Args:
        text: Markdown.
        wanted: headings, or their beginnings.
    """
    found: dict[str, str] = {}
    for heading in wanted:
        body = section(text, heading)
        if body is None:
            return f"has no section '{heading}'"
        lack = lack_of(body)
        if lack:
            return f"{lack} under '{heading}'"
        for other, said in found.items():
            if other != heading and body not in said and said not in body and same(body, said):
                return f"says the same under '{other}' and '{heading}'"
        found[heading] = body
    return ""
