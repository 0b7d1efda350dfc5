"""Load balancers, CloudFront, the firewall, DNS, Global Accelerator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.cost.charges import Gap, Line
from ascent.cost.meter import parts
from ascent.cost.pricers.registry import prices
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ascent.cost.amounts import Range
    from ascent.cost.meter import Meter

_CONNECTIONS_PER_LCU_HOUR: Final = 25 * 3600
"""New connections that one load balancer capacity unit covers in an hour (Elastic Load Balancing pricing: 25 a second);
each request counts as one, as without keep-alive."""


@prices(types.LB_LOAD_BALANCER, types.ALB_LOAD_BALANCER)
def load_balancer(meter: Meter) -> Iterator[Line]:
    """Hours, capacity units, and one public address per zone if it is public.

    Traffic to the internet counts here when no CloudFront stands in front of it.
    """
    if (meter.text("loadBalancerType") or "application") != "application":
        yield Gap(f"no price for load balancers of type {meter.text('loadBalancerType')}")
        return
    yield meter.hourly("alb.hour", 1, "load balancer hours")
    yield meter.used("alb.lcu", meter.share(_capacity(meter)), "capacity units: GB, or 90,000 requests if that is more")
    if meter.inputs.get("internal") is True:
        return
    zones = meter.count("subnets") or len(parts(meter.inputs.get("subnetMappings")))
    if zones:
        yield meter.hourly("ipv4.hour", zones, "public IPv4 address hours, an address per zone")
    else:
        yield Gap("how many public addresses it has is known only after deployment")
    if not meter.plan.by_type.get(types.CLOUDFRONT_DISTRIBUTION):
        yield meter.used("transfer.internet", meter.share(meter.usage.egress_gb), "GB to the internet")


def _capacity(meter: Meter) -> Range:
    """LCU hours of a month: the larger of the traffic's and the connections'; the other dimensions are far away."""
    return meter.usage.egress_gb.with_each(meter.usage.requests / _CONNECTIONS_PER_LCU_HOUR, max)


@prices(types.CLOUDFRONT_DISTRIBUTION)
def distribution(meter: Meter) -> Iterator[Line]:
    """Requests and GB to users; fetching from an origin in AWS is free."""
    yield meter.used("cloudfront.gb", meter.share(meter.usage.egress_gb), "GB to users")
    yield meter.used("cloudfront.requests", meter.share(meter.usage.requests), "HTTPS requests")


@prices(types.WAFV2_WEB_ACL)
def web_acl(meter: Meter) -> Iterator[Line]:
    """The ACL, a price per rule (a managed group counts as one), and the requests that it looks at."""
    yield meter.fixed("waf.acl", 1, "web ACL")
    rules = meter.inputs.get("rules")
    if isinstance(rules, list):
        yield meter.fixed("waf.rule", len(rules), "rules and rule groups")
        yield from _subscriptions(parts(rules))
    elif rules is not None or meter.inputs.get("ruleJson") is not None:
        yield Gap("how many rules it has is known only after deployment")
    yield meter.used("waf.requests", meter.share(meter.usage.requests), "requests inspected")


_PAID_GROUPS: Final = frozenset(
    {
        "AWSManagedRulesBotControlRuleSet",
        "AWSManagedRulesATPRuleSet",
        "AWSManagedRulesACFPRuleSet",
        "AWSManagedRulesAntiDDoSRuleSet",
    }
)
"""Groups of AWS that cost a subscription on top (AWS WAF pricing, "Intelligent threat mitigation")."""


def _subscriptions(rules: list[Mapping[str, Any]]) -> Iterator[Gap]:
    for rule in rules:
        statement = rule.get("statement")
        for group in parts(statement.get("managedRuleGroupStatement") if isinstance(statement, dict) else None):
            if group.get("vendorName") != "AWS" or str(group.get("name")) in _PAID_GROUPS:
                yield Gap(f"no price for the subscription to the rule group {group.get('name')}")


@prices(types.ROUTE53_ZONE)
def hosted_zone(meter: Meter) -> Iterator[Line]:
    """The zone and the queries that no alias answers."""
    yield meter.fixed("route53.zone", 1, "hosted zone")
    yield meter.used("route53.queries", meter.share(meter.usage.dns_queries), "queries")


@prices(types.ROUTE53_HEALTH_CHECK)
def health_check(meter: Meter) -> Iterator[Line]:
    """A check of an endpoint in AWS; HTTPS, text matching, fast intervals and latency graphs cost extra each."""
    yield meter.fixed("route53.health-check", 1, "health check of an AWS endpoint")
    kind = meter.text("type")
    extras = ("HTTPS" in kind) + ("STR_MATCH" in kind) + (meter.number("requestInterval") == 10)
    extras += meter.inputs.get("measureLatency") is True
    if extras:
        yield meter.fixed("route53.health-check-option", extras, "options: HTTPS, text match, 10 s, latency")


@prices(types.GLOBALACCELERATOR_ACCELERATOR)
def accelerator(meter: Meter) -> Iterator[Line]:
    """Hours, the two addresses, and the traffic of its dominant direction."""
    yield meter.hourly("accelerator.hour", 1, "accelerator hours")
    yield meter.hourly("accelerator.ipv4", 2, "public IPv4 address hours")
    yield meter.used("accelerator.gb", meter.share(meter.usage.egress_gb), "GB to users")
