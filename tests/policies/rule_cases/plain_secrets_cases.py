"""Cases of the rules in policies/pack/rules/plain_secrets.py."""

from __future__ import annotations

import base64
import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, secret

PASSWORD = {"DB_PASSWORD": "hunter2-hunter2"}
BUILD = "aws:elasticbeanstalk:application:environment"


def encoded(script: str) -> str:
    return base64.b64encode(script.encode()).decode()


def built(**variable: object) -> Made:
    return of(types.CODEBUILD_PROJECT, environment={"environmentVariables": [variable]})


CASES = [
    *cases(
        "no-plain-secrets",
        passing=[
            of(types.LAMBDA_FUNCTION),
            of(types.LAMBDA_FUNCTION, environment={"variables": {"MAX_TOKENS": "4096", "DB_SECRET_ARN": U}}),
            built(name="DB_PASSWORD", value="prod/db", type="SECRETS_MANAGER"),
            built(name="DB_PASSWORD", value="/prod/db", type="PARAMETER_STORE"),
            of(types.EC2_LAUNCH_TEMPLATE, userData=encoded("#!/bin/sh\nexport DB_PASSWORD=$(aws ssm get-parameter)\n")),
            of(types.EC2_INSTANCE, userData="TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`"),
            of(
                types.ELASTICBEANSTALK_ENVIRONMENT,
                settings=[{"namespace": "aws:elb:policies", "name": "TokenPassword", "value": "x"}],
            ),
            of(types.BATCH_JOB_DEFINITION, containerProperties=json.dumps({"command": ["run"]})),
            of(types.GLUE_JOB, defaultArguments={"--job-language": "python", "--TempDir": "s3://temp/"}),
        ],
        failing=[
            of(types.LAMBDA_FUNCTION, environment={"variables": PASSWORD}),
            of(types.LAMBDA_FUNCTION, environment={"variables": secret(PASSWORD)}),
            of(types.LAMBDA_FUNCTION, environment={"variables": {"DATABASE_URL": "postgres://app:pw123@db/app"}}),
            built(name="DB_PASSWORD", value="hunter2", type="PLAINTEXT"),
            built(name="API_KEY", value="hunter2"),
            of(types.EC2_LAUNCH_TEMPLATE, userData=encoded("#!/bin/sh\nexport DB_PASSWORD='hunter2'\n")),
            of(types.EC2_INSTANCE, userDataBase64=encoded("aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE")),
            of(types.EC2_LAUNCH_CONFIGURATION, userData="-----BEGIN RSA PRIVATE KEY-----\nMIIE"),
            of(
                types.ECS_EXPRESS_GATEWAY_SERVICE,
                primaryContainer={"environments": [{"name": "PGPASSWORD", "value": "x"}]},
            ),
            of(
                types.APPRUNNER_SERVICE,
                sourceConfiguration={
                    "imageRepository": {"imageConfiguration": {"runtimeEnvironmentVariables": PASSWORD}}
                },
            ),
            of(
                types.ELASTICBEANSTALK_ENVIRONMENT,
                settings=[{"namespace": BUILD, "name": "STRIPE_KEY", "value": "sk_live_4eC39HqLyjWDarjtT1"}],
            ),
            of(
                types.BATCH_JOB_DEFINITION,
                containerProperties=json.dumps({"environment": [{"name": "DB_PASSWORD", "value": "hunter2"}]}),
            ),
            of(types.AMPLIFY_APP, environmentVariables={"API_TOKEN": "abcdef"}),
            of(types.GLUE_JOB, defaultArguments={"--db-password": "hunter2"}),
            of(types.APIGATEWAY_STAGE, variables={"apiKey": "abcdef"}),
        ],
        unknown=[of(types.LAMBDA_FUNCTION, environment={"variables": {"DB_PASSWORD": U}})],
    ),
    *cases(
        "no-plain-secrets",
        passing=[],
        failing=[],
        unknown=[of(types.LAMBDA_FUNCTION, environment=U), of(types.EC2_INSTANCE, userData=U)],
        unknown_is=Status.UNKNOWN,
    ),
]
