"""A stand-in for the awsx provider plugin: registers what `ascent.plan.awsx.prediction` predicts that awsx registers.

It turns each reference of the prediction into the real output of a registered resource, so dependencies, unknown
values and deployed ids come from the engine and Pulumi's SDK and not from the prediction. That prediction and awsx
agree is checked elsewhere, against a recording of awsx itself (`recorded/`).

Run by the sandbox as `python -m tests.engine.standin.awsx`; never by a deployment.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pulumi
from pulumi.provider import ConstructResult, Provider
from pulumi.provider.server import main as serve

from ascent.plan.awsx.prediction import Ref, VpcPrediction, predict_vpc
from policies.pack.types import AWSX_EC2_VPC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.awsx.prediction import Child


class Registered(pulumi.CustomResource):
    """A child of any type, with the inputs given and the outputs asked for."""

    def __init__(
        self, child: Child, inputs: Mapping[str, Any], outputs: set[str], opts: pulumi.ResourceOptions
    ) -> None:
        # A property without a value is an output that the provider fills in.
        super().__init__(child.type, child.name, {**dict.fromkeys(outputs), **inputs}, opts)

    def output(self, name: str) -> pulumi.Output[Any]:
        """The output `name`."""
        return self.id if name == "id" else vars(self)[name]


class Vpc(pulumi.ComponentResource):
    """`awsx.ec2.Vpc`, by its prediction."""

    def __init__(self, name: str, prediction: VpcPrediction, opts: pulumi.ResourceOptions | None) -> None:
        super().__init__(AWSX_EC2_VPC, name, None, opts)
        self._children: dict[str, Registered] = {}
        wanted = _wanted_outputs(prediction)
        for child in prediction.children:
            parent = self._children[child.parent] if child.parent else self
            options = pulumi.ResourceOptions(
                parent=parent, depends_on=[self._children[key] for key in child.depends_on]
            )
            self._children[child.key] = Registered(child, self._inputs(child), wanted[child.key], options)

    def _inputs(self, child: Child) -> dict[str, Any]:
        # awsx computes these from a value that only a deployment knows, and then finds that there is none.
        absent = {key: self._value(ref).apply(lambda _: None) for key, ref in child.preview_inputs.items()}
        return {**{key: self._value(value) for key, value in child.inputs.items()}, **absent}

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value, with references in it
        """`value` with outputs, or registered children themselves, in the place of references."""
        if isinstance(value, Ref):
            child = self._children[value.child]
            return child.output(value.output) if value.output else child
        if isinstance(value, list):
            return [self._value(item) for item in value]
        return value

    def returned(self, prediction: VpcPrediction) -> dict[str, pulumi.Output[Any]]:
        """The component's outputs, each depending on the children that awsx makes it depend on."""
        return {
            name: pulumi.Output.all(
                self._value(value), *(self._children[key].id for key in prediction.output_dependencies[name])
            ).apply(lambda known: known[0], run_with_unknowns=_is_made_of_children(value))
            for name, value in prediction.outputs.items()
        }


def _is_made_of_children(value: Any) -> bool:  # noqa: ANN401 - any JSON value, with references in it
    """Whether an output is a child, a list of children, or plain data: in a preview awsx returns those as known."""
    if isinstance(value, Ref):
        return not value.output
    return all(_is_made_of_children(item) for item in value) if isinstance(value, list) else True


def _wanted_outputs(prediction: VpcPrediction) -> dict[str, set[str]]:
    """Child → its outputs, other than the id, that some other child takes as an input."""
    wanted: dict[str, set[str]] = {child.key: set() for child in prediction.children}
    for child in prediction.children:
        for value in (*child.inputs.values(), *child.preview_inputs.values()):
            if isinstance(value, Ref) and value.output != "id":
                wanted[value.child].add(value.output)
    return wanted


class StandInAwsx(Provider):
    """Serves the one component that the project uses."""

    def __init__(self) -> None:
        super().__init__(version("pulumi-awsx"), '{"name": "awsx"}')

    def construct(
        self,
        name: str,
        resource_type: str,
        inputs: pulumi.Inputs,
        options: pulumi.ResourceOptions | None = None,
    ) -> ConstructResult:
        """Register an `awsx.ec2.Vpc`."""
        if resource_type != AWSX_EC2_VPC:
            raise ValueError(f"the stand-in awsx provider has only {AWSX_EC2_VPC}, not {resource_type}")
        prediction = predict_vpc(name, inputs)
        vpc = Vpc(name, prediction, options)
        return ConstructResult(urn=vpc.urn, state=vpc.returned(prediction))


if __name__ == "__main__":
    serve(StandInAwsx(), sys.argv[1:])
