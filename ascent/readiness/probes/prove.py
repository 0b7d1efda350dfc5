"""What records say of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Verdict
from ascent.readiness.evidence import Evidence
from ascent.readiness.model import Status
from ascent.readiness.probes.images import Served, served

if TYPE_CHECKING:
    from datetime import date

    from ascent.readiness.probes.records import Probes
    from policies.pack.facts import StackFacts

MOST_DAYS: Final = 92
"""Age in days from which a record proves nothing any more."""


def prove(check: str, facts: StackFacts, probes: Probes, today: date) -> Evidence:
    """What records say of the images that a stack serves requests from, the worst of them.

    Args:
        check: id of a check of `ascent probe`.
        facts: the stack.
        probes: the records.
        today: the day from which ages count.
    """
    if not probes.by_path:
        return Evidence("probe", check, Status.UNMET, "nothing was probed: ascent probe --image IMAGE --record")
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
