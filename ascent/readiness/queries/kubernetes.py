"""Queries about EKS and what runs in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.readiness.queries.conditions import between, blocks, equals, holds
from ascent.readiness.query import Answer, Truth, any_of, both, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.values import at, is_set

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts


REPLICAS, SURGE = 10, "25%"
REQUESTS: Final = {"cpu": "500m", "memory": "512Mi"}
LIMITS: Final = {"cpu": "1000m", "memory": "1Gi"}
"""The manifest that the checklist describes."""


@query("eks-cluster", "The stack has an EKS cluster")
def eks_cluster(stack: StackFacts) -> Answer:
    """A cluster, whatever its nodes."""
    return some(stack.of_type(types.EKS_CLUSTER), "an EKS cluster")


@query("eks-nodes", "The cluster has nodes, of its own or managed for it")
def eks_nodes(stack: StackFacts) -> Answer:
    """A group of three nodes or more, or Auto Mode."""
    groups = some(
        stack.of_type(types.EKS_NODE_GROUP),
        "a group of three nodes",
        lambda r: between(r, "scalingConfig.desiredSize", 3),
    )
    auto = some(stack.of_type(types.EKS_CLUSTER), "Auto Mode", holds("computeConfig.enabled", True))
    return any_of(auto, groups)


def _as_wanted(deployment: ResourceFacts) -> Truth:
    """Whether a deployment is the checklist's manifest."""
    pods = blocks(deployment, "spec.template.spec.containers")
    if isinstance(pods, Unknown):
        return UNKNOWN
    sized = any(
        all(at(c, f"resources.requests.{key}") == value for key, value in REQUESTS.items())
        and all(at(c, f"resources.limits.{key}") == value for key, value in LIMITS.items())
        for c in pods
    )
    return both(
        equals(deployment, "spec.replicas", REPLICAS),
        equals(deployment, "spec.strategy.rollingUpdate.maxSurge", SURGE),
        equals(deployment, "spec.strategy.rollingUpdate.maxUnavailable", SURGE),
        is_set(at(deployment, "spec.template.spec.serviceAccountName")),
        sized,
    )


@query("kubernetes-manifest", "The application's manifest is the one that the checklist describes")
def kubernetes_manifest(stack: StackFacts) -> Answer:
    """Replicas, surge, requests, limits, service account."""
    return some(stack.of_type(types.KUBERNETES_DEPLOYMENT), "a deployment of ten replicas with sizes", _as_wanted)


@query("pod-autoscaling", "Pods scale from 10 to 100 at 70 % CPU and 80 % memory")
def pod_autoscaling(stack: StackFacts) -> Answer:
    """A HorizontalPodAutoscaler."""

    def fits(scaler: ResourceFacts) -> Truth:
        metrics = blocks(scaler, "spec.metrics")
        if isinstance(metrics, Unknown):
            return UNKNOWN
        found = {(at(m, "resource.name"), at(m, "resource.target.averageUtilization")) for m in metrics}
        return both(
            equals(scaler, "spec.minReplicas", 10),
            equals(scaler, "spec.maxReplicas", 100),
            {("cpu", 70), ("memory", 80)} <= found,
        )

    return some(stack.of_type(types.KUBERNETES_HORIZONTAL_POD_AUTOSCALER), "an autoscaler of pods", fits)


@query("kubernetes-workload", "Manifests or a chart are deployed with the stack")
def kubernetes_workload(stack: StackFacts) -> Answer:
    """A deployment or a Helm release."""
    tokens = (types.KUBERNETES_DEPLOYMENT, types.KUBERNETES_RELEASE, types.KUBERNETES_CHART)
    return some(stack.of_type(*tokens), "a workload of Kubernetes")


@query("kubernetes-namespace", "Teams share the cluster by namespace")
def kubernetes_namespace(stack: StackFacts) -> Answer:
    """A namespace of one's own."""
    return some(stack.of_type(types.KUBERNETES_NAMESPACE), "a namespace")
