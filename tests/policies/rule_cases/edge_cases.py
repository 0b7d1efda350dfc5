"""Cases of the edge rules."""

from policies.checklist.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

LISTENER = "aws:lb/listener:Listener"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation"
TO_HTTPS = {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}
PUBLIC = of(BALANCER, "public", internal=False)
INTERNAL = of(BALANCER, "internal", internal=True)


def http(*actions: object, balancer: str = "public", type_: str = LISTENER) -> Made:
    return of(type_, protocol="HTTP", loadBalancerArn=ref(balancer), defaultActions=list(actions))


def behaviours(key: str, *values: object) -> Made:
    """A distribution whose default and other cache behaviours have these values of one property."""
    default, *others = ({} if v is None else {key: v} for v in values)
    return of(DISTRIBUTION, defaultCacheBehavior=default, orderedCacheBehaviors=others)


CASES = [
    *cases(
        "alb-http-redirects-https",
        passing=[
            (http(TO_HTTPS), PUBLIC),
            (http(TO_HTTPS, type_="aws:alb/listener:Listener"), PUBLIC),
            of(LISTENER, protocol="HTTP", loadBalancerArn="arn", defaultActions=[TO_HTTPS]),
        ],
        failing=[
            (http({"type": "forward"}), PUBLIC),
            (http({**TO_HTTPS, "redirect": {"protocol": "HTTPS", "statusCode": "HTTP_302"}}), PUBLIC),
            (http(), PUBLIC),
            of(LISTENER, protocol="HTTP", loadBalancerArn="arn", defaultActions=[{"type": "forward"}]),
        ],
        unknown=[(of(LISTENER, protocol="HTTP", loadBalancerArn=ref("public"), defaultActions=U), PUBLIC)],
        skipped=[
            (http({"type": "forward"}, balancer="internal"), INTERNAL),
            of(LISTENER, protocol="HTTPS", defaultActions=[{"type": "forward"}]),
        ],
    ),
    *cases(
        "alb-listener-tls-policy",
        passing=[
            of(LISTENER, protocol="HTTPS", sslPolicy="ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"),
            of(LISTENER, protocol="TLS", sslPolicy="ELBSecurityPolicy-TLS-1-2-2017-01"),
        ],
        failing=[
            of(LISTENER, protocol="HTTPS"),
            of(LISTENER, protocol="HTTPS", sslPolicy="ELBSecurityPolicy-TLS13-1-0-2021-06"),
            of(LISTENER, protocol="HTTPS", sslPolicy="ELBSecurityPolicy-2016-08"),
        ],
        unknown=[of(LISTENER, protocol="HTTPS", sslPolicy=U)],
        skipped=[of(LISTENER, protocol="HTTP"), of(LISTENER, protocol="TCP")],
    ),
    *cases(
        "alb-drop-invalid-headers",
        passing=[of(BALANCER, dropInvalidHeaderFields=True)],
        failing=[of(BALANCER), of(BALANCER, loadBalancerType="application", dropInvalidHeaderFields=False)],
        unknown=[of(BALANCER, dropInvalidHeaderFields=U)],
        skipped=[of(BALANCER, loadBalancerType="network")],
    ),
    *cases(
        "alb-deletion-protection",
        passing=[of(BALANCER, enableDeletionProtection=True)],
        failing=[of(BALANCER), of("aws:alb/loadBalancer:LoadBalancer", enableDeletionProtection=False)],
        unknown=[of(BALANCER, enableDeletionProtection=U)],
    ),
    *cases(
        "alb-access-logs",
        passing=[of(BALANCER, accessLogs={"enabled": True, "bucket": U})],
        failing=[of(BALANCER), of(BALANCER, accessLogs={"bucket": "logs"})],
        unknown=[of(BALANCER, accessLogs={"enabled": U}), of(BALANCER, accessLogs=U)],
        skipped=[of(BALANCER, loadBalancerType="gateway")],
    ),
    *cases(
        "cloudfront-viewer-https",
        passing=[
            behaviours("viewerProtocolPolicy", "redirect-to-https"),
            behaviours("viewerProtocolPolicy", "https-only", "redirect-to-https"),
        ],
        failing=[
            behaviours("viewerProtocolPolicy", "allow-all"),
            behaviours("viewerProtocolPolicy", "https-only", "allow-all"),
            of(DISTRIBUTION),
        ],
        unknown=[
            behaviours("viewerProtocolPolicy", U),
            of(DISTRIBUTION, defaultCacheBehavior={"viewerProtocolPolicy": "https-only"}, orderedCacheBehaviors=U),
        ],
    ),
    *cases(
        "cloudfront-min-tls12",
        passing=[
            of(DISTRIBUTION, viewerCertificate={"acmCertificateArn": U, "minimumProtocolVersion": "TLSv1.2_2021"})
        ],
        failing=[
            of(DISTRIBUTION),
            of(DISTRIBUTION, viewerCertificate={"cloudfrontDefaultCertificate": True}),
            of(
                DISTRIBUTION,
                viewerCertificate={"cloudfrontDefaultCertificate": True, "minimumProtocolVersion": "TLSv1.2_2021"},
            ),
            of(DISTRIBUTION, viewerCertificate={"minimumProtocolVersion": "TLSv1.1_2016"}),
        ],
        unknown=[of(DISTRIBUTION, viewerCertificate={"minimumProtocolVersion": U})],
    ),
    *cases(
        "cloudfront-security-headers",
        passing=[behaviours("responseHeadersPolicyId", "67f7725c-6f97-4210-82d7-5512b31e9d03")],
        failing=[
            behaviours("responseHeadersPolicyId", None),
            behaviours("responseHeadersPolicyId", "x", None),
            of(DISTRIBUTION, defaultCacheBehavior={"responseHeadersPolicyId": "x"}, orderedCacheBehaviors=U),
        ],
        unknown=[behaviours("responseHeadersPolicyId", U, U)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "waf-associated",
        passing=[
            (PUBLIC, of(ASSOCIATION, resourceArn=ref("public"), webAclArn=U)),
            of(DISTRIBUTION, webAclId="arn:aws:wafv2:us-east-1:1:global/webacl/a/b"),
        ],
        failing=[
            PUBLIC,
            (PUBLIC, of(BALANCER, "other"), of(ASSOCIATION, resourceArn=ref("other"), webAclArn=U)),
            of(DISTRIBUTION),
        ],
        unknown=[of(BALANCER, internal=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[INTERNAL, of(BALANCER, loadBalancerType="network")],
    ),
]
