"""Cases of the rules in policies/pack/rules/xray.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of


def task(**container: object) -> Made:
    return of(types.ECS_TASK_DEFINITION, containerDefinitions=json.dumps([{"name": "app", "image": "app"}, container]))


CASES = [
    *cases(
        "tracing-enabled",
        passing=[
            of(types.APIGATEWAY_STAGE, xrayTracingEnabled=True),
            of(types.LAMBDA_FUNCTION, tracingConfig={"mode": "Active"}),
            task(image="public.ecr.aws/aws-observability/aws-otel-collector:v0.43.0"),
            task(image="public.ecr.aws/cloudwatch-agent/cloudwatch-agent:latest"),
            task(image="public.ecr.aws/Datadog/agent:7"),
            task(environment=[{"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "https://xray.example.com"}]),
        ],
        failing=[
            of(types.APIGATEWAY_STAGE),
            of(types.LAMBDA_FUNCTION),
            of(types.LAMBDA_FUNCTION, tracingConfig={"mode": "PassThrough"}),
            task(image="app", environment=[{"name": "LOG_LEVEL"}]),
            of(types.APIGATEWAY_STAGE, xrayTracingEnabled=U),
        ],
        unknown=[of(types.ECS_TASK_DEFINITION, containerDefinitions=U)],
        unknown_is=Status.UNKNOWN,
    ),
]
