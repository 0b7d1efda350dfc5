"""Security: keys, identities, secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..checks import is_true, one_of
from ..documents import Statement, containers, document, statements
from ..facts import UNKNOWN, Unknown
from ..keys import own_key
from ..levels import ALWAYS, Level, mandatory_from
from ..parameters import whole
from ..rule import Layer, Severity, sets
from ..values import UNSET, Unset, as_number, at, is_set, known_items, show, text
from ..verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts, Value
    from ..parameters import Values

layer = Layer("security")

KEY: Final = "aws:kms/key:Key"
KEY_POLICY: Final = "aws:kms/keyPolicy:KeyPolicy"
OTHER_KEYS: Final = (
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
)
ROLE: Final = "aws:iam/role:Role"
USER: Final = "aws:iam/user:User"
ACCESS_KEY: Final = "aws:iam/accessKey:AccessKey"
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
SECRET: Final = "aws:secretsmanager/secret:Secret"
ROTATION: Final = "aws:secretsmanager/secretRotation:SecretRotation"
CLOUD_CONTROL: Final = "aws:cloudcontrol/resource:Resource"
PARAMETER: Final = "aws:ssm/parameter:Parameter"

_IDENTITY_POLICIES: Final = (
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
)
_ATTACHMENTS: Final = (
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
)
_SECRET_TYPE: Final = "AWS::SecretsManager::Secret"
_SECRET_NAME: Final = re.compile(
    r"PASSW(OR)?D|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL", re.IGNORECASE
)
_REFERENCE_NAME: Final = re.compile(r"_(ARN|NAME|ID|FILE|PATH|URL|URI|TTL|SECONDS|LENGTH)$", re.IGNORECASE)
_ACCESS_KEY_ID: Final = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b")
_DAYS_OF_MONTH: Final = 31.0
_CI_ISSUERS: Final = ("token.actions.githubusercontent.com", "gitlab.com", "agent.buildkite.com", "oidc.circleci.com")

ROTATION_DAYS: Final = whole(
    "days", "Longest time in days that a secret may stay the same", 90, minimum=1, maximum=1000
)


@layer.resource(
    "kms-rotation",
    "KMS keys are rotated",
    on=KEY,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="The longer one key is used, the more is readable with it if it ever leaks.",
    fix="Set enableKeyRotation to true.",
    anchors=("FSBP KMS.4", "checkov CKV_AWS_7", "cdk-nag AwsSolutions-KMS5", "trivy AWS-0065"),
    items=(78,),
    remedy=sets({"enableKeyRotation": True}),
)
def kms_rotation(key: ResourceFacts) -> Outcome | None:
    """`enableKeyRotation` of symmetric encryption keys in AWS's own store, the only ones that AWS can rotate."""
    symmetric = at(key, "customerMasterKeySpec") in (UNSET, "SYMMETRIC_DEFAULT")
    encrypts = at(key, "keyUsage") in (UNSET, "ENCRYPT_DECRYPT")
    rotatable = symmetric and encrypts and not is_set(at(key, "customKeyStoreId"))
    return is_true(key, "enableKeyRotation") if rotatable else None


@layer.resource(
    "kms-no-public-policy",
    "No KMS key is open to every account",
    on=(KEY, *OTHER_KEYS, KEY_POLICY),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why='Principal "*" without a condition means every AWS account there is.',
    fix="Name the principals in the key policy, or add a condition such as kms:CallerAccount.",
    anchors=("FSBP KMS.5", "checkov CKV_AWS_33"),
    items=(103,),
)
def kms_no_public_policy(key: ResourceFacts) -> Outcome:
    """No statement that allows something to everybody unconditionally."""
    wanted = 'no principal "*" without a condition'
    found = statements(key, "policy")
    if isinstance(found, Unknown):
        return unverified("the key policy is known only after deployment", wanted)
    if isinstance(found, Unset):
        return passed("AWS's default policy admits this account only")
    if any(s.allow and s.for_everyone and not s.conditions for s in found):
        return failed("the key policy admits everybody", wanted)
    return passed("the key policy names its principals")


@layer.resource(
    "iam-no-full-admin",
    "No policy allows every action on everything",
    on=(*_IDENTITY_POLICIES, ROLE, *_ATTACHMENTS),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="Whoever gets hold of such an identity owns the account, backups and audit trail included.",
    fix="List the actions that are needed, and the resources they are needed on.",
    anchors=("FSBP IAM.1", "checkov CKV_AWS_62", "checkov CKV_AWS_63", "cdk-nag AwsSolutions-IAM5"),
    items=(103,),
)
def iam_no_full_admin(resource: ResourceFacts) -> Outcome | None:
    """No `*` on `*` in a policy or a role's inline policies, and no AdministratorAccess attached."""
    wanted = "actions and resources by name"
    if resource.type in _ATTACHMENTS:
        attached = [*known_items(resource, "policyArn"), *known_items(resource, "policyArns")]
        if any(str(arn).endswith("/AdministratorAccess") for arn in attached):
            return failed("AdministratorAccess is attached", wanted)
        return passed("AdministratorAccess is not attached")
    if resource.type != ROLE:
        return _no_full_admin([resource], wanted)
    if any(str(arn).endswith("/AdministratorAccess") for arn in known_items(resource, "managedPolicyArns")):
        return failed("managedPolicyArns holds AdministratorAccess", wanted)
    inline = at(resource, "inlinePolicies")
    if inline is UNKNOWN:
        return unverified("inlinePolicies are known only after deployment", wanted)
    blocks = known_items(inline)
    return _no_full_admin(blocks, wanted) if blocks else None


def _no_full_admin(sources: list[ResourceFacts], wanted: str) -> Outcome:
    unknown = False
    for source in sources:
        found = statements(source, "policy")
        if isinstance(found, Unknown):
            unknown = True
        elif not isinstance(found, Unset) and any(_is_full_admin(s) for s in found):
            return failed('the policy allows "*" on "*"', wanted)
    if unknown:
        return unverified("the policy is known only after deployment", wanted)
    return passed("no statement allows everything")


def _is_full_admin(statement: Statement) -> bool:
    everything = {"*", "*:*"}.intersection(statement.actions)
    return statement.allow and bool(everything) and "*" in statement.resources


@layer.stack(
    "iam-no-users",
    "Nobody has long-lived AWS keys",
    on=(USER, ACCESS_KEY),
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="Keys that never expire are the ones that are found in repositories and laptops years later.",
    fix="Use IAM Identity Center for people, roles for workloads, and OIDC federation for CI.",
    anchors=("checkov CKV_AWS_273",),
    items=(93, 103),
)
def iam_no_users(stack: StackFacts) -> Outcome:
    """No IAM user or access key in the stack."""
    found = sorted(r.name for r in stack.of_type(USER, ACCESS_KEY))
    if found:
        return failed(f"IAM users or access keys: {', '.join(found)}", "none")
    return passed("no IAM user or access key")


@layer.resource(
    "iam-oidc-trust-scoped",
    "CI roles trust one repository, not everybody's",
    on=ROLE,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="All customers of a CI service share its issuer: without a condition any of them can take the role.",
    fix='Add a StringEquals or StringLike condition on "<issuer>:sub" that names organisation and repository.',
    anchors=("checkov CKV_AWS_393", "checkov CKV_AWS_60"),
    items=(103, 175),
)
def iam_oidc_trust_scoped(role: ResourceFacts) -> Outcome | None:
    """A condition on the subject in every statement that trusts a CI service's issuer."""
    wanted = "a condition on the token's subject"
    found = statements(role, "assumeRolePolicy")
    if isinstance(found, Unknown):
        return unverified("the trust policy is known only after deployment", wanted)
    trusting = [] if isinstance(found, Unset) else [(s, i) for s in found for i in _issuers(s)]
    if not trusting:
        return None
    if all(_pins_subject(s, issuer) for s, issuer in trusting):
        return passed("the trust policy pins the token's subject")
    return failed("the trust policy admits any repository", wanted)


def _issuers(statement: Statement) -> list[str]:
    federated = [str(who) for kind, who in statement.principals if kind == "Federated"]
    return [issuer for issuer in _CI_ISSUERS if statement.allow and any(issuer in f for f in federated)]


def _pins_subject(statement: Statement, issuer: str) -> bool:
    """Whether the subject must start with something definite: an organisation, at least."""
    subjects = [
        value
        for operator, values in statement.condition(f"{issuer}:sub")
        if operator in ("stringequals", "stringlike", "stringequalsignorecase")
        for value in values
    ]
    return bool(subjects) and all(re.match(r"[\w-]+:[^*?:/]", str(s)) for s in subjects)


@layer.resource(
    "ecs-no-env-secrets",
    "No secret stands in a container's environment",
    on=TASK,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Environment variables are shown in the console, in every DescribeTaskDefinition and in crash reports.",
    fix='Move the variable to "secrets" with valueFrom the ARN of a secret or parameter.',
    anchors=("FSBP ECS.8", "cdk-nag AwsSolutions-ECS2", "trivy AWS-0036"),
    items=(100, 93),
)
def ecs_no_env_secrets(task: ResourceFacts) -> Outcome:
    """No variable whose name, or whose value, is a secret's."""
    wanted = "secrets by reference"
    found = containers(task)
    if isinstance(found, Unknown):
        return unverified("containerDefinitions are known only after deployment", wanted)
    suspicious = [
        text(variable, "name")
        for container in found
        for variable in known_items(container, "environment")
        if _looks_secret(text(variable, "name"), at(variable, "value"))
    ]
    if suspicious:
        return failed(f"environment holds {', '.join(suspicious)}", wanted)
    return passed("no variable looks like a secret")


def _looks_secret(name: str, value: object) -> bool:
    if value is UNSET or value == "":
        return False
    named = _SECRET_NAME.search(name) is not None and _REFERENCE_NAME.search(name) is None
    return named or (isinstance(value, str) and _ACCESS_KEY_ID.search(value) is not None)


@layer.resource(
    "secret-cmk",
    "Secrets are encrypted with a key of our own",
    on=(SECRET, CLOUD_CONTROL),
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Nobody can see who used AWS's shared key, or take the use of it away.",
    fix="Set kmsKeyId.",
    anchors=("checkov CKV_AWS_149", "trivy AWS-0098"),
    items=(78, 93),
)
def secret_cmk(secret: ResourceFacts) -> Outcome | None:
    """`kmsKeyId`, also of a secret made through Cloud Control; AWS's own key by its alias is none of ours."""
    if secret.type == SECRET:
        return own_key(secret, "kmsKeyId")
    if at(secret, "typeName") != _SECRET_TYPE:
        return None
    state = document(secret, "desiredState")
    if state is UNKNOWN:
        return unverified("desiredState is known only after deployment", "a KMS key")
    return own_key(state, "KmsKeyId")


@layer.joined(
    "secret-rotation",
    "Secrets are rotated",
    on=(SECRET, CLOUD_CONTROL),
    severity=Severity.MEDIUM,
    levels=mandatory_from("enterprise"),
    why="A secret that leaked without anybody noticing stays useful for as long as it stays the same.",
    fix="Add an aws.secretsmanager.SecretRotation for the secret with rotationRules.automaticallyAfterDays 90 or less.",
    anchors=(
        "FSBP SecretsManager.1",
        "FSBP SecretsManager.4",
        "checkov CKV2_AWS_57",
        "checkov CKV_AWS_304",
        "cdk-nag AwsSolutions-SMG4",
    ),
    items=(97,),
    parameters=(ROTATION_DAYS,),
)
def secret_rotation(secret: ResourceFacts, stack: StackFacts, given: Values) -> Outcome | None:
    """A rotation of the secret, by days or by a rate in days; also of a secret made through Cloud Control."""
    if secret.type == CLOUD_CONTROL and at(secret, "typeName") != _SECRET_TYPE:
        return None
    wanted = f"a rotation every {given[ROTATION_DAYS]} days or sooner"
    rotations = stack.referring(secret, ROTATION, "secretId", "name")
    if not rotations:
        return failed("the secret is not rotated", wanted)
    days = _days_between(at(rotations[0], "rotationRules"))
    if isinstance(days, float) and days <= given[ROTATION_DAYS]:
        return passed(f"rotated every {days:g} days")
    path = "rotationRules.scheduleExpression"
    return failed(show(rotations[0], path if days is None else "rotationRules.automaticallyAfterDays"), wanted)


def _days_between(rules: Value) -> Value:
    """Days between rotations: a number, never below the true one for `cron(…)`; None for what it does not read."""
    schedule = text(rules, "scheduleExpression")
    if not schedule:
        return as_number(at(rules, "automaticallyAfterDays"))
    if rate := re.fullmatch(r"rate\((\d{1,4}) (day|hour)s?\)", schedule):
        return float(rate[1]) / (24 if rate[2] == "hour" else 1)
    # Minutes, hours, days, then months, which alone can make it rarer than monthly.
    months = re.fullmatch(r"cron\(\S+ \S+ \S+ (?:\*|[\d*]+/([1-9]\d?)) \S+ \*\)", schedule)
    return _DAYS_OF_MONTH * int(months[1] or 1) if months else None


@layer.resource(
    "ssm-securestring",
    "Parameters that hold secrets are encrypted",
    on=PARAMETER,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A plain parameter is readable with permissions that are handed out freely, and stands in Pulumi's state.",
    fix='Set type to "SecureString" and pass the text as value or valueWo, not as insecureValue.',
    anchors=("checkov CKV2_AWS_34", "checkov CKV_AWS_337"),
    items=(92, 93),
)
def ssm_securestring(parameter: ResourceFacts) -> Outcome | None:
    """`type` and `insecureValue` of parameters whose name, or whose text, is a secret's."""
    plain = at(parameter, "insecureValue")
    text_ = plain if plain is not UNSET else at(parameter, "value")
    name = text(parameter, "name") or parameter.name
    if at(parameter, "type") == "SecureString":
        secure = passed("type is 'SecureString'")
        return secure if plain is UNSET else failed("insecureValue is set", "value or valueWo")
    if not _looks_secret(_spelled(name), UNKNOWN if text_ is UNSET else text_):
        return None
    return one_of(parameter, "type", ("SecureString",))


def _spelled(name: str) -> str:
    """A parameter's name as environment variables are spelled: `/prod/app/db-password-arn` → `…_DB_PASSWORD_ARN`."""
    return re.sub(r"[^A-Za-z0-9]+", "_", name)
