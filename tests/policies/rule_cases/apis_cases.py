"""Cases of the rules about API Gateway and CORS."""

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

REST_STAGE = "aws:apigateway/stage:Stage"
SETTINGS = "aws:apigateway/methodSettings:MethodSettings"
HTTP_STAGE = "aws:apigatewayv2/stage:Stage"
API = "aws:apigatewayv2/api:Api"
URL = "aws:lambda/functionUrl:FunctionUrl"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
BUCKET_CORS = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration"
OURS = "https://app.example.com"


def limited(rate: object) -> tuple[Made, ...]:
    """A REST stage with settings for all its methods."""
    settings = of(SETTINGS, "all", stageName=ref("it"), methodPath="*/*", settings={"throttlingRateLimit": rate})
    return (of(REST_STAGE, stageName="prod"), settings)


CASES = [
    *cases(
        "api-throttled",
        passing=[
            of(HTTP_STAGE, defaultRouteSettings={"throttlingRateLimit": 100}),
            limited(50.5),
            (of(REST_STAGE, stageName="prod"), of(SETTINGS, stageName="prod", settings={"throttlingRateLimit": 10})),
        ],
        failing=[
            of(HTTP_STAGE),
            of(HTTP_STAGE, defaultRouteSettings={"throttlingRateLimit": 0}),
            of(REST_STAGE),
            limited(-1),
        ],
        unknown=[of(HTTP_STAGE, defaultRouteSettings={"throttlingRateLimit": U}), limited(U)],
    ),
    *cases(
        "cors-by-domain",
        passing=[
            of(API, corsConfiguration={"allowOrigins": [OURS]}),
            of(URL, cors={"allowOrigins": [OURS]}),
            of(HEADERS, corsConfig={"accessControlAllowOrigins": {"items": [OURS]}}),
            of(BUCKET_CORS, corsRules=[{"allowedOrigins": [OURS]}]),
        ],
        failing=[
            of(API, corsConfiguration={"allowOrigins": [OURS, "*"]}),
            of(URL, cors={"allowOrigins": ["https://*"]}),
            of(HEADERS, corsConfig={"accessControlAllowOrigins": {"items": ["*"]}}),
            of("aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2", corsRules=[{"allowedOrigins": ["*"]}]),
        ],
        unknown=[
            of(API, corsConfiguration=U),
            of(API, corsConfiguration={"allowOrigins": [U]}),
            of(BUCKET_CORS, corsRules=[{"allowedOrigins": U}]),
            of(BUCKET_CORS, corsRules=U),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[of(API), of(URL), of(HEADERS)],
    ),
]
