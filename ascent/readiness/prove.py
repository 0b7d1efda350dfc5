"""From an item and what is known of a stack to evidence and a status."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ascent.ops.record import DIRECTORY, Outcome
from ascent.readiness import documents, outcomes
from ascent.readiness.attestations import Attestations
from ascent.readiness.content.ground import Ground
from ascent.readiness.evidence import Evidence
from ascent.readiness.model import AttestationProof, Item, Status
from ascent.readiness.probes.prove import prove as prove_by_probe
from ascent.readiness.probes.records import Probes
from ascent.readiness.project import QUESTIONS, Project
from ascent.readiness.queries import QUERIES
from policies.pack.levels import Level
from policies.pack.verdict import Status as Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ascent.cost.costing import Costing
    from ascent.ops.record import OperationRecord
    from ascent.plan.model import Plan
    from ascent.readiness.content.repository import Repository
    from ascent.readiness.outcomes import Outcomes
    from ascent.readiness.query import Answer
    from policies.pack.evaluate import Report, Result
    from policies.pack.facts import StackFacts

NOTHING_SPEAKS: Final = "nothing in the plan or the repository speaks for it"
"""What is said of an item none of whose proofs has anything to say."""

NOT_AT_HAND: Final = "the project's files are not at hand, only what the engine says of it"
"""What is said of proofs in files that cannot be looked at."""

_WORST_FIRST: Final = (Status.UNMET, Status.UNKNOWN, Status.WAIVED)
_AGAINST: Final = (Status.UNMET, Status.WAIVED)
_OF_VERDICTS: Final = {
    Verdict.PASS: Status.MET,
    Verdict.FAIL: Status.UNMET,
    Verdict.ERROR: Status.UNMET,
    Verdict.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """An item with what was found of it.

    Attributes:
        item: the item.
        status: what can be said of it.
        reason: why it does not apply; empty for one that does.
        evidence: what speaks for and against it, in the order of its proofs.
    """

    item: Item
    status: Status
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is part of the score."""
        return self.status is not Status.NOT_APPLICABLE

    @property
    def against(self) -> Evidence | None:
        """The evidence that decides against it; None for an item that is met or does not apply."""
        return next((e for e in self.evidence if e.status is self.status and e.status is not Status.MET), None)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """All that proofs may rest on.

    Attributes:
        facts: the stack, as rules see it.
        report: what the rules say of it.
        repository: the project's files.
        outcomes: results of tests.
        attestations: what people vouch for.
        probes: records of probes.
        today: the day from which ages count.
        others: the project's other stacks, as far as they were planned.
        costing: what the stack costs; None where that was not asked.
        plan: the stack as a plan; None where there is none.
        records: what operations on the project's stacks left behind, the latest first.
    """

    facts: StackFacts
    report: Report
    repository: Repository
    outcomes: Outcomes
    attestations: Attestations
    today: date
    others: tuple[StackFacts, ...] = ()
    probes: Probes = field(default_factory=Probes)
    costing: Costing | None = None
    plan: Plan | None = None
    records: tuple[OperationRecord, ...] = ()

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Result, ...]]:
        """The rules' results by rule; one that judged nothing is not in here."""
        return self.report.by_rule()

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """Answers to the queries that were asked; each is asked once."""
        return {}

    def answer(self, query: str) -> Answer:
        """What the plan answers to a query."""
        if query not in self.answers:
            self.answers[query] = QUERIES[query].ask(self.facts)
        return self.answers[query]

    @cached_property
    def ground(self) -> Ground:
        """What files are held against."""
        return Ground(repository=self.repository, facts=self.facts, today=self.today)

    @cached_property
    def project(self) -> Project:
        """The stack among the others of its project."""
        return Project(
            facts=self.facts,
            others=self.others,
            repository=self.repository,
            costing=self.costing,
            plan=self.plan,
        )


def judge(item: Item, grounds: Grounds) -> JudgedItem:
    """What can be said of an item.

    Args:
        item: an item whose rules and queries exist.
        grounds: what its proofs may rest on.
    """
    reason = _not_applicable(item, grounds)
    if reason:
        return JudgedItem(item, Status.NOT_APPLICABLE, reason)
    evidence = tuple(_evidence(item, grounds))
    if not evidence:
        evidence = (Evidence("missing", "", Status.UNMET, NOTHING_SPEAKS),)
    found = {e.status for e in evidence}
    status = next((s for s in _WORST_FIRST if s in found), Status.MET)
    return JudgedItem(item, status, evidence=evidence)


def _not_applicable(item: Item, grounds: Grounds) -> str:
    """Why an item does not count; empty for one that does."""
    tier = grounds.facts.tier
    if not item.counts_at(tier):
        span = f"from {item.since} on" if item.until == "enterprise" else f"at {item.since} to {item.until}"
        return f"asked {span}; this stack is {tier}"
    option = item.option
    if option is None or grounds.answer(option.query).status is not Status.UNMET:
        return ""
    if option.instead and grounds.answer(option.instead).status is Status.UNMET:
        return ""
    # What a rule finds fault with is there, whatever else has gone.
    if any(_of_results(rule, grounds.by_rule[rule]).status in _AGAINST for rule in _speaking(item, grounds)):
        return ""
    return option.reason


def _speaking(item: Item, grounds: Grounds) -> Iterator[str]:
    return (rule for rule in item.proof.rules if rule in grounds.by_rule)


def broken_rules(report: Report) -> tuple[str, ...]:
    """Ids of the mandatory rules that something breaks, waived or not: a waiver lets deploy, and mends nothing."""
    bad = (Verdict.FAIL, Verdict.ERROR)
    return tuple(
        dict.fromkeys(r.verdict.rule for r in report.results if r.level is Level.MANDATORY and r.verdict.status in bad)
    )


def _evidence(item: Item, grounds: Grounds) -> Iterator[Evidence]:
    proof = item.proof
    for rule in _speaking(item, grounds):
        yield _of_results(rule, grounds.by_rule[rule])
    for query in proof.queries:
        answer = grounds.answer(query)
        yield Evidence("query", query, answer.status, answer.found, urns=answer.urns)
    for question in proof.project:
        said = QUESTIONS[question].ask(grounds.project)
        yield Evidence("query", question, said.status, said.found, urns=said.urns)
    yield from _out_of_sight(item) if grounds.repository.absent else _of_files(item, grounds)
    if proof.missing:
        yield Evidence("missing", "", Status.UNMET, f"no proof of it exists yet: {proof.missing}")


def _of_files(item: Item, grounds: Grounds) -> Iterator[Evidence]:
    """What a project's files say of an item."""
    proof = item.proof
    for file in proof.files:
        yield documents.prove(file, grounds.ground)
    for test in proof.tests:
        yield outcomes.prove(test, grounds.outcomes, grounds.repository)
    for check in proof.probe:
        yield prove_by_probe(check, grounds.facts, grounds.probes, grounds.today)
    if proof.attestation:
        yield _done(proof.attestation, grounds) or _attested(item.number, proof.attestation.what, grounds)


def _out_of_sight(item: Item) -> Iterator[Evidence]:
    """What is said of the proofs of an item that stand in files of a project that is not at hand."""
    kinds = {"file": item.proof.files, "test": item.proof.tests, "attestation": item.proof.attestation}
    for kind in (kind for kind, asked in kinds.items() if asked):
        yield Evidence(kind, "", Status.UNKNOWN, NOT_AT_HAND)


def _of_results(rule: str, results: Sequence[Result]) -> Evidence:
    """A rule's results as one piece of evidence: the worst, with the resources that it is about."""
    statuses = [(Status.WAIVED if r.waiver else _OF_VERDICTS[r.verdict.status], r) for r in results]
    status = next((s for s in _WORST_FIRST if any(s is found for found, _ in statuses)), Status.MET)
    same = [r for found, r in statuses if found is status]
    if status is Status.MET:
        said = f"{len(same)} of {len(same)} pass"
    else:
        said = same[0].message + (f" (and {len(same) - 1} more)" if len(same) > 1 else "")
    return Evidence("rule", rule, status, said, urns=tuple(dict.fromkeys(r.verdict.urn for r in same)))


def _done(proof: AttestationProof, grounds: Grounds) -> Evidence | None:
    """The last operation that shows what is to be attested; None where there is none that is recent enough."""
    stack = grounds.facts.stack
    for record in grounds.records:
        if record.operation not in proof.operations or record.stack != stack or record.outcome is not Outcome.DONE:
            continue
        age = (grounds.today - record.started.date()).days
        if not 0 <= age <= proof.days:
            continue
        measured = [
            f"{name} {minutes:g} minutes"
            for name, minutes in (("RTO", record.measured_rto_minutes), ("RPO", record.measured_rpo_minutes))
            if minutes is not None
        ]
        took = ", ".join([f"{record.minutes():g} minutes", *measured])
        said = f"{record.operation} of {record.subject} on {record.started.date()}, holds for {proof.days} days: {took}"
        return Evidence("record", record.who, Status.MET, said, files=(f"{DIRECTORY}/{record.name}",))
    return None


def _attested(number: int, what: str, grounds: Grounds) -> Evidence:
    """The attestation of an item for this stack, the latest one first."""
    stack = grounds.facts.stack
    for entry in grounds.attestations.in_force:
        if entry.item == number and entry.concerns(stack):
            files = () if entry.is_elsewhere else (entry.evidence,)
            looked = f"; {entry.evidence} was not looked at" if entry.is_elsewhere else ""
            said = f"{entry.claim} ({entry.day}, holds until {entry.expires}){looked}"
            return Evidence("attestation", entry.owner, Status.MET, said, files=files)
    for entry in grounds.attestations.expired:
        if entry.item == number and entry.concerns(stack):
            said = f"the attestation of {entry.day} expired on {entry.expires}: {what}"
            return Evidence("attestation", entry.owner, Status.UNMET, said)
    return Evidence("attestation", "", Status.UNMET, f"nobody attests it: {what}")
