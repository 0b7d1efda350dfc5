"""What exists in the stand-in's AWS: objects with their inputs and outputs, apart from Pulumi's state.

One SQLite file per sandbox, because the engine runs a provider process per provider, several at a time, and because
tests kill them: what AWS has accepted stays.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (kind TEXT, id TEXT, urn TEXT, data TEXT, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS counts (what TEXT PRIMARY KEY, times INTEGER);
CREATE TABLE IF NOT EXISTS taken (kind TEXT, id TEXT, was TEXT, now TEXT);
"""
PATIENCE_S = 60


@dataclass(frozen=True)
class Thing:
    """One object that exists.

    Attributes:
        kind: its type token.
        id: AWS's identifier.
        urn: the logical resource that made it last.
        inputs: what was asked for, in plain form.
        outputs: what AWS added.
        pending: changes that AWS has accepted and makes later, in the next maintenance window.
        updates: how often it was updated.
    """

    kind: str
    id: str
    urn: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    pending: Mapping[str, Any] = field(default_factory=dict)
    updates: int = 0

    @property
    def name(self) -> str:
        """Its logical name."""
        return self.urn.rpartition("::")[2]

    @property
    def region(self) -> str:
        """Where it is."""
        return self.outputs.get("region", "")

    @property
    def whole(self) -> dict[str, Any]:
        """Everything that AWS would say of it."""
        return {**self.outputs, **self.inputs}

    def goes_by(self, reference: str) -> bool:
        """Whether `reference`, found in another object's inputs, means this one."""
        return reference in (self.id, self.outputs.get("arn"), self.outputs.get("name"))


class Memory:
    """All objects of one sandbox."""

    def __init__(self, file: Path | str) -> None:
        self.file = str(file)
        with self.open() as db:
            db.executescript(SCHEMA)

    @contextmanager
    def open(self) -> Generator[sqlite3.Connection]:
        """A transaction that nobody else writes in."""
        db = sqlite3.connect(self.file, timeout=PATIENCE_S, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous=OFF")
            db.execute("BEGIN IMMEDIATE")
            yield db
            if db.in_transaction:
                db.execute("COMMIT")
        finally:
            db.close()

    def all(self, kind: str = "", db: sqlite3.Connection | None = None) -> list[Thing]:
        """What exists, of one type or of all."""
        if db is None:
            with self.open() as own:
                return self.all(kind, own)
        where, values = ("WHERE kind = ?", (kind,)) if kind else ("", ())
        rows = db.execute(f"SELECT kind, id, urn, data FROM objects {where} ORDER BY rowid", values)
        return [Thing(row[0], row[1], row[2], **json.loads(row[3])) for row in rows]

    def find(self, kind: str, id_: str, db: sqlite3.Connection | None = None) -> Thing | None:
        """The object with this identifier, if there is one."""
        return next((thing for thing in self.all(kind, db) if thing.id == id_), None)

    def put(self, thing: Thing, db: sqlite3.Connection | None = None) -> None:
        """Keep `thing`, in the place of one with its identifier."""
        if db is None:
            with self.open() as own:
                return self.put(thing, own)
        before = self.find(thing.kind, thing.id, db)
        if before and before.urn != thing.urn:
            db.execute("INSERT INTO taken VALUES (?, ?, ?, ?)", (thing.kind, thing.id, before.urn, thing.urn))
        data = {key: getattr(thing, key) for key in ("inputs", "outputs", "pending", "updates")}
        row = (thing.kind, thing.id, thing.urn, json.dumps(data))
        db.execute("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?)", row)
        return None

    def drop(self, kind: str, id_: str, db: sqlite3.Connection | None = None) -> None:
        """Forget an object; nothing happens if there is none."""
        if db is None:
            with self.open() as own:
                return self.drop(kind, id_, own)
        db.execute("DELETE FROM objects WHERE kind = ? AND id = ?", (kind, id_))
        return None

    def count(self, what: str, db: sqlite3.Connection | None = None) -> int:
        """How often this was asked before; asks once more."""
        if db is None:
            with self.open() as own:
                return self.count(what, own)
        row = db.execute("SELECT times FROM counts WHERE what = ?", (what,)).fetchone()
        times = row[0] if row else 0
        db.execute("INSERT OR REPLACE INTO counts VALUES (?, ?)", (what, times + 1))
        return times

    def taken(self) -> list[tuple[str, str, str, str]]:
        """Objects that one logical resource took from another: type, identifier, the old and the new URN."""
        with self.open() as db:
            return [tuple(row) for row in db.execute("SELECT kind, id, was, now FROM taken")]

    def drift(self, thing: Thing, **inputs: Any) -> None:  # noqa: ANN401 - any input
        """Change an object behind Pulumi's back, as somebody in the console would."""
        self.put(replace(thing, inputs={**thing.inputs, **inputs}))
