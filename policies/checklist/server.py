"""The policy pack as the engine sees it: a server of Pulumi's analyzer protocol.

It stands in for `pulumi_policy.PolicyPack`, which cannot do what the rules need:
- that one converts all properties of all resources again for every policy; this one does it once;
- there a policy reports everything at one level; here what is unverified or waived only advises;
- its stack policies see outputs, in which every property that AWS fills in looks unknown before deployment; here they
  see the inputs, which the engine has shown resource by resource before.

Each rule is a policy of its own name, so `--policy-pack-config` sets its level as usual.

The tier comes from the stack's configuration, `ascent:tier`; without one the strictest is taken. `pulumi policy
analyze` passes no configuration: there PULUMI_CONFIG='{"ascent:tier": "mvp"}' in the environment names the tier.
"""

# ruff: noqa: N802 - the protocol names the methods

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import grpc
import pulumi
from google.protobuf import empty_pb2
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc

from .adapter import LEVELS, PACK, VERSION, WAIVERS_POLICY, policy_info, report, resource_facts, stack_facts
from .evaluate import evaluate, result_of
from .levels import STRICTEST, TIERS, Level
from .registry import RULES
from .rule import ResourceRule
from .waivers import load_waivers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from google.protobuf.message import Message
    from grpc import ServicerContext

    from .waivers import Waiver

_WAIVERS_TITLE: Final = "Waivers are complete, in date and used"

_MAX_MESSAGE_BYTES: Final = 400 * 1024 * 1024
"""The limit of Pulumi's own SDKs; a stack arrives as one message."""


class Analyzer(proto.AnalyzerServicer):
    """Answers the engine's questions about one preview or update.

    Args:
        tier: tier of the stack, from which the levels follow.
        waivers: waivers in force.
        problems: what is wrong with the others, a line each.
    """

    def __init__(self, *, tier: str, waivers: Sequence[Waiver], problems: Sequence[str]) -> None:
        self._tier, self._waivers, self._problems = tier, waivers, problems
        self._levels = {rule.id: rule.level(tier) for rule in RULES.values()}
        self._inputs: dict[str, dict[str, Any]] = {}
        self._by_type: dict[str, list[ResourceRule]] = {}
        for rule in RULES.values():
            if isinstance(rule, ResourceRule):
                for token in rule.on:
                    self._by_type.setdefault(token, []).append(rule)

    def GetPluginInfo(self, request: Message, context: ServicerContext) -> proto.PluginInfo:
        """Version of the plugin; the pack's own stands in PulumiPolicy.yaml."""
        return proto.PluginInfo(version=VERSION)

    def GetAnalyzerInfo(self, request: Message, context: ServicerContext) -> proto.AnalyzerInfo:
        """The policies with their levels at this stack's tier."""
        waivers = proto.PolicyInfo(
            name=WAIVERS_POLICY,
            displayName=_WAIVERS_TITLE,
            description=_WAIVERS_TITLE,
            enforcementLevel=proto.ADVISORY,
            policy_type=proto.POLICY_TYPE_STACK,
        )
        policies = [policy_info(rule, self._tier) for rule in RULES.values()]
        return proto.AnalyzerInfo(name=PACK, version=VERSION, supportsConfig=True, policies=[*policies, waivers])

    def Configure(self, request: proto.ConfigureAnalyzerRequest, context: ServicerContext) -> Message:
        """Levels that the user sets with `--policy-pack-config`."""
        names = {number: level for level, number in LEVELS.items()} | {proto.REMEDIATE: Level.MANDATORY}
        for name, config in request.policyConfig.items():
            self._levels[name] = names[config.enforcementLevel]
        return empty_pb2.Empty()  # ty: ignore[missing-attribute]

    def Analyze(self, request: proto.AnalyzeRequest, context: ServicerContext) -> proto.AnalyzeResponse:
        """Judge one resource by its inputs, before it is made."""
        resource = resource_facts(request, self._tier)
        self._inputs[resource.urn] = dict(resource.props)
        response = proto.AnalyzeResponse()
        for rule in self._by_type.get(resource.type, ()):
            level = self._levels[rule.id]
            if level is not Level.DISABLED:
                for verdict in rule.judge_one(resource):
                    report(response, result_of(verdict, level, self._waivers), rule)
        return response

    def AnalyzeStack(self, request: proto.AnalyzeStackRequest, context: ServicerContext) -> proto.AnalyzeResponse:
        """Judge what needs the whole stack, and the waivers."""
        facts = stack_facts(request, self._tier, self._inputs)
        verdicts = evaluate(facts, waivers=self._waivers, levels=self._levels)
        response = proto.AnalyzeResponse()
        for result in verdicts.results:
            rule = RULES[result.verdict.rule]
            if not isinstance(rule, ResourceRule):
                report(response, result, rule)
        unused = [f"waiver for {w.rule} on {w.urn} excuses nothing; delete it" for w in verdicts.unused_waivers]
        level = self._levels.get(WAIVERS_POLICY, Level.ADVISORY)
        for message in [*self._problems, *unused] if level is not Level.DISABLED else []:
            response.diagnostics.append(
                proto.AnalyzeDiagnostic(
                    policyName=WAIVERS_POLICY,
                    policyPackName=PACK,
                    policyPackVersion=VERSION,
                    description=_WAIVERS_TITLE,
                    message=message,
                    urn=facts.urn,
                    enforcementLevel=LEVELS[level],
                )
            )
        return response

    def Remediate(self, request: proto.AnalyzeRequest, context: ServicerContext) -> proto.RemediateResponse:
        """Nothing is changed behind the program's back."""
        return proto.RemediateResponse()


def serve(pack: Path, today: date) -> None:
    """Answer the engine until it ends the process; the first line on stdout is the port.

    Args:
        pack: directory of the pack, with `waivers.yaml`.
        today: the day by which waivers expire.
    """
    named = pulumi.Config(PACK).get("tier")
    waivers, problems = load_waivers(pack / "waivers.yaml", today=today, rules=RULES)
    analyzer = Analyzer(tier=named if named in TIERS else STRICTEST, waivers=waivers, problems=problems)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=4), options=[("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES)]
    )
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(analyzer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    try:
        server.wait_for_termination()
    except KeyboardInterrupt:
        server.stop(0)
