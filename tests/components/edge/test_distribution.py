"""CloudFront before an internal load balancer.

Not proven: that the VPC origin reaches the load balancer, and how long a distribution takes to be deployed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.edge.distribution import Distribution, DistributionArgs
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1"
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/lb/1"


def arguments(**args: Any) -> DistributionArgs:  # noqa: ANN401
    given: dict[str, Any] = {
        "load_balancer_arn": BALANCER,
        "load_balancer_dns_name": "lb.example",
        "origin_tls": False,
        **args,
    }
    return DistributionArgs(context=CONTEXT, **given)


def distribution(**args: Any) -> Distribution:  # noqa: ANN401
    return Distribution("shop-cdn", arguments(**args))


def test_children(build: Build) -> None:
    made = build(distribution)
    assert made.children == {
        "shop-cdn-origin": "aws:cloudfront/vpcOrigin:VpcOrigin",
        "shop-cdn-headers": "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
        "shop-cdn-cdn": "aws:cloudfront/distribution:Distribution",
    }
    own = made["shop-cdn-cdn"].outputs
    assert made.attributes == {"dns_name": own["domainName"], "distribution_id": own["id"]}
    assert made.outputs == {"dns_name": own["domainName"]}
    assert made.preview.attributes == {"dns_name": UNKNOWN, "distribution_id": UNKNOWN}


@pytest.mark.parametrize(("tls", "protocol"), [(False, "http-only"), (True, "https-only")])
def test_origin_is_the_load_balancer_inside_the_vpc(build: Build, tls: bool, protocol: str) -> None:
    made = build(lambda: distribution(origin_tls=tls))
    assert made.inputs("shop-cdn-origin")["vpcOriginEndpointConfig"] == {
        "name": f"shop-dev-origin-{protocol.removesuffix('-only')}",
        "arn": BALANCER,
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": protocol,
        "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1},
    }
    (origin,) = made.inputs("shop-cdn-cdn")["origins"]
    assert origin == {
        "originId": "application",
        "domainName": "lb.example",
        "vpcOriginConfig": {"vpcOriginId": made["shop-cdn-origin"].outputs["id"]},
    }


def test_users_get_https_only_and_nothing_is_cached(build: Build) -> None:
    made = build(distribution)
    inputs = made.inputs("shop-cdn-cdn")
    behavior = inputs["defaultCacheBehavior"]
    assert behavior["viewerProtocolPolicy"] == "redirect-to-https"
    # "CachingDisabled" and "AllViewer" (CloudFront developer guide, managed policies).
    assert behavior["cachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert behavior["originRequestPolicyId"] == "216adef6-5c7f-47e4-b989-5492eafa07d3"
    assert behavior["responseHeadersPolicyId"] == made["shop-cdn-headers"].outputs["id"]
    assert (inputs["enabled"], inputs["httpVersion"], inputs["priceClass"]) == (True, "http2and3", "PriceClass_100")
    assert made.preview.inputs("shop-cdn-cdn")["defaultCacheBehavior"]["responseHeadersPolicyId"] is UNKNOWN


def test_security_headers(build: Build) -> None:
    inputs = build(distribution).inputs("shop-cdn-headers")
    assert inputs["name"] == "shop-dev-headers"
    assert inputs["securityHeadersConfig"] == {
        "strictTransportSecurity": {"accessControlMaxAgeSec": 31_536_000, "includeSubdomains": True, "override": True},
        "contentTypeOptions": {"override": True},
        "frameOptions": {"frameOption": "SAMEORIGIN", "override": False},
        "referrerPolicy": {"referrerPolicy": "strict-origin-when-cross-origin", "override": False},
    }


def test_without_a_domain_the_certificate_is_cloudfronts(build: Build) -> None:
    inputs = build(distribution).inputs("shop-cdn-cdn")
    assert "aliases" not in inputs
    assert "webAclId" not in inputs
    assert inputs["viewerCertificate"] == {"cloudfrontDefaultCertificate": True}


def test_with_a_domain_tls_is_1_2_at_least(build: Build) -> None:
    inputs = build(lambda: distribution(domain="app.example.com", certificate_arn=CERTIFICATE)).inputs("shop-cdn-cdn")
    assert inputs["aliases"] == ["app.example.com"]
    assert inputs["viewerCertificate"] == {
        "acmCertificateArn": CERTIFICATE,
        "minimumProtocolVersion": "TLSv1.2_2021",
        "sslSupportMethod": "sni-only",
    }


def test_with_a_firewall(build: Build) -> None:
    assert build(lambda: distribution(web_acl_arn="acl-arn")).inputs("shop-cdn-cdn")["webAclId"] == "acl-arn"


@pytest.mark.parametrize("half", [{"domain": "app.example.com"}, {"certificate_arn": CERTIFICATE}])
def test_a_domain_and_its_certificate_come_together(half: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a domain and its certificate together, or neither"):
        arguments(**half)
