"""Cases of the queries about compute, deployment and Kubernetes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.policies.building import Made, U, ref
from tests.readiness.query_cases.case import ask, exists, of

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE = "aws:ecs/service:Service"
TASK = "aws:ecs/taskDefinition:TaskDefinition"
GROUP = "aws:autoscaling/group:Group"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
TARGET = "aws:appautoscaling/target:Target"
POLICY = "aws:appautoscaling/policy:Policy"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
CONFIG = "aws:appconfig/"
CLUSTER = "aws:eks/cluster:Cluster"
NODES = "aws:eks/nodeGroup:NodeGroup"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
SCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler"

_MAIN = {
    "name": "app",
    "portMappings": [{}],
    "logConfiguration": {"logDriver": "awslogs"},
    "secrets": [{"name": "A", "valueFrom": "arn"}],
}
_TASK = {"cpu": "256", "memory": "512", "taskRoleArn": U, "executionRoleArn": U}


def _task(container: Mapping[str, object], **props: object) -> Made:
    return of(TASK, containerDefinitions=json.dumps([container]), **{**_TASK, **props})


def _cpu(name: str, operator: str, threshold: int) -> Made:
    return of(
        ALARM,
        name,
        metricName="CPUUtilization",
        comparisonOperator=operator,
        threshold=threshold,
        alarmActions=ref("policy"),
    )


_HIGH, _LOW = _cpu("high", "GreaterThanThreshold", 70), _cpu("low", "LessThanThreshold", 30)
_STEPS = of(POLICY, "policy", policyType="StepScaling")


def _tracking(metric: str) -> Made:
    specification = {"predefinedMetricSpecification": {"predefinedMetricType": metric}}
    return of(POLICY, targetTrackingScalingPolicyConfiguration=specification)


def _deploys(*, balancers: object = (), **configuration: object) -> Made:
    return of(SERVICE, deploymentConfiguration=configuration, loadBalancers=balancers)


def _linear(percent: object, minutes: str) -> Made:
    return _deploys(strategy="LINEAR", linearConfiguration={"stepPercent": percent, "stepBakeTimeInMinutes": minutes})


_SECOND = [{"advancedConfiguration": {"alternateTargetGroupArn": U}}]
_HOOKS = [{"lifecycleStages": ["POST_TEST_TRAFFIC_SHIFT"], "targetType": "PAUSE"}]
_SIZES = {"requests": {"cpu": "500m", "memory": "512Mi"}, "limits": {"cpu": "1000m", "memory": "1Gi"}}


def _manifest(replicas: object = 10, sizes: object = _SIZES, surge: str = "25%") -> Made:
    return of(
        DEPLOYMENT,
        spec={
            "replicas": replicas,
            "strategy": {"rollingUpdate": {"maxSurge": surge, "maxUnavailable": "25%"}},
            "template": {"spec": {"serviceAccountName": "app", "containers": [{"name": "app", "resources": sizes}]}},
        },
    )


def _scaler(most: int = 100, cpu: int = 70) -> Made:
    metrics = [
        {"type": "Resource", "resource": {"name": name, "target": {"averageUtilization": value}}}
        for name, value in (("cpu", cpu), ("memory", 80))
    ]
    return of(SCALER, spec={"minReplicas": 10, "maxReplicas": most, "metrics": metrics})


_FUNCTION = of("aws:lambda/function:Function", "f")
_URL = of("aws:lambda/functionUrl:FunctionUrl", "url", functionName=ref("f"))
_QUEUE = of("aws:lambda/eventSourceMapping:EventSourceMapping", "queue", functionName=ref("f"))


def _called_by(service: str) -> Made:
    principal = f"{service}.amazonaws.com"
    return of("aws:lambda/permission:Permission", "called", function=ref("f"), principal=principal)


CASES = [
    *exists("ecs-service", SERVICE),
    *exists("express-service", "aws:ecs/expressGatewayService:ExpressGatewayService"),
    *ask("ec2-group", (of(GROUP), of(TEMPLATE, "t")), [(of(GROUP),), (of(TEMPLATE),)]),
    *ask(
        "fargate-tasks",
        (of(TASK, requiresCompatibilities=["FARGATE"], networkMode="awsvpc"),),
        [(), (of(TASK, requiresCompatibilities=["EC2"], networkMode="awsvpc"),), (of(TASK, networkMode="bridge"),)],
        (of(TASK, requiresCompatibilities=["FARGATE"], networkMode=U),),
    ),
    *ask(
        "task-complete",
        (_task(_MAIN),),
        [(), (_task({**_MAIN, "secrets": []}),), (_task({"name": "app"}),), (_task(_MAIN, taskRoleArn=None),)],
        (of(TASK, containerDefinitions=U, **_TASK),),
    ),
    *ask(
        "two-instances",
        [(of(TARGET, minCapacity=2),), (of(GROUP, minSize=3),), (of(SERVICE, desiredCount=2),)],
        [(), (of(TARGET, minCapacity=1),), (of(TARGET, minCapacity=1), of(SERVICE, "s", desiredCount=2))],
        (of(TARGET, minCapacity=U),),
    ),
    *ask(
        "cpu-scaling",
        (_STEPS, _HIGH, _LOW),
        [(_tracking("ECSServiceAverageCPUUtilization"),), (_STEPS, _HIGH), (_HIGH, _LOW)],
    ),
    *ask("memory-scaling", (_tracking("ECSServiceAverageMemoryUtilization"),), (_tracking("Other"),)),
    *ask(
        "request-scaling",
        [
            (_tracking("ALBRequestCountPerTarget"),),
            (
                of(
                    "aws:autoscaling/policy:Policy",
                    targetTrackingConfiguration={
                        "predefinedMetricSpecification": {"predefinedMetricType": "ALBRequestCountPerTarget"}
                    },
                ),
            ),
        ],
        (_tracking("ECSServiceAverageCPUUtilization"),),
    ),
    *exists(
        "scheduled-scaling",
        "aws:appautoscaling/scheduledAction:ScheduledAction",
        "aws:autoscaling/schedule:Schedule",
    ),
    *ask(
        "spot-by-tier",
        [
            (of(SERVICE, capacityProviderStrategies=[{"capacityProvider": "FARGATE_SPOT"}]),),
            (of(TEMPLATE, instanceMarketOptions={"marketType": "spot"}),),
        ],
        [(), (of(SERVICE, launchType="FARGATE"),)],
        tier="startup",
    ),
    *ask(
        "spot-by-tier",
        (of(SERVICE, launchType="FARGATE"),),
        [(), (of(SERVICE, capacityProviderStrategies=[{"capacityProvider": "FARGATE_SPOT"}]),)],
        (of(SERVICE, capacityProviderStrategies=U),),
        tier="production",
    ),
    *ask(
        "blue-green",
        (_deploys(strategy="BLUE_GREEN", balancers=_SECOND),),
        [(), (_deploys(strategy="ROLLING", balancers=_SECOND),), (_deploys(strategy="BLUE_GREEN"),)],
        (_deploys(strategy="CANARY", balancers=U),),
    ),
    *ask(
        "gradual-shift",
        [(_linear(10, "5"),), (_linear(5, "5"),)],
        [
            (),
            (_linear(45, "5"),),
            (_linear(50, "5"),),
            (_linear(10, "0"),),
            (_deploys(strategy="LINEAR", linearConfiguration={"stepPercent": 10}),),
            (_deploys(strategy="CANARY", canaryConfiguration={"canaryPercent": 10}, lifecycleHooks=_HOOKS),),
            (_deploys(strategy="ROLLING", linearConfiguration={"stepPercent": 10, "stepBakeTimeInMinutes": "5"}),),
            (_deploys(strategy="ROLLING"),),
        ],
        (_linear(U, "5"),),
    ),
    *exists("other-than-ecs", GROUP, CLUSTER),
    *exists("other-than-ec2", SERVICE, CLUSTER),
    *(
        case
        for query in ("other-than-ecs", "other-than-ec2")
        for case in ask(
            query,
            [
                (_FUNCTION, _URL),
                (_FUNCTION, _QUEUE),
                (_FUNCTION, _called_by("apigateway")),
                (_FUNCTION, _called_by("s3")),
            ],
            [(_FUNCTION,), (_FUNCTION, _called_by("secretsmanager")), (_FUNCTION, _called_by("events")), (_URL,)],
        )
    ),
    *ask(
        "blue-kept-a-while",
        (_deploys(bakeTimeInMinutes="5"),),
        [(), (_deploys(bakeTimeInMinutes="0"),), (_deploys(strategy="ROLLING"),)],
        (_deploys(bakeTimeInMinutes=U),),
    ),
    *ask(
        "feature-flags",
        (of(f"{CONFIG}configurationProfile:ConfigurationProfile", type="AWS.AppConfig.FeatureFlags"),),
        (of(f"{CONFIG}configurationProfile:ConfigurationProfile", type="AWS.Freeform"),),
    ),
    *ask(
        "config-service",
        (
            of(f"{CONFIG}application:Application"),
            of(f"{CONFIG}environment:Environment", "e"),
            of(f"{CONFIG}configurationProfile:ConfigurationProfile", "p", kmsKeyIdentifier=U),
        ),
        [
            (of(f"{CONFIG}application:Application"),),
            (
                of(f"{CONFIG}application:Application"),
                of(f"{CONFIG}environment:Environment", "e"),
                of(f"{CONFIG}configurationProfile:ConfigurationProfile", "p"),
            ),
        ],
    ),
    *ask(
        "image-repository",
        (
            of(
                "aws:ecr/repository:Repository",
                imageTagMutability="IMMUTABLE",
                imageScanningConfiguration={"scanOnPush": True},
            ),
        ),
        [(), (of("aws:ecr/repository:Repository", imageTagMutability="IMMUTABLE"),)],
    ),
    *ask(
        "image-signing",
        (of("aws:signer/signingProfile:SigningProfile", platformId="Notation-OCI-SHA384-ECDSA"),),
        (of("aws:signer/signingProfile:SigningProfile", platformId="AWSLambda-SHA384-ECDSA"),),
    ),
    *ask(
        "user-data-clean",
        [(), (of(TEMPLATE, userData="#!/bin/sh"),)],
        (of(TEMPLATE, userData="export AWS_ACCESS_KEY_ID=AKIAEXAMPLE"),),
        (of(TEMPLATE, userData=U),),
    ),
    *exists("eks-cluster", CLUSTER),
    *ask(
        "eks-nodes",
        [(of(NODES, scalingConfig={"desiredSize": 3}),), (of(CLUSTER, computeConfig={"enabled": True}),)],
        [(of(CLUSTER),), (of(NODES, scalingConfig={"desiredSize": 2}),)],
        (of(NODES, scalingConfig={"desiredSize": U}),),
    ),
    *ask(
        "kubernetes-manifest",
        (_manifest(),),
        [(), (_manifest(replicas=3),), (_manifest(sizes={}),), (_manifest(surge="50%"),)],
        (_manifest(replicas=U),),
    ),
    *ask("pod-autoscaling", (_scaler(),), [(), (_scaler(most=50),), (_scaler(cpu=60),)]),
    *exists("kubernetes-workload", DEPLOYMENT, "kubernetes:helm.sh/v3:Release"),
    *exists("kubernetes-namespace", "kubernetes:core/v1:Namespace"),
]
