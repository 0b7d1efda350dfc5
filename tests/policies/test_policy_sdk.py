"""Our server against Pulumi's own: a few rules written with `pulumi_policy` give the same answers to the same requests.

The server speaks the analyzer protocol itself. This is what notices when the SDK begins to speak it differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import grpc
import pytest
from google.protobuf import empty_pb2, json_format
from pulumi.runtime import proto
from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    ResourceValidationPolicy,
    Severity,
    StackValidationPolicy,
)
from pulumi_policy.policy import _PolicyAnalyzerServicer

from policies.pack.engine.adapter import PACK, VERSION
from policies.pack.engine.server import Analyzer
from policies.pack.registry import RULES
from policies.pack.rule import Severity as OurSeverity
from policies.pack.waivers import WaiverBook
from tests.policies.asking import message
from tests.policies.building import Made, of, wire
from tests.policies.waivers.test_waivers import TODAY

if TYPE_CHECKING:
    from pulumi_policy import ReportViolation, ResourceValidationArgs, StackValidationArgs

LOGS, HEADERS, BUDGET = "log-retention", "alb-drop-invalid-headers", "budget-notifies"
LOG_GROUP, BALANCER = "aws:cloudwatch/logGroup:LogGroup", "aws:lb/loadBalancer:LoadBalancer"
SEVERITIES = {OurSeverity.LOW: Severity.LOW, OurSeverity.MEDIUM: Severity.MEDIUM, OurSeverity.HIGH: Severity.HIGH}
CONTEXT = Mock(spec=grpc.ServicerContext)

Answer = dict[tuple[str, str], tuple[object, ...]]


def _retention(args: ResourceValidationArgs, report: ReportViolation) -> None:
    days = int(args.get_config().get("days", 90))
    found = args.props.get("retentionInDays")
    if args.resource_type == LOG_GROUP and (found is None or found < days):
        said = "is not set" if found is None else f"is {found:g}"
        report(f"retentionInDays {said}; wanted: at least {days} days. {RULES[LOGS].fix}", None)


def _headers(args: ResourceValidationArgs, report: ReportViolation) -> None:
    if args.resource_type == BALANCER and not args.props.get("dropInvalidHeaderFields"):
        report(f"dropInvalidHeaderFields is not set; wanted: true. {RULES[HEADERS].fix}", None)


def _drop_headers(args: ResourceValidationArgs) -> Any:  # noqa: ANN401 - the SDK's type admits awaitables alone
    if args.resource_type != BALANCER or args.props.get("dropInvalidHeaderFields"):
        return None
    return {**args.props, "dropInvalidHeaderFields": True}


def _budget(args: StackValidationArgs, report: ReportViolation) -> None:
    if not any(r.resource_type == "aws:budgets/budget:Budget" for r in args.resources):
        report(f"the stack has no budget; wanted: a budget with a notification. {RULES[BUDGET].fix}", None)


def _about(name: str) -> dict[str, Any]:
    rule = RULES[name]
    return {
        "name": name,
        "display_name": rule.title,
        "description": f"{rule.title}. {rule.why}",
        "enforcement_level": EnforcementLevel(rule.level("production").value),
        "severity": SEVERITIES[rule.severity],
        "tags": [rule.layer, *rule.anchors],
        "remediation_steps": rule.fix,
    }


@pytest.fixture
def theirs() -> Any:  # noqa: ANN401 - the SDK's private class
    """Three of our rules under the SDK's server."""
    schema = {p.name: p.published("production") for p in RULES[LOGS].parameters}
    policies = [
        StackValidationPolicy(validate=_budget, **_about(BUDGET)),
        ResourceValidationPolicy(validate=_retention, config_schema=PolicyConfigSchema(schema), **_about(LOGS)),
        ResourceValidationPolicy(validate=_headers, remediate=_drop_headers, **_about(HEADERS)),
    ]
    return _PolicyAnalyzerServicer(PACK, VERSION, policies, EnforcementLevel.ADVISORY)


@pytest.fixture
def ours() -> Analyzer:
    return Analyzer(tier="production", waivers=WaiverBook(today=TODAY))


def answer(server: Any, *resources: Made) -> Answer:  # noqa: ANN401 - ours or theirs
    """What a server reports about the three rules, by rule and URN."""
    registered = wire(*resources)
    found: Answer = {}
    for one in registered:
        response = server.Analyze(message(proto.AnalyzeRequest, one, {}), CONTEXT)
        found |= {(d.policyName, d.urn or one.urn): _said(d) for d in response.diagnostics}
    whole = proto.AnalyzeStackRequest(resources=[message(proto.AnalyzerResource, r, {}) for r in registered])
    response = server.AnalyzeStack(whole, CONTEXT)
    # The SDK leaves out the URN of what concerns the whole stack; the engine then takes the stack's.
    found |= {(d.policyName, d.urn or registered[0].urn): _said(d) for d in response.diagnostics}
    return {key: said for key, said in found.items() if key[0] in (LOGS, HEADERS, BUDGET)}


def _said(diagnostic: proto.AnalyzeDiagnostic) -> tuple[object, ...]:
    # The SDK's message repeats the description on a line of its own.
    d = diagnostic
    line = d.message.splitlines()[-1]
    return (d.policyPackName, d.policyPackVersion, line, d.enforcementLevel, d.severity)


STACK = (
    Made("ascent:network:Network", "network", {}),
    of(LOG_GROUP, "short", retentionInDays=30),
    of(LOG_GROUP, "long", retentionInDays=400),
    of(LOG_GROUP, "for-ever"),
    of(BALANCER, "web"),
    of(BALANCER, "safe", dropInvalidHeaderFields=True),
)


def test_both_list_a_policy_the_same_way(theirs: Any, ours: Analyzer) -> None:  # noqa: ANN401
    empty = empty_pb2.Empty()  # ty: ignore[missing-attribute]
    listed = [server.GetAnalyzerInfo(empty, CONTEXT) for server in (theirs, ours)]
    sdk, own = ({p.name: json_format.MessageToDict(p) for p in info.policies} for info in listed)
    assert {name: own[name] for name in sdk} == sdk
    assert all(
        (info.name, info.version, info.supportsConfig) == (listed[0].name, listed[0].version, True) for info in listed
    )


def test_both_report_the_same(theirs: Any, ours: Analyzer) -> None:  # noqa: ANN401
    expected = answer(theirs, *STACK)
    assert len(expected) == 4
    assert answer(ours, *STACK) == expected


@pytest.mark.parametrize(
    ("levels", "days", "reported"),
    [
        ({LOGS: proto.ADVISORY}, 400, 4),
        ({LOGS: proto.MANDATORY, HEADERS: proto.ADVISORY}, 30, 3),
        ({LOGS: proto.REMEDIATE, BUDGET: proto.REMEDIATE, HEADERS: proto.REMEDIATE}, 401, 5),
        ({LOGS: proto.DISABLED, HEADERS: proto.DISABLED, BUDGET: proto.DISABLED}, 1, 0),
    ],
)
def test_both_heed_the_same_configuration(
    theirs: Any,  # noqa: ANN401
    ours: Analyzer,
    levels: dict[str, int],
    days: int,
    reported: int,
) -> None:
    request = proto.ConfigureAnalyzerRequest()
    for rule, level in levels.items():
        request.policyConfig[rule].enforcementLevel = level
    request.policyConfig[LOGS].properties.update({"days": days})
    answers = []
    for server in (theirs, ours):
        assert server.Configure(request, CONTEXT) == empty_pb2.Empty()  # ty: ignore[missing-attribute]
        answers.append(answer(server, *STACK))
    assert answers[0] == answers[1]
    assert len(answers[0]) == reported


def test_both_remedy_the_same_way(theirs: Any, ours: Analyzer) -> None:  # noqa: ANN401
    request = proto.ConfigureAnalyzerRequest()
    request.policyConfig[HEADERS].enforcementLevel = proto.REMEDIATE
    registered = wire(
        of(BALANCER, "web", name="web", subnets=["a", "b"]), of(BALANCER, "ok", dropInvalidHeaderFields=True)
    )
    answers = []
    for server in (theirs, ours):
        server.Configure(request, CONTEXT)
        responses = [server.Remediate(message(proto.AnalyzeRequest, r, {}), CONTEXT) for r in registered]
        answers.append([json_format.MessageToDict(m) for response in responses for m in response.remediations])
    for remediation in answers[0] + answers[1]:
        # The SDK's description is the policy's; ours is its title, as in every other message.
        assert remediation.pop("description").startswith(RULES[HEADERS].title)
    assert answers[0] == answers[1]
    assert len(answers[0]) == 1


def test_both_take_the_stacks_configuration(theirs: Any, ours: Analyzer) -> None:  # noqa: ANN401
    request = proto.AnalyzerStackConfigureRequest(stack="dev", project="shop")
    assert theirs.ConfigureStack(request, CONTEXT) == ours.ConfigureStack(request, CONTEXT)


def test_ours_answers_every_call_that_theirs_does() -> None:
    protocol = set(vars(proto.AnalyzerServicer))
    calls = {name for name in vars(_PolicyAnalyzerServicer) if name in protocol and not name.startswith("_")}
    assert len(calls) >= 7
    assert calls <= set(vars(Analyzer))
