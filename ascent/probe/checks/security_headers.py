"""Headers that protect a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ascent.probe.answer import Said, failed, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_YEAR: Final = 31_536_000
_UNSAFE: Final = re.compile(r"'unsafe-inline'|'unsafe-eval'|(?<![\w.:/-])\*(?![\w.])|\bdata:|\bhttp:(?!/)")
_VERSION: Final = re.compile(r"\d+\.\d+")


def ask(subject: Subject) -> Said:
    """The headers of a page, of the health page, and of an answer to a path that is not there."""
    paths = (subject.about.paths.page, subject.about.paths.health, "/no-such-page-qzxjv")
    for path in paths:
        answer = subject.get(path)
        missing = [what for what, holds in _WANTED.items() if not holds(answer.headers)]
        if missing:
            return failed(f"{path} ({answer.status_code}) lacks {'; '.join(missing)}", "send them with every answer")
        for name in ("Server", "X-Powered-By", "X-AspNet-Version"):
            if _VERSION.search(answer.headers.get(name, "")):
                return failed(f"{path} says {name}: {answer.headers[name]}", f"send {name} without a version, or not")
    return proven(f"{', '.join(paths)} carry {', '.join(_WANTED)}")


def _hsts(headers: Any) -> bool:  # noqa: ANN401 - httpx.Headers
    age = re.search(r"max-age\s*=\s*\"?(\d+)", headers.get("Strict-Transport-Security", ""))
    return bool(age) and int(age[1]) >= _YEAR


def _policy(headers: Any) -> dict[str, str]:  # noqa: ANN401 - httpx.Headers
    parts = (part.split(None, 1) for part in headers.get("Content-Security-Policy", "").split(";"))
    return {part[0].lower(): part[1] if len(part) > 1 else "" for part in parts if part}


def _csp(headers: Any) -> bool:  # noqa: ANN401 - httpx.Headers
    policy = _policy(headers)
    script = policy.get("script-src", policy.get("default-src"))
    return script is not None and not _UNSAFE.search(script)


def _framed(headers: Any) -> bool:  # noqa: ANN401 - httpx.Headers
    ancestors = _policy(headers).get("frame-ancestors")
    return headers.get("X-Frame-Options", "").upper() in ("DENY", "SAMEORIGIN") or (
        ancestors is not None and "*" not in ancestors.split()
    )


_WANTED: Final = {
    "Strict-Transport-Security of a year": _hsts,
    "X-Content-Type-Options: nosniff": lambda h: h.get("X-Content-Type-Options", "").lower() == "nosniff",
    "a Content-Security-Policy without inline scripts": _csp,
    "X-Frame-Options or frame-ancestors": _framed,
    "a Referrer-Policy": lambda h: h.get("Referrer-Policy", "unsafe-url").lower() not in ("unsafe-url", ""),
}
