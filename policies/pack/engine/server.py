"""The policy pack as the engine sees it: a server of Pulumi's analyzer protocol.

It stands in for `pulumi_policy.PolicyPack`, which cannot do what the rules need:
- that one converts all properties of all resources again for every policy; this one does it once;
- there a policy reports everything at one level; here what is unverified or waived only advises;
- its stack policies see outputs, in which every property that AWS fills in looks unknown before deployment; here they
  see the inputs, which the engine has shown resource by resource before.

Each rule is a policy of its own name, so `--policy-pack-config` sets its level and parameters as usual. The engine
checks them against each policy's schema before they arrive; what it lets through (unknown names) is refused here.

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

from common.problems import InputError
from common.tiers import STRICTEST
from policies.pack.configuration import DEFAULTS
from policies.pack.engine.adapter import (
    PACK,
    VERSION,
    configuration,
    plain,
    policy_info,
    remediation,
    report,
    report_waivers,
    resource_facts,
    stack_facts,
    waivers_info,
)
from policies.pack.evaluate import evaluate, result_of
from policies.pack.facts import lineage
from policies.pack.levels import TIERS, Level
from policies.pack.registry import RULES
from policies.pack.remedies import changed, remedy
from policies.pack.rule import ResourceRule
from policies.pack.verdict import Status
from policies.pack.waivers.carried import carried_waivers
from policies.pack.waivers.file import load_waivers

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from google.protobuf.message import Message
    from grpc import ServicerContext

    from policies.pack.facts import ResourceFacts
    from policies.pack.waivers import WaiverBook

_MAX_MESSAGE_BYTES: Final = 400 * 1024 * 1024
"""The limit of Pulumi's own SDKs; a stack arrives as one message."""


class Analyzer(proto.AnalyzerServicer):
    """Answers the engine's questions about one preview or update.

    Args:
        tier: tier of the stack, from which the levels follow.
        waivers: the file's waivers; components add their own as the engine shows them.
    """

    def __init__(self, *, tier: str, waivers: WaiverBook) -> None:
        self._tier, self._file = tier, waivers
        self._configured = DEFAULTS
        self._inputs: dict[str, dict[str, Any]] = {}
        self._parents: dict[str, str | None] = {}
        self._carried: dict[str, WaiverBook] = {}
        self._said: dict[str, set[str]] = {}
        """URN → rules that have said what they find."""
        self._by_type: dict[str, list[ResourceRule]] = {}
        for rule in RULES.values():
            if isinstance(rule, ResourceRule):
                for token in rule.on:
                    self._by_type.setdefault(token, []).append(rule)

    def GetPluginInfo(self, request: Message, context: ServicerContext) -> proto.PluginInfo:
        """Version of the plugin; the pack's own stands in PulumiPolicy.yaml."""
        return proto.PluginInfo(version=VERSION)

    def GetAnalyzerInfo(self, request: Message, context: ServicerContext) -> proto.AnalyzerInfo:
        """The policies with their levels and parameters at this stack's tier."""
        policies = [policy_info(rule, self._tier) for rule in RULES.values()]
        return proto.AnalyzerInfo(name=PACK, version=VERSION, supportsConfig=True, policies=[*policies, waivers_info()])

    def Configure(self, request: proto.ConfigureAnalyzerRequest, context: ServicerContext) -> Message:
        """Levels and parameters that the user sets with `--policy-pack-config`."""
        try:
            self._configured = configuration(request, self._tier)
        except InputError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "; ".join(str(error).splitlines()))
        return empty_pb2.Empty()  # ty: ignore[missing-attribute]

    def ConfigureStack(
        self, request: proto.AnalyzerStackConfigureRequest, context: ServicerContext
    ) -> proto.AnalyzerStackConfigureResponse:
        """Nothing to take from it: URNs name the project and the stack."""
        return proto.AnalyzerStackConfigureResponse()

    def Analyze(self, request: proto.AnalyzeRequest, context: ServicerContext) -> proto.AnalyzeResponse:
        """Judge one resource by its inputs, before it is made.

        What these leave unverified is judged again with the stack, when outputs may tell.
        """
        resource = self._seen(request)
        self._inputs[resource.urn] = dict(resource.props)
        book, above = self._book(), self._above(resource.urn)
        said = self._said[resource.urn] = set()
        response = proto.AnalyzeResponse()
        for rule in self._by_type.get(resource.type, ()):
            level = self._configured.level(rule, self._tier)
            if level is not Level.DISABLED:
                for verdict in rule.judge_one(resource, self._configured.given(rule)):
                    if verdict.status is not Status.UNKNOWN:
                        said.add(rule.id)
                        report(response, result_of(verdict, level, book, above), rule)
        return response

    def AnalyzeStack(self, request: proto.AnalyzeStackRequest, context: ServicerContext) -> proto.AnalyzeResponse:
        """Judge what needs the whole stack, what single resources left open, and the waivers."""
        facts = stack_facts(request, self._tier, self._inputs)
        findings = evaluate(facts, waivers=self._file, configured=self._configured)
        response = proto.AnalyzeResponse()
        for result in findings.results:
            if result.verdict.rule not in self._said.get(result.verdict.urn, ()):
                report(response, result, RULES[result.verdict.rule])
        report_waivers(response, findings, facts.urn)
        return response

    def Remediate(self, request: proto.AnalyzeRequest, context: ServicerContext) -> proto.RemediateResponse:
        """Change the properties that rules at level `remediate` find wrong; the engine judges the result afterwards."""
        response = proto.RemediateResponse()
        if not self._configured.remediates:
            return response
        resource = self._seen(request)
        book, above = self._book(), self._above(resource.urn)
        rules = self._by_type.get(resource.type, ())
        properties = plain(request.properties)
        for one in remedy(resource, rules, self._configured, lambda verdict: book.excuse(verdict, above) is not None):
            # Each remediation replaces all properties, so it must hold the changes of those before it.
            properties = changed(properties, one.changes)
            response.remediations.append(remediation(one, RULES[one.rule], properties))
        return response

    def _seen(self, request: proto.AnalyzeRequest) -> ResourceFacts:
        """Facts about a resource of which the engine speaks, remembered: whose child it is, and what it waives."""
        resource = resource_facts(request, self._tier)
        self._parents[resource.urn] = resource.parent
        book = carried_waivers(resource.urn, resource.type, resource.props, today=self._file.today, rules=RULES)
        if book:
            self._carried[resource.urn] = book
        return resource

    def _book(self) -> WaiverBook:
        return self._file.plus(self._carried.values()) if self._carried else self._file

    def _above(self, urn: str) -> tuple[str, ...]:
        return tuple(lineage(urn, self._parents))


def serve(pack: Path, today: date) -> None:
    """Answer the engine until it ends the process; the first line on stdout is the port.

    Args:
        pack: directory of the pack, with `waivers.yaml`.
        today: the day by which waivers expire.
    """
    named = pulumi.Config(PACK).get("tier")
    waivers = load_waivers(pack / "waivers.yaml", today=today, rules=RULES)
    analyzer = Analyzer(tier=named if named in TIERS else STRICTEST, waivers=waivers)
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
