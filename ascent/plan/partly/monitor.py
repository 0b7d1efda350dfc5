"""The resource monitor of a marker run, and what of the SDK has to know of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi import _types as sdk_types
from pulumi.output import UNKNOWN as SDK_UNKNOWN
from pulumi.runtime import rpc as sdk_rpc

from ascent.plan.awsx.prediction import Ref
from ascent.plan.monitor import PlanMonitor
from ascent.plan.offline.remote import reference
from policies.pack.types import PULUMI_PULUMI_GET_RESOURCE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from pulumi.runtime.proto import resource_pb2

    from ascent.plan.awsx.prediction import VpcPrediction
    from ascent.plan.model import Resource
    from ascent.plan.offline.remote import Constructed
    from ascent.plan.partly.marks import Marks


class MarkingMonitor(PlanMonitor):
    """Answers with markers where a preview answers nothing.

    Args:
        project: name of the Pulumi project.
        stack: name of the stack.
        marks: the markers of this run.
        boxes: see `PlanMonitor`.
    """

    def __init__(self, project: str, stack: str, marks: Marks, *, boxes: bool = False) -> None:
        super().__init__(project, stack, boxes=boxes)
        self.marks = marks
        self._classes: dict[str, type] = {}
        self._answers: dict[str, type] = {}

    def RegisterResource(  # noqa: N802 - the name of the RPC
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Record one registration and answer it with an id and outputs."""
        response = super().RegisterResource(request)
        if request.custom and not request.remote:
            response.id = self.marks.mark(response.urn, "id")
            kinds = sdk_types.resource_types(self._classes[request.type]) if request.type in self._classes else {}
            for name, kind in kinds.items():
                if name not in response.object.fields and name not in ("id", "urn"):
                    value = self.marks.shape(kind, response.urn, name)
                    if value is not None:
                        response.object.update({name: value})
        return response

    def Invoke(  # noqa: N802 - the name of the RPC
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        """Answer a look-up; of a resource of the stack, with its id."""
        response = super().Invoke(request)
        if request.tok == PULUMI_PULUMI_GET_RESOURCE:
            getattr(response, "return").update({"id": self.marks.mark(request.args["urn"], "id")})
        elif request.tok in self._answers:
            found = self.marks.shape(self._answers[request.tok], request.tok, "")
            if found is not None:
                response.unknown = False
                getattr(response, "return").update(found)
        return response

    def _constructed(self, prediction: VpcPrediction, component: Resource, provider: str) -> Constructed:
        built = super()._constructed(prediction, component, provider)
        urns = {child.key: made.urn for child, made in zip(prediction.children, built.children, strict=True)}
        children = tuple(
            replace(made, inputs={**made.inputs, **self._marked(dict(child.inputs), urns)})
            for child, made in zip(prediction.children, built.children, strict=True)
        )
        return replace(built, children=children, outputs=self._marked(dict(prediction.outputs), urns))

    def _marked(self, value: Any, urns: dict[str, str]) -> Any:  # noqa: ANN401 - any JSON value
        if isinstance(value, Ref):
            mark = self.marks.mark(urns[value.child], value.output or "id")
            return mark if value.output else reference(urns[value.child], mark)
        if isinstance(value, dict):
            return {key: self._marked(member, urns) for key, member in value.items()}
        return [self._marked(entry, urns) for entry in value] if isinstance(value, list) else value

    @contextmanager
    def attached(self) -> Generator[None]:
        """Learn the classes of resources, and take what a program cannot compute from a marker for unknown."""
        transfer, apply, invoke = sdk_rpc.transfer_properties, pulumi.Output.apply, pulumi.runtime.invoke_output

        def learning(res: pulumi.Resource, *rest: Any) -> Any:  # noqa: ANN401 - the SDK's
            self._classes[res.pulumi_resource_type] = type(res)
            return transfer(res, *rest)

        def asking(tok: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - the SDK's
            if isinstance(kind := more.get("typ"), type):
                self._answers[tok] = kind
            return invoke(tok, *rest, **more)

        def tolerant(output: Any, func: Callable[[Any], Any], run_with_unknowns: bool = False) -> Any:  # noqa: ANN401 - the SDK's
            def tried(value: Any) -> Any:  # noqa: ANN401 - any value
                try:
                    return func(value)
                except Exception:
                    return pulumi.Output.from_input(SDK_UNKNOWN)

            return apply(output, tried, run_with_unknowns)

        patched: list[tuple[Any, str, Any, Any]] = [
            (sdk_rpc, "transfer_properties", learning, transfer),
            (pulumi.Output, "apply", tolerant, apply),
            (pulumi.runtime, "invoke_output", asking, invoke),
        ]
        for owner, name, ours, _ in patched:
            setattr(owner, name, ours)
        try:
            yield
        finally:
            for owner, name, _, real in patched:
                setattr(owner, name, real)
