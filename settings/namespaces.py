"""Keys of a stack file that nobody would read: mistyped namespaces, and settings in the project's own one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from common.problems import Problem, closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

NAMESPACE: Final = "ascent"
"""Namespace of the settings in stack files, whatever the Pulumi project is called."""

_READ: Final = (NAMESPACE, "aws", "pulumi")
"""Namespaces that the program, its provider and the engine read."""

_OTHERS: Final = ("awsx", "aws-native")
"""Providers whose names look like one of ours and are meant."""

_TYPING_ERROR: Final = 0.8
"""How alike two names are when a letter was doubled, dropped or swapped; `asset` and `ascent` are less."""


def unread_keys(keys: Collection[str], *, project: str, settings: Collection[str]) -> Iterator[Problem]:
    """Keys that look like a setting and are none.

    Any other namespace is let through: providers and components that somebody adds to the program have their own.

    Args:
        keys: full keys of a stack's configuration, `aws:region`.
        project: name of the Pulumi project, which keys without a namespace get.
        settings: names of the settings that stand in the namespace `ascent`.
    """
    for full in keys:
        namespace, _, key = full.partition(":")
        if namespace == project and namespace not in _READ:
            if key in settings:
                wanted = "settings stand under ascent:, whatever the project is called"
                yield Problem(full, "not read", wanted, f"write ascent:{key}")
        elif namespace not in (*_READ, *_OTHERS) and (near := _meant(namespace)):
            wanted = f"namespaces that are read are {', '.join(_READ)} and those of other providers"
            yield Problem(full, "in a namespace that nobody reads", wanted, f"write {near}:{key}")


def _meant(namespace: str) -> str | None:
    swapped = (known for known in _READ if sorted(known) == sorted(namespace))
    return next(swapped, None) or closest(namespace, _READ, alike=_TYPING_ERROR)
