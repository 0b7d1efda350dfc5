"""The settings that somebody asks about, as they stand in a command line: `network.nat=single`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from common.problems import InputError, closest
from settings.namespaces import NAMESPACE
from settings.words.elsewhere import paths, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORM: Final = "must be SETTING=VALUE, such as network.nat=single"


def settings_asked(command: str, given: Iterable[str]) -> dict[str, Any]:
    """Setting → value, as a stack file holds it; None takes the stack file's own away.

    Args:
        command: the command, for errors.
        given: settings with values: JSON, a list of words in brackets, or text; `null` for None.

    Raises:
        InputError: one line per setting that is none, or has no value.
    """
    found: dict[str, Any] = {}
    problems: list[str] = []
    for text in given:
        name, equals, value = text.partition("=")
        path = name.strip().removeprefix(f"{NAMESPACE}:").removeprefix("aws:")
        if not equals or not path:
            problems.append(f"{command} {text}: {_FORM}")
        elif wrong := _unknown(path):
            problems.append(f"{command} {text}: {wrong}")
        else:
            found[path] = _value(value.strip())
    if problems:
        raise InputError("\n".join(problems))
    return found


def _unknown(path: str) -> str:
    """Why a path is no setting; empty where it is one, or lies in one that takes names of its own."""
    known = paths()
    parts = path.split(".")
    if any(".".join(parts[:end]) in known for end in range(1, len(parts) + 1)) and not _is_section(path, known):
        return ""
    below = [one for one in known if one.startswith(f"{path}.")]
    if below:
        return f"is a section; name a setting in it, such as {below[0]}"
    places = places_of(parts[-1])
    near = closest(path, known)
    fix = f"did you mean {places[0] if len(places) == 1 else near}?" if places or near else "see ascent explain STACK"
    return f"is not a setting; {fix}"


def _is_section(path: str, known: tuple[str, ...]) -> bool:
    return path not in known and any(one.startswith(f"{path}.") for one in known)


def _value(text: str) -> Any:  # noqa: ANN401 - any value of a setting
    try:
        return json.loads(text)
    except ValueError:
        pass
    if text.startswith("[") and text.endswith("]"):
        return [part.strip(" \"'") for part in text[1:-1].split(",") if part.strip()]
    return text
