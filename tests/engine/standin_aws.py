"""A stand-in for the AWS provider plugin: answers the engine without an account, a network or a schema.

It keeps nothing between calls: the engine's own state is its only memory. Identifiers and computed outputs follow from
a resource's type and name (`standin_outputs`), so two runs agree. Two environment variables steer it:

- `STANDIN_AWS_LOG`: file to which every create, update and delete is appended, one JSON object per line;
- `STANDIN_AWS_UNLOCKED=1`: delete even what AWS itself refuses to delete (its own deletion protections).

Run by the sandbox as `python -m tests.engine.standin_aws`; never by a deployment.
"""

from __future__ import annotations

import contextlib
import json
import os
from concurrent import futures
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeAlias

import grpc
from google.protobuf import json_format
from google.protobuf.empty_pb2 import Empty  # ty: ignore[import-not-found]
from google.protobuf.struct_pb2 import Struct  # ty: ignore[import-not-found]
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from tests.engine.standin_invokes import InvokeUnknownError, invoke
from tests.engine.standin_outputs import computed_outputs, physical_id

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
NO_LIMIT = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
"""The engine sends whole states; gRPC's default limit is 4 MiB."""

DELETION_PROTECTIONS = {
    "aws:cognito/userPool:UserPool": ("deletionProtection", "ACTIVE"),
    "aws:docdb/cluster:Cluster": ("deletionProtection", True),
    "aws:dynamodb/table:Table": ("deletionProtectionEnabled", True),
    "aws:lb/loadBalancer:LoadBalancer": ("enableDeletionProtection", True),
    "aws:alb/loadBalancer:LoadBalancer": ("enableDeletionProtection", True),
    "aws:rds/cluster:Cluster": ("deletionProtection", True),
    "aws:rds/globalCluster:GlobalCluster": ("deletionProtection", True),
    "aws:rds/instance:Instance": ("deletionProtection", True),
}
"""Type → the input, and its value, with which AWS refuses a deletion whatever Pulumi says."""
FINAL_SNAPSHOT = frozenset({"aws:docdb/cluster:Cluster", "aws:rds/cluster:Cluster", "aws:rds/instance:Instance"})
"""Types that are not deleted before it is said what becomes of their data."""

Json: TypeAlias = Any
Message: TypeAlias = Any
"""A generated protobuf message; their classes are described to type checkers only in part."""


def plain(value: Json) -> Json:
    """`value` without the wrappers of secrets, so that a secret compares equal to its plaintext."""
    if isinstance(value, dict):
        if value.get(SIGNATURE_KEY) == SECRET:
            return plain(value["value"])
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def changed(old: Mapping[str, Json], new: Mapping[str, Json]) -> list[str]:
    """Names of the inputs that differ; one that holds an unknown value always does."""
    before, after = plain(dict(old)), plain(dict(new))
    return sorted(
        key
        for key in before.keys() | after.keys()
        if key not in before or key not in after or before[key] != after[key] or UNKNOWN in json.dumps(after[key])
    )


def deletion_refusal(kind: str, name: str, inputs: Mapping[str, Json], *, unlocked: bool) -> str:
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


def to_struct(values: Mapping[str, Json]) -> Message:
    """Plain data as the wire's Struct."""
    return json_format.ParseDict(values, Struct())


class StandInAws(provider_pb2_grpc.ResourceProviderServicer):
    """Every call the engine makes of a provider of custom resources."""

    def __init__(self) -> None:
        self.region = "us-east-1"
        self.log = os.environ.get("STANDIN_AWS_LOG", "")
        self.unlocked = os.environ.get("STANDIN_AWS_UNLOCKED") == "1"

    def GetPluginInfo(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return plugin_pb2.PluginInfo(version=version("pulumi-aws"))

    def GetSchema(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        schema = {"name": "aws", "version": version("pulumi-aws"), "resources": {}, "functions": {}}
        return provider_pb2.GetSchemaResponse(schema=json.dumps(schema))

    def CheckConfig(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return self._diff(request)

    def Configure(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        self.region = request.variables.get("aws:config:region", self.region)
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, supportsPreview=True, acceptResources=False, acceptOutputs=False
        )

    def Check(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return provider_pb2.CheckResponse(inputs=request.news)

    def Diff(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return self._diff(request)

    def Create(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        if request.preview:
            return provider_pb2.CreateResponse(id="", properties=request.properties)
        self._record("create", request.urn)
        return provider_pb2.CreateResponse(
            id=physical_id(*_identity(request.urn)),
            properties=self._state(request.urn, json_format.MessageToDict(request.properties)),
        )

    def Read(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return provider_pb2.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)

    def Update(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        if request.preview:
            return provider_pb2.UpdateResponse(properties=request.news)
        self._record("update", request.urn)
        return provider_pb2.UpdateResponse(properties=self._state(request.urn, json_format.MessageToDict(request.news)))

    def Delete(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        inputs = plain(json_format.MessageToDict(request.properties))
        refusal = deletion_refusal(*_identity(request.urn), inputs, unlocked=self.unlocked)
        if refusal:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, refusal)
        self._record("delete", request.urn)
        return Empty()

    def Invoke(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        try:
            found = invoke(request.tok, plain(json_format.MessageToDict(request.args)), self.region)
        except InvokeUnknownError as error:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, str(error))
        return getattr(provider_pb2, "InvokeResponse")(**{"return": to_struct(found)})  # noqa: B009

    def Cancel(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return Empty()

    def _diff(self, request: Message) -> Message:
        keys = changed(json_format.MessageToDict(request.old_inputs), json_format.MessageToDict(request.news))
        answer = provider_pb2.DiffResponse
        return answer(changes=answer.DIFF_SOME if keys else answer.DIFF_NONE, diffs=keys)

    def _state(self, urn: str, inputs: Mapping[str, Json]) -> Message:
        """What a resource looks like once it exists: computed outputs, then whatever the program set."""
        kind, name = _identity(urn)
        return to_struct({**computed_outputs(kind, name, plain(dict(inputs)), self.region), **inputs})

    def _record(self, operation: str, urn: str) -> None:
        if self.log:
            with open(self.log, "a", encoding="utf-8") as log:
                log.write(json.dumps({"op": operation, "urn": urn}) + "\n")


def _identity(urn: str) -> tuple[str, str]:
    """Type token and logical name of a URN (`urn:pulumi:stack::project::parent$type::name`)."""
    _, _, types, name = urn.split("::", 3)
    return types.rsplit("$", 1)[-1], name


def main() -> None:
    """Serve until the engine ends the process; the first line on stdout is the port, as the engine expects."""
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16), options=NO_LIMIT)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(StandInAws(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # the plugin protocol, not a message to people
    with contextlib.suppress(KeyboardInterrupt):  # how the engine ends a plugin
        server.wait_for_termination()


if __name__ == "__main__":
    main()
