"""Cases of the rules about Route 53 and certificates."""

from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of, ref

RECORD = "aws:route53/record:Record"
CHECK = "aws:route53/healthCheck:HealthCheck"
CERTIFICATE = "aws:acm/certificate:Certificate"
VALIDATION = of("aws:acm/certificateValidation:CertificateValidation", "validation", certificateArn=ref("it"))
DISTRIBUTION = of("aws:cloudfront/distribution:Distribution", "cdn")


def alias(health: object, **more: object) -> Made:
    return of(RECORD, aliases=[{"name": U, "zoneId": U, "evaluateTargetHealth": health, **more}])


def check(**props: object) -> Made:
    return Made(CHECK, "it", {"type": "HTTPS", "requestInterval": 30, "failureThreshold": 3, **props})


def record(role: str, name: object = "app.example.com", **props: object) -> Made:
    policies = [{"type": role}]
    return Made(RECORD, role, {"name": name, "type": "A", "failoverRoutingPolicies": policies, **props})


CASES = [
    *cases(
        "alias-target-health",
        passing=[alias(True), alias("true")],
        failing=[alias(False), of(RECORD, aliases=[{"name": U, "zoneId": U}])],
        unknown=[alias(U), of(RECORD, aliases=U)],
        skipped=[
            of(RECORD, records=["192.0.2.1"]),
            (of(RECORD, aliases=ref("cdn")), DISTRIBUTION),
            alias(False, zoneId="Z2FDTNDATAQYW2"),
            alias(False, name="d111.cloudfront.net"),
        ],
    ),
    *cases(
        "health-check-strict",
        passing=[
            check(),
            check(type="HTTPS_STR_MATCH", requestInterval=10, failureThreshold="2"),
            of(CHECK, type="HTTPS"),
        ],
        failing=[
            of(CHECK, type="HTTP"),
            check(type="TCP"),
            check(failureThreshold=5),
            check(failureThreshold=0),
            check(disabled=True),
        ],
        unknown=[check(type=U), check(requestInterval=U), check(failureThreshold=U)],
        skipped=[of(CHECK, type="CALCULATED"), of(CHECK, type="CLOUDWATCH_METRIC")],
    ),
    *cases(
        "dns-failover-complete",
        passing=[
            (record("PRIMARY", healthCheckId=U), record("SECONDARY")),
            (record("PRIMARY", aliases=[{"evaluateTargetHealth": True}]), record("SECONDARY")),
        ],
        failing=[
            record("PRIMARY", healthCheckId="hc"),
            (record("PRIMARY"), record("SECONDARY")),
            (record("PRIMARY", healthCheckId="hc"), record("SECONDARY", "other.example.com")),
            (record("PRIMARY", healthCheckId="hc"), record("SECONDARY", type="AAAA")),
        ],
        unknown=[(record("PRIMARY", U, healthCheckId="hc"), record("SECONDARY", U))],
        unknown_is=Status.UNKNOWN,
        skipped=[of(RECORD, name="app.example.com"), record("SECONDARY")],
    ),
    *cases(
        "certificate-dns-validated",
        passing=[(of(CERTIFICATE, domainName="example.com", validationMethod="DNS"), VALIDATION)],
        failing=[
            of(CERTIFICATE, domainName="example.com", validationMethod="DNS"),
            (of(CERTIFICATE, domainName="example.com", validationMethod="EMAIL"), VALIDATION),
            (of(CERTIFICATE, domainName="example.com"), VALIDATION),
        ],
        unknown=[(of(CERTIFICATE, validationMethod=U), VALIDATION)],
        skipped=[of(CERTIFICATE, privateKey=U), of(CERTIFICATE, certificateAuthorityArn="arn")],
    ),
]
