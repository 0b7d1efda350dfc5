"""Certificates, the one DNS record that proves the domain, and the wait for each.

Not proven: that ACM issues them; that takes a delegated domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.edge.certificate import Certificates, CertificatesArgs
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

HERE, CDN = "shop-tls-eu-west-1", "shop-tls-us-east-1"
CERTIFICATE = "aws:acm/certificate:Certificate"
VALIDATION = "aws:acm/certificateValidation:CertificateValidation"


def certificates(*regions: str) -> Certificates:
    given = CertificatesArgs(context=CONTEXT, domain="app.example.com", zone_id="Z1", regions=regions)
    return Certificates("shop-tls", given)


def alone() -> Certificates:
    return certificates("eu-west-1")


def both() -> Certificates:
    return certificates("us-east-1", "eu-west-1")


def test_certificate_proof_and_wait(build: Build) -> None:
    made = build(alone)
    assert made.children == {
        f"{HERE}-certificate": CERTIFICATE,
        "shop-tls-proof": "aws:route53/record:Record",
        f"{HERE}-issued": VALIDATION,
    }
    assert made.inputs(f"{HERE}-certificate") == {
        "domainName": "app.example.com",
        "validationMethod": "DNS",
        "region": "eu-west-1",
        "tags": CONTEXT.tags(HERE),
    }


def test_the_proof_is_what_acm_asks_for(build: Build) -> None:
    made = build(alone)
    (asked,) = made[f"{HERE}-certificate"].outputs["domainValidationOptions"]
    assert made.inputs("shop-tls-proof") == {
        "zoneId": "Z1",
        "name": asked["resourceRecordName"],
        "type": asked["resourceRecordType"],
        "records": [asked["resourceRecordValue"]],
        "ttl": 300,
        "allowOverwrite": True,
    }
    assert made.attributes["proof"] == {
        "name": asked["resourceRecordName"],
        "type": asked["resourceRecordType"],
        "value": asked["resourceRecordValue"],
    }
    proof = made.preview.inputs("shop-tls-proof")
    assert (proof["name"], proof["type"], proof["records"]) == (UNKNOWN, UNKNOWN, [UNKNOWN])


def test_the_arn_is_that_of_the_issued_certificate(build: Build) -> None:
    made = build(alone)
    assert made.inputs(f"{HERE}-issued") == {
        "certificateArn": made[f"{HERE}-certificate"].outputs["arn"],
        "validationRecordFqdns": [made["shop-tls-proof"].outputs["fqdn"]],
        "region": "eu-west-1",
    }
    assert made.outputs == {"arns": {"eu-west-1": made[f"{HERE}-certificate"].outputs["arn"]}}
    assert made.preview.outputs == {"arns": {"eu-west-1": UNKNOWN}}


def test_two_regions_have_two_certificates_and_one_proof(build: Build) -> None:
    """ACM asks for the same record in both; two logical records would be one in the zone."""
    made = build(both)
    assert made.children == {
        f"{CDN}-certificate": CERTIFICATE,
        f"{HERE}-certificate": CERTIFICATE,
        "shop-tls-proof": "aws:route53/record:Record",
        f"{CDN}-issued": VALIDATION,
        f"{HERE}-issued": VALIDATION,
    }
    assert [made.inputs(f"{name}-certificate")["region"] for name in (CDN, HERE)] == ["us-east-1", "eu-west-1"]
    assert {tuple(made.inputs(f"{name}-issued")["validationRecordFqdns"]) for name in (CDN, HERE)} == {
        (made["shop-tls-proof"].outputs["fqdn"],)
    }


def test_the_new_one_is_made_before_the_old_one_goes(build: Build) -> None:
    assert build(alone)[f"{HERE}-certificate"].options.delete_before_replace is False
