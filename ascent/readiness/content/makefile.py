"""Makefiles: what a target runs."""

from __future__ import annotations

import re
from typing import Final

_RULE: Final = re.compile(r"([A-Za-z0-9_.-]+(?:[ \t]+[A-Za-z0-9_.-]+)*)[ \t]*:(?!=)[ \t]*([^#\n]*)")
_HUSHED: Final = re.compile(r"\|\|\s*(?:true|:|exit 0)\s*$")
_IDLE: Final = re.compile(r"(?:echo|true|:|printf|exit)\b")


def targets(text: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Targets with what they need first and what they run."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    current: tuple[str, ...] = ()
    for line in re.sub(r"\\\n", " ", text).splitlines():
        rule = _RULE.match(line)
        if line.startswith("\t"):
            command = line.strip().lstrip("@+ ")
            if command and command[0] not in "#-" and not _IDLE.match(command) and not _HUSHED.search(command):
                for name in current:
                    needs, runs = found[name]
                    found[name] = (needs, (*runs, command))
        elif rule:
            current = tuple(rule[1].split())
            for name in current:
                needs, runs = found.get(name, ((), ()))
                found[name] = ((*needs, *rule[2].split()), runs)
    return found


def runs(text: str, target: str) -> str:
    """All commands that a target runs, those of what it needs included."""
    every, seen, todo = targets(text), set[str](), [target]
    said: list[str] = []
    while todo:
        name = todo.pop()
        if name in seen or name not in every:
            continue
        seen.add(name)
        needs, commands = every[name]
        todo += needs
        said += commands
    return "\n".join(said)
