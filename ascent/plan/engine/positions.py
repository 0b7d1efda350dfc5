"""Where in its source a program registered a resource, as the engine writes it into previews and states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_POSITION: Final = re.compile(r"project:///(?P<path>[^#]+)#(?P<line>[1-9][0-9]*)(,[0-9]+)?")
_NOT_OWN: Final = frozenset({"..", "site-packages", "node_modules", "venv", ".venv", "vendor"})
"""Parts of paths that lead out of the program into its libraries."""


@dataclass(frozen=True, slots=True)
class Position:
    """A line of the program."""

    path: str
    """Path from the project's directory, with forward slashes."""
    line: int


def position_of(entry: Mapping[str, Any]) -> Position | None:
    """The innermost place in the program's own files that registered a resource; None where the file tells none.

    Args:
        entry: a resource of a preview digest or of a state.
    """
    return next(filter(None, (_position(place) for place in _places(entry))), None)


def _places(entry: Mapping[str, Any]) -> Iterator[Any]:
    yield entry.get("sourcePosition")
    frames = entry.get("stackTrace")
    for frame in frames if isinstance(frames, list) else ():
        if isinstance(frame, dict):
            yield frame.get("sourcePosition")


def _position(place: Any) -> Position | None:  # noqa: ANN401 - any JSON value
    match = _POSITION.fullmatch(place) if isinstance(place, str) else None
    if match is None:
        return None
    path = unquote(match["path"])
    return None if _NOT_OWN & set(path.split("/")) else Position(path, int(match["line"]))
