"""A certificate, the DNS record that proves the domain, and the wait for it.

Not proven: that ACM issues it; that takes a delegated domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.edge.certificate import Certificate, CertificateArgs
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

VALIDATION = "aws:acm/certificateValidation:CertificateValidation"


def certificate(**args: Any) -> Certificate:  # noqa: ANN401
    given: dict[str, Any] = {"domain": "app.example.com", "zone_id": "Z1", "region": "eu-west-1", **args}
    return Certificate("shop-tls", CertificateArgs(context=CONTEXT, **given))


def test_certificate_proof_and_wait(build: Build) -> None:
    made = build(certificate)
    assert made.children == {
        "shop-tls-certificate": "aws:acm/certificate:Certificate",
        "shop-tls-proof": "aws:route53/record:Record",
        "shop-tls-issued": VALIDATION,
    }
    assert made.inputs("shop-tls-certificate") == {
        "domainName": "app.example.com",
        "validationMethod": "DNS",
        "region": "eu-west-1",
        "tags": CONTEXT.tags("shop-tls"),
    }


def test_the_proof_is_what_acm_asks_for(build: Build) -> None:
    made = build(certificate)
    (asked,) = made["shop-tls-certificate"].outputs["domainValidationOptions"]
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
    made = build(certificate)
    assert made.inputs("shop-tls-issued") == {
        "certificateArn": made["shop-tls-certificate"].outputs["arn"],
        "validationRecordFqdns": [made["shop-tls-proof"].outputs["fqdn"]],
        "region": "eu-west-1",
    }
    assert made.outputs == {"arn": made["shop-tls-certificate"].outputs["arn"]}
    assert made.preview.outputs == {"arn": UNKNOWN}


def test_another_certificate_may_write_the_proof(build: Build) -> None:
    made = build(lambda: certificate(write_proof=False))
    assert made.children == {"shop-tls-certificate": "aws:acm/certificate:Certificate", "shop-tls-issued": VALIDATION}
    assert "validationRecordFqdns" not in made.inputs("shop-tls-issued")


def test_the_new_one_is_made_before_the_old_one_goes(build: Build) -> None:
    assert build(certificate)["shop-tls-certificate"].options.delete_before_replace is False
