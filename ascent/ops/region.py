"""The product from one region to another and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.ops.call import Call
from ascent.ops.find import services
from ascent.ops.kinds import Operation
from ascent.ops.step import Prepared, Step, StoppedError
from ascent.ops.tasks import EcsService
from ascent.verify.aws import GoneError
from ascent.verify.reads import Read
from common.problems import InputError
from policies.pack.types import (
    RDS_INSTANCE_AUTOMATED_BACKUPS_REPLICATION,
    RDS_SUBNET_GROUP,
    ROUTE53_HEALTH_CHECK,
)
from settings.sections.data import DatabaseVariable
from settings.services import services_of

if TYPE_CHECKING:
    from ascent.ops.step import Memory, Subject
    from ascent.verify.deployed import Found

_SCALING: Final = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")
"""What scales a service by itself."""

_COPIED: Final = (
    "family",
    "taskRoleArn",
    "executionRoleArn",
    "networkMode",
    "containerDefinitions",
    "volumes",
    "placementConstraints",
    "requiresCompatibilities",
    "cpu",
    "memory",
    "runtimePlatform",
)
"""What of a task definition is taken into its next revision."""


def second_region(subject: Subject) -> Regions:
    """The two regions of a stack.

    Raises:
        InputError: its state has no second region.
    """
    region = subject.settings.resilience.second_in(subject.settings.region) or ""
    there = services(subject, region)
    checks = subject.deployed.of(ROUTE53_HEALTH_CHECK)
    if not there or not checks:
        raise InputError(
            f"ascent ops failover {subject.stack}: the state has nothing in {region}; deploy "
            "ascent:resilience.secondRegion first"
        )
    return Regions(subject, region, checks[0])


class Regions:
    """A stack in its own region and in a second one."""

    def __init__(self, subject: Subject, region: str, check: Found) -> None:
        self._subject, self._aws, self._region, self._check = subject, subject.aws, region, check
        self._there = {name: EcsService(subject.aws, found) for name, found in services(subject, region).items()}
        self._home = {name: EcsService(subject.aws, found) for name, found in services(subject).items()}
        self._fewest = {one.name: max(one.compute.min_count, 1) for one in services_of(subject.settings)}

    def failover(self) -> Prepared:
        """Requests to the second region."""
        steps: list[Step] = []
        if self._subject.settings.data.postgres.enabled:
            steps += [
                Step(
                    name="restore postgres",
                    says=f"restore the database in {self._region} from its replicated backups",
                    do=self._restore,
                    until=self._restored,
                ),
                Step(name="tell tasks", says=f"tell the tasks in {self._region} where it is", do=self._tell),
            ]
        steps += [
            Step(
                name=f"start {name}",
                says=f"start {self._fewest[name]} tasks of {name} in {self._region}",
                do=lambda memory, name=name: self._start(name, memory),
                until=lambda _, name=name: self._there[name].settled(at_least=self._fewest[name]),
            )
            for name in self._there
        ]
        away = self._moved(away=True, says=f"requests go to {self._region}")
        return Prepared(
            operation=Operation.FAILOVER,
            subject=f"to {self._region}",
            steps=(*steps, away),
            harms=f"writes that had not reached {self._region} are lost; two sides may write while the first region is "
            "not really down",
            after=("leave `pulumi up` alone until the failback: it knows nothing of what was moved",),
        )

    def failback(self) -> Prepared:
        """Requests back to the stack's own region."""
        home = self._subject.settings.region
        steps = [
            Step(
                name=f"look at {name}",
                says=f"look whether {name} serves in {home}",
                do=lambda memory, name=name: self._serves(name, memory),
            )
            for name in self._home
        ]
        back = self._moved(away=False, says=f"requests go to {home}")
        mode = self._subject.settings.resilience.second_region.mode
        stop = [
            Step(
                name=f"stop {name}",
                says=f"stop the tasks of {name} in {self._region}",
                do=lambda _, name=name: self._scale(name, 0),
                until=lambda _, name=name: self._there[name].settled(),
            )
            for name in self._there
            if not mode.serves
        ]
        harms = ""
        if self._subject.settings.data.postgres.enabled:
            harms = (
                f"what was written to the database in {self._region} stays there: bring it home first, as "
                "docs/second-region.md says"
            )
        return Prepared(
            operation=Operation.FAILBACK,
            subject=f"to {home}",
            steps=(*steps, back, *stop),
            harms=harms or "requests change sides",
            after=("pulumi refresh, then pulumi up: both know all again",),
        )

    def _restore(self, memory: Memory) -> str:
        name = memory.kept["database"] = (
            self._subject.settings.application + "-" + (f"{self._subject.settings.environment}-postgres")
        )
        try:
            self._database(memory)
        except GoneError:
            backups = self._only(RDS_INSTANCE_AUTOMATED_BACKUPS_REPLICATION)
            place: dict[str, Any] = {"DBSubnetGroupName": self._only(RDS_SUBNET_GROUP).text("name")}
            outputs = self._subject.deployed.outputs.get("secondRegion")
            given = outputs if isinstance(outputs, dict) else {}
            if isinstance(given.get("databaseSecurityGroupId"), str):
                place["VpcSecurityGroupIds"] = [given["databaseSecurityGroupId"]]
            if isinstance(given.get("databaseParameterGroup"), str):
                place["DBParameterGroupName"] = given["databaseParameterGroup"]
            postgres = self._subject.settings.data.postgres
            self._aws.ask(
                Call.RESTORE_DATABASE,
                self._region,
                SourceDBInstanceAutomatedBackupsArn=backups.id,
                TargetDBInstanceIdentifier=name,
                UseLatestRestorableTime=True,
                DBInstanceClass=postgres.instance_class,
                MultiAZ=postgres.multi_az,
                PubliclyAccessible=False,
                DeletionProtection=True,
                CopyTagsToSnapshot=True,
                EnableIAMDatabaseAuthentication=True,
                ManageMasterUserPassword=True,
                **place,
            )
        return f"as {name}"

    def _only(self, kind: str) -> Found:
        found = [one for one in self._subject.deployed.of(kind) if one.region == self._region]
        if not found:
            raise StoppedError(
                f"the state has no {kind.rpartition(':')[2]} in {self._region}; deploy the second region"
            )
        return found[0]

    def _database(self, memory: Memory) -> dict[str, Any]:
        answered = self._aws.ask(Read.DATABASES, self._region, DBInstanceIdentifier=memory.text("database"))
        if not answered["DBInstances"]:
            raise GoneError
        return answered["DBInstances"][0]

    def _restored(self, memory: Memory) -> bool:
        return self._database(memory)["DBInstanceStatus"] == "available"

    def _tell(self, memory: Memory) -> str:
        found = self._database(memory)
        values = {DatabaseVariable.HOST.value: found["Endpoint"]["Address"]}
        if secret := found.get("MasterUserSecret", {}).get("SecretArn"):
            values[DatabaseVariable.SECRET_ARN.value] = secret
        definitions: dict[str, str] = memory.kept.setdefault("definitions", {})
        for name, service in self._there.items():
            if name not in definitions:
                now = service.described()["taskDefinition"]
                made = self._aws.ask(Call.DEFINITION, self._region, taskDefinition=now)["taskDefinition"]
                told = {key: made[key] for key in _COPIED if made.get(key)}
                told["containerDefinitions"] = [_told(one, values) for one in made["containerDefinitions"]]
                answered = self._aws.ask(Call.REGISTER, self._region, **told)
                definitions[name] = answered["taskDefinition"]["taskDefinitionArn"]
        return ", ".join(sorted(values))

    def _start(self, name: str, memory: Memory) -> str:
        definition = memory.kept.get("definitions", {}).get(name)
        return self._scale(name, self._fewest[name], **({"taskDefinition": definition} if definition else {}))

    def _scale(self, name: str, count: int, **changes: Any) -> str:  # noqa: ANN401 - boto3 has no types
        service = self._there[name]
        # What scales by itself would undo another count.
        self._aws.ask(
            Call.SCALE,
            self._region,
            ServiceNamespace="ecs",
            ResourceId=f"service/{service.cluster}/{service.name}",
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=count or self._fewest[name],
            MaxCapacity=max(count, *(one.compute.max_count for one in services_of(self._subject.settings))),
            SuspendedState=dict.fromkeys(_SCALING, count == 0),
        )
        service.update(desiredCount=count, **changes)
        return ""

    def _serves(self, name: str, _memory: Memory) -> str:
        found = self._home[name].described()
        if not self._home[name].settled(at_least=1):
            raise StoppedError(
                f"{found['runningCount']} of {found['desiredCount']} tasks of {name} run in "
                f"{self._subject.settings.region}; wait for the region, or for `pulumi up`"
            )
        return f"{found['runningCount']} tasks run"

    def _moved(self, *, away: bool, says: str) -> Step:
        """Route 53 takes the first region for ill as long as its health check is switched off and turned round."""

        def move(_: Memory) -> str:
            self._aws.ask(Call.CHECK, HealthCheckId=self._check.id, Disabled=away, Inverted=away)
            return "within a minute or two, as resolvers forget the old address"

        def moved(_: Memory) -> bool:
            config = self._aws.ask(Call.CHECK_FOUND, HealthCheckId=self._check.id)["HealthCheck"]["HealthCheckConfig"]
            return bool(config.get("Inverted")) is away

        return Step(name="move requests", says=says, do=move, until=moved, served=True)


def _told(container: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    """A container with other values of variables that it has."""
    given = [{"name": one["name"], "value": values.get(one["name"], one["value"])} for one in container["environment"]]
    return {**container, "environment": given}
