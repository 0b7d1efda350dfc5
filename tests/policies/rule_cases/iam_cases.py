"""Cases of the rules in policies/pack/rules/iam.py."""

from __future__ import annotations

import json

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

ISSUER = "token.actions.githubusercontent.com"

ADMIN = {"Effect": "Allow", "Action": "*", "Resource": "*"}

READ = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/*"]}


ALL_BUT_LITTLE = {"Effect": "Allow", "NotAction": ["organizations:*", "account:*"], "Resource": "*"}


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
    return of(types.IAM_ROLE, assumeRolePolicy=document(statement))


def trusted(issuer: str, **claims: str) -> Made:
    """A role for an issuer's tokens with these claims."""
    condition = {"StringLike": {f"{issuer}:{claim}": value for claim, value in claims.items()}}
    return trust(condition, principal={"Federated": f"arn:aws:iam::1:oidc-provider/{issuer}"})


CASES = [
    *cases(
        "iam-no-full-admin",
        passing=[
            of(types.IAM_POLICY, policy=document(READ)),
            of(types.IAM_POLICY, policy=document({**ALL_BUT_LITTLE, "Effect": "Deny"})),
            of(types.IAM_POLICY, policy=document({**ALL_BUT_LITTLE, "Resource": "arn:aws:s3:::x/*"})),
            of(types.IAM_POLICY, policy=document(ADMIN, {**ALL_BUT_LITTLE, "Effect": "Deny"})),
            of(types.IAM_POLICY, policy=document({**ADMIN, "Resource": "arn:aws:s3:::b"})),
            of(types.IAM_ROLE_POLICY, policy=document({**ADMIN, "Effect": "Deny"})),
            of(types.IAM_ROLE_POLICY_ATTACHMENT, policyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"),
            of(types.IAM_ROLE_POLICY_ATTACHMENT, policyArn=U),
            of(types.IAM_ROLE, inlinePolicies=[{"name": "a", "policy": document(READ)}]),
        ],
        failing=[
            of(types.IAM_POLICY, policy=document(ALL_BUT_LITTLE)),
            of(types.IAM_POLICY, policy=document({**ADMIN, "NotResource": "arn:aws:s3:::x", "Resource": []})),
            of(types.IAM_POLICY, policy=document({**ADMIN, "Action": "**", "Resource": "arn:aws:*:*:*:*"})),
            of(types.IAM_POLICY, policy=document(ADMIN, {**ADMIN, "Effect": "Deny", "Action": "iam:*"})),
            of(types.IAM_POLICY, policy=document(ADMIN)),
            of(types.IAM_POLICY, policy={"Statement": {**ADMIN, "Action": ["s3:*", "*"]}}),
            of(types.IAM_ROLE_POLICY, policy=document(READ, {**ADMIN, "Action": "*:*"})),
            of(types.IAM_ROLE_POLICY_ATTACHMENT, policyArn="arn:aws:iam::aws:policy/AdministratorAccess"),
            of(
                types.IAM_USER_POLICY_ATTACHMENT,
                policyArn="arn:aws:iam::aws:policy/AdministratorAccess",
            ),
            of(types.IAM_ROLE, managedPolicyArns=[U, "arn:aws:iam::aws:policy/AdministratorAccess"]),
            of(
                types.IAM_ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
                policyArns=[U, "arn:aws:iam::aws:policy/AdministratorAccess"],
            ),
            of(types.IAM_ROLE, inlinePolicies=[{"policy": U}, {"policy": document(ADMIN)}]),
        ],
        unknown=[
            of(types.IAM_POLICY, policy=U),
            of(types.IAM_ROLE, inlinePolicies=[{"policy": U}]),
            of(types.IAM_ROLE, inlinePolicies=U),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[of(types.IAM_ROLE)],
    ),
    *cases(
        "iam-no-users",
        passing=[of(types.IAM_ROLE)],
        failing=[of(types.IAM_USER), of(types.IAM_ACCESS_KEY, user="x")],
        unknown=[of(types.IAM_USER, name=U)],
    ),
    *cases(
        "iam-oidc-trust-scoped",
        passing=[
            trust({"ForAnyValue:StringLike": {f"{ISSUER}:SUB": ["repo:acme/shop:*"]}}),
            trust({"StringLike": {f"{ISSUER}:sub": "repo:acme@123/shop@456:*"}}),
            trust({"StringEquals": {f"{ISSUER}:repository_id": "1234"}}),
            trust({"StringLike": {f"{ISSUER}:job_workflow_ref": "acme/flows/.github/workflows/x.yml@*"}}),
            trusted(f"{ISSUER}/acme-inc", sub="repo:acme/shop:*"),
            trusted("oidc.circleci.com/org/0f1e"),
            trusted("api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc"),
            trusted("gitlab.com", sub="project_path:acme/shop:ref_type:branch:ref:*"),
            trusted("app.terraform.io", aud="aws.workload.identity", sub="organization:acme:project:*"),
            trusted("api.pulumi.com/oidc", aud="aws:acme", sub="pulumi:deploy:org:acme:*"),
            trust({"StringLike": {f"{ISSUER}:sub": "repo:acme/shop:*"}}),
            trust({"StringEquals": {f"{ISSUER}:sub": ["repo:acme/shop:ref:refs/heads/main"]}}),
        ],
        failing=[
            *(trust({"StringLike": {f"{ISSUER}:sub": s}}) for s in ("repo:acme*", "repo:a*/app:*", "repo:acm?/app:*")),
            trust({"StringLike": {f"{ISSUER}:repository_id": "12*"}}),
            trust({"ForAllValues:StringLike": {f"{ISSUER}:sub": "repo:acme/shop:*"}}),
            trusted(f"{ISSUER}/acme-inc"),
            trusted("gitlab.com", aud="https://gitlab.com"),
            trusted("gitlab.com", sub="project_path:acme*"),
            trusted("app.terraform.io", aud="aws.workload.identity"),
            trusted("app.terraform.io", sub="organization:acme:*"),
            trusted("api.pulumi.com/oidc", aud="aws:acme", sub="pulumi:*"),
            trusted("accounts.google.com", aud="*", sub="*"),
            trust({}),
            trust({"StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"}}),
            trust({"StringLike": {f"{ISSUER}:sub": "repo:*"}}),
            trust({"StringLike": {f"{ISSUER}:sub": ["repo:acme/shop:*", "*"]}}),
            trust({"StringNotEquals": {f"{ISSUER}:sub": "repo:acme/shop:*"}}),
        ],
        unknown=[of(types.IAM_ROLE, assumeRolePolicy=U), trusted("login.example.com", sub="x")],
        unknown_is=Status.UNKNOWN,
        skipped=[trust({}, principal={"Service": "ec2.amazonaws.com"}), of(types.IAM_ROLE)],
    ),
]
