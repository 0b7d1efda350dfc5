"""Between Pulumi's analyzer protocol and the checklist: requests → facts, results → diagnostics, rules → policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi.runtime import proto

from policies.pack.configuration import DEFAULTS, WAIVERS_POLICY, default_config
from policies.pack.engine.wire import unwrap
from policies.pack.facts import ResourceFacts, StackFacts, Value, canonical_type
from policies.pack.facts.secret.blotting import secrets_of
from policies.pack.levels import Level
from policies.pack.parameters import RESERVED
from policies.pack.rule import ResourceRule, Rule, Severity
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policies.pack.configuration import Configuration
    from policies.pack.evaluate import Report, Result
    from policies.pack.remedies import Remedied

PACK: Final = "ascent"
"""Name of the pack, as shown in previews, and of the configuration that names the tier: `ascent:tier`."""

VERSION: Final = "0.0.1"
"""What Pulumi's own SDKs answer; the engine shows PulumiPolicy.yaml's version instead."""

LEVELS: Final = {
    Level.DISABLED: proto.DISABLED,
    Level.ADVISORY: proto.ADVISORY,
    Level.MANDATORY: proto.MANDATORY,
    Level.REMEDIATE: proto.REMEDIATE,
}
_WAIVERS_TITLE: Final = "Waivers are complete, in date, used and no wider than they say"
_SEVERITIES: Final = {
    Severity.LOW: proto.POLICY_SEVERITY_LOW,
    Severity.MEDIUM: proto.POLICY_SEVERITY_MEDIUM,
    Severity.HIGH: proto.POLICY_SEVERITY_HIGH,
    Severity.CRITICAL: proto.POLICY_SEVERITY_CRITICAL,
}


def policy_info(rule: Rule, tier: str) -> proto.PolicyInfo:
    """A rule as the engine lists it, with its level and parameters for a tier."""
    single = isinstance(rule, ResourceRule)
    info = proto.PolicyInfo(
        name=rule.id,
        displayName=rule.title,
        description=f"{rule.title}. {rule.why}",
        enforcementLevel=LEVELS[rule.level(tier)],
        policy_type=proto.POLICY_TYPE_RESOURCE if single else proto.POLICY_TYPE_STACK,
        severity=_SEVERITIES[rule.severity],
        tags=[rule.layer, *rule.anchors],
        remediation_steps=rule.fix,
    )
    if rule.parameters:
        info.configSchema.properties.update({p.name: p.published(tier) for p in rule.parameters})
    return info


def waivers_info() -> proto.PolicyInfo:
    """The policy that speaks about waivers, as the engine lists it."""
    return proto.PolicyInfo(
        name=WAIVERS_POLICY,
        displayName=_WAIVERS_TITLE,
        description=_WAIVERS_TITLE,
        enforcementLevel=proto.ADVISORY,
        policy_type=proto.POLICY_TYPE_STACK,
    )


def configuration(request: proto.ConfigureAnalyzerRequest, tier: str) -> Configuration:
    """What the user sets with `--policy-pack-config`.

    Args:
        request: levels and parameters of all policies; the engine has filled in what the file leaves out.
        tier: tier of the stack, whose own levels and parameters need no reading.

    Raises:
        InputError: something in it is not allowed; a line for each.
    """
    words = {number: level.value for level, number in LEVELS.items()}
    own = {WAIVERS_POLICY: Level.ADVISORY.value, **default_config(tier)}
    given: dict[str, Any] = {}
    for name, policy in request.policyConfig.items():
        level, parameters = words[policy.enforcementLevel], unwrap(plain(policy.properties))
        given[name] = {RESERVED: level, **parameters} if parameters else level
    if all(entry == own.get(name) for name, entry in given.items()):
        return DEFAULTS
    # Only where there is something to validate: the pack starts without pydantic otherwise.
    from policies.pack.policy_file import read_policy_config

    return read_policy_config(given)


def plain(struct: Any) -> dict[str, Any]:  # noqa: ANN401 - protobuf's stubs do not name its messages
    """A Struct as wire values; several times faster than protobuf's own way."""
    return {key: _plain(value) for key, value in struct.fields.items()}


def _plain(value: Any) -> Value:  # noqa: ANN401 - as above
    match value.WhichOneof("kind"):
        case "string_value":
            return value.string_value
        case "number_value":
            return value.number_value
        case "bool_value":
            return value.bool_value
        case "struct_value":
            return plain(value.struct_value)
        case "list_value":
            return [_plain(v) for v in value.list_value.values]
        case _:
            return None


def resource_facts(request: Any, tier: str, inputs: Mapping[str, Any] | None = None) -> ResourceFacts:  # noqa: ANN401 - two messages
    """Facts about the resource of an `AnalyzeRequest`, or about one of those in an `AnalyzeStackRequest`.

    Args:
        request: the message; only the second kind knows dependencies.
        tier: tier of the stack.
        inputs: what the program asked for; by default the message's own properties, which in a stack request are
            outputs: what AWS has answered so far, its id among them.
    """
    given = unwrap(plain(request.properties))
    properties, outputs = (given, {}) if inputs is None else (inputs, given)
    provider = plain(request.provider.properties) if request.HasField("provider") else {}
    references = getattr(request, "propertyDependencies", {})
    return ResourceFacts(
        urn=request.urn,
        type=canonical_type(request.type),
        name=request.name,
        tier=tier,
        props=properties,
        id=name if isinstance(name := outputs.get("id"), str) else "",
        outputs=outputs,
        parent=getattr(request, "parent", "") or request.options.parent or None,
        provider=unwrap(provider),
        dependencies=tuple(getattr(request, "dependencies", ())),
        property_dependencies={key: tuple(value.urns) for key, value in references.items()},
        protect=request.options.protect,
        secrets=secrets_of([properties, outputs]),
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


def report_waivers(response: proto.AnalyzeResponse, findings: Report, urn: str) -> None:
    """Add what is said about waivers to a response, about the stack's URN."""
    for line in findings.waiver_findings:
        response.diagnostics.append(
            proto.AnalyzeDiagnostic(
                policyName=WAIVERS_POLICY,
                policyPackName=PACK,
                policyPackVersion=VERSION,
                description=_WAIVERS_TITLE,
                message=line,
                urn=urn,
                enforcementLevel=LEVELS[findings.waivers_level],
            )
        )


def remediation(one: Remedied, rule: Rule, properties: Mapping[str, Any]) -> proto.Remediation:
    """A change as the engine takes it: all properties in wire form, or why there is none."""
    message = proto.Remediation(
        policyName=rule.id,
        policyPackName=PACK,
        policyPackVersion=VERSION,
        description=rule.title,
        diagnostic=one.problem and f"not remedied: {one.problem}",
    )
    if one.changes:
        message.properties.update(properties)
    return message
