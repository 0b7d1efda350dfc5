"""Cases of the EKS rules."""

from policies.pack.rules.eks import CONTROL_PLANE_LOGS
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

CLUSTER = "aws:eks/cluster:Cluster"
NODES = "aws:eks/nodeGroup:NodeGroup"
LOGS = list(CONTROL_PLANE_LOGS)


def reached(**config: object) -> Made:
    return of(CLUSTER, vpcConfig=config)


def encrypted(key: object, *resources: object) -> Made:
    return of(CLUSTER, encryptionConfig={"provider": {"keyArn": key}, "resources": list(resources)})


CASES = [
    *cases(
        "eks-control-plane-logs",
        passing=[of(CLUSTER, enabledClusterLogTypes=LOGS)],
        failing=[of(CLUSTER), of(CLUSTER, enabledClusterLogTypes=LOGS[1:])],
        unknown=[of(CLUSTER, enabledClusterLogTypes=U), of(CLUSTER, enabledClusterLogTypes=[*LOGS[1:], U])],
    ),
    *cases(
        "eks-private-endpoint",
        passing=[
            reached(endpointPublicAccess=False),
            reached(publicAccessCidrs=["192.0.2.0/24"]),
            reached(endpointPublicAccess="false", publicAccessCidrs=["0.0.0.0/0"]),
        ],
        failing=[
            of(CLUSTER),
            reached(endpointPublicAccess=True),
            reached(publicAccessCidrs=["192.0.2.0/24", "0.0.0.0/0"]),
            reached(endpointPublicAccess=U),
        ],
        unknown=[reached(publicAccessCidrs=U), reached(endpointPublicAccess=True, publicAccessCidrs=[U])],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "eks-secrets-kms",
        passing=[encrypted("arn", "secrets"), encrypted(U, "secrets")],
        failing=[of(CLUSTER), encrypted("", "secrets"), encrypted("arn")],
        unknown=[of(CLUSTER, encryptionConfig=U), encrypted("arn", U)],
    ),
    *cases(
        "eks-no-open-ssh",
        passing=[
            of(NODES),
            of(NODES, remoteAccess={"ec2SshKey": "ops", "sourceSecurityGroupIds": ["sg-1"]}),
            of(NODES, remoteAccess={"ec2SshKey": "ops", "sourceSecurityGroupIds": U}),
            of(NODES, remoteAccess={}),
        ],
        failing=[
            of(NODES, remoteAccess={"ec2SshKey": "ops"}),
            of(NODES, remoteAccess={"ec2SshKey": U, "sourceSecurityGroupIds": []}),
        ],
        unknown=[of(NODES, remoteAccess=U)],
    ),
]
