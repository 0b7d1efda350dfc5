"""Cases of the rules about MSK and SQS."""

import json

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

KAFKA = "aws:msk/cluster:Cluster"
QUEUE = "aws:sqs/queue:Queue"
DEAD = of(QUEUE, "failed")
REDRIVE = json.dumps({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:1:failed", "maxReceiveCount": 5})


def in_transit(**values: object) -> Made:
    return of(KAFKA, encryptionInfo={"encryptionInTransit": values})


def broker_logs(**destinations: object) -> Made:
    return of(KAFKA, loggingInfo={"brokerLogs": destinations})


def kafka(authentication: object, access: str | None = None) -> Made:
    public = {} if access is None else {"connectivityInfo": {"publicAccess": {"type": access}}}
    return of(KAFKA, clientAuthentication=authentication, brokerNodeGroupInfo=public)


CASES = [
    *cases(
        "msk-in-transit",
        passing=[of(KAFKA), in_transit(clientBroker="TLS", inCluster=True), in_transit(clientBroker="TLS")],
        failing=[
            in_transit(clientBroker="TLS_PLAINTEXT"),
            in_transit(clientBroker="PLAINTEXT"),
            in_transit(inCluster=False),
        ],
        unknown=[in_transit(clientBroker=U), of(KAFKA, encryptionInfo=U)],
    ),
    *cases(
        "msk-at-rest-cmk",
        passing=[of(KAFKA, encryptionInfo={"encryptionAtRestKmsKeyArn": "arn"})],
        failing=[
            of(KAFKA),
            of(KAFKA, encryptionInfo={"encryptionAtRestKmsKeyArn": ""}),
            of(KAFKA, encryptionInfo={"encryptionAtRestKmsKeyArn": "arn:aws:kms:us-east-1:1:alias/aws/kafka"}),
        ],
        unknown=[of(KAFKA, encryptionInfo={"encryptionAtRestKmsKeyArn": U}), of(KAFKA, encryptionInfo=U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "msk-broker-logs",
        passing=[
            broker_logs(cloudwatchLogs={"enabled": True, "logGroup": U}),
            broker_logs(cloudwatchLogs={"enabled": False}, s3={"enabled": "true", "bucket": U}),
            broker_logs(firehose={"enabled": True}),
        ],
        failing=[of(KAFKA), broker_logs(), broker_logs(s3={"enabled": False, "bucket": "logs"})],
        unknown=[broker_logs(s3={"enabled": U}), of(KAFKA, loggingInfo=U)],
    ),
    *cases(
        "msk-private-authenticated",
        passing=[
            kafka({"sasl": {"iam": True}}),
            kafka({"sasl": {"scram": True}, "unauthenticated": False}, "DISABLED"),
            kafka({"tls": {"certificateAuthorityArns": [U]}}),
        ],
        failing=[
            of(KAFKA),
            kafka({}),
            kafka({"sasl": {"iam": True}, "unauthenticated": True}),
            kafka({"sasl": {"iam": True}}, "SERVICE_PROVIDED_EIPS"),
            kafka({"sasl": {"iam": False}, "tls": {"certificateAuthorityArns": []}}),
        ],
        unknown=[kafka({"sasl": {"iam": True}}, U), kafka(U), kafka({"sasl": {"iam": U}})],
    ),
    *cases(
        "sqs-encrypted-dlq",
        passing=[
            of(QUEUE, redrivePolicy=REDRIVE),
            (of(QUEUE, redrivePolicy=ref("failed"), kmsMasterKeyId=U, sqsManagedSseEnabled=False), DEAD),
            (
                of(QUEUE, "queue"),
                of("aws:sqs/redrivePolicy:RedrivePolicy", queueUrl=ref("queue"), redrivePolicy=ref("failed")),
                DEAD,
            ),
            (DEAD, of(QUEUE, "queue", redrivePolicy=ref("failed"))),
            (DEAD, of("aws:sqs/redrivePolicy:RedrivePolicy", queueUrl=U, redrivePolicy=ref("failed"))),
            (DEAD, of("aws:lambda/function:Function", deadLetterConfig=ref("failed"))),
            (DEAD, of("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", queueUrl=ref("failed"))),
            of(QUEUE, redriveAllowPolicy="{}"),
            of(QUEUE, name="orders-dlq"),
        ],
        failing=[
            of(QUEUE),
            DEAD,
            of(QUEUE, redrivePolicy=REDRIVE, sqsManagedSseEnabled=False),
            (DEAD, of(QUEUE, "other"), of(QUEUE, "queue", redrivePolicy=ref("other"))),
        ],
        unknown=[of(QUEUE, redrivePolicy=REDRIVE, sqsManagedSseEnabled=U)],
    ),
    *cases("sqs-encrypted-dlq", passing=[], failing=[], unknown=[of(QUEUE, redrivePolicy=U)], unknown_is=Status.PASS),
]
