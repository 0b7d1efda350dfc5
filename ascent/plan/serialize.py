"""Plan ↔ JSON, as described by docs/schemas/plan.schema.json. Plaintexts of secrets are never written."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.model import SCHEMA_VERSION, UNKNOWN, Options, Plan, Resource, secret
from ascent.plan.offline.wire import is_secret
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


_PLAN_KEYS: Final = ("project", "stack", "tier", "region")
_OPTION_KEYS: Final = {field.name: _camel(field.name) for field in fields(Options)}
_DEFAULTS: Final = Options()


def to_json(plan: Plan) -> str:
    """The plan as JSON text; the same plan always yields the same text."""
    return json.dumps(to_dict(plan), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def to_dict(plan: Plan) -> dict[str, Any]:
    """The plan as JSON values. Options that have their default are left out, as are empty references."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        **{key: getattr(plan, key) for key in _PLAN_KEYS},
        "resources": [_resource_to_dict(resource) for resource in plan.resources],
        "outputs": _without_plaintexts(plan.outputs),
    }


def _resource_to_dict(resource: Resource) -> dict[str, Any]:
    always = {
        "urn": resource.urn,
        "type": resource.type,
        "name": resource.name,
        "custom": resource.custom,
        "inputs": _without_plaintexts(resource.inputs),
    }
    options = {
        key: list(value) if isinstance(value, tuple) else value
        for name, key in _OPTION_KEYS.items()
        if (value := getattr(resource.options, name)) != getattr(_DEFAULTS, name)
    }
    filled = {
        "parent": resource.parent,
        "provider": resource.provider,
        "dependencies": list(resource.dependencies),
        "propertyDependencies": {k: list(v) for k, v in resource.property_dependencies.items()},
        "options": options,
    }
    return {**always, **{key: value for key, value in filled.items() if value}}


def _without_plaintexts(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if is_secret(value):
        return secret(UNKNOWN)
    if isinstance(value, dict):
        return {key: _without_plaintexts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_plaintexts(item) for item in value]
    return value


def from_json(text: str, source: str = "plan.json") -> Plan:
    """Read a plan back.

    Args:
        text: what `to_json` wrote.
        source: name of the file, for error messages.

    Raises:
        InputError: not JSON, not a plan, or written by a newer version.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{source}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}") from None
    return from_dict(document, source)


def from_dict(document: Any, source: str = "plan.json") -> Plan:  # noqa: ANN401 - any JSON value
    """Read a plan back from JSON values; see `from_json`."""
    version = document.get("schemaVersion") if isinstance(document, dict) else None
    if type(version) is not int or version < 1:
        raise InputError(f"{source}: not a plan: schemaVersion is missing; write one with `ascent plan --out`")
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{source}: has schema version {version}, newer than {SCHEMA_VERSION}, the latest known; update ascent"
        )
    place = ""
    try:
        resources = []
        for index, entry in enumerate(document["resources"]):
            place = f"resources[{index}]."
            resources.append(_resource_from_dict(entry))
        place = ""
        return Plan(
            **{key: document[key] for key in _PLAN_KEYS},
            resources=tuple(resources),
            outputs=document["outputs"],
        )
    except KeyError as error:
        raise InputError(f"{source}: not a plan: {place}{error.args[0]} is missing") from None
    except (TypeError, AttributeError):
        where = place.rstrip(".") or "resources"
        raise InputError(f"{source}: not a plan: {where} has the wrong shape") from None


def _resource_from_dict(entry: Mapping[str, Any]) -> Resource:
    options = entry.get("options", {})
    return Resource(
        urn=entry["urn"],
        type=entry["type"],
        name=entry["name"],
        parent=entry.get("parent"),
        custom=entry["custom"],
        provider=entry.get("provider", ""),
        inputs=entry["inputs"],
        dependencies=tuple(entry.get("dependencies", ())),
        property_dependencies={k: tuple(v) for k, v in entry.get("propertyDependencies", {}).items()},
        options=Options(**{name: _as_option(options[key]) for name, key in _OPTION_KEYS.items() if key in options}),
    )


def _as_option(value: Any) -> Any:  # noqa: ANN401 - any option
    return tuple(value) if isinstance(value, list) else value
