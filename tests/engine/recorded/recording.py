"""What awsx itself registers, kept as a file: the evidence for the offline plan's prediction and for the stand-in.

`awsx_network.json` holds what the real engine previewed for the `Network` component of `programs/sample` with
awsx's own code and the stand-in AWS provider: the children of `awsx.ec2.Vpc`, and every resource that uses one of its
outputs. One resource stands on each line. When awsx is upgraded it is recorded again, never edited:

    python -m tests.engine.recorded.recording path/to/pulumi-resource-awsx
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ascent.plan.serialize import from_dict, to_dict
from tests.engine.cases import SAMPLE
from tests.engine.lifecycle import Lifecycle
from tests.engine.sandbox import Sandbox

if TYPE_CHECKING:
    from ascent.plan.model import Plan

RECORDED = Path(__file__).parent / "awsx_network.json"
RECORDED_PART = "::sample:network:Network"
"""What the URNs of the recorded resources have in common."""


def part(plan: Plan) -> Plan:
    """The recorded part of a plan of the sample program."""
    return replace(plan, resources=tuple(r for r in plan.resources if RECORDED_PART in r.urn), outputs={})


def read() -> Plan:
    """The plan that was recorded."""
    head, *resources = map(json.loads, RECORDED.read_text(encoding="utf-8").splitlines())
    return from_dict({**head, "resources": resources}, RECORDED.name)


def write(plan: Plan) -> None:
    """Write the recorded part of `plan`, in the order of the URNs: the engine's own varies."""
    head = to_dict(part(plan))
    resources = sorted(head.pop("resources"), key=lambda resource: resource["urn"])
    lines = [json.dumps(entry, sort_keys=True) for entry in (head, *resources)]
    RECORDED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(plugin: Path) -> None:
    """Preview the sample program with awsx's own code, and keep what it registers."""
    with tempfile.TemporaryDirectory() as root:
        sandbox = Sandbox.create(Path(root), {"awsx": plugin})
        write(Lifecycle(sandbox, SAMPLE.source, SAMPLE.project, SAMPLE.stack).plan)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
