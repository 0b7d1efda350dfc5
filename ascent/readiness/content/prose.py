"""Whether a text says something of its own: enough words, no filler, no sentence over and over."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})\s*([\w-]*)")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TARGET: Final = re.compile(r"\]\([^)]*\)|<https?://[^>]*>|https?://\S+")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")
_OPEN: Final = re.compile(
    r"\b(?:tbd|todo|fixme|xxx|n/a|none yet|coming soon|placeholder|to be (?:done|written|decided|added|defined)"
    r"|(?:fill|write) (?:this|me|it) (?:in|here|later)|your text here|insert \w+ here|work in progress)\b",
    re.IGNORECASE,
)


def _listed(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_LATIN: Final = _listed(
    "lorem ipsum dolor sit amet consectetur adipiscing adipisicing elit sed eiusmod tempor incididunt labore dolore",
    "magna aliqua enim minim veniam quis nostrud exercitation ullamco laboris nisi aliquip commodo consequat duis aute",
    "irure reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat cupidatat proident",
    "sunt culpa qui officia deserunt mollit anim est laborum vestibulum pellentesque curabitur praesent mauris",
)
"""Words of the text that printers fill pages with."""
_GLUE: Final = _listed(
    "a an the and or but nor of to in on at by for from with without is are was were be been being it its that this",
    "these those as if when where which who what how than then there not no only each every all any one has have had",
    "do does did can could may must will would should so such into over under after before while until because",
)
"""Words that hold English sentences together."""

_MOST_LATIN: Final = 0.1
_LEAST_GLUE: Final = 0.1
_LEAST_FRESH: Final = 0.6
"""Share of three words in a row that stand in a text once."""
_LONG: Final = 20
"""Words from which shares mean something."""
_SAME: Final = 0.6
"""Share of three words in a row from which two texts are one."""

LEAST_WORDS: Final = 8
"""Fewest words of a section that says something."""


def visible(text: str) -> str:
    """A Markdown text without comments, which nobody sees."""
    return _COMMENT.sub("", text)


# One document is asked for several times, and held against each other of its kind.
_KEPT: Final = 2048


@lru_cache(_KEPT)
def without_code(text: str) -> str:
    """A Markdown text without its fenced code."""
    return "\n".join(line for line, name in lines_of(text) if name is None)


def fences(text: str) -> list[tuple[str, str]]:
    """The fenced code of a Markdown text, each with the name of its language."""
    found: list[tuple[str, list[str]]] = []
    inside = False
    for line, name in lines_of(text):
        if name is None:
            inside = False
        elif not inside:
            found.append((name, []))
            inside = True
        elif not _FENCE.match(line):
            found[-1][1].append(line)
    return [(name, "\n".join(lines)) for name, lines in found]


def lines_of(text: str) -> Iterator[tuple[str, str | None]]:
    """The lines of a Markdown text, each with the language of the fenced code that it is part of, None outside."""
    mark, name = "", ""
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if not mark and fence:
            mark, name = fence[1], fence[2].lower()
            yield line, name
        elif mark:
            yield line, name
            if fence and fence[1].startswith(mark) and not fence[2]:
                mark = ""
        else:
            yield line, None


@lru_cache(_KEPT)
def words_of(text: str) -> tuple[str, ...]:
    """The words that a Markdown text says: no code, comments, headings or addresses."""
    said = _TARGET.sub("] ", without_code(visible(text)))
    lines = (line for line in said.splitlines() if not line.lstrip().startswith("#"))
    return tuple(word.lower() for word in _WORD.findall("\n".join(lines)))


def lack_of(text: str, least: int = LEAST_WORDS) -> str:
    """Why a text says nothing of its own; empty for one that does.

    Args:
        text: Markdown.
        least: fewest words.
    """
    kept = [line for line in visible(text).splitlines() if not _OPEN.search(line)]
    words = words_of("\n".join(kept))
    if not words:
        return "says nothing"
    if sum(word in _LATIN for word in words) > _MOST_LATIN * len(words):
        return "is filler"
    if len(words) < least:
        return f"says too little, {len(words)} word{'s' if len(words) > 1 else ''}"
    if len(words) < _LONG:
        return "repeats itself" if len(set(words)) < len(words) / 2 else ""
    if _fresh(words) < _LEAST_FRESH:
        return "repeats itself"
    running = words_of("\n".join(line for line in kept if not line.lstrip().startswith("|")))
    if len(running) >= _LONG and sum(word in _GLUE for word in running) < _LEAST_GLUE * len(running):
        return "has no sentences"
    return ""


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, word for word or nearly so."""
    first, second = _triples(words_of(one)), _triples(words_of(other))
    if not first or not second:
        return words_of(one) == words_of(other)
    return len(first & second) > _SAME * min(len(first), len(second))


def _triples(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _fresh(words: tuple[str, ...]) -> float:
    return len(_triples(words)) / max(len(words) - 2, 1)
