"""The health page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from ascent.probe.answer import Said, failed, proven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.probe.subject import Subject

_WANTED: Final = {
    "the database": re.compile(r"database|\bdb\b|postgres|mysql|sql", re.IGNORECASE),
    "the cache": re.compile(r"cache|redis|valkey|memcache", re.IGNORECASE),
    "what is outside": re.compile(r"external|outside|upstream|dependenc|third|service|provider|queue", re.IGNORECASE),
}
_FIX: Final = 'answer {"status": …, "timestamp": …, "database": …, "cache": …, "external": …} with 200'
_OFF: Final = timedelta(minutes=5)


def ask(subject: Subject) -> Said:
    """What the page says: of its parts, and the time."""
    path = subject.about.paths.health
    answer = subject.get(path)
    if answer.status_code != 200:
        return failed(f"{path} answers {answer.status_code}", f"answer 200 on {path} while the process lives")
    try:
        told = answer.json()
    except ValueError:
        return failed(f"{path} answers no JSON", _FIX)
    pairs = list(_pairs(told))
    words = " ".join(key for key, _ in pairs)
    missing = [what for what, sign in _WANTED.items() if not sign.search(words)]
    times = [found for key, value in pairs if (found := _time(key, value))]
    if not times:
        missing.append("the time")
    if missing:
        return failed(f"{path} says nothing of {', '.join(missing)}", _FIX)
    off = min(abs(datetime.now(UTC) - found) for found in times)
    if off > _OFF:
        return failed(f"{path} tells a time that is {off} off", "tell the time of the answer, in UTC")
    if "max-age" in answer.headers.get("Cache-Control", "") and "no-store" not in answer.headers["Cache-Control"]:
        return failed(f"{path} may be kept by caches", "send Cache-Control: no-store with it")
    return proven(f"{path} tells of {', '.join(_WANTED)}, and the time")


def _pairs(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name), None
            yield from _pairs(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            # Lists of parts name them in a field.
            yield from _pairs(inner, key)
    else:
        yield (key if key.lower() not in ("name", "id", "component") else str(value)), value


def _time(key: str, value: Any) -> datetime | None:  # noqa: ANN401 - any JSON value
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and re.search("time|date|now", key, re.IGNORECASE)
    ):
        seconds = value / 1000 if value > 10**11 else value
        return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 10**11 else None
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None
