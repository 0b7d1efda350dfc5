"""Files that tools read: stack files, the pack's file, pyproject.toml, Makefile, .gitignore."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from ascent.readiness.content.makefile import runs
from ascent.readiness.content.python import parsed
from common.problems import InputError
from common.tiers import Tier
from common.yaml_text import parse_yaml

if TYPE_CHECKING:
    from ascent.readiness.content.ground import Ground
    from ascent.readiness.model import FileProof

_STACK: Final = re.compile(r"Pulumi\.([A-Za-z0-9._-]+)\.yaml")


def tasks(_path: str, text: str, proof: FileProof, _ground: Ground) -> str:
    """What a Makefile lacks: `target: program` runs, and can fail. `names` holds these."""
    for name in proof.names:
        target, _, wanted = (part.strip() for part in name.partition(":"))
        said = runs(text, target)
        if not any(re.search(rf"(?<![\w-]){re.escape(one.strip())}(?![\w-])", said) for one in wanted.split("|")):
            return f"does not run {wanted.replace('|', ' or ')} at make {target}"
    return ""


def tables(_path: str, text: str, proof: FileProof, _ground: Ground) -> str:
    """What a TOML file lacks: `names` are dotted paths to values that are not empty."""
    try:
        content: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return "is no TOML"
    for name in proof.names:
        value = content
        for key in name.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if not value:
            return f"does not set {name}"
    return ""


def pack(path: str, text: str, _proof: FileProof, ground: Ground) -> str:
    """What a policy pack's file lacks: a runtime, and a program beside it."""
    content = _mapping(text)
    if content is None:
        return "is no YAML object"
    runtime = content.get("runtime")
    name = runtime.get("name") if isinstance(runtime, dict) else runtime
    if name not in ("python", "nodejs", "opa"):
        return "names no runtime"
    program = f"{path.rpartition('/')[0]}/{content.get('main') or '__main__.py'}"
    if name == "python":
        tree = parsed(ground.repository.text(program))
        if tree is None or not tree.body:
            return f"has no program at {program}"
    return ""


def stack(path: str, text: str, _proof: FileProof, ground: Ground) -> str:
    """What a stack's file lacks: settings of its own that Ascent accepts."""
    content = _mapping(text)
    named = _STACK.fullmatch(path.rpartition("/")[2])
    if content is None or named is None:
        return "is no YAML object"
    config = content.get("config")
    if not isinstance(config, dict) or not config:
        return "sets nothing below config"
    tier = config.get("ascent:tier")
    if tier not in tuple(one.value for one in Tier):
        return "sets no ascent:tier"
    environment = config.get("ascent:environment", named[1])
    for other in ground.repository.matching("Pulumi.*.yaml"):
        further = _STACK.fullmatch(other)
        if other == path or further is None:
            continue
        known = (_mapping(ground.repository.text(other)) or {}).get("config")
        if isinstance(known, dict) and known.get("ascent:environment", further[1]) == environment:
            return f"is for the same environment as {other}"
    return ""


def ignored(_path: str, text: str, proof: FileProof, _ground: Ground) -> str:
    """What a .gitignore lacks: each of `names` is left out of git, by the last line that is about it."""
    for name in proof.names:
        out = False
        for line in text.splitlines():
            pattern = line.strip()
            if not pattern or pattern.startswith("#"):
                continue
            taken = pattern.removeprefix("!").removeprefix("**/").removeprefix("/")
            if fnmatchcase(name, taken):
                out = not pattern.startswith("!")
        if not out:
            return f"does not leave {name} out"
    return ""


def _mapping(text: str) -> dict[str, Any] | None:
    try:
        content = parse_yaml(text, "it")
    except InputError:
        return None
    return content if isinstance(content, dict) else None
