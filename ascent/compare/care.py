"""What needs care on the way from one plan to another: data that would go, and services that would be interrupted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ascent.catalog.known import Service
from ascent.catalog.lookup import known_of
from ascent.compare.handover import handed_over
from ascent.compare.replaced import replaced
from policies.pack.types import CLOUDWATCH_LOG_GROUP, KMS_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.catalog.known import Known
    from ascent.compare.differences import Changed, Differences
    from ascent.plan.model import Resource


class Kind(StrEnum):
    """What happens, the worst first."""

    REMOVED = "data removed"
    REPLACED = "data replaced"
    INTERRUPTED = "downtime"


@dataclass(frozen=True, slots=True)
class Care:
    """One thing that needs care.

    Attributes:
        kind: what happens.
        urn: the resource, as the first plan knows it.
        name: its name with `*` for the stack's own.
        why: what is lost or interrupted, and by what.
        fix: what to do before.
        protected: whether the deployment stops until its protection is lifted.
        of_users: whether the application works with it, as opposed to records about the platform.
    """

    kind: Kind
    urn: str
    name: str
    why: str
    fix: str
    protected: bool = False
    of_users: bool = False


def care_of(found: Differences, everything_by: tuple[str, ...] = ()) -> tuple[Care, ...]:
    """What needs care, the worst first.

    Args:
        found: the differences between the two plans.
        everything_by: settings whose change replaces all there is, such as `ascent:application`; none if empty.
    """
    new = replaced(found, everything_by)
    quiet = frozenset() if everything_by else handed_over(found, new)
    notes = [
        *_removed(found),
        *(note for one, names in new.values() for note in _replaced(one, names)),
        *(note for one in found.changed if one.before.urn not in new for note in _interrupted(one)),
    ]
    order = list(Kind)
    notes = [note for note in notes if note.urn not in quiet]

    def rank(note: Care) -> tuple[int, bool, bool, str, str, str]:
        return order.index(note.kind), not note.of_users, not note.protected, note.name, note.urn, note.why

    return tuple(sorted(notes, key=rank))


def _removed(found: Differences) -> Iterator[Care]:
    for one in found.removed:
        resource, known = one.resource, known_of(one.resource.type)
        if known.loses:
            why = f"it is removed, and with it {known.loses}"
            fix, guarded = _before_removal(resource), is_protected(resource)
            yield Care(Kind.REMOVED, resource.urn, one.name, why, fix, guarded, of_users=_of_users(known))
        elif known.serves:
            why = f"it is removed: {known.serves}"
            fix = "deploy what takes its place first, move the requests over (DNS included), then remove it"
            yield Care(Kind.INTERRUPTED, resource.urn, one.name, why, _lifted(resource, fix), is_protected(resource))


def _replaced(one: Changed, names: tuple[str, ...]) -> Iterator[Care]:
    known, urn, guarded = known_of(one.after.type), one.before.urn, is_protected(one.before)
    if known.loses:
        why = f"{' and '.join(names)} can only be changed with a new one, without {known.loses}"
        fix = _before_removal(one.before)
        yield Care(Kind.REPLACED, urn, one.name, why, fix, guarded, of_users=_of_users(known))
    elif known.serves:
        order = "deleted first" if one.after.options.delete_before_replace else "replaced"
        verb = "changes" if len(names) == 1 else "change"
        why = f"{' and '.join(names)} {verb}, so it is {order}: {known.serves}"
        fix = _lifted(one.before, "change it outside of busy hours, or beside the old one")
        yield Care(Kind.INTERRUPTED, urn, one.name, why, fix, guarded)


def _interrupted(one: Changed) -> Iterator[Care]:
    interrupts = known_of(one.after.type).interrupts
    for changed in one.properties:
        if how := interrupts.get(changed.name):
            fix = "take a snapshot, and deploy outside of busy hours"
            if one.after.inputs.get("applyImmediately") is False:
                how = f"{how}, in the window {one.after.inputs.get('maintenanceWindow', 'of the database')}"
                fix = "take a snapshot before the window; the deployment ends long before the change"
            yield Care(Kind.INTERRUPTED, one.before.urn, one.name, f"{changed.name} changes: {how}", fix)


def _of_users(known: Known) -> bool:
    """Whether the application refers to such a resource."""
    return isinstance(known.service, Service) and known.service.used


def _before_removal(resource: Resource) -> str:
    """What to do before a resource goes."""
    if resource.type == KMS_KEY:
        days = resource.inputs.get("deletionWindowInDays", 30)
        fix = f"encrypt anew what it protects within the {days} days until it is deleted"
    elif resource.type == CLOUDWATCH_LOG_GROUP:
        fix = "export what must be kept"
    else:
        fix = "copy the data or take a snapshot, and try the way back"
    return _lifted(resource, fix)


def _lifted(resource: Resource, fix: str) -> str:
    """What to do, and that the protection is in the way."""
    return f"{fix}; it is protected, and the deployment stops until that is lifted" if is_protected(resource) else fix


def is_protected(resource: Resource) -> bool:
    """Whether Pulumi or AWS refuse to delete a resource.

    Args:
        resource: a resource of the first plan.
    """
    keys = ("deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection")
    return resource.options.protect or any(resource.inputs.get(key) is True for key in keys)
