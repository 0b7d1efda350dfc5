"""Cases of the rules in policies/pack/rules/apigateway.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

OURS = "https://app.example.com"


def limited(rate: object) -> tuple[Made, ...]:
    """A REST stage with settings for all its methods."""
    settings = of(
        types.APIGATEWAY_METHOD_SETTINGS,
        "all",
        stageName=ref("it"),
        methodPath="*/*",
        settings={"throttlingRateLimit": rate},
    )
    return (of(types.APIGATEWAY_STAGE, stageName="prod"), settings)


CASES = [
    *cases(
        "api-throttled",
        passing=[
            of(types.APIGATEWAYV2_STAGE, defaultRouteSettings={"throttlingRateLimit": 100}),
            limited(50.5),
            (
                of(types.APIGATEWAY_STAGE, stageName="prod"),
                of(types.APIGATEWAY_METHOD_SETTINGS, stageName="prod", settings={"throttlingRateLimit": 10}),
            ),
        ],
        failing=[
            of(types.APIGATEWAYV2_STAGE),
            of(types.APIGATEWAYV2_STAGE, defaultRouteSettings={"throttlingRateLimit": 0}),
            of(types.APIGATEWAY_STAGE),
            limited(-1),
            (
                of(types.APIGATEWAY_STAGE, stageName="prod"),
                of(
                    types.APIGATEWAY_METHOD_SETTINGS,
                    stageName="prod",
                    methodPath="orders/GET",
                    settings={"throttlingRateLimit": 10},
                ),
            ),
        ],
        unknown=[of(types.APIGATEWAYV2_STAGE, defaultRouteSettings={"throttlingRateLimit": U}), limited(U)],
    ),
    *cases(
        "cors-by-domain",
        passing=[
            of(types.APIGATEWAYV2_API, corsConfiguration={"allowOrigins": [OURS]}),
            of(types.LAMBDA_FUNCTION_URL, cors={"allowOrigins": [OURS]}),
            of(types.CLOUDFRONT_RESPONSE_HEADERS_POLICY, corsConfig={"accessControlAllowOrigins": {"items": [OURS]}}),
            of(types.S3_BUCKET_CORS_CONFIGURATION, corsRules=[{"allowedOrigins": [OURS]}]),
        ],
        failing=[
            of(types.APIGATEWAYV2_API, corsConfiguration={"allowOrigins": [OURS, "*"]}),
            of(types.LAMBDA_FUNCTION_URL, cors={"allowOrigins": ["https://*"]}),
            of(types.CLOUDFRONT_RESPONSE_HEADERS_POLICY, corsConfig={"accessControlAllowOrigins": {"items": ["*"]}}),
            of("aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2", corsRules=[{"allowedOrigins": ["*"]}]),
        ],
        unknown=[
            of(types.APIGATEWAYV2_API, corsConfiguration=U),
            of(types.APIGATEWAYV2_API, corsConfiguration={"allowOrigins": [U]}),
            of(types.S3_BUCKET_CORS_CONFIGURATION, corsRules=[{"allowedOrigins": U}]),
            of(types.S3_BUCKET_CORS_CONFIGURATION, corsRules=U),
        ],
        unknown_is=Status.UNKNOWN,
        skipped=[
            of(types.APIGATEWAYV2_API),
            of(types.LAMBDA_FUNCTION_URL),
            of(types.CLOUDFRONT_RESPONSE_HEADERS_POLICY),
        ],
    ),
]
