"""Secrets that stand readable in a stack file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from common.problems import Problem
from settings.namespaces import NAMESPACE
from settings.sealed import is_sealed
from settings.variables import reserved_variables
from settings.words.commands import command as _line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from settings.schema import Settings

_HIDDEN: Final = "[secret]"


def plain_secrets(settings: Settings, stack: str, *, encrypted: bool) -> Iterator[Problem]:
    """Secrets that are not encrypted: those of `security.secrets`, and what looks like one among plain variables.

    No value is printed.

    Args:
        settings: the stack's settings.
        stack: its name.
        encrypted: whether Pulumi says that something in `ascent:security` is encrypted.
    """
    values = {name: value.get_secret_value() for name, value in settings.security.secrets.items()}
    # A deployment holds all of them readable, the stack's file alone none.
    deployed = encrypted and not any(map(is_sealed, values.values()))
    for name, text in values.items():
        if deployed or is_sealed(text):
            continue
        path = f"{NAMESPACE}:security.secrets.{name}"
        if text.startswith("arn:"):
            wanted = "the ARN of a secret that exists belongs into ascent:compute.secrets; here stand encrypted values"
            yield Problem(path, _HIDDEN, wanted, f"move it to {NAMESPACE}:compute.secrets.{name}")
        else:
            yield Problem(
                path, "in plain text", "everybody who reads the file reads the secret", _encrypting(stack, path)
            )
    places = {"compute": settings.compute, **{f"services.{name}": own for name, own in settings.services.items()}}
    for place, own in places.items():
        if own.environment or own.command:
            yield from _of_variables(stack, f"{NAMESPACE}:{place}", own.environment, own.command or ())


def _of_variables(stack: str, place: str, variables: Mapping[str, str], command: Iterable[str]) -> Iterator[Problem]:
    # Few stacks have any: the others don't wait for the patterns.
    from common.secret_names import holds_secret, looks_secret

    for name, value in variables.items():
        if name not in reserved_variables() and not is_sealed(value) and looks_secret(name, value):
            wanted = "it looks like a secret: plain variables are read in the stack file, the state and AWS's console"
            fix = f"remove it and encrypt it: {_encrypting(stack, f'{NAMESPACE}:security.secrets.{name}')}"
            yield Problem(f"{place}.environment.{name}", _HIDDEN, wanted, fix)
    for position, word in enumerate(command):
        if not is_sealed(word) and holds_secret(f" {word.lstrip('-')}"):
            wanted = "it holds a secret: commands are read in the stack file, the state and AWS's console"
            encrypting = _encrypting(stack, f"{NAMESPACE}:security.secrets.NAME")
            fix = f"let the application read a variable instead, and encrypt that: {encrypting}"
            yield Problem(f"{place}.command[{position}]", _HIDDEN, wanted, fix)


def _encrypting(stack: str, path: str) -> str:
    """The command that encrypts a setting; it asks for the value."""
    return _line("set --secret", stack, path.removeprefix(f"{NAMESPACE}:"))
