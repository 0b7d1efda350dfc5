"""Where an offline plan and the engine's differ, in words; an empty answer is what the project promises.

Nothing is normalised except what is listed here, each with its reason:

- the engine adds `version` and `__internal` to a provider's inputs: they choose a plugin and say nothing of the stack;
- the engine does not store a remote component's inputs, so only its identity and place are compared;
- numbers of Pulumi's wire are doubles, so 1 and 1.0 are the same;
- durations are compared in seconds: the engine stores `600`, a program writes `10m`;
- an asset's `hash` is the engine's, computed when it reads the asset;
- order means nothing in aliases and in lists of property names, nor between resources: registrations run in parallel;
- an alias given twice (the SDK repeats those of its own classes) is one alias;
- an input made from the answer of a look-up may be unknown offline, where nobody can be asked; a caller names each one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from ascent.plan.model import SIGNATURE_KEY, UNKNOWN, Options

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ascent.plan.model import Plan, Resource

ENGINE_OWNED = frozenset({"version", "__internal"})
PROVIDER_TYPE = "pulumi:providers:"
REMOTE_COMPONENTS = ("awsx:",)
ASSET_SIGNATURES = frozenset({"c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7"})
UNITS_S = {"h": 3600, "m": 60, "s": 1, "ms": 0.001}
ABSENT = "nothing"


def differences(offline: Plan, engine: Plan, looked_up: Collection[str] = ()) -> list[str]:
    """One line per difference between the two plans of one stack, sorted; empty when they are equal.

    `looked_up` names inputs, as `type.property`, that are made from the answer of a look-up.
    """
    return sorted(_differences(offline, engine, looked_up))


def _differences(offline: Plan, engine: Plan, looked_up: Collection[str]) -> Iterator[str]:
    for field in ("project", "stack", "tier", "region"):
        yield from _unequal(f"plan: {field}", getattr(offline, field), getattr(engine, field))
    yield from _unequal("plan: outputs", dict(offline.outputs), dict(engine.outputs))
    for twice in _repeated(offline):
        yield f"{twice}: registered twice offline"
    for urn in offline.by_urn.keys() - engine.by_urn.keys():
        yield f"{urn}: only in the offline plan"
    for urn in engine.by_urn.keys() - offline.by_urn.keys():
        yield f"{urn}: only in the engine's preview"
    for urn in offline.by_urn.keys() & engine.by_urn.keys():
        yield from _of_resource(offline.by_urn[urn], engine.by_urn[urn], looked_up)


def _of_resource(offline: Resource, engine: Resource, looked_up: Collection[str]) -> Iterator[str]:
    for field in ("type", "name", "parent", "custom", "provider", "dependencies"):
        yield from _unequal(f"{engine.urn}: {field}", getattr(offline, field), getattr(engine, field))
    yield from _unequal(
        f"{engine.urn}: property dependencies",
        {key: list(urns) for key, urns in offline.property_dependencies.items()},
        {key: list(urns) for key, urns in engine.property_dependencies.items()},
    )
    yield from _unequal(f"{engine.urn}: options", _options(offline.options), _options(engine.options))
    if not (engine.type.startswith(REMOTE_COMPONENTS) and not engine.custom):
        known = _inputs(engine)
        asked = {
            key: known[key]
            for key, value in offline.inputs.items()
            if value == UNKNOWN and key in known and f"{engine.type}.{key}" in looked_up
        }
        yield from _unequal(f"{engine.urn}: inputs", {**_inputs(offline), **asked}, known)


def _unequal(where: str, offline: Any, engine: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Lines for the innermost places at which two values differ."""
    if isinstance(offline, dict) and isinstance(engine, dict):
        for key in sorted(offline.keys() | engine.keys()):
            yield from _unequal(f"{where}.{key}", offline.get(key, ABSENT), engine.get(key, ABSENT))
    elif isinstance(offline, list) and isinstance(engine, list) and len(offline) == len(engine):
        for index, (one, other) in enumerate(zip(offline, engine, strict=True)):
            yield from _unequal(f"{where}[{index}]", one, other)
    elif offline != engine or isinstance(offline, bool) != isinstance(engine, bool):
        yield f"{where}: {offline!r} offline, {engine!r} in the engine"


def _inputs(resource: Resource) -> dict[str, Any]:
    owned = ENGINE_OWNED if resource.type.startswith(PROVIDER_TYPE) else frozenset()
    return {key: _without_hash(value) for key, value in resource.inputs.items() if key not in owned}


def _without_hash(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        asset = value.get(SIGNATURE_KEY) in ASSET_SIGNATURES
        return {key: _without_hash(item) for key, item in value.items() if not (asset and key == "hash")}
    if isinstance(value, list):
        return [_without_hash(item) for item in value]
    return value


def _options(options: Options) -> dict[str, Any]:
    """Options as plain data, with order and units out of the way."""
    plain: dict[str, Any] = {name: getattr(options, name) for name in Options.__dataclass_fields__}
    for name, value in plain.items():
        if isinstance(value, tuple):
            plain[name] = sorted(set(value))
    plain["custom_timeouts"] = {key: seconds(text) for key, text in options.custom_timeouts.items()}
    return plain


def seconds(duration: str) -> float:
    """Seconds of a Go duration such as `1h30m`; raises ValueError for anything else."""
    parts = re.findall(r"(\d+(?:\.\d+)?)(h|ms|m|s)", duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ValueError(f"{duration!r} is no duration; write it as 40m or 1h30m")
    return sum(float(number) * UNITS_S[unit] for number, unit in parts)


def _repeated(plan: Plan) -> set[str]:
    """URNs that a plan holds more than once; the engine would refuse the second."""
    return {urn for urn, times in Counter(r.urn for r in plan.resources).items() if times > 1}
