"""The ways in: a public load balancer or CloudFront, with a domain or without, with certificates made or given.

Not proven: that names resolve and certificates are issued. What the parts are like is tested beside this file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.edge.ingress import Ingress, IngressArgs, speaks_tls
from components.edge.route import RouteSpec
from settings.enums import Assets, ComputeKind
from settings.enums import Ingress as Kind
from settings.sections.edge import EdgeSettings
from settings.sections.front.assets import AssetSettings
from settings.sections.front.dns import DnsSettings
from settings.sections.observability import AlarmSettings
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.foundation.alarm import AlarmSpec
    from tests.components.mocks import Build

DOMAIN = "app.example.com"
GIVEN = "arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-123456789012"
ZONE = "Z0123456789ABCDEFGHIJ"
CDN = {"shop-in-cdn": "ascent:edge:Distribution", "shop-in-cdn-logs": "ascent:edge:CdnLogs"}
FILES = {"shop-in-files": "ascent:edge:StaticFiles"}
SITE = {
    **FILES,
    "shop-in-files-site": "ascent:edge:FilesSite",
    "shop-in-files-tls": "ascent:edge:Certificates",
    "shop-in-files-alias": "ascent:edge:Alias",
    "shop-in-files-logs": "ascent:edge:CdnLogs",
}
CHECK = {"shop-in-health": "ascent:edge:HealthCheck"}
LB = {"shop-in-lb": "ascent:edge:LoadBalancer"}
DNS = {"shop-in-dns": "ascent:edge:HostedZone"}
ALIAS = {"shop-in-alias": "ascent:edge:Alias"}
TLS = {"shop-in-tls": "ascent:edge:Certificates"}
WAF = {"shop-in-waf": "ascent:edge:WebAcl"}
ALB = "shop-in-lb-alb"
AUTO = AssetSettings(mode=Assets.AUTO)


def ingress(region: str = "us-east-1", *, protect: bool = False, **edge: Any) -> Ingress:  # noqa: ANN401
    route = RouteSpec(service="app", compute=ComputeKind.FARGATE, port=8000, health_check_path="/health")
    args = IngressArgs(
        context=replace(CONTEXT, region=region),
        edge=EdgeSettings(**edge),
        vpc_id="vpc-1",
        vpc_cidr="10.0.0.0/16",
        subnet_ids=["subnet-1", "subnet-2"],
        security_group_id="sg-1",
        routes=[route],
        logs=LOGS,
        protect=protect,
    )
    return Ingress("shop-in", args)


@pytest.mark.parametrize(
    ("region", "edge", "children"),
    [
        ("us-east-1", {}, {**LB, **CDN}),
        ("us-east-1", {"waf": True}, {**LB, **CDN, **WAF}),
        # One certificate serves both where both are in one region.
        ("us-east-1", {"domain": DOMAIN}, {**LB, **CDN, **DNS, **ALIAS, **TLS}),
        ("eu-west-1", {"domain": DOMAIN}, {**LB, **CDN, **DNS, **ALIAS, **TLS}),
        ("us-east-1", {"domain": DOMAIN, "hosted_zone_id": ZONE}, {**LB, **CDN, **ALIAS, **TLS}),
        ("us-east-1", {"domain": DOMAIN, "certificate_arn": GIVEN}, {**LB, **CDN}),
        ("us-east-1", {"domain": DOMAIN, "certificate_arn": GIVEN, "hosted_zone_id": ZONE}, {**LB, **CDN, **ALIAS}),
        ("eu-west-1", {"ingress": Kind.ALB, "domain": DOMAIN}, {**LB, **DNS, **ALIAS, **TLS}),
        ("eu-west-1", {"ingress": Kind.ALB, "domain": DOMAIN, "waf": True}, {**LB, **DNS, **ALIAS, **TLS, **WAF}),
        ("us-east-1", {"ingress": Kind.ALB, "domain": DOMAIN, "certificate_arn": GIVEN}, LB),
        ("us-east-1", {"assets": AUTO}, {**LB, **CDN, **FILES}),
        ("eu-west-1", {"ingress": Kind.ALB, "domain": DOMAIN, "assets": AUTO}, {**LB, **DNS, **ALIAS, **TLS, **SITE}),
        (
            "eu-west-1",
            {"ingress": Kind.ALB, "domain": DOMAIN, "assets": AUTO, "waf": True},
            {**LB, **DNS, **ALIAS, **TLS, **SITE, **WAF, "shop-in-files-waf": "ascent:edge:WebAcl"},
        ),
        # Nobody could issue a certificate for the files.
        ("us-east-1", {"ingress": Kind.ALB, "domain": DOMAIN, "certificate_arn": GIVEN, "assets": AUTO}, LB),
        ("us-east-1", {"dns": DnsSettings(health_check=True)}, {**LB, **CDN, **CHECK}),
    ],
    ids=lambda value: ", ".join(value) or "nothing" if isinstance(value, dict) else value,
)
def test_children(build: Build, region: str, edge: dict[str, Any], children: dict[str, str]) -> None:
    assert build(lambda: ingress(region, **edge)).children == children


def test_cloudfront_stands_before_an_internal_load_balancer(build: Build) -> None:
    made = build(ingress)
    balancer = made[ALB]
    assert balancer.inputs["internal"] is True
    assert made.inputs("shop-in-cdn-origin")["vpcOriginEndpointConfig"]["arn"] == balancer.outputs["arn"]
    assert made.inputs("shop-in-cdn-origin")["vpcOriginEndpointConfig"]["originProtocolPolicy"] == "http-only"
    # A child is registered after its parent, so what the component waits for, all of it waits for.
    assert "shop-in-lb-http" in made["shop-in-cdn"].options.depends_on
    url = f"https://{made['shop-in-cdn-cdn'].outputs['domainName']}"
    assert made.outputs == made.attributes["outputs"] == {"url": url}
    assert made.preview.outputs == {"url": UNKNOWN}


def test_a_public_load_balancer(build: Build) -> None:
    made = build(lambda: ingress("eu-west-1", ingress=Kind.ALB, domain=DOMAIN))
    assert made[ALB].inputs["internal"] is False
    certificate = made["shop-in-tls-eu-west-1-certificate"]
    assert certificate.inputs["region"] == "eu-west-1"
    assert made.inputs("shop-in-lb-https")["certificateArn"] == certificate.outputs["arn"]
    (alias,) = made.inputs("shop-in-alias-a")["aliases"]
    own = made[ALB].outputs
    assert alias == {"name": own["dnsName"], "zoneId": own["zoneId"], "evaluateTargetHealth": True}
    assert "shop-in-alias-aaaa" not in made
    assert made.preview.outputs == {"url": f"https://{DOMAIN}"}


def test_a_domain_of_cloudfront(build: Build) -> None:
    made = build(lambda: ingress(domain=DOMAIN))
    arn = made["shop-in-tls-us-east-1-certificate"].outputs["arn"]
    assert made.inputs("shop-in-cdn-cdn")["viewerCertificate"]["acmCertificateArn"] == arn
    assert made.inputs("shop-in-lb-https")["certificateArn"] == arn
    assert made.inputs("shop-in-cdn-origin")["vpcOriginEndpointConfig"]["originProtocolPolicy"] == "https-only"
    (alias,) = made.inputs("shop-in-alias-aaaa")["aliases"]
    assert alias == {
        "name": made["shop-in-cdn-cdn"].outputs["domainName"],
        "zoneId": "Z2FDTNDATAQYW2",
        "evaluateTargetHealth": False,
    }
    zone = made["shop-in-dns-zone"].outputs
    assert {one.inputs["zoneId"] for one in made.of_type("aws:route53/record:Record")} == {zone["zoneId"]}
    assert made.attributes["outputs"]["nameServers"] == zone["nameServers"]
    assert made.attributes["outputs"]["certificateArn"] == arn
    assert sorted(made.attributes["outputs"]["certificateProof"]) == ["name", "type", "value"]


def test_two_regions_have_two_certificates_and_one_proof(build: Build) -> None:
    made = build(lambda: ingress("eu-west-1", domain=DOMAIN))
    assert made.inputs("shop-in-tls-us-east-1-certificate")["region"] == "us-east-1"
    assert made.inputs("shop-in-tls-eu-west-1-certificate")["region"] == "eu-west-1"
    assert [one.name for one in made.of_type("aws:route53/record:Record") if "proof" in one.name] == [
        "shop-in-tls-proof"
    ]
    proven = made["shop-in-tls-eu-west-1-certificate"].outputs["arn"]
    assert made.attributes["outputs"]["certificateArn"] == proven


def test_a_zone_of_the_users_own(build: Build) -> None:
    made = build(lambda: ingress(domain=DOMAIN, hosted_zone_id=ZONE))
    assert {one.inputs["zoneId"] for one in made.of_type("aws:route53/record:Record")} == {ZONE}
    assert "nameServers" not in made.attributes["outputs"]


def test_a_given_certificate_and_dns_elsewhere(build: Build) -> None:
    made = build(lambda: ingress(domain=DOMAIN, certificate_arn=GIVEN))
    assert made.inputs("shop-in-cdn-cdn")["viewerCertificate"]["acmCertificateArn"] == GIVEN
    assert made.inputs("shop-in-lb-https")["certificateArn"] == GIVEN
    target = made["shop-in-cdn-cdn"].outputs["domainName"]
    record = {"name": DOMAIN, "type": "CNAME", "value": target}
    assert made.attributes["outputs"] == {"url": f"https://{DOMAIN}", "dnsRecord": record}


def test_a_given_certificate_of_cloudfronts_region_does_not_serve_a_load_balancer_elsewhere(build: Build) -> None:
    made = build(lambda: ingress("eu-west-1", domain=DOMAIN, certificate_arn=GIVEN))
    assert made.inputs("shop-in-cdn-cdn")["viewerCertificate"]["acmCertificateArn"] == GIVEN
    assert "shop-in-lb-https" not in made
    assert made.inputs("shop-in-cdn-origin")["vpcOriginEndpointConfig"]["originProtocolPolicy"] == "http-only"


def test_the_firewall_stands_outermost(build: Build) -> None:
    cloudfront = build(lambda: ingress("eu-west-1", waf=True))
    assert cloudfront.inputs("shop-in-cdn-cdn")["webAclId"] == cloudfront["shop-in-waf-acl"].outputs["arn"]
    assert cloudfront.inputs("shop-in-waf-acl")["scope"] == "CLOUDFRONT"
    public = build(lambda: ingress("eu-west-1", ingress=Kind.ALB, domain=DOMAIN, waf=True))
    assert public.inputs("shop-in-waf-association")["resourceArn"] == public[ALB].outputs["arn"]
    assert public.inputs("shop-in-waf-acl")["scope"] == "REGIONAL"


@pytest.mark.parametrize("protect", [True, False])
def test_protection(build: Build, protect: bool) -> None:
    made = build(lambda: ingress(domain=DOMAIN, protect=protect))
    assert made["shop-in-dns-zone"].options.protect is protect
    assert made["shop-in-lb-logs-bucket"].options.protect is protect
    assert made[ALB].inputs["enableDeletionProtection"] is protect


@pytest.mark.parametrize(
    ("edge", "region", "tls"),
    [
        ({}, "us-east-1", False),
        ({"domain": DOMAIN}, "eu-west-1", True),
        ({"domain": DOMAIN, "certificate_arn": GIVEN}, "us-east-1", True),
        ({"domain": DOMAIN, "certificate_arn": GIVEN}, "eu-west-1", False),
        ({"domain": DOMAIN, "certificate_arn": GIVEN, "ingress": Kind.ALB}, "eu-west-1", True),
    ],
)
def test_when_the_load_balancer_speaks_tls(edge: dict[str, Any], region: str, tls: bool) -> None:
    assert speaks_tls(EdgeSettings(**edge), region) is tls


def test_the_name_leads_elsewhere_while_the_check_fails(build: Build) -> None:
    dns = DnsSettings(health_check=True, failover="other.example.com")
    made = build(lambda: ingress(ingress=Kind.ALB, domain=DOMAIN, hosted_zone_id=ZONE, dns=dns))
    check = made["shop-in-health-check"]
    assert check.inputs["fqdn"] == DOMAIN
    first, second = made.inputs("shop-in-alias-a"), made.inputs("shop-in-alias-a-second")
    assert first["healthCheckId"] == check.outputs["id"]
    assert (first["setIdentifier"], second["setIdentifier"]) == ("primary", "secondary")
    # A name of the same zone; another zone's has to be said.
    assert second["aliases"] == [{"name": "other.example.com", "zoneId": ZONE, "evaluateTargetHealth": True}]


def test_files_have_alarms_and_outputs_of_their_own(build: Build) -> None:
    def made() -> Ingress:
        return ingress(ingress=Kind.ALB, domain=DOMAIN, waf=True, assets=AUTO, dns=DnsSettings(health_check=True))

    found = {(spec.key, spec.subject) for spec in made_alarms(build, made)}
    assert {
        ("cdn-errors", "files"),
        ("firewall-blocks", "files"),
        ("firewall-blocks", ""),
        ("unreachable", ""),
    } <= found
    outputs = build(made).attributes["outputs"]
    assert outputs["filesUrl"] == f"https://static.{DOMAIN}"
    assert "filesBucket" in outputs


def made_alarms(build: Build, make: Callable[[], Ingress]) -> list[AlarmSpec]:
    """The alarms of a way in."""
    found: list[AlarmSpec] = []

    def keep() -> Ingress:
        made = make()
        found.extend(made.alarms(AlarmSettings()))
        return made

    build(keep)
    return found
