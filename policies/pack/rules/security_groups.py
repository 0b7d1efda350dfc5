"""Security groups: who may reach what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import lacking
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.network.ingress import GROUPS, UDP, Opening, openings
from policies.pack.layers import NETWORK
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.parameters import wholes
from policies.pack.rule import Severity
from policies.pack.values import at, is_set, items, known, show, shown, text
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policies.pack.facts import ResourceFacts, Source, StackFacts, Value
    from policies.pack.parameters import Values

_SSH: Final = 22
_RDP: Final = 3389

PUBLIC_PORTS: Final = wholes("ports", "Ports that may be open to the internet", (80, 443), minimum=1, maximum=65535)

_GROUPS_OF: Final = {
    types.RDS_INSTANCE: "vpcSecurityGroupIds",
    types.RDS_CLUSTER: "vpcSecurityGroupIds",
    types.ELASTICACHE_REPLICATION_GROUP: "securityGroupIds",
    types.ELASTICACHE_CLUSTER: "securityGroupIds",
    types.ELASTICACHE_SERVERLESS_CACHE: "securityGroupIds",
    types.DOCDB_CLUSTER: "vpcSecurityGroupIds",
    types.REDSHIFT_CLUSTER: "vpcSecurityGroupIds",
    types.NEPTUNE_CLUSTER: "vpcSecurityGroupIds",
}
"""Data stores that clients reach over the network → the property that holds their security groups."""

_RANGES: Final = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6")

_RULES: Final = (
    types.EC2_SECURITY_GROUP_RULE,
    types.VPC_SECURITY_GROUP_INGRESS_RULE,
    types.VPC_SECURITY_GROUP_EGRESS_RULE,
)
"""Rules that are resources of their own."""

_ICMP: Final = ("icmp", "icmpv6", "1", "58")


@NETWORK.joined(
    "default-sg-closed",
    "The default security group of every VPC lets nothing through",
    on=(types.EC2_VPC, types.EC2_DEFAULT_VPC),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Whatever is made without a security group lands in the default one, whose members may all talk to each other.",
    fix="Add an aws.ec2.DefaultSecurityGroup with this vpcId and neither ingress nor egress.",
    anchors=("FSBP EC2.2", "checkov CKV2_AWS_12"),
)
def default_sg_closed(vpc: ResourceFacts, stack: StackFacts) -> Outcome:
    """The default group is adopted, which empties it, and given no rules, neither inline nor as resources."""
    groups = list(stack.referring(vpc, types.EC2_DEFAULT_SECURITY_GROUP, "vpcId"))
    if vpc.type == types.EC2_DEFAULT_VPC:
        # Without a vpcId the group is that of the region's default VPC.
        groups += (g for g in stack.of_type(types.EC2_DEFAULT_SECURITY_GROUP) if not is_set(at(g, "vpcId")))
    if not groups:
        return failed("the VPC's default security group keeps AWS's rules", "an adopted group without rules")
    for group in groups:
        for direction in ("ingress", "egress"):
            rules = items(group, direction)
            if isinstance(rules, Unknown):
                return lacking(group, direction, "no rules", f"the default group's {show(group, direction)}")
            if rules:
                return failed(f"the default group has {len(rules)} {direction} rule(s)", "no rules")
    added = [
        r for owner in (vpc, *groups) for token in _RULES for r in stack.referring(owner, token, "securityGroupId")
    ]
    own = known(vpc, "defaultSecurityGroupId")
    if isinstance(own, str):
        added += stack.once(_rules_by_id).get(own, ())
    if added:
        return failed(f"{added[0].name} adds a rule to the default group", "no rules")
    return passed("the default group has no rules")


def _rules_by_id(stack: StackFacts) -> dict[str, list[ResourceFacts]]:
    """Id of a security group, as written out → the standalone rules that name it."""
    found: dict[str, list[ResourceFacts]] = {}
    for rule in stack.of_type(*_RULES):
        found.setdefault(text(rule, "securityGroupId"), []).append(rule)
    return found


def _judge_openings(resource: ResourceFacts, bad: Callable[[Opening], str], wanted: str) -> Outcome:
    """The worst of what a security group lets in; `bad` says what is wrong with an opening to the world."""
    found = openings(resource)
    if isinstance(found, Unknown):
        return unverified("ingress is known only after deployment", wanted)
    open_to_world = [complaint for o in found if o.world and (complaint := bad(o))]
    if open_to_world:
        return failed(f"open to the internet: {', '.join(open_to_world)}", wanted)
    if any(o.world is None and bad(o) for o in found):
        return unverified("an address range is known only after deployment", wanted)
    return passed(f"{len(found)} opening(s), none of them too wide")


@NETWORK.resource(
    "sg-no-open-admin-ports",
    "No security group opens SSH or RDP to the internet",
    on=(*GROUPS, types.EC2_SECURITY_GROUP_RULE, types.VPC_SECURITY_GROUP_INGRESS_RULE),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="Login ports open to the world are found and attacked within minutes.",
    fix="Delete the rule and log in through SSM Session Manager.",
    anchors=("FSBP EC2.13", "FSBP EC2.14", "checkov CKV_AWS_24", "checkov CKV_AWS_25", "checkov CKV_AWS_277"),
)
def sg_no_open_admin_ports(resource: ResourceFacts) -> Outcome:
    """Ports 22 and 3389, alone or within a range. SSH speaks TCP only, RDP both TCP and UDP."""

    def bad(opening: Opening) -> str:
        return str(opening) if opening.reaches(_SSH, *UDP) or opening.reaches(_RDP) else ""

    return _judge_openings(resource, bad, "no access to ports 22 and 3389")


@NETWORK.resource(
    "sg-open-ingress-authorized-ports",
    "Security groups open only HTTP and HTTPS to the internet",
    on=(*GROUPS, types.EC2_SECURITY_GROUP_RULE, types.VPC_SECURITY_GROUP_INGRESS_RULE),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Every other port belongs to something that was not built to face the internet.",
    fix="Let in another security group (referencedSecurityGroupId) or the ranges that need it.",
    anchors=("FSBP EC2.18", "FSBP EC2.19", "cdk-nag AwsSolutions-EC23"),
    parameters=(PUBLIC_PORTS,),
)
def sg_open_ingress_authorized_ports(resource: ResourceFacts, given: Values) -> Outcome:
    """One of the allowed ports at a time, 80 and 443 by default."""
    ports = given[PUBLIC_PORTS]

    def bad(opening: Opening) -> str:
        return "" if opening.ports in [(p, p) for p in ports] else str(opening)

    return _judge_openings(resource, bad, f"only ports {', '.join(map(str, ports))}" if ports else "no port")


@NETWORK.joined(
    "data-ingress-by-group",
    "Data stores let in security groups, not address ranges",
    on=tuple(_GROUPS_OF),
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="A range such as the whole VPC's lets every machine in it try passwords; a group lets in one program.",
    fix="Replace the range by referencedSecurityGroupId (inline: securityGroups) of the application's security group.",
)
def data_ingress_by_group(store: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """The ingress rules of the store's security groups, inline and standalone, as far as the stack makes them."""
    wanted = "security groups as sources"
    key = _GROUPS_OF[store.type]
    groups = stack.referred(store, key, *GROUPS)
    if not groups:
        return None
    named = items(store, key)
    if not isinstance(named, Unknown) and len(groups) > len(named):
        # The ids come out of a component: the engine then names every group in it, not only the store's.
        return unverified(f"{key} cannot be told apart before deployment", wanted)
    return worst((_ranges(group, stack, wanted) for group in groups), "no ingress")


def _ranges(group: ResourceFacts, stack: StackFacts, wanted: str) -> Outcome:
    """The address ranges that a group lets in."""
    inline = items(group, "ingress")
    blocks: list[Source] = [UNKNOWN] if isinstance(inline, Unknown) else list(inline)
    blocks += (
        r for r in stack.referring(group, types.EC2_SECURITY_GROUP_RULE, "securityGroupId") if at(r, "type") != "egress"
    )
    blocks += stack.referring(group, types.VPC_SECURITY_GROUP_INGRESS_RULE, "securityGroupId")
    found = list(_values(blocks))
    written = [v for v in found if v is not UNKNOWN and is_set(v)]
    if written:
        return failed(f"{group.name} lets in {', '.join(shown(v) for v in written[:3])}", wanted)
    if found:
        return unverified(f"what {group.name} lets in is known only after deployment", wanted)
    return passed(f"{group.name} lets in security groups only")


def _values(blocks: Iterable[Source]) -> Iterator[Value]:
    """All ranges in some ingress rules but ICMP's; `UNKNOWN` for those that are not known."""
    for block in blocks:
        if block is UNKNOWN:
            yield UNKNOWN
        elif not {str(at(block, key)).lower() for key in ("protocol", "ipProtocol")}.intersection(_ICMP):
            for key in _RANGES:
                ranges = items(block, key)
                yield from [UNKNOWN] if isinstance(ranges, Unknown) else ranges
