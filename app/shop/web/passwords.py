"""Passwords: kept as a hash that is slow to guess."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

_COST = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}


def hashed(password: str) -> str:
    """The hash to keep.

    Args:
        password: in plain.
    """
    salt = secrets.token_bytes(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, **_COST)
    return f"scrypt${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one of a hash.

    Args:
        password: in plain.
        kept: from `hashed`.
    """
    _, salt, digest = kept.split("$")
    found = hashlib.scrypt(password.encode(), salt=base64.b64decode(salt), **_COST)
    return hmac.compare_digest(found, base64.b64decode(digest))
