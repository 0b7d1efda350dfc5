"""A distribution of static files alone, beside a public load balancer."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.edge.distribution import distribution_alarm, distribution_graphs, viewer_certificate
from components.edge.static_files import NOT_FOUND, StaticFiles, error_page
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.telemetry.graph import Graph
from settings.sections.observability import AlarmSettings


@dataclass(frozen=True, kw_only=True)
class FilesSiteArgs:
    """What is served under which name.

    Args:
        context: names and tags.
        files: the bucket with its policies.
        single_page: answer paths that are no file with /index.html.
        domain: host name of the files.
        certificate_arn: certificate in us-east-1 for it.
        web_acl_arn: web ACL of scope CLOUDFRONT; None for none.
    """

    context: Context
    files: StaticFiles
    single_page: bool
    domain: str
    certificate_arn: pulumi.Input[str]
    web_acl_arn: pulumi.Input[str] | None = None


class FilesSite(pulumi.ComponentResource):
    """Static files over HTTPS, compressed and cached near their users. Free up to 1 TB a month.

    Attributes:
        dns_name: CloudFront's name of the distribution.
        arn: its ARN.
    """

    dns_name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: FilesSiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:FilesSite", name, None, opts)
        context = args.context
        # Who may not list a bucket is told 403 of what is not there.
        missing = ("/index.html", 200) if args.single_page else (NOT_FOUND, 404)
        distribution = aws.cloudfront.Distribution(
            f"{name}-cdn",
            enabled=True,
            comment=f"{context.application} {context.environment}, static files",
            is_ipv6_enabled=True,
            http_version="http2and3",
            price_class="PriceClass_100",
            default_root_object="index.html",
            aliases=[args.domain],
            origins=[args.files.origin()],
            default_cache_behavior=args.files.default(),
            custom_error_responses=[error_page(status, missing[0], answered=missing[1]) for status in (403, 404)],
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(
                geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
            ),
            web_acl_id=args.web_acl_arn,
            viewer_certificate=viewer_certificate(args.certificate_arn),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        args.files.admit(distribution.arn)
        self.dns_name, self.arn, self._id = distribution.domain_name, distribution.arn, distribution.id
        self.register_outputs({"dns_name": self.dns_name})

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """An alarm on what users see of the files."""
        return [distribution_alarm(self._id, thresholds, subject="files")]

    def graphs(self) -> list[Graph]:
        """What users see of the files."""
        return distribution_graphs(self._id, "static files")
