"""The one AWS provider of a stack, and the account it works in."""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from components.foundation.context import PREFIX_LIMIT, Context, bounded
from settings.errors import SettingsError
from settings.provider import unknown_services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from settings.schema import Settings
    from settings.sections.provider import ProviderSettings


def stack_context(
    settings: Settings, given: ProviderSettings | None = None, after: pulumi.Output[bool] | None = None
) -> tuple[Context, aws.Provider]:
    """The context of a stack and its explicit provider.

    The provider is explicit so that awsx's children use it too, instead of a second version of the AWS plugin. Pulumi
    hands `aws:` keys to a default provider only, so they are passed on here. Where the settings name no account, it is
    that of the caller, known only at deployment.

    Args:
        settings: names, region, account.
        given: what else the stack file says of the provider.
        after: what must be settled before AWS is asked for anything.

    Raises:
        SettingsError: addresses of services that the SDK does not know.
    """
    more_tags = given.default_tags.tags if given and given.default_tags else {}

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
            more_tags=more_tags,
        )

    provider = _provider("aws", settings.region, settings, given, context("").base_tags, after)
    if settings.account_id:
        return context(settings.account_id), provider
    caller = aws.get_caller_identity_output(opts=pulumi.InvokeOptions(provider=provider))
    return context(caller.account_id), provider


def second_provider(
    settings: Settings,
    context: Context,
    given: ProviderSettings | None = None,
    after: pulumi.Output[bool] | None = None,
) -> aws.Provider | None:
    """AWS in the second region; None for a stack in one.

    Resources take a region one by one, but awsx's network does not: it has that of its provider.

    Args:
        settings: the regions.
        context: names and tags.
        given: what else the stack file says of the provider.
        after: what must be settled before AWS is asked for anything.
    """
    region = settings.resilience.second_in(settings.region)
    if region is None or not settings.resilience.second_region.mode.stands:
        return None
    return _provider("aws-r2", region, settings, given, context.base_tags, after)


def _provider(
    name: str,
    region: str,
    settings: Settings,
    given: ProviderSettings | None,
    tags: Mapping[str, str],
    after: pulumi.Output[bool] | None,
) -> aws.Provider:
    arguments = _arguments(given) if given else {}
    if settings.account_id:
        arguments["allowed_account_ids"] = [settings.account_id]
    prefix = bounded(f"{settings.application}-{settings.environment}", PREFIX_LIMIT)
    return aws.Provider(
        f"{prefix}-{name}",
        region=region if after is None else after.apply(lambda _: region),
        default_tags=aws.ProviderDefaultTagsArgs(tags=tags),
        **arguments,
    )


def _arguments(given: ProviderSettings) -> dict[str, Any]:
    """The provider's arguments that the stack file gives, but for region and tags; nested ones in the SDK's types."""
    services = [name.rstrip("_") for name in signature(aws.ProviderEndpointArgs).parameters] if given.endpoints else ()
    if unknown := list(unknown_services(given, services)):
        raise SettingsError(f"Pulumi.{pulumi.get_stack()}.yaml", unknown)
    arguments = given.model_dump(exclude_none=True, exclude={"default_tags"})
    if given.assume_roles:
        arguments["assume_roles"] = [aws.ProviderAssumeRoleArgs(**role) for role in arguments["assume_roles"]]
    if given.assume_role_with_web_identity:
        identity = arguments["assume_role_with_web_identity"]
        arguments["assume_role_with_web_identity"] = aws.ProviderAssumeRoleWithWebIdentityArgs(**identity)
    if given.ignore_tags:
        arguments["ignore_tags"] = aws.ProviderIgnoreTagsArgs(**arguments["ignore_tags"])
    return arguments
