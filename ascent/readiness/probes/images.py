"""The images that a stack serves requests from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.facts.documents import containers
from policies.pack.facts.settings import pairs_of
from policies.pack.values import at, is_set, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import StackFacts

_BY_DIGEST: Final = re.compile(r"\S+@(sha256:[0-9a-f]{64})\b")


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
