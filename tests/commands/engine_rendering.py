"""Plans as the engine would write them: a preview digest, a stream of events, a state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ascent.plan.model import SECRET_SIGNATURE, SIGNATURE_KEY, UNKNOWN
from ascent.plan.offline.wire import is_secret

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource

SECRET = {SIGNATURE_KEY: SECRET_SIGNATURE}


def digest(plan: Plan, **config: str) -> str:
    """Output of `pulumi preview --json` for a stack that is not deployed yet."""
    steps = [{"op": "create", "urn": r.urn, "newState": _state(r, hidden="[secret]")} for r in plan.resources]
    document = {"config": _config(plan, config), "steps": steps, "changeSummary": {"create": len(steps)}}
    return json.dumps(document, indent=4)


def stream(plan: Plan, **config: str) -> str:
    """Output of the same with PULUMI_ENABLE_STREAMING_JSON_PREVIEW: events know no references and no options."""
    events: list[dict[str, Any]] = [{"preludeEvent": {"config": _config(plan, config)}}]
    for r in plan.resources:
        left_out = ("dependencies", "propertyDependencies", "ignoreChanges", "customTimeouts")
        state = _state(r, hidden={**SECRET, "ciphertext": "[secret]"})
        new = {key: value for key, value in state.items() if key not in left_out}
        events.append({"resourcePreEvent": {"metadata": {"op": "create", "urn": r.urn, "new": new}, "planning": True}})
        events.append({"resOutputsEvent": {"metadata": {"op": "create", "urn": r.urn, "new": new}, "planning": True}})
    changes = {"create": len(plan.resources)}
    events += [{"summaryEvent": {"resourceChanges": changes, "isPreview": True}}, {"cancelEvent": {}}]
    return "".join(json.dumps({"sequence": n, "timestamp": 1, **event}) + "\n" for n, event in enumerate(events))


def state(plan: Plan, version: int = 3) -> str:
    """Output of `pulumi stack export`; what a deployment would know stays unknown here."""
    hidden = {**SECRET, "ciphertext": "AAABAOxNVnYSFqm9"}
    resources = [{**_state(r, hidden=hidden), "created": "2026-01-01T00:00:00Z"} for r in plan.resources]
    return json.dumps({"version": version, "deployment": {"manifest": {}, "resources": resources, "metadata": {}}})


def checkpoint(plan: Plan) -> str:
    """The same as a self-managed backend keeps it."""
    exported = json.loads(state(plan))
    latest = {"stack": plan.stack, "latest": exported["deployment"]}
    return json.dumps({"version": exported["version"], "checkpoint": latest})


def _config(plan: Plan, extra: dict[str, str]) -> dict[str, str]:
    return {"aws:region": plan.region, **({"ascent:tier": plan.tier} if plan.tier else {}), **extra}


def _state(r: Resource, *, hidden: Any) -> dict[str, Any]:  # noqa: ANN401 - text or object
    found = {
        "urn": r.urn,
        "custom": r.custom,
        "type": r.type,
        "inputs": {"__defaults": [], **_sealed(r.inputs, hidden)},
        "parent": r.parent or "",
        "provider": f"{r.provider}::{UNKNOWN}" if r.provider else "",
        "dependencies": list(r.dependencies),
        # The engine names every input, also those without a reference.
        "propertyDependencies": {key: list(r.property_dependencies.get(key, ())) for key in r.inputs},
        "protect": r.options.protect,
        "retainOnDelete": r.options.retain_on_delete,
        "ignoreChanges": list(r.options.ignore_changes),
        "customTimeouts": {"create": 600} if r.options.custom_timeouts else {},
    }
    return {key: value for key, value in found.items() if value not in ("", [], {}, False) or key == "custom"}


def _sealed(value: Any, hidden: Any) -> Any:  # noqa: ANN401 - any wire value
    if is_secret(value):
        return hidden
    if isinstance(value, dict):
        return {key: _sealed(item, hidden) for key, item in value.items()}
    return [_sealed(item, hidden) for item in value] if isinstance(value, list) else value
