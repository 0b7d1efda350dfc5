"""The checklist's items, read from one YAML file per area."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from ascent.readiness.model import Area, Item
from common.problems import InputError
from common.validation import Translation
from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA: Final = Path(__file__).parent / "data"
"""Where the items are."""


@dataclass(frozen=True)
class Checklist:
    """All areas and items.

    Attributes:
        areas: in their order.
        items: by number, ascending.
    """

    areas: tuple[Area, ...]
    items: tuple[Item, ...]

    @cached_property
    def by_number(self) -> Mapping[int, Item]:
        """Items by number."""
        return {item.number: item for item in self.items}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Paths and patterns of all files that prove something."""
        return tuple(dict.fromkeys(proof.path for item in self.items for proof in item.proof.files))


@lru_cache(maxsize=1)
def shipped() -> Checklist:
    """The checklist that comes with Ascent."""
    return load(DATA)


def load(directory: Path) -> Checklist:
    """Read a checklist.

    Args:
        directory: holds a YAML file per area with `title`, `order` and `items`, an object of items by number.

    Raises:
        InputError: a file is malformed, an item lacks something or stands twice; a line for each.
    """
    areas: list[Area] = []
    items: dict[int, Item] = {}
    problems: list[str] = []
    for path in sorted(directory.glob("*.yaml")):
        content = read_yaml(path)
        if not isinstance(content, dict) or not isinstance(content.get("items"), dict):
            problems.append(f"{path.name}: has no items; write items: with an item below each number")
            continue
        area, found, wrong = _read_area(path, content)
        problems += wrong
        areas += [area] if area else []
        for item in found:
            if item.number in items:
                first = items[item.number].area
                problems.append(f"{path.name}: items.{item.number} stands in {first}.yaml too; delete one of them")
            items[item.number] = item
    if not problems and not items:
        problems.append(f"{directory.name}: holds no items; it needs a YAML file per area")
    if problems:
        raise InputError("\n".join(problems))
    return Checklist(
        tuple(sorted(areas, key=lambda area: (area.order, area.name))), tuple(items[n] for n in sorted(items))
    )


def _read_area(path: Path, content: dict[str, Any]) -> tuple[Area | None, list[Item], list[str]]:
    """One file's area, items and problems."""
    problems: list[str] = []
    items: list[Item] = []
    area = None
    heading = {key: value for key, value in content.items() if key != "items"}
    try:
        area = Area.model_validate({"name": path.stem, **heading})
    except ValidationError as error:
        problems += (p.line(path.name) for p in Translation(model=Area).problems(error))
    for number, raw in content["items"].items():
        try:
            fields = {"number": number, "area": path.stem, **raw} if isinstance(raw, dict) else raw
            items.append(Item.model_validate(fields))
        except ValidationError as error:
            translation = Translation(model=Item, root=f"items.{number}")
            problems += (p.line(path.name) for p in translation.problems(error))
    return area, items, problems
