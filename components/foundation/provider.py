"""The one AWS provider of a stack, and the account it works in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from settings.schema import Settings


def stack_context(settings: Settings) -> tuple[Context, aws.Provider]:
    """The context of a stack and its explicit provider.

    The provider is explicit so that awsx's children use it too, instead of a second version of the AWS plugin. Where
    the settings name no account, it is that of the caller, known only at deployment.

    Args:
        settings: names, region, account.
    """

    def context(account_id: pulumi.Input[str]) -> Context:
        return Context(
            application=settings.application,
            environment=settings.environment,
            tier=settings.tier.value,
            owner=settings.owner,
            cost_center=settings.cost_center,
            data_class=settings.data_class.value,
            region=settings.region,
            account_id=account_id,
        )

    tags = context("").base_tags
    provider = aws.Provider(
        f"{context('').prefix}-aws",
        region=settings.region,
        allowed_account_ids=[settings.account_id] if settings.account_id else None,
        default_tags=aws.ProviderDefaultTagsArgs(tags=tags),
    )
    if settings.account_id:
        return context(settings.account_id), provider
    caller = aws.get_caller_identity_output(opts=pulumi.InvokeOptions(provider=provider))
    return context(caller.account_id), provider
