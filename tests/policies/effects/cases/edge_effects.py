"""The edge: load balancers, CloudFront, web ACLs, APIs, certificates and DNS."""

from __future__ import annotations

import json

from policies.pack import types
from tests.policies.building import of, ref
from tests.policies.effects.effect import idle, unsure, works

TO_HTTPS = {"protocol": "HTTPS", "statusCode": "HTTP_301"}
HTTPS = {"viewerProtocolPolicy": "redirect-to-https"}
FORWARD = [{"type": "forward", "targetGroupArn": "tg"}]
SERVER = {"customOriginConfig": {"httpPort": 80, "httpsPort": 443, "originProtocolPolicy": "https-only"}}


def redirecting(**redirect: object) -> object:
    return [{"type": "redirect", "redirect": {**TO_HTTPS, **redirect}}]


def group(name: str, **more: object) -> dict[str, object]:
    return {
        "name": name,
        "overrideAction": {"none": {}},
        "statement": {"managedRuleGroupStatement": {"name": name, "vendorName": "AWS", **more}},
    }


def limited(**more: object) -> dict[str, object]:
    rate = {"limit": 1000, "aggregateKeyType": "IP", **more}
    return {"name": "rate", "action": {"block": {}}, "statement": {"rateBasedStatement": rate}}


def path(text: str) -> dict[str, object]:
    return {"byteMatchStatement": {"searchString": text, "positionalConstraint": "STARTS_WITH"}}


LISTENER = ("alb-http-redirects-https", types.LB_LISTENER)
ACL = types.WAFV2_WEB_ACL
CORS = types.APIGATEWAYV2_API

EFFECTS = [
    works(
        LISTENER[0],
        "a redirect to 443",
        of(LISTENER[1], protocol="HTTP", port=80, defaultActions=redirecting(port="443")),
    ),
    idle(
        LISTENER[0],
        "a redirect back to port 80 leads nowhere",
        of(LISTENER[1], protocol="HTTP", port=80, defaultActions=redirecting(port="80")),
    ),
    idle(
        LISTENER[0],
        "one rule of the listener answers over HTTP",
        of(LISTENER[1], "web", protocol="HTTP", port=80, defaultActions=redirecting(port="443")),
        of(types.LB_LISTENER_RULE, "old", listenerArn=ref("web"), actions=FORWARD),
    ),
    works(
        LISTENER[0],
        "an internal balancer is not public",
        of(LISTENER[1], "web", loadBalancerArn=ref("inner"), protocol="HTTP", port=80, defaultActions=FORWARD),
        of(types.LB_LOAD_BALANCER, "inner", internal=True),
    ),
    idle(
        "alb-https-listener-present",
        "the HTTPS listener belongs to another balancer",
        of(types.LB_LOAD_BALANCER, "web"),
        of(types.LB_LOAD_BALANCER, "other"),
        of(LISTENER[1], "tls", loadBalancerArn=ref("other"), protocol="HTTPS"),
    ),
    works(
        "alb-https-listener-present",
        "a listener of its own speaks HTTPS",
        of(types.LB_LOAD_BALANCER, "web"),
        of(LISTENER[1], "tls", loadBalancerArn=ref("web"), protocol="HTTPS"),
    ),
    idle(
        "target-group-health-path",
        "a matcher that takes errors for health finds nothing",
        of(types.LB_TARGET_GROUP, protocol="HTTP", healthCheck={"path": "/health", "matcher": "200-499"}),
    ),
    works(
        "target-group-health-path",
        "success and redirects are health",
        of(types.LB_TARGET_GROUP, protocol="HTTP", healthCheck={"path": "/health", "matcher": "200-399"}),
    ),
    works(
        "target-group-health-path",
        "codes of gRPC are no HTTP status",
        of(
            types.LB_TARGET_GROUP,
            protocol="HTTP",
            protocolVersion="GRPC",
            healthCheck={"path": "/grpc.health", "matcher": "0-599"},
        ),
    ),
    idle(
        "alb-listener-tls-policy",
        "the name of a policy that starts at TLS 1.0",
        of(LISTENER[1], protocol="HTTPS", sslPolicy="ELBSecurityPolicy-TLS13-1-0-2021-06"),
    ),
    idle(
        "waf-associated",
        "an association with another balancer",
        of(types.LB_LOAD_BALANCER, "web"),
        of(types.LB_LOAD_BALANCER, "other"),
        of(types.WAFV2_WEB_ACL_ASSOCIATION, "acl", resourceArn=ref("other"), webAclArn="acl"),
    ),
    works(
        "waf-associated",
        "a web ACL of the older WAF stands there too",
        of(types.LB_LOAD_BALANCER, "web"),
        of(types.WAFREGIONAL_WEB_ACL_ASSOCIATION, "acl", resourceArn=ref("web"), webAclId="acl"),
    ),
    idle(
        "waf-not-empty",
        "rules that only count",
        of(ACL, rules=[{"name": "a", "action": {"count": {}}, "statement": {}}]),
    ),
    idle("waf-not-empty", "a rule without anything in it", of(ACL, rules=[{}])),
    idle(
        "waf-sqli",
        "the group looks at one path only",
        of(ACL, rules=[group("AWSManagedRulesSQLiRuleSet", scopeDownStatement=path("/login"))]),
    ),
    works(
        "waf-sqli",
        "the group looks at all but one path",
        of(ACL, rules=[group("AWSManagedRulesSQLiRuleSet", scopeDownStatement={"notStatement": path("/hook")})]),
    ),
    idle(
        "waf-xss",
        "the one rule that matters is made to count",
        of(
            ACL,
            rules=[
                group(
                    "AWSManagedRulesCommonRuleSet",
                    ruleActionOverrides=[{"name": "CrossSiteScripting_BODY", "actionToUse": {"count": {}}}],
                )
            ],
        ),
    ),
    idle(
        "waf-known-bad-inputs",
        "the group's answers are only counted",
        of(ACL, rules=[{**group("AWSManagedRulesKnownBadInputsRuleSet"), "overrideAction": {"count": {}}}]),
    ),
    idle(
        "waf-ip-rate-limit",
        "a limit on one path leaves the others",
        of(ACL, rules=[limited(scopeDownStatement=path("/login"))]),
    ),
    works(
        "waf-ip-rate-limit",
        "a limit on all but health checks",
        of(ACL, rules=[limited(scopeDownStatement={"notStatement": path("/health")})]),
    ),
    idle(
        "waf-ip-rate-limit", "a thousand in a minute is 5,000 in five", of(ACL, rules=[limited(evaluationWindowSec=60)])
    ),
    works(
        "cloudfront-s3-oac",
        "a server is no bucket",
        of(types.CLOUDFRONT_DISTRIBUTION, origins=[{"domainName": "app.example.com", **SERVER}]),
    ),
    idle(
        "cloudfront-s3-oac",
        "a bucket dressed up as a server is read by a stranger",
        of(
            types.CLOUDFRONT_DISTRIBUTION,
            origins=[{"domainName": "shop.s3.eu-west-1.amazonaws.com", **SERVER}],
        ),
    ),
    works(
        "cloudfront-s3-oac",
        "a bucket's website can be reached in no other way",
        of(
            types.CLOUDFRONT_DISTRIBUTION,
            origins=[{"domainName": "shop.s3-website.eu-west-1.amazonaws.com", **SERVER}],
        ),
    ),
    idle(
        "cloudfront-viewer-https",
        "one path still answers over HTTP",
        of(
            types.CLOUDFRONT_DISTRIBUTION,
            defaultCacheBehavior=HTTPS,
            orderedCacheBehaviors=[{"pathPattern": "/old/*", "viewerProtocolPolicy": "allow-all"}],
        ),
    ),
    idle(
        "cloudfront-min-tls12",
        "under CloudFront's own certificate the version does not count",
        of(
            types.CLOUDFRONT_DISTRIBUTION,
            viewerCertificate={"cloudfrontDefaultCertificate": True, "minimumProtocolVersion": "TLSv1.2_2021"},
        ),
    ),
    idle(
        "cloudfront-security-headers",
        "AWS's policy for CORS adds no security header",
        of(
            types.CLOUDFRONT_DISTRIBUTION,
            defaultCacheBehavior={"responseHeadersPolicyId": "60669652-455b-4ae9-85a4-c4c02393f86c"},
        ),
    ),
    idle("cors-by-domain", "null is any sandboxed frame", of(CORS, corsConfiguration={"allowOrigins": ["null"]})),
    idle(
        "cors-by-domain",
        "anybody may register such a name",
        of(CORS, corsConfiguration={"allowOrigins": ["https://*shop.com"]}),
    ),
    idle("cors-by-domain", "a whole top level", of(CORS, corsConfiguration={"allowOrigins": ["https://*.com"]})),
    works(
        "cors-by-domain",
        "hosts of a domain of ours",
        of(CORS, corsConfiguration={"allowOrigins": ["https://*.shop.com", "http://localhost:3000"]}),
    ),
    idle(
        "cors-by-domain",
        "rules inside the bucket count as well",
        of(types.S3_BUCKET, corsRules=[{"allowedMethods": ["GET"], "allowedOrigins": ["*"]}]),
    ),
    idle(
        "api-throttled",
        "a limit above the account's limits nothing",
        of(types.APIGATEWAYV2_STAGE, defaultRouteSettings={"throttlingRateLimit": 50000}),
    ),
    idle(
        "api-throttled",
        "settings for one method leave the others",
        of(types.APIGATEWAY_STAGE, "live", stageName="live"),
        of(
            types.APIGATEWAY_METHOD_SETTINGS,
            "pay",
            stageName=ref("live"),
            methodPath="pay/POST",
            settings={"throttlingRateLimit": 10},
        ),
    ),
    works(
        "api-throttled",
        "settings for all methods of the stage",
        of(types.APIGATEWAY_STAGE, "live", stageName="live"),
        of(
            types.APIGATEWAY_METHOD_SETTINGS,
            "all",
            stageName=ref("live"),
            methodPath="*/*",
            settings={"throttlingRateLimit": 100},
        ),
    ),
    idle(
        "certificate-dns-validated",
        "the validation awaits another certificate",
        of(types.ACM_CERTIFICATE, "web", validationMethod="DNS"),
        of(types.ACM_CERTIFICATE, "other", validationMethod="DNS"),
        of(types.ACM_CERTIFICATE_VALIDATION, "wait", certificateArn=ref("other")),
    ),
    works(
        "certificate-dns-validated",
        "an imported one is nobody's to validate",
        of(types.ACM_CERTIFICATE, privateKey="k"),
    ),
    idle(
        "health-check-strict",
        "turned round it calls an outage health",
        of(types.ROUTE53_HEALTH_CHECK, type="HTTPS", resourcePath="/health", invertHealthcheck=True),
    ),
    idle(
        "health-check-strict",
        "switched off it always says healthy",
        of(types.ROUTE53_HEALTH_CHECK, type="HTTPS", resourcePath="/health", disabled=True),
    ),
    works(
        "health-check-strict",
        "a check of an alarm has neither path nor interval",
        of(types.ROUTE53_HEALTH_CHECK, type="CLOUDWATCH_METRIC"),
    ),
    unsure(
        "cloudfront-s3-oac", "origins that nobody knows", of(types.CLOUDFRONT_DISTRIBUTION, origins=ref("elsewhere"))
    ),
    idle(
        "waf-logging",
        "the log is of another web ACL",
        of(ACL, "web"),
        of(ACL, "other"),
        of(types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION, "log", resourceArn=ref("other"), logDestinationConfigs=["arn"]),
    ),
    idle(
        "waf-sqli",
        "the WAF API's own JSON says the same",
        of(ACL, ruleJson=json.dumps([{"Name": "a", "Action": {"Count": {}}, "Statement": {"SqliMatchStatement": {}}}])),
    ),
]
