"""Types: each token is spelled once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policies.pack import types

POLICIES = Path(__file__).resolve().parents[2] / "policies"
SOURCES = [path for path in sorted(POLICIES.rglob("*.py")) if path.name != "types.py"]
TOKENS = {name: token for name, token in vars(types).items() if name.isupper()}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(POLICIES)))
def test_no_token_is_spelled_outside_of_the_list(path: Path) -> None:
    found = re.findall(r"""["'](aws:\w+/\w+:\w+|(?:awsx|pulumi):\w+:\w+)["']""", path.read_text(encoding="utf-8"))
    assert found == [], "write policies.pack.types.SERVICE_CLASS, and add what is missing there"


def test_every_token_stands_once_and_in_order() -> None:
    assert len(TOKENS) > 150
    assert len(set(TOKENS.values())) == len(TOKENS)
    assert list(TOKENS.values()) == sorted(TOKENS.values(), key=lambda token: (token.split(":")[0], token))
