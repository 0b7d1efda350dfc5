"""Clusters of RDS and Aurora, their readers, and proxies."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import HOURS
from ascent.cost.charges import Charge, Free, Gap, Line
from ascent.cost.meter import is_on, number
from ascent.cost.pricers.registry import prices
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter
    from ascent.plan.model import Resource

_MEMBERS: Final = 3
"""Instances of RDS's cluster: a writer and two readers."""

_LEAST_VCPUS: Final = 2
_LEAST_ACUS: Final = 8
"""What a proxy is charged for at least, before an instance and before Aurora (RDS Proxy pricing)."""

_SERVERLESS: Final = "db.serverless"


@prices(types.RDS_CLUSTER)
def cluster(meter: Meter) -> Iterator[Line]:
    """RDS's three instances with their disks, or Aurora's storage and requests; the secret either way."""
    engine, class_ = meter.text("engine"), meter.text("dbClusterInstanceClass")
    stored = meter.share(meter.usage.database_gb)
    if class_:
        item = f"rds.cluster.{engine}.{class_}"
        yield meter.hourly(item, _MEMBERS, "instance hours, of three members", called=f"{class_} in a cluster")
        allocated = meter.number("allocatedStorage") or Decimal(0)
        kind = meter.text("storageType") or "io1"
        what = "GB allocated, of three members"
        yield meter.fixed(f"rds.{kind}", allocated * _MEMBERS, what, called=f"{kind} storage of a cluster")
    elif engine == "aurora-postgresql":
        yield meter.used("aurora.store", stored, "GB stored")
        yield meter.used("aurora.requests", meter.share(meter.usage.database_requests), "reads and writes of storage")
        if meter.number("backupRetentionPeriod"):
            changes = stored.with_each(meter.usage.daily_change_percent, lambda size, percent: size * percent / 100)
            days = meter.number("backupRetentionPeriod") or Decimal(0)
            yield meter.used("aurora.backup", changes * days, "GB of backups beyond the free ones")
    else:
        yield Gap(f"no price for a cluster of {engine or 'an engine that is known only after deployment'}")
    if is_on(meter.inputs.get("manageMasterUserPassword")):
        yield meter.fixed("secrets.secret", 1, "secret of the master user, which RDS makes")


@prices(types.RDS_CLUSTER_INSTANCE)
def member(meter: Meter) -> Iterator[Line]:
    """Capacity of Aurora Serverless: the least of it is fixed, what follows load is usage."""
    class_ = meter.text("instanceClass")
    clusters = meter.targets(types.RDS_CLUSTER, "clusterIdentifier")
    least, most = _capacity(clusters)
    if class_ != _SERVERLESS or least is None or most is None:
        yield Gap(f"no price for {class_ or 'a class that is known only after deployment'} in Aurora")
        return
    fixed = meter.fixed("aurora.acu", least * HOURS, "ACU hours, the least capacity")
    yield fixed
    if isinstance(fixed, Charge):
        more = meter.usage.load_percent * (max(most - least, Decimal(0)) / 100 * HOURS)
        yield meter.used("aurora.acu", more, "ACU hours that follow load")


def _capacity(clusters: tuple[Resource, ...]) -> tuple[Decimal | None, Decimal | None]:
    """Least and most capacity of the one cluster that a member is of."""
    if len(clusters) != 1:
        return None, None
    found = clusters[0].inputs.get("serverlessv2ScalingConfiguration")
    scaling = found if isinstance(found, dict) else {}
    return number(scaling.get("minCapacity")), number(scaling.get("maxCapacity"))


@prices(types.RDS_PROXY)
def proxy(meter: Meter) -> Iterator[Line]:
    """By the size of what is behind it."""
    targets = meter.sources(types.RDS_PROXY_TARGET, "dbProxyName")
    instances = [one for target in targets for one in meter.of(target).targets(types.RDS_INSTANCE)]
    clusters = [one for target in targets for one in meter.of(target).targets(types.RDS_CLUSTER)]
    if instances:
        class_ = str(instances[0].inputs.get("instanceClass", ""))
        vcpus = max(_vcpus(class_), _LEAST_VCPUS)
        yield meter.hourly("rds.proxy-vcpu", vcpus, "vCPU hours of the database behind it")
    elif clusters and (class_ := str(clusters[0].inputs.get("dbClusterInstanceClass") or "")):
        vcpus = max(_vcpus(class_) * _MEMBERS, _LEAST_VCPUS)
        yield meter.hourly("rds.proxy-vcpu", vcpus, "vCPU hours of the members behind it")
    elif clusters:
        least, _ = _capacity((clusters[0],))
        acus = max(least or Decimal(0), Decimal(_LEAST_ACUS))
        yield meter.hourly("rds.proxy-acu", acus, "ACU hours, eight at least")
    else:
        yield Gap("what is behind it is not in the plan")


@prices(types.RDS_PROXY_ENDPOINT)
def proxy_endpoint(meter: Meter) -> Iterator[Line]:
    """An endpoint beside the first is a VPC endpoint, in each of its subnets."""
    subnets = meter.count("vpcSubnetIds")
    if subnets is None:
        yield Gap("how many subnets it is in is known only after deployment")
        return
    yield meter.hourly("endpoint.hour", subnets, "hours, in each subnet")


def _vcpus(class_: str) -> int:
    """vCPUs of a class: one for a medium of the larger families, two up to `large`, four times as its name says."""
    if re.search(r"\.c\d\w*\.medium$", class_):
        return 1
    large = re.search(r"\.([0-9]{0,2})xlarge$", class_)
    return 4 * int(large[1] or 1) if large else 2


@prices(types.S3_BUCKET_REPLICATION_CONFIG)
def replication(meter: Meter) -> Iterator[Line]:
    """What is new in a month goes to the other region, within minutes where the rule says so."""
    if not meter.targets(types.S3_BUCKET, "bucket"):
        yield Free("copies nothing of this plan")
        return
    new = meter.usage.bucket_gb.with_each(
        meter.usage.daily_change_percent, lambda size, percent: size * percent * 30 / 100
    )
    yield meter.used("transfer.region", new, "GB copied to the other region")
    yield meter.used("s3.replicate", new, "GB copied within minutes")
