"""The resource monitor of an offline plan: answers a program as the engine does in a preview of an empty stack."""

from __future__ import annotations

from contextlib import nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, NoReturn

from pulumi.runtime.mocks import MockMonitor, Mocks
from pulumi.runtime.proto import engine_pb2, resource_pb2
from pulumi.runtime.rpc_manager import RPCManager

from ascent.plan.awsx.prediction import predict_vpc
from ascent.plan.errors import PlanError
from ascent.plan.model import Options, Resource
from ascent.plan.offline.options import options_of
from ascent.plan.offline.recording import Diagnostic
from ascent.plan.offline.remote import construct
from ascent.plan.offline.wire import wire_of_struct
from ascent.plan.urn import PROVIDERS, make_urn, provider_urn
from policies.pack.types import AWSX_EC2_VPC, PULUMI_PULUMI_GET_RESOURCE, PULUMI_PULUMI_STACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractContextManager

    from ascent.plan.awsx.prediction import VpcPrediction
    from ascent.plan.offline.remote import Constructed


_NO_OPTIONS: Final = Options()
_CONSTRUCTED: ContextVar[int] = ContextVar("constructed", default=0)
"""Position of the resource that is being registered in the order in which the program constructed resources."""


class OrderedRpcs(RPCManager):
    """Numbers the registrations in the order of construction.

    Requests arrive in the order in which their inputs resolve, which hangs on hash seeds; the order in which a program
    constructs its resources does not.
    """

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def do_rpc(self, name: str, rpc_function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """Wrap one call, remembering its number for the monitor."""
        self._count += 1
        number = self._count

        async def numbered() -> Any:  # noqa: ANN401 - whatever the call returns
            _CONSTRUCTED.set(number)
            return await rpc_function()

        return super().do_rpc(name, numbered)


class _NoMocks(Mocks):
    """The base class wants mocks; the monitor answers everything itself."""

    def call(self, args: object) -> tuple[dict, None]:
        return {}, None

    def new_resource(self, args: object) -> tuple[str, dict]:
        return "", {}


class PlanMonitor(MockMonitor):
    """Records registrations and answers them with the engine's URNs, unknown ids and the inputs as outputs.

    Args:
        project: name of the Pulumi project.
        stack: name of the stack.
        boxes: record a component of another process that cannot be predicted as one box; otherwise refuse it.
    """

    def __init__(self, project: str, stack: str, *, boxes: bool = False) -> None:
        super().__init__(_NoMocks())
        self.project = project
        self.stack = stack
        self.boxes = boxes
        self.boxed: list[str] = []
        self.outputs: dict[str, Any] = {}
        self.reads: list[str] = []
        self.invoked: list[str] = []
        self._recorded: list[tuple[int, int, Resource]] = []
        self._options: dict[str, Options] = {}
        self._states: dict[str, Any] = {}
        self._stack_urn = ""

    def recorded(self) -> tuple[Resource, ...]:
        """All resources in the order of construction, the children of a remote component right after it."""
        return tuple(resource for *_, resource in sorted(self._recorded, key=lambda entry: entry[:2]))

    def RegisterResource(  # noqa: N802 - the name of the RPC
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Record one registration and answer it."""
        if request.transforms:
            raise _unsupported(request, "resource transforms")
        if request.remote:
            return self._construct(request) if not self.boxes else self._construct_or_box(request)
        urn = self._record(request, wire_of_struct(request.object)).urn
        if request.type == PULUMI_PULUMI_STACK:
            self._stack_urn = urn
        response = resource_pb2.RegisterResourceResponse(urn=urn)
        if request.custom:
            response.object.CopyFrom(request.object)
            self._states[urn] = request.object
        return response

    def _record(self, request: resource_pb2.RegisterResourceRequest, inputs: dict[str, Any]) -> Resource:
        urn = make_urn(self.stack, self.project, request.parent, request.type, request.name)
        options = options_of(request, self._options.get(request.parent, _NO_OPTIONS), self.stack, self.project)
        if request.type.startswith(PROVIDERS) and request.version:
            inputs["version"] = request.version
        resource = Resource(
            urn=urn,
            type=request.type,
            name=request.name,
            parent=request.parent or None,
            custom=request.custom,
            provider=provider_urn(request.provider) if request.custom else "",
            inputs=inputs,
            dependencies=tuple(sorted(request.dependencies)),
            property_dependencies={
                name: tuple(sorted(dependencies.urns))
                for name, dependencies in sorted(request.propertyDependencies.items())
                if dependencies.urns
            },
            options=options,
        )
        self._add(resource)
        return resource

    def _add(self, resource: Resource) -> None:
        self._options[resource.urn] = resource.options
        self._recorded.append((_CONSTRUCTED.get(), len(self._recorded), resource))

    def _construct(self, request: resource_pb2.RegisterResourceRequest) -> resource_pb2.RegisterResourceResponse:
        """Record a component of another process together with what it registers there."""
        if request.type != AWSX_EC2_VPC:
            raise _unsupported(request, "components of other processes, except awsx.ec2.Vpc,")
        for argument, dependencies in request.propertyDependencies.items():
            if dependencies.urns:
                raise PlanError(
                    f"awsx.ec2.Vpc {request.name!r}: {argument}: depends on {min(dependencies.urns)}; "
                    "the offline plan covers plain values only"
                )
        prediction = predict_vpc(request.name, wire_of_struct(request.object))
        # The engine keeps no inputs of a remote component.
        component = self._record(request, {})
        built = self._constructed(prediction, component, provider_urn(request.providers.get("aws", "")))
        for child in built.children:
            self._add(child)
            self._states[child.urn] = child.inputs
        response = resource_pb2.RegisterResourceResponse(urn=component.urn)
        response.object.update(built.outputs)
        for output, urns in built.output_dependencies.items():
            response.propertyDependencies[output].urns.extend(urns)
        return response

    def _construct_or_box(self, request: resource_pb2.RegisterResourceRequest) -> resource_pb2.RegisterResourceResponse:
        """Record what a component of another process makes, or only itself where that cannot be told."""
        try:
            return self._construct(request)
        except PlanError:
            self.boxed.append(f"{request.type} {request.name!r}")
            return resource_pb2.RegisterResourceResponse(urn=self._record(request, {}).urn)

    def _constructed(self, prediction: VpcPrediction, component: Resource, provider: str) -> Constructed:
        return construct(prediction, component, provider)

    def attached(self) -> AbstractContextManager[None]:
        """What must hold while a program talks to this monitor; nothing in particular."""
        return nullcontext()

    def RegisterResourceOutputs(  # noqa: N802 - the name of the RPC
        self, request: resource_pb2.RegisterResourceOutputsRequest
    ) -> object:
        """Keep the stack's exports; a component's own outputs are not part of a plan."""
        if request.urn == self._stack_urn:
            self.outputs = wire_of_struct(request.outputs)
        return super().RegisterResourceOutputs(request)

    def ReadResource(  # noqa: N802 - the name of the RPC
        self, request: resource_pb2.ReadResourceRequest
    ) -> resource_pb2.ReadResourceResponse:
        """Answer the look-up of an existing resource: nothing is known of it before deployment."""
        urn = make_urn(self.stack, self.project, request.parent, request.type, request.name)
        self.reads.append(urn)
        return resource_pb2.ReadResourceResponse(urn=urn, properties=request.properties)

    def Invoke(  # noqa: N802 - the name of the RPC
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        """Answer a look-up: its result is not known before deployment."""
        if request.tok != PULUMI_PULUMI_GET_RESOURCE:
            self.invoked.append(request.tok)
            return resource_pb2.ResourceInvokeResponse(unknown=True)
        urn = request.args["urn"]
        response = resource_pb2.ResourceInvokeResponse()
        found = getattr(response, "return")
        found.update({"urn": urn, "id": "", "state": self._states.get(urn, {})})
        return response

    def Call(self, request: resource_pb2.ResourceCallRequest) -> NoReturn:  # noqa: N802 - the name of the RPC
        """Refuse: a component's method runs in its own process."""
        raise PlanError(f"{request.tok}: the offline plan does not cover methods of components")

    def RegisterStackTransform(self, request: object) -> NoReturn:  # noqa: N802 - the name of the RPC
        """Refuse: the monitor runs no transforms, so the plan would differ from the deployment."""
        raise PlanError("the offline plan does not cover stack transforms; set the options where resources are made")

    RegisterStackInvokeTransform = RegisterStackTransform


class PlanEngine:
    """The engine's side of `pulumi.log`."""

    _SEVERITIES: Final = {
        engine_pb2.INFO: "info",
        engine_pb2.WARNING: "warning",
        engine_pb2.ERROR: "error",
    }

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    def Log(self, request: engine_pb2.LogRequest) -> None:  # noqa: N802 - the name of the RPC
        """Keep what the program says; the SDK's own debug messages are dropped."""
        if severity := self._SEVERITIES.get(request.severity):
            self.diagnostics.append(Diagnostic(severity, request.message.strip(), request.urn))

    def RequirePulumiVersion(self, _request: object) -> None:  # noqa: N802 - the name of the RPC
        """Offline there is no CLI whose version could be too old."""


def _unsupported(request: resource_pb2.RegisterResourceRequest, what: str) -> PlanError:
    return PlanError(f"{request.type} {request.name!r}: the offline plan does not cover {what}; leave them out")
