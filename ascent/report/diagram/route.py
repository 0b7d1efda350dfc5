"""The ways of a diagram's arrows: straight where nothing stands in between, or else around the networks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ascent.report.diagram.layout import GAP, LANE, Box, Layout
from ascent.report.diagram.scene import Node, Scene, is_edge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.report.diagram.arrows import Arrow

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn arrow: its corners, from the border of one box to that of another."""

    arrow: Arrow
    points: tuple[Point, ...]


def route(scene: Scene, layout: Layout) -> tuple[Line, ...]:
    """The way of every arrow.

    Args:
        scene: what is drawn.
        layout: where.
    """
    return _Router(scene, layout).lines()


def crosses(points: Sequence[Point], box: Box) -> bool:
    """Whether a way of horizontal and vertical pieces passes through the inside of a box."""
    for (x1, y1), (x2, y2) in pairwise(points):
        if min(x1, x2) < box.right and max(x1, x2) > box.x and min(y1, y2) < box.bottom and max(y1, y2) > box.y:
            return True
    return False


class _Router:
    def __init__(self, scene: Scene, layout: Layout) -> None:
        self._scene = scene
        self._layout = layout
        self._nodes = {n.id: n for n in scene.nodes}
        self._boxes = {b.id: b for b in layout.boxes}
        self._solid = [b for b in layout.boxes if not b.is_container or b.style == "subnet"]
        sources = dict.fromkeys(a.source for a in scene.arrows)
        edge = [s for s in sources if is_edge(self._nodes[s])]
        self._rank = {s: n for group in (edge, [s for s in sources if s not in edge]) for n, s in enumerate(group)}

    def lines(self) -> tuple[Line, ...]:
        return tuple(Line(a, self._way(a)) for a in self._scene.arrows)

    def _way(self, arrow: Arrow) -> tuple[Point, ...]:
        source, target = self._boxes[arrow.source], self._boxes[arrow.target]
        return self._straight(source, target) or self._around(arrow, source, target)

    def _straight(self, source: Box, target: Box) -> tuple[Point, ...]:
        """A single line, if there is one that passes through nothing."""
        ways: list[tuple[Point, ...]] = []
        if source.y == target.y:
            y = source.y + source.height / 2
            rightward = source.x < target.x
            ways = [((source.right if rightward else source.x, y), (target.x if rightward else target.right, y))]
        else:
            down = source.y < target.y
            y1, y2 = (source.bottom, target.y) if down else (source.y, target.bottom)
            low, high = max(source.x, target.x), min(source.right, target.right)
            if self._nodes[source.id].network is not None and self._nodes[target.id].network is not None:
                ways = [((x, y1), (x, y2)) for x in self._layout.gutters if low < x < high]
        others = [b for b in self._solid if b not in (source, target)]
        return next((w for w in ways if not any(crosses(w, b) for b in others)), ())

    def _around(self, arrow: Arrow, source: Box, target: Box) -> tuple[Point, ...]:
        node, end = self._nodes[source.id], self._nodes[target.id]
        rank = self._rank[source.id]
        outside = is_edge(node)
        lane = self._layout.left - GAP / 2 - LANE * rank if outside else self._layout.right + GAP / 2 + LANE * rank
        if is_edge(end):
            return self._under(source, target, rank)
        points = self._leave(node, source, lane, rank)
        if end.network is not None:
            y = target.y + target.height * (self._share(arrow))
            return (*points, (lane, y), (target.x if outside else target.right, y))
        x = target.x + target.width * self._share(arrow)
        y = self._above(target, source)
        if node.network is None and not outside and source.y == target.y:
            return (points[0], (points[0][0], y), (x, y), (x, target.y))
        return (*points, (lane, y), (x, y), (x, target.y))

    def _leave(self, node: Node, source: Box, lane: float, rank: int) -> tuple[Point, ...]:
        if is_edge(node):
            x, y = source.x + source.width * 0.35, source.bottom + LANE * (rank + 1)
            return ((x, source.bottom), (x, y), (lane, y))
        if node.network is not None:
            y = source.y + source.height / 2
            return ((source.right, y), (lane, y))
        x, y = source.x + source.width / 2, self._above(source, source)
        return ((x, source.y), (x, y), (lane, y))

    def _under(self, source: Box, target: Box, rank: int) -> tuple[Point, ...]:
        """Below the boxes of the edge, to one of them."""
        y = max(source.bottom, target.bottom) + LANE * (rank + 1)
        x, to = source.x + source.width * 0.65, target.x + target.width * 0.5
        return ((x, source.bottom), (x, y), (to, y), (to, target.bottom))

    def _above(self, box: Box, source: Box) -> float:
        """Where arrows to a line of services run; only above the first line there is room for many."""
        track = self._layout.tracks.get(source.id, 0) if box.y == self._layout.first_line else 0
        return box.y - LANE * (track + 1)

    def _share(self, arrow: Arrow) -> float:
        """How far along its border a box is reached by one of the arrows to it."""
        together = [a.source for a in self._scene.arrows if a.target == arrow.target]
        return (together.index(arrow.source) + 1) / (len(together) + 1)
