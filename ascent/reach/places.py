"""The places of a stack that connections begin and end at, read off its resources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.model import UNKNOWN
from ascent.reach.addresses import EVERYWHERE, EVERYWHERE_6, Range, as_range
from ascent.reach.graph import Graph, truth, value_at
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.plan.model import Plan, Resource


class Kind(Enum):
    """Where a place is."""

    INTERNET = "internet"
    EDGE = "edge"
    """At AWS's edge: CloudFront, an accelerator, an API gateway; open to the internet, and passes requests on."""
    INSIDE = "inside"
    """In a VPC: it has subnets and security groups."""
    API = "api"
    """Behind an API of AWS: a table, a bucket, a queue, the service itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something that connects, or is connected to.

    Args:
        name: what people call it.
        kind: where it is.
        resource: what makes it; None for the internet and for services of AWS.
        subnets: where its addresses are.
        groups: its security groups.
        ports: TCP ports that it listens on.
        public: whether it has public addresses; None while that is not known.
        range: addresses on the internet.
        service: the AWS service whose API leads to it, as endpoints are called: `dynamodb`.
        opens: whether it opens connections by itself.
    """

    name: str
    kind: Kind
    resource: Resource | None = None
    subnets: tuple[Resource, ...] = ()
    groups: tuple[Resource, ...] = ()
    ports: tuple[int, ...] = ()
    public: bool | None = False
    range: Range = EVERYWHERE
    service: str = ""
    opens: bool = True


INTERNET: Final = Place(name="internet", kind=Kind.INTERNET, ports=(443,))
INTERNET_6: Final = Place(name="internet-ipv6", kind=Kind.INTERNET, ports=(443,), range=EVERYWHERE_6)

SERVICES: Final = (
    "s3",
    "dynamodb",
    "ecr.api",
    "ecr.dkr",
    "events",
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "ssmmessages",
    "sts",
)
"""Services of AWS that can be asked for by the name that their endpoints have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Where a type of resource says that it is in a VPC.

    Args:
        subnets: inputs that name subnets.
        groups: inputs that name security groups.
        subnet_group: input that names a group of subnets, and the type of that.
        public: input that gives it public addresses.
        ports: what it listens on, where no input says so.
        opens: whether it opens connections by itself.
    """

    subnets: tuple[str, ...] = ()
    groups: tuple[str, ...]
    subnet_group: tuple[str, str] | None = None
    public: str = ""
    ports: tuple[int, ...] = ()
    opens: bool = True


_DATABASE: Final = _Shape(
    groups=("vpcSecurityGroupIds",),
    subnet_group=("dbSubnetGroupName", types.RDS_SUBNET_GROUP),
    public="publiclyAccessible",
    opens=False,
)
_CACHE: Final = _Shape(
    groups=("securityGroupIds",),
    subnet_group=("subnetGroupName", types.ELASTICACHE_SUBNET_GROUP),
    ports=(6379,),
    opens=False,
)
_IN_VPC_CONFIG: Final = _Shape(subnets=("vpcConfig.subnetIds",), groups=("vpcConfig.securityGroupIds",))

_SHAPES: Final[Mapping[str, _Shape]] = {
    types.LB_LOAD_BALANCER: _Shape(subnets=("subnets", "subnetMappings.subnetId"), groups=("securityGroups",)),
    types.ECS_SERVICE: _Shape(
        subnets=("networkConfiguration.subnets",),
        groups=("networkConfiguration.securityGroups",),
        public="networkConfiguration.assignPublicIp",
    ),
    types.AUTOSCALING_GROUP: _Shape(subnets=("vpcZoneIdentifiers",), groups=()),
    types.EC2_INSTANCE: _Shape(
        subnets=("subnetId",), groups=("vpcSecurityGroupIds",), public="associatePublicIpAddress"
    ),
    types.RDS_INSTANCE: _DATABASE,
    types.RDS_CLUSTER: replace(_DATABASE, public=""),
    types.RDS_PROXY: _Shape(subnets=("vpcSubnetIds",), groups=("vpcSecurityGroupIds",)),
    types.ELASTICACHE_REPLICATION_GROUP: _CACHE,
    types.ELASTICACHE_CLUSTER: _CACHE,
    types.ELASTICACHE_SERVERLESS_CACHE: _Shape(
        subnets=("subnetIds",), groups=("securityGroupIds",), ports=(6379,), opens=False
    ),
    types.MSK_CLUSTER: _Shape(
        subnets=("brokerNodeGroupInfo.clientSubnets",),
        groups=("brokerNodeGroupInfo.securityGroups",),
        ports=(9098, 9094),
        opens=False,
    ),
    types.MSK_SERVERLESS_CLUSTER: _Shape(
        subnets=("vpcConfigs.subnetIds",), groups=("vpcConfigs.securityGroupIds",), ports=(9098,), opens=False
    ),
    types.OPENSEARCH_DOMAIN: _Shape(
        subnets=("vpcOptions.subnetIds",), groups=("vpcOptions.securityGroupIds",), ports=(443,), opens=False
    ),
    types.LAMBDA_FUNCTION: _IN_VPC_CONFIG,
    types.SYNTHETICS_CANARY: _IN_VPC_CONFIG,
    types.APIGATEWAYV2_VPC_LINK: _Shape(subnets=("subnetIds",), groups=("securityGroupIds",)),
}

_PORTS: Final = {
    "postgres": 5432,
    "postgresql": 5432,
    "mysql": 3306,
    "mariadb": 3306,
    "sqlserver": 1433,
    "oracle": 1521,
}
"""What database engines listen on by themselves, by the beginning of their names."""

_APIS: Final[Mapping[str, str]] = {
    types.DYNAMODB_TABLE: "dynamodb",
    types.S3_BUCKET: "s3",
    types.SQS_QUEUE: "sqs",
    types.SNS_TOPIC: "sns",
    types.SECRETSMANAGER_SECRET: "secretsmanager",
}

_EDGES: Final[Mapping[str, str]] = {
    types.CLOUDFRONT_DISTRIBUTION: "cloudfront",
    types.GLOBALACCELERATOR_ACCELERATOR: "accelerator",
    types.APIGATEWAYV2_API: "api-gateway",
}

_NAMES: Final[Mapping[str, str]] = {
    types.LB_LOAD_BALANCER: "load-balancer",
    types.APIGATEWAYV2_VPC_LINK: "vpc-link",
    **_EDGES,
}
"""What people call the one of a type."""


def places(plan: Plan, graph: Graph) -> dict[str, Place]:
    """The places of a stack, by name: what users reach first, then what runs, then what holds data.

    Args:
        plan: the stack's plan.
        graph: its references.
    """
    found: dict[str, Place] = {INTERNET.name: INTERNET, INTERNET_6.name: INTERNET_6}
    for place in _made(plan, graph):
        resource = place.resource
        if resource is None:
            continue
        wanted = (_NAMES.get(resource.type, ""), _component_name(plan, resource), resource.name)
        name = next((one for one in wanted if one and one not in found), resource.urn)
        found[name] = replace(place, name=name)
    for service in SERVICES:
        found.setdefault(service, Place(name=service, kind=Kind.API, service=service, ports=(443,), opens=False))
    return found


def _component_name(plan: Plan, resource: Resource) -> str:
    """The name of the component that a resource belongs to, without the name of the whole; empty where it has none."""
    components: list[Resource] = []
    above = plan.by_urn.get(resource.parent or "")
    while above is not None and above.type != types.PULUMI_PULUMI_STACK:
        components.append(above)
        above = plan.by_urn.get(above.parent or "")
    if len(components) < _DEEP:
        return ""
    own, whole = components[0], components[-1]
    return own.name.removeprefix(f"{whole.name}-") if own.name.startswith(f"{whole.name}-") else ""


_DEEP: Final = 2
"""Components above a resource from which on the outermost one is the whole."""


def _made(plan: Plan, graph: Graph) -> Iterator[Place]:
    for token in _EDGES:
        for resource in plan.by_type.get(token, ()):
            yield Place(name="", kind=Kind.EDGE, resource=resource, ports=_edge_ports(graph, resource), public=True)
    for token, shape in _SHAPES.items():
        for resource in plan.by_type.get(token, ()):
            if place := _inside(graph, resource, shape):
                yield place
    yield from _file_systems(plan, graph)
    for token, service in _APIS.items():
        for resource in plan.by_type.get(token, ()):
            yield Place(name="", kind=Kind.API, resource=resource, service=service, ports=(443,), opens=False)


def _edge_ports(graph: Graph, resource: Resource) -> tuple[int, ...]:
    if resource.type == types.CLOUDFRONT_DISTRIBUTION:
        policy = value_at(resource, "defaultCacheBehavior.viewerProtocolPolicy")
        return (443,) if policy == "https-only" else (443, 80)
    if resource.type == types.GLOBALACCELERATOR_ACCELERATOR:
        listeners = graph.referring(resource, types.GLOBALACCELERATOR_LISTENER, "acceleratorArn")
        ranges = [one for listener in listeners for one in listener.inputs.get("portRanges") or ()]
        return tuple(dict.fromkeys(int(one["fromPort"]) for one in ranges if isinstance(one, dict)))
    return (443,)


def _inside(graph: Graph, resource: Resource, shape: _Shape) -> Place | None:
    """A place in a VPC; None for a resource that is in none."""
    subnets = [one for path in shape.subnets for one in graph.of(resource, path, types.EC2_SUBNET)]
    if shape.subnet_group:
        path, token = shape.subnet_group
        for group in graph.of(resource, path, token):
            subnets += graph.of(group, "subnetIds", types.EC2_SUBNET)
    if not subnets:
        return None
    groups = [one for path in shape.groups for one in graph.of(resource, path, types.EC2_SECURITY_GROUP)]
    said = value_at(resource, shape.public) if shape.public else False
    if resource.type == types.LB_LOAD_BALANCER:
        said = truth(value_at(resource, "internal")) is not True
    elif resource.type == types.AUTOSCALING_GROUP:
        template = _template(graph, resource)
        groups, said = _of_template(graph, template) if template else ([], UNKNOWN)
    return Place(
        name="",
        kind=Kind.INSIDE,
        resource=resource,
        subnets=_once(subnets),
        groups=_once(groups),
        ports=_listens(graph, resource) or shape.ports,
        public=truth(said) if said is not None else _by_subnet(resource, subnets),
        opens=shape.opens,
    )


def _by_subnet(resource: Resource, subnets: list[Resource]) -> bool | None:
    """Whether what does not say so has public addresses: machines as their subnet has it, nothing else."""
    if resource.type not in (types.EC2_INSTANCE, types.AUTOSCALING_GROUP):
        return False
    said = [truth(subnet.inputs.get("mapPublicIpOnLaunch", False)) for subnet in subnets]
    return None if None in said else True in said


def _once(resources: list[Resource]) -> tuple[Resource, ...]:
    return tuple({resource.urn: resource for resource in resources}.values())


def _template(graph: Graph, group: Resource) -> Resource | None:
    paths = ("launchTemplate.id", "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId")
    found = (one for path in paths for one in graph.of(group, path, types.EC2_LAUNCH_TEMPLATE))
    return next(found, None)


def _of_template(graph: Graph, template: Resource) -> tuple[list[Resource], Any]:
    paths = ("networkInterfaces.securityGroups", "vpcSecurityGroupIds")
    groups = [one for path in paths for one in graph.of(template, path, types.EC2_SECURITY_GROUP)]
    return groups, value_at(template, "networkInterfaces.associatePublicIpAddress")


def _listens(graph: Graph, resource: Resource) -> tuple[int, ...]:
    """TCP ports that inputs, or companions, say."""
    if resource.type == types.LB_LOAD_BALANCER:
        found = [one.inputs.get("port") for one in graph.referring(resource, types.LB_LISTENER, "loadBalancerArn")]
        return _numbers(sorted(found, key=lambda port: port != 443))
    if resource.type == types.ECS_SERVICE:
        blocks = resource.inputs.get("loadBalancers") or ()
        return _numbers([block.get("containerPort") for block in blocks if isinstance(block, dict)])
    if resource.type == types.AUTOSCALING_GROUP:
        groups = graph.of(resource, "targetGroupArns", types.LB_TARGET_GROUP)
        return _numbers([group.inputs.get("port") for group in groups])
    if resource.inputs.get("port"):
        return _numbers([resource.inputs["port"]])
    engine = str(resource.inputs.get("engine", resource.inputs.get("engineFamily", ""))).lower()
    engine = engine.removeprefix("aurora-")
    return tuple(port for name, port in _PORTS.items() if engine.startswith(name))[:1]


def _numbers(found: list[object]) -> tuple[int, ...]:
    known = (int(float(str(port))) for port in found if port not in (None, UNKNOWN))
    return tuple(dict.fromkeys(known))


def _file_systems(plan: Plan, graph: Graph) -> Iterator[Place]:
    """File systems that are mounted in a VPC."""
    for system in plan.by_type.get(types.EFS_FILE_SYSTEM, ()):
        mounts = graph.referring(system, types.EFS_MOUNT_TARGET, "fileSystemId")
        subnets = [one for mount in mounts for one in graph.of(mount, "subnetId", types.EC2_SUBNET)]
        groups = [one for mount in mounts for one in graph.of(mount, "securityGroups", types.EC2_SECURITY_GROUP)]
        if subnets:
            yield Place(
                name="",
                kind=Kind.INSIDE,
                resource=system,
                subnets=_once(subnets),
                groups=_once(groups),
                ports=(2049,),
                opens=False,
            )


def addresses(subnet: Resource, version: int) -> Range | None:
    """The range of a subnet; None while it is not known, or has none of that version of IP."""
    key = "cidrBlock" if version == IPV4 else "ipv6CidrBlock"
    return as_range(subnet.inputs.get(key))


IPV4: Final = 4
"""The version of IP that everything in a VPC has."""
