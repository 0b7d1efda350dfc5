"""Writes an image into a stack file, and leaves everything else as it stands, comments too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from common.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path


def with_image(text: str, image: str, service: str | None, file: str) -> str:
    """The text of a stack file with another image.

    Args:
        text: the file as it stands.
        image: the image.
        service: service whose own image it is; None for that of all services.
        file: name of the file, for the error message.

    Raises:
        InputError: the place of the image is not an object.
    """
    path = ["config", "ascent:compute"] if service is None else ["config", "ascent:services", service]
    document = yaml.compose(text, Loader=yaml.SafeLoader)
    return _set(text, document, [*path, "image"], image, file, [])


def _set(text: str, node: Any, path: list[str], image: str, file: str, seen: list[str]) -> str:  # noqa: ANN401 - a node of YAML
    if not isinstance(node, yaml.MappingNode):
        place = ".".join(seen) or "the file"
        raise InputError(
            f"{file}: {place}: holds no object; it must, to take an image: write {place}: {{image: {image}}}"
        )
    key, *rest = path
    for name, value in node.value:
        if name.value == key:
            if rest:
                return _set(text, value, rest, image, file, [*seen, key])
            return text[: value.start_mark.index] + _quoted(image) + _after(text, value)
    return _inserted(text, node, path, _quoted(image))


def _after(text: str, value: Any) -> str:  # noqa: ANN401 - a node of YAML
    return text[value.end_mark.index :]


def _inserted(text: str, node: yaml.MappingNode, path: list[str], image: str) -> str:
    """The text with a new entry, first in its object: there its indentation is that of the next one."""
    if node.flow_style:
        start = node.start_mark.index + 1
        nested = image
        for key in reversed(path[1:]):
            nested = f"{{{key}: {nested}}}"
        more = ", " if node.value else ""
        return f"{text[:start]}{path[0]}: {nested}{more}{text[start:]}"
    start, indent = node.start_mark.index, " " * node.start_mark.column
    lines = [f"{indent}{'  ' * depth}{key}:" for depth, key in enumerate(path)]
    lines[-1] += f" {image}"
    entry = "\n".join(lines).lstrip(" ")
    return f"{text[:start]}{entry}\n{indent}{text[start:]}"


def _quoted(image: str) -> str:
    return f'"{image}"'


def write_image(file: Path, text: str) -> None:
    """Put the new text in the place of the old, whole or not at all.

    Args:
        file: the stack file.
        text: its new text.

    Raises:
        InputError: it cannot be written.
    """
    from ascent.output.files import write_whole

    write_whole(file, text, f"ascent release: {file.name}")
