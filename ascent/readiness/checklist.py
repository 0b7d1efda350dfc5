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
from common.yaml_text import read_with_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from common.problems import Problem
    from common.yaml_text import Rows

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
    def by_rule(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the items that a rule proves, or a part of each, by the rule's id."""
        found: dict[str, tuple[int, ...]] = {}
        for item in self.items:
            for rule in item.proof.rules:
                found[rule] = (*found.get(rule, ()), item.number)
        return found

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
        InputError: a file is malformed, an item lacks something or stands twice, or a remedy meets an item that there
            is not or that has another; a line for each.
    """
    areas: list[Area] = []
    items: dict[int, Item] = {}
    problems: list[str] = []
    for path in sorted(directory.glob("*.yaml")):
        content, rows = read_with_rows(path)
        if not isinstance(content, dict) or not isinstance(content.get("items"), dict):
            problems.append(f"{path.name}: has no items; write items: with an item below each number")
            continue
        area, found, wrong = _read_area(path.stem, content, rows)
        problems += (problem.line(path.name) for problem in wrong)
        areas += [area] if area else []
        for item in found:
            if item.number in items:
                first = items[item.number].area
                problems.append(f"{path.name}: items.{item.number} stands in {first}.yaml too; delete one of them")
            items[item.number] = item
    if not problems and not items:
        problems.append(f"{directory.name}: holds no items; it needs a YAML file per area")
    if not problems:
        problems += _wrong_remedies(items)
    if problems:
        raise InputError("\n".join(problems))
    return Checklist(
        tuple(sorted(areas, key=lambda area: (area.order, area.name))), tuple(items[n] for n in sorted(items))
    )


def _read_area(name: str, content: dict[str, Any], rows: Rows) -> tuple[Area | None, list[Item], list[Problem]]:
    """One file's area, items and problems."""
    problems: list[Problem] = []
    items: list[Item] = []
    area = None
    heading = {key: value for key, value in content.items() if key != "items"}
    try:
        area = Area.model_validate({"name": name, **heading})
    except ValidationError as error:
        problems += Translation(model=Area, rows=rows).problems(error)
    for number, raw in content["items"].items():
        try:
            fields = {"number": number, "area": name, **raw} if isinstance(raw, dict) else raw
            items.append(Item.model_validate(fields))
        except ValidationError as error:
            said = Translation(model=Item, root=f"items.{number}", rows=rows, within=("items", str(number)))
            problems += said.problems(error)
    return area, items, problems


def _wrong_remedies(items: Mapping[int, Item]) -> Iterator[str]:
    """What is wrong with the items that remedies name beside their own."""
    home = {item.number: item for item in items.values() if item.remedy}
    for item in tuple(home.values()):
        for other in item.remedy.others if item.remedy else ():
            place = f"{item.area}.yaml: items.{item.number}.remedy.with names {other}"
            if other not in items:
                yield f"{place}, but there is no such item; correct it"
            elif other in home:
                yield f"{place}, whose remedy stands at {home[other].number} already; delete one of them"
            home.setdefault(other, item)
