"""Records of probes as evidence: for a stack that runs the image that was probed, and for no other."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from ascent.probe.answer import Verdict
from ascent.probe.document import ProbeDocument
from ascent.readiness.evidence import Evidence
from ascent.readiness.model import Status
from common.problems import InputError
from common.validation import Translation
from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.facts.documents import containers
from policies.pack.facts.settings import pairs_of
from policies.pack.values import at, is_set, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from policies.pack.facts import StackFacts

DIRECTORY: Final = "docs/probes"
"""Where a project keeps its records, from Pulumi.yaml's directory."""
MOST_DAYS: Final = 92
"""Age in days from which a record proves nothing any more."""

_HOW: Final = "write it with ascent probe --record"
_BY_DIGEST: Final = re.compile(r"\S+@(sha256:[0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class Probes:
    """Records of probes.

    Attributes:
        by_path: by the path of their file, from Pulumi.yaml's directory.
    """

    by_path: tuple[tuple[str, ProbeDocument], ...] = ()


def read_probes(directory: Path, *, today: date) -> Probes:
    """Read a project's records; no directory means none.

    Args:
        directory: where Pulumi.yaml is.
        today: no record may be of a later day.

    Raises:
        InputError: a record is no such document, does not agree with itself, or is of a day to come; a line for each
            problem.
    """
    found, problems = [], []
    for path in sorted((directory / DIRECTORY).glob("*.json")):
        name = f"{DIRECTORY}/{path.name}"
        try:
            record = ProbeDocument.model_validate(json.loads(path.read_text(encoding="utf-8-sig")))
        except OSError as error:
            problems.append(f"{name}: cannot be read: {error.strerror}; {_HOW}")
        except ValidationError as error:
            problems += (p.line(name) for p in Translation(model=ProbeDocument, fix=_HOW).problems(error))
        except (ValueError, RecursionError):
            problems.append(f"{name}: is no JSON; {_HOW}")
        else:
            day = record.probed_at.date()
            if day > today:
                problems.append(f"{name}: probedAt is {record.probed_at}: must not be after today ({today}); {_HOW}")
            found.append((name, record))
    if problems:
        raise InputError("\n".join(problems))
    return Probes(tuple(found))


@dataclass(frozen=True, slots=True)
class Served:
    """An image that a stack serves requests from.

    Attributes:
        image: as the stack names it; empty where that is not known.
        digest: the one in its name; empty for an image that is named by tag.
        urn: what runs it.
    """

    image: str
    digest: str
    urn: str


def served(facts: StackFacts) -> tuple[Served, ...]:
    """The images that a stack serves requests from; what works beside, such as an agent, has no port."""
    return tuple(_served(facts))


def _served(facts: StackFacts) -> Iterator[Served]:
    for task in facts.of_type(types.ECS_TASK_DEFINITION):
        found = containers(task)
        if isinstance(found, Unknown):
            yield Served("", "", task.urn)
            continue
        for container in found:
            if is_set(at(container, "portMappings")):
                yield _named(text(container, "image"), task.urn)
    for service in facts.of_type(types.ECS_EXPRESS_GATEWAY_SERVICE):
        yield _named(text(service, "primaryContainer.image"), service.urn)
    for kind in (types.EC2_LAUNCH_TEMPLATE, types.EC2_INSTANCE):
        for machine in facts.of_type(kind):
            script = "\n".join(value for name, value in pairs_of(machine) if not name and isinstance(value, str))
            images = dict.fromkeys(found[0] for found in _BY_DIGEST.finditer(script))
            for image in images or ([""] if not script else ["what its user data starts"]):
                yield _named(image, machine.urn)


def _named(image: str, urn: str) -> Served:
    found = _BY_DIGEST.fullmatch(image)
    return Served(image, found[1] if found else "", urn)


def prove(check: str, facts: StackFacts, probes: Probes, today: date) -> Evidence:
    """What records say of the images that a stack serves requests from, the worst of them.

    Args:
        check: id of a check of `ascent probe`.
        facts: the stack.
        probes: the records.
        today: the day from which ages count.
    """
    images = served(facts)
    if not images:
        return Evidence("probe", check, Status.UNMET, "the stack serves requests from no image")
    found = [_of(check, image, probes, today) for image in images]
    worst = (Status.UNMET, Status.UNKNOWN, Status.MET)
    return min(found, key=lambda evidence: worst.index(evidence.status))


def _of(check: str, one: Served, probes: Probes, today: date) -> Evidence:
    if not one.image:
        return Evidence("probe", check, Status.UNKNOWN, "which image it runs is known after deployment", (one.urn,))
    if not one.digest:
        said = f"{one.image} is not named by digest, so no record is about it: push it, set image to NAME@sha256:…"
        return Evidence("probe", check, Status.UNMET, said, (one.urn,))
    about = [(path, record) for path, record in probes.by_path if record.digest == one.digest]
    recent = [(path, record) for path, record in about if (today - record.probed_at.date()).days <= MOST_DAYS]
    for path, record in sorted(recent, key=lambda entry: entry[1].probed_at, reverse=True):
        for answer in record.checks:
            if answer.id == check and answer.verdict is not Verdict.NOT_ASKED:
                stated = ", of the image as stated by whoever probed" if record.stated else ""
                day = record.probed_at.date()
                status = Status.MET if answer.verdict is Verdict.PROVEN else Status.UNMET
                return Evidence("probe", check, status, f"{answer.evidence} ({day}{stated})", (one.urn,), (path,))
    if recent:
        said = f"{recent[-1][0]} could not ask it: probe the image itself, with what it needs described in probe.yaml"
    elif about:
        said = f"{about[-1][0]} is more than {MOST_DAYS} days old: probe the image again"
    else:
        said = f"no record is about {one.digest[:19]}: ascent probe --image IMAGE --record"
    return Evidence("probe", check, Status.UNMET, said, (one.urn,))
