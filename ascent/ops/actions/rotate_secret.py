"""Another value of a secret, now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.ops.call import Call
from ascent.ops.find import chosen, command
from ascent.ops.kinds import Operation
from ascent.ops.step import Prepared, Step, StoppedError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from ascent.ops.step import Memory, Subject

_DATABASE = "database"
"""The word for the password of the database, which no variable names."""


def prepare(subject: Subject) -> Prepared:
    """What a rotation does.

    Raises:
        InputError: there is no such secret.
    """
    said, outputs = command(Operation.ROTATE_SECRET, subject), subject.deployed.outputs
    named = outputs.get("secretArns")
    arns = {key: arn for key, arn in named.items() if isinstance(arn, str)} if isinstance(named, dict) else {}
    if isinstance(outputs.get("databaseSecretArn"), str):
        arns[_DATABASE] = outputs["databaseSecretArn"]
    name = chosen(subject.asked.secret, arns, "--secret", said)
    arn = arns[name]
    region = arn.split(":")[3]

    def current() -> str:
        found = subject.aws.ask(Read.SECRET, region, SecretId=arn).get("VersionIdsToStages", {})
        return next((version for version, stages in found.items() if "AWSCURRENT" in stages), "")

    def look(memory: Memory) -> str:
        found = subject.aws.ask(Read.SECRET, region, SecretId=arn)
        if not found.get("RotationEnabled") and not found.get("OwningService"):
            raise StoppedError(
                f"{name} has no rotation: nothing could make its next value; set ascent:security.secretRotationDays, "
                "or write one with `aws secretsmanager put-secret-value`"
            )
        memory.kept["before"] = current()
        return ""

    def rotate(memory: Memory) -> str:
        if current() == memory.text("before"):
            subject.aws.ask(Call.ROTATE, region, SecretId=arn, RotateImmediately=True)
        return ""

    steps = (
        Step(name="look", says=f"look whether {name} can be rotated", do=look),
        Step(
            name="rotate",
            says=f"make another value of {name}",
            do=rotate,
            until=lambda memory: current() not in ("", memory.text("before")),
        ),
    )
    return Prepared(
        operation=Operation.ROTATE_SECRET,
        subject=name,
        steps=steps,
        harms="what was signed with the value before the last one stops to hold; connections with an old password end",
        after=("services that read it at their start keep the old value until they are started anew",),
    )
