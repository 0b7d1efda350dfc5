"""What the account's stack is told: a few values, checked before anything is made."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import pulumi
from pydantic import AfterValidator, Field, ValidationError

from common.problems import RefusedError
from common.validation import Translation
from components.foundation.context import Context
from settings.base import Section, setting
from settings.errors import SettingsError
from settings.fields import distinct
from settings.sections.delivery import DeliverySettings, GithubSettings, GitlabSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _reachable(emails: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [email for email in emails if not _EMAIL.fullmatch(email)]
    if wrong or not emails:
        raise RefusedError("must be a list of addresses, one or more", "for example alertEmails: [team@example.com]")
    return distinct(emails)


_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,20}$")]


class Options(Section):
    """The values under `bootstrap:`."""

    application: _Name = setting("ascent", "name of the product, start of all names")
    owner: str = setting("platform", "team that answers for the account (Owner tag)", min_length=1)
    cost_center: str = setting("engineering", "who pays (CostCenter tag)", min_length=1)
    budget_usd: float = setting(100, "dollars a month that the whole account may cost", gt=0)
    alert_emails: Annotated[tuple[str, ...], AfterValidator(_reachable)] = setting(..., "who hears of the budget")
    lock_days: int = setting(0, "days for which nobody can delete a version of the state; 0 for none", ge=0, le=3650)
    github: GithubSettings = setting(GithubSettings, "GitHub Actions")
    gitlab: GitlabSettings = setting(GitlabSettings, "GitLab CI")
    region: str = setting("us-east-1", "AWS region")

    @property
    def delivery(self) -> DeliverySettings:
        """The code hosts whose jobs may push images."""
        return DeliverySettings(github=self.github, gitlab=self.gitlab)

    def context(self, account_id: pulumi.Input[str]) -> Context:
        """Names and tags of the account's stack.

        Args:
            account_id: the account, known only at deployment.
        """
        return Context(
            application=self.application,
            environment=pulumi.get_stack(),
            tier=pulumi.Config("ascent").get("tier") or "production",
            owner=self.owner,
            cost_center=self.cost_center,
            data_class="confidential",
            region=self.region,
            account_id=account_id,
        )


def read_options() -> Options:
    """The values in the stack's configuration.

    Raises:
        SettingsError: a line for each wrong value.
    """
    from pulumi.runtime.config import CONFIG, get_config_env

    return options_of({**get_config_env(), **CONFIG.get()}, pulumi.get_stack())


def options_of(config: Mapping[str, str], stack: str) -> Options:
    """The values in a configuration.

    Args:
        config: by full key (`bootstrap:budgetUsd`), objects as JSON text.
        stack: name of the stack, whose file messages name.

    Raises:
        SettingsError: a line for each wrong value.
    """
    prefix = "bootstrap:"
    given = {key.removeprefix(prefix): _value(text) for key, text in config.items() if key.startswith(prefix)}
    try:
        return Options.model_validate({**given, "region": config.get("aws:region", "us-east-1")})
    except ValidationError as error:
        translation = Translation(model=Options, noun="setting", fix="correct it in the stack's file")
        raise SettingsError(f"Pulumi.{stack}.yaml", translation.problems(error)) from None


def _value(text: str) -> Any:  # noqa: ANN401 - any JSON value
    """A value as the stack file has it: an object or list is JSON text by now; a text that is none stays."""
    try:
        return json.loads(text)
    except ValueError:
        return text
