"""Cases of the rules in policies/pack/rules/cloudfront.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref


def fetching(*origins: object) -> Made:
    return of(types.CLOUDFRONT_DISTRIBUTION, origins=list(origins))


def behaviours(key: str, *values: object) -> Made:
    """A distribution whose default and other cache behaviours have these values of one property."""
    default, *others = ({} if v is None else {key: v} for v in values)
    return of(types.CLOUDFRONT_DISTRIBUTION, defaultCacheBehavior=default, orderedCacheBehaviors=others)


def own_headers(seconds: object) -> tuple[Made, Made]:
    """A distribution with a response headers policy of the same stack."""
    hsts = {} if seconds is None else {"accessControlMaxAgeSec": seconds}
    return (
        of(types.CLOUDFRONT_DISTRIBUTION, defaultCacheBehavior=ref("headers")),
        of(
            types.CLOUDFRONT_RESPONSE_HEADERS_POLICY, "headers", securityHeadersConfig={"strictTransportSecurity": hsts}
        ),
    )


CASES = [
    *cases(
        "cloudfront-viewer-https",
        passing=[
            behaviours("viewerProtocolPolicy", "redirect-to-https"),
            behaviours("viewerProtocolPolicy", "https-only", "redirect-to-https"),
            of(types.CLOUDFRONT_MULTITENANT_DISTRIBUTION, defaultCacheBehavior={"viewerProtocolPolicy": "https-only"}),
        ],
        failing=[
            behaviours("viewerProtocolPolicy", "allow-all"),
            behaviours("viewerProtocolPolicy", "https-only", "allow-all"),
            of(
                types.CLOUDFRONT_MULTITENANT_DISTRIBUTION,
                defaultCacheBehavior={"viewerProtocolPolicy": "https-only"},
                cacheBehaviors=[{"viewerProtocolPolicy": "allow-all"}],
            ),
            of(types.CLOUDFRONT_DISTRIBUTION),
        ],
        unknown=[
            behaviours("viewerProtocolPolicy", U),
            of(
                types.CLOUDFRONT_DISTRIBUTION,
                defaultCacheBehavior={"viewerProtocolPolicy": "https-only"},
                orderedCacheBehaviors=U,
            ),
        ],
    ),
    *cases(
        "cloudfront-min-tls12",
        passing=[
            of(
                types.CLOUDFRONT_DISTRIBUTION,
                viewerCertificate={"acmCertificateArn": U, "minimumProtocolVersion": "TLSv1.2_2021"},
            )
        ],
        failing=[
            of(types.CLOUDFRONT_DISTRIBUTION),
            of(types.CLOUDFRONT_DISTRIBUTION, viewerCertificate={"cloudfrontDefaultCertificate": True}),
            of(
                types.CLOUDFRONT_DISTRIBUTION,
                viewerCertificate={"cloudfrontDefaultCertificate": True, "minimumProtocolVersion": "TLSv1.2_2021"},
            ),
            of(types.CLOUDFRONT_DISTRIBUTION, viewerCertificate={"minimumProtocolVersion": "TLSv1.1_2016"}),
        ],
        unknown=[of(types.CLOUDFRONT_DISTRIBUTION, viewerCertificate={"minimumProtocolVersion": U})],
    ),
    *cases(
        "cloudfront-security-headers",
        passing=[behaviours("responseHeadersPolicyId", "67f7725c-6f97-4210-82d7-5512b31e9d03")],
        failing=[
            behaviours("responseHeadersPolicyId", None),
            behaviours("responseHeadersPolicyId", "x", None),
            of(
                types.CLOUDFRONT_DISTRIBUTION,
                defaultCacheBehavior={"responseHeadersPolicyId": "x"},
                orderedCacheBehaviors=U,
            ),
            behaviours("responseHeadersPolicyId", "60669652-455b-4ae9-85a4-c4c02393f86c"),
            own_headers(None),
            own_headers(300),
            own_headers(U),
        ],
        unknown=[behaviours("responseHeadersPolicyId", U, U), own_headers(31_536_000)],
        unknown_is=Status.PASS,
    ),
    *cases(
        "cloudfront-s3-oac",
        passing=[
            fetching({"domainName": U, "originAccessControlId": U}),
            fetching({"s3OriginConfig": {"originAccessIdentity": "origin-access-identity/cloudfront/E1"}}),
            fetching({"customOriginConfig": {"httpPort": 80}}, {"originAccessControlId": "E1"}),
        ],
        failing=[
            fetching({"domainName": "assets.s3.eu-central-1.amazonaws.com"}),
            fetching({"originAccessControlId": "E1"}, {"domainName": U, "originAccessControlId": ""}),
            fetching({"s3OriginConfig": {"originAccessIdentity": ""}}),
        ],
        unknown=[of(types.CLOUDFRONT_DISTRIBUTION, origins=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[fetching({"domainName": U, "vpcOriginConfig": U}), fetching({"customOriginConfig": {"httpPort": 80}})],
    ),
    *cases(
        "cloudfront-compresses",
        passing=[of(types.CLOUDFRONT_DISTRIBUTION, defaultCacheBehavior={"compress": True})],
        failing=[
            of(types.CLOUDFRONT_DISTRIBUTION),
            of(types.CLOUDFRONT_DISTRIBUTION, defaultCacheBehavior={"compress": False}),
        ],
        unknown=[
            of(types.CLOUDFRONT_DISTRIBUTION, defaultCacheBehavior={"compress": U}),
            of(types.CLOUDFRONT_DISTRIBUTION, defaultCacheBehavior=U),
        ],
    ),
]
