"""What must not reach the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from ascent.probe.answer import Said, failed, proven
from ascent.probe.logs import UNSEEN, lines_after

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_SHORTEST: Final = 6


def ask(subject: Subject) -> Said:
    """Passwords, tokens, keys, cookies and personal data in requests; the secrets of the environment."""
    running, about = subject.running, subject.about
    if running is None:
        return UNSEEN
    mark = uuid4().hex
    planted = {
        "a password": f"pw-{mark}-Aa1!",
        "a bearer token": f"eyJhbGciOiJIUzI1NiJ9.{mark}.tok",
        "an API key": f"key-{mark}",
        "a session": f"ses-{mark}",
        "an e-mail address": f"{mark}@probe.example",
        "a card number": "4111111111111111",
    }
    headers = {
        "Authorization": f"Bearer {planted['a bearer token']}",
        "X-API-Key": planted["an API key"],
        "Cookie": f"session={planted['a session']}",
    }
    query = f"password={planted['a password']}&email={planted['an e-mail address']}&card={planted['a card number']}"
    done = uuid4().hex

    def send() -> None:
        for path in (about.paths.page, about.token.protected if about.token else "/no-such-page-qzxjv"):
            subject.get(f"{path}{'&' if '?' in path else '?'}{query}", headers=headers)
        for request in (about.sign_in, about.write):
            if request:
                subject.send(request, planted["a password"])
        broken = {
            "password": planted["a password"],
            "email": planted["an e-mail address"],
            "card": [planted["a card number"]],
        }
        for request in (about.sign_in, about.write):
            if request:
                subject.client.request(
                    request.method, subject.url + request.path_with("x"), json=broken, headers=headers
                )
        subject.get(about.paths.page, headers={"X-Request-ID": done, "X-Correlation-ID": done})

    lines_after(subject, send, done)
    planted |= {name: about.environment[name] for name in about.secrets}
    lines = [*running.out, *running.err]
    for what, value in planted.items():
        found = next((line for line in lines if len(value) >= _SHORTEST and value in line), None)
        if found is not None:
            shown = found.replace(value, "…")[:120]
            return failed(
                f"{what} stands in the log: {shown}", "mask secrets and personal data before a line is written"
            )
    return proven(f"none of {len(planted)} secrets and personal data is in {len(lines)} lines")
