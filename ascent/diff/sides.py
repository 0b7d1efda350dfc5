"""One side of a change: a stack with what is found of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascent.cost.pricing import priced
from ascent.verdicts.judge import WAIVERS
from common.problems import InputError
from policies.pack.registry import RULES
from policies.pack.waivers import WaiverBook
from policies.pack.waivers.file import load_waivers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from ascent.cost.book.prices import PriceBook
    from ascent.cost.costing import Costing
    from ascent.readiness.assess import Readiness
    from ascent.readiness.sources import Sources
    from ascent.subjects.subject import Subject
    from ascent.verdicts.judged import Judged
    from policies.pack.facts import StackFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A stack on one side.

    Attributes:
        subject: the stack.
        judged: what the rules say of it, with the waivers of its own side.
        readiness: how ready it is, by the files of its own side.
        costing: what it costs in a month; None where there are no prices for its region.
    """

    subject: Subject
    judged: Judged
    readiness: Readiness
    costing: Costing | None


def side_of(
    subject: Subject, waivers: WaiverBook, sources: Sources, book: PriceBook, others: Iterable[StackFacts] = ()
) -> Side:
    """Judge, assess and price a stack.

    Args:
        subject: the stack.
        waivers: those of its side, from `waivers_in`.
        sources: what readiness rests on, of its side.
        book: the prices.
        others: other stacks of its project, on its side.

    Raises:
        InputError: its usage file is wrong.
    """
    judged = subject.judged(waivers)
    readiness = sources.assess(judged.facts, judged.report, plan=subject.plan, others=others)
    costing = priced(subject.plan, book, subject.directory) if subject.plan.region in book.regions else None
    return Side(subject=subject, judged=judged, readiness=readiness, costing=costing)


def waivers_in(directory: Path | None, day: date) -> WaiverBook:
    """The waivers of a project; an expired one excuses nothing, and does not keep a change from being looked at.

    Args:
        directory: where Pulumi.yaml is; None for no waivers.
        day: day on which a waiver must not have expired.

    Raises:
        InputError: an entry is malformed or for no rule; a line for each.
    """
    if directory is None:
        return WaiverBook(today=day)
    book = load_waivers(directory / WAIVERS, today=day, rules=RULES)
    if book.problems:
        raise InputError("\n".join(book.problems))
    return book
