"""Queries about the network and what connects it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.readiness.model import Status
from ascent.readiness.queries.conditions import equals, holds, refers, together
from ascent.readiness.query import Answer, all_of, every, query, some
from policies.pack import types

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

DATABASES: Final = (types.RDS_INSTANCE, types.RDS_CLUSTER)


@query("nat-gateway", "Private subnets leave through a NAT gateway")
def nat_gateway(stack: StackFacts) -> Answer:
    """One or more; that each zone has its own is a rule's matter."""
    return some(stack.of_type(types.EC2_NAT_GATEWAY), "a NAT gateway")


@query("flow-logs-to-s3", "Flow logs of all traffic go to S3")
def flow_logs_to_s3(stack: StackFacts) -> Answer:
    """Every flow log takes all traffic, and one delivers to S3."""
    logs = tuple(stack.of_type(types.EC2_FLOW_LOG))
    return all_of(
        every(logs, "flow logs take all traffic", holds("trafficType", "ALL")),
        some(logs, "a flow log into S3", holds("logDestinationType", "s3")),
    )


@query("vpn", "A VPN leads into the network")
def vpn(stack: StackFacts) -> Answer:
    """A connection between sites or an endpoint for clients."""
    tokens = (types.EC2_VPN_CONNECTION, types.EC2CLIENTVPN_ENDPOINT)
    return some(stack.of_type(*tokens), "a VPN")


@query("no-bastion", "No machine stands alone in the network")
def no_bastion(stack: StackFacts) -> Answer:
    """Machines come from Auto Scaling groups only: a single one is a bastion or a pet."""
    alone = tuple(r.urn for r in stack.of_type(types.EC2_INSTANCE))
    if alone:
        return Answer(Status.UNMET, "machines that belong to no Auto Scaling group", alone)
    return Answer(Status.MET, "no machine outside of an Auto Scaling group", (stack.urn,))


@query("service-connect", "Services find each other through Service Connect")
def service_connect(stack: StackFacts) -> Answer:
    """ECS services with Service Connect in a namespace."""
    return all_of(
        some(
            stack.of_type(types.ECS_SERVICE),
            "a service with Service Connect",
            holds("serviceConnectConfiguration.enabled", True),
        ),
        some(
            stack.of_type(types.SERVICEDISCOVERY_HTTP_NAMESPACE, types.SERVICEDISCOVERY_PRIVATE_DNS_NAMESPACE),
            "a namespace",
        ),
    )


def _groups_of(stack: StackFacts, resource: ResourceFacts, *keys: str) -> tuple[ResourceFacts, ...]:
    return tuple(group for key in keys for group in stack.referred(resource, key, types.EC2_SECURITY_GROUP))


def _admits(stack: StackFacts, group: ResourceFacts, source: ResourceFacts) -> tuple[str, ...]:
    """Rules by which members of `group` can be reached from members of `source`."""
    inward = stack.referring(group, types.VPC_SECURITY_GROUP_INGRESS_RULE, "securityGroupId", "id")
    outward = {
        r.urn for r in stack.referring(source, types.VPC_SECURITY_GROUP_INGRESS_RULE, "referencedSecurityGroupId", "id")
    }
    return tuple(rule.urn for rule in inward if rule.urn in outward)


def _reach(
    stack: StackFacts, what: str, sources: tuple[ResourceFacts, ...], targets: tuple[ResourceFacts, ...]
) -> Answer:
    """Whether each target group admits one of the source groups."""
    if not sources or not targets:
        return Answer(Status.UNMET, f"{what}: no security groups to follow")
    paths: list[str] = []
    for target in targets:
        found = [urn for source in sources for urn in _admits(stack, target, source)]
        if not found:
            return Answer(Status.UNMET, f"{what}: {target.name} does not admit it", (target.urn,))
        paths += found
    return Answer(Status.MET, f"{what}: open by group", tuple(dict.fromkeys(paths)))


@query("request-path", "A request reaches the application and the application its database, by security group")
def request_path(stack: StackFacts) -> Answer:
    """Follows security-group rules from the load balancers to the application, and from there to the databases."""
    edge = tuple(g for r in stack.of_type(types.LB_LOAD_BALANCER) for g in _groups_of(stack, r, "securityGroups"))
    application = tuple(
        g
        for r in stack.of_type(types.ECS_SERVICE, types.EC2_LAUNCH_TEMPLATE)
        for g in _groups_of(stack, r, "networkConfiguration", "networkInterfaces", "vpcSecurityGroupIds")
    )
    data = tuple(g for r in stack.of_type(*DATABASES) for g in _groups_of(stack, r, "vpcSecurityGroupIds"))
    answers = [_reach(stack, "load balancer to application", edge, application)]
    if data:
        answers.append(_reach(stack, "application to database", application, data))
    return all_of(*answers)


@query("origin-https", "CloudFront talks TLS to what stands behind it")
def origin_https(stack: StackFacts) -> Answer:
    """VPC origins take HTTPS only; without CloudFront, the public load balancer itself ends the users' TLS."""
    origins = tuple(stack.of_type(types.CLOUDFRONT_VPC_ORIGIN))
    policy = "vpcOriginEndpointConfig.originProtocolPolicy"
    public = some(
        stack.of_type(types.LB_LOAD_BALANCER), "a public load balancer", lambda r: equals(r, "internal", False)
    )
    if not origins:
        return public
    return every(origins, "origins take HTTPS only", holds(policy, "https-only"))


@query("api-private-link", "An API gateway reaches the load balancer privately, through stages")
def api_private_link(stack: StackFacts) -> Answer:
    """A VPC link and a stage of an HTTP API, or of a REST API."""
    link = (types.APIGATEWAYV2_VPC_LINK, types.APIGATEWAY_VPC_LINK)
    stage = (types.APIGATEWAYV2_STAGE, types.APIGATEWAY_STAGE)
    return all_of(some(stack.of_type(*link), "a VPC link"), some(stack.of_type(*stage), "a stage"))


@query("api-gateway", "An API gateway stands before the application")
def api_gateway(stack: StackFacts) -> Answer:
    """An HTTP or REST API."""
    return some(stack.of_type(types.APIGATEWAYV2_API, types.APIGATEWAY_REST_API), "an API gateway")


@query("global-accelerator", "A Global Accelerator leads to the load balancer")
def global_accelerator(stack: StackFacts) -> Answer:
    """TCP 443 and an endpoint group."""
    return all_of(
        some(
            stack.of_type(types.GLOBALACCELERATOR_LISTENER),
            "a TCP listener",
            together(holds("protocol", "TCP"), refers("portRanges")),
        ),
        some(
            stack.of_type(types.GLOBALACCELERATOR_ENDPOINT_GROUP), "an endpoint group", refers("endpointConfigurations")
        ),
    )


@query("accelerator", "The stack has a Global Accelerator")
def accelerator(stack: StackFacts) -> Answer:
    """The accelerator alone."""
    return some(stack.of_type(types.GLOBALACCELERATOR_ACCELERATOR), "a Global Accelerator")
