"""What a stack remembers of itself, and that nothing is asked of AWS before it agrees.

Not proven: that the engine calls the hook, and when; tests/engine/test_engine_changes.py does.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import patch

import pulumi
import pytest

from components.foundation.memory import Memory, MemoryArgs
from settings.load import resolve

if TYPE_CHECKING:
    from tests.components.mocks import Build

SETTINGS = resolve({"ascent:tier": "mvp"}, stack="dev", project="shop").settings
NOW = {"application": "shop", "environment": "dev", "region": "us-east-1", "zones": ["us-east-1a", "us-east-1b"]}


def memory() -> Memory:
    return Memory("memory", MemoryArgs(settings=SETTINGS))


def test_it_remembers_names_and_zones_and_agrees_with_itself(build: Build) -> None:
    made = build(memory)
    assert made.inputs("memory") == NOW
    assert made.children == {}
    assert made.attributes["agreed"] is True
    assert made.preview.attributes["agreed"] is True


def compared(before: dict[str, object] | None, *, preview: bool) -> bool:
    """What the engine calls, and then what waits for the answer."""
    found = Memory.__new__(Memory)
    found._settings, found._refusal = SETTINGS, ""
    with patch.object(pulumi.runtime, "is_dry_run", lambda: preview), patch.object(pulumi, "get_stack", lambda: "dev"):
        found._compare(SimpleNamespace(old_inputs=before))  # ty: ignore[invalid-argument-type]
        return found._agree("urn")


@pytest.mark.parametrize("preview", [True, False])
def test_what_differs_is_refused_in_a_preview_and_in_a_deployment(preview: bool) -> None:
    with pytest.raises(pulumi.RunError, match=r"^Pulumi\.dev\.yaml: ascent:environment is dev: .* write ascent:env"):
        compared({**NOW, "environment": "old"}, preview=preview)


@pytest.mark.parametrize("before", [NOW, {}, None])
def test_what_agrees_or_was_not_remembered_passes(before: dict[str, object] | None) -> None:
    assert compared(before, preview=False)
