"""Python files: what they define, and what tests assert."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ascent.readiness.content.ground import Ground
    from ascent.readiness.model import FileProof

_LEAST_PARTS: Final = 3
"""Fewest members of a class, or entries of a value, that make it more than a name."""
_ASSERTING: Final = ("assert", "raises", "warns", "fail", "check", "expect", "verify")
"""How functions begin or end that fail a test."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def module(_path: str, text: str, proof: FileProof, _ground: Ground) -> str:
    """What a module lacks: it is Python, and defines what it must with something in it."""
    tree = parsed(text)
    if tree is None:
        return "is no Python"
    for name in proof.names:
        found = [node for node in tree.body if name in _defined(node)]
        if not found:
            return f"defines no {name}"
        if not any(_substantial(node) for node in found):
            return f"defines {name} with nothing in it"
    return ""


def tests(_path: str, text: str, _proof: FileProof, _ground: Ground) -> str:
    """What a module of tests lacks: it is Python, and a test in it can fail."""
    tree = parsed(text)
    if tree is None:
        return "is no Python"
    if not tests_of(tree):
        return "has no test"
    return "" if asserting_tests(tree) else "asserts nothing"


def asserting_tests(tree: ast.Module) -> frozenset[str]:
    """The tests of a module, as `tests_of` names them, in which something can fail."""
    helpers = {node.name for node in ast.walk(tree) if isinstance(node, _Function) and _asserts(node, frozenset())}
    return frozenset(name for name, node in tests_of(tree).items() if _asserts(node, frozenset(helpers)))


def parsed(text: str) -> ast.Module | None:
    """A module's tree; None for what is no Python."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def tests_of(tree: ast.Module) -> dict[str, _Function]:
    """The test functions of a module by `test` or `Class::test`, those of its bases in the module included."""
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    found: dict[str, _Function] = {}
    for node in tree.body:
        if isinstance(node, _Function) and node.name.startswith("test"):
            found[node.name] = node
    for name in classes:
        for function in _inherited(name, classes, set()):
            if function.name.startswith("test"):
                found.setdefault(f"{name}::{function.name}", function)
    return found


def _inherited(name: str, classes: dict[str, ast.ClassDef], seen: set[str]) -> list[_Function]:
    if name not in classes or name in seen:
        return []
    own = [node for node in classes[name].body if isinstance(node, _Function)]
    bases = [base.id for base in classes[name].bases if isinstance(base, ast.Name)]
    return [*own, *(f for base in bases for f in _inherited(base, classes, {*seen, name}))]


def _asserts(function: _Function, helpers: frozenset[str]) -> bool:
    """Whether something in a test can fail it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in helpers or name.startswith(_ASSERTING) or name.endswith(_ASSERTING):
                return True
    return False


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _substantial(node: ast.stmt) -> bool:
    if isinstance(node, ast.ClassDef):
        parts = [n for n in node.body if isinstance(n, ast.AnnAssign | ast.Assign | ast.FunctionDef)]
        return len(parts) >= _LEAST_PARTS
    if isinstance(node, _Function):
        return any(not isinstance(n, ast.Pass | ast.Expr) for n in node.body)
    value = getattr(node, "value", None)
    entries = getattr(value, "keys", None) or getattr(value, "elts", None) or ()
    return len({ast.dump(n) for n in getattr(value, "values", None) or entries}) >= _LEAST_PARTS
