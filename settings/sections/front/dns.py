"""What Route 53 asks and answers."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes
from settings.fields import DomainName, HostedZoneId


class DnsSettings(Section):
    """A health check from outside, and a second place that the name leads to while the first fails."""

    health_check: bool = setting(
        False,
        "ask the health path over HTTPS every 30 seconds from all over the world; three failures are one too many",
        cost="$1.50 a month: $0.50, and $1 for HTTPS",
        changes=removes("Route 53"),
    )
    failover: DomainName | None = setting(
        None,
        "host name that users are led to while the health check fails: another stack's, or a page elsewhere",
        changes=in_place(
            how="from none, the name's record becomes the first of two; to none, Route 53 takes no simple record while "
            "the second is there: delete that one first",
        ),
    )
    failover_zone_id: HostedZoneId | None = setting(
        None,
        "zone of that host name, for an alias: the one that Elastic Load Balancing or CloudFront gives; a CNAME "
        "without it",
        changes=IN_PLACE,
    )
