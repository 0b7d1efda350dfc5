"""The account that a stack belongs to, which settings and provider both speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings
    from settings.sections.provider import ProviderSettings


def accounts(settings: Settings, provider: ProviderSettings) -> Iterator[Problem]:
    """Accounts and roles of the provider that the stack's own account rules out.

    Args:
        settings: the stack's settings.
        provider: what its file says of the provider.
    """
    account, allowed = settings.account_id, provider.allowed_account_ids
    if account and provider.forbidden_account_ids:
        shown = ", ".join(provider.forbidden_account_ids)
        wanted = "the provider takes forbidden or allowed accounts, and ascent:accountId allows one"
        yield Problem("aws:forbiddenAccountIds", shown, wanted, "remove it, or ascent:accountId")
    if account and provider.skip_requesting_account_id:
        wanted = "nobody could then tell whether the account is the one of ascent:accountId"
        yield Problem("aws:skipRequestingAccountId", "true", wanted, "remove it, or ascent:accountId")
    if account and allowed and not any(map(is_sealed, (account, *allowed))) and account not in allowed:
        wanted = f"ascent:accountId, {account}, must be among them"
        yield Problem("aws:allowedAccountIds", ", ".join(allowed), wanted, f"add {account}, or remove the list")
    only = (account,) if account else allowed
    role = _last_role(provider)
    if only and role and not any(map(is_sealed, (role, *only))) and (owner := role.split(":")[4]) not in only:
        path = "aws:assumeRoles" if provider.assume_roles else "aws:assumeRoleWithWebIdentity"
        wanted = f"the last role is of the account {owner}, and the stack may be deployed to {', '.join(only)} only"
        yield Problem(path, role, wanted, "name a role of that account")


def _last_role(provider: ProviderSettings) -> str | None:
    """The role that the provider works with in the end."""
    if provider.assume_roles:
        return provider.assume_roles[-1].role_arn
    identity = provider.assume_role_with_web_identity
    return identity.role_arn if identity else None
