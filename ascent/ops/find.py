"""What of a stack an operation is about, by the word that a person uses for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import InputError, closest
from policies.pack.types import ECS_SERVICE

if TYPE_CHECKING:
    from collections.abc import Collection

    from ascent.ops.kinds import Operation
    from ascent.ops.step import Subject
    from ascent.verify.deployed import Found


def chosen(word: str, among: Collection[str], what: str, command: str) -> str:
    """The one of several things that a person means.

    Args:
        word: what they wrote; empty for the only one.
        among: the things there are.
        what: the option, such as `--store`.
        command: the command so far, for messages.

    Raises:
        InputError: there is none, there are several, or none of that name.
    """
    names = ", ".join(sorted(among))
    if not among:
        raise InputError(f"{command}: the stack has deployed nothing that {what} could name")
    if not word:
        if len(among) == 1:
            return next(iter(among))
        raise InputError(f"{command}: {what} is missing; write one of {names}")
    if word not in among:
        near = closest(word, among)
        raise InputError(f"{command}: {what} is {word!r}: must be one of {names}; write {near or next(iter(among))}")
    return word


def services(subject: Subject, region: str = "") -> dict[str, Found]:
    """ECS services by the names that the settings give them.

    Args:
        subject: the stack.
        region: where, if not in the stack's region.
    """
    where = region or subject.settings.region
    found: dict[str, Found] = {}
    for service in subject.deployed.of(ECS_SERVICE):
        if (service.region or subject.settings.region) == where:
            found[service.name.removesuffix("-service").rpartition("-")[2]] = service
    return found


def command(operation: Operation, subject: Subject) -> str:
    """The command, for messages."""
    return f"ascent ops {operation} {subject.stack}"
