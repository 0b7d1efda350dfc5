"""Between Pulumi's analyzer protocol and the checklist: requests → facts, results → diagnostics, rules → policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from google.protobuf import json_format
from pulumi.runtime import proto

from .facts import ResourceFacts, StackFacts, canonical_type
from .levels import Level
from .rule import ResourceRule, Rule, Severity
from .verdict import Status
from .wire import unwrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .evaluate import Result

PACK: Final = "ascent"
"""Name of the pack, as shown in previews, and of the configuration that names the tier: `ascent:tier`."""

VERSION: Final = "0.0.1"
"""What Pulumi's own SDKs answer; the engine shows PulumiPolicy.yaml's version instead."""

WAIVERS_POLICY: Final = "waivers"
"""Name of the policy under which wrong and unused waivers are reported."""

LEVELS: Final = {
    Level.DISABLED: proto.DISABLED,
    Level.ADVISORY: proto.ADVISORY,
    Level.MANDATORY: proto.MANDATORY,
}
_SEVERITIES: Final = {
    Severity.LOW: proto.POLICY_SEVERITY_LOW,
    Severity.MEDIUM: proto.POLICY_SEVERITY_MEDIUM,
    Severity.HIGH: proto.POLICY_SEVERITY_HIGH,
    Severity.CRITICAL: proto.POLICY_SEVERITY_CRITICAL,
}


def policy_info(rule: Rule, tier: str) -> proto.PolicyInfo:
    """A rule as the engine lists it, at its level for a tier."""
    single = isinstance(rule, ResourceRule)
    return proto.PolicyInfo(
        name=rule.id,
        displayName=rule.title,
        description=f"{rule.title}. {rule.why}",
        enforcementLevel=LEVELS[rule.level(tier)],
        policy_type=proto.POLICY_TYPE_RESOURCE if single else proto.POLICY_TYPE_STACK,
        severity=_SEVERITIES[rule.severity],
        tags=[rule.layer, *rule.anchors],
        remediation_steps=rule.fix,
    )


def resource_facts(request: Any, tier: str, inputs: Mapping[str, Any] | None = None) -> ResourceFacts:  # noqa: ANN401 - two messages
    """Facts about the resource of an `AnalyzeRequest`, or about one of those in an `AnalyzeStackRequest`.

    Args:
        request: the message; only the second kind knows dependencies.
        tier: tier of the stack.
        inputs: what the program asked for; by default the message's own properties, which in a stack request are
            outputs.
    """
    properties = unwrap(json_format.MessageToDict(request.properties)) if inputs is None else inputs
    provider = json_format.MessageToDict(request.provider.properties) if request.HasField("provider") else {}
    references = getattr(request, "propertyDependencies", {})
    return ResourceFacts(
        urn=request.urn,
        type=canonical_type(request.type),
        name=request.name,
        tier=tier,
        props=properties,
        parent=getattr(request, "parent", "") or request.options.parent or None,
        provider=unwrap(provider),
        dependencies=tuple(getattr(request, "dependencies", ())),
        property_dependencies={key: tuple(value.urns) for key, value in references.items()},
        protect=request.options.protect,
    )


def stack_facts(request: proto.AnalyzeStackRequest, tier: str, inputs: Mapping[str, Mapping[str, Any]]) -> StackFacts:
    """Facts about the stack of a request; `inputs` holds what the program asked for, by URN."""
    # Not every command of the CLI says which project and stack it works on; URNs always do.
    first = request.resources[0].urn if request.resources else ""
    stack, _, rest = first.removeprefix("urn:pulumi:").partition("::")
    return StackFacts(
        project=rest.partition("::")[0],
        stack=stack,
        tier=tier,
        resources=tuple(resource_facts(r, tier, inputs.get(r.urn)) for r in request.resources),
    )


def report(response: proto.AnalyzeResponse, result: Result, rule: Rule) -> None:
    """Add a result to a response, unless it is a pass. What is unverified or waived only advises."""
    verdict = result.verdict
    if verdict.status is Status.PASS:
        return
    advisory = verdict.status is Status.UNKNOWN or result.waiver is not None
    response.diagnostics.append(
        proto.AnalyzeDiagnostic(
            policyName=rule.id,
            policyPackName=PACK,
            policyPackVersion=VERSION,
            description=rule.title,
            message=result.message,
            urn=verdict.urn,
            enforcementLevel=LEVELS[Level.ADVISORY if advisory else result.level],
            severity=_SEVERITIES[rule.severity],
        )
    )
