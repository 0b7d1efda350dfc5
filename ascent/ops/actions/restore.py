"""A store as it was at a moment, beside the one that serves: to look at, to copy back from, to measure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ascent.ops.find import chosen, command
from ascent.ops.kinds import Operation
from ascent.ops.restored.database import RestoredDatabase
from ascent.ops.restored.table import RestoredTable
from ascent.ops.step import Prepared, Step
from common.problems import InputError
from policies.pack.types import DYNAMODB_TABLE, RDS_INSTANCE

if TYPE_CHECKING:
    from ascent.ops.step import Subject

_KINDS: Final = {RDS_INSTANCE: ("postgres", RestoredDatabase), DYNAMODB_TABLE: ("dynamodb", RestoredTable)}
"""Type of a store → the section of its settings, and how it is restored."""


def prepare(subject: Subject) -> Prepared:
    """What a restore does.

    Raises:
        InputError: there is no such store, or no such moment.
    """
    said = command(Operation.RESTORE, subject)
    home = subject.settings.region
    stores = {
        name: kind(subject.aws, found)
        for token, (name, kind) in _KINDS.items()
        for found in subject.deployed.of(token)
        if found.region in ("", home)
    }
    name = chosen(subject.asked.store, stores, "--store", said)
    store, moment = stores[name], _moment(subject.asked.at, said)
    at = f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "its latest moment"
    steps = [
        Step(
            name="look",
            says=f"look how far back {store.name} can be brought",
            do=lambda memory: store.look(memory, moment),
        ),
        Step(
            name="restore",
            says=f"restore {store.name} as of {at}, beside it, under another name",
            do=lambda memory: store.restore(memory, moment),
            until=store.serves,
            served=True,
        ),
        Step(name="compare", says="look whether data is in it", do=store.compare),
    ]
    after = ["copy back what is missing, or point the application at it; then delete it"]
    if subject.asked.discard:
        steps.append(Step(name="discard", says="delete what was restored", do=store.discard, until=store.gone))
        after = []
    return Prepared(operation=Operation.RESTORE, subject=name, steps=tuple(steps), after=tuple(after))


def _moment(text: str, said: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"{said}: --at is {text!r}: must be a moment in UTC; write it as 2026-11-20T03:00:00Z"
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if moment > datetime.now(tz=UTC):
        raise InputError(f"{said}: --at is {text}: is not over yet; write a moment of the past")
    return moment
