"""What is wrong with a command line, in one line: the option, the value, what is allowed, a near word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from common.problems import closest, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer import TyperException


def must_be_one_of(word: str, allowed: Iterable[str], otherwise: str = "name one of them") -> str:
    """What is allowed in place of a word.

    Args:
        word: what was given.
        allowed: the words there are.
        otherwise: what to do where no word is near.
    """
    words = list(allowed)
    near = closest(word, words)
    return f"must be one of {', '.join(words)}; {f'did you mean {near}?' if near else otherwise}"


def line_of(error: TyperException) -> str:
    """One line for what the parser refused.

    Args:
        error: an error of typer's; those about a value name the parameter, the context and, as their cause, what
            pydantic said.
    """
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ascent"
    parameter, cause = getattr(error, "param", None), getattr(error.__cause__, "errors", None)
    if parameter is None or cause is None:
        said = " ".join(error.format_message().split())
        return printable(f"{command}: {said} See: {command} --help")
    refused = cause()[0]
    name = max(parameter.opts, key=len) if parameter.param_type_name == "option" else parameter.name.upper()
    return printable(f"{command} {name} {refused['input']}: {_wanted(parameter, refused)}")


def _wanted(parameter: Any, refused: dict[str, Any]) -> str:  # noqa: ANN401 - typer's own class has no public name
    """What a parameter allows."""
    described = parameter.type_descriptor
    if described.choices:
        return must_be_one_of(str(refused["input"]), map(str, described.choices))
    if described.is_ranged:
        least, most = described.parameter_info.min, described.parameter_info.max
        kind = "a whole number" if described.annotation is int else "a number"
        return f"must be {kind} from {least} {'on' if most is None else f'to {most}'}"
    # A parser's own words, without pydantic's before them.
    return str(refused.get("ctx", {}).get("error", refused["msg"]))
