"""How fast the rules are: offline, and as a policy pack of the engine.

Run: .venv/bin/python benchmarks/policy_speed.py [RUNS]

Prints medians over RUNS (5): seconds that all rules take on stacks of 300 and 5,000 resources, and their ratio per
resource (1.0 is linear); and what the pack adds per 300 resources, over gRPC from its own process, to what a pack
without policies takes for the same requests.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan, Resource

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SMALL, LARGE = 300, 5000
EMPTY = """
import sys
from concurrent.futures import ThreadPoolExecutor
import grpc
from pulumi.runtime import proto
from pulumi.runtime.proto import analyzer_pb2_grpc

class Empty(proto.AnalyzerServicer):
    def Analyze(self, request, context):
        return proto.AnalyzeResponse()
    def Remediate(self, request, context):
        return proto.RemediateResponse()
    def AnalyzeStack(self, request, context):
        return proto.AnalyzeResponse()

server = grpc.server(ThreadPoolExecutor(4), options=[("grpc.max_receive_message_length", 400 * 1024 * 1024)])
analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Empty(), server)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
server.wait_for_termination()
"""


def planned() -> Plan:
    """The prod stack, planned offline."""
    from ascent.plan.workers.pool import plan_stacks, start_workers

    return plan_stacks(start_workers(ROOT, 1), ["prod"])[0].plan


def repeated(plan: Plan, wanted: int) -> Plan:
    """A plan of `wanted` resources: the given one's, over and over, each copy with URNs of its own."""
    resources = []
    for copy in range(wanted // len(plan.resources) + 1):
        urns = {r.urn: r.urn if r.parent is None else f"{r.urn}-{copy}" for r in plan.resources}
        resources += [_renamed(r, urns, copy) for r in plan.resources if copy == 0 or r.parent is not None]
    return replace(plan, resources=tuple(resources[:wanted]))


def _renamed(resource: Resource, urns: dict[str, str], copy: int) -> Resource:
    return replace(
        resource,
        urn=urns[resource.urn],
        name=f"{resource.name}-{copy}",
        parent=resource.parent and urns[resource.parent],
        provider=urns.get(resource.provider, resource.provider),
        dependencies=tuple(urns.get(u, u) for u in resource.dependencies),
        property_dependencies={k: tuple(urns.get(u, u) for u in v) for k, v in resource.property_dependencies.items()},
    )


def seconds(runs: int, work: Callable[[], object]) -> float:
    """Median time of a piece of work, after one run to warm up."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def messages(plan: Plan) -> tuple[list[proto.AnalyzeRequest], proto.AnalyzeStackRequest]:
    """What the engine asks a pack about a plan."""
    single, whole = [], []
    providers = {r.urn: r for r in plan.resources if r.type.startswith("pulumi:providers:")}
    for kind, into in ((proto.AnalyzeRequest, single), (proto.AnalyzerResource, whole)):
        for r in plan.resources:
            options = proto.AnalyzerResourceOptions(protect=r.options.protect, parent=r.parent or "")
            message: Any = kind(urn=r.urn, type=r.type, name=r.name, options=options)
            message.properties.update(_plain(r.inputs))
            if r.provider in providers:
                message.provider.urn = r.provider
                message.provider.properties.update(_plain(providers[r.provider].inputs))
            if kind is proto.AnalyzerResource:
                message.parent = r.parent or ""
                message.dependencies.extend(r.dependencies)
                for key, urns in r.property_dependencies.items():
                    message.propertyDependencies[key].urns.extend(urns)
            into.append(message)
    return single, proto.AnalyzeStackRequest(resources=whole)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Mappings and tuples as the dicts and lists that protobuf takes."""
    if hasattr(value, "items"):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


class Pack:
    """A pack's process, and the time in which it answers all that the engine asks about a plan."""

    def __init__(self, command: list[str], plan: Plan) -> None:
        environment = {
            **os.environ,
            "PULUMI_PROJECT": plan.project,
            "PULUMI_STACK": plan.stack,
            "PULUMI_DRY_RUN": "true",
            "PULUMI_CONFIG": f'{{"ascent:tier": "{plan.tier}"}}',
        }
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
        assert self._process.stdout is not None
        self._channel = grpc.insecure_channel(f"127.0.0.1:{int(self._process.stdout.readline())}")
        self._stub = analyzer_pb2_grpc.AnalyzerStub(self._channel)
        self._single, self._whole = messages(plan)

    def ask(self) -> float:
        """Seconds for one preview's questions."""
        start = time.perf_counter()
        for request in self._single:
            self._stub.Remediate(request)
            self._stub.Analyze(request)
        self._stub.AnalyzeStack(self._whole)
        return time.perf_counter() - start

    def close(self) -> None:
        """End the process."""
        self._channel.close()
        self._process.kill()
        self._process.communicate()


def pack_seconds(runs: int, plan: Plan) -> tuple[float, float]:
    """Median times of our pack and of an empty one, asked in turns so that other load meets both."""
    packs = [
        Pack([sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", "policies"], plan),
        Pack([sys.executable, "-u", "-c", EMPTY], plan),
    ]
    rounds = [[pack.ask() for pack in packs] for _ in range(runs + 1)][1:]
    for pack in packs:
        pack.close()
    ours, empty = (statistics.median(column) for column in zip(*rounds, strict=True))
    return ours, empty


def main(runs: int) -> None:
    from ascent.verdicts.judge import judge
    from policies.pack.registry import RULES

    plan = planned()
    stacks = {wanted: repeated(plan, wanted) for wanted in (SMALL, LARGE)}
    taken = {wanted: seconds(runs, lambda stack=stack: judge(stack, None)) for wanted, stack in stacks.items()}
    for wanted, each in taken.items():
        print(f"offline, {len(RULES)} rules, {wanted:>5} resources: {each:7.3f} s")
    ratio = taken[LARGE] / taken[SMALL] * SMALL / LARGE
    print(f"per resource, {LARGE} against {SMALL}:          {ratio:7.2f}")
    ours, empty = pack_seconds(runs, stacks[SMALL])
    print(f"pack, {SMALL} resources: {ours:.3f} s; an empty pack: {empty:.3f} s; added: {ours - empty:.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
