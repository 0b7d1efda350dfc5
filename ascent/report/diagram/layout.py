"""Places for the boxes of a diagram: users and edge on top, the region with its networks below, other services last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from ascent.catalog.services import GATEWAY, NAT
from ascent.report.diagram.network import Network, Row, Subnet
from ascent.report.diagram.scene import Node, Scene, is_edge

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL: Final = 172
"""Least width of a subnet, for its name and an IPv4 block in small print."""
CONTENT: Final = 600
"""Least width of a network's content, so that three services fit side by side."""
GAP: Final = 16
INSET: Final = 20
HEAD: Final = 26
"""Height of a container's title."""
CHIP: Final = 26
BAR: Final = 44
CARD: Final = 62
LANE: Final = 10
"""Distance of two arrows that run side by side."""
PER_LINE: Final = 3
"""Services side by side."""

_TITLES: Final = {Row.PUBLIC: "Public subnets", Row.PRIVATE: "Private subnets", Row.DATA: "Data subnets"}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the diagram."""

    id: str
    parent: str
    """Id of the box around it; empty for the outermost ones."""
    style: str
    """CSS class."""
    x: float
    y: float
    width: float
    height: float
    title: str = ""
    lines: tuple[str, ...] = ()
    tooltip: str = ""
    is_container: bool = False
    cost: str = ""
    """What it costs a month."""
    findings: int = 0
    """How many findings are open."""

    @property
    def right(self) -> float:
        """Its right border."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower border."""
        return self.y + self.height


@dataclass(slots=True)
class Layout:
    """All boxes, parents before children, and the free space that arrows may use."""

    boxes: list[Box]
    width: float
    height: float = 0
    left: float = 0
    """Where the content of the networks begins; arrows into it run to the left of this."""
    right: float = 0
    """Where it ends; arrows out of it run to the right of this."""
    gutters: tuple[float, ...] = ()
    """x of the free space between zones, from the most to the least wanted."""
    tracks: dict[str, int] = field(default_factory=dict)
    """Source of an arrow to a service → how far above the first line of services the arrow runs."""
    first_line: float = 0
    """y of the first line of services; arrows spread out above it."""

    def box(self, id_: str) -> Box:
        """The box of a node."""
        return next(b for b in self.boxes if b.id == id_)


def arrange(scene: Scene) -> Layout:
    """Give every box its place.

    Args:
        scene: what to draw.
    """
    outside = len({a.source for a in scene.arrows} & {n.id for n in scene.nodes if is_edge(n)})
    inside = len({a.source for a in scene.arrows}) - outside
    side = GAP + LANE * max(outside, inside)
    cards = {n.id for n in scene.nodes if n.network is None and not is_edge(n)}
    to_cards = dict.fromkeys(a.source for a in scene.arrows if a.target in cards)
    zones = max((len(n.zones) for n in scene.networks), default=1)
    content = max(CONTENT, zones * CELL + (zones - 1) * GAP + 2 * INSET)
    width = content + 2 * (side + 2 * GAP)
    cell = (content - 2 * INSET - (zones - 1) * GAP) / zones
    left = 2 * GAP + side
    between = [left + INSET + i * cell + (i - 0.5) * GAP for i in range(1, zones)]
    middle = sorted(between, key=lambda x: abs(x - width / 2))
    layout = Layout([], width, 0, left, left + content)
    layout.tracks = {source: number for number, source in enumerate(to_cards)}
    layout.gutters = (*middle, left + content - INSET / 2, left + INSET / 2)
    y = _edge(layout, [n for n in scene.nodes if is_edge(n)], outside)
    top = y
    place = len(layout.boxes)
    y += HEAD
    for index, network in enumerate(scene.networks):
        y = _network(layout, scene, index, network, y, cell) + GAP
    rest = [n for n in scene.nodes if n.network is None and not is_edge(n)]
    y = _cards(layout, rest, y, len(to_cards))
    title = f"Region {scene.region}" if scene.region else "Region"
    around = Box("region", "", "region", GAP / 2, top, width - GAP, y - top, title, is_container=True)
    layout.boxes.insert(place, around)
    layout.height = y + GAP / 2
    return layout


def _leaf(node: Node, parent: str, x: float, y: float, width: float, height: float) -> Box:
    title = node.label + (f" \N{MULTIPLICATION SIGN}{node.count}" if node.count > 1 else "")
    names = ", ".join(r.name for r in node.members)
    box = Box(node.id, parent, node.family.value, x, y, width, height, title, node.details, names)
    cost = f"${node.mark.dollars:,.0f}" if node.mark.dollars >= 1 else ""
    return replace(box, cost=cost, findings=node.mark.findings)


def _edge(layout: Layout, nodes: Sequence[Node], sources: int) -> float:
    y = GAP / 2
    if not nodes:
        return y
    gap = 2 * GAP
    width = min(CELL, (layout.width - 2 * GAP - (len(nodes) - 1) * gap) / len(nodes))
    x = (layout.width - len(nodes) * width - (len(nodes) - 1) * gap) / 2
    for number, node in enumerate(nodes):
        layout.boxes.append(_leaf(node, "", x + number * (width + gap), y, width, BAR))
    return y + BAR + LANE * (sources + 1)


def _network(layout: Layout, scene: Scene, index: int, network: Network, y: float, cell: float) -> float:
    top, place, me = y, len(layout.boxes), f"vpc{index}"
    nodes = [n for n in scene.nodes if n.network == index]
    content = layout.right - layout.left
    y += HEAD
    whole = [n for n in nodes if not n.subnets]
    for node in (n for n in whole if n.label == GATEWAY.label):
        layout.boxes.append(_leaf(node, me, layout.left, y, content, CHIP))
        y += CHIP + GAP
    for number, zone in enumerate(network.zones):
        x = layout.left + INSET + number * (cell + GAP)
        layout.boxes.append(Box(f"{me}z{number}", me, "zone", x, y, cell, CHIP - 6, zone))
    y += CHIP
    for row in Row:
        if subnets := network.row(row):
            here = [n for n in nodes if n.subnets and n.subnets[0].row is row]
            y = _row(layout, me, row, subnets, network.zones, here, y, cell) + GAP
    for node in (n for n in whole if n.label != GATEWAY.label):
        layout.boxes.append(_leaf(node, me, layout.left, y, content, BAR))
        y += BAR + GAP
    block = network.vpc.inputs.get("cidrBlock")
    title = f"VPC {block}" if isinstance(block, str) and len(block) < 20 else "VPC"
    box = Box(
        me, "region", "vpc", GAP, top, layout.width - 2 * GAP, y - top, title, (), network.vpc.name, is_container=True
    )
    layout.boxes.insert(place, box)
    return y


def _row(
    layout: Layout,
    parent: str,
    row: Row,
    subnets: Sequence[Subnet],
    zones: tuple[str, ...],
    nodes: Sequence[Node],
    y: float,
    cell: float,
) -> float:
    top, place, me = y, len(layout.boxes), f"{parent}{row.value}"
    content = layout.right - layout.left
    y += HEAD
    lowest = y
    chips = [n for n in nodes if n.label == NAT.label]
    for number, zone in enumerate(zones):
        x, at = layout.left + INSET + number * (cell + GAP), y
        for subnet in (s for s in subnets if s.zone == zone):
            inside = [n for n in chips if n.subnets[0] is subnet]
            height = CARD - 6 + len(inside) * (CHIP + 6)
            layout.boxes.append(_subnet(me, subnet, x, at, cell, height))
            for order, node in enumerate(inside):
                chip = _leaf(node, subnet.resource.urn, x + 8, at + CARD - 8 + order * (CHIP + 6), cell - 16, CHIP)
                layout.boxes.append(chip)
            at += height + GAP / 2
        lowest = max(lowest, at)
    y = lowest + GAP / 2
    for node in (n for n in nodes if n not in chips):
        spanned = [zones.index(s.zone) for s in node.subnets if s.zone in zones]
        first, last = min(spanned), max(spanned)
        x = layout.left + first * (cell + GAP) + (INSET - 12)
        width = (last - first + 1) * (cell + GAP) - GAP + 24
        layout.boxes.append(_leaf(node, me, x, y, width, BAR))
        y += BAR + GAP
    box = Box(me, parent, f"row {row.value}", layout.left, top, content, y - top, _TITLES[row], is_container=True)
    layout.boxes.insert(place, box)
    return y


def _subnet(parent: str, subnet: Subnet, x: float, y: float, width: float, height: float) -> Box:
    block = subnet.resource.inputs.get("cidrBlock")
    lines = (
        block if isinstance(block, str) and len(block) < 20 else "",
        f"out: {subnet.exit}" if subnet.exit else "no route out",
    )
    name = "-".join(subnet.resource.name.rsplit("-", 2)[-2:])
    full = subnet.resource.name
    return Box(subnet.resource.urn, parent, "subnet", x, y, width, height, name, lines, full, is_container=True)


def _cards(layout: Layout, nodes: Sequence[Node], y: float, sources: int) -> float:
    width = (layout.right - layout.left - (PER_LINE - 1) * GAP) / PER_LINE
    layout.first_line = y + LANE * (sources + 1)
    for start in range(0, len(nodes), PER_LINE):
        y += LANE * (sources + 1) if start == 0 else LANE * 2
        for number, node in enumerate(nodes[start : start + PER_LINE]):
            x = layout.left + number * (width + GAP)
            layout.boxes.append(_leaf(node, "region", x, y, width, CARD))
        y += CARD
    return y + GAP
