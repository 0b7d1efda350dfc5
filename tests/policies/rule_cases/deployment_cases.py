"""Cases of the rules about deployments and capacity."""

from tests.policies.building import Made, U, cases, of, ref

SERVICE = "aws:ecs/service:Service"
GROUP = "aws:autoscaling/group:Group"
TARGETS = "aws:lb/targetGroup:TargetGroup"
TARGET = "aws:appautoscaling/target:Target"
ACTION = "aws:appautoscaling/scheduledAction:ScheduledAction"
GROUP_SCHEDULE = "aws:autoscaling/schedule:Schedule"
SCHEDULE = "aws:scheduler/schedule:Schedule"
BALANCED = [{"targetGroupArn": U, "containerName": "app", "containerPort": 80}]
CODE_DEPLOY = {"type": "CODE_DEPLOY"}
SHIFT = {"alternateTargetGroupArn": U, "productionListenerRule": U, "roleArn": U}


def alarmed(**alarms: object) -> Made:
    return of(SERVICE, loadBalancers=BALANCED, alarms=alarms)


def spot(**strategy: object) -> Made:
    strategies = [{"capacityProvider": "FARGATE", "base": 1}, {"capacityProvider": "FARGATE_SPOT", **strategy}]
    return of(SERVICE, loadBalancers=BALANCED, capacityProviderStrategies=strategies)


def shifting(strategy: str, bake: object, **advanced: object) -> Made:
    return of(
        SERVICE,
        deploymentConfiguration={"strategy": strategy, "bakeTimeInMinutes": bake},
        loadBalancers=[{"targetGroupArn": U, "advancedConfiguration": advanced}],
    )


def scheduled(**action: object) -> tuple[Made, ...]:
    """A service with a scaling target and a scheduled action on it."""
    return (
        of(SERVICE),
        of(TARGET, "target", resourceId=ref("it")),
        of(ACTION, "action", resourceId=ref("target"), scalableTargetAction=action),
    )


CASES = [
    *cases(
        "ecs-deployment-alarms",
        passing=[alarmed(alarmNames=[U], enable=True, rollback=True)],
        failing=[
            of(SERVICE, loadBalancers=BALANCED),
            alarmed(alarmNames=[], enable=True, rollback=True),
            alarmed(alarmNames=["a"], enable=True, rollback=False),
            of(SERVICE, loadBalancers=U),
        ],
        unknown=[alarmed(alarmNames=["a"], enable=U, rollback=True), of(SERVICE, loadBalancers=BALANCED, alarms=U)],
        skipped=[of(SERVICE), of(SERVICE, loadBalancers=BALANCED, deploymentController=CODE_DEPLOY)],
    ),
    *cases(
        "ecs-rolling-capacity",
        passing=[of(SERVICE), of(SERVICE, deploymentMinimumHealthyPercent=100, deploymentMaximumPercent="150")],
        failing=[
            of(SERVICE, deploymentMinimumHealthyPercent=50),
            of(SERVICE, deploymentMinimumHealthyPercent=100, deploymentMaximumPercent=100),
        ],
        unknown=[of(SERVICE, deploymentMinimumHealthyPercent=U), of(SERVICE, deploymentMaximumPercent=U)],
        skipped=[
            of(SERVICE, schedulingStrategy="DAEMON", deploymentMinimumHealthyPercent=0),
            of(SERVICE, deploymentController=CODE_DEPLOY, deploymentMinimumHealthyPercent=0),
        ],
    ),
    *cases(
        "ecs-traffic-shift-complete",
        passing=[
            shifting("BLUE_GREEN", "15", **SHIFT),
            of(SERVICE, deploymentConfiguration={"strategy": "CANARY", "bakeTimeInMinutes": 5}),
        ],
        failing=[
            shifting("BLUE_GREEN", "0", **SHIFT),
            shifting("LINEAR", "15"),
            shifting("CANARY", "15", **{**SHIFT, "roleArn": ""}),
            of(SERVICE, deploymentConfiguration={"strategy": "CANARY"}, loadBalancers=[]),
        ],
        unknown=[shifting("BLUE_GREEN", U, **SHIFT)],
        skipped=[of(SERVICE), of(SERVICE, deploymentConfiguration={"strategy": "ROLLING"})],
    ),
    *cases(
        "ecs-no-spot-behind-balancer",
        passing=[
            of(SERVICE, loadBalancers=BALANCED),
            spot(weight=0, base=0),
            of(SERVICE, loadBalancers=BALANCED, capacityProviderStrategies=[{"capacityProvider": U, "weight": 1}]),
        ],
        failing=[spot(weight=1), spot(base=1), spot(weight="2")],
        unknown=[spot(weight=U), of(SERVICE, loadBalancers=BALANCED, capacityProviderStrategies=U)],
        skipped=[of(SERVICE, capacityProviderStrategies=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}])],
    ),
    *cases(
        "target-group-health-path",
        passing=[
            of(TARGETS, protocol="HTTP", healthCheck={"path": "/health"}),
            of("aws:alb/targetGroup:TargetGroup", protocol="HTTPS", healthCheck={"path": U, "enabled": True}),
        ],
        failing=[
            of(TARGETS, protocol="HTTP"),
            of(TARGETS, protocol="HTTP", healthCheck={"path": "/health", "enabled": False}),
            of(TARGETS, protocol="HTTP", healthCheck={"protocol": "TCP"}),
        ],
        unknown=[of(TARGETS, protocol="HTTP", healthCheck={"enabled": U, "path": "/health"})],
        skipped=[of(TARGETS, protocol="TCP"), of(TARGETS, targetType="lambda"), of(TARGETS, protocol=U)],
    ),
    *cases(
        "dev-scheduled-shutdown",
        passing=[
            scheduled(minCapacity=0, maxCapacity=0),
            (of(SERVICE), of(ACTION, "action", resourceId=ref("it"), scalableTargetAction={"maxCapacity": "0"})),
            (of(GROUP), of(GROUP_SCHEDULE, "night", autoscalingGroupName=ref("it"), desiredCapacity=0)),
            (of(GROUP, name="app"), of(GROUP_SCHEDULE, "night", autoscalingGroupName="app", maxSize=0)),
            (of(GROUP), of(SCHEDULE, "stop", target={"arn": "arn:aws:scheduler:::aws-sdk:ecs:updateService"})),
        ],
        failing=[
            of(SERVICE),
            of(GROUP),
            scheduled(minCapacity=0, maxCapacity=2),
            (of(GROUP), of(GROUP_SCHEDULE, "day", autoscalingGroupName=ref("it"), desiredCapacity=2)),
        ],
        unknown=[scheduled(maxCapacity=U), (of(GROUP), of(SCHEDULE, "stop", target={"arn": U}))],
        skipped=[of(SERVICE, schedulingStrategy="DAEMON")],
    ),
]
