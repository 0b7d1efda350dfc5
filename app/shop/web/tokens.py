"""JSON Web Tokens: signed with one secret, accepted from the previous one too."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import jwt

if TYPE_CHECKING:
    from shop.core.settings import Settings

ALGORITHM, ISSUER, SECONDS = "HS256", "shop", 900


def issue(settings: Settings, account: int) -> str:
    """A token for a quarter of an hour.

    Args:
        settings: with the secret.
        account: who it is for.
    """
    now = int(time.time())
    claims = {"sub": str(account), "iss": ISSUER, "iat": now, "nbf": now, "exp": now + SECONDS}
    return jwt.encode(claims, settings.jwt_secret.get_secret_value(), algorithm=ALGORITHM)


def account_of(settings: Settings, token: str) -> int | None:
    """Who a token is for; None for one that is not accepted.

    Args:
        settings: with the secrets.
        token: as the caller sent it.
    """
    for secret in (settings.jwt_secret, settings.jwt_secret_previous):
        if secret is None:
            continue
        try:
            claims = jwt.decode(
                token,
                secret.get_secret_value(),
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                options={"require": ["exp", "iat", "sub", "iss"]},
            )
            return int(claims["sub"])
        except (jwt.PyJWTError, ValueError):
            continue
    return None
