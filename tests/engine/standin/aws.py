"""A stand-in for the AWS provider plugin: answers the engine without an account, a network or a schema.

It remembers (`memory`): what was created exists until it is deleted, whatever becomes of the engine's state; and it
refuses what AWS refuses (`refusals`). Which changes need a new resource are the provider's own facts (`facts`).
Environment variables steer it:

- `STANDIN_AWS_STORE`: file of the memory; without it, a memory that ends with the process;
- `STANDIN_AWS_LOG`: file to which every create, update and delete is appended, one JSON object per line;
- `STANDIN_AWS_LACKS`: id of a zone in which nothing is on offer (`invokes`);
- `STANDIN_AWS_FAULTS`: file that says which calls go wrong (`faults`);
- `STANDIN_AWS_UNLOCKED=1`: delete even what AWS itself refuses to delete: what is protected there, or in use. It stands
  for somebody who has lifted the protection, or taken the use away, by hand.

Run by the sandbox as `python -m tests.engine.standin.aws`; never by a deployment.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from concurrent import futures
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import grpc
from google.protobuf.empty_pb2 import Empty  # ty: ignore[import-not-found]
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from tests.engine.standin.facts import deleted_first, identity, replaced_by
from tests.engine.standin.faults import FaultError, fault_of
from tests.engine.standin.invokes import InvokeUnknownError, invoke
from tests.engine.standin.memory import Memory, Thing
from tests.engine.standin.outputs import made
from tests.engine.standin.refusals import (
    deletion_refusal,
    duplicate,
    identity_of,
    overwrites,
    postponed,
    quota_refusal,
    update_refusal,
    use_refusal,
)
from tests.engine.standin.wire import Json, Message, changed_paths, from_struct, plain, to_struct

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

NO_LIMIT = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
"""The engine sends whole states; gRPC's default limit is 4 MiB."""


class RefusedError(Exception):
    """AWS does not do it."""


class StandInAws(provider_pb2_grpc.ResourceProviderServicer):
    """Every call the engine makes of a provider of custom resources."""

    def __init__(self) -> None:
        self.region = "us-east-1"
        self.log = os.environ.get("STANDIN_AWS_LOG", "")
        self.unlocked = os.environ.get("STANDIN_AWS_UNLOCKED") == "1"
        self.memory = Memory(os.environ.get("STANDIN_AWS_STORE") or tempfile.mkstemp(suffix=".db")[1])

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
        return self._diff(request, _identity(request.urn)[0])

    def Create(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        if request.preview:
            return provider_pb2.CreateResponse(id="", properties=request.properties)
        inputs = from_struct(request.properties)
        with self._doing("create", request.urn, context):
            thing = self._create(request.urn, plain(inputs))
        return provider_pb2.CreateResponse(id=thing.id, properties=to_struct({**thing.outputs, **inputs}))

    def Read(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        kind, _ = _identity(request.urn)
        thing = self.memory.find(kind, request.id)
        if thing is None:
            return provider_pb2.ReadResponse()
        asked = from_struct(request.inputs)
        # What is still as the state has it keeps the state's form, secrets wrapped.
        inputs = {key: asked[key] if plain(asked.get(key)) == value else value for key, value in thing.inputs.items()}
        return provider_pb2.ReadResponse(
            id=thing.id, properties=to_struct({**thing.outputs, **inputs}), inputs=to_struct(inputs)
        )

    def Update(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        inputs = from_struct(request.news)
        if request.preview:
            return provider_pb2.UpdateResponse(properties=to_struct({**from_struct(request.olds), **inputs}))
        with self._doing("update", request.urn, context):
            thing = self._update(request.urn, request.id, plain(inputs))
        return provider_pb2.UpdateResponse(properties=to_struct({**thing.outputs, **inputs}))

    def Delete(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        with self._doing("delete", request.urn, context):
            self._delete(request.urn, request.id)
        return Empty()

    def Invoke(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        try:
            found = invoke(request.tok, plain(from_struct(request.args)), self.region)
        except InvokeUnknownError as error:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, str(error))
        return getattr(provider_pb2, "InvokeResponse")(**{"return": to_struct(found)})  # noqa: B009

    def Cancel(self, request: Message, context: grpc.ServicerContext) -> Message:  # noqa: N802
        return Empty()

    def _diff(self, request: Message, kind: str = "") -> Message:
        olds, news = from_struct(request.old_inputs), from_struct(request.news)
        paths = changed_paths(olds, news)
        replaces = replaced_by(kind, paths)
        answer = provider_pb2.DiffResponse
        return answer(
            changes=answer.DIFF_SOME if paths else answer.DIFF_NONE,
            diffs=sorted({path.partition(".")[0] for path in paths}),
            replaces=replaces,
            deleteBeforeReplace=bool(replaces) and deleted_first(kind, news),
        )

    def _create(self, urn: str, inputs: Mapping[str, Json]) -> Thing:
        kind, name = _identity(urn)
        with self.memory.open() as db:
            id_, outputs = made(kind, name, inputs, self.region, self.memory.count(f"{kind} {name}", db))
            others = self.memory.all(db=db)
            same = duplicate(kind, {**outputs, **inputs}, outputs["region"], others)
            if same and not overwrites(kind, inputs):
                what = ", ".join(identity_of(kind, same.whole, same.region))
                raise RefusedError(f"{identity(kind)['error']}: {name}: {what} already exists ({same.name})")
            refusal = quota_refusal(kind, inputs, [o for o in others if o != same])
            if refusal:
                raise RefusedError(refusal)
            thing = Thing(kind, same.id if same else id_, urn, dict(inputs), outputs)
            self.memory.put(thing, db)
        return thing

    def _update(self, urn: str, id_: str, inputs: Mapping[str, Json]) -> Thing:
        kind, name = _identity(urn)
        with self.memory.open() as db:
            others = self.memory.all(db=db)
            before = next((o for o in others if o.kind == kind and o.id == id_), None)
            if before is None:
                raise RefusedError(f"NotFoundException: {name}: there is no {id_}")
            refusal = update_refusal(before, inputs, others) or quota_refusal(
                kind, inputs, [o for o in others if o != before]
            )
            if refusal:
                raise RefusedError(refusal)
            later = postponed(before, inputs)
            _, outputs = made(kind, name, inputs, self.region, updates=before.updates + 1)
            counted = {key: outputs[key] for key in ("defaultVersion", "latestVersion", "tagsAll") if key in outputs}
            thing = replace(
                before,
                urn=urn,
                inputs={**inputs, **{key: before.inputs.get(key) for key in later}},
                outputs={**before.outputs, **counted},
                pending={**before.pending, **later},
                updates=before.updates + 1,
            )
            self.memory.put(thing, db)
        return thing

    def _delete(self, urn: str, id_: str) -> None:
        kind, name = _identity(urn)
        with self.memory.open() as db:
            others = self.memory.all(db=db)
            thing = next((o for o in others if o.kind == kind and o.id == id_), None)
            if thing is None:
                return
            refusal = deletion_refusal(kind, name, thing.inputs, unlocked=self.unlocked)
            if not self.unlocked:
                refusal = refusal or use_refusal(thing, [o for o in others if o != thing])
            if refusal:
                raise RefusedError(refusal)
            self.memory.drop(kind, id_, db)

    @contextlib.contextmanager
    def _doing(self, operation: str, urn: str, context: grpc.ServicerContext) -> Generator[None]:
        """Log a call, let it meet its fault, and turn what AWS refuses into an error of the wire."""
        fault = fault_of(operation, _identity(urn)[0], self.memory)
        try:
            fault.before()
            yield
            self._record(operation, urn)
            fault.after()
        except RefusedError as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
        except FaultError as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))

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
