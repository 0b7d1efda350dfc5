"""An experiment of the Fault Injection Service: breaks something, and stops when users notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.ops.call import Call
from ascent.ops.find import chosen, command
from ascent.ops.kinds import Operation
from ascent.ops.step import Prepared, Step, StoppedError
from common.problems import InputError
from policies.pack.types import FIS_EXPERIMENT_TEMPLATE

if TYPE_CHECKING:
    from ascent.ops.step import Memory, Subject

_OVER = ("completed", "stopped", "failed", "cancelled")


def prepare(subject: Subject) -> Prepared:
    """What a drill does.

    Raises:
        InputError: the stack has no such experiment.
    """
    said = command(Operation.DRILL, subject)
    templates = {
        found.name.rpartition("-experiments-")[2] or found.name: found
        for found in subject.deployed.of(FIS_EXPERIMENT_TEMPLATE)
    }
    if not templates:
        raise InputError(
            f"{said}: the stack has no experiments; set ascent:resilience.experiments.enabled: true and deploy, or "
            f"rehearse a restore with `ascent ops restore {subject.stack} --discard`"
        )
    name = chosen(subject.asked.experiment, templates, "--experiment", said)
    template = templates[name]

    def found(memory: Memory) -> dict[str, Any]:
        return subject.aws.ask(Call.EXPERIMENT, template.region, id=memory.text("experiment"))["experiment"]

    def start(memory: Memory) -> str:
        if not memory.text("experiment"):
            token = f"{subject.stack}-{memory.text('stamp')}"
            made = subject.aws.ask(
                Call.START_EXPERIMENT, template.region, clientToken=token, experimentTemplateId=template.id
            )
            memory.kept["experiment"] = made["experiment"]["id"]
        return f"experiment {memory.text('experiment')}"

    def judge(memory: Memory) -> str:
        state = found(memory)["state"]
        if state["status"] != "completed":
            raise StoppedError(
                f"the experiment {state['status']}: {state.get('reason', 'AWS does not say why')}; users would have "
                "noticed: read its alarms, mend what they name, and repeat it"
            )
        return "completed: no alarm stopped it"

    steps = (
        Step(
            name="start",
            says=f"start the experiment {name}",
            do=start,
            until=lambda memory: found(memory)["state"]["status"] in _OVER,
            served=True,
        ),
        Step(name="judge", says="look whether users would have noticed", do=judge),
    )
    return Prepared(
        operation=Operation.DRILL,
        subject=name,
        steps=steps,
        harms=f"{name} breaks what serves; its alarms stop it when users notice",
    )
