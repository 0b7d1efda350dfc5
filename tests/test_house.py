"""The house's own rules: imports point one way, nothing reads the environment where it must not."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {
    "common": {"common"},
    "settings": {"settings", "common"},
    "components": {"components", "settings"},
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
