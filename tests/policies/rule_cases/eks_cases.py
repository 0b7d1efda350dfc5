"""Cases of the rules in policies/pack/rules/eks.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.rules.eks import CONTROL_PLANE_LOGS
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

LOGS = list(CONTROL_PLANE_LOGS)


def reached(**config: object) -> Made:
    return of(types.EKS_CLUSTER, vpcConfig=config)


def encrypted(key: object, *resources: object) -> Made:
    return of(types.EKS_CLUSTER, encryptionConfig={"provider": {"keyArn": key}, "resources": list(resources)})


CASES = [
    *cases(
        "eks-control-plane-logs",
        passing=[of(types.EKS_CLUSTER, enabledClusterLogTypes=LOGS)],
        failing=[of(types.EKS_CLUSTER), of(types.EKS_CLUSTER, enabledClusterLogTypes=LOGS[1:])],
        unknown=[
            of(types.EKS_CLUSTER, enabledClusterLogTypes=U),
            of(types.EKS_CLUSTER, enabledClusterLogTypes=[*LOGS[1:], U]),
        ],
    ),
    *cases(
        "eks-private-endpoint",
        passing=[
            reached(endpointPublicAccess=False),
            reached(publicAccessCidrs=["192.0.2.0/24"]),
            reached(endpointPublicAccess="false", publicAccessCidrs=["0.0.0.0/0"]),
        ],
        failing=[
            of(types.EKS_CLUSTER),
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
        failing=[of(types.EKS_CLUSTER), encrypted("", "secrets"), encrypted("arn")],
        unknown=[of(types.EKS_CLUSTER, encryptionConfig=U), encrypted("arn", U)],
    ),
    *cases(
        "eks-no-open-ssh",
        passing=[
            of(types.EKS_NODE_GROUP),
            of(types.EKS_NODE_GROUP, remoteAccess={"ec2SshKey": "ops", "sourceSecurityGroupIds": ["sg-1"]}),
            of(types.EKS_NODE_GROUP, remoteAccess={"ec2SshKey": "ops", "sourceSecurityGroupIds": U}),
            of(types.EKS_NODE_GROUP, remoteAccess={}),
        ],
        failing=[
            of(types.EKS_NODE_GROUP, remoteAccess={"ec2SshKey": "ops"}),
            of(types.EKS_NODE_GROUP, remoteAccess={"ec2SshKey": U, "sourceSecurityGroupIds": []}),
        ],
        unknown=[of(types.EKS_NODE_GROUP, remoteAccess=U)],
    ),
    *cases(
        "eks-private-endpoint",
        passing=[],
        failing=[reached(publicAccessCidrs=["0.0.0.0/1", "128.0.0.0/1"]), reached(publicAccessCidrs=["::/0"])],
        unknown=[],
    ),
]
