"""Kafka clusters of MSK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, is_false, is_true, one_of
from policies.pack.facts.keys import own_key
from policies.pack.layers import DATA
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import as_bool, at, is_set
from policies.pack.verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

MIN_BROKERS: Final = 3
"""Brokers that keep a partition of three copies writable while one is down."""

_IN_TRANSIT: Final = "encryptionInfo.encryptionInTransit"


@DATA.resource(
    "msk-three-brokers",
    "Kafka runs on at least three brokers",
    on=types.MSK_CLUSTER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="With two brokers every maintenance stops writes that want two copies, and AWS maintains one at a time.",
    fix="Set numberOfBrokerNodes to 3 or more, a multiple of the number of clientSubnets.",
)
def msk_three_brokers(cluster: ResourceFacts) -> Outcome:
    """`numberOfBrokerNodes`."""
    return at_least(cluster, "numberOfBrokerNodes", MIN_BROKERS, unit="brokers")


@DATA.resource(
    "msk-in-transit",
    "Kafka speaks TLS only",
    on=types.MSK_CLUSTER,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Brokers that also take plain connections get some: messages and credentials cross the network readable.",
    fix='Set encryptionInfo.encryptionInTransit with clientBroker "TLS" and inCluster true, both AWS\'s defaults.',
    anchors=(
        "FSBP MSK.1",
        "checkov CKV_AWS_81",
        "cdk-nag AwsSolutions-MSK2",
        "cdk-nag AwsSolutions-MSK3",
        "trivy AWS-0073",
    ),
)
def msk_in_transit(cluster: ResourceFacts) -> Outcome:
    """`clientBroker` and `inCluster`, both safe by default."""
    return worst(
        [
            one_of(cluster, f"{_IN_TRANSIT}.clientBroker", ("TLS",), default="TLS"),
            is_true(cluster, f"{_IN_TRANSIT}.inCluster", default=True),
        ]
    )


@DATA.resource(
    "msk-at-rest-cmk",
    "Kafka's storage is encrypted with a key of our own",
    on=types.MSK_CLUSTER,
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Nobody can see who used AWS's shared key, or take the use of it away; it cannot be changed later.",
    fix="Set encryptionInfo.encryptionAtRestKmsKeyArn.",
    anchors=("checkov CKV_AWS_81", "trivy AWS-0179", "prowler kafka_cluster_encryption_at_rest_uses_cmk"),
)
def msk_at_rest_cmk(cluster: ResourceFacts) -> Outcome:
    """`encryptionInfo.encryptionAtRestKmsKeyArn`; AWS's default is its own key."""
    return own_key(cluster, "encryptionInfo.encryptionAtRestKmsKeyArn")


@DATA.resource(
    "msk-broker-logs",
    "Kafka's brokers send their logs somewhere",
    on=types.MSK_CLUSTER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Brokers cannot be logged on to: without the logs a stuck partition or a refused client has no explanation.",
    fix="Set loggingInfo.brokerLogs with cloudwatchLogs, firehose or s3, enabled true.",
    anchors=("checkov CKV_AWS_80", "cdk-nag AwsSolutions-MSK6", "trivy AWS-0074"),
)
def msk_broker_logs(cluster: ResourceFacts) -> Outcome:
    """At least one enabled destination in `loggingInfo.brokerLogs`."""
    for kind in ("cloudwatchLogs", "firehose", "s3"):
        if as_bool(at(cluster, f"loggingInfo.brokerLogs.{kind}.enabled")) is True:
            return passed(f"broker logs go to {kind}")
    return failed("loggingInfo.brokerLogs enables no destination", "cloudwatchLogs, firehose or s3")


@DATA.resource(
    "msk-private-authenticated",
    "Kafka is private and asks who connects",
    on=types.MSK_CLUSTER,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="Without authentication whatever reaches a broker reads, forges and deletes everything in it.",
    fix="Set clientAuthentication with sasl.iam true, remove unauthenticated, and leave "
    "brokerNodeGroupInfo.connectivityInfo.publicAccess at DISABLED.",
    anchors=(
        "FSBP MSK.4",
        "FSBP MSK.6",
        "checkov CKV_AWS_291",
        "prowler kafka_cluster_is_public",
        "prowler kafka_cluster_unrestricted_access_disabled",
    ),
)
def msk_private_authenticated(cluster: ResourceFacts) -> Outcome:
    """No public access; a way to authenticate, and no other way in. Unset, AWS takes unauthenticated clients."""
    public = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type"
    return worst(
        [
            one_of(cluster, public, ("DISABLED",), default="DISABLED"),
            is_false(cluster, "clientAuthentication.unauthenticated"),
            _authenticates(cluster),
        ]
    )


def _authenticates(cluster: ResourceFacts) -> Outcome:
    for key in ("sasl.iam", "sasl.scram"):
        if as_bool(at(cluster, f"clientAuthentication.{key}")) is True:
            return passed(f"clientAuthentication.{key} is true")
    if is_set(at(cluster, "clientAuthentication.tls.certificateAuthorityArns")):
        return passed("clients authenticate by certificate")
    return failed("clientAuthentication names no way to authenticate", "IAM, SCRAM or certificates")
