"""Lists in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.about import Listing
    from ascent.probe.subject import Subject

_HUGE: Final = 10**9
_FEW: Final = 3


class _NoPageError(Exception):
    """An answer that is no page."""


def ask(subject: Subject) -> Said:
    """A page of one entry, the next one, and a page that is too long."""
    listing = subject.about.listing
    if listing is None:
        return not_asked("no list is known", "describe one under listing")
    _fill(subject)
    try:
        first, following = _page(subject, listing, _with(listing.path, {listing.limit: "1"}))
        if len(first) != 1:
            return failed(
                f"{listing.path} has {len(first)} entries where one was asked for",
                f"take the size of a page from {listing.limit}, and have an entry at least",
            )
        if following is None:
            return failed(f"a page of {listing.path} leads to no next one", f"lead to it in the field {listing.next}")
        second, _ = _page(subject, listing, _next(listing, following))
        if not second or second == first:
            return failed("the next page is empty or the same again", f"go on after the last entry by {listing.next}")
        answer = subject.get(_with(listing.path, {listing.limit: str(_HUGE)}), headers=subject.authorization())
        if answer.status_code >= 500:
            return failed(f"a page of {_HUGE} entries: {answer.status_code}", f"bound {listing.limit}")
        if answer.status_code == 200:
            entries, _ = _read(listing, answer.json())
            if len(entries) > listing.most:
                return failed(f"a page holds {len(entries)} entries", f"bound {listing.limit} to {listing.most}")
        for odd in ("-1", "0", "x"):
            status = subject.status(_with(listing.path, {listing.limit: odd}))
            if status >= 500 or not status:
                return failed(f"{listing.limit}={odd}: {status or 'no answer'}", "answer 4xx to what is no size")
    except _NoPageError as wrong:
        return failed(str(wrong), f"answer an object with {listing.entries} and {listing.next}")
    return proven(f"{listing.path}: pages of one lead from one to the next; none may be longer than {listing.most}")


def _fill(subject: Subject) -> None:
    """Store a few entries, so that there is more than a page."""
    if subject.about.write:
        for number in range(_FEW):
            subject.send(subject.about.write, f"probe {number}")


def _page(subject: Subject, listing: Listing, path: str) -> tuple[list[Any], Any]:
    answer = subject.get(path, headers=subject.authorization())
    if answer.status_code != 200:
        raise _NoPageError(f"{path} answers {answer.status_code}")
    try:
        return _read(listing, answer.json())
    except ValueError:
        raise _NoPageError(f"{path} answers no JSON") from None


def _read(listing: Listing, told: Any) -> tuple[list[Any], Any]:  # noqa: ANN401 - any JSON value
    entries = told.get(listing.entries) if isinstance(told, dict) else None
    if not isinstance(entries, list):
        raise _NoPageError(f"{listing.path} answers no object with a list as {listing.entries}")
    return entries, told.get(listing.next)


def _next(listing: Listing, following: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(following, str) and following.startswith(("/", "http://", "https://")):
        parts = urlsplit(following)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return _with(listing.path, {listing.limit: "1", listing.cursor: str(following)})


def _with(path: str, parameters: dict[str, str]) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(parameters)}"
