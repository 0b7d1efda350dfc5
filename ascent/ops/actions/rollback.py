"""The release before, of a service on ECS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.ops.call import Call
from ascent.ops.find import chosen, command, services
from ascent.ops.kinds import Operation
from ascent.ops.step import Prepared, Step, StoppedError
from ascent.ops.tasks import EcsService

if TYPE_CHECKING:
    from ascent.ops.step import Memory, Subject


def prepare(subject: Subject) -> Prepared:
    """What a rollback does.

    Raises:
        InputError: there is no such service.
    """
    found = services(subject)
    name = chosen(subject.asked.service, found, "--service", command(Operation.ROLLBACK, subject))
    service = EcsService(subject.aws, found[name])

    def look(memory: Memory) -> str:
        now = service.described()["taskDefinition"]
        family, revision = now.rpartition("/")[2].rsplit(":", 1)
        arns: list[Any] = subject.aws.ask_all(
            Call.DEFINITIONS, "taskDefinitionArns", service.region, familyPrefix=family, status="ACTIVE"
        )
        of_family = [arn for arn in arns if arn.rpartition("/")[2].rsplit(":", 1)[0] == family]
        before = [arn for arn in of_family if int(arn.rsplit(":", 1)[1]) < int(revision)]
        if not before:
            raise StoppedError(
                f"{name} has no release before {family}:{revision}; deploy an older image with `pulumi up` instead"
            )
        memory.kept["from"] = now
        memory.kept["to"] = max(before, key=lambda arn: int(arn.rsplit(":", 1)[1]))
        image = subject.aws.ask(Call.DEFINITION, service.region, taskDefinition=memory.text("to"))["taskDefinition"]
        return f"to {memory.text('to').rpartition('/')[2]}, image {image['containerDefinitions'][0]['image']}"

    def back(memory: Memory) -> str:
        service.update(taskDefinition=memory.text("to"))
        return ""

    steps = (
        Step(name="look", says=f"look which release of {name} came before", do=look),
        Step(
            name="roll-back",
            says=f"start tasks of that release of {name}, and stop the others",
            do=back,
            until=lambda memory: service.settled(memory.text("to")),
            served=True,
        ),
    )
    return Prepared(
        operation=Operation.ROLLBACK,
        subject=name,
        steps=steps,
        harms="requests meet the former release, which may not know what the newer one wrote",
        after=("write the former image into the stack's settings: the next `pulumi up` deploys what they name",),
    )
