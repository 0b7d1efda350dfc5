"""One resource of a preview or a state, as the engine writes it, in the form of a plan."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.model import UNKNOWN, Options, Resource, hidden_secret, secret
from ascent.plan.offline.wire import is_secret
from ascent.plan.urn import provider_urn, urn_name, urn_type
from common.problems import InputError
from policies.pack.engine.wire import Deployed
from policies.pack.types import PULUMI_PULUMI_STACK

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

HIDDEN: Final = "[secret]"
"""What a preview digest shows in the place of a secret."""

DEEPEST: Final = 100
"""Most levels of an input, beyond what any resource of AWS has; everything that walks through one can rely on it."""

_BOOKKEEPING: Final = frozenset({"__defaults", "__internal", "__meta"})
"""Keys that the engine and its bridge add to inputs: they say nothing of the resource."""


@contextmanager
def read_as_entry(urn: str, name: str) -> Generator[None]:
    """Say in one line what is wrong with an entry of another shape.

    Args:
        urn: the entry's.
        name: what messages call the file.

    Raises:
        InputError: in the place of what a reader raises.
    """
    try:
        yield
    except (TypeError, ValueError, AttributeError):
        raise InputError(f"{name}: the entry of {urn} has the wrong shape; write the file again") from None
    except RecursionError:
        raise InputError(
            f"{name}: the entry of {urn} is nested more than {DEEPEST} levels deep; pass a file of the engine"
        ) from None


def resource_of(entry: Mapping[str, Any], *, hidden: bool) -> Resource:
    """A resource as plans hold it.

    Args:
        entry: its state in a preview digest, in an engine event, or in a deployment.
        hidden: whether the text `[secret]` stands for a secret; in a state it is just a text.

    Raises:
        ValueError, TypeError, AttributeError: the entry has another shape.
        RecursionError: an input is nested more than `DEEPEST` levels deep.
    """
    urn = entry.get("urn")
    if not isinstance(urn, str) or not is_urn(urn):
        raise ValueError(f"{urn!r} is no URN")
    kind = urn_type(urn)
    references = {key: _urns(urns) for key, urns in (entry.get("propertyDependencies") or {}).items()}
    return Resource(
        urn=urn,
        type=kind,
        name=urn_name(urn),
        parent=_text(entry.get("parent")) or None,
        custom=bool(entry.get("custom")),
        provider=provider_urn(_text(entry.get("provider"))),
        inputs={} if kind == PULUMI_PULUMI_STACK else clean(dict(entry.get("inputs") or {}), hidden=hidden),
        dependencies=_urns(entry.get("dependencies")),
        property_dependencies={key: urns for key, urns in references.items() if urns},
        options=_options(entry),
    )


def given_of(entry: Mapping[str, Any], *, hidden: bool) -> dict[str, Any]:
    """The inputs that the program gave itself, without those that the provider filled in, names among them.

    Arguments and errors as for `resource_of`.
    """
    return clean(_without_defaults(dict(entry.get("inputs") or {}), 0), hidden=hidden)


def _without_defaults(value: Any, depth: int) -> Any:  # noqa: ANN401 - any JSON value
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        filled = value.get("__defaults")
        left_out = {key for key in filled if isinstance(key, str)} if isinstance(filled, list) else set()
        return {key: _without_defaults(item, depth + 1) for key, item in value.items() if key not in left_out}
    return [_without_defaults(item, depth + 1) for item in value] if isinstance(value, list) else value


def deployed_of(entry: Mapping[str, Any], *, hidden: bool) -> Deployed:
    """What an entry knows of its resource beside the inputs; arguments and errors as for `resource_of`."""
    known = entry.get("id")
    return Deployed(
        id=known if isinstance(known, str) and known != UNKNOWN else "",
        outputs=clean(dict(entry.get("outputs") or {}), hidden=hidden),
    )


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is not None and not isinstance(value, str):
        raise TypeError("not a text")
    return value or ""


def _urns(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any JSON value
    if value is not None and not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(sorted(_text(urn) for urn in value or ()))


def is_urn(text: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether a value is the URN of a resource, fit for printing."""
    if not isinstance(text, str) or not text.startswith("urn:pulumi:") or not text.isprintable():
        return False
    parts = text.split("::", 3)
    return len(parts) == 4 and all(parts)


def _options(entry: Mapping[str, Any]) -> Options:
    timeouts = entry.get("customTimeouts") or {}
    return Options(
        protect=bool(entry.get("protect")),
        retain_on_delete=bool(entry.get("retainOnDelete")),
        ignore_changes=tuple(entry.get("ignoreChanges") or ()),
        replace_on_changes=tuple(entry.get("replaceOnChanges") or ()),
        additional_secret_outputs=tuple(entry.get("additionalSecretOutputs") or ()),
        aliases=tuple(entry.get("aliases") or ()),
        import_id=entry.get("importID") or "",
        deleted_with=entry.get("deletedWith") or "",
        # The engine holds seconds; 0 is its default.
        custom_timeouts={key: f"{seconds:g}s" for key, seconds in timeouts.items() if seconds},
    )


def clean(value: Any, *, hidden: bool, depth: int = 0) -> Any:  # noqa: ANN401 - any JSON value
    """A value in a plan's wire form: the engine's bookkeeping stripped, secrets as plans mark them.

    Raises:
        RecursionError: it is nested more than `DEEPEST` levels deep.
    """
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        if is_secret(value):
            plain = _plaintext(value, hidden=hidden, depth=depth)
            return hidden_secret("preview" if hidden else "state") if plain == UNKNOWN else secret(plain)
        kept = ((key, item) for key, item in value.items() if key not in _BOOKKEEPING)
        return {key: clean(item, hidden=hidden, depth=depth + 1) for key, item in kept}
    if isinstance(value, list):
        return [clean(item, hidden=hidden, depth=depth + 1) for item in value]
    return hidden_secret("preview") if hidden and value == HIDDEN else value


def _plaintext(value: Mapping[str, Any], *, hidden: bool, depth: int) -> Any:  # noqa: ANN401 - any JSON value
    """What a secret holds, where the file tells: only `--show-secrets` writes plaintexts, as JSON text."""
    if "value" in value:
        return clean(value["value"], hidden=hidden, depth=depth + 1)
    try:
        return clean(json.loads(value["plaintext"]), hidden=hidden, depth=depth + 1)
    except (KeyError, TypeError, ValueError, RecursionError):
        return UNKNOWN
