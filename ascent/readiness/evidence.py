"""Evidence: one thing that speaks for an item or against it."""

from __future__ import annotations

from dataclasses import dataclass

from ascent.readiness.model import Status


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one proof found.

    Attributes:
        kind: `rule`, `query`, `file`, `test`, `probe`, `attestation`, `record` of an operation, or `missing` for a
            proof that does not exist yet.
        id: what was asked: the rule's or query's id, the file's path, the test's id, who attested.
        status: what it says; never `NOT_APPLICABLE`.
        found: one line for people.
        urns: resources that it is about.
        files: paths that it is about.
    """

    kind: str
    id: str
    status: Status
    found: str
    urns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
