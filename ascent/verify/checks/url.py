"""Whether the application answers where its users ask."""

from __future__ import annotations

import http.client
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ascent.verify.answer import Said, not_asked, not_well, well
from ascent.verify.door import why
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.subject import Subject
    from settings.services import Service


def address_of(subject: Subject) -> tuple[str, int]:
    """Host and port of the stack's URL; an empty host where the state tells none."""
    url = subject.deployed.outputs.get("url")
    parts = urlsplit(url if isinstance(url, str) else "")
    return parts.hostname or "", parts.port or 443


def check_url(subject: Subject) -> Iterator[Said]:
    """The health path of each service that the URL leads to, and the redirect where there is a domain."""
    host, port = address_of(subject)
    if not host:
        yield not_asked("the stack's outputs have no url")
        return
    paths = dict.fromkeys(path for service in services_of(subject.settings) if (path := _health_path(service, host)))
    if not paths:
        yield not_asked("no service answers its health path under the stack's own name")
    for path in paths:
        yield _answers(subject, host, port, path)
    if subject.settings.edge.domain:
        yield _redirects(subject, host)


def _health_path(service: Service, host: str) -> str:
    """A service's health path, where the load balancer leads requests for it there."""
    if not service.is_web:
        return ""
    path = service.compute.health_check_path
    leads = any(
        (not rule.hosts or any(fnmatchcase(host, given) for given in rule.hosts))
        and (rule.path is None or fnmatchcase(path, rule.path))
        for rule in service.rules
    )
    return path if leads else ""


def _answers(subject: Subject, host: str, port: int, path: str) -> Said:
    shown = f"https://{host}{'' if port == 443 else f':{port}'}{path}"
    try:
        found = subject.door.get("https", host, port, path)
    except (OSError, http.client.HTTPException) as error:
        return not_well(f"{shown}: {why(error)}", runbook="verify.md#url", command=f"curl -sSiv {shown}")
    text = f"{shown} answers {found.status} in {found.seconds * 1000:.0f} ms"
    if found.status == 200:
        return well(text)
    runbook = _RUNBOOKS.get(found.status, "runbooks/server-errors.md" if found.status >= 500 else "verify.md#url")
    return not_well(text, runbook=runbook, command=f"curl -sSi {shown}")


_RUNBOOKS = {
    502: "runbooks/balancer-errors.md",
    503: "runbooks/no-healthy-targets.md",
    504: "runbooks/balancer-errors.md",
}
"""Pages by status; what other statuses of the application mean is told by its own log."""


def _redirects(subject: Subject, host: str) -> Said:
    shown = f"http://{host}/"
    page, command = "verify.md#url", f"curl -sSi {shown}"
    try:
        found = subject.door.get("http", host, 80, "/")
    except (OSError, http.client.HTTPException) as error:
        return not_well(f"{shown}: {why(error)}", runbook=page, command=command)
    target = urlsplit(found.location)
    if found.status in (301, 302, 307, 308) and (target.scheme, target.hostname) == ("https", host):
        return well(f"{shown} leads to https")
    leads = f" and leads to {found.location}" if found.location else ""
    return not_well(f"{shown} answers {found.status}{leads}, not to https", runbook=page, command=command)
