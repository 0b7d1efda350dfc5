"""Cases of the rules in policies/pack/rules/acm.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import U, cases, of, ref

VALIDATION = of(types.ACM_CERTIFICATE_VALIDATION, "validation", certificateArn=ref("it"))


CASES = [
    *cases(
        "certificate-dns-validated",
        passing=[(of(types.ACM_CERTIFICATE, domainName="example.com", validationMethod="DNS"), VALIDATION)],
        failing=[
            of(types.ACM_CERTIFICATE, domainName="example.com", validationMethod="DNS"),
            (of(types.ACM_CERTIFICATE, domainName="example.com", validationMethod="EMAIL"), VALIDATION),
            (of(types.ACM_CERTIFICATE, domainName="example.com"), VALIDATION),
        ],
        unknown=[(of(types.ACM_CERTIFICATE, validationMethod=U), VALIDATION)],
        skipped=[of(types.ACM_CERTIFICATE, privateKey=U), of(types.ACM_CERTIFICATE, certificateAuthorityArn="arn")],
    ),
]
