"""Dockerfiles: their stages, and what the last one is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ascent.readiness.content.ground import Ground
    from ascent.readiness.model import FileProof

_FROM: Final = re.compile(r"FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE)
_SMALL: Final = re.compile(r"slim|alpine|distroless|scratch|-minimal|chiseled|wolfi|chainguard", re.IGNORECASE)
_DIGEST: Final = re.compile(r"@sha256:[0-9a-f]{64}$")
_INSTALLS: Final = re.compile(
    r"pip3? install|uv (?:sync|pip)|npm (?:ci|install)|yarn|pnpm|go mod|poetry install|bundle|cargo"
)


@dataclass
class _Stage:
    base: str
    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def dockerfile(_path: str, text: str, proof: FileProof, _ground: Ground) -> str:
    """What a Dockerfile lacks of what `names` asks for.

    `stages`: the last of two stages or more takes something from another. `cache`: what is installed is copied before
    the rest. `small`: the last stage's base is slim, Alpine, distroless or empty. `pinned`: bases are named by digest.
    `user`: the last stage does not run as root. `command`: it starts something.
    """
    stages = _stages(text)
    if not stages:
        return "has no stage"
    bases = {stage.name: stage.base for stage in stages if stage.name}
    last = stages[-1]
    base = last.base
    for _ in stages:
        base = bases.get(base, base)
    user = next((said for word, said in reversed(last.lines) if word == "USER"), "")
    checks = {
        "stages": len(stages) > 1 and any(w == "COPY" and "--from=" in said for w, said in last.lines),
        "cache": any(map(_caches, stages)),
        "small": bool(_SMALL.search(base)),
        "pinned": all(s.base == "scratch" or s.base in bases or _DIGEST.search(s.base) for s in stages),
        "user": bool(user) and user.partition(":")[0] not in ("root", "0"),
        "command": any(word in ("CMD", "ENTRYPOINT") for word, _ in last.lines),
    }
    said = {
        "stages": "is not built in stages of which the last takes from another",
        "cache": "copies everything before it installs, so that nothing is cached",
        "small": f"ends on {base}, which is no small base",
        "pinned": "names a base without its digest",
        "user": "runs as root",
        "command": "starts nothing",
    }
    return next((said.get(name, f"is not asked for {name}") for name in proof.names if not checks.get(name)), "")


def _stages(text: str) -> list[_Stage]:
    found: list[_Stage] = []
    plain = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\\\n", " ", plain).splitlines():
        start = _FROM.match(line.strip())
        if start:
            found.append(_Stage(start[1], start[2] or ""))
        elif found and line.strip():
            word, _, said = line.strip().partition(" ")
            found[-1].lines.append((word.upper(), said.strip()))
    return found


def _caches(stage: _Stage) -> bool:
    """Whether what is installed is copied alone, before the rest."""
    copied = 0
    for word, said in stage.lines:
        if word in ("COPY", "ADD"):
            if re.search(r"(?:^|\s)\.\s", said):
                return False
            copied += 1
        if word == "RUN" and _INSTALLS.search(said):
            return copied > 0 or "--mount" in said
    return False
