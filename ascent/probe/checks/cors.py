"""Who may call from a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_ALLOWED: Final = "Access-Control-Allow-Origin"
_FIX: Final = "name the sites that may call, and answer no other with Access-Control-Allow-Origin"


def ask(subject: Subject) -> Said:
    """Sites that are not named, in a request and beforehand; then the one that is."""
    about, origin = subject.about, subject.about.origin
    paths = [about.paths.page, *([about.listing.path] if about.listing else [])]
    strangers = ["https://evil.example", "null"]
    if origin:
        scheme, _, host = origin.partition("://")
        strangers += [f"{scheme}://{host}.evil.example", f"{scheme}://evil-{host}"]
    for path in paths:
        for stranger in strangers:
            asked = {"Origin": stranger}
            before = {**asked, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-probe"}
            for method, headers in (("GET", asked), ("OPTIONS", before)):
                said = subject.client.request(method, subject.url + path, headers=headers).headers.get(_ALLOWED)
                if said in ("*", stranger):
                    return failed(f"{method} {path} from {stranger} is answered with {_ALLOWED}: {said}", _FIX)
    if origin is None:
        return not_asked("strangers are refused; which site may call is not known", "name one as origin")
    answer = subject.get(paths[-1], headers={"Origin": origin})
    if answer.headers.get(_ALLOWED) != origin:
        return failed(f"GET {paths[-1]} from {origin} is not allowed", f"answer it with {_ALLOWED}: {origin}")
    if "origin" not in answer.headers.get("Vary", "").lower():
        return failed("answers differ by origin without Vary: Origin", "send Vary: Origin with them")
    return proven(f"{origin} may call; {', '.join(strangers)} may not")
