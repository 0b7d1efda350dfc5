"""Whether the certificate that users see is good for a while, and those in ACM are issued."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ascent.verify.answer import Said, not_asked, not_well, well
from ascent.verify.checks.url import address_of
from ascent.verify.deployed import Found
from ascent.verify.door import why
from ascent.verify.reads import Read
from policies.pack.types import ACM_CERTIFICATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.subject import Subject

_PAGE = "verify.md#certificate"


def check_shown(subject: Subject) -> Iterator[Said]:
    """The certificate that the stack's URL shows: whom it is for, and how long."""
    host, port = address_of(subject)
    if not host:
        yield not_asked("the stack's outputs have no url")
        return
    command = f"openssl s_client -connect {host}:{port} -servername {host}"
    try:
        found = subject.door.certificate(host, port)
    except OSError as error:
        yield not_well(f"{host}:{port}: {why(error)}", runbook=_PAGE, command=command)
        return
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), UTC)
    yield _lasting(f"{host} shows a certificate for it", ends, subject, command)


def certificates(subject: Subject) -> list[Found]:
    """The certificates that the stack made, or was given."""
    made = subject.deployed.of(ACM_CERTIFICATE)
    given = subject.settings.edge.certificate_arn
    return made or ([Found(type=ACM_CERTIFICATE, name="edge.certificateArn", id=given)] if given else [])


def check_issued(certificate: Found, subject: Subject) -> Iterator[Said]:
    """A certificate in ACM: issued, for the domain, not about to end, renewal not failing."""
    region = certificate.region
    command = subject.aws.command("acm", "describe-certificate", "--certificate-arn", certificate.id, region=region)
    found = subject.aws.ask(Read.CERTIFICATE, region, CertificateArn=certificate.id)["Certificate"]
    status, domain = found.get("Status", "unknown"), subject.settings.edge.domain
    names = found.get("SubjectAlternativeNames") or [found.get("DomainName", "")]
    renewal = found.get("RenewalSummary", {}).get("RenewalStatus", "")
    if status != "ISSUED":
        reason = f" ({found['FailureReason']})" if found.get("FailureReason") else ""
        wanted = _proofs(found) if status == "PENDING_VALIDATION" else ""
        yield not_well(f"is {status}{reason}{wanted}", runbook=_PAGE, command=command)
        return
    if domain and not any(covers(name, domain) for name in names):
        yield not_well(f"covers {', '.join(names)}, not {domain}", runbook=_PAGE, command=command)
    if renewal == "FAILED":
        yield not_well("its renewal failed", runbook=_PAGE, command=command)
    if ends := found.get("NotAfter"):
        yield _lasting("is issued", ends, subject, command)
    else:
        yield not_asked("AWS does not say until when it is good")


def covers(name: str, host: str) -> bool:
    """Whether a name in a certificate is good for a host; `*` stands for one label."""
    if name.startswith("*."):
        return host.partition(".")[2].lower() == name[2:].lower()
    return name.lower() == host.lower()


def _lasting(what: str, ends: datetime, subject: Subject, command: str) -> Said:
    left = (ends - subject.now).days
    text = f"{what}, good until {ends:%Y-%m-%d}, {left} days"
    if left > subject.days:
        return well(text)
    return not_well(f"{text}; wanted: more than {subject.days}", runbook=_PAGE, command=command)


def _proofs(found: dict[str, Any]) -> str:
    """The records that ACM waits for."""
    records = [option.get("ResourceRecord") for option in found.get("DomainValidationOptions", ())]
    wanted = sorted({f"{record['Name']} {record['Type']} {record['Value']}" for record in records if record})
    return f": it waits for {'; '.join(wanted)}" if wanted else ""
