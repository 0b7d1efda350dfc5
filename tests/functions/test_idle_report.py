"""The report of what is idle, against a stand-in of AWS.

Not proven: that AWS's metrics are as the stand-in's; that a mail with the report reads well.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from ascent.cost.book.prices import load_prices
from functions import idle_report

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime.now(UTC).replace(microsecond=0)
LATER = NOW + timedelta(days=30)
"""A month on, what was made now is old enough to be idle."""


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    given = {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "STACK": "shop prod",
        "IDLE_DAYS": "14",
        "SNAPSHOT_DAYS": "20",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        monkeypatch.setenv("TOPIC_ARN", boto3.client("sns").create_topic(Name="alarms")["TopicArn"])
        yield


class Ear:
    """A subscriber of the topic."""

    def __init__(self) -> None:
        self._queue = boto3.client("sqs")
        self._url = self._queue.create_queue(QueueName="ear")["QueueUrl"]
        known = self._queue.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        topic = boto3.client("sns").list_topics()["Topics"][0]["TopicArn"]
        boto3.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=known["Attributes"]["QueueArn"])

    def hear(self) -> list[dict[str, str]]:
        answer = self._queue.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in answer.get("Messages", ())]


@pytest.fixture
def said() -> Ear:
    return Ear()


def found(now: datetime = LATER) -> dict[tuple[str, str], idle_report.Idle]:
    return {(one.what, one.name): one for one in idle_report.idle(now)}


def subnets() -> list[str]:
    return [s["SubnetId"] for s in boto3.client("ec2").describe_subnets()["Subnets"]][:2]


def balancer(name: str) -> dict[str, Any]:
    made = boto3.client("elbv2").create_load_balancer(Name=name, Subnets=subnets(), Type="application")
    return made["LoadBalancers"][0]


def with_target(made: dict[str, Any], name: str) -> None:
    elb = boto3.client("elbv2")
    group = elb.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=made["VpcId"], TargetType="instance")
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    instance = boto3.client("ec2").run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1, SubnetId=subnets()[0])
    elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": instance["Instances"][0]["InstanceId"]}])
    elb.create_listener(
        LoadBalancerArn=made["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": arn}],
    )


def measure(namespace: str, metric: str, dimension: str, value: str, amount: float, when: datetime) -> None:
    boto3.client("cloudwatch").put_metric_data(
        Namespace=namespace,
        MetricData=[
            {
                "MetricName": metric,
                "Dimensions": [{"Name": dimension, "Value": value}],
                "Value": amount,
                "Timestamp": when,
            }
        ],
    )


def test_nothing_idle_says_nothing(said: Ear) -> None:
    assert idle_report.handler({"now": NOW.isoformat()}, None) == {"idle": 0}
    assert said.hear() == []


def test_volumes_that_are_attached_to_nothing() -> None:
    ec2 = boto3.client("ec2")
    free = ec2.create_volume(AvailabilityZone="us-east-1a", Size=50)["VolumeId"]
    used = ec2.create_volume(AvailabilityZone="us-east-1a", Size=50)["VolumeId"]
    machine = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    ec2.attach_volume(VolumeId=used, InstanceId=machine, Device="/dev/sdh")
    volumes = {name for what, name in found(NOW) if what == "volume"}
    assert volumes == {free}
    assert found(NOW)["volume", free].usd == pytest.approx(4.0)


def test_addresses_without_a_use() -> None:
    ec2 = boto3.client("ec2")
    free, used = (ec2.allocate_address(Domain="vpc") for _ in range(2))
    machine = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    ec2.associate_address(AllocationId=used["AllocationId"], InstanceId=machine)
    assert {name for what, name in found(NOW) if what == "address"} == {free["PublicIp"]}


def test_balancers_without_targets_or_requests() -> None:
    empty, quiet, busy = (balancer(name) for name in ("empty", "quiet", "busy"))
    with_target(quiet, "quiet-targets")
    with_target(busy, "busy-targets")
    name = busy["LoadBalancerArn"].split("loadbalancer/")[1]
    measure("AWS/ApplicationELB", "RequestCount", "LoadBalancer", name, 7, LATER - timedelta(days=2))
    got = {name: one.why for (what, name), one in found().items() if what == "load balancer"}
    assert got == {"empty": "has no targets", "quiet": f"nobody asked it since {LATER - timedelta(days=14):%Y-%m-%d}"}
    assert empty["LoadBalancerName"] in got
    assert not [one for one in found(NOW) if one[0] == "load balancer"], "a new one is given its time"


def test_nat_gateways_that_send_nothing() -> None:
    ec2 = boto3.client("ec2")
    quiet, busy = (
        ec2.create_nat_gateway(SubnetId=subnets()[0], ConnectivityType="private")["NatGateway"]["NatGatewayId"]
        for _ in range(2)
    )
    measure("AWS/NATGateway", "BytesOutToDestination", "NatGatewayId", busy, 1e9, LATER - timedelta(days=1))
    assert [one.name for (what, _), one in found().items() if what == "NAT gateway"] == [quiet]


def test_databases_that_nobody_connects_to() -> None:
    rds = boto3.client("rds")
    for name in ("quiet", "busy"):
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.t4g.micro",
            Engine="postgres",
            AllocatedStorage=20,
            MasterUsername="someone",
            ManageMasterUserPassword=True,
        )
    measure("AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", "busy", 3, LATER - timedelta(days=1))
    got = [one for (what, _), one in found().items() if what == "database"]
    assert [(one.name, one.usd) for one in got] == [("quiet", None)]


def test_old_snapshots_made_by_hand() -> None:
    ec2 = boto3.client("ec2")
    volume = ec2.create_volume(AvailabilityZone="us-east-1a", Size=10)["VolumeId"]
    by_hand = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    by_backup = ec2.create_snapshot(
        VolumeId=volume,
        TagSpecifications=[{"ResourceType": "snapshot", "Tags": [{"Key": "aws:backup:source-resource", "Value": "x"}]}],
    )["SnapshotId"]
    own = {by_hand, by_backup}
    assert {name for what, name in found() if what == "snapshot"} & own == {by_hand}
    assert not {name for what, name in found(NOW + timedelta(days=19)) if what == "snapshot"} & own


def test_a_report_is_sorted_by_its_cost_and_goes_to_the_topic(said: Ear) -> None:
    ec2 = boto3.client("ec2")
    ec2.create_volume(AvailabilityZone="us-east-1a", Size=500)
    ec2.allocate_address(Domain="vpc")
    assert idle_report.handler({"now": NOW.isoformat()}, None) == {"idle": 2}
    (mail,) = said.hear()
    assert mail["Subject"] == "shop prod: 2 idle in us-east-1"
    lines = mail["Message"].splitlines()
    assert lines[0] == "Paid for and not used: 2, about $43.65 a month at list prices of us-east-1."
    assert [line.split()[:2] for line in lines[3:]] == [["$40.00", "volume"], ["$3.65", "address"]]


def test_a_long_report_is_cut() -> None:
    many = [idle_report.Idle("address", f"198.51.100.{i}", "associated with nothing", 3.65) for i in range(130)]
    assert idle_report.text(many).endswith("and 30 more")
    assert len(idle_report.text(many).encode()) < 256 * 1024


def test_its_prices_are_those_of_the_price_book() -> None:
    book = load_prices()

    def usd(item: str) -> float:
        found = book.find(item, "us-east-1")
        assert found is not None
        return float(found.price)

    hours = 730
    assert {
        "address": round(usd("ipv4.hour") * hours, 2),
        "balancer": round(usd("alb.hour") * hours, 2),
        "nat": round(usd("nat.hour") * hours, 2),
        "snapshot_gb": usd("ebs.snapshot"),
        "volume_gb": usd("ebs.gp3"),
    } == idle_report.MONTHLY_USD
