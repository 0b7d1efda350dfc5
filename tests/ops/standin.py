"""What the stand-in of AWS holds for operations, and records of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ascent.ops.record import DIRECTORY, OperationRecord

if TYPE_CHECKING:
    from pathlib import Path

REGION = "us-east-1"
SERVICES = (
    *("applicationautoscaling", "autoscaling", "dynamodb", "ec2", "ecs", "elbv2", "fis", "rds", "route53"),
    *("secretsmanager", "sts"),
)


def entry(kind: str, called: str, id: str = "", /, **outputs: Any) -> dict[str, Any]:  # noqa: ANN401
    """A resource of a state."""
    return {
        "urn": f"urn:pulumi:dev::ascent::{kind}::{called}",
        "custom": True,
        "type": kind,
        "id": id,
        "outputs": {"region": REGION, **outputs},
    }


def state(*resources: dict[str, Any], outputs: dict[str, Any] | None = None) -> dict[str, Any]:
    """A state of the stack dev."""
    stack = entry("pulumi:pulumi:Stack", "ascent-dev")
    return {"version": 3, "deployment": {"resources": [{**stack, "outputs": outputs or {}}, *resources]}}


def records(directory: Path) -> list[OperationRecord]:
    """The records that a project holds."""
    files = sorted((directory / DIRECTORY).glob("*.json"))
    return [OperationRecord.model_validate(json.loads(file.read_text(encoding="utf-8"))) for file in files]
