"""A database that is dead or hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.about import Request
from ascent.probe.answer import Said, not_asked
from ascent.probe.faults import survives

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_GOOD: Final = frozenset({200, 201, 202, 204, 304, 503, 504})


def ask(subject: Subject) -> Said:
    """Answers that come in time and own up to it."""
    about = subject.about
    asked = [one for one in (about.search, about.provoke) if one]
    if about.listing:
        asked.append(Request(path=about.listing.path))
    if subject.database is None or not asked:
        return not_asked(
            "no proxy stands before its database" if asked else "no request is known that needs the database",
            "probe with --command or --image, and describe the database, and listing, search or provoke",
        )
    return survives(subject, subject.database, "the database", tuple(asked), _GOOD)
