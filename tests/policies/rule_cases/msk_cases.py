"""Cases of the rules in policies/pack/rules/msk.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of


def in_transit(**values: object) -> Made:
    return of(types.MSK_CLUSTER, encryptionInfo={"encryptionInTransit": values})


def broker_logs(**destinations: object) -> Made:
    return of(types.MSK_CLUSTER, loggingInfo={"brokerLogs": destinations})


def kafka(authentication: object, access: str | None = None) -> Made:
    public = {} if access is None else {"connectivityInfo": {"publicAccess": {"type": access}}}
    return of(types.MSK_CLUSTER, clientAuthentication=authentication, brokerNodeGroupInfo=public)


CASES = [
    *cases(
        "msk-three-brokers",
        passing=[of(types.MSK_CLUSTER, numberOfBrokerNodes=3), of(types.MSK_CLUSTER, numberOfBrokerNodes="6")],
        failing=[of(types.MSK_CLUSTER, numberOfBrokerNodes=2)],
        unknown=[of(types.MSK_CLUSTER, numberOfBrokerNodes=U)],
    ),
    *cases(
        "msk-in-transit",
        passing=[of(types.MSK_CLUSTER), in_transit(clientBroker="TLS", inCluster=True), in_transit(clientBroker="TLS")],
        failing=[
            in_transit(clientBroker="TLS_PLAINTEXT"),
            in_transit(clientBroker="PLAINTEXT"),
            in_transit(inCluster=False),
        ],
        unknown=[in_transit(clientBroker=U), of(types.MSK_CLUSTER, encryptionInfo=U)],
    ),
    *cases(
        "msk-at-rest-cmk",
        passing=[of(types.MSK_CLUSTER, encryptionInfo={"encryptionAtRestKmsKeyArn": "arn"})],
        failing=[
            of(types.MSK_CLUSTER),
            of(types.MSK_CLUSTER, encryptionInfo={"encryptionAtRestKmsKeyArn": ""}),
            of(
                types.MSK_CLUSTER,
                encryptionInfo={"encryptionAtRestKmsKeyArn": "arn:aws:kms:us-east-1:1:alias/aws/kafka"},
            ),
        ],
        unknown=[
            of(types.MSK_CLUSTER, encryptionInfo={"encryptionAtRestKmsKeyArn": U}),
            of(types.MSK_CLUSTER, encryptionInfo=U),
        ],
        unknown_is=Status.PASS,
    ),
    *cases(
        "msk-broker-logs",
        passing=[
            broker_logs(cloudwatchLogs={"enabled": True, "logGroup": U}),
            broker_logs(cloudwatchLogs={"enabled": False}, s3={"enabled": "true", "bucket": U}),
            broker_logs(firehose={"enabled": True}),
        ],
        failing=[of(types.MSK_CLUSTER), broker_logs(), broker_logs(s3={"enabled": False, "bucket": "logs"})],
        unknown=[broker_logs(s3={"enabled": U}), of(types.MSK_CLUSTER, loggingInfo=U)],
    ),
    *cases(
        "msk-private-authenticated",
        passing=[
            kafka({"sasl": {"iam": True}}),
            kafka({"sasl": {"scram": True}, "unauthenticated": False}, "DISABLED"),
            kafka({"tls": {"certificateAuthorityArns": [U]}}),
        ],
        failing=[
            of(types.MSK_CLUSTER),
            kafka({}),
            kafka({"sasl": {"iam": True}, "unauthenticated": True}),
            kafka({"sasl": {"iam": True}}, "SERVICE_PROVIDED_EIPS"),
            kafka({"sasl": {"iam": False}, "tls": {"certificateAuthorityArns": []}}),
        ],
        unknown=[kafka({"sasl": {"iam": True}}, U), kafka(U), kafka({"sasl": {"iam": U}})],
    ),
]
