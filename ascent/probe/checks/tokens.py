"""JSON Web Tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven
from ascent.probe.tokens import bad

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_SHORT: Final = "only-16-letters!"
_REFUSED: Final = (401, 403)


def ask(subject: Subject) -> Said:
    """A good token, none, and bad ones; then a start with a short secret."""
    token = subject.about.token
    if token is None:
        return not_asked("how callers are known is not described", "describe token: secret, claims, a protected path")
    path = token.protected
    answer = subject.get(path, headers=subject.authorization())
    if not answer.is_success:
        return failed(f"{path} answers {answer.status_code} to a good token", "accept it, or correct token.claims")
    status = subject.get(path).status_code
    if status not in _REFUSED:
        return failed(f"{path} answers {status} without a token", "answer 401 to whoever brings none")
    count = 0
    for what, text in bad(subject.about):
        status = subject.get(path, headers={"Authorization": f"Bearer {text}"}).status_code
        if status not in _REFUSED:
            return failed(
                f"{path} answers {status} to a token that is {what}",
                f"verify signature, expiry and algorithm: accept {token.algorithm} with your own key only",
            )
        count += 1
    if subject.start is None:
        return not_asked(
            f"{count} bad tokens are refused; no start with a short secret", "probe with --command or --image"
        )
    with subject.another({token.secret: _SHORT}) as short:
        ended = short.ended()
    if not ended:
        return failed(f"it starts with a secret of {len(_SHORT)} characters", "refuse secrets below 32 characters")
    return proven(f"{count} bad tokens are refused, and so is a secret of {len(_SHORT)} characters")
