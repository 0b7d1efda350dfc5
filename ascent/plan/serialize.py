"""Plan ↔ JSON, as described by docs/schemas/plan.schema.json. Plaintexts of secrets are never written."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from ascent.plan.model import SCHEMA_VERSION, UNKNOWN, Plan, secret
from ascent.plan.offline.wire import is_secret
from common.problems import InputError

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def adapter() -> TypeAdapter[Plan]:
    """What reads and writes a plan; made when it is first needed, because planning needs none."""
    from pydantic import TypeAdapter

    return TypeAdapter(Plan)


def to_json(plan: Plan) -> str:
    """The plan as JSON text; the same plan always yields the same text."""
    return json.dumps(to_dict(plan), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def to_dict(plan: Plan) -> dict[str, Any]:
    """The plan as JSON values. Options that have their default are left out, as are empty references."""
    written = adapter().dump_python(plan, mode="json", by_alias=True, exclude_defaults=True)
    return {"schemaVersion": SCHEMA_VERSION, **_without_plaintexts(written | {"outputs": plan.outputs})}


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
    except RecursionError:
        raise InputError(f"{source}: is nested too deeply for a plan; write one with `ascent plan --out`") from None
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
    from pydantic import ValidationError

    try:
        return adapter().validate_python(document)
    except ValidationError as error:
        from common.validation import Translation

        translation = Translation(model=Plan, fix="write the plan again with `ascent plan --out`")
        raise InputError(next(translation.problems(error)).line(source)) from None
