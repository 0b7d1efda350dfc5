"""Ids of requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from ascent.probe.answer import Said, failed, not_asked, proven
from ascent.probe.logs import lines_after

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_REQUEST, _CORRELATION = "X-Request-ID", "X-Correlation-ID"
_ODD: Final = "x" * 5000


def ask(subject: Subject) -> Said:
    """Ids that are given, made up where none is, and not taken over where they are odd."""
    path = subject.about.paths.page
    request, correlation = uuid4().hex, uuid4().hex
    answers = []
    lines = lines_after(
        subject,
        lambda: answers.append(subject.get(path, headers={_REQUEST: request, _CORRELATION: correlation})),
        correlation,
    )
    answer = answers[0]
    own = answer.headers.get(_REQUEST, "")
    if not own:
        return failed(f"{path} answers without {_REQUEST}", f"answer with the request's id as {_REQUEST}")
    if answer.headers.get(_CORRELATION) != correlation:
        return failed(f"{path} does not answer with the {_CORRELATION} that it got", f"hand {_CORRELATION} back")
    made = [subject.get(path).headers.get(_REQUEST, "") for _ in range(2)]
    if not all(made) or made[0] == made[1]:
        return failed(f"requests without {_REQUEST} share one or get none", "make an id up where none is given")
    odd = subject.get(path, headers={_REQUEST: _ODD, _CORRELATION: _ODD})
    if _ODD in odd.headers.values():
        return failed(f"an id of {len(_ODD)} characters is taken over", "take over ids of up to 128 plain characters")
    if subject.running is None:
        return not_asked("answers carry ids; the log cannot be seen", "probe with --command or --image")
    if not any(own in line for line in lines) or not any(correlation in line for line in lines):
        return failed("the log lines of a request do not carry its ids", "put both ids into every line of a request")
    return proven(f"{_REQUEST} and {_CORRELATION} go into the log and the answer; odd ones are replaced")
