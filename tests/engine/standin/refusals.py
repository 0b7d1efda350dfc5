"""What AWS refuses, in its own words, so that a deployment fails here where it would fail there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.engine.standin.facts import identity, in_use, quotas
from tests.engine.standin.wire import changed, strings_in, values_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.engine.standin.memory import Thing

DATABASE = "aws:rds/instance:Instance"
VPC_ORIGIN = "aws:cloudfront/vpcOrigin:VpcOrigin"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"

DELETION_PROTECTIONS = {
    "aws:cognito/userPool:UserPool": ("deletionProtection", "ACTIVE"),
    "aws:docdb/cluster:Cluster": ("deletionProtection", True),
    "aws:dynamodb/table:Table": ("deletionProtectionEnabled", True),
    "aws:lb/loadBalancer:LoadBalancer": ("enableDeletionProtection", True),
    "aws:alb/loadBalancer:LoadBalancer": ("enableDeletionProtection", True),
    "aws:rds/cluster:Cluster": ("deletionProtection", True),
    "aws:rds/globalCluster:GlobalCluster": ("deletionProtection", True),
    DATABASE: ("deletionProtection", True),
}
"""Type → the input, and its value, with which AWS refuses a deletion whatever Pulumi says."""
FINAL_SNAPSHOT = frozenset({"aws:docdb/cluster:Cluster", "aws:rds/cluster:Cluster", DATABASE})
"""Types that are not deleted before it is said what becomes of their data."""


def deletion_refusal(kind: str, name: str, inputs: Mapping[str, Any], *, unlocked: bool) -> str:
    """Why AWS would not delete a resource with these inputs; empty where it would.

    `unlocked` stands for an operator who has switched AWS's own deletion protections off.
    """
    key, value = DELETION_PROTECTIONS.get(kind, ("", None))
    if key and not unlocked and inputs.get(key) == value:
        return f"AWS refuses to delete {name}: {key} is on"
    snapshot = inputs.get("skipFinalSnapshot") or inputs.get("finalSnapshotIdentifier")
    # A replica has no snapshot of its own.
    if kind in FINAL_SNAPSHOT and not snapshot and not inputs.get("replicateSourceDb"):
        return f"AWS refuses to delete {name}: neither skipFinalSnapshot nor finalSnapshotIdentifier is set"
    return ""


def use_refusal(thing: Thing, others: Iterable[Thing]) -> str:
    """Why AWS would not delete an object that others use; empty where none does."""
    known = in_use(thing.kind)
    by = [use.rpartition(".") for use in known.get("by", ())]
    own = known.get("own", "")
    for other in others:
        for kind, _, path in by:
            if other.kind != kind or (own and thing.goes_by(str(other.inputs.get(own)))):
                continue
            if any(map(thing.goes_by, _named(values_at(other.inputs, path)))):
                return f"{known['error']}: {thing.name} is used by {other.name} ({path})"
    return ""


def _named(references: Iterable[Any]) -> Iterator[str]:
    """References, and what is named in quotes inside of them, as alarms are in a composite alarm's rule."""
    for reference in map(str, references):
        yield reference
        yield from _QUOTED.findall(reference)


_QUOTED = re.compile(r'"([^"]+)"')


def identity_of(kind: str, whole: Mapping[str, Any], region: str) -> list[str]:
    """What nobody else may have, once an object of this type has it; empty where nothing can collide.

    Args:
        kind: the type token.
        whole: an object's inputs and outputs.
        region: where it is.
    """
    row = identity(kind)
    where = region if row.get("scope", "region") == "region" else ""
    keys: list[Any] = row.get("unique", [])
    if not keys:
        return []
    if keys[0].endswith("[]"):
        return [json.dumps([where, one]) for one in whole.get(keys[0].removesuffix("[]")) or ()]
    values = [_at(whole, key) for key in keys]
    return [json.dumps([where, *values])] if any(value not in (None, "") for value in values) else []


def duplicate(kind: str, whole: Mapping[str, Any], region: str, others: Iterable[Thing]) -> Thing | None:
    """The object that already is what `whole` would become."""
    wanted = set(identity_of(kind, whole, region))
    return next((o for o in others if o.kind == kind and wanted & set(identity_of(kind, o.whole, o.region))), None)


def overwrites(kind: str, inputs: Mapping[str, Any]) -> bool:
    """Whether creating what exists takes it over in silence."""
    row = identity(kind)
    return bool(row.get("put")) or bool(inputs.get(row.get("unless", "")))


def quota_refusal(kind: str, inputs: Mapping[str, Any], others: Iterable[Thing]) -> str:
    """Which limit one more object with these inputs would exceed; empty where it fits."""
    for quota in quotas(kind):
        per = {key: inputs.get(key) for key in quota["per"]}
        fellows = [o.inputs for o in others if o.kind == kind and all(o.inputs.get(k) == v for k, v in per.items())]
        used = sum(_weight(quota, one) for one in [*fellows, inputs])
        if used > quota["limit"]:
            return f"{quota['error']}: {used} of {quota['limit']} for {per or 'the region'}"
    return ""


def update_refusal(thing: Thing, new: Mapping[str, Any], others: Iterable[Thing]) -> str:
    """Why AWS would not change an object in this way; empty where it would."""
    keys = set(changed(thing.inputs, new))
    if thing.kind == VPC_ORIGIN and "vpcOriginEndpointConfig" in keys:
        users = [o for o in others if o.kind == DISTRIBUTION and thing.id in set(strings_in(o.inputs.get("origins")))]
        if users:
            return f"CannotUpdateEntityWhileInUse (409): {thing.name} is used by {users[0].name}"
    if thing.kind == DATABASE:
        before, after = (str(i.get("engineVersion", "")).partition(".")[0] for i in (thing.inputs, new))
        if "engineVersion" in keys and before != after and not new.get("allowMajorVersionUpgrade"):
            return f"InvalidParameterCombination: {thing.name}: AllowMajorVersionUpgrade must be set to go to {after}"
        if new.get("allocatedStorage", 0) < thing.inputs.get("allocatedStorage", 0):
            return f"InvalidParameterCombination: {thing.name}: storage cannot shrink"
    return ""


IN_THE_WINDOW = frozenset({"allocatedStorage", "engineVersion", "instanceClass", "multiAz", "parameterGroupName"})
"""What RDS changes in the next maintenance window, unless it is told to at once."""


def postponed(thing: Thing, new: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an update that AWS accepts now and makes later."""
    if thing.kind != DATABASE or new.get("applyImmediately"):
        return {}
    return {key: new.get(key) for key in IN_THE_WINDOW & set(changed(thing.inputs, new))}


def _at(whole: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any JSON value
    value: Any = whole
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _weight(quota: Mapping[str, Any], inputs: Mapping[str, Any]) -> int:
    """How much of a limit one object takes."""
    if "size" in quota:
        return len("".join(str(inputs.get(quota["size"], "")).split()))
    if "values" in quota:
        return len(values_at(inputs, quota["values"]))
    return next((weight for key, weight in quota.get("weights", {}).items() if inputs.get(key)), 1)
