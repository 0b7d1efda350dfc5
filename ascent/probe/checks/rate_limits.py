"""Limits for callers."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_FIX: Final = "answer 429 with Retry-After to whoever asks too often"
_TOO_MANY: Final = 429


def ask(subject: Subject) -> Said:
    """A request again and again, until it is limited; then whether others still are served."""
    about = subject.about
    if about.limited is None:
        return not_asked("no request is known that is limited", "describe one under limited, and limit")
    for number in range(1, about.limit + 1):
        answer = subject.send(about.limited, f"probe{number}")
        if answer.status_code >= 500:
            return failed(f"request {number} to {about.limited.path} answers {answer.status_code}", _FIX)
        if answer.status_code == _TOO_MANY:
            after = answer.headers.get("Retry-After", "")
            if not _is_a_time(after):
                return failed(f"{about.limited.path} answers 429 with Retry-After {after or 'missing'}", _FIX)
            alive = subject.status(about.paths.health)
            if alive != 200:
                return failed(f"{about.paths.health} is limited too: {alive}", "never limit the health page")
            return proven(f"request {number} to {about.limited.path} answers 429, Retry-After {after}")
    return failed(f"{about.limit} requests to {about.limited.path} are not limited", _FIX)


def _is_a_time(text: str) -> bool:
    if text.isdigit():
        return int(text) > 0
    try:
        return bool(parsedate_to_datetime(text))
    except (TypeError, ValueError):
        return False
