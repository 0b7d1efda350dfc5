"""Markers in the place of what only a deployment knows: where they end up tells what an unknown value is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin

from pulumi import _types as sdk_types

if TYPE_CHECKING:
    from collections.abc import Iterator

Hole: TypeAlias = tuple[str, str]
"""URN of a resource, or token of a look-up, and path of one of its outputs."""

_DEEPEST = 3
"""Levels of lists and objects of an output that get markers."""


class Style(Enum):
    """How markers look. Whatever a program computes from one, its length say, comes out otherwise from the other."""

    ARN = (":".join(("arn", "aws", "hole", "us-east-1", "000000000000", "hOlE")), "eLoH", 1)
    OPAQUE = ("pArTiAlLyKnOwN00", "nWoNkYlLaItRaP", 2)

    @property
    def core(self) -> str:
        """What a piece of a marker betrays itself by, in lower case."""
        return self.value[0].rpartition(":")[2].lower()

    @property
    def length(self) -> int:
        """Number of elements of a list whose length only a deployment knows."""
        return self.value[2]


@dataclass
class Marks:
    """The markers of one run.

    Args:
        style: how they look.
    """

    style: Style
    _holes: list[Hole] = field(default_factory=list)

    def mark(self, source: str, output: str) -> str:
        """A marker for an output of a resource or a look-up."""
        self._holes.append((source, output))
        start, end, _ = self.style.value
        return f"{start}{len(self._holes) - 1}{end}"

    def shape(self, kind: Any, source: str, path: str, depth: int = 0) -> Any:  # noqa: ANN401 - a type; any JSON value
        """Markers for an output of a type: text, lists and objects of text; None for anything else."""
        kind = sdk_types.unwrap_type(kind)
        if kind is str:
            return self.mark(source, path)
        if depth == _DEEPEST:
            return None
        if get_origin(kind) in (list, Sequence):
            entry = get_args(kind)[0]
            entries = [self.shape(entry, source, f"{path}[{i}]", depth + 1) for i in range(self.style.length)]
            return None if None in entries else entries
        if isinstance(kind, type) and sdk_types.is_output_type(kind):
            members = {
                name: self.shape(member, source, f"{path}.{name}".lstrip("."), depth + 1)
                for name, member in sdk_types.output_type_types(kind).items()
            }
            # A member that is left out would be None, which a program would take for known.
            return None if None in members.values() else members
        return None

    def parts(self, text: str) -> list[str | Hole] | None:
        """A text as known text and holes; None where a piece of a marker is left over."""
        found = list(self._parts(text))
        pieces = (self.style.core, self.style.value[1].lower(), "000000000000:")
        left = " ".join(part for part in found if isinstance(part, str)).lower()
        return None if any(piece in left for piece in pieces) else found

    def _parts(self, text: str) -> Iterator[str | Hole]:
        start, end, _ = self.style.value
        known = 0
        for match in re.finditer(f"{start}(\\d+){end}", text):
            if match.start() > known:
                yield text[known : match.start()]
            yield self._holes[int(match[1])]
            known = match.end()
        if known < len(text):
            yield text[known:]
