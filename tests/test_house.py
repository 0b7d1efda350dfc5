"""The house's own rules: imports point one way, nothing reads the environment where it must not."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from common.layers import LAYERS

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {
    "common": {"common"},
    "settings": {"settings", "common"},
    "components": {"components", "settings"},
    "bootstrap": {"bootstrap", "components", "settings", "common"},
    "policies": {"policies", "common"},
    "ascent": {"ascent", "components", "policies", "settings", "common"},
}


def modules(part: str) -> list[Path]:
    return sorted((ROOT / part).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """First names of everything that a file imports absolutely, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("part", list(ALLOWED))
def test_imports_point_one_way(part: str) -> None:
    files = modules(part)
    assert files, f"{part}/ holds no modules"
    for path in files:
        wrong = imports(path) & set(ALLOWED) - ALLOWED[part]
        assert not wrong, f"{path.relative_to(ROOT)} imports {', '.join(sorted(wrong))}"


def layers_of(path: Path) -> set[str]:
    """The folders of components/ that a file imports from."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = {node.module for node in tree if isinstance(node, ast.ImportFrom) and node.module}
    return {module.split(".")[1] for module in named if module.startswith("components.")}


@pytest.mark.parametrize("layer", ["foundation", *LAYERS])
def test_no_layer_stands_on_one_above_it(layer: str) -> None:
    order = ["foundation", *LAYERS]
    folders = {path.name for path in (ROOT / "components").iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(order)
    for path in modules(f"components/{layer}"):
        wrong = layers_of(path) - set(order[: order.index(layer) + 1])
        assert not wrong, f"{path.relative_to(ROOT)} imports {', '.join(sorted(wrong))}"


def test_no_folder_is_a_heap() -> None:
    """More than fifteen files side by side need a reason, and these have one: a file per thing of the same kind."""
    by_kind = {
        "policies/pack/rules",
        "settings/consistency",
        "ascent/cli",
        "ascent/probe/checks",
        "ascent/readiness/data",
        "tests/policies/rule_cases",
        "docs",
        "docs/schemas",
        "docs/runbooks",
        "docs/adr",
    }
    heaps = {
        folder.relative_to(ROOT).as_posix()
        for top in (*ALLOWED, "tests", "docs")
        for folder in [ROOT / top, *(ROOT / top).rglob("*")]
        if folder.is_dir() and "__pycache__" not in folder.parts
        if sum(path.is_file() and path.name != "__init__.py" for path in folder.iterdir()) > 15
    }
    assert heaps <= by_kind


@pytest.mark.parametrize("part", ["components", "settings"])
def test_no_look_ups_beside_the_settings(part: str) -> None:
    """Components and settings use no SDK of AWS, no environment, no subprocess, no clock and no chance."""
    banned = {"boto3", "os", "subprocess", "random", "secrets", "datetime", "time", "uuid", "socket", "requests"}
    for path in modules(part):
        assert not imports(path) & banned, path.relative_to(ROOT)


def test_settings_create_no_resources() -> None:
    for path in modules("settings"):
        assert "pulumi_aws" not in imports(path), path.relative_to(ROOT)


def test_only_the_profiles_know_tiers() -> None:
    """Components decide by typed arguments; a tier's name in one would be a second place where tiers differ."""
    for path in modules("components"):
        names = {n.id for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
        assert "Tier" not in names, path.relative_to(ROOT)


def components_of(layer: str) -> dict[str, Path]:
    """Component classes of a folder of components/, with their files."""
    found = {}
    for path in modules(f"components/{layer}"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            bases = [ast.unparse(base) for base in node.bases] if isinstance(node, ast.ClassDef) else []
            if isinstance(node, ast.ClassDef) and any(base.endswith("ComponentResource") for base in bases):
                found[node.name] = path
    return found


@pytest.mark.parametrize("layer", ["foundation", *LAYERS])
def test_each_component_stands_in_its_layers_note(layer: str) -> None:
    note = ROOT / "docs" / "layers" / f"{layer}.md"
    text, found = note.read_text(encoding="utf-8"), components_of(layer)
    assert found
    missing = [f"{name} ({path.name})" for name, path in found.items() if f"`{name}`" not in text]
    assert not missing, f"docs/layers/{layer}.md says nothing of {', '.join(missing)}: say what it is for"
