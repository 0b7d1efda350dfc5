"""What is known of AWS's types, read from `data/`: what forces a replacement, what identifies, uses and limits."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DATA = Path(__file__).parents[1] / "data"


@cache
def _yaml(name: str) -> Any:  # noqa: ANN401 - any data
    return yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def force_new() -> Mapping[str, Any]:
    """The provider's own facts: `replaces`, `autonamed` and `tested`, each by type."""
    return json.loads((DATA / "force_new.json").read_text(encoding="utf-8"))


def identity(kind: str) -> Mapping[str, Any]:
    """What identifies an object of this type; empty where nothing can collide."""
    return _yaml("identity.yaml").get(kind, {})


def in_use(kind: str) -> Mapping[str, Any]:
    """What keeps an object of this type from being deleted; empty where nothing does."""
    return _yaml("in_use.yaml").get(kind, {})


def quotas(kind: str) -> list[Mapping[str, Any]]:
    """AWS's limits on objects of this type."""
    return [quota for quota in _yaml("quotas.yaml") if quota["type"] == kind]


def replaced_by(kind: str, paths: Collection[str]) -> list[str]:
    """Which inputs at these paths can only be changed by making a new resource; with Pulumi's names, sorted."""
    forced = force_new()["replaces"].get(kind, ())
    return sorted(
        {
            path.partition(".")[0]
            for path in paths
            if any(path == force or path.startswith(f"{force}.") or force.startswith(f"{path}.") for force in forced)
        }
    )


def deleted_first(kind: str, inputs: Mapping[str, Any]) -> bool:
    """Whether the provider deletes one with these inputs before it makes the next.

    Pulumi's bridge does so where the program itself gives the name that would else be made up (its function
    `nameRequiresDeleteBeforeReplace`).
    """
    return force_new()["autonamed"].get(kind, "") in inputs
