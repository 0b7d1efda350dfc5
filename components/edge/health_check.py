"""Asking the product from outside whether it is well."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge.web_acl import CLOUDFRONT_REGION
from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from settings.enums import Severity


@dataclass(frozen=True, kw_only=True)
class HealthCheckArgs:
    """What is asked.

    Args:
        context: names and tags.
        host: host name of the product.
        path: path that answers 200 to 399.
    """

    context: Context
    host: pulumi.Input[str]
    path: str


class HealthCheck(pulumi.ComponentResource):
    """Route 53 asks over HTTPS every 30 seconds from many places; three failures count. $1.50 a month.

    Attributes:
        check_id: the check's id, for records.
    """

    check_id: pulumi.Output[str]

    def __init__(self, name: str, args: HealthCheckArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:HealthCheck", name, None, opts)
        check = aws.route53.HealthCheck(
            f"{name}-check",
            type="HTTPS",
            fqdn=args.host,
            port=443,
            resource_path=args.path,
            request_interval=30,
            failure_threshold=3,
            enable_sni=True,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.check_id = check.id
        self.register_outputs({"check_id": self.check_id})

    def alarms(self) -> list[AlarmSpec]:
        """The product does not answer from outside; Route 53 reports to us-east-1 alone."""
        return [
            AlarmSpec(
                key="unreachable",
                title="Route 53 does not reach the product from outside",
                namespace="AWS/Route53",
                metric="HealthCheckStatus",
                dimensions={"HealthCheckId": self.check_id},
                statistic="Minimum",
                threshold=1,
                comparison=Comparison.BELOW,
                periods=2,
                missing_is_bad=True,
                region=CLOUDFRONT_REGION,
                severity=Severity.CRITICAL,
            )
        ]
