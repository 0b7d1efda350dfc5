"""The published schemas of what Ascent reads and prints: `python -m ascent.output.schemas` writes docs/schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ascent.advise.document import AdviseDocument
from ascent.compare.document import CompareDocument
from ascent.compliance.document import ComplianceDocument
from ascent.cost.document import CostDocument
from ascent.cost.usage.model import Usage
from ascent.diff.document import DiffDocument
from ascent.doctor.document import DoctorDocument
from ascent.plan.model import SCHEMA_VERSION, Plan
from ascent.probe.about import About
from ascent.probe.document import ProbeDocument
from ascent.reach.document import ReachDocument
from ascent.readiness.attestations import AttestationFile
from ascent.readiness.record import ReadinessDocument
from ascent.release.document import ReleaseDocument
from ascent.verdicts.document import CheckDocument, PlanDocument
from ascent.verify.document import VerifyDocument
from ascent.whatif.document import WhatIfDocument

DIRECTORY: Final = Path(__file__).parents[2] / "docs" / "schemas"
"""Where the schemas are published."""

_PRINTED: Final = {
    "advise": ("Advice on an Ascent stack", AdviseDocument),
    "check": ("Verdicts on stacks", CheckDocument),
    "compare": ("Comparison of two Ascent stacks", CompareDocument),
    "compliance": ("Ascent stacks held against a framework", ComplianceDocument),
    "cost": ("Costs of Ascent stacks", CostDocument),
    "diff": ("What a change does to stacks", DiffDocument),
    "doctor": ("What a first deployment of an Ascent stack needs", DoctorDocument),
    "plan": ("Plan of one Ascent stack", Plan),
    "plan-verdicts": ("Plans of Ascent stacks, and the verdicts on them", PlanDocument),
    "probe": ("What an application was found to be", ProbeDocument),
    "reach": ("Who reaches whom in an Ascent stack", ReachDocument),
    "readiness": ("Readiness of Ascent stacks", ReadinessDocument),
    "release": ("A release of an Ascent stack", ReleaseDocument),
    "verify": ("How a deployed Ascent stack is", VerifyDocument),
    "what-if": ("An Ascent stack with other values of settings", WhatIfDocument),
}
_READ: Final = {
    "attestations": ("What people vouch for: docs/attestations.yaml", AttestationFile),
    "probe-about": ("What a probe is told of an application: probe.yaml", About),
    "usage": ("A month's usage of a stack: Usage.STACK.yaml", Usage),
}
_WIRE: Final = (
    "What a stack would register in a deployment from nothing. Values are in Pulumi's wire form: the text "
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9 stands for a value that is known only after deployment; an object whose key "
    "4dabf18193072939515e22adb298388d holds 1b47061264138c4ac30d75fd1eb44270 is a secret, whose plaintext is never "
    "written."
)


class _Plain(GenerateJsonSchema):
    """Schemas without titles and defaults: what a document holds is written out in it."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - pydantic's own
        """Whether a field gets a title made of its name."""
        return False

    def default_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 - pydantic's own
        """The schema of a field that has a default."""
        return self.generate_inner(schema["schema"])


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema, by the name of its file without the ending."""
    found: dict[str, dict[str, Any]] = {}
    for mode, models in (("serialization", _PRINTED), ("validation", _READ)):
        for name, (title, model) in models.items():
            schema = TypeAdapter(model).json_schema(mode=mode, schema_generator=_Plain)
            found[name] = {"$schema": GenerateJsonSchema.schema_dialect, **_closed(schema), "title": title}
    # A stack's own file says what differs from its tier's profile.
    del found["usage"]["required"]
    plan = found["plan"]
    plan["description"] = _WIRE
    plan["properties"]["schemaVersion"] = {
        "const": SCHEMA_VERSION,
        "description": "Raised when a reader of the previous version would misread a plan.",
    }
    plan["required"] = ["schemaVersion", *plan["required"], "outputs"]
    return dict(sorted(found.items()))


def _closed(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """A schema whose objects have no other fields than those it names, and no titles."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _closed(part) for key, part in schema.items() if key != "title" or not isinstance(part, str)}
    return (
        {**found, "additionalProperties": False} if schema.get("type") == "object" and "properties" in schema else found
    )


def text_of(schema: dict[str, Any]) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, schema in schemas().items():
        (DIRECTORY / f"{name}.schema.json").write_text(text_of(schema), encoding="utf-8")
