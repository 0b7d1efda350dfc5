"""How users reach the shipped stacks: load balancer, TLS, CloudFront, certificate, DNS.

These tests read inputs. They don't prove that a certificate is issued, that CloudFront reaches its VPC origin, or that
the health check's path answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stacks.planning import one

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

BALANCER = "aws:lb/loadBalancer:LoadBalancer"
LISTENER = "aws:lb/listener:Listener"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
RECORD = "aws:route53/record:Record"


@pytest.mark.parametrize(
    ("stack", "internal", "kept"), [("dev", True, False), ("staging", True, True), ("prod", False, True)]
)
def test_load_balancer(stack: str, internal: bool, kept: bool, plan_of: Callable[[str], Plan]) -> None:
    inputs = one(plan_of(stack), BALANCER).inputs
    assert inputs["internal"] is internal
    assert inputs["enableDeletionProtection"] is kept
    assert inputs["dropInvalidHeaderFields"] is True
    assert inputs["desyncMitigationMode"] == "defensive"
    assert inputs["accessLogs"]["enabled"] is True


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_tls_with_a_domain(stack: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    https = one(plan, LISTENER, "-https")
    assert (https.inputs["port"], https.inputs["protocol"]) == (443, "HTTPS")
    assert https.inputs["sslPolicy"] == "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"
    issued = one(plan, "aws:acm/certificateValidation:CertificateValidation", "-ingress-tls-us-east-1-issued")
    assert https.property_dependencies["certificateArn"] == (issued.urn,), "the listener waits for the issued one"
    plain = one(plan, LISTENER, "-http").inputs
    assert plain["port"] == 80
    redirect = {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}}
    # Behind CloudFront, which alone reaches it, port 80 goes on serving: a first domain leaves no gap.
    assert plain["defaultActions"] == ([redirect] if stack == "prod" else https.inputs["defaultActions"])


def test_without_a_domain_cloudfront_is_the_only_way_in(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("dev")
    assert one(plan, LISTENER).inputs["protocol"] == "HTTP"
    assert one(plan, BALANCER).inputs["internal"] is True
    assert one(plan, DISTRIBUTION).inputs["viewerCertificate"] == {"cloudfrontDefaultCertificate": True}


@pytest.mark.parametrize(("stack", "protocol"), [("dev", "http-only"), ("staging", "https-only")])
def test_cloudfront_in_front_of_an_internal_balancer(stack: str, protocol: str, plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of(stack)
    origin = one(plan, "aws:cloudfront/vpcOrigin:VpcOrigin")
    assert origin.inputs["vpcOriginEndpointConfig"]["originProtocolPolicy"] == protocol
    assert origin.property_dependencies["vpcOriginEndpointConfig"] == (one(plan, BALANCER).urn,)
    distribution = one(plan, DISTRIBUTION)
    assert origin.urn in distribution.property_dependencies["origins"]
    assert "vpcOriginConfig" in distribution.inputs["origins"][0]
    assert distribution.inputs["defaultCacheBehavior"]["viewerProtocolPolicy"] == "redirect-to-https"
    headers = one(plan, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy").inputs["securityHeadersConfig"]
    assert headers["strictTransportSecurity"]["accessControlMaxAgeSec"] == 31_536_000


def test_staging_reads_its_certificate_from_us_east_1(
    plan_of: Callable[[str], Plan], plan_with: Callable[..., Plan]
) -> None:
    plan = plan_of("staging")
    assert one(plan, "aws:acm/certificate:Certificate").inputs["region"] == "us-east-1"
    viewer = one(plan, DISTRIBUTION).inputs["viewerCertificate"]
    assert (viewer["minimumProtocolVersion"], viewer["sslSupportMethod"]) == ("TLSv1.2_2021", "sni-only")
    elsewhere = plan_with("startup", region="eu-west-1")
    regions = {c.name: c.inputs["region"] for c in elsewhere.by_type["aws:acm/certificate:Certificate"]}
    assert regions == {
        "ascent-test-ingress-tls-us-east-1-certificate": "us-east-1",
        "ascent-test-ingress-tls-eu-west-1-certificate": "eu-west-1",
    }
    assert len([r for r in elsewhere.by_type[RECORD] if r.name.endswith("-proof")]) == 1, "one proof serves both"


def test_dns(plan_of: Callable[[str], Plan]) -> None:
    staging, prod = plan_of("staging"), plan_of("prod")
    for kind in ("a", "aaaa"):
        record = one(staging, RECORD, f"-alias-{kind}")
        assert (record.inputs["name"], record.inputs["type"]) == ("staging.example.com", kind.upper())
        assert record.inputs["aliases"][0]["zoneId"] == "Z2FDTNDATAQYW2", "the zone of all distributions"
    record = one(prod, RECORD, "-ingress-alias-a")
    assert record.inputs["zoneId"] == "Z0123456789PRODUCTION"
    assert record.inputs["aliases"][0]["evaluateTargetHealth"] is True
    assert record.property_dependencies["aliases"] == (one(prod, BALANCER).urn,)


def test_health_check_and_targets(plan_of: Callable[[str], Plan]) -> None:
    kinds = {"dev": "instance", "staging": "ip", "prod": "ip"}
    for stack, kind in kinds.items():
        inputs = one(plan_of(stack), "aws:lb/targetGroup:TargetGroup").inputs
        assert (inputs["targetType"], inputs["healthCheck"]["path"]) == (kind, "/health")


def test_prod_has_a_firewall_on_the_balancer(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("prod")
    acl = one(plan, "aws:wafv2/webAcl:WebAcl", "-ingress-waf-acl")
    assert acl.inputs["scope"] == "REGIONAL"
    association = one(plan, "aws:wafv2/webAclAssociation:WebAclAssociation")
    assert association.property_dependencies == {"resourceArn": (one(plan, BALANCER).urn,), "webAclArn": (acl.urn,)}


def test_exported_urls(plan_of: Callable[[str], Plan]) -> None:
    assert plan_of("staging").outputs["url"] == "https://staging.example.com"
    assert plan_of("prod").outputs["url"] == "https://app.example.com"


def test_prod_serves_files_by_cloudfront_and_is_asked_from_outside(plan_of: Callable[[str], Plan]) -> None:
    plan = plan_of("prod")
    files = one(plan, DISTRIBUTION)
    assert files.inputs["aliases"] == ["static.app.example.com"]
    acl = one(plan, "aws:wafv2/webAcl:WebAcl", "-files-waf-acl")
    assert acl.inputs["scope"] == "CLOUDFRONT"
    assert files.property_dependencies["webAclId"] == (acl.urn,)
    check = one(plan, "aws:route53/healthCheck:HealthCheck").inputs
    assert (check["fqdn"], check["requestInterval"], check["failureThreshold"]) == ("app.example.com", 30, 3)
    assert plan.outputs["filesUrl"] == "https://static.app.example.com"


@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
def test_every_distribution_logs(plan_of: Callable[[str], Plan], stack: str) -> None:
    plan = plan_of(stack)
    sources = plan.by_type["aws:cloudwatch/logDeliverySource:LogDeliverySource"]
    logged = {urn for source in sources for urn in source.property_dependencies["resourceArn"]}
    assert logged == {one.urn for one in plan.by_type[DISTRIBUTION]}
