"""Cases of the security rules."""

import json

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref, secret
from tests.policies.rule_cases.compute_cases import UNKNOWN_TASK, task

KEY = "aws:kms/key:Key"
KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
POLICY = "aws:iam/policy:Policy"
ROLE = "aws:iam/role:Role"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
SECRET = of("aws:secretsmanager/secret:Secret", "secret", name="shop/key")
PARAMETER = "aws:ssm/parameter:Parameter"
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


RARE = [
    (SECRET, rotation(scheduleExpression=rare))
    for rare in ("rate(120 days)", "cron(0 8 1 1/6 ? *)", "cron(0 8 1 1 ? *)", "cron(0 8 1 * ? 2030)")
]


def controlled(state: object, type_name: str = "AWS::SecretsManager::Secret") -> Made:
    return of("aws:cloudcontrol/resource:Resource", typeName=type_name, desiredState=state)


def parameter(name: str, **props: object) -> Made:
    return Made(PARAMETER, "it", {"name": name, **props})


CASES = [
    *cases(
        "kms-rotation",
        passing=[of(KEY, enableKeyRotation=True)],
        failing=[of(KEY), of(KEY, enableKeyRotation=False, customerMasterKeySpec="SYMMETRIC_DEFAULT")],
        unknown=[of(KEY, enableKeyRotation=U)],
        skipped=[
            of(KEY, customerMasterKeySpec="RSA_4096"),
            of(KEY, keyUsage="GENERATE_VERIFY_MAC"),
            of(KEY, customKeyStoreId="cks-1"),
        ],
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
            of("aws:kms/replicaKey:ReplicaKey", policy=document({**ADMIN, "Principal": "*"})),
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
            of(
                "aws:iam/userPolicyAttachment:UserPolicyAttachment",
                policyArn="arn:aws:iam::aws:policy/AdministratorAccess",
            ),
            of(ROLE, managedPolicyArns=[U, "arn:aws:iam::aws:policy/AdministratorAccess"]),
            of(
                "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
                policyArns=[U, "arn:aws:iam::aws:policy/AdministratorAccess"],
            ),
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
        failing=[
            SECRET,
            of("aws:secretsmanager/secret:Secret", kmsKeyId=""),
            of("aws:secretsmanager/secret:Secret", kmsKeyId="alias/aws/secretsmanager"),
            controlled("{}"),
        ],
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
            (SECRET, rotation(scheduleExpression="cron(0 8 1 * ? *)")),
            (SECRET, rotation(scheduleExpression="cron(0 4 ? 1/2 SUN#1 *)")),
        ],
        failing=[SECRET, (SECRET, rotation(automaticallyAfterDays=365)), (SECRET, rotation()), controlled(U), *RARE],
        unknown=[(SECRET, rotation(automaticallyAfterDays=U))],
        skipped=[controlled("{}", "AWS::S3::Bucket")],
    ),
    *cases(
        "ssm-securestring",
        passing=[
            parameter("/prod/shop/db-password", type="SecureString", value=secret(U)),
            parameter("/prod/shop/db-password", type="SecureString", valueWo=secret("x")),
            parameter("/prod/shop/queue-url", type="SecureString", value=secret("x")),
        ],
        failing=[
            parameter("/prod/shop/db-password", type="String", value=secret("x")),
            parameter("/prod/shop/api-key", value=secret(U)),
            parameter("/prod/shop/stripe.token", type="StringList", value=U),
            parameter("/prod/shop/plain", type="String", insecureValue="AKIAABCDEFGHIJKLMNOP"),
            parameter("/prod/shop/jwt", type="SecureString", insecureValue="x"),
            of(PARAMETER, "jwt-secret", type="String", name=U, value=secret("x")),
        ],
        unknown=[parameter("/prod/shop/db-password", type=U, value=secret("x"))],
        skipped=[
            parameter("/prod/shop/queue-url", type="String", value=secret("https://sqs")),
            parameter("/prod/shop/db-secret-arn", type="String", insecureValue="arn"),
        ],
    ),
]
