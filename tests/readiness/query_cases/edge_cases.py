"""Cases of the queries about network and edge."""

from __future__ import annotations

from tests.policies.building import U, ref
from tests.readiness.query_cases.case import ask, exists, of

FLOW = "aws:ec2/flowLog:FlowLog"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
SERVICE = "aws:ecs/service:Service"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
DATABASE = "aws:rds/instance:Instance"
LISTENER = "aws:lb/listener:Listener"
RULE = "aws:lb/listenerRule:ListenerRule"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
CDN = "aws:cloudfront/distribution:Distribution"
ORIGIN = "aws:cloudfront/vpcOrigin:VpcOrigin"
ACL = "aws:wafv2/webAcl:WebAcl"
CERTIFICATE = "aws:acm/certificate:Certificate"
VALIDATION = "aws:acm/certificateValidation:CertificateValidation"
GA = "aws:globalaccelerator/"

_GROUPS = (of(GROUP, "edge"), of(GROUP, "app"), of(GROUP, "data"))
_PARTS = (
    of(BALANCER, "lb", securityGroups=ref("edge")),
    of(SERVICE, "service", networkConfiguration=ref("app")),
)
_DATABASE = of(DATABASE, "db", vpcSecurityGroupIds=ref("data"))
_TO_APP = of(INGRESS, "to-app", securityGroupId=ref("app"), referencedSecurityGroupId=ref("edge"))
_TO_DATA = of(INGRESS, "to-data", securityGroupId=ref("data"), referencedSecurityGroupId=ref("app"))
_FROM_WORLD = of(INGRESS, "to-app", securityGroupId=ref("app"), cidrIpv4="0.0.0.0/0")

_STRICT = "routingHttpResponseStrictTransportSecurityHeaderValue"
_SNIFF = "routingHttpResponseXContentTypeOptionsHeaderValue"
_FRAME = "routingHttpResponseXFrameOptionsHeaderValue"
_HSTS = {"strictTransportSecurity": {"accessControlMaxAgeSec": 31536000}}
_ALL_HEADERS = {**_HSTS, "contentTypeOptions": {"override": True}, "frameOptions": {"frameOption": "DENY"}}
_S3_ORIGIN = [{"originId": "files", "originAccessControlId": U}]
_HEADER_RULE = [{"httpHeader": {"httpHeaderName": "x-version", "values": ["b"]}}]
_WEIGHTS = [{"type": "forward", "forward": {"targetGroups": [{"weight": 90}, {"weight": 10}]}}]

CASES = [
    *exists("nat-gateway", "aws:ec2/natGateway:NatGateway"),
    *ask(
        "flow-logs-to-s3",
        (of(FLOW, trafficType="ALL", logDestinationType="s3"),),
        [
            (),
            (of(FLOW, trafficType="REJECT", logDestinationType="s3"),),
            (of(FLOW, trafficType="ALL", logDestinationType="cloud-watch-logs"),),
        ],
        (of(FLOW, trafficType=U, logDestinationType="s3"),),
    ),
    *exists("vpn", "aws:ec2/vpnConnection:VpnConnection", "aws:ec2clientvpn/endpoint:Endpoint"),
    *ask("no-bastion", [(), (of(TEMPLATE),)], (of("aws:ec2/instance:Instance"),)),
    *ask(
        "service-connect",
        (
            of(SERVICE, serviceConnectConfiguration={"enabled": True}),
            of("aws:servicediscovery/httpNamespace:HttpNamespace", "space"),
        ),
        [(of(SERVICE, serviceConnectConfiguration={"enabled": True}),), (of(SERVICE),)],
    ),
    *ask(
        "request-path",
        [
            (*_GROUPS, *_PARTS, _TO_APP),
            (*_GROUPS, *_PARTS, _DATABASE, _TO_APP, _TO_DATA),
            (*_GROUPS, _PARTS[0], of(TEMPLATE, "machine", vpcSecurityGroupIds=ref("app")), _TO_APP),
        ],
        [
            (),
            (*_GROUPS, *_PARTS),
            (*_GROUPS, *_PARTS, _FROM_WORLD),
            (*_GROUPS, *_PARTS, _DATABASE, _TO_APP),
            (*_GROUPS, _PARTS[0], _TO_APP),
        ],
    ),
    *ask(
        "origin-https",
        [
            (of(BALANCER, internal=False),),
            (of(ORIGIN, vpcOriginEndpointConfig={"originProtocolPolicy": "https-only"}),),
        ],
        [
            (of(BALANCER, internal=True),),
            (
                of(ORIGIN, vpcOriginEndpointConfig={"originProtocolPolicy": "http-only"}),
                of(BALANCER, "b", internal=False),
            ),
        ],
        (of(BALANCER, internal=U),),
    ),
    *ask(
        "api-private-link",
        (of("aws:apigatewayv2/vpcLink:VpcLink"), of("aws:apigatewayv2/stage:Stage", "stage")),
        [(of("aws:apigatewayv2/vpcLink:VpcLink"),), (of("aws:apigatewayv2/stage:Stage"),)],
    ),
    *exists("api-gateway", "aws:apigatewayv2/api:Api", "aws:apigateway/restApi:RestApi"),
    *ask(
        "global-accelerator",
        (
            of(f"{GA}listener:Listener", protocol="TCP", portRanges=[{"fromPort": 443, "toPort": 443}]),
            of(f"{GA}endpointGroup:EndpointGroup", "group", endpointConfigurations=[{"weight": 100}]),
        ),
        [
            (of(f"{GA}accelerator:Accelerator"),),
            (of(f"{GA}listener:Listener", protocol="TCP", portRanges=[{"fromPort": 443}]),),
            (
                of(f"{GA}listener:Listener", protocol="UDP", portRanges=[{}]),
                of(f"{GA}endpointGroup:EndpointGroup", "g"),
            ),
        ],
    ),
    *exists("accelerator", f"{GA}accelerator:Accelerator"),
    *ask(
        "certificate-validated",
        (of(CERTIFICATE, "cert"), of(VALIDATION, "ok", certificateArn=ref("cert"))),
        [(), (of(CERTIFICATE, "cert"),), (of(CERTIFICATE, "cert"), of(VALIDATION, "ok", certificateArn=ref("other")))],
    ),
    *ask(
        "hsts",
        [
            (of(HEADERS, securityHeadersConfig=_HSTS),),
            (of(LISTENER, protocol="HTTPS", **{_STRICT: "max-age=31536000; includeSubDomains"}),),
        ],
        [
            (),
            (of(HEADERS, corsConfig={}),),
            (of(HEADERS, securityHeadersConfig={"strictTransportSecurity": {"accessControlMaxAgeSec": 0}}),),
            (of(LISTENER, protocol="HTTP", **{_STRICT: "max-age=31536000"}),),
            (of(LISTENER, protocol="HTTPS", **{_STRICT: "max-age=0"}),),
            (of(LISTENER, protocol="HTTPS", **{_STRICT: "x"}),),
        ],
    ),
    *ask(
        "security-headers",
        [
            (of(HEADERS, securityHeadersConfig=_ALL_HEADERS),),
            (of(LISTENER, protocol="HTTPS", **{_STRICT: "a", _SNIFF: "nosniff", _FRAME: "DENY"}),),
        ],
        [(), (of(HEADERS, securityHeadersConfig=_HSTS),), (of(LISTENER, protocol="HTTPS", **{_STRICT: "a"}),)],
    ),
    *ask("alias-record", (of("aws:route53/record:Record", aliases=[{"name": U}]),), (of("aws:route53/record:Record"),)),
    *ask(
        "cdn-static-assets",
        [
            (of(CDN, origins=_S3_ORIGIN, defaultCacheBehavior={"compress": True}),),
            (of(CDN, origins=_S3_ORIGIN, defaultCacheBehavior={}, orderedCacheBehaviors=[{"compress": True}]),),
        ],
        [
            (),
            (of(CDN, origins=_S3_ORIGIN, defaultCacheBehavior={"compress": False}),),
            (of(CDN, origins=[{"originId": "app"}], defaultCacheBehavior={"compress": True}),),
        ],
        (of(CDN, origins=U, defaultCacheBehavior={"compress": True}),),
    ),
    *ask(
        "cdn-compresses",
        (of(CDN, defaultCacheBehavior={"compress": True}),),
        [(), (of(CDN, defaultCacheBehavior={}),)],
        (of(CDN, defaultCacheBehavior=U),),
    ),
    *ask(
        "geo-restriction",
        [
            (of(ACL, rules=[{"statement": {"geoMatchStatement": {"countryCodes": ["DE"]}}}]),),
            (of(CDN, restrictions={"geoRestriction": {"restrictionType": "whitelist"}}),),
        ],
        [
            (),
            (of(ACL, rules=[{"statement": {}}]),),
            (of(CDN, restrictions={"geoRestriction": {"restrictionType": "none"}}),),
        ],
        (of(ACL, rules=U),),
    ),
    *ask(
        "ab-testing",
        [
            (of(RULE, conditions=_HEADER_RULE, actions=[{"type": "forward"}]),),
            (of(RULE, conditions=[], actions=_WEIGHTS),),
        ],
        [(), (of(RULE, conditions=[{"pathPattern": {"values": ["/x"]}}], actions=[{"type": "forward"}]),)],
        (of(RULE, conditions=U, actions=[]),),
    ),
    *ask(
        "public-certificate",
        [
            (of(LISTENER, protocol="HTTPS", certificateArn=U),),
            (of(CDN, viewerCertificate={"acmCertificateArn": U}),),
        ],
        [
            (),
            (of(LISTENER, protocol="HTTP", certificateArn=U),),
            (of(LISTENER, protocol="HTTPS"),),
            (of(CDN, viewerCertificate={"cloudfrontDefaultCertificate": True}),),
        ],
    ),
    *ask(
        "balanced-targets",
        (of(BALANCER), of("aws:lb/targetGroup:TargetGroup", "targets", healthCheck={"path": "/health"})),
        [
            (of(BALANCER),),
            (of(BALANCER), of("aws:lb/targetGroup:TargetGroup", "targets")),
            (of(BALANCER, loadBalancerType="network"), of("aws:lb/targetGroup:TargetGroup", "targets", healthCheck={})),
            (of(BALANCER), of("aws:lb/targetGroup:TargetGroup", "targets", healthCheck={"enabled": False})),
        ],
    ),
]
