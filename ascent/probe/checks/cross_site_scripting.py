"""Scripts in input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.probe.about import Request
from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_SCRIPTS: Final = (
    "<script>alert('qzxjv')</script>",
    "<img src=x onerror=alert('qzxjv')>",
    "\"><svg/onload=alert('qzxjv')>",
)
_FIX: Final = "escape what is shown; answer JSON as application/json with X-Content-Type-Options: nosniff"


def ask(subject: Subject) -> Said:
    """Scripts that are stored, searched for, and asked for as a path: none may come back as part of a page."""
    about = subject.about
    known = [one for one in (about.write, about.search) if one]
    if not known:
        return not_asked("no request is known that takes text", "describe write or search, with {text} in them")
    for script in _SCRIPTS:
        asked = [(one, subject.send(one, script)) for one in known]
        shown = [Request(path=about.listing.path)] if about.listing else []
        shown += [Request(path=about.paths.page), Request(path="/{text}")]
        asked += [(one, subject.send(one, script)) for one in shown]
        for request, answer in asked:
            wrong = _wrong(answer, script)
            if wrong:
                return failed(f"{request.method} {request.path}: {wrong}", _FIX)
            if answer.status_code >= 500:
                return failed(f"{request.method} {request.path} answers {answer.status_code} to {script}", _FIX)
    return proven(f"{len(_SCRIPTS)} scripts in {', '.join(r.path for r in known)} come back as data only")


def _wrong(answer: Any, script: str) -> str:  # noqa: ANN401 - a response
    if script not in answer.text and script.replace('"', '\\"') not in answer.text:
        return ""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml", "image/svg+xml", ""):
        return f"{script} comes back in {kind or 'an answer without a type'}"
    if answer.headers.get("X-Content-Type-Options", "").lower() != "nosniff":
        return f"{script} comes back in {kind} without nosniff"
    return ""
