"""Stacks of a project that would make what their account has only one of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from ascent.plan.config import read_stack, stack_names
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from ascent.plan.config import StackConfig

_ACCOUNT: Final = "ascent:accountId"

_GLOBAL: Final = frozenset(
    {
        "trail",
        "baseline.s3PublicAccessBlock",
        "baseline.passwordPolicy",
        "contacts.billing",
        "contacts.operations",
        "contacts.security",
    }
)
"""What an account has once whatever the region: a trail of ours records all regions, and a second one is charged."""


@dataclass(frozen=True, slots=True)
class _Maker:
    """A stack and what it makes of its account."""

    stack: str
    account: str
    region: str
    makes: frozenset[str]


def overlaps(directory: Path, stacks: Collection[str]) -> Iterator[str]:
    """A line for each pair of stack files that create the same in one account, one of which is among `stacks`.

    Files that can't be read, and accounts that are encrypted or not named, are passed over: planning says what is
    wrong with a file.

    Args:
        directory: where Pulumi.yaml is.
        stacks: names of the stacks that somebody asks about.
    """
    for one, other in combinations(_makers(directory, stacks), 2):
        if one.account != other.account or not {one.stack, other.stack} & {*stacks}:
            continue
        common = one.makes & other.makes
        shared = sorted(common if one.region == other.region else common & _GLOBAL)
        if shared:
            yield (
                f"warning: Pulumi.{one.stack}.yaml and Pulumi.{other.stack}.yaml both create {', '.join(shared)} in "
                f"account {one.account}, which has only one of each; in one of the two set each mode to existing, "
                "and what has no such mode to off"
            )


def _makers(directory: Path, stacks: Collection[str]) -> list[_Maker]:
    """Stacks of accounts that more than one stack file names; only those are resolved, which takes a while."""
    found = list(_named(directory))
    accounts = [config.values[_ACCOUNT] for config in found if config.stack in stacks]
    candidates = [config for config in found if config.values[_ACCOUNT] in accounts]
    names = [config.values[_ACCOUNT] for config in candidates]
    makers = (_maker(config) for config in candidates if names.count(config.values[_ACCOUNT]) > 1)
    return [maker for maker in makers if maker is not None]


def _named(directory: Path) -> Iterator[StackConfig]:
    try:
        names = stack_names(directory)
    except InputError:
        # Of another program, which may have no stack file at all.
        return
    for name in names:
        try:
            config = read_stack(directory, name)
        except InputError:
            continue
        if _ACCOUNT in config.values and _ACCOUNT not in config.secret_keys:
            yield config


def _maker(config: StackConfig) -> _Maker | None:
    # Only a project with two stacks in one account pays for loading the settings here.
    from settings.enums import Mode, Presence
    from settings.errors import SettingsError
    from settings.load import resolve
    from settings.validation import camel

    try:
        settings = resolve(config.values, stack=config.stack, project=config.project).settings
    except SettingsError:
        return None
    account = settings.account
    services = {service for service, mode in account.modes.items() if mode is Mode.CREATE}
    baseline = {
        f"baseline.{camel(name)}"
        for name in type(account.baseline).model_fields
        if getattr(account.baseline, name) is Presence.CREATE
    }
    contacts = {f"contacts.{kind}" for kind in account.contacts}
    makes = frozenset(services | baseline | contacts)
    return _Maker(config.stack, settings.account_id or "", settings.region, makes)
