"""Asking a policy pack as the engine does: its real process, or a servicer in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc

from tests.policies.building import PROJECT, PROVIDER, STACK, Made, U, wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import SimpleNamespace

PACK = Path(__file__).resolve().parents[2] / "policies"
COMPUTED = {"id": U, "arn": U, "kmsKeyId": U, "versioning": {"enabled": True}}
"""What a provider adds to a resource's outputs; rules must not be taken in by it."""

Found = set[tuple[str, str, str, int]]


class Pack:
    """A running policy pack."""

    def __init__(self, tier: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(PACK)],
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "PULUMI_PROJECT": PROJECT,
                "PULUMI_STACK": STACK,
                "PULUMI_DRY_RUN": "true",
                "PULUMI_CONFIG": f'{{"ascent:tier": "{tier}"}}',
            },
        )
        assert self.process.stdout is not None
        self.channel = grpc.insecure_channel(f"127.0.0.1:{int(self.process.stdout.readline())}")
        self.stub = analyzer_pb2_grpc.AnalyzerStub(self.channel)

    def close(self) -> None:
        self.channel.close()
        self.process.kill()
        self.process.communicate()

    def preview(self, *resources: Made) -> Found:
        """What the pack reports about a stack, asked as the engine asks during a preview."""
        return self.ask(wire(*resources))

    def ask(self, registered: Sequence[Any], outputs: Mapping[str, dict[str, Any]] | None = None) -> Found:
        """The same for resources in wire form, such as a plan's, of which outputs may be known by URN."""
        providers = {r.urn: r for r in registered if r.type == PROVIDER}
        responses = [self.stub.Analyze(message(proto.AnalyzeRequest, r, providers)) for r in registered]
        stack = proto.AnalyzeStackRequest(
            resources=[
                message(proto.AnalyzerResource, r, providers, COMPUTED if outputs is None else outputs.get(r.urn, {}))
                for r in registered
            ]
        )
        responses.append(self.stub.AnalyzeStack(stack))
        return {(d.policyName, d.urn, d.message, d.enforcementLevel) for r in responses for d in r.diagnostics}


def message(
    kind: type, resource: SimpleNamespace, providers: dict[str, SimpleNamespace], outputs: dict | None = None
) -> Any:  # noqa: ANN401 - two kinds of message
    message = kind(
        urn=resource.urn,
        type=resource.type,
        name=resource.name,
        options=proto.AnalyzerResourceOptions(protect=resource.options.protect, parent=resource.parent or ""),
    )
    message.properties.update({**(outputs or {}), **resource.inputs})
    if resource.provider:
        provider = providers[resource.provider]
        message.provider.urn, message.provider.type = provider.urn, provider.type
        message.provider.properties.update(provider.inputs)
    if kind is proto.AnalyzerResource:
        message.dependencies.extend(resource.dependencies)
        for key, urns in resource.property_dependencies.items():
            message.propertyDependencies[key].urns.extend(urns)
    return message
