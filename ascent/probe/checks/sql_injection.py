"""Injected SQL."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_NOTHING: Final = "qzxjvkprobe"
"""What nobody stores."""
_TEXTS: Final = (
    "'",
    '"',
    "\\",
    f"{_NOTHING}' OR '1'='1",
    f"{_NOTHING}' OR 1=1 -- ",
    f"{_NOTHING}%' OR '1'='1' -- ",
    f'{_NOTHING}" OR "1"="1',
    f"{_NOTHING}') OR ('1'='1",
    f"{_NOTHING}' UNION SELECT NULL -- ",
    f"{_NOTHING}'; SELECT pg_sleep(4) -- ",
    f"{_NOTHING}' || pg_sleep(4) || '",
    "1; SELECT 1",
    "%00",
    "\x00",
)
_SIGNS: Final = re.compile(
    r"syntax error at|SQLSTATE|psycopg|sqlite3\.|OperationalError|ProgrammingError|ORA-\d{5}|unterminated quoted|"
    r"You have an error in your SQL",
    re.IGNORECASE,
)
_SLOW: Final = 3.5
_FIX: Final = "give values to the database as parameters, never as part of the text of a query"


def ask(subject: Subject) -> Said:
    """Searches for what would change a query that is put together from text."""
    search = subject.about.search
    if search is None:
        return not_asked("no search is known", "describe one under search, with {text} in its path")
    if subject.about.write:
        subject.send(subject.about.write, "probe")
    none = _entries(subject.send(search, _NOTHING))
    for text in _TEXTS:
        begun = time.monotonic()
        answer = subject.send(search, text)
        taken = time.monotonic() - begun
        if answer.status_code >= 500:
            return failed(f"a search for {text!r} answers {answer.status_code}", _FIX)
        if _SIGNS.search(answer.text):
            return failed(f"a search for {text!r} shows an error of the database", _FIX)
        if taken > _SLOW:
            return failed(f"a search for {text!r} took {taken:.1f} s: the database slept", _FIX)
        if _NOTHING in text and answer.status_code == 200 and _entries(answer) > none:
            return failed(f"a search for {text!r} finds more than a search for {_NOTHING}", _FIX)
    return proven(f"{len(_TEXTS)} injections into {search.path} change nothing and show no error")


def _entries(answer: Any) -> int:  # noqa: ANN401 - a response
    """How many things an answer holds."""
    try:
        return _count(answer.json())
    except ValueError:
        return len(answer.text)


def _count(value: Any) -> int:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return sum(_count(inner) for inner in value.values() if isinstance(inner, dict | list))
    return len(value) if isinstance(value, list) else 0
