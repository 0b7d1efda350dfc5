"""Tells, once a week, what the account pays for in this region and nobody uses.

Variables: TOPIC_ARN, where the report goes; STACK, whose report it is; IDLE_DAYS, days without traffic after which
something is idle; SNAPSHOT_DAYS, age from which a snapshot made by hand is old.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHLY_USD = {
    "address": 3.65,
    "balancer": 16.43,
    "nat": 32.85,
    "snapshot_gb": 0.05,
    "volume_gb": 0.08,
}
"""List prices of a month in us-east-1; other regions differ by some percent. A database's hangs on its class."""

_SHOWN = 100
"""Lines of a report at most: a message of SNS holds 256 KB, and nobody reads more."""


class Idle(NamedTuple):
    """Something that is paid for and not used."""

    what: str
    name: str
    why: str
    usd: float | None
    """Dollars a month; None where it depends."""


def handler(event: dict[str, Any], _context: object) -> dict[str, int]:
    """Look, and tell the topic; with nothing to tell it stays quiet.

    Args:
        event: what called; not used, but for `now`, an ISO time to look from.
    """
    now = datetime.fromisoformat(event["now"]) if "now" in event else datetime.now(UTC)
    found = sorted(idle(now), key=lambda one: (-(one.usd or 0), one.what, one.name))
    if found:
        subject = f"{os.environ['STACK']}: {len(found)} idle in {os.environ['AWS_REGION']}"
        boto3.client("sns").publish(TopicArn=os.environ["TOPIC_ARN"], Subject=subject[:100], Message=text(found))
    print(json.dumps({"idle": len(found)}))
    return {"idle": len(found)}


def text(found: list[Idle]) -> str:
    """The report.

    Args:
        found: what is idle, the dearest first.
    """
    total = sum(one.usd or 0 for one in found)
    lines = [
        f"Paid for and not used: {len(found)}, about ${total:,.2f} a month at list prices of us-east-1.",
        "Look before you delete; something may only wait for its turn.",
        "",
    ]
    for one in found[:_SHOWN]:
        price = "     ?" if one.usd is None else f"${one.usd:,.2f}"
        lines.append(f"{price:>9}  {one.what} {one.name}: {one.why}")
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more")
    return "\n".join(lines)


def idle(now: datetime) -> Iterator[Idle]:
    """Everything that is paid for and not used.

    Args:
        now: the time to look back from.
    """
    quiet_since = now - timedelta(days=int(os.environ["IDLE_DAYS"]))
    old_before = now - timedelta(days=int(os.environ["SNAPSHOT_DAYS"]))
    yield from _balancers(quiet_since, now)
    yield from _nat_gateways(quiet_since, now)
    yield from _databases(quiet_since, now)
    yield from _volumes()
    yield from _addresses()
    yield from _snapshots(old_before)


def _all(client: str, operation: str, key: str, **arguments: object) -> Iterator[dict[str, Any]]:
    for page in boto3.client(client).get_paginator(operation).paginate(**arguments):
        yield from page[key]


def _balancers(since: datetime, now: datetime) -> Iterator[Idle]:
    """Load balancers that nothing stands behind, or that nobody asks."""
    elb = boto3.client("elbv2")
    metrics = {"application": "RequestCount", "network": "ProcessedBytes", "gateway": "ProcessedBytes"}
    spaces = {"application": "ApplicationELB", "network": "NetworkELB", "gateway": "GatewayELB"}
    groups = list(_all("elbv2", "describe_target_groups", "TargetGroups"))
    for balancer in _all("elbv2", "describe_load_balancers", "LoadBalancers"):
        if balancer["CreatedTime"] > since:
            continue
        arn, kind = balancer["LoadBalancerArn"], balancer["Type"]
        name = arn.split("loadbalancer/")[1]
        own = [group["TargetGroupArn"] for group in groups if arn in group["LoadBalancerArns"]]
        described = [elb.describe_target_health(TargetGroupArn=group) for group in own]
        why = ""
        if not any(one["TargetHealthDescriptions"] for one in described):
            why = "has no targets"
        elif _total(f"AWS/{spaces[kind]}", metrics[kind], "LoadBalancer", name, since, now) == 0:
            why = f"nobody asked it since {since:%Y-%m-%d}"
        if why:
            yield Idle("load balancer", balancer["LoadBalancerName"], why, MONTHLY_USD["balancer"])


def _nat_gateways(since: datetime, now: datetime) -> Iterator[Idle]:
    wanted = [{"Name": "state", "Values": ["available"]}]
    for gateway in _all("ec2", "describe_nat_gateways", "NatGateways", Filters=wanted):
        name = gateway["NatGatewayId"]
        if gateway["CreateTime"] <= since and not _total(
            "AWS/NATGateway", "BytesOutToDestination", "NatGatewayId", name, since, now
        ):
            yield Idle("NAT gateway", name, f"sent nothing since {since:%Y-%m-%d}", MONTHLY_USD["nat"])


def _databases(since: datetime, now: datetime) -> Iterator[Idle]:
    for database in _all("rds", "describe_db_instances", "DBInstances"):
        name = database["DBInstanceIdentifier"]
        running = database["DBInstanceStatus"] == "available" and database["InstanceCreateTime"] <= since
        # A database is asked by AWS itself now and then; a connection that stays is the application's.
        if running and not _total(
            "AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", name, since, now, "Maximum"
        ):
            yield Idle("database", name, f"no connection since {since:%Y-%m-%d}", None)


def _volumes() -> Iterator[Idle]:
    for volume in _all("ec2", "describe_volumes", "Volumes", Filters=[{"Name": "status", "Values": ["available"]}]):
        usd = volume["Size"] * MONTHLY_USD["volume_gb"]
        yield Idle("volume", volume["VolumeId"], f"{volume['Size']} GB, attached to nothing", usd)


def _addresses() -> Iterator[Idle]:
    for address in boto3.client("ec2").describe_addresses()["Addresses"]:
        if "AssociationId" not in address:
            yield Idle("address", address["PublicIp"], "associated with nothing", MONTHLY_USD["address"])


def _snapshots(before: datetime) -> Iterator[Idle]:
    """Snapshots that somebody made by hand, of volumes and databases; AWS Backup ends its own."""
    for snapshot in _all("ec2", "describe_snapshots", "Snapshots", OwnerIds=["self"]):
        kept_by_backup = any(tag["Key"].startswith("aws:backup:") for tag in snapshot.get("Tags", ()))
        if snapshot["StartTime"] < before and not kept_by_backup:
            usd = snapshot["VolumeSize"] * MONTHLY_USD["snapshot_gb"]
            yield Idle("snapshot", snapshot["SnapshotId"], f"at most, of {snapshot['StartTime']:%Y-%m-%d}", usd)
    for snapshot in _all("rds", "describe_db_snapshots", "DBSnapshots", SnapshotType="manual"):
        made = snapshot.get("SnapshotCreateTime")
        if made is not None and made < before:
            yield Idle("database snapshot", snapshot["DBSnapshotIdentifier"], f"of {made:%Y-%m-%d}", None)


def _total(
    namespace: str, metric: str, dimension: str, value: str, since: datetime, now: datetime, statistic: str = "Sum"
) -> float:
    """What a metric says of a time; a metric without values says 0."""
    query = {
        "Id": "total",
        "MetricStat": {
            "Metric": {
                "Namespace": namespace,
                "MetricName": metric,
                "Dimensions": [{"Name": dimension, "Value": value}],
            },
            "Period": 86400,
            "Stat": statistic,
        },
    }
    answers = _all(
        "cloudwatch", "get_metric_data", "MetricDataResults", MetricDataQueries=[query], StartTime=since, EndTime=now
    )
    return sum(sum(answer["Values"]) for answer in answers)
