"""Cases of the edge rules."""

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

LISTENER = "aws:lb/listener:Listener"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
SHARED = "aws:cloudfront/multitenantDistribution:MultitenantDistribution"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
TO_HTTPS = {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}
PUBLIC = of(BALANCER, "public", internal=False)
INTERNAL = of(BALANCER, "internal", internal=True)


def http(*actions: object, balancer: str = "public", type_: str = LISTENER) -> Made:
    return of(type_, protocol="HTTP", loadBalancerArn=ref(balancer), defaultActions=list(actions))


def behaviours(key: str, *values: object) -> Made:
    """A distribution whose default and other cache behaviours have these values of one property."""
    default, *others = ({} if v is None else {key: v} for v in values)
    return of(DISTRIBUTION, defaultCacheBehavior=default, orderedCacheBehaviors=others)


def own_headers(seconds: object) -> tuple[Made, Made]:
    """A distribution with a response headers policy of the same stack."""
    hsts = {} if seconds is None else {"accessControlMaxAgeSec": seconds}
    return (
        of(DISTRIBUTION, defaultCacheBehavior=ref("headers")),
        of(HEADERS, "headers", securityHeadersConfig={"strictTransportSecurity": hsts}),
    )


CASES = [
    *cases(
        "alb-https-listener-present",
        passing=[
            (PUBLIC, of(LISTENER, protocol="HTTPS", loadBalancerArn=ref("public"))),
            (
                of("aws:alb/loadBalancer:LoadBalancer", "public"),
                http(TO_HTTPS),
                of("aws:alb/listener:Listener", "https", protocol="HTTPS", loadBalancerArn=ref("public")),
            ),
        ],
        failing=[
            PUBLIC,
            (PUBLIC, http(TO_HTTPS)),
            (PUBLIC, of(BALANCER, "other"), of(LISTENER, protocol="HTTPS", loadBalancerArn=ref("other"))),
            (PUBLIC, of(LISTENER, protocol=U, loadBalancerArn=ref("public"))),
        ],
        unknown=[of(BALANCER, internal=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[INTERNAL, of(BALANCER, loadBalancerType="network")],
    ),
    *cases(
        "alb-listener-certificate",
        passing=[
            of(LISTENER, protocol="HTTPS", certificateArn="arn"),
            of(LISTENER, protocol="TLS", certificateArn="a"),
        ],
        failing=[of(LISTENER, protocol="HTTPS"), of("aws:alb/listener:Listener", protocol="TLS", certificateArn="")],
        unknown=[of(LISTENER, protocol="HTTPS", certificateArn=U)],
        unknown_is=Status.PASS,
        skipped=[of(LISTENER, protocol="HTTP"), of(LISTENER, protocol="TCP")],
    ),
    *cases(
        "alb-multi-az",
        passing=[
            of(BALANCER, subnets=[U, U]),
            of("aws:alb/loadBalancer:LoadBalancer", subnetMappings=[{"subnetId": U}, {"subnetId": "subnet-1"}]),
        ],
        failing=[of(BALANCER), of(BALANCER, subnets=["subnet-1"]), of(BALANCER, subnetMappings=[{"subnetId": U}])],
        unknown=[of(BALANCER, subnets=U), of(BALANCER, subnetMappings=U)],
        unknown_is=Status.UNKNOWN,
    ),
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
            of(SHARED, defaultCacheBehavior={"viewerProtocolPolicy": "https-only"}),
        ],
        failing=[
            behaviours("viewerProtocolPolicy", "allow-all"),
            behaviours("viewerProtocolPolicy", "https-only", "allow-all"),
            of(
                SHARED,
                defaultCacheBehavior={"viewerProtocolPolicy": "https-only"},
                cacheBehaviors=[{"viewerProtocolPolicy": "allow-all"}],
            ),
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
            behaviours("responseHeadersPolicyId", "60669652-455b-4ae9-85a4-c4c02393f86c"),
            own_headers(None),
            own_headers(300),
            own_headers(U),
        ],
        unknown=[behaviours("responseHeadersPolicyId", U, U), own_headers(31_536_000)],
        unknown_is=Status.PASS,
    ),
]
