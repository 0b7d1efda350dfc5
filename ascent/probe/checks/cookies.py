"""Cookies."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject


def ask(subject: Subject) -> Said:
    """Every cookie that signing in and the page set."""
    about = subject.about
    answers = [subject.get(about.paths.page)]
    if about.sign_in:
        signed_in = subject.send(about.sign_in, "correct-horse-battery-staple")
        if signed_in.status_code >= 400:
            return failed(f"signing in answers {signed_in.status_code}", "describe sign_in so that it succeeds")
        answers.append(signed_in)
    lines = [line for answer in answers for line in answer.headers.get_list("Set-Cookie")]
    # Kept cookies would sign the checks after this one in.
    subject.client.cookies.clear()
    if not lines:
        if about.sign_in:
            return proven("signing in sets no cookie")
        return not_asked("no request is known that sets a cookie", "describe sign_in")
    names = []
    for line in lines:
        try:
            cookies = SimpleCookie(line)
        except CookieError:
            return failed(f"{line[:80]} is no cookie", "set cookies as RFC 6265 says")
        for name, cookie in cookies.items():
            lacks = [flag for flag in ("secure", "httponly") if not cookie[flag]]
            if cookie["samesite"].lower() not in ("lax", "strict"):
                lacks.append("samesite")
            if lacks:
                return failed(f"the cookie {name} lacks {', '.join(lacks)}", "set it Secure; HttpOnly; SameSite=Lax")
            names.append(name)
    return proven(f"{', '.join(dict.fromkeys(names))}: Secure, HttpOnly, SameSite")
