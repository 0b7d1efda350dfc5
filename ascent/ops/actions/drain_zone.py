"""No requests and no tasks in an availability zone, and all of it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ascent.ops.call import Call
from ascent.ops.find import chosen, command, services
from ascent.ops.kinds import Operation
from ascent.ops.step import Prepared, Step, StoppedError
from ascent.ops.tasks import EcsService
from ascent.verify.reads import Read
from common.problems import InputError
from policies.pack.types import AUTOSCALING_GROUP, LB_LOAD_BALANCER, RDS_INSTANCE
from settings.offers.zones import zones_in_use

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.ops.step import Memory, Subject
    from ascent.verify.aws import Aws
    from ascent.verify.deployed import Found

_BALANCED = 2
"""Zones that an application load balancer keeps at least."""


def prepare(subject: Subject) -> Prepared:
    """What emptying a zone does, or with `undo` filling it again.

    Raises:
        InputError: the stack is not in such a zone.
    """
    said = command(Operation.DRAIN_ZONE, subject)
    zone = chosen(subject.asked.zone, zones_in_use(subject.settings), "--zone", said)
    places = [*_balancers(subject), *_services(subject), *_groups(subject)]
    if not places:
        raise InputError(f"{said}: the stack has deployed nothing that has a zone")
    if subject.asked.undo:
        return _undone(subject, zone, places)
    steps = [
        Step(name="look", says=f"look what is in {zone}", do=lambda memory: _look(subject.aws, zone, places, memory)),
        *(_leaving(place, zone) for place in places),
        *(_failing_over(subject.aws, database, zone) for database in _databases(subject)),
    ]
    again = f"ascent ops drain-zone {subject.stack} --zone {zone} --undo --apply"
    return Prepared(
        operation=Operation.DRAIN_ZONE,
        subject=zone,
        steps=tuple(steps),
        harms=f"the other zones carry all of it; a database whose active side is in {zone} is away for a minute or two",
        after=(f"when the zone is well: {again}", "until then leave `pulumi up` alone: it puts all back"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Something that lies in subnets, and how it is moved."""

    name: str
    says: str
    aws: Aws
    read: Any
    write: Any
    settled: Any = None
    least: int = 1


def _look(aws: Aws, zone: str, places: Sequence[_Place], memory: Memory) -> str:
    subnets: dict[str, list[str]] = {place.name: sorted(place.read()) for place in places}
    every = sorted({subnet for found in subnets.values() for subnet in found})
    answered = aws.ask(Call.SUBNETS, SubnetIds=every)["Subnets"]
    inside = [subnet["SubnetId"] for subnet in answered if subnet["AvailabilityZone"] == zone]
    for place in places:
        left = [subnet for subnet in subnets[place.name] if subnet not in inside]
        if len(left) < place.least:
            raise StoppedError(
                f"{place.says} would be left with {len(left)} zones and needs {place.least}; "
                "set ascent:network.azCount higher before a zone can be emptied"
            )
    memory.kept["subnets"], memory.kept["inside"] = subnets, inside
    return f"{len(inside)} subnets"


def _leaving(place: _Place, zone: str) -> Step:
    def leave(memory: Memory) -> str:
        inside = set(memory.kept["inside"])
        place.write([subnet for subnet in memory.kept["subnets"][place.name] if subnet not in inside])
        return ""

    until = (lambda _: place.settled()) if place.settled else None
    return Step(name=f"leave {place.name}", says=f"{place.says} leaves {zone}", do=leave, until=until, served=True)


def _undone(subject: Subject, zone: str, places: Sequence[_Place]) -> Prepared:
    """Everything back into the subnets that the network has, whatever was taken out."""

    def look(memory: Memory) -> str:
        own = {place.name: place.read() for place in places}
        every = sorted({subnet for found in own.values() for subnet in found})
        known = subject.aws.ask(Call.SUBNETS, SubnetIds=every)["Subnets"]
        ours = {subnet["VpcId"] for subnet in known}
        there = subject.aws.ask(Call.SUBNETS, Filters=[{"Name": "vpc-id", "Values": sorted(ours)}])["Subnets"]
        routes = {subnet["SubnetId"]: _kind(subnet) for subnet in there}
        memory.kept["subnets"] = {
            name: sorted({*found, *(one for one in routes if routes[one] in {routes[mine] for mine in found})})
            for name, found in own.items()
        }
        return ""

    def comes_back(place: _Place) -> Step:
        def back(memory: Memory) -> str:
            place.write(memory.kept["subnets"][place.name])
            return ""

        until = (lambda _: place.settled()) if place.settled else None
        return Step(name=f"fill {place.name}", says=f"{place.says} is in {zone} again", do=back, until=until)

    steps = (
        Step(name="look", says="look which subnets are of the same kind", do=look),
        *(comes_back(place) for place in places),
    )
    return Prepared(operation=Operation.DRAIN_ZONE, subject=f"{zone}, undone", steps=steps)


def _kind(subnet: dict[str, Any]) -> str:
    """What a subnet is for: public, private, data, as awsx tags it."""
    tags = {tag["Key"]: tag["Value"] for tag in subnet.get("Tags", ())}
    return tags.get("SubnetType") or f"public {subnet.get('MapPublicIpOnLaunch', False)}"


def _balancers(subject: Subject) -> list[_Place]:
    return [_balancer(subject.aws, found) for found in subject.deployed.of(LB_LOAD_BALANCER) if _here(subject, found)]


def _balancer(aws: Aws, found: Found) -> _Place:
    arn = found.text("arn") or found.id

    def read() -> list[str]:
        answered = aws.ask(Call.BALANCERS, LoadBalancerArns=[arn])["LoadBalancers"][0]
        return [zone["SubnetId"] for zone in answered["AvailabilityZones"]]

    def write(subnets: Sequence[str]) -> None:
        aws.ask(Call.ALB_SUBNETS, LoadBalancerArn=arn, Subnets=list(subnets))

    return _Place(name=found.name, says="the load balancer", aws=aws, read=read, write=write, least=_BALANCED)


def _services(subject: Subject) -> list[_Place]:
    return [_service(subject.aws, name, found) for name, found in services(subject).items()]


def _service(aws: Aws, name: str, found: Found) -> _Place:
    service = EcsService(aws, found)

    def network() -> dict[str, Any]:
        return service.described()["networkConfiguration"]["awsvpcConfiguration"]

    def write(subnets: Sequence[str]) -> None:
        service.update(networkConfiguration={"awsvpcConfiguration": {**network(), "subnets": list(subnets)}})

    return _Place(
        name=found.name,
        says=f"the service {name}",
        aws=aws,
        read=lambda: network()["subnets"],
        write=write,
        settled=service.settled,
    )


def _groups(subject: Subject) -> list[_Place]:
    return [_group(subject.aws, found) for found in subject.deployed.of(AUTOSCALING_GROUP) if _here(subject, found)]


def _group(aws: Aws, found: Found) -> _Place:
    name = found.text("name") or found.id

    def read() -> list[str]:
        answered = aws.ask(Read.GROUPS, AutoScalingGroupNames=[name])["AutoScalingGroups"]
        return answered[0]["VPCZoneIdentifier"].split(",") if answered else []

    def write(subnets: Sequence[str]) -> None:
        aws.ask(Call.UPDATE_GROUP, AutoScalingGroupName=name, VPCZoneIdentifier=",".join(subnets))

    return _Place(name=found.name, says=f"the instances of {name}", aws=aws, read=read, write=write)


def _databases(subject: Subject) -> list[Found]:
    found = [one for one in subject.deployed.of(RDS_INSTANCE) if _here(subject, one)]
    return [one for one in found if one.outputs.get("multiAz")]


def _failing_over(aws: Aws, found: Found, zone: str) -> Step:
    name = found.text("identifier") or found.id

    def described() -> dict[str, Any]:
        return aws.ask(Read.DATABASES, DBInstanceIdentifier=name)["DBInstances"][0]

    def move(_: Memory) -> str:
        if described().get("AvailabilityZone") != zone:
            return "its active side is elsewhere"
        aws.ask(Call.REBOOT_DATABASE, DBInstanceIdentifier=name, ForceFailover=True)
        return ""

    def serves(_: Memory) -> bool:
        return described()["DBInstanceStatus"] == "available"

    says = f"{name} moves to its standby, if its active side is in {zone}"
    return Step(name=f"move {name}", says=says, do=move, until=serves, served=True)


def _here(subject: Subject, found: Found) -> bool:
    return found.region in ("", subject.settings.region)
