"""What the engine says a stack is, read from one `pulumi preview`, as a Plan.

Two of the preview's products are needed, because neither holds everything:

- the update plan (`--save-plan --show-secrets`) holds each resource's goal as the engine accepted it: inputs with
  secrets in plaintext, dependencies, aliases, exports;
- the digest (`--json`) holds the options that a goal leaves out: what to retain, ignore and replace.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ascent.plan.model import SECRET_SIGNATURE, SIGNATURE_KEY, Options, Plan, Resource, secret
from ascent.plan.urn import make_urn
from policies.pack.types import PULUMI_PULUMI_STACK

if TYPE_CHECKING:
    from collections.abc import Mapping


def engine_plan(update_plan: Mapping[str, Any], digest: Mapping[str, Any]) -> Plan:
    """The Plan that a preview amounts to; its resources stand in the order in which the engine stepped through them.

    `update_plan` is the parsed file of `--save-plan --show-secrets`, `digest` the parsed output of `--json`.
    """
    states = {s["urn"]: s["newState"] for s in digest["steps"] if not is_default_provider(s["urn"])}
    plans = update_plan["resourcePlans"]
    goals = {urn: planned["goal"] for urn, planned in plans.items() if not is_default_provider(urn)}
    missing = goals.keys() ^ states.keys()
    if missing:
        raise ValueError(f"the preview's digest and its update plan disagree on {sorted(missing)}")
    root = next(urn for urn, goal in goals.items() if goal["type"] == PULUMI_PULUMI_STACK)
    stack, project = root.removeprefix("urn:pulumi:").split("::")[:2]
    config = digest.get("config", {})
    return Plan(
        project=project,
        stack=stack,
        tier=config.get("ascent:tier", ""),
        region=config.get("aws:region", ""),
        resources=tuple(_resource(urn, goals[urn], state) for urn, state in states.items()),
        outputs=revealed(goals[root].get("outputDiff", {}).get("adds", {})),
    )


def is_default_provider(urn: str) -> bool:
    """Whether the engine made this provider for itself; no program registers one, so no Plan holds it."""
    _, _, types, name = urn.split("::", 3)
    return types.startswith("pulumi:providers:") and name.startswith("default")


def revealed(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """`value` with secrets in the wire form that Plans use: the engine's files hold the plaintext as JSON text."""
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET_SIGNATURE:
            return secret(revealed(json.loads(value["plaintext"])))
        return {key: revealed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [revealed(item) for item in value]
    return value


def provider_urn(reference: str) -> str:
    """URN of a provider reference, which the engine writes as `URN::ID`."""
    return reference.rpartition("::")[0]


def _resource(urn: str, goal: Mapping[str, Any], state: Mapping[str, Any]) -> Resource:
    return Resource(
        urn=urn,
        type=goal["type"],
        name=goal["name"],
        parent=goal.get("parent"),
        custom=goal["custom"],
        provider=provider_urn(goal.get("provider", "")),
        inputs=revealed(goal.get("inputDiff", {}).get("adds", {})),
        dependencies=tuple(sorted(goal.get("dependencies") or ())),
        property_dependencies={
            key: tuple(sorted(urns)) for key, urns in (goal.get("propertyDependencies") or {}).items() if urns
        },
        options=Options(
            protect=bool(goal.get("protect")),
            retain_on_delete=bool(state.get("retainOnDelete")),
            delete_before_replace=bool(goal.get("deleteBeforeReplace")),
            ignore_changes=tuple(state.get("ignoreChanges") or ()),
            replace_on_changes=tuple(state.get("replaceOnChanges") or ()),
            additional_secret_outputs=tuple(state.get("additionalSecretOutputs") or ()),
            aliases=tuple(_alias(alias, urn, goal) for alias in goal.get("structuredAliases") or ()),
            import_id=state.get("importID") or "",
            deleted_with=state.get("deletedWith") or "",
            custom_timeouts={key: f"{seconds}s" for key, seconds in (goal.get("customTimeouts") or {}).items()},
        ),
    )


def _alias(alias: Mapping[str, Any], urn: str, goal: Mapping[str, Any]) -> str:
    """The URN that an alias stands for; what it leaves out is as in the resource's own `urn`."""
    if alias.get("URN"):
        return alias["URN"]
    stack, project = urn.removeprefix("urn:pulumi:").split("::")[:2]
    parent = "" if alias.get("NoParent") else alias.get("Parent") or goal.get("parent") or ""
    return make_urn(
        alias.get("Stack") or stack,
        alias.get("Project") or project,
        parent,
        alias.get("Type") or goal["type"],
        alias.get("Name") or goal["name"],
    )
