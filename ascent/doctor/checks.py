"""What is asked of an account before a first deployment; each check says what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.doctor.reads import Look
from ascent.verify.answer import Said, not_asked, not_well, well

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.doctor.needs import Needs
    from ascent.verify.aws import Aws

_PAGE: Final = "doctor.md"
_TAGS: Final = ("Project", "Environment")
"""Tags by which budgets count, once they are active in the paying account."""
_GLOBAL: Final = "us-east-1"


def check_region(needs: Needs, aws: Aws) -> Iterator[Said]:
    """The region is switched on in the account."""
    found = aws.ask(Look.REGIONS, _GLOBAL, AllRegions=True, RegionNames=[needs.region])["Regions"]
    status = found[0].get("OptInStatus", "") if found else ""
    if status in ("opt-in-not-required", "opted-in"):
        yield well(f"{needs.region} is switched on")
    else:
        yield not_well(
            f"{needs.region} is switched off in this account",
            runbook=f"{_PAGE}#region",
            command=aws.command("account", "enable-region", "--region-name", needs.region, region=_GLOBAL),
        )


def check_zones(needs: Needs, aws: Aws) -> Iterator[Said]:
    """The zones are there, and offer the instance types."""
    there = {zone["ZoneName"] for zone in aws.ask(Look.ZONES)["AvailabilityZones"] if zone.get("State") == "available"}
    missing = [zone for zone in needs.zones if zone not in there]
    look = aws.command("ec2", "describe-availability-zones")
    if missing:
        said = f"{', '.join(missing)}: not available here; there are {', '.join(sorted(there))}"
        yield not_well(said, runbook=f"{_PAGE}#zones", command=look)
    elif needs.zones:
        yield well(f"{', '.join(needs.zones)} are available")
    for kind in needs.instances:
        offered = aws.ask_all(
            Look.OFFERINGS,
            "InstanceTypeOfferings",
            LocationType="availability-zone",
            Filters=[{"Name": "instance-type", "Values": [kind]}],
        )
        lacking = sorted({*needs.zones} - {one["Location"] for one in offered})
        if lacking:
            said = f"{kind} is not offered in {', '.join(lacking)}"
            yield not_well(said, runbook=f"{_PAGE}#zones", command=look)
        else:
            yield well(f"{kind} is offered in all of them")


def check_networks(needs: Needs, aws: Aws) -> Iterator[Said]:
    """There is room for the VPC."""
    if needs.vpcs:
        used = len(aws.ask_all(Look.VPCS, "Vpcs"))
        yield _room(aws, "VPCs", needs.vpcs, used, "vpc", "L-F678F1CE")


def check_addresses(needs: Needs, aws: Aws) -> Iterator[Said]:
    """There is room for elastic addresses."""
    if needs.addresses:
        used = len(aws.ask(Look.ADDRESSES)["Addresses"])
        yield _room(aws, "elastic addresses", needs.addresses, used, "ec2", "L-0263D0A3")


def check_instances(needs: Needs, aws: Aws) -> Iterator[Said]:
    """The account may run as many vCPUs as the instances have, twice as many while they are renewed."""
    total = 0
    for kind, count in needs.instances.items():
        (described,) = aws.ask(Look.INSTANCE_TYPES, InstanceTypes=[kind])["InstanceTypes"]
        total += count * int(described["VCpuInfo"]["DefaultVCpus"])
    if total:
        yield _room(aws, "vCPUs of EC2, for everyday work and its renewal", 2 * total, 0, "ec2", "L-1216C47A")


def check_fargate(needs: Needs, aws: Aws) -> Iterator[Said]:
    """The account may run as many vCPUs on Fargate as the tasks have, twice as many during a deployment."""
    if needs.fargate_vcpus:
        wanted = 2 * needs.fargate_vcpus
        yield _room(aws, "vCPUs of Fargate, for everyday work and a deployment", wanted, 0, "fargate", "L-3032A538")


def check_cloudfront(needs: Needs, aws: Aws) -> Iterator[Said]:
    """AWS has verified the account for CloudFront; only an account that has a distribution is known to be."""
    if not needs.distributions:
        return
    found = aws.ask(Look.DISTRIBUTIONS, _GLOBAL).get("DistributionList", {})
    if found.get("Quantity"):
        yield well("the account has a distribution, so it is verified")
    else:
        yield not_asked("a new account may have to be verified first, which only the deployment says: docs/doctor.md")


def check_load_balancers(needs: Needs, aws: Aws) -> Iterator[Said]:
    """AWS lets the account make load balancers; only an account that has one is known to be let."""
    if not needs.load_balancers:
        return
    if aws.ask(Look.LOAD_BALANCERS)["LoadBalancers"]:
        yield well("the account has a load balancer, so it may make more")
    else:
        yield not_asked("a new account may have to be verified first, which only the deployment says: docs/doctor.md")


def check_costs(_needs: Needs, aws: Aws) -> Iterator[Said]:
    """Cost Explorer answers, and the tags by which the budget counts are active."""
    found = aws.ask(Look.COST_TAGS, _GLOBAL, TagKeys=list(_TAGS))["CostAllocationTags"]
    active = {one["TagKey"] for one in found if one.get("Status") == "Active"}
    lacking = [tag for tag in _TAGS if tag not in active]
    if not lacking:
        yield well(f"{', '.join(_TAGS)} count in bills and budgets")
        return
    pairs = [f"TagKey={tag},Status=Active" for tag in lacking]
    later = "a tag can be switched on a day after its first use"
    yield not_well(
        f"{', '.join(lacking)} do not count in bills and budgets yet; {later}",
        runbook=f"{_PAGE}#costs",
        command=aws.command(
            "ce", "update-cost-allocation-tags-status", "--cost-allocation-tags-status", *pairs, region=_GLOBAL
        ),
    )


def _room(aws: Aws, what: str, wanted: float, used: int, service: str, code: str) -> Said:
    """Whether a quota leaves room."""
    quota = float(aws.ask(Look.QUOTA, ServiceCode=service, QuotaCode=code)["Quota"]["Value"])
    beside = f" beside {used} in use" if used else ""
    said = f"{what}: {quota:g} allowed, {wanted:g} needed{beside}"
    if used + wanted <= quota:
        return well(said)
    raised = f"{max(used + wanted, 2 * quota):g}"
    command = aws.command(
        *("service-quotas", "request-service-quota-increase", "--service-code", service),
        *("--quota-code", code, "--desired-value", raised),
    )
    return not_well(said, runbook=f"{_PAGE}#quotas", command=command)


CHECKS: Final = {
    "region": check_region,
    "zones": check_zones,
    "networks": check_networks,
    "addresses": check_addresses,
    "instances": check_instances,
    "fargate": check_fargate,
    "cloudfront": check_cloudfront,
    "load-balancers": check_load_balancers,
    "costs": check_costs,
}
"""The checks that ask AWS, by the name under which docs/doctor.md describes them."""
