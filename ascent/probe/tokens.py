"""JSON Web Tokens, good and bad."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.probe.about import About, Token

_OTHER: Final = "another-key-that-is-long-enough-but-is-not-the-right-one-0123456789abcdef"


def good(about: About) -> str:
    """A token that must be accepted.

    Args:
        about: with `token`.
    """
    return _signed(_token(about), about, _times(300))


def bad(about: About) -> Iterator[tuple[str, str]]:
    """Tokens that must be refused, each with what is wrong with it.

    Args:
        about: with `token`.
    """
    token, right = _token(about), _claims(_token(about), _times(300))
    head, body, mark = good(about).split(".")
    yield "unsigned (alg none)", f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(right)}."
    yield "unsigned (alg NoNe)", f"{_part({'alg': 'NoNe', 'typ': 'JWT'})}.{_part(right)}."
    yield "without its signature", f"{head}.{body}."
    yield "expired an hour ago", _signed(token, about, _times(-3600))
    yield "signed with another key", _signed(token, about, _times(300), _OTHER)
    yield "signed with an empty key", _hmac(token, right, b"")
    yield "altered after it was signed", f"{head}.{_part({**right, 'admin': True, 'exp': right['exp'] + 1})}.{mark}"
    yield "not yet valid", _signed(token, about, {**_times(7200), "nbf": int(time.time()) + 3600})
    yield "no token", "nonsense"


def _token(about: About) -> Token:
    if about.token is None:
        raise ValueError("tokens are not described")
    return about.token


def _times(seconds: int) -> dict[str, int]:
    now = int(time.time())
    return {"iat": min(now, now + seconds), "nbf": min(now, now + seconds), "exp": now + seconds}


def _claims(token: Token, times: dict[str, int]) -> dict[str, Any]:
    return {**token.claims, **times}


def _signed(token: Token, about: About, times: dict[str, int], key: str | None = None) -> str:
    import jwt

    return jwt.encode(_claims(token, times), key or about.environment[token.secret], algorithm=token.algorithm)


def _hmac(token: Token, claims: dict[str, Any], key: bytes) -> str:
    import hashlib
    import hmac

    text = f"{_part({'alg': token.algorithm, 'typ': 'JWT'})}.{_part(claims)}"
    mark = hmac.new(key, text.encode(), getattr(hashlib, f"sha{token.algorithm[2:]}")).digest()
    return f"{text}.{_encoded(mark)}"


def _part(value: dict[str, Any]) -> str:
    return _encoded(json.dumps(value).encode())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
