"""Kubernetes: clusters and node groups of EKS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import includes, lacking, present
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.keys import own_key
from policies.pack.facts.network.ingress import is_world
from policies.pack.layers import COMPUTE
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, at, is_set, items, show
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

CONTROL_PLANE_LOGS: Final = ("api", "audit", "authenticator", "controllerManager", "scheduler")
"""All the logs that there are."""


@COMPUTE.resource(
    "eks-control-plane-logs",
    "The Kubernetes control plane logs everything",
    on=types.EKS_CLUSTER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="AWS logs nothing by default: who changed what in the cluster cannot be found out afterwards.",
    fix="Set enabledClusterLogTypes to api, audit, authenticator, controllerManager and scheduler.",
    anchors=("FSBP EKS.8", "checkov CKV_AWS_37", "cdk-nag AwsSolutions-EKS2", "trivy AWS-0038"),
)
def eks_control_plane_logs(cluster: ResourceFacts) -> Outcome:
    """All five of `enabledClusterLogTypes`."""
    return includes(cluster, "enabledClusterLogTypes", CONTROL_PLANE_LOGS)


@COMPUTE.resource(
    "eks-private-endpoint",
    "The Kubernetes API is not open to the whole internet",
    on=types.EKS_CLUSTER,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="By default everybody may talk to the API server; a leaked token or a flaw in it is then enough.",
    fix="Set vpcConfig.endpointPublicAccess to false, or vpcConfig.publicAccessCidrs to the ranges that need it.",
    anchors=(
        "FSBP EKS.1",
        "checkov CKV_AWS_38",
        "checkov CKV_AWS_39",
        "cdk-nag AwsSolutions-EKS1",
        "trivy AWS-0040",
    ),
)
def eks_private_endpoint(cluster: ResourceFacts) -> Outcome:
    """`endpointPublicAccess`, which AWS sets, or `publicAccessCidrs` without the whole internet."""
    wanted = "a private endpoint, or a public one for certain ranges"
    public = as_bool(at(cluster, "vpcConfig.endpointPublicAccess"))
    if public is False:
        return passed("the endpoint is private")
    if public is UNKNOWN:
        return lacking(cluster, "vpcConfig.endpointPublicAccess", wanted)
    ranges = items(cluster, "vpcConfig.publicAccessCidrs")
    if isinstance(ranges, Unknown):
        return unverified(show(cluster, "vpcConfig.publicAccessCidrs"), wanted)
    if not ranges or any(isinstance(r, str) and is_world(r) for r in ranges):
        return failed("the endpoint is open to the internet", wanted)
    if any(r is UNKNOWN for r in ranges):
        return unverified("a range is known only after deployment", wanted)
    return passed(show(cluster, "vpcConfig.publicAccessCidrs"))


@COMPUTE.resource(
    "eks-secrets-kms",
    "Kubernetes secrets are encrypted with a key of our own",
    on=types.EKS_CLUSTER,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Secrets lie in etcd; with a key of our own reading them shows in the trail and can be taken away.",
    fix='Set encryptionConfig with provider.keyArn and resources ["secrets"].',
    anchors=("FSBP EKS.3", "checkov CKV_AWS_58", "trivy AWS-0039"),
)
def eks_secrets_kms(cluster: ResourceFacts) -> Outcome:
    """`encryptionConfig` with a key, for secrets."""
    if at(cluster, "encryptionConfig") is UNKNOWN:
        return lacking(cluster, "encryptionConfig", "a KMS key for secrets")
    return worst(
        (
            own_key(cluster, "encryptionConfig.provider.keyArn"),
            includes(cluster, "encryptionConfig.resources", ("secrets",)),
        )
    )


@COMPUTE.resource(
    "eks-no-open-ssh",
    "Kubernetes nodes do not answer SSH from everywhere",
    on=types.EKS_NODE_GROUP,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A node group with an SSH key and no source group opens port 22 of every node to the internet.",
    fix="Remove remoteAccess and log in through SSM, or name remoteAccess.sourceSecurityGroupIds.",
    anchors=("checkov CKV_AWS_100",),
)
def eks_no_open_ssh(group: ResourceFacts) -> Outcome:
    """`remoteAccess` with a key only together with source security groups."""
    access = at(group, "remoteAccess")
    if access is UNSET:
        return passed("remoteAccess is not set")
    if access is UNKNOWN:
        return lacking(group, "remoteAccess", "no SSH")
    if not is_set(at(access, "ec2SshKey")):
        return passed("no SSH key is set")
    return present(group, "remoteAccess.sourceSecurityGroupIds", "source security groups")
