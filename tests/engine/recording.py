"""Plans as files, for comparing with what awsx itself once registered.

`recorded/awsx_network.json` holds what the real engine previewed for the `Network` component of `programs/sample` with
awsx's own provider program and the stand-in AWS provider: the children of `awsx.ec2.Vpc` and every resource that uses
one of its outputs. It is evidence, not a product: it is recorded again when awsx is upgraded, never edited.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascent.plan.model import Options, Plan, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORDED = Path(__file__).parent / "recorded" / "awsx_network.json"
RECORDED_PART = "::sample:network:Network"
"""What the URNs of the recorded resources have in common."""


def part(plan: Plan) -> Plan:
    """The recorded part of a plan of the sample program."""
    return replace(plan, resources=tuple(r for r in plan.resources if RECORDED_PART in r.urn), outputs={})


def write(plan: Plan, path: Path) -> None:
    """Write the recorded part of `plan`, one resource per line."""
    head = {name: getattr(plan, name) for name in ("project", "stack", "tier", "region")}
    lines = [json.dumps(asdict(resource), sort_keys=True) for resource in sorted(part(plan).resources, key=_urn)]
    path.write_text("\n".join([json.dumps(head), *lines]) + "\n", encoding="utf-8")


def read(path: Path) -> Plan:
    """The plan that `write` wrote to `path`."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return Plan(**json.loads(head), resources=tuple(_resource(json.loads(line)) for line in lines))


def _resource(plain: Mapping[str, Any]) -> Resource:
    options = {key: tuple(v) if isinstance(v, list) else v for key, v in plain["options"].items()}
    dependencies = {
        "dependencies": tuple(plain["dependencies"]),
        "property_dependencies": {key: tuple(urns) for key, urns in plain["property_dependencies"].items()},
    }
    return Resource(**{**plain, **dependencies, "options": Options(**options)})


def _urn(resource: Resource) -> str:
    return resource.urn
