"""A release of a stack: planned, judged, priced, and written if nothing speaks against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ascent.compare.differences import differences
from ascent.cost.book.prices import load_prices
from ascent.cost.pricing import priced
from ascent.plan.config import Variant, read_stack
from ascent.planning import start
from ascent.release.order import minutes, steps, stops
from ascent.release.write import with_image
from ascent.verdicts.findings import name_of
from ascent.verdicts.judge import waivers_of
from common.problems import InputError
from settings.errors import SettingsError
from settings.load import resolve
from settings.services import services_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ascent.verdicts.judged import Judged
    from settings.schema import Settings


@dataclass(frozen=True, kw_only=True)
class Release:
    """What a release would do.

    Attributes:
        stack: the stack.
        image: the new image.
        before: service → the image it has; None for the placeholder.
        judged: the stack with the new image.
        stops: what would stop requests; a line each.
        findings: what mandatory rules and the plan itself say; a line each.
        steps: what happens, in its order.
        minutes: how long the steps take.
        dollars: the stack's expected cost a month, before and after.
        text: the stack file with the new image.
    """

    stack: str
    image: str
    before: dict[str, str | None]
    judged: Judged
    stops: list[str]
    findings: list[str]
    steps: list[str]
    minutes: int
    dollars: tuple[Decimal, Decimal]
    text: str

    @property
    def fine(self) -> bool:
        """Whether it may be written."""
        return not self.stops and self.judged.fine

    @property
    def nothing_new(self) -> bool:
        """Whether every service has the image already."""
        return all(image == self.image for image in self.before.values())


def release(directory: Path, stack: str, image: str, service: str | None, day: date) -> Release:
    """Look at a release without writing anything.

    Args:
        directory: where Pulumi.yaml is.
        stack: the stack.
        image: the new image.
        service: service whose own image it becomes; None for that of all services that have none of their own.
        day: the day to judge for.

    Raises:
        InputError: no such stack or service, or the settings refuse the image.
    """
    variant = _variant(directory, stack, image, service)
    now, then = (_settings(directory, stack, v) for v in (None, variant))
    named = [s.name for s in services_of(then) if service in (None, s.name) and s.compute.image == image]
    book, waivers = load_prices(), waivers_of(directory, day)
    with start(directory, [stack, variant]) as planning:
        before, after = planning.result(waivers)
    old = {s.name: s.compute.image for s in services_of(now)}
    file = directory / f"Pulumi.{stack}.yaml"
    costs = tuple(priced(one.plan, book, directory).estimate.total.expected for one in (before, after))
    return Release(
        stack=stack,
        image=image,
        before={name: old[name] for name in named},
        judged=after,
        stops=stops(differences(before.plan, after.plan)),
        findings=[*after.problems, *_failures(after)],
        steps=steps(then, named, image),
        minutes=minutes(then, named),
        dollars=(costs[0], costs[1]),
        text=with_image(file.read_text(encoding="utf-8"), image, service, file.name),
    )


def _failures(judged: Judged) -> list[str]:
    return [f"{one.verdict.rule} {name_of(one.verdict.urn)}: {one.message}" for one in judged.report.mandatory_failures]


def _variant(directory: Path, stack: str, image: str, service: str | None) -> Variant:
    """The stack with the image in its place."""
    values = read_stack(directory, stack).values
    if service is None:
        compute: dict[str, Any] = json.loads(values.get("ascent:compute", "{}"))
        return Variant(stack, (("ascent:compute", json.dumps({**compute, "image": image})),))
    services: dict[str, Any] = json.loads(values.get("ascent:services", "{}"))
    if service not in services:
        names = ", ".join(services) or "none: the stack has one service, of which --image alone is the image"
        raise InputError(f"ascent release {stack} --service {service}: no such service; there are {names}")
    own = {**services[service], "image": image}
    return Variant(stack, (("ascent:services", json.dumps({**services, service: own})),))


def _settings(directory: Path, stack: str, variant: Variant | None) -> Settings:
    found = read_stack(directory, stack, dict(variant.changes) if variant else None)
    try:
        return resolve(found.values, stack=stack, project=found.project).settings
    except SettingsError as error:
        raise InputError(str(error)) from None
