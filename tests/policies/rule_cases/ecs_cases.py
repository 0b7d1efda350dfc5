"""Cases of the rules in policies/pack/rules/ecs.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import Made, U, cases, of, ref

BALANCED = [{"targetGroupArn": U, "containerName": "app", "containerPort": 80}]

CODE_DEPLOY = {"type": "CODE_DEPLOY"}

SHIFT = {"alternateTargetGroupArn": U, "productionListenerRule": U, "roleArn": U}


def breaker(**values: object) -> Made:
    return of(types.ECS_SERVICE, deploymentCircuitBreaker=values)


def alarmed(**alarms: object) -> Made:
    return of(types.ECS_SERVICE, loadBalancers=BALANCED, alarms=alarms)


def spot(**strategy: object) -> Made:
    strategies = [{"capacityProvider": "FARGATE", "base": 1}, {"capacityProvider": "FARGATE_SPOT", **strategy}]
    return of(types.ECS_SERVICE, loadBalancers=BALANCED, capacityProviderStrategies=strategies)


def shifting(strategy: str, bake: object, **advanced: object) -> Made:
    return of(
        types.ECS_SERVICE,
        deploymentConfiguration={"strategy": strategy, "bakeTimeInMinutes": bake},
        loadBalancers=[{"targetGroupArn": U, "advancedConfiguration": advanced}],
    )


DEFAULTED = of(types.ECS_SERVICE, cluster=ref("cluster"), loadBalancers=[{}])

CLUSTER = of(types.ECS_CLUSTER, "cluster")


def scaled(least: object) -> Made:
    return of(types.APPAUTOSCALING_TARGET, "target", resourceId=ref("it"), minCapacity=least, maxCapacity=9)


HELD = of(
    types.APPAUTOSCALING_TARGET,
    "target",
    resourceId=ref("it"),
    minCapacity=2,
    maxCapacity=9,
    suspendedState={"dynamicScalingOutSuspended": True},
)


def twin(region: str, tasks: int) -> Made:
    return of(types.ECS_SERVICE, "twin", region=region, desiredCount=tasks)


def defaulting(provider: str) -> Made:
    """What a cluster's services run on unless they say otherwise."""
    strategies = [{"capacityProvider": provider, "weight": 1}]
    return of(
        types.ECS_CLUSTER_CAPACITY_PROVIDERS,
        "capacity",
        clusterName=ref("cluster"),
        defaultCapacityProviderStrategies=strategies,
    )


SPOT = defaulting("FARGATE_SPOT")


CASES = [
    *cases(
        "ecs-platform-latest",
        passing=[of(types.ECS_SERVICE), of(types.ECS_SERVICE, launchType="FARGATE", platformVersion="LATEST")],
        failing=[of(types.ECS_SERVICE, platformVersion="1.4.0")],
        unknown=[of(types.ECS_SERVICE, platformVersion=U)],
        skipped=[of(types.ECS_SERVICE, launchType="EC2", platformVersion="")],
    ),
    *cases(
        "ecs-no-public-ip",
        passing=[
            of(types.ECS_SERVICE),
            of(types.ECS_SERVICE, networkConfiguration={"assignPublicIp": False, "subnets": U}),
        ],
        failing=[of(types.ECS_SERVICE, networkConfiguration={"assignPublicIp": True})],
        unknown=[
            of(types.ECS_SERVICE, networkConfiguration={"assignPublicIp": U}),
            of(types.ECS_SERVICE, networkConfiguration=U),
        ],
    ),
    *cases(
        "ecs-circuit-breaker",
        passing=[
            breaker(enable=True, rollback=True),
            of(types.ECS_SERVICE, deploymentCircuitBreaker=[{"enable": "true", "rollback": True}]),
        ],
        failing=[of(types.ECS_SERVICE), breaker(enable=True, rollback=False), breaker(enable=True)],
        unknown=[breaker(enable=U, rollback=True)],
        skipped=[of(types.ECS_SERVICE, deploymentController={"type": "CODE_DEPLOY"})],
    ),
    *cases(
        "ecs-min-tasks",
        passing=[of(types.ECS_SERVICE, desiredCount=2), of(types.ECS_SERVICE, desiredCount="3")],
        failing=[of(types.ECS_SERVICE), of(types.ECS_SERVICE, desiredCount=1)],
        unknown=[of(types.ECS_SERVICE, desiredCount=U)],
        skipped=[of(types.ECS_SERVICE, schedulingStrategy="DAEMON")],
    ),
    *cases(
        "ecs-container-insights",
        passing=[
            of(types.ECS_CLUSTER, settings=[{"name": "containerInsights", "value": "enabled"}]),
            of(types.ECS_CLUSTER, settings=[{"name": "other"}, {"name": "containerInsights", "value": "enhanced"}]),
        ],
        failing=[
            of(types.ECS_CLUSTER),
            of(types.ECS_CLUSTER, settings=[{"name": "containerInsights", "value": "disabled"}]),
        ],
        unknown=[
            of(types.ECS_CLUSTER, settings=U),
            of(types.ECS_CLUSTER, settings=[{"name": "containerInsights", "value": U}]),
        ],
    ),
    *cases(
        "ecs-autoscaling",
        passing=[
            (
                of(types.ECS_SERVICE),
                of(types.APPAUTOSCALING_TARGET, "target", resourceId=ref("it")),
                of(types.APPAUTOSCALING_POLICY, "policy", resourceId=ref("target")),
            ),
            (
                of(types.ECS_SERVICE),
                of(types.APPAUTOSCALING_TARGET, "target", resourceId=ref("it")),
                of(types.APPAUTOSCALING_POLICY, "policy", resourceId=ref("it")),
            ),
        ],
        failing=[
            of(types.ECS_SERVICE),
            (of(types.ECS_SERVICE), of(types.APPAUTOSCALING_TARGET, "target", resourceId=ref("it"))),
            (
                of(types.ECS_SERVICE),
                of(types.APPAUTOSCALING_TARGET, "target", resourceId=ref("it"), minCapacity=2, maxCapacity=2),
                of(types.APPAUTOSCALING_POLICY, "policy", resourceId=ref("target")),
            ),
            (
                of(types.ECS_SERVICE),
                of(types.ECS_SERVICE, "other"),
                of(types.APPAUTOSCALING_TARGET, "target", resourceId=ref("other")),
                of(types.APPAUTOSCALING_POLICY, "policy", resourceId=ref("target")),
            ),
        ],
        unknown=[
            (
                of(types.ECS_SERVICE),
                of(types.APPAUTOSCALING_TARGET, "target", resourceId=U),
                of(types.APPAUTOSCALING_POLICY, "policy", resourceId=U),
            )
        ],
        skipped=[of(types.ECS_SERVICE, schedulingStrategy="DAEMON")],
    ),
    *cases(
        "ecs-deployment-alarms",
        passing=[alarmed(alarmNames=[U], enable=True, rollback=True)],
        failing=[
            of(types.ECS_SERVICE, loadBalancers=BALANCED),
            alarmed(alarmNames=[], enable=True, rollback=True),
            alarmed(alarmNames=["a"], enable=True, rollback=False),
            of(types.ECS_SERVICE, loadBalancers=U),
        ],
        unknown=[
            alarmed(alarmNames=["a"], enable=U, rollback=True),
            of(types.ECS_SERVICE, loadBalancers=BALANCED, alarms=U),
        ],
        skipped=[
            of(types.ECS_SERVICE),
            of(types.ECS_SERVICE, loadBalancers=BALANCED, deploymentController=CODE_DEPLOY),
        ],
    ),
    *cases(
        "ecs-rolling-capacity",
        passing=[
            of(types.ECS_SERVICE),
            of(types.ECS_SERVICE, deploymentMinimumHealthyPercent=100, deploymentMaximumPercent="150"),
        ],
        failing=[
            of(types.ECS_SERVICE, deploymentMinimumHealthyPercent=50),
            of(types.ECS_SERVICE, deploymentMinimumHealthyPercent=100, deploymentMaximumPercent=100),
        ],
        unknown=[
            of(types.ECS_SERVICE, deploymentMinimumHealthyPercent=U),
            of(types.ECS_SERVICE, deploymentMaximumPercent=U),
        ],
        skipped=[
            of(types.ECS_SERVICE, schedulingStrategy="DAEMON", deploymentMinimumHealthyPercent=0),
            of(types.ECS_SERVICE, deploymentController=CODE_DEPLOY, deploymentMinimumHealthyPercent=0),
        ],
    ),
    *cases(
        "ecs-traffic-shift-complete",
        passing=[
            shifting("BLUE_GREEN", "15", **SHIFT),
            of(types.ECS_SERVICE, deploymentConfiguration={"strategy": "CANARY", "bakeTimeInMinutes": 5}),
        ],
        failing=[
            shifting("BLUE_GREEN", "0", **SHIFT),
            shifting("LINEAR", "15"),
            shifting("CANARY", "15", **{**SHIFT, "roleArn": ""}),
            of(types.ECS_SERVICE, deploymentConfiguration={"strategy": "CANARY"}, loadBalancers=[]),
        ],
        unknown=[shifting("BLUE_GREEN", U, **SHIFT)],
        skipped=[of(types.ECS_SERVICE), of(types.ECS_SERVICE, deploymentConfiguration={"strategy": "ROLLING"})],
    ),
    *cases(
        "ecs-no-spot-behind-balancer",
        passing=[
            of(types.ECS_SERVICE, loadBalancers=BALANCED),
            spot(weight=0, base=0),
            of(
                types.ECS_SERVICE,
                loadBalancers=BALANCED,
                capacityProviderStrategies=[{"capacityProvider": U, "weight": 1}],
            ),
        ],
        failing=[spot(weight=1), spot(base=1), spot(weight="2")],
        unknown=[spot(weight=U), of(types.ECS_SERVICE, loadBalancers=BALANCED, capacityProviderStrategies=U)],
        skipped=[of(types.ECS_SERVICE, capacityProviderStrategies=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}])],
    ),
    *cases(
        "ecs-min-tasks",
        passing=[(of(types.ECS_SERVICE, desiredCount=1), scaled(3))],
        failing=[(of(types.ECS_SERVICE, desiredCount=3), scaled(1))],
        unknown=[(of(types.ECS_SERVICE, desiredCount=3), scaled(U))],
    ),
    *cases(
        "ecs-autoscaling",
        passing=[],
        failing=[
            (of(types.ECS_SERVICE, desiredCount=0, region="us-west-2"), HELD),
            (of(types.ECS_SERVICE, desiredCount=0, region="us-west-2"), HELD, twin("us-west-2", 3)),
            (of(types.ECS_SERVICE, desiredCount=0, region="us-west-2"), HELD, twin("us-east-1", 0)),
            (of(types.ECS_SERVICE, desiredCount=2, region="us-west-2"), HELD, twin("us-east-1", 3)),
        ],
        unknown=[],
        skipped=[(of(types.ECS_SERVICE, desiredCount=0, region="us-west-2"), HELD, twin("us-east-1", 3))],
    ),
    *cases(
        "ecs-container-insights",
        passing=[
            (of(types.ECS_CLUSTER), of(types.ECS_ACCOUNT_SETTING_DEFAULT, name="containerInsights", value="enabled"))
        ],
        failing=[
            (
                of(types.ECS_CLUSTER, settings=[{"name": "containerInsights", "value": "disabled"}]),
                of(types.ECS_ACCOUNT_SETTING_DEFAULT, "account", name="containerInsights", value="enabled"),
            )
        ],
        unknown=[],
    ),
    *cases(
        "ecs-no-spot-behind-balancer",
        passing=[
            (DEFAULTED, CLUSTER, defaulting("FARGATE")),
            (of(types.ECS_SERVICE, cluster=ref("cluster"), loadBalancers=[{}], launchType="FARGATE"), CLUSTER, SPOT),
        ],
        failing=[(DEFAULTED, CLUSTER, SPOT)],
        unknown=[
            (
                DEFAULTED,
                CLUSTER,
                of(
                    types.ECS_CLUSTER_CAPACITY_PROVIDERS,
                    clusterName=ref("cluster"),
                    defaultCapacityProviderStrategies=U,
                ),
            )
        ],
    ),
]
