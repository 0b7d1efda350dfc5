"""Pulumi config → Settings: field default ← tier profile ← stack file, with the origin of every value."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_origin

from pydantic import ValidationError

from common.problems import Problem, closest, shown
from common.tiers import Tier
from settings.base import Section, sections_by_name
from settings.consistency import contradictions
from settings.consistency.accounts import accounts
from settings.consistency.observability import plain_pager
from settings.consistency.running import past_schedules
from settings.consistency.secrets import plain_secrets
from settings.consistency.unused import counted_zones, without_effect
from settings.errors import SettingsError
from settings.namespaces import NAMESPACE, unread_keys
from settings.offers.regions import REGIONS
from settings.provider import read_provider
from settings.schema import Settings
from settings.tiers import PROFILES
from settings.validation import camel, problems_of
from settings.words.elsewhere import moved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from settings.sections.provider import ProviderSettings

SECTIONS: Final = tuple(
    name
    for name, field in Settings.model_fields.items()
    if get_origin(field.annotation) is dict
    or (isinstance(field.annotation, type) and issubclass(field.annotation, Section))
)
"""Names of the sections, each one object in the stack file."""

_KNOWN: Final = tuple(camel(name) for name in Settings.model_fields if name != "region")
"""Keys of the namespace; the region is the provider's."""


class Origin(StrEnum):
    """Where a value came from."""

    DEFAULT = "default"
    TIER = "tier"
    STACK = "stack file"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Settings with the origin of each value, by dotted camelCase path such as `network.nat`."""

    settings: Settings
    origins: Mapping[str, Origin]
    provider: ProviderSettings | None
    """What `aws:` keys say besides the region; None where there are none."""
    notes: tuple[str, ...] = ()
    """Settings of the stack file that change nothing, a line each that says what makes them count."""


def load(today: str = "") -> Resolved:
    """What the stack file says of the stack that the running Pulumi program belongs to.

    Args:
        today: the day, as 2030-01-31, from which on schedules may be; empty for any.

    Raises:
        SettingsError: one line per problem.
    """
    import pulumi
    from pulumi.runtime.config import CONFIG, get_config_env, is_config_secret

    config = {**get_config_env(), **CONFIG.get()}
    encrypted = {key for key in config if is_config_secret(key)}
    stack = pulumi.get_stack()
    file = Path(pulumi.get_root_directory()) / f"Pulumi.{stack}.yaml"
    project = pulumi.get_project()
    return resolve(config, stack=stack, project=project, encrypted=encrypted, file=file, today=today)


def resolve(
    config: Mapping[str, str],
    *,
    stack: str,
    project: str,
    encrypted: Collection[str] = (),
    file: Path | None = None,
    today: str = "",
) -> Resolved:
    """Settings from a stack's flat config (`ascent:network` → JSON text), as Pulumi hands it to a program.

    Args:
        config: all config of the stack; other namespaces than `ascent` and `aws` are for others.
        stack: name of the stack, which names its file and is the default environment.
        project: name of the Pulumi project, the default application.
        encrypted: keys with something in them that the stack file holds encrypted, and the config holds readable.
        file: the stack file, to say in which line something is wrong; None for none.
        today: the day, as 2030-01-31, from which on schedules may be; empty for any.

    Raises:
        SettingsError: one line per problem, all of them at once.
    """
    source = f"Pulumi.{stack}.yaml"
    given = {k.partition(":")[2]: v for k, v in config.items() if k.startswith(f"{NAMESPACE}:")}
    problems = [*unread_keys(config, project=project, settings=_KNOWN), *_unknown_keys(given)]
    provider = read_provider(config, problems)
    tier = _tier(given.get("tier"), problems)
    values, overridden = _merge(given, tier, stack, problems)
    values["tier"] = tier
    values.setdefault("application", _short_name(project))
    values.setdefault("environment", _short_name(stack))
    values["region"] = _region(config.get("aws:region"), problems)
    try:
        settings = Settings.model_validate(values, by_alias=True, by_name=False)
    except ValidationError as error:
        raise SettingsError(source, [*problems, *(_placed(problem) for problem in problems_of(error))], file) from None
    problems += [*contradictions(settings), *(accounts(settings, provider) if provider else ())]
    problems += past_schedules(settings, today) if today else []
    problems += plain_pager(settings, encrypted=f"{NAMESPACE}:observability" in encrypted)
    problems += plain_secrets(settings, stack, encrypted=f"{NAMESPACE}:security" in encrypted)
    problems += [] if problems else counted_zones(settings, overridden)
    if problems:
        raise SettingsError(source, problems, file)
    if "aws:region" in config:
        overridden.add("region")
    notes = tuple(note.line(source) for note in without_effect(settings, overridden))
    return Resolved(settings, dict(_origins(settings, PROFILES[tier], overridden)), provider, notes)


def _placed(problem: Problem) -> Problem:
    """A problem that says where a key belongs that stands in the wrong section."""
    written, near = problem.path.rpartition(".")[2], problem.fix.removeprefix("write ")
    misspelt = written.replace("_", "").lower() == near.lower()
    fix = moved(problem) if problem.value == "not a setting" and not misspelt else ""
    return replace(problem, fix=fix) if fix else problem


def _unknown_keys(given: Mapping[str, str]) -> Iterator[Problem]:
    for key in given:
        if key not in _KNOWN:
            problem = Problem(f"{NAMESPACE}:{key}", "not a setting", f"settings are {', '.join(_KNOWN)}", "remove it")
            near = closest(key, _KNOWN)
            fix = moved(problem, given[key]) or (f"write {NAMESPACE}:{near}" if near else "remove it")
            yield replace(problem, fix=fix)


def _tier(text: str | None, problems: list[Problem]) -> Tier:
    allowed = ", ".join(Tier)
    if text is None:
        problems.append(Problem(f"{NAMESPACE}:tier", "missing", f"one of {allowed}", f"add {NAMESPACE}:tier: mvp"))
        return Tier.MVP
    try:
        return Tier(text)
    except ValueError:
        near = closest(text, Tier)
        fix = f"write {NAMESPACE}:tier: {near or Tier.MVP}"
        problems.append(Problem(f"{NAMESPACE}:tier", repr(text), f"one of {allowed}", fix))
        return Tier.MVP


def _region(text: str | None, problems: list[Problem]) -> str:
    if text is None or text in REGIONS:
        return text or "us-east-1"
    near = closest(text, REGIONS) or "us-east-1"
    problems.append(Problem("aws:region", repr(text), f"one of {', '.join(REGIONS)}", f"write aws:region: {near}"))
    return "us-east-1"


def _merge(
    given: Mapping[str, str], tier: Tier, stack: str, problems: list[Problem]
) -> tuple[dict[str, Any], set[str]]:
    """The tier's values with the stack file's on top, and the paths that the stack file set."""
    profile = PROFILES[tier].model_dump(mode="json", by_alias=True, exclude_unset=True)
    values: dict[str, Any] = {name: profile.get(name, {}) for name in SECTIONS}
    overridden: set[str] = set()
    for key, text in given.items():
        if key in SECTIONS:
            section = _parse(key, text, stack, problems)
            values[key] = _overlay(values[key], section, key, overridden)
        elif key != "tier" and key in _KNOWN:
            values[key] = text
            overridden.add(key)
    overridden |= {"tier"} if "tier" in given else set()
    return values, overridden


def _parse(key: str, text: str, stack: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if isinstance(value, dict):
        return value
    fix = f"indent its settings below {NAMESPACE}:{key}, as `ascent explain {stack} {key}` lists them"
    problems.append(Problem(f"{NAMESPACE}:{key}", shown(value), "an object of settings", fix))
    return {}


def _overlay(base: dict[str, Any], over: dict[str, Any], path: str, overridden: set[str]) -> dict[str, Any]:
    """`over` on top of `base`; objects are merged, everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        where = f"{path}.{key}"
        if isinstance(value, dict) and (isinstance(below, dict) or below is None):
            merged[key] = _overlay(below or {}, value, where, overridden)
        else:
            merged[key] = value
        overridden.add(where)
    return merged


def _origins(
    model: Section, profile: Section | None, overridden: set[str], path: str = ""
) -> Iterator[tuple[str, Origin]]:
    for name in type(model).model_fields:
        value, where = getattr(model, name), f"{path}{camel(name)}"
        by_tier = profile is not None and name in profile.model_fields_set
        if named := sections_by_name(value):
            for key, section in named.items():
                yield from _origins(section, None, overridden, f"{where}.{key}.")
        elif isinstance(value, Section):
            below = getattr(profile, name) if profile is not None and name in type(profile).model_fields else None
            yield from _origins(value, below if by_tier else None, overridden, f"{where}.")
        elif where in overridden:
            yield where, Origin.STACK
        else:
            yield where, Origin.TIER if by_tier else Origin.DEFAULT


def _short_name(text: str) -> str:
    """A stack's or project's name in the alphabet of names: `feature/Login_2` → `feature-login-2`."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return (plain if plain[:1].isalpha() else f"s-{plain}".strip("-"))[:30].strip("-")
