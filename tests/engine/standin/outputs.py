"""What the stand-in AWS provider answers beyond a resource's inputs: its identifier and its computed outputs.

Only outputs that programs pass on are here. One that is missing reaches the program as None and silently drops the
input it was meant for; the engine tests catch that by comparing the inputs of a preview with those of a deployment.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from tests.engine.standin.facts import identity

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT = "123456789012"
"""The account number that AWS uses in its own documentation."""

ARN_NUMBERED = frozenset(
    {
        "aws:acm/certificate:Certificate",
        "aws:lb/listener:Listener",
        "aws:lb/listenerRule:ListenerRule",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:lb/targetGroup:TargetGroup",
        "aws:secretsmanager/secret:Secret",
    }
)
"""Types whose ARN holds a number of AWS's own, so that the next of the same name has another ARN."""

REVISED = frozenset({"aws:ecs/taskDefinition:TaskDefinition"})
"""Types of which there are several of one name, a revision each."""

BY_TYPE: Mapping[str, Mapping[str, Any]] = {
    "aws:apigatewayv2/api:Api": {
        "apiEndpoint": "https://{hash}.execute-api.{region}.amazonaws.com",
        "executionArn": "arn:aws:execute-api:{region}:{account}:{hash}",
    },
    "aws:backup/vault:Vault": {"recoveryPoints": 0},
    "aws:cloudformation/stack:Stack": {"outputs": {"DestinationArn": "{arn}/destination"}},
    "aws:cloudfront/distribution:Distribution": {
        "domainName": "{hash}.cloudfront.net",
        "etag": "{hash}",
        "hostedZoneId": "Z2FDTNDATAQYW2",
        "status": "Deployed",
    },
    "aws:cloudfront/cachePolicy:CachePolicy": {"etag": "{hash}"},
    "aws:cloudfront/function:Function": {"etag": "{hash}", "status": "UNASSOCIATED"},
    "aws:cognito/userPool:UserPool": {"endpoint": "cognito-idp.{region}.amazonaws.com/{hash}"},
    "aws:cognito/userPoolClient:UserPoolClient": {"clientSecret": "{hash}"},
    "aws:docdb/cluster:Cluster": {"endpoint": "{name}.{hash}.docdb.{region}.amazonaws.com", "port": 27017},
    "aws:dynamodb/table:Table": {"streamArn": "{arn}/stream/2026-01-01T00:00:00.000"},
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {"vpcId": "vpc-{hash}"},
    "aws:ec2/eip:Eip": {"allocationId": "eipalloc-{hash}", "publicIp": "203.0.113.10"},
    "aws:ec2/natGateway:NatGateway": {"publicIp": "203.0.113.10", "privateIp": "10.0.0.10"},
    "aws:ec2/vpc:Vpc": {
        "defaultNetworkAclId": "acl-{hash}",
        "defaultRouteTableId": "rtb-{hash}",
        "defaultSecurityGroupId": "sg-{hash}",
        "mainRouteTableId": "rtb-{hash}",
        "ownerId": "{account}",
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        "dnsEntries": [{"dnsName": "{id}.{region}.vpce.amazonaws.com", "hostedZoneId": "Z7HUB22UULQXV"}],
        "prefixListId": "pl-{hash}",
        "networkInterfaceIds": ["eni-{hash}"],
    },
    "aws:ecr/repository:Repository": {
        "registryId": "{account}",
        "repositoryUrl": "{account}.dkr.ecr.{region}.amazonaws.com/{name}",
    },
    "aws:ecs/taskDefinition:TaskDefinition": {
        "arnWithoutRevision": "arn:aws:ecs:{region}:{account}:task-definition/{name}",
    },
    "aws:efs/fileSystem:FileSystem": {"dnsName": "{id}.efs.{region}.amazonaws.com", "ownerId": "{account}"},
    "aws:eks/cluster:Cluster": {
        "certificateAuthority": {"data": "Y2VydGlmaWNhdGU="},
        "endpoint": "https://{hash}.gr7.{region}.eks.amazonaws.com",
        "identities": [{"oidcs": [{"issuer": "https://oidc.eks.{region}.amazonaws.com/id/{hash}"}]}],
        "vpcConfig": {"clusterSecurityGroupId": "sg-{hash}", "vpcId": "vpc-{hash}"},
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "configurationEndpointAddress": "clustercfg.{name}.{hash}.cache.amazonaws.com",
        "memberClusters": ["{name}-001", "{name}-002"],
        "port": 6379,
        "primaryEndpointAddress": "master.{name}.{hash}.cache.amazonaws.com",
        "readerEndpointAddress": "replica.{name}.{hash}.cache.amazonaws.com",
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {
        "endpoints": [{"address": "{name}-{hash}.serverless.cache.amazonaws.com", "port": 6379}],
        "readerEndpoints": [{"address": "{name}-{hash}.serverless.cache.amazonaws.com", "port": 6380}],
    },
    "aws:globalaccelerator/accelerator:Accelerator": {
        "dnsName": "{hash}.awsglobalaccelerator.com",
        "hostedZoneId": "Z2BJ6XQ5FK7U4H",
    },
    "aws:guardduty/detector:Detector": {"accountId": "{account}"},
    "aws:iam/accessKey:AccessKey": {"secret": "{hash}"},
    "aws:iam/instanceProfile:InstanceProfile": {"uniqueId": "AIPA{hash}"},
    "aws:iam/role:Role": {"uniqueId": "AROA{hash}"},
    "aws:kms/key:Key": {"keyId": "{id}"},
    "aws:kms/replicaKey:ReplicaKey": {"keyId": "{id}"},
    "aws:lambda/function:Function": {
        "invokeArn": "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations",
        "qualifiedArn": "{arn}:1",
        "version": "1",
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        "arnSuffix": "app/{name}/{hash}",
        "dnsName": "{name}-{hash}.{region}.elb.amazonaws.com",
        "vpcId": "vpc-{hash}",
        "zoneId": "Z35SXDOTRQ7X7K",
    },
    "aws:lb/targetGroup:TargetGroup": {"arnSuffix": "targetgroup/{name}/{hash}"},
    "aws:rds/cluster:Cluster": {
        "clusterIdentifier": "{name}",
        "clusterResourceId": "cluster-{hash}",
        "endpoint": "{name}.cluster-{hash}.{region}.rds.amazonaws.com",
        "hostedZoneId": "Z2R2ITUGPM61AM",
        "masterUserSecrets": [
            {
                "kmsKeyId": "arn:aws:kms:{region}:{account}:key/{hash}",
                "secretArn": "arn:aws:secretsmanager:{region}:{account}:secret:rds!cluster-{hash}",
                "secretStatus": "active",
            }
        ],
        "port": 5432,
        "readerEndpoint": "{name}.cluster-ro-{hash}.{region}.rds.amazonaws.com",
    },
    "aws:rds/clusterInstance:ClusterInstance": {
        "dbiResourceId": "db-{hash}",
        "endpoint": "{name}.{hash}.{region}.rds.amazonaws.com",
        "identifier": "{name}",
    },
    "aws:rds/instance:Instance": {
        "address": "{name}.{hash}.{region}.rds.amazonaws.com",
        "endpoint": "{name}.{hash}.{region}.rds.amazonaws.com:5432",
        "hostedZoneId": "Z2R2ITUGPM61AM",
        "identifier": "{name}",
        "masterUserSecrets": [
            {
                "kmsKeyId": "arn:aws:kms:{region}:{account}:key/{hash}",
                "secretArn": "arn:aws:secretsmanager:{region}:{account}:secret:rds!db-{hash}",
                "secretStatus": "active",
            }
        ],
        "port": 5432,
        "resourceId": "db-{hash}",
    },
    "aws:rds/proxy:Proxy": {"endpoint": "{name}.proxy-{hash}.{region}.rds.amazonaws.com"},
    "aws:route53/record:Record": {"fqdn": "{name}"},
    "aws:route53/zone:Zone": {
        "nameServers": ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"],
        "primaryNameServer": "ns-1.awsdns-01.com",
        "zoneId": "{id}",
    },
    "aws:s3/bucket:Bucket": {
        "bucketDomainName": "{name}.s3.amazonaws.com",
        "bucketRegionalDomainName": "{name}.s3.{region}.amazonaws.com",
        "hostedZoneId": "Z3AQBSTGFYJSTF",
    },
    "aws:s3/bucketObjectv2:BucketObjectv2": {"versionId": "{hash}"},
    "aws:secretsmanager/secretVersion:SecretVersion": {"versionId": "{hash}"},
    "aws:servicediscovery/httpNamespace:HttpNamespace": {"httpName": "{name}"},
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {"hostedZone": "Z{hash}"},
    "aws:sqs/queue:Queue": {"url": "https://sqs.{region}.amazonaws.com/{account}/{name}"},
    "aws:ssm/parameter:Parameter": {"version": 1},
    "aws:synthetics/canary:Canary": {"engineArn": "arn:aws:lambda:{region}:{account}:function:cwsyn-{name}-{hash}:1"},
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {"securityGroupRuleId": "sgr-{hash}"},
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {"securityGroupRuleId": "sgr-{hash}"},
    "aws:wafv2/webAcl:WebAcl": {"capacity": 100},
}
"""Type → computed outputs; `{id}`, `{arn}`, `{name}`, `{hash}`, `{region}` and `{account}` are filled in."""

NAMED_BY = (
    "name",
    "bucket",
    "identifier",
    "clusterIdentifier",
    "replicationGroupId",
    "family",
    "functionName",
    "fqdn",
)
"""Inputs that carry a physical name, in the order in which they are looked for."""


def fingerprint(kind: str, name: str, nth: int = 0) -> str:
    """Seventeen hex digits that belong to one object: AWS's usual length."""
    return hashlib.sha256(f"{kind}::{name}{f'::{nth}' if nth else ''}".encode()).hexdigest()[:17]


def made(
    kind: str, name: str, inputs: Mapping[str, Any], region: str, nth: int = 0, updates: int = 0
) -> tuple[str, dict[str, Any]]:
    """Identifier and computed outputs of an object.

    Args:
        kind: its type token.
        name: its logical name.
        inputs: what was asked for, in plain form; an output of the same name gives way to it.
        region: the provider's own.
        nth: how many objects this logical resource has been before.
        updates: how often the object was updated.
    """
    region = inputs.get("region") or region
    digits = fingerprint(kind, name, nth)
    called = next((inputs[key] for key in NAMED_BY if isinstance(inputs.get(key), str)), "")
    prefix = inputs.get("namePrefix") or inputs.get("bucketPrefix")
    # The provider's own way to name what the program leaves unnamed: logical name and seven hex digits.
    called = called or (f"{prefix}{digits[:6]}" if prefix else f"{name}-{digits[:7]}")
    short = kind.rsplit(":", 1)[-1].lower()
    fields = {
        "account": ACCOUNT,
        "arn": _arn(kind, called, region, str(nth + 1) if kind in REVISED else digits if kind in ARN_NUMBERED else ""),
        "hash": digits,
        "id": f"{short}-{digits}",
        "name": called,
        "region": region,
    }
    texts = {key: str(value) for key, value in inputs.items() if isinstance(value, str | int | float)}
    form = identity(kind).get("id", "")
    if form:
        fields["id"] = form.format_map({**fields, **texts})
    common = {"arn": fields["arn"], "name": called, "region": region, "tagsAll": inputs.get("tags") or {}}
    if kind == "aws:s3/bucket:Bucket":
        common["bucket"] = called
    if kind == "aws:acm/certificate:Certificate":
        common["domainValidationOptions"] = _validation_options(inputs)
    if kind == "aws:ec2/launchTemplate:LaunchTemplate":
        common |= {"defaultVersion": 1 + updates, "latestVersion": 1 + updates}
    return fields["id"], {**common, **_filled(BY_TYPE.get(kind, {}), fields)}


def _validation_options(inputs: Mapping[str, Any]) -> list[dict[str, str]]:
    """One CNAME record per distinct name that a DNS-validated certificate must prove, whatever its certificate."""
    names = dict.fromkeys([inputs.get("domainName", ""), *inputs.get("subjectAlternativeNames", [])])
    return [
        {
            "domainName": name,
            "resourceRecordName": f"_{fingerprint('validation', name)}.{name.removeprefix('*.')}.",
            "resourceRecordType": "CNAME",
            "resourceRecordValue": f"_{fingerprint('answer', name)}.acm-validations.aws.",
        }
        for name in names
        if name
    ]


def _arn(kind: str, name: str, region: str, number: str) -> str:
    module, _, short = kind.removeprefix("aws:").partition("/")
    tail = f"/{number}" if number else ""
    return f"arn:aws:{module}:{region}:{ACCOUNT}:{short.partition(':')[0].lower()}/{name}{tail}"


def _filled(value: Any, fields: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON value
    """`value` with the placeholders of all its strings replaced."""
    if isinstance(value, str):
        return value.format_map(fields)
    if isinstance(value, list):
        return [_filled(item, fields) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, fields) for key, item in value.items()}
    return value
