"""Cases of the rules about how CloudFront fetches and hands out content."""

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

DISTRIBUTION = "aws:cloudfront/distribution:Distribution"


def fetching(*origins: object) -> Made:
    return of(DISTRIBUTION, origins=list(origins))


CASES = [
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
        unknown=[of(DISTRIBUTION, origins=U)],
        unknown_is=Status.UNKNOWN,
        skipped=[fetching({"domainName": U, "vpcOriginConfig": U}), fetching({"customOriginConfig": {"httpPort": 80}})],
    ),
    *cases(
        "cloudfront-compresses",
        passing=[of(DISTRIBUTION, defaultCacheBehavior={"compress": True})],
        failing=[of(DISTRIBUTION), of(DISTRIBUTION, defaultCacheBehavior={"compress": False})],
        unknown=[of(DISTRIBUTION, defaultCacheBehavior={"compress": U}), of(DISTRIBUTION, defaultCacheBehavior=U)],
    ),
]
