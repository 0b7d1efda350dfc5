"""Static files: a private bucket, and all that a distribution needs to serve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.response_headers import response_headers
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from settings.sections.front.assets import AssetSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

ORIGIN: Final = "files"
"""What a distribution calls the bucket."""

NOT_FOUND: Final = "/errors/404.html"
NOT_WELL: Final = "/errors/503.html"

_PAGES: Final = {
    NOT_FOUND: ("Nothing is here", "The page does not exist, or does no longer."),
    NOT_WELL: ("Back in a moment", "The site is being looked after. Please try again in a few minutes."),
}
"""Pages that stand in the bucket from the beginning; put your own in their place, Pulumi leaves them alone."""

_ERROR_SECONDS: Final = 10
"""How long CloudFront remembers that something failed."""


@dataclass(frozen=True, kw_only=True)
class StaticFilesArgs:
    """What files are served, and to whom.

    Args:
        context: names and tags.
        settings: how long they are cached.
        origins: sites whose scripts may read them.
        access_log_bucket: bucket that hears who reads and writes this one.
        keep: refuse to delete the bucket while it holds files.
        key_arn: KMS key of the files, whose policy has `key_use`; None for S3's own.
    """

    context: Context
    settings: AssetSettings
    origins: Sequence[str]
    access_log_bucket: pulumi.Input[str]
    keep: bool
    key_arn: pulumi.Input[str] | None = None


class StaticFiles(pulumi.ComponentResource):
    """A private bucket with its access control, cache policy, headers and first pages. $0.023 a month per GB.

    Attributes:
        bucket: name of the bucket.
    """

    bucket: pulumi.Output[str]

    def __init__(self, name: str, args: StaticFilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:StaticFiles", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        self._context = context
        self._store = PrivateBucket(
            f"{name}-store",
            PrivateBucketArgs(
                context=context,
                expire_after_days=None,
                statements=None,
                key_arn=args.key_arn,
                keep=args.keep,
                access_log_bucket=args.access_log_bucket,
            ),
            opts=child,
        )
        self.bucket = self._store.bucket
        for path, (title, text) in _PAGES.items():
            aws.s3.BucketObjectv2(
                f"{name}-page-{path.rpartition('/')[2].partition('.')[0]}",
                bucket=self.bucket,
                key=path.removeprefix("/"),
                content=_page(title, text),
                content_type="text/html; charset=utf-8",
                cache_control="max-age=60",
                tags=context.tags(f"{name}-page"),
                opts=pulumi.ResourceOptions(parent=self, ignore_changes=["content"]),
            )
        # One in use can't be deleted: a new one is made before the old one goes, so its name is Pulumi's.
        self._control = aws.cloudfront.OriginAccessControl(
            f"{name}-access",
            description=f"{context.application} {context.environment}",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
            opts=child,
        )
        self._cache = aws.cloudfront.CachePolicy(
            f"{name}-cache",
            name=context.physical_name("files", limit=128),
            comment="Files by their path alone, compressed",
            min_ttl=0,
            default_ttl=args.settings.cache_seconds,
            max_ttl=31_536_000,
            parameters_in_cache_key_and_forwarded_to_origin=_by_path(),
            opts=child,
        )
        self._headers = response_headers(name, context, child, key="files", origins=args.origins)
        self.register_outputs({"bucket": self.bucket})

    def origin(self) -> aws.cloudfront.DistributionOriginArgs:
        """The bucket, as a distribution asks it."""
        context = self._context
        # The bucket's name in its region: the other one redirects for hours after a bucket is new.
        host = pulumi.Output.concat(self.bucket, ".s3.", context.region, ".", context.dns_suffix)
        return aws.cloudfront.DistributionOriginArgs(
            origin_id=ORIGIN, domain_name=host, origin_access_control_id=self._control.id
        )

    def default(self) -> aws.cloudfront.DistributionDefaultCacheBehaviorArgs:
        """How a distribution of files alone serves them."""
        return aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
            target_origin_id=ORIGIN,
            viewer_protocol_policy="redirect-to-https",
            allowed_methods=["GET", "HEAD", "OPTIONS"],
            cached_methods=["GET", "HEAD"],
            compress=True,
            cache_policy_id=self._cache.id,
            response_headers_policy_id=self._headers.id,
        )

    def behavior(self, path: str) -> aws.cloudfront.DistributionOrderedCacheBehaviorArgs:
        """How a distribution that has the application as well serves one path of them."""
        return aws.cloudfront.DistributionOrderedCacheBehaviorArgs(
            path_pattern=path,
            target_origin_id=ORIGIN,
            viewer_protocol_policy="redirect-to-https",
            allowed_methods=["GET", "HEAD", "OPTIONS"],
            cached_methods=["GET", "HEAD"],
            compress=True,
            cache_policy_id=self._cache.id,
            response_headers_policy_id=self._headers.id,
        )

    def admit(self, distribution_arn: pulumi.Input[str]) -> None:
        """Let one distribution read the bucket, and nobody else.

        Args:
            distribution_arn: the distribution that has the bucket as an origin.
        """
        self._store.admit(
            Statement(
                sid="CloudFrontRead",
                actions=["s3:GetObject"],
                resources=[pulumi.Output.concat(self._store.arn, "/*")],
                principals={"Service": ["cloudfront.amazonaws.com"]},
                conditions={"StringEquals": {"AWS:SourceArn": distribution_arn}},
            )
        )


def key_use(context: Context) -> Statement:
    """What the policy of a key needs for CloudFront to read files that it encrypts.

    Any distribution of the account: naming the one would make the key wait for what waits for the key.

    Args:
        context: account and partition.
    """
    return Statement(
        sid="CloudFront",
        actions=["kms:Decrypt"],
        resources=["*"],
        principals={"Service": ["cloudfront.amazonaws.com"]},
        conditions={"ArnLike": {"aws:SourceArn": context.arn("cloudfront", "distribution/*", region="")}},
        wildcard_reason="a key policy's resource is the key itself",
    )


def error_page(
    status: int, page: str, *, answered: int | None = None
) -> aws.cloudfront.DistributionCustomErrorResponseArgs:
    """A page in place of an origin's error.

    Args:
        status: what the origin answers.
        page: path of the page.
        answered: what users get; the same by default.
    """
    return aws.cloudfront.DistributionCustomErrorResponseArgs(
        error_code=status,
        response_code=status if answered is None else answered,
        response_page_path=page,
        error_caching_min_ttl=_ERROR_SECONDS,
    )


def _by_path() -> aws.cloudfront.CachePolicyParametersInCacheKeyAndForwardedToOriginArgs:
    """A file is the same for everybody: no cookie, header or query makes another one of it."""
    config = "CachePolicyParametersInCacheKeyAndForwardedToOrigin{}ConfigArgs"
    cookies, headers, queries = (
        getattr(aws.cloudfront, config.format(kind)) for kind in ("Cookies", "Headers", "QueryStrings")
    )
    return aws.cloudfront.CachePolicyParametersInCacheKeyAndForwardedToOriginArgs(
        enable_accept_encoding_gzip=True,
        enable_accept_encoding_brotli=True,
        cookies_config=cookies(cookie_behavior="none"),
        headers_config=headers(header_behavior="none"),
        query_strings_config=queries(query_string_behavior="none"),
    )


def _page(title: str, text: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><h1>{title}</h1><p>{text}</p></html>\n'
    )
