"""The database to its standby, drills, and the second region.

Not proven: what users notice of either; that AWS restores in the second region as the stand-in does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from ascent.ops.call import Call
from ascent.ops.record import Outcome
from ascent.verify.aws import Aws
from tests.ops.standin import entry, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project

THERE = "us-west-2"
PILOT_LIGHT: Final[dict[str, Any]] = {
    "ascent:resilience": {"secondRegion": {"mode": "pilot_light"}},
    "ascent:configuration": {"enabled": False},
    "ascent:compute": {"release": {"strategy": "rolling"}},
    "ascent:data": {
        "postgres": {"readers": 0, "proxy": "off", "password": "managed"},
        "cache": {"enabled": False},
        "buckets": {"purposes": []},
    },
}
"""A second region, and nothing that it cannot have."""
DATABASE = entry("aws:rds/instance:Instance", "ascent-dev-postgres-instance", "db-1", identifier="ascent-dev-postgres")
TEMPLATE = "aws:fis/experimentTemplate:ExperimentTemplate"
SAID = ("--apply", "--confirm", "dev")


def make_database(rds: Any, name: str, *, multi_az: bool = True) -> None:  # noqa: ANN401 - boto3 has no types
    rds.create_db_instance(
        DBInstanceIdentifier=name,
        AllocatedStorage=20,
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        MasterUsername="u",
        MasterUserPassword="not-a-secret",
        MultiAZ=multi_az,
    )


def test_to_the_standby(ops: Callable[..., Answer], project: Project, client: Callable[..., Any]) -> None:
    make_database(client("rds"), "ascent-dev-postgres")
    answer = ops("failover", "dev", "--store", "postgres", *SAID, resources=[DATABASE])
    assert answer.status == 0, answer
    (record,) = records(project.directory)
    assert (record.outcome, record.subject) == (Outcome.DONE, "postgres")
    assert record.measured_rto_minutes is not None


def test_without_a_standby(ops: Callable[..., Answer], client: Callable[..., Any]) -> None:
    make_database(client("rds"), "ascent-dev-postgres", multi_az=False)
    answer = ops("failover", "dev", *SAID, resources=[DATABASE])
    assert answer.status == 1
    assert "has no standby" in answer.out


def test_nothing_to_fail_over_to(ops: Callable[..., Answer]) -> None:
    for operation, wanted in (("failover", "--store could name"), ("failback", "stands in one region")):
        answer = ops(operation, "dev", resources=[])
        assert answer.status == 2
        assert wanted in answer.err


def template(client: Callable[..., Any]) -> dict[str, Any]:
    made = client("fis").create_experiment_template(
        clientToken="t",
        description="d",
        stopConditions=[{"source": "none"}],
        targets={"t": {"resourceType": "aws:ecs:task", "selectionMode": "ALL"}},
        actions={"a": {"actionId": "aws:ecs:stop-task", "targets": {"Tasks": "t"}}},
        roleArn="arn:aws:iam::123456789012:role/x",
    )["experimentTemplate"]
    return entry(TEMPLATE, "ascent-dev-experiments-stop-tasks", made["id"])


def test_a_drill_that_nobody_notices(ops: Callable[..., Answer], project: Project, client: Callable[..., Any]) -> None:
    answer = ops("drill", "dev", *SAID, resources=[template(client)])
    assert answer.status == 0, answer
    (record,) = records(project.directory)
    assert (record.outcome, record.subject) == (Outcome.DONE, "stop-tasks")
    assert record.steps[-1].found == "completed: no alarm stopped it"


def test_a_drill_that_an_alarm_stops_is_no_success(
    ops: Callable[..., Answer], project: Project, client: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Aws.ask

    def ask(self: Aws, read: Any, region: str = "", **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        if read is Call.EXPERIMENT:
            return {"experiment": {"state": {"status": "stopped", "reason": "Experiment halted by stop condition"}}}
        return real(self, read, region, **arguments)

    monkeypatch.setattr(Aws, "ask", ask)
    answer = ops("drill", "dev", *SAID, resources=[template(client)])
    assert answer.status == 1
    assert "halted by stop condition" in answer.out
    assert records(project.directory)[0].outcome is Outcome.FAILED


def test_a_stack_without_experiments(ops: Callable[..., Answer]) -> None:
    answer = ops("drill", "dev", resources=[])
    assert answer.status == 2
    assert "set ascent:resilience.experiments.enabled: true" in answer.err


class TwoRegions:
    """A service in each of two regions, and the health check that chooses between them."""

    def __init__(self, client: Callable[..., Any]) -> None:
        self._client = client
        self.check = client("route53").create_health_check(
            CallerReference="c",
            HealthCheckConfig={"Type": "HTTPS", "FullyQualifiedDomainName": "a.example.com", "Port": 443},
        )["HealthCheck"]["Id"]
        for region in ("us-east-1", THERE):
            ecs = client("ecs", region)
            ecs.create_cluster(clusterName="c")
            environment = [{"name": "DATABASE_HOST", "value": "nobody"}, {"name": "PORT", "value": "8080"}]
            made = ecs.register_task_definition(
                family="ascent-dev-app",
                containerDefinitions=[{"name": "app", "image": "i", "memory": 128, "environment": environment}],
            )["taskDefinition"]["taskDefinitionArn"]
            ecs.create_service(cluster="c", serviceName="app", taskDefinition=made, desiredCount=0)

    @property
    def there(self) -> dict[str, Any]:
        return self._client("ecs", THERE).describe_services(cluster="c", services=["app"])["services"][0]

    @property
    def away(self) -> bool:
        config = self._client("route53").get_health_check(HealthCheckId=self.check)["HealthCheck"]["HealthCheckConfig"]
        return bool(config.get("Inverted"))

    @property
    def variables(self) -> dict[str, str]:
        now = self.there["taskDefinition"]
        found = self._client("ecs", THERE).describe_task_definition(taskDefinition=now)["taskDefinition"]
        return {one["name"]: one["value"] for one in found["containerDefinitions"][0]["environment"]}

    @property
    def resources(self) -> list[dict[str, Any]]:
        kind, cluster = "aws:ecs/service:Service", "arn:aws:ecs:us-east-1:123456789012:cluster/c"
        backups = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
        return [
            entry("aws:route53/healthCheck:HealthCheck", "ascent-dev-home-check", self.check, region=""),
            entry(kind, "ascent-dev-app-service", "h", cluster=cluster, name="app"),
            entry(kind, "ascent-dev-r2-app-service", "t", cluster=cluster, region=THERE, name="app"),
            entry(backups, "ascent-dev-r2-postgres-backups", "arn:aws:rds:us-west-2:1:auto-backup:ab-1", region=THERE),
            entry("aws:rds/subnetGroup:SubnetGroup", "ascent-dev-r2-postgres-subnets", "g", region=THERE, name="g"),
        ]


@pytest.fixture
def two(client: Callable[..., Any], project: Project, monkeypatch: pytest.MonkeyPatch) -> TwoRegions:
    path = project.directory / "Pulumi.dev.yaml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))["config"]
    given["ascent:edge"]["assets"] = {"mode": "off"}
    project.stack("dev", **given, **PILOT_LIGHT)
    real = Aws.ask

    def ask(self: Aws, read: Any, region: str = "", **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        # The stand-in knows nothing of backups that were replicated, and starts no task.
        if read is Call.RESTORE_DATABASE:
            make_database(client("rds", region), arguments["TargetDBInstanceIdentifier"])
            return {}
        answer = real(self, read, region, **arguments)
        for service in answer.get("services", ()):
            service["runningCount"] = service["desiredCount"]
        return answer

    monkeypatch.setattr(Aws, "ask", ask)
    return TwoRegions(client)


def test_to_the_second_region_and_back(ops: Callable[..., Answer], project: Project, two: TwoRegions) -> None:
    told = ops("failover", "dev", resources=two.resources)
    assert "restore the database in us-west-2 from its replicated backups" in told.out
    assert two.there["desiredCount"] == 0

    answer = ops("failover", "dev", *SAID)
    assert answer.status == 0, answer
    assert two.there["desiredCount"] == 3
    assert two.variables["DATABASE_HOST"].startswith("ascent-dev-postgres.")
    assert two.variables["PORT"] == "8080"
    assert two.away
    (record,) = records(project.directory)
    assert (record.outcome, record.subject) == (Outcome.DONE, f"to {THERE}")
    assert record.measured_rto_minutes is not None

    refused = ops("failback", "dev", *SAID)
    assert refused.status == 1
    assert "0 of 0 tasks of app run in us-east-1" in refused.out
    assert two.away


def test_back_home_once_it_serves(
    ops: Callable[..., Answer], project: Project, two: TwoRegions, client: Callable[..., Any]
) -> None:
    assert ops("failover", "dev", *SAID, resources=two.resources).status == 0
    client("ecs").update_service(cluster="c", service="app", desiredCount=3)
    answer = ops("failback", "dev", *SAID)
    assert answer.status == 0, answer
    assert not two.away
    assert two.there["desiredCount"] == 0
    assert {record.operation for record in records(project.directory)} == {"failover", "failback"}


def test_a_second_region_that_is_not_deployed(ops: Callable[..., Answer], two: TwoRegions) -> None:
    answer = ops("failover", "dev", resources=two.resources[:2])
    assert answer.status == 2
    assert "the state has nothing in us-west-2" in answer.err
