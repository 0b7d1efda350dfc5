"""Whether a stack serves static files, and by which distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.edge.cdn_logs import CdnLogs, CdnLogsArgs
from components.edge.certificate import Certificates, CertificatesArgs
from components.edge.domain import DISTRIBUTION_ZONE, Alias, AliasArgs
from components.edge.files_site import FilesSite, FilesSiteArgs
from components.edge.static_files import StaticFiles, StaticFilesArgs
from components.edge.web_acl import CLOUDFRONT_REGION, WebAcl, web_acl_args
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from settings.sections.edge import EdgeSettings

if TYPE_CHECKING:
    from components.edge.load_balancer import LoadBalancer
    from components.foundation.alarm import AlarmSpec
    from components.foundation.telemetry.graph import Graph
    from settings.sections.observability import AlarmSettings


@dataclass(frozen=True, kw_only=True)
class FilesArgs:
    """Where static files belong.

    Args:
        context: names and tags.
        edge: the edge's settings.
        load_balancer: whose bucket takes logs.
        logs: how the firewall's log is kept.
        protect: refuse to delete the files.
        key_arn: KMS key of the files; None for S3's own.
    """

    context: Context
    edge: EdgeSettings
    load_balancer: LoadBalancer
    logs: LogPolicy
    protect: bool
    key_arn: pulumi.Input[str] | None


def static_files(name: str, args: FilesArgs, child: pulumi.ResourceOptions) -> StaticFiles:
    """The bucket of files.

    Args:
        name: start of the component's name.
        args: where it belongs.
        child: options that make it a child.
    """
    edge = args.edge
    own = [f"https://{edge.domain}"] if edge.domain else []
    files = StaticFilesArgs(
        context=args.context,
        settings=edge.assets,
        origins=[*dict.fromkeys([*own, *edge.cors_origins])],
        access_log_bucket=args.load_balancer.log_bucket,
        keep=args.protect,
        key_arn=args.key_arn,
    )
    return StaticFiles(f"{name}-files", files, opts=child)


class Files:
    """Static files beside a public load balancer: their bucket, distribution, name, certificate and firewall.

    Args:
        name: start of the components' names.
        args: where they belong.
        zone_id: zone that gets the records; None where the DNS is elsewhere.
        child: options that make them children.
    """

    def __init__(
        self, name: str, args: FilesArgs, zone_id: pulumi.Input[str] | None, child: pulumi.ResourceOptions
    ) -> None:
        edge, context = args.edge, args.context
        domain = edge.files_domain
        if domain is None:
            raise ValueError("static files beside a public load balancer need a domain")
        store = static_files(name, args, child)
        self._acl = None
        if edge.waf:
            acl = web_acl_args(context, edge, args.logs, key="files")
            self._acl = WebAcl(f"{name}-files-waf", acl, opts=child)
        self._site = FilesSite(
            f"{name}-files-site",
            FilesSiteArgs(
                context=context,
                files=store,
                single_page=edge.assets.single_page,
                domain=domain,
                certificate_arn=_certificate(name, args, domain, zone_id, child),
                web_acl_arn=self._acl.arn if self._acl else None,
            ),
            opts=child,
        )
        if zone_id is not None:
            alias = AliasArgs(
                zone_id=zone_id,
                domain=domain,
                target=self._site.dns_name,
                target_zone_id=DISTRIBUTION_ZONE,
                evaluate_health=False,
                ipv6=True,
            )
            Alias(f"{name}-files-alias", alias, opts=child)
        cdn_logs(f"{name}-files", "files", args, self._site.arn, child)
        self.outputs: dict[str, pulumi.Input[object]] = {"filesBucket": store.bucket, "filesUrl": f"https://{domain}"}

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on the files, and on the firewall before them."""
        return [*self._site.alarms(thresholds), *(self._acl.alarms(thresholds) if self._acl else [])]

    def graphs(self) -> list[Graph]:
        """What users see of the files."""
        return self._site.graphs()


def cdn_logs(
    name: str, key: str, args: FilesArgs, distribution_arn: pulumi.Output[str], child: pulumi.ResourceOptions
) -> None:
    """Log a distribution's requests into the load balancer's bucket.

    Args:
        name: start of the component's name.
        key: tells the distributions of a stack apart.
        args: whose bucket takes them.
        distribution_arn: the distribution.
        child: options that make it a child.
    """
    balancer = args.load_balancer
    logs = CdnLogsArgs(
        context=args.context, key=key, distribution_arn=distribution_arn, bucket_arn=balancer.log_bucket_arn
    )
    # Before the policy admits it, AWS refuses the delivery, or writes a policy of its own.
    after = pulumi.ResourceOptions(depends_on=[balancer.log_policy])
    CdnLogs(f"{name}-logs", logs, opts=pulumi.ResourceOptions.merge(child, after))


def _certificate(
    name: str, args: FilesArgs, domain: str, zone_id: pulumi.Input[str] | None, child: pulumi.ResourceOptions
) -> pulumi.Input[str]:
    if args.edge.assets.certificate_arn is not None:
        return args.edge.assets.certificate_arn
    if zone_id is None:
        raise ValueError("a certificate for static files needs a zone that proves their domain")
    made = CertificatesArgs(context=args.context, domain=domain, zone_id=zone_id, regions=[CLOUDFRONT_REGION])
    return Certificates(f"{name}-files-tls", made, opts=child).arns[CLOUDFRONT_REGION]
