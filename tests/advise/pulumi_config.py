"""What `pulumi config set` and `rm` do to a stack file, as Pulumi's documentation of the commands says."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def run(line: str, directory: Path) -> None:
    """Do what a line does to the stack file it names."""
    words = shlex.split(line)
    assert words[:2] == ["pulumi", "config"]
    assert words[2] in ("set", "rm")
    options = {"--stack": "", "--type": ""}
    flags, rest = set[str](), list[str]()
    words, verb = words[3:], words[2]
    while words:
        word = words.pop(0)
        if word in options:
            options[word] = words.pop(0)
        elif word.startswith("--"):
            flags.add(word)
        else:
            rest.append(word)
    assert flags <= {"--path"}
    file = directory / f"Pulumi.{options['--stack']}.yaml"
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    config: dict[str, Any] = document.setdefault("config", {})
    namespace, _, path = rest[0].rpartition(":")
    parts: list[str | int] = [path]
    if "--path" in flags:
        parts = [int(index) if index else name for name, index in _PART.findall(path)]
    parts[0] = f"{namespace}:{parts[0]}"
    if verb == "rm":
        _remove(config, parts)
    else:
        _put(config, parts, _value(rest[1], options["--type"], nested=len(parts) > 1))
    file.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


def _value(text: str, type_: str, *, nested: bool) -> Any:  # noqa: ANN401 - any YAML value
    if type_:
        return {"string": str, "int": int, "float": float, "bool": lambda t: t == "true"}[type_](text)
    if nested and text in ("true", "false"):
        return text == "true"
    return int(text) if nested and re.fullmatch(r"-?(0|[1-9]\d*)", text) else text


def _put(here: Any, parts: list[str | int], value: Any) -> None:  # noqa: ANN401 - any YAML value
    for part, following in pairwise(parts):
        new: Any = [] if isinstance(following, int) else {}
        if isinstance(here, list):
            assert isinstance(part, int)
            if part == len(here):
                here.append(new)
        elif part not in here:
            here[part] = new
        here = here[part]
    last = parts[-1]
    if isinstance(here, list) and last == len(here):
        here.append(value)
    else:
        here[last] = value


def _remove(here: Any, parts: list[str | int]) -> None:  # noqa: ANN401 - any YAML value
    for part in parts[:-1]:
        here = here[part]
    del here[parts[-1]]
