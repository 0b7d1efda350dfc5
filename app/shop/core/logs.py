"""The log: a JSON object a line, to standard output, with secrets and personal data masked."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from opentelemetry import trace

from shop.core.context import current

MASK = "***"
_SECRET = re.compile(r"pass|secret|token|authorization|cookie|api.?key|dsn|email|phone|card|iban", re.IGNORECASE)
_PATTERNS = (
    re.compile(r"eyJ[\w-]{5,}\.[\w-]+\.?[\w-]*"),
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"(?<!\d)(?:\d[ -]?){13,18}\d(?!\d)"),
    re.compile(r"(?<=://)[^/@\s:]*:[^/@\s]+(?=@)"),
    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    re.compile(r"(?i)(?<=bearer )\S+"),
    re.compile(r"shop_[A-Za-z0-9_-]{20,}"),
)
_OWN = frozenset(vars(logging.makeLogRecord({})))


def masked(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any JSON value
    """A value without secrets and personal data.

    Args:
        value: what is to be logged.
        key: its name.
    """
    if value and _SECRET.search(key):
        return MASK
    if isinstance(value, dict):
        return {name: masked(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(inner, key) for inner in value]
    if isinstance(value, str):
        for pattern in _PATTERNS:
            value = pattern.sub(MASK, value)
    return value


class JsonFormatter(logging.Formatter):
    """Writes a record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "message": masked(record.getMessage()),
            "logger": record.name,
        }
        if request := current.get():
            line |= {"request_id": request.request_id, "correlation_id": request.correlation_id}
            if request.account:
                line["account"] = request.account
        span = trace.get_current_span().get_span_context()
        if span.is_valid:
            line["trace_id"] = trace.format_trace_id(span.trace_id)
        line |= masked({key: value for key, value in vars(record).items() if key not in _OWN and key != "taskName"})
        if record.exc_info and record.exc_info[0]:
            # Where, and of what kind: what an exception says may hold values of a query.
            line["error"] = record.exc_info[0].__name__
            line["stack"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])][
                -12:
            ]
        return json.dumps(line, default=str, ensure_ascii=False)


def set_up(level: str = "INFO") -> None:
    """Send everything to standard output as JSON; also what libraries log."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "alembic"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    # Requests are logged by our own middleware, with their ids.
    logging.getLogger("uvicorn.access").disabled = True
    for name in ("httpx", "botocore", "boto3", "urllib3", "opentelemetry", "sqlalchemy.pool"):
        logging.getLogger(name).setLevel(logging.WARNING)
