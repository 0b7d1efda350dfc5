"""Security: identities, policies, keys, secrets, trails and watchers."""

from __future__ import annotations

import base64
import json
from typing import Any

from policies.pack import types
from tests.policies.building import Made, of, ref
from tests.policies.effects.effect import ACCOUNT, IRELAND, idle, unsure, works

GITHUB = "token.actions.githubusercontent.com"


def document(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def allowing(**more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": "*", "Resource": "*", **more}


def trusting(issuer: str, **condition: object) -> Made:
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"},
        "Condition": condition,
    }
    return of(types.IAM_ROLE, assumeRolePolicy=document(statement))


def with_variables(**variables: str) -> Made:
    return of(types.LAMBDA_FUNCTION, environment={"variables": variables})


def task(**variables: str) -> Made:
    environment = [{"name": name, "value": value} for name, value in variables.items()]
    return of(types.ECS_TASK_DEFINITION, containerDefinitions=json.dumps([{"name": "app", "environment": environment}]))


def shared(type_: str, key: str = "policy", **statement: object) -> Made:
    return Made(type_, "it", {key: document(allowing(Principal="*", **statement))})


EVERYWHERE: dict[str, Any] = {"isMultiRegionTrail": True}
TRAIL = types.CLOUDTRAIL_TRAIL
MANAGEMENT = {"field": "eventCategory", "equals": ["Management"]}
HUB = of(types.SECURITYHUB_ACCOUNT, "hub")
FINDINGS = json.dumps({"source": ["aws.securityhub"]})


def events(**more: object) -> tuple[Made, Made]:
    return (
        Made(types.CLOUDWATCH_EVENT_RULE, "found", {"eventPattern": FINDINGS, **more}),
        of(types.CLOUDWATCH_EVENT_TARGET, "tell", rule=ref("found"), arn="topic"),
    )


EFFECTS = [
    idle(
        "iam-no-full-admin",
        "a star for every service is a star",
        of(types.IAM_POLICY, policy=document(allowing(Action="*:*"))),
    ),
    idle(
        "iam-no-full-admin",
        "without an effect nobody knows, so the worse",
        of(types.IAM_POLICY, policy=document({"Action": "*", "Resource": "*"})),
    ),
    works(
        "iam-no-full-admin", "a denial of everything", of(types.IAM_POLICY, policy=document(allowing(Effect="Deny")))
    ),
    idle(
        "iam-no-full-admin",
        "the inline policy of a permission set",
        of(types.SSOADMIN_PERMISSION_SET_INLINE_POLICY, inlinePolicy=document(allowing())),
    ),
    works(
        "iam-no-full-admin",
        "everything of one bucket",
        of(types.IAM_POLICY, policy=document(allowing(Resource="arn:aws:s3:::shop/*"))),
    ),
    unsure("iam-no-full-admin", "a list is no policy", of(types.IAM_POLICY, policy="[[]]")),
    idle(
        "iam-oidc-trust-scoped",
        "the audience is everybody's",
        trusting(GITHUB, StringEquals={f"{GITHUB}:aud": "sts.amazonaws.com"}),
    ),
    idle(
        "iam-oidc-trust-scoped",
        "a negated condition admits all others",
        trusting(GITHUB, StringNotLike={f"{GITHUB}:sub": "repo:acme/*"}),
    ),
    works(
        "iam-oidc-trust-scoped",
        "all repositories of one owner",
        trusting(GITHUB, StringLike={f"{GITHUB}:sub": "repo:acme/*"}),
    ),
    idle(
        "iam-oidc-trust-scoped",
        "one loose value beside a tight one",
        trusting(GITHUB, StringLike={f"{GITHUB}:sub": ["repo:acme/shop:*", "repo:*"]}),
    ),
    idle(
        "iam-oidc-trust-scoped",
        "Codefresh is shared by all its customers",
        trusting("oidc.codefresh.io", StringEquals={"oidc.codefresh.io:aud": "sts.amazonaws.com"}),
    ),
    works(
        "iam-oidc-trust-scoped",
        "an account of Codefresh",
        trusting("oidc.codefresh.io", StringLike={"oidc.codefresh.io:sub": "account:12ab:pipeline:*"}),
    ),
    unsure(
        "iam-oidc-trust-scoped",
        "an issuer that nobody here knows",
        trusting("login.example.com", StringEquals={"login.example.com:sub": "x"}),
    ),
    works(
        "policy-not-public",
        "mount targets stand in our VPC",
        shared(types.EFS_FILE_SYSTEM_POLICY, Condition={"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}),
    ),
    idle(
        "policy-not-public",
        "TLS limits nobody",
        shared(types.EFS_FILE_SYSTEM_POLICY, Condition={"Bool": {"aws:SecureTransport": "true"}}),
    ),
    idle(
        "policy-not-public",
        "a vault that anybody may write to",
        shared(types.BACKUP_VAULT_POLICY, Action="backup:CopyIntoBackupVault"),
    ),
    works(
        "policy-not-public",
        "a vault for the organisation",
        shared(types.BACKUP_VAULT_POLICY, Condition={"StringEquals": {"aws:PrincipalOrgID": "o-abc123"}}),
    ),
    idle(
        "policy-not-public",
        "a public search domain with an open policy",
        shared(types.OPENSEARCH_DOMAIN, "accessPolicies"),
    ),
    works(
        "policy-not-public",
        "in a VPC an open policy opens nothing outside",
        of(types.OPENSEARCH_DOMAIN, accessPolicies=document(allowing(Principal="*")), vpcOptions={"subnetIds": ["s"]}),
    ),
    idle(
        "policy-not-public",
        "S3 calls for buckets of any account",
        of(types.LAMBDA_PERMISSION, principal="s3.amazonaws.com", action="lambda:InvokeFunction"),
    ),
    works(
        "policy-not-public",
        "S3 calls for our account",
        of(types.LAMBDA_PERMISSION, principal="s3.amazonaws.com", sourceAccount=ACCOUNT),
    ),
    idle(
        "policy-not-public",
        "a role that anybody may take",
        of(
            types.IAM_ROLE,
            assumeRolePolicy=document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ["*"]}}),
        ),
    ),
    idle(
        "kms-no-public-policy",
        "whoever comes through S3 is anybody",
        of(
            types.KMS_KEY,
            policy=document(
                allowing(
                    Principal={"AWS": "*"},
                    Condition={"StringEquals": {"kms:ViaService": f"s3.{IRELAND}.amazonaws.com"}},
                )
            ),
        ),
    ),
    works(
        "kms-no-public-policy",
        "callers of one account",
        of(
            types.KMS_KEY,
            policy=document(
                allowing(Principal={"AWS": "*"}, Condition={"StringEquals": {"kms:CallerAccount": ACCOUNT}})
            ),
        ),
    ),
    works(
        "kms-rotation",
        "AWS cannot rotate what signs",
        of(types.KMS_KEY, keyUsage="SIGN_VERIFY", customerMasterKeySpec="ECC_NIST_P256"),
    ),
    idle(
        "ecs-no-env-secrets", "a password inside an address", task(DATABASE_URL="postgres://app:s3cr3tpw@db:5432/shop")
    ),
    works("ecs-no-env-secrets", "an address without one", task(DATABASE_URL="postgres://app@db:5432/shop")),
    works(
        "ecs-no-env-secrets",
        "a place for a password in a template",
        task(DATABASE_URL="postgres://app:${PASSWORD}@db:5432/shop"),
    ),
    works(
        "ecs-no-env-secrets",
        "about secrets, and none",
        task(
            TOKENIZER_MODEL="cl100k", PASSWORD_FIELD="pw", RECAPTCHA_SITE_KEY="6LcAAAAAAAAbbbbbbbbbbbbbbbbbbbb1AAAAAAAA"
        ),
    ),
    idle(
        "ecs-no-env-secrets",
        "a token of Vault under a harmless name",
        task(STARTUP="hvs.CAESIJ2ZkQ9v8x7w6u5t4s3r2q1p0"),
    ),
    idle(
        "no-plain-secrets", "a function's variable", with_variables(STRIPE_API_KEY="sk_live_4eC39HqLyjWDarjtT1zdp7dc")
    ),
    works(
        "no-plain-secrets",
        "the name of a secret, which is none",
        with_variables(DB_SECRET="prod/shop/db", DB_PASSWORD_ARN="arn:aws:ssm:eu-west-1:1:parameter/db"),
    ),
    idle(
        "no-plain-secrets",
        "base64 hides nothing",
        of(types.EC2_LAUNCH_TEMPLATE, userData=base64.b64encode(b"#!/bin/sh\nDB_PASSWORD=hunter2 /app\n").decode()),
    ),
    works(
        "no-plain-secrets",
        "a script that fetches it",
        of(
            types.EC2_LAUNCH_TEMPLATE,
            userData=base64.b64encode(b"#!/bin/sh\nDB_PASSWORD=$(aws ssm get-parameter --name /db)\n").decode(),
        ),
    ),
    works(
        "no-plain-secrets",
        "a build that is told where it is",
        of(
            types.CODEBUILD_PROJECT,
            environment={"environmentVariables": [{"name": "TOKEN", "value": "shop/token", "type": "SECRETS_MANAGER"}]},
        ),
    ),
    idle(
        "ssm-securestring",
        "the text gives it away, not the name",
        of(types.SSM_PARAMETER, name="/shop/url", type="String", value="mysql://root:hunter2@db/shop"),
    ),
    works(
        "ssm-securestring",
        "an address without a password",
        of(types.SSM_PARAMETER, name="/shop/url", type="String", value="https://shop.example.com"),
    ),
    idle(
        "secret-cmk", "AWS's own key by its alias", of(types.SECRETSMANAGER_SECRET, kmsKeyId="alias/aws/secretsmanager")
    ),
    idle(
        "secret-rotation",
        "once a year is no rotation",
        of(types.SECRETSMANAGER_SECRET, "secret"),
        of(
            types.SECRETSMANAGER_SECRET_ROTATION,
            "turn",
            secretId=ref("secret"),
            rotationRules={"automaticallyAfterDays": 365},
        ),
    ),
    works("trail-multi-region", "without selectors management events are recorded", of(TRAIL, **EVERYWHERE)),
    idle(
        "trail-multi-region",
        "selectors that leave out management events",
        of(TRAIL, **EVERYWHERE, eventSelectors=[{"includeManagementEvents": False}]),
    ),
    idle("trail-multi-region", "only writes", of(TRAIL, **EVERYWHERE, eventSelectors=[{"readWriteType": "WriteOnly"}])),
    idle(
        "trail-multi-region",
        "advanced selectors for data alone",
        of(
            TRAIL,
            **EVERYWHERE,
            advancedEventSelectors=[{"fieldSelectors": [{"field": "eventCategory", "equals": ["Data"]}]}],
        ),
    ),
    works(
        "trail-multi-region",
        "advanced selectors with management events",
        of(TRAIL, **EVERYWHERE, advancedEventSelectors=[{"fieldSelectors": [MANAGEMENT]}]),
    ),
    idle("trail-multi-region", "switched off", of(TRAIL, **EVERYWHERE, enableLogging=False)),
    idle("trail-kms", "an alias of AWS's", of(TRAIL, kmsKeyId="alias/aws/cloudtrail")),
    idle(
        "config-recording",
        "a strategy that leaves types out",
        of(
            types.CFG_RECORDER,
            "rec",
            recordingGroup={"allSupported": False, "recordingStrategies": [{"useOnly": "EXCLUSION_BY_RESOURCE_TYPES"}]},
        ),
        of(types.CFG_RECORDER_STATUS, "on", isEnabled=True),
        of(types.CFG_DELIVERY_CHANNEL, "to"),
    ),
    works(
        "config-required-tags",
        "the keys stand in two rules",
        of(
            types.CFG_RULE,
            "one",
            source={"sourceIdentifier": "REQUIRED_TAGS"},
            inputParameters=json.dumps({"tag1Key": "Environment", "tag2Key": "Project"}),
        ),
        of(
            types.CFG_RULE,
            "two",
            source={"sourceIdentifier": "REQUIRED_TAGS"},
            inputParameters=json.dumps({"tag1Key": "Owner"}),
        ),
    ),
    unsure(
        "config-required-tags",
        "parameters that cannot be read",
        of(types.CFG_RULE, source={"sourceIdentifier": "REQUIRED_TAGS"}, inputParameters="[[]]"),
    ),
    works("findings-forwarded", "the default bus", HUB, *events()),
    idle("findings-forwarded", "AWS's findings reach no bus of our own", HUB, *events(eventBusName="shop")),
    idle("findings-forwarded", "a rule that is switched off", HUB, *events(state="DISABLED")),
    idle("guardduty-enabled", "a detector that is off", of(types.GUARDDUTY_DETECTOR, enable=False)),
]
