"""Certificates of ACM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.checks import one_of
from policies.pack.layers import EDGE
from policies.pack.levels import mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import at, is_set, known
from policies.pack.verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts


@EDGE.joined(
    "certificate-dns-validated",
    "Certificates are validated by DNS, and awaited",
    on=types.ACM_CERTIFICATE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Validated by e-mail, it expires unless somebody clicks every year; not awaited, it fails its listener.",
    fix='Set validationMethod "DNS", add the records it asks for and an aws.acm.CertificateValidation.',
)
def certificate_dns_validated(certificate: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """Method and awaited validation of a certificate that ACM issues; others are imported or private.

    One that the state knows to be issued needs no waiting.
    """
    imported = ("privateKey", "privateKeyWo", "certificateAuthorityArn")
    if any(is_set(at(certificate, key)) for key in imported):
        return None
    issued = known(certificate, "status") == "ISSUED"
    waits = issued or stack.referring(certificate, types.ACM_CERTIFICATE_VALIDATION, "certificateArn")
    awaited = (
        passed("validation is awaited") if waits else failed("nothing awaits validation", "a CertificateValidation")
    )
    return worst((one_of(certificate, "validationMethod", ("DNS",)), awaited))
