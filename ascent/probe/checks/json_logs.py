"""Lines of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.probe.answer import Said, failed, proven
from ascent.probe.logs import UNSEEN, lines_after, objects

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_FIELDS: Final = {
    "a level": ("level", "levelname", "severity", "log.level"),
    "a time": ("timestamp", "time", "ts", "@timestamp", "datetime", "date"),
    "a message": ("message", "msg", "event"),
}
_METRIC: Final = "_aws"
"""Marks a line as a metric in CloudWatch's embedded format."""
_FIX: Final = "log a JSON object a line, with level, timestamp and message, from the first line on"


def ask(subject: Subject) -> Said:
    """Every line since the start, and those of a few requests."""
    running = subject.running
    if running is None:
        return UNSEEN
    lines_after(subject, lambda: [subject.get(path) for path in (subject.about.paths.page, "/no-such-page-qzxjv")])
    lines = [line for line in (*running.out, *running.err) if line.strip()]
    if not [line for line in running.out if line.strip()]:
        return failed("it writes nothing to standard output", "log to standard output; the platform collects it")
    plain = [line for line in lines if not objects([line])]
    if plain:
        return failed(f"{len(plain)} of {len(lines)} lines are no JSON: {plain[0][:120]}", _FIX)
    for found in objects(lines):
        missing = [what for what, names in _FIELDS.items() if _METRIC not in found and not _has(found, names)]
        if missing:
            return failed(f"a line lacks {', '.join(missing)}: {str(found)[:160]}", _FIX)
    return proven(f"{len(lines)} lines, each a JSON object with {', '.join(_FIELDS)}")


def _has(found: dict[str, Any], names: tuple[str, ...]) -> bool:
    return any(name in found for name in names)
