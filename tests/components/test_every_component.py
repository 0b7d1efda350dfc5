"""Every component has tests of its own, and says by its type where it lies.

Children's names and parents are held by `build` itself, for each component that a test builds.
Not proven: that the tests of a component are good ones.
"""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path
from typing import Final

import pulumi
import pytest

ROOT: Final = Path(__file__).resolve().parents[2]


def components() -> list[type[pulumi.ComponentResource]]:
    """Every component class below components/, whether anything uses it or not."""
    for path in sorted((ROOT / "components").rglob("*.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    own = (kind for kind in below(pulumi.ComponentResource) if kind.__module__.startswith("components."))
    return sorted(own, key=lambda kind: kind.__name__)


def below(kind: type[pulumi.ComponentResource]) -> set[type[pulumi.ComponentResource]]:
    return {one for child in kind.__subclasses__() for one in (child, *below(child))}


COMPONENTS: Final = components()


def test_there_are_components() -> None:
    assert len(COMPONENTS) >= 29


@pytest.mark.parametrize("kind", COMPONENTS, ids=lambda kind: kind.__name__)
def test_it_has_tests_of_its_own(kind: type) -> None:
    *folders, module = kind.__module__.split(".")
    tests = Path("tests", *folders, f"test_{module}.py")
    text = (ROOT / tests).read_text(encoding="utf-8") if (ROOT / tests).is_file() else ""
    assert re.search(rf"\b{kind.__name__}\(", text), f"write tests of {kind.__name__} in {tests}"
    assert "build(" in text, f"{tests} builds nothing on mocks"


@pytest.mark.parametrize("kind", COMPONENTS, ids=lambda kind: kind.__name__)
def test_its_type_says_where_it_lies(kind: type) -> None:
    """`ascent:<layer>:<Class>`, whatever folder of the layer it lies in; the platform lies in no layer."""
    _, layer, *_ = kind.__module__.split(".")
    path = ROOT / Path(*kind.__module__.split(".")).with_suffix(".py")
    assert registered_types(path, kind.__name__) == [f"ascent:{layer}:{kind.__name__}"]


def registered_types(path: Path, name: str) -> list[object]:
    """The types that a class gives to `super().__init__`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    (body,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    return [
        argument.value
        for node in ast.walk(body)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant)
    ]


def test_no_two_components_share_a_type() -> None:
    names = [kind.__name__ for kind in COMPONENTS]
    assert len(names) == len(set(names))


def test_every_module_of_tests_says_what_it_does_not_prove() -> None:
    """A user who reads it must not think that a green test means that AWS takes it."""
    layers = [path for path in (ROOT / "tests/components").rglob("test_*.py") if "build(" in path.read_text()]
    silent = [str(path.relative_to(ROOT)) for path in layers if "Not proven:" not in path.read_text()]
    assert not silent, f"say what is not proven, in the docstring of {', '.join(silent)}"
