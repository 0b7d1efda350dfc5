"""The database to its standby in another zone, or the product to the second region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.ops.call import Call
from ascent.ops.find import chosen, command
from ascent.ops.kinds import Operation
from ascent.ops.region import second_region
from ascent.ops.step import Prepared, Step, StoppedError
from ascent.verify.reads import Read
from policies.pack.types import RDS_INSTANCE

if TYPE_CHECKING:
    from ascent.ops.step import Memory, Subject
    from ascent.verify.deployed import Found


def prepare(subject: Subject) -> Prepared:
    """What a failover does: of a store that is named, or else of the product.

    Raises:
        InputError: there is nothing to fail over to.
    """
    if not subject.asked.store and subject.settings.resilience.second_region.mode.stands:
        return second_region(subject).failover()
    said, home = command(Operation.FAILOVER, subject), subject.settings.region
    databases = [one for one in subject.deployed.of(RDS_INSTANCE) if one.region in ("", home)]
    stores = {"postgres": databases[0]} if databases else {}
    return _to_standby(subject, stores[chosen(subject.asked.store, stores, "--store", said)])


def _to_standby(subject: Subject, database: Found) -> Prepared:
    name = database.text("identifier") or database.id

    def described() -> dict[str, Any]:
        return subject.aws.ask(Read.DATABASES, database.region, DBInstanceIdentifier=name)["DBInstances"][0]

    def look(memory: Memory) -> str:
        found = described()
        if not found.get("MultiAZ"):
            raise StoppedError(f"{name} has no standby; set ascent:data.postgres.multiAz: true and deploy")
        memory.kept["zone"] = found.get("AvailabilityZone", "")
        return f"its active side is in {memory.text('zone')}"

    def move(_: Memory) -> str:
        if described()["DBInstanceStatus"] == "available":
            subject.aws.ask(Call.REBOOT_DATABASE, database.region, DBInstanceIdentifier=name, ForceFailover=True)
        return ""

    steps = (
        Step(name="look", says=f"look whether {name} has a standby", do=look),
        Step(
            name="move",
            says=f"{name} moves to its standby",
            do=move,
            until=lambda _: described()["DBInstanceStatus"] == "available",
            served=True,
        ),
    )
    return Prepared(
        operation=Operation.FAILOVER,
        subject="postgres",
        steps=steps,
        harms="connections to the database end, and none is answered for a minute or two",
    )
