"""Checks on the network: address ranges, openings, databases."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations
from typing import TYPE_CHECKING

from settings.offers.regions import availability_zones

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource

INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
ANYWHERE = {"0.0.0.0/0", "::/0"}


def subnets_fit(plan: Plan) -> list[str]:
    """Subnets lie apart from each other, inside their VPC and in zones of its region; in each region that has one."""
    return [said for vpc in plan.by_type["aws:ec2/vpc:Vpc"] for said in _fit(plan, vpc)]


def _fit(plan: Plan, vpc: Resource) -> list[str]:
    subnets = [
        subnet
        for subnet in plan.by_type["aws:ec2/subnet:Subnet"]
        if vpc.urn in subnet.property_dependencies.get("vpcId", ())
    ]
    ranges = {subnet.name: IPv4Network(subnet.inputs["cidrBlock"]) for subnet in subnets}
    whole = IPv4Network(vpc.inputs["cidrBlock"])
    found = [] if subnets else [f"{vpc.name} has no subnets"]
    found += [f"{name} {cidr} is outside {whole}" for name, cidr in ranges.items() if not cidr.subnet_of(whole)]
    found += [f"{a} and {b} overlap" for a, b in combinations(ranges, 2) if ranges[a].overlaps(ranges[b])]
    providers = [one for one in plan.by_type["pulumi:providers:aws"] if vpc.provider == one.urn]
    zones = availability_zones(str(providers[0].inputs["region"]) if providers else plan.region)
    found += [f"{s.name} is in {s.inputs['availabilityZone']}" for s in subnets if _zone(s.inputs) not in zones]
    found += [
        f"{s.name} gives out public addresses"
        for s in subnets
        if s.inputs["mapPublicIpOnLaunch"] and "-public-" not in s.name
    ]
    return found


def _zone(inputs: object) -> str:
    return str(inputs["availabilityZone"]) if isinstance(inputs, dict) else ""


def private_databases(plan: Plan) -> list[str]:
    """No database has a public address, and each is encrypted, in a subnet group and in a security group."""
    found = []
    for database in plan.by_type.get("aws:rds/instance:Instance", ()):
        inputs = database.inputs
        if inputs.get("publiclyAccessible") is not False:
            found.append(f"{database.name} is public")
        if inputs.get("storageEncrypted") is not True:
            found.append(f"{database.name} is not encrypted")
        # A replica lies in its source's subnets.
        needed = ["vpcSecurityGroupIds", *([] if "replicateSourceDb" in inputs else ["dbSubnetGroupName"])]
        found += [f"{database.name} has no {k}" for k in needed if not inputs[k]]
    return found


def standalone_rules(plan: Plan) -> list[str]:
    """Groups have no inline rules, which standalone ones would fight with; the default group has none at all."""
    groups = [
        *plan.by_type["aws:ec2/securityGroup:SecurityGroup"],
        *plan.by_type["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
    ]
    return [f"{g.name} has inline {kind}" for g in groups for kind in ("ingress", "egress") if g.inputs.get(kind)]


def openings(plan: Plan) -> list[str]:
    """Only ports 80 and 443 of a public load balancer are open to everybody, and only 443 leads anywhere."""
    public = {
        urn
        for balancer in plan.by_type["aws:lb/loadBalancer:LoadBalancer"]
        if balancer.inputs["internal"] is not True
        for urn in balancer.property_dependencies.get("securityGroups", ())
    }
    found = []
    for rule in plan.by_type[INGRESS_RULE]:
        if ANYWHERE.isdisjoint({rule.inputs.get("cidrIpv4"), rule.inputs.get("cidrIpv6")}):
            continue
        ports = (rule.inputs.get("fromPort"), rule.inputs.get("toPort"))
        if ports not in ((80, 80), (443, 443)) or not public.issuperset(rule.property_dependencies["securityGroupId"]):
            found.append(f"{rule.name} lets everybody in on {ports}")
    for rule in plan.by_type[EGRESS_RULE]:
        if rule.inputs.get("cidrIpv4") in ANYWHERE and rule.inputs.get("fromPort") != 443:
            found.append(f"{rule.name} lets anything out")
    rules = [*plan.by_type[INGRESS_RULE], *plan.by_type[EGRESS_RULE]]
    found += [f"{r.name} is for {r.inputs['ipProtocol']}" for r in rules if r.inputs["ipProtocol"] != "tcp"]
    return found
