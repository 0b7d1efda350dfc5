"""A small checklist and the evidence for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ascent.readiness.attestations import Attestation, Attestations
from ascent.readiness.content.ground import Ground
from ascent.readiness.content.repository import Repository
from ascent.readiness.model import AttestationProof, FileProof, Item, Option, Proof
from ascent.readiness.outcomes import Outcome, Outcomes
from ascent.readiness.probes.records import Probes
from ascent.readiness.prove import Grounds
from policies.pack.evaluate import Report, Result
from policies.pack.levels import Level
from policies.pack.verdict import Status, Verdict
from policies.pack.waivers import Waiver
from tests.policies.building import STACK, facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.policies.building import Made

TODAY = date(2026, 11, 21)
RULE, OTHER_RULE = "rds-multi-az", "rds-force-tls"
QUERY = "nat-gateway"
FILE = "docs/plan.md"
TEST = "app/tests/test_health.py::test_health"
PLAN = """# Plan

Last reviewed: 2026-10-01

What we do when a zone of the region is lost, and who does it.

## When the zone fails

Nothing to do: the other zones take over within a minute, and alarms tell of it.

## Steps

### First

1. Look at the dashboard, and wait until all targets are healthy again.

```sh
# Comment
```

## Contacts

TBD

## Last

"""
"""A text that says something, with two sections that do not."""
TESTS = """def test_health():
    assert answer() == 200
"""


def item(number: int = 1, **fields: Any) -> Item:  # noqa: ANN401 - any field of an item
    """An item that counts from mvp on; proof parts may be given directly."""
    proof = {key: fields.pop(key) for key in Proof.model_fields if key in fields}
    given = {
        "title": "A thing is so",
        "area": "area",
        "phase": "foundation",
        "weight": "high",
        "kinds": ["infrastructure"],
        "since": "mvp",
        **fields,
    }
    return Item.model_validate({"number": number, "proof": proof, **given})


def file_proof(**fields: Any) -> FileProof:  # noqa: ANN401 - any field of a file proof
    return FileProof(**{"path": FILE, "kind": "guide", **fields})


def ground(files: Mapping[str, str], *resources: Made) -> Ground:
    """What a file of a project is held against."""
    return Ground(repository=Repository(files), facts=facts(*resources), today=TODAY)


def drill(days: int = 92) -> AttestationProof:
    return AttestationProof(what="rehearse it", days=days)


def option(query: str = QUERY) -> Option:
    return Option(query=query, reason="an option; not chosen")


def result(rule: str, status: Status, *, waived: bool = False, name: str = "it") -> Result:
    """What a rule says of one resource."""
    urn = f"urn:pulumi:{STACK}::shop::aws:rds/instance:Instance::{name}"
    waiver = Waiver(rule=rule, urn=urn, reason="known", owner="team", expires=TODAY) if waived else None
    verdict = Verdict(rule=rule, urn=urn, status=status, found="something", wanted="other", fix="Mend it.")
    return Result(verdict=verdict, level=Level.MANDATORY, waiver=waiver)


def attestation(number: int = 1, expires: str = "2027-01-01", **fields: Any) -> Attestation:  # noqa: ANN401 - any field
    given = {
        "claim": "done",
        "owner": "team",
        "date": "2026-11-01",
        "stacks": [STACK],
        "evidence": "https://wiki.example.com/drill",
        **fields,
    }
    return Attestation.model_validate({"item": number, "expires": expires, **given})


def grounds(
    *resources: Made,
    tier: str = "production",
    results: Sequence[Result] = (),
    files: Mapping[str, str] | None = None,
    outcomes: Mapping[str, Outcome] | None = None,
    attestations: Attestations | None = None,
    probes: Probes | None = None,
) -> Grounds:
    """What is known of a stack."""
    return Grounds(
        facts=facts(*resources, tier=tier),
        report=Report(results=tuple(results)),
        repository=Repository(files or {}),
        outcomes=Outcomes(outcomes or {}),
        attestations=attestations or Attestations(),
        probes=probes or Probes(),
        today=TODAY,
    )
