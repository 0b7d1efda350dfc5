"""What a release does, in its order, and what of it would stop requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.catalog.lookup import known_of
from ascent.compare.replaced import replaced
from settings.enums import ComputeKind, ServiceKind, Strategy
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ascent.compare.differences import Differences
    from settings.schema import Settings
    from settings.services import Service


def steps(settings: Settings, changed: Sequence[str], image: str) -> list[str]:
    """What happens from `pulumi up` on, a line each.

    Args:
        settings: those of the stack, with the new image.
        changed: services whose image changes.
        image: the new image.
    """
    of = [service for service in services_of(settings) if service.name in changed]
    return [
        *_checked(settings, image),
        *(f"{one.name} runs to its end; if it fails, nothing else happens" for one in of if one.before_release),
        *(line for one in of if one.kind is not ServiceKind.TASK for line in _service(one)),
        *(f"{one.name} runs the new version from its next start on" for one in of if _later(one)),
    ]


def _later(service: Service) -> bool:
    return service.kind is ServiceKind.TASK and not service.before_release


def _checked(settings: Settings, image: str) -> Iterator[str]:
    if settings.registry.signing:
        yield f"before it, see that the image is signed: notation verify {image}"
    if "@sha256:" not in image:
        yield "the tag is resolved once for each release; a digest says what runs"


def _service(service: Service) -> Iterator[str]:
    name, compute = service.name, service.compute
    if compute.kind is ComputeKind.EC2:
        yield f"{name}: a new instance serves before an old one goes, one by one"
        return
    release = compute.release
    if not service.shifts:
        yield f"{name}: tasks are renewed one by one; if new ones do not become healthy, ECS goes back"
        return
    yield f"{name}: as many new tasks as there are old ones start in the second target group, so twice as many run"
    if release.test_header:
        yield f"{name}: requests with X-Release: {release.test_header} reach them, and nobody else"
    pause, bake = _minutes(release.step_bake_minutes), _minutes(release.bake_minutes)
    moves = {
        Strategy.BLUE_GREEN: "they get all requests at once",
        Strategy.CANARY: (
            f"they get {release.canary_percent:g} % of the requests, and all of them "
            f"{_minutes(release.canary_bake_minutes)} later"
        ),
        Strategy.LINEAR: f"they get {release.step_percent:g} % more of the requests every {pause}",
    }
    yield f"{name}: {moves[release.strategy]}"
    yield f"{name}: the old tasks stay for {bake}, then go; an alarm before that goes back to them"


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"


def minutes(settings: Settings, changed: Sequence[str]) -> int:
    """How long the steps of a release take, besides the start of tasks.

    Args:
        settings: those of the stack.
        changed: services whose image changes.
    """
    shifting = [s.compute.release.minutes for s in services_of(settings) if s.name in changed and s.shifts]
    return max(shifting, default=0)


def stops(found: Differences) -> list[str]:
    """What of an update would stop requests, a line each; a release of an image alone has none.

    Args:
        found: the differences between the stack as it is written and with the new image.
    """
    gone = [
        f"{one.name} would go, and with it {serves}" for one in found.removed if (serves := _serves(one.resource.type))
    ]
    forced = [
        f"{one.name} would be replaced for its {', '.join(names)}, and with it {serves}"
        for one, names in replaced(found).values()
        if (serves := _serves(one.after.type))
    ]
    return [*gone, *forced]


def _serves(type_: str) -> str:
    return known_of(type_).serves
