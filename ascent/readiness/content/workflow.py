"""Workflows of GitHub Actions: what their jobs really run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from common.problems import InputError
from common.yaml_text import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.readiness.content.ground import Ground
    from ascent.readiness.model import FileProof

_IDLE: Final = re.compile(r"^\s*(?:#.*|echo\b.*|true|:|sleep\b.*|exit 0|set [-+].*|printf\b.*)?\s*$")
_HUSHED: Final = re.compile(r"\|\|\s*(?:true|:|exit 0|echo\b.*)\s*$")
_PINNED: Final = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}(?:[0-9a-f]{24})?|docker://\S+@sha256:[0-9a-f]{64}|\./\S*")
_NEVER: Final = re.compile(r"\s*(?:\$\{\{)?\s*(?:false|0|''|!\s*true)\s*(?:\}\})?\s*")


def workflow(_path: str, text: str, proof: FileProof, _ground: Ground) -> str:
    """What a workflow lacks: a trigger, least permissions, pinned actions, and jobs that run what `names` asks for.

    A name is what a step must run, a word or several of `a|b`; `environment: a|b` asks for a job in that environment.
    Steps that are comments, that only print, that cannot fail or that never run do not count.
    """
    try:
        content = parse_yaml(text, "it")
    except InputError:
        return "is no YAML"
    if not isinstance(content, dict) or not isinstance(content.get("jobs"), dict):
        return "has no jobs"
    if not content.get("on"):
        return "is started by nothing"
    jobs = {name: job for name, job in content["jobs"].items() if isinstance(job, dict) and _may_run(job)}
    running = {name: job for name, job in jobs.items() if any(_done(job)) or "uses" in job}
    if not running:
        return "has no job that does anything"
    for name, job in running.items():
        granted = job.get("permissions", content.get("permissions"))
        if granted is None or granted == "write-all":
            return f"grants its job {name} more than it needs; say which permissions"
        for used in [job.get("uses"), *(step.get("uses") for step in _steps(job))]:
            if isinstance(used, str) and not _PINNED.fullmatch(used.strip()):
                return f"uses {used}, which is not pinned to a commit"
    for wanted in proof.names:
        lack = _environment(wanted, running) if wanted.startswith("environment:") else _missing(wanted, running)
        if lack:
            return lack
    return ""


def _may_run(part: dict[str, Any]) -> bool:
    return not _NEVER.fullmatch(str(part.get("if", "true")).lower()) and part.get("continue-on-error") is not True


def _steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    steps = job.get("steps")
    found = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    return [step for step in found if _may_run(step)]


def _done(job: dict[str, Any]) -> Iterator[str]:
    """What a job's steps do, a line each."""
    for step in _steps(job):
        if isinstance(step.get("uses"), str):
            yield step["uses"]
        if isinstance(step.get("run"), str):
            for line in re.sub(r"\\\n", " ", step["run"]).splitlines():
                if not _IDLE.fullmatch(line) and not _HUSHED.search(line):
                    yield line.strip()


def _missing(wanted: str, jobs: dict[str, dict[str, Any]]) -> str:
    words = re.compile("|".join(rf"(?<![\w-]){re.escape(one.strip())}(?![\w-])" for one in wanted.split("|")))
    if any(words.search(line) for job in jobs.values() for line in _done(job)):
        return ""
    return f"runs nothing like {wanted.replace('|', ' or ')}"


def _environment(wanted: str, jobs: dict[str, dict[str, Any]]) -> str:
    names = [name.strip() for name in wanted.partition(":")[2].split("|")]
    for job in jobs.values():
        said = job.get("environment")
        name = said.get("name") if isinstance(said, dict) else said
        if name in names:
            return ""
    return f"has no job in the environment {' or '.join(names)}"
