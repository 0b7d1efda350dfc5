"""Cases of the security rules."""

import json

from policies.checklist.verdict import Status
from tests.policies.building import Made, U, cases, of, ref, secret
from tests.policies.rule_cases.compute_cases import UNKNOWN_TASK, task

KEY = "aws:kms/key:Key"
KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
POLICY = "aws:iam/policy:Policy"
ROLE = "aws:iam/role:Role"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
SECRET = of("aws:secretsmanager/secret:Secret", "secret", name="shop/key")
ISSUER = "token.actions.githubusercontent.com"
ADMIN = {"Effect": "Allow", "Action": "*", "Resource": "*"}
READ = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/*"]}


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(condition: object, *, principal: object = None) -> Made:
    federated = {"Federated": f"arn:aws:iam::1:oidc-provider/{ISSUER}"}
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": principal or federated,
        "Condition": condition,
    }
    return of(ROLE, assumeRolePolicy=document(statement))


def environment(**variables: str) -> Made:
    return task({"environment": [{"name": k, "value": v} for k, v in variables.items()]})


def rotation(**rules: object) -> Made:
    return of(
        "aws:secretsmanager/secretRotation:SecretRotation", "rotation", secretId=ref("secret"), rotationRules=rules
    )


def controlled(state: object, type_name: str = "AWS::SecretsManager::Secret") -> Made:
    return of("aws:cloudcontrol/resource:Resource", typeName=type_name, desiredState=state)


CASES = [
    *cases(
        "kms-rotation",
        passing=[of(KEY, enableKeyRotation=True)],
        failing=[of(KEY), of(KEY, enableKeyRotation=False, customerMasterKeySpec="SYMMETRIC_DEFAULT")],
        unknown=[of(KEY, enableKeyRotation=U)],
        skipped=[of(KEY, customerMasterKeySpec="RSA_4096"), of(KEY, keyUsage="GENERATE_VERIFY_MAC")],
    ),
    *cases(
        "kms-no-public-policy",
        passing=[
            of(KEY),
            of(KEY, policy=document({**ADMIN, "Principal": {"AWS": "arn:aws:iam::1:root"}})),
            of(
                KEY_POLICY,
                policy=document({**ADMIN, "Principal": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "1"}}}),
            ),
        ],
        failing=[
            of(KEY, policy=document({**ADMIN, "Principal": "*"})),
            of(KEY_POLICY, policy=document(READ, {**ADMIN, "Principal": {"AWS": ["arn:aws:iam::1:root", "*"]}})),
        ],
        unknown=[of(KEY, policy=U)],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "iam-no-full-admin",
        passing=[
            of(POLICY, policy=document(READ)),
            of(POLICY, policy=document({**ADMIN, "Resource": "arn:aws:s3:::b"})),
            of("aws:iam/rolePolicy:RolePolicy", policy=document({**ADMIN, "Effect": "Deny"})),
            of(ATTACHMENT, policyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
            of(ATTACHMENT, policyArn=U),
            of(ROLE, inlinePolicies=[{"name": "a", "policy": document(READ)}]),
        ],
        failing=[
            of(POLICY, policy=document(ADMIN)),
            of(POLICY, policy={"Statement": {**ADMIN, "Action": ["s3:*", "*"]}}),
            of("aws:iam/rolePolicy:RolePolicy", policy=document(READ, {**ADMIN, "Action": "*:*"})),
            of(ATTACHMENT, policyArn="arn:aws:iam::aws:policy/AdministratorAccess"),
            of(ROLE, managedPolicyArns=[U, "arn:aws:iam::aws:policy/AdministratorAccess"]),
            of(ROLE, inlinePolicies=[{"policy": U}, {"policy": document(ADMIN)}]),
        ],
        unknown=[of(POLICY, policy=U), of(ROLE, inlinePolicies=[{"policy": U}]), of(ROLE, inlinePolicies=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[of(ROLE)],
    ),
    *cases(
        "iam-no-users",
        passing=[of(ROLE)],
        failing=[of("aws:iam/user:User"), of("aws:iam/accessKey:AccessKey", user="x")],
        unknown=[of("aws:iam/user:User", name=U)],
    ),
    *cases(
        "iam-oidc-trust-scoped",
        passing=[
            trust({"StringLike": {f"{ISSUER}:sub": "repo:acme/shop:*"}}),
            trust({"StringEquals": {f"{ISSUER}:sub": ["repo:acme/shop:ref:refs/heads/main"]}}),
        ],
        failing=[
            trust({}),
            trust({"StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"}}),
            trust({"StringLike": {f"{ISSUER}:sub": "repo:*"}}),
            trust({"StringLike": {f"{ISSUER}:sub": ["repo:acme/shop:*", "*"]}}),
            trust({"StringNotEquals": {f"{ISSUER}:sub": "repo:acme/shop:*"}}),
        ],
        unknown=[of(ROLE, assumeRolePolicy=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[trust({}, principal={"Service": "ec2.amazonaws.com"}), of(ROLE)],
    ),
    *cases(
        "ecs-no-env-secrets",
        passing=[
            task({}),
            environment(LOG_LEVEL="info", DB_SECRET_ARN="arn", API_KEY_FILE="/run/key", EMPTY_PASSWORD=""),
        ],
        failing=[
            environment(DB_PASSWORD="x"),
            environment(LOG_LEVEL="info", stripe_api_key="sk"),
            environment(HARMLESS="AKIAABCDEFGHIJKLMNOP"),
        ],
        unknown=[UNKNOWN_TASK],
        unknown_is=Status.UNKNOWN,
    ),
    *cases(
        "secret-cmk",
        passing=[
            of("aws:secretsmanager/secret:Secret", kmsKeyId="alias/app"),
            controlled(json.dumps({"KmsKeyId": "alias/app"})),
        ],
        failing=[SECRET, of("aws:secretsmanager/secret:Secret", kmsKeyId=""), controlled("{}")],
        unknown=[
            of("aws:secretsmanager/secret:Secret", kmsKeyId=U),
            of("aws:secretsmanager/secret:Secret", kmsKeyId=secret(U)),
        ],
        unknown_is=Status.PASS,
        skipped=[controlled("{}", "AWS::S3::Bucket")],
    ),
    *cases("secret-cmk", passing=[], failing=[], unknown=[controlled(U)], unknown_is=Status.UNKNOWN),
    *cases(
        "secret-rotation",
        passing=[
            (SECRET, rotation(automaticallyAfterDays=90)),
            (SECRET, rotation(scheduleExpression="rate(30 days)")),
            (SECRET, rotation(scheduleExpression="rate(12 hours)")),
        ],
        failing=[SECRET, (SECRET, rotation(automaticallyAfterDays=365)), (SECRET, rotation())],
        unknown=[(SECRET, rotation(automaticallyAfterDays=U))],
    ),
]
