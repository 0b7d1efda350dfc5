"""Cases of the rules in policies/pack/rules/autoscaling.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import Made, U, cases, of, ref


def scheduled(**action: object) -> tuple[Made, ...]:
    """A service with a scaling target and a scheduled action on it."""
    return (
        of(types.ECS_SERVICE),
        of(types.APPAUTOSCALING_TARGET, "target", resourceId=ref("it")),
        of(types.APPAUTOSCALING_SCHEDULED_ACTION, "action", resourceId=ref("target"), scalableTargetAction=action),
    )


CASES = [
    *cases(
        "asg-instance-refresh",
        passing=[of(types.AUTOSCALING_GROUP, instanceRefresh={"strategy": "Rolling"})],
        failing=[of(types.AUTOSCALING_GROUP), of(types.AUTOSCALING_GROUP, instanceRefresh={})],
        unknown=[
            of(types.AUTOSCALING_GROUP, instanceRefresh=U),
            of(types.AUTOSCALING_GROUP, instanceRefresh={"strategy": U}),
        ],
    ),
    *cases(
        "asg-elb-health-check",
        passing=[of(types.AUTOSCALING_GROUP, targetGroupArns=[U], healthCheckType="ELB")],
        failing=[
            of(types.AUTOSCALING_GROUP, targetGroupArns=["arn"]),
            of(types.AUTOSCALING_GROUP, targetGroupArns=U),
            of(types.AUTOSCALING_GROUP, loadBalancers=["classic"], healthCheckType="EC2"),
            (
                of(types.AUTOSCALING_GROUP),
                of(types.AUTOSCALING_ATTACHMENT, "attachment", autoscalingGroupName=ref("it")),
            ),
        ],
        unknown=[of(types.AUTOSCALING_GROUP, targetGroupArns=["arn"], healthCheckType=U)],
        skipped=[
            of(types.AUTOSCALING_GROUP),
            (of(types.AUTOSCALING_GROUP), of(types.AUTOSCALING_ATTACHMENT, "attachment", autoscalingGroupName="other")),
        ],
    ),
    *cases(
        "dev-scheduled-shutdown",
        passing=[
            scheduled(minCapacity=0, maxCapacity=0),
            (
                of(types.ECS_SERVICE),
                of(
                    types.APPAUTOSCALING_SCHEDULED_ACTION,
                    "action",
                    resourceId=ref("it"),
                    scalableTargetAction={"maxCapacity": "0"},
                ),
            ),
            (
                of(types.AUTOSCALING_GROUP),
                of(types.AUTOSCALING_SCHEDULE, "night", autoscalingGroupName=ref("it"), desiredCapacity=0),
            ),
            (
                of(types.AUTOSCALING_GROUP, name="app"),
                of(types.AUTOSCALING_SCHEDULE, "night", autoscalingGroupName="app", maxSize=0),
            ),
            (
                of(types.AUTOSCALING_GROUP),
                of(types.SCHEDULER_SCHEDULE, "stop", target={"arn": "arn:aws:scheduler:::aws-sdk:ecs:updateService"}),
            ),
        ],
        failing=[
            of(types.ECS_SERVICE),
            of(types.AUTOSCALING_GROUP),
            scheduled(minCapacity=0, maxCapacity=2),
            (
                of(types.AUTOSCALING_GROUP),
                of(types.AUTOSCALING_SCHEDULE, "day", autoscalingGroupName=ref("it"), desiredCapacity=2),
            ),
        ],
        unknown=[
            scheduled(maxCapacity=U),
            (of(types.AUTOSCALING_GROUP), of(types.SCHEDULER_SCHEDULE, "stop", target={"arn": U})),
        ],
        skipped=[of(types.ECS_SERVICE, schedulingStrategy="DAEMON")],
    ),
]
