"""The `aws:` keys of a stack file → what the explicit AWS provider is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from common.problems import Problem, closest
from common.validation import Translation, fields_at
from settings.validation import problems_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from settings.sections.provider import ProviderSettings

_CREDENTIALS: Final = ("accessKey", "secretKey", "token")


def read_provider(config: Mapping[str, str], problems: list[Problem]) -> ProviderSettings | None:
    """What a stack's configuration says of the provider besides `aws:region`; None where it says nothing.

    Args:
        config: all config of the stack, flat, as Pulumi hands it to a program.
        problems: gets one for each key that is refused.
    """
    given = {key: value for full, value in config.items() if (key := full.removeprefix("aws:")) not in (full, "region")}
    if not given:
        return None
    # Few stacks say anything: the others don't wait for these models.
    from settings.sections.provider import ProviderSettings

    known = fields_at(ProviderSettings, ())
    refused = [problem for key in given if (problem := _refused(key, known))]
    taken = {key: _value(text) for key, text in given.items() if key in known}
    try:
        found = ProviderSettings.model_validate(taken, by_alias=True, by_name=False)
    except ValidationError as error:
        problems += [*refused, *problems_of(error, _translation(ProviderSettings))]
        return None
    problems += [*refused, *_contradictions(found)]
    return found


def unknown_services(given: ProviderSettings, known: Collection[str]) -> Iterator[Problem]:
    """Services that have no address of their own.

    Args:
        given: what the stack file says of the provider.
        known: names of those that have, which only the SDK knows.
    """
    for position, addresses in enumerate(given.endpoints or ()):
        for service in addresses.keys() - set(known):
            near = closest(service, known)
            fix = f"write {near}" if near else "remove it"
            wanted = "services are named as in Pulumi's AWS provider"
            yield Problem(f"aws:endpoints[{position}].{service}", "not a service", wanted, fix)


def _translation(model: type) -> Translation:
    return Translation(model=model, root="aws:", noun="provider setting", fix="correct it or remove it")


def _refused(key: str, known: list[str]) -> Problem | None:
    """Why a key is not taken, or None where it is."""
    if key in known:
        return None
    path = f"aws:{key}"
    if key in _CREDENTIALS:
        wanted = "credentials don't belong into configuration and state"
        fix = "remove it, and use a profile (aws:profile), aws:assumeRoles, or AWS's variables in the environment"
        return Problem(path, "[secret]", wanted, fix)
    if key == "assumeRole":
        fix = "write aws:assumeRoles: with the role in a list, - roleArn: arn:aws:iam::…"
        return Problem(path, "not read by this version of the provider", "it takes roles as a list", fix)
    near = closest(key, [*known, "region"])
    fix = f"write aws:{near}" if near else "remove it"
    return Problem(path, "not a provider setting", "keys are the arguments of Pulumi's AWS provider", fix)


def _value(text: str) -> Any:  # noqa: ANN401 - any value of a provider's argument
    """Objects and lists arrive as JSON; all else stays the text that it is."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, dict | list) else text


def _contradictions(found: ProviderSettings) -> Iterator[Problem]:
    """Provider settings that cannot hold at the same time, whatever the stack is."""
    from settings.sections.provider import OWN_TAGS

    own = {key.lower(): key for key in OWN_TAGS}
    for key, value in (found.default_tags.tags if found.default_tags else {}).items():
        if taken := own.get(key.lower()):
            # IAM does not tell capitals from small letters in keys.
            path, wanted = f"aws:defaultTags.tags.{key}", f"Ascent sets {taken} on everything by itself"
            yield Problem(path, repr(value), wanted, _setting_of(taken))
    ignored = found.ignore_tags
    for where, keys in (("keys", ignored.keys), ("keyPrefixes", ignored.key_prefixes)) if ignored else ():
        for key in keys or ():
            hit = sorted(tag for tag in OWN_TAGS if (tag == key if where == "keys" else tag.startswith(key)))
            if hit:
                wanted = f"Ascent sets {', '.join(hit)} itself, which would be ignored"
                yield Problem(f"aws:ignoreTags.{where}", repr(key), wanted, "remove it")
    if found.allowed_account_ids and found.forbidden_account_ids:
        shown = ", ".join(found.forbidden_account_ids)
        wanted = "the provider takes it or aws:allowedAccountIds, not both"
        yield Problem("aws:forbiddenAccountIds", shown, wanted, "remove it: accounts that aren't allowed are forbidden")
    if found.skip_requesting_account_id and (found.allowed_account_ids or found.forbidden_account_ids):
        wanted = "nobody could then tell whether the account is an allowed one"
        fix = "remove it, or aws:allowedAccountIds and aws:forbiddenAccountIds"
        yield Problem("aws:skipRequestingAccountId", "true", wanted, fix)


def _setting_of(tag: str) -> str:
    """What to do instead of setting one of Ascent's own tags."""
    settings = {
        "Project": "application",
        "Environment": "environment",
        "Tier": "tier",
        "Owner": "owner",
        "CostCenter": "costCenter",
        "DataClass": "dataClass",
    }
    return f"remove it, and set ascent:{settings[tag]}" if tag in settings else "remove it"
