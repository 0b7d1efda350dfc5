"""Cases of the rules about what stands between clients and data."""

from tests.policies.building import U, cases, of

PROXY = "aws:rds/proxy:Proxy"
KAFKA = "aws:msk/cluster:Cluster"

CASES = [
    *cases(
        "rds-proxy-tls",
        passing=[of(PROXY, requireTls=True)],
        failing=[of(PROXY), of(PROXY, requireTls=False)],
        unknown=[of(PROXY, requireTls=U)],
    ),
    *cases(
        "msk-three-brokers",
        passing=[of(KAFKA, numberOfBrokerNodes=3), of(KAFKA, numberOfBrokerNodes="6")],
        failing=[of(KAFKA, numberOfBrokerNodes=2)],
        unknown=[of(KAFKA, numberOfBrokerNodes=U)],
    ),
]
