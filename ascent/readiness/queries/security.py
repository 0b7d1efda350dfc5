"""Queries about secrets and what an organisation asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.catalog.tokens import GENERATED_SECRET
from ascent.readiness.queries.conditions import between, blocks, document, equals, holds
from ascent.readiness.query import Answer, Truth, any_of, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import containers, statements
from policies.pack.values import UNSET, at, is_set, text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, Source, StackFacts

SIGNING_KEY_LENGTH: Final = 32
"""Fewest characters of a key that signs tokens, from the checklist."""

_PATH_PARTS: Final = 3
"""Parts of a parameter's name: environment, application, key."""


@query("secrets-manager", "Secrets are kept in Secrets Manager")
def secrets_manager(stack: StackFacts) -> Answer:
    """An own secret, or a database's managed one."""
    return any_of(
        some(stack.of_type(types.SECRETSMANAGER_SECRET), "a secret"),
        some(
            stack.of_type(types.CLOUDCONTROL_RESOURCE),
            "a secret that AWS generates",
            holds("typeName", GENERATED_SECRET),
        ),
        some(
            stack.of_type(types.RDS_INSTANCE, types.RDS_CLUSTER),
            "a database's managed password",
            holds("manageMasterUserPassword", True),
        ),
    )


@query("secrets-by-reference", "Containers are told where a secret is, and not what it is")
def secrets_by_reference(stack: StackFacts) -> Answer:
    """Secrets of task definitions, each by an ARN, or a role that reads a secret when a machine starts.

    So a new value needs a restart and no deployment, and a deployment brings no new value.
    """

    def told(task: ResourceFacts) -> Truth:
        found = containers(task)
        if isinstance(found, Unknown):
            return UNKNOWN
        return any(is_set(at(secret, "valueFrom")) for c in found for secret in _listed(c, "secrets"))

    def reads(policy: ResourceFacts) -> Truth:
        found = statements(policy, "policy")
        if isinstance(found, Unknown):
            return UNKNOWN
        return isinstance(found, list) and any("secretsmanager:getsecretvalue" in str(s).lower() for s in found)

    tasks = tuple(stack.of_type(types.ECS_TASK_DEFINITION))
    if tasks:
        return some(tasks, "a container that is given a secret by its ARN", told)
    return some(stack.of_type(types.IAM_POLICY, types.IAM_ROLE_POLICY), "a role that reads a secret", reads)


def _listed(source: Source, path: str) -> list[Any]:
    found = blocks(source, path)
    return [] if isinstance(found, Unknown) else found


@query("parameter-paths", "Encrypted parameters are named by environment, application and key")
def parameter_paths(stack: StackFacts) -> Answer:
    """Parameters of type SecureString under a path."""

    def placed(parameter: ResourceFacts) -> Truth:
        if at(parameter, "name") is UNKNOWN:
            return UNKNOWN
        named = len([part for part in text(parameter, "name").split("/") if part]) >= _PATH_PARTS
        return equals(parameter, "type", "SecureString") if named else False

    return some(stack.of_type(types.SSM_PARAMETER), "an encrypted parameter under a path", placed)


@query("signing-key", "The key that signs tokens is generated and long")
def signing_key(stack: StackFacts) -> Answer:
    """A generated secret of 32 characters or more."""

    def long(resource: ResourceFacts) -> Truth:
        if equals(resource, "typeName", GENERATED_SECRET) is not True:
            return False
        state = document(resource, "desiredState")
        if state is UNKNOWN:
            return UNKNOWN
        return between(state or {}, "GenerateSecretString.PasswordLength", SIGNING_KEY_LENGTH)

    return any_of(
        some(stack.of_type(types.CLOUDCONTROL_RESOURCE), "a generated key of 32 characters", long),
        some(
            stack.of_type(types.RANDOM_PASSWORD),
            "a generated key of 32 characters",
            lambda r: between(r, "length", SIGNING_KEY_LENGTH),
        ),
    )


@query("vault", "The stack uses HashiCorp Vault")
def vault(stack: StackFacts) -> Answer:
    """Any resource of Vault's provider."""
    return some((r for r in stack.resources if r.type.startswith("vault:")), "a resource of Vault")


@query("vault-leases", "Credentials from Vault live a day at most")
def vault_leases(stack: StackFacts) -> Answer:
    """A role for dynamic credentials with a longest life of 24 hours."""
    return some(
        (r for r in stack.resources if r.type.startswith("vault:") and "SecretBackendRole" in r.type),
        "a role whose credentials live a day at most",
        lambda r: between(r, "maxTtl", 1, 24 * 3600),
    )


@query("tag-policy", "The organisation enforces the tags of machines and databases")
def tag_policy(stack: StackFacts) -> Answer:
    """A tag policy for ec2:instance and rds:db."""

    def enforces(policy: ResourceFacts) -> Truth:
        content = at(policy, "content")
        if content is UNKNOWN:
            return UNKNOWN
        return equals(policy, "type", "TAG_POLICY") is True and all(
            word in str(content) for word in ("ec2:instance", "rds:db")
        )

    return some(stack.of_type(types.ORGANIZATIONS_POLICY), "a tag policy", enforces)


@query("cis-standard", "Security Hub holds the account against a CIS benchmark")
def cis_standard(stack: StackFacts) -> Answer:
    """A subscription to any version of CIS, or AWS's own choice of standards, which has one."""

    def checks_cis(subscription: ResourceFacts) -> Truth:
        arn = at(subscription, "standardsArn")
        return UNKNOWN if arn is UNKNOWN else "cis-aws-foundations-benchmark" in str(arn)

    return any_of(
        some(stack.of_type(types.SECURITYHUB_STANDARDS_SUBSCRIPTION), "a CIS standard", checks_cis),
        some(
            stack.of_type(types.SECURITYHUB_ACCOUNT),
            "a CIS standard",
            lambda hub: at(hub, "enableDefaultStandards") is UNSET or holds("enableDefaultStandards", True)(hub),
        ),
    )
