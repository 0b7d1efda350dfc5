"""Data, continued: what stands between clients and data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import at_least, is_true
from ..levels import ALWAYS, mandatory_from
from ..rule import Layer, Severity, sets

if TYPE_CHECKING:
    from ..facts import ResourceFacts
    from ..verdict import Outcome

layer = Layer("data")

PROXY: Final = "aws:rds/proxy:Proxy"
KAFKA: Final = "aws:msk/cluster:Cluster"

MIN_BROKERS: Final = 3
"""Brokers that keep a partition of three copies writable while one is down."""


@layer.resource(
    "rds-proxy-tls",
    "Database proxies refuse connections without TLS",
    on=PROXY,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="The proxy has its own switch: a database that forces TLS does not make the proxy's clients use it.",
    fix="Set requireTls to true.",
    items=(18, 74, 76),
    remedy=sets({"requireTls": True}),
)
def rds_proxy_tls(proxy: ResourceFacts) -> Outcome:
    """`requireTls`, which AWS leaves off."""
    return is_true(proxy, "requireTls")


@layer.resource(
    "msk-three-brokers",
    "Kafka runs on at least three brokers",
    on=KAFKA,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="With two brokers every maintenance stops writes that want two copies, and AWS maintains one at a time.",
    fix="Set numberOfBrokerNodes to 3 or more, a multiple of the number of clientSubnets.",
    items=(195, 196),
)
def msk_three_brokers(cluster: ResourceFacts) -> Outcome:
    """`numberOfBrokerNodes`."""
    return at_least(cluster, "numberOfBrokerNodes", MIN_BROKERS, unit="brokers")
