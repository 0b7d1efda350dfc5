"""A cache that is dead or hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.about import Request
from ascent.probe.answer import Said, not_asked
from ascent.probe.faults import survives

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_GOOD: Final = frozenset({200, 201, 202, 204, 304})


def ask(subject: Subject) -> Said:
    """Answers that come all the same, from the database."""
    about = subject.about
    asked = [about.search] if about.search else []
    if about.listing:
        asked.append(Request(path=about.listing.path))
    if subject.cache is None or not asked:
        return not_asked(
            "no proxy stands before its cache" if asked else "no request is known that uses the cache",
            "probe with --command or --image, and describe the cache, and listing or search",
        )
    return survives(subject, subject.cache, "the cache", tuple(asked), _GOOD)
