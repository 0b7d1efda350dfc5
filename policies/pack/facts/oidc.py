"""Issuers of OpenID Connect tokens: which are shared by all their customers, and what tells customers apart.

Which issuers are shared, and which claim tells customers apart, is AWS's own list. How subjects begin is on the
issuers' pages; CircleCI's, GitHub's, Pulumi Cloud's and Terraform Cloud's were read again in November 2026, the others
not line by line:
- GitHub: docs.github.com, "OpenID Connect reference" (also `repo:org@id/name@id` and customised subjects)
- GitLab: docs.gitlab.com/ci/cloud_services; Buildkite: buildkite.com/docs/pipelines/security/oidc
- Terraform Cloud: developer.hashicorp.com/terraform, "workload identity tokens"
- Pulumi Cloud: pulumi.com/docs, "Pulumi Cloud as OIDC provider"; Vercel: vercel.com/docs/oidc/reference
- AWS's own list of shared providers: IAM user guide, "Identity-provider controls for shared OIDC providers"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policies.pack.facts import UNKNOWN

if TYPE_CHECKING:
    from policies.pack.facts import Value
    from policies.pack.facts.documents import Statement

_POSITIVE: Final = ("stringequals", "stringlike", "stringequalsignorecase")


@dataclass(frozen=True, slots=True)
class Shared:
    """An issuer with many customers."""

    issuer: re.Pattern[str]
    claims: tuple[tuple[str, re.Pattern[str]], ...]
    """Claims of which one must be pinned, and how each must begin, before any wildcard, to name a customer."""
    audience: bool = False
    """Whether the audience must be pinned too: tokens for other services have the same subjects."""


def _shared(issuer: str, *, audience: bool = False, **claims: str) -> Shared:
    return Shared(re.compile(issuer), tuple((c, re.compile(p, re.IGNORECASE)) for c, p in claims.items()), audience)


SHARED: Final = (
    _shared(
        r"token\.actions\.githubusercontent\.com(/[^/]+)?",
        sub=r"(repo|repository|job_workflow_ref):[^/:]+/|(repository_owner|repository_owner_id|repository_id|enterprise"
        r"|enterprise_id):[^:]+(:|$)",
        repository=r"[^/]+/",
        repository_id=r"\d+$",
        repository_owner=r"[^/]+$",
        repository_owner_id=r"\d+$",
        job_workflow_ref=r"[^/]+/",
    ),
    _shared(r"gitlab\.com", sub=r"project_path:[^/:]+/"),
    _shared(r"agent\.buildkite\.com", sub=r"organization:[^:]+:"),
    _shared(r"app\.terraform\.io", audience=True, sub=r"organization:[^:]+:"),
    _shared(r"api\.pulumi\.com/oidc", audience=True, sub=r"pulumi:(deploy|environments|insights):org:[^:]+:"),
    _shared(r"oidc\.vercel\.com", audience=True, sub=r"owner:[^:]+:"),
    _shared(r"oidc\.codefresh\.io", sub=r"account:[^:]+:"),
    _shared(r"scalr\.io", sub=r"account:[^:]+:"),
    _shared(r"studio\.datachain\.ai/api", sub=r"[^:]+:[^:/]+[:/]"),
    _shared(r"tokens\.cloud\.shisho\.dev", sub=r"[^:]+:[^:]+:"),
    _shared(r"proidc\.upbound\.io", sub=r"[^:]+:[^:/]+[:/]"),
    _shared(r"sandboxes\.cloud", aud=r".+$"),
    _shared(r"oidc-configuration\.audit-log\.githubusercontent\.com", sub=r"https://github\.com/[^/]+$"),
    _shared(r"accounts\.google\.com", sub=r"\d+$"),
    _shared(r"cognito-identity\.amazonaws\.com", aud=r"[\w-]+:[\w-]+$"),
    _shared(r"graph\.facebook\.com", app_id=r"\w+$"),
    _shared(r"www\.amazon\.com", app_id=r"[\w.-]+$"),
)
"""Issuers that all their customers share."""

_OF_ONE_CUSTOMER: Final = re.compile(
    r"oidc\.circleci\.com/org/[\w-]+"
    r"|api\.bitbucket\.org/2\.0/workspaces/[\w-]+/.*"
    r"|vstoken\.dev\.azure\.com/[\w-]+"
    r"|oidc\.vercel\.com/[\w-]+"
    r"|[\w-]+\.app(\.us)?\.spacelift\.io"
    r"|oidc\.eks\.[\w-]+\.amazonaws\.com(\.cn)?/id/\w+"
    r"|cognito-idp\.[\w-]+\.amazonaws\.com/[\w-]+"
    r"|.+/_services/token"
)
"""Issuers that have an address for each customer: trusting one admits nobody else."""


def issuer_of(principal: str) -> str:
    """The issuer in a federated principal: the end of a provider's ARN, or a name; empty for SAML."""
    if ":saml-provider/" in principal:
        return ""
    return principal.rpartition("oidc-provider/")[2].removeprefix("https://").rstrip("/").lower()


def pins_customer(statement: Statement, issuer: str) -> bool | None:
    """Whether a trust in an issuer admits one customer's tokens alone; None for an issuer not known here."""
    if _OF_ONE_CUSTOMER.fullmatch(issuer):
        return True
    shared = next((s for s in SHARED if s.issuer.fullmatch(issuer)), None)
    if shared is None:
        return None
    pinned = any(_pinned(statement, f"{issuer}:{claim}", form) for claim, form in shared.claims)
    return pinned and (not shared.audience or _pinned(statement, f"{issuer}:aud", re.compile(r".+$")))


def _pinned(statement: Statement, key: str, form: re.Pattern[str]) -> bool:
    """Whether one condition on a claim lets through nothing but values of a form; several conditions all hold."""
    return any(
        operator.removeprefix("foranyvalue:").removesuffix("ifexists") in _POSITIVE
        and bool(values)
        and all(_has_form(value, form) for value in values)
        for operator, values in statement.condition(key)
    )


def _has_form(value: Value, form: re.Pattern[str]) -> bool:
    if value is UNKNOWN:
        return True
    fixed = re.split(r"[*?]", str(value), maxsplit=1)[0]
    found = form.match(fixed)
    # An end that a wildcard follows is none.
    return found is not None and not (found.end() == len(fixed) != len(str(value)) and fixed[-1:] not in (":", "/"))
