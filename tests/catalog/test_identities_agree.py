"""What identifies an object in the catalog is what the engine tests' stand-in AWS refuses a second of."""

from __future__ import annotations

from pathlib import Path

from ascent.catalog.lookup import known_of
from common.yaml_text import read_yaml

STANDIN = Path(__file__).parents[1] / "engine" / "data" / "identity.yaml"


def plain(name: str) -> str:
    """A property without the signs that say that it may be missing or is a list."""
    return name.removesuffix("?").removesuffix("[]")


def test_the_catalog_and_the_stand_in_say_the_same() -> None:
    compared = 0
    for type_, row in read_yaml(STANDIN).items():
        ours, theirs = known_of(type_).identity, row.get("unique", [])
        if ours and theirs:
            compared += 1
            assert set(map(plain, ours)) == set(map(plain, theirs)), f"{type_}: ascent/catalog/table.py, {STANDIN.name}"
    assert compared >= 50
