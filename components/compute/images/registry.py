"""The repository of a stack's images."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document
from settings.sections.running.registry import RegistrySettings

if TYPE_CHECKING:
    from components.compute.images.cache import PublicCache

_SIGNER: Final = "Notation-OCI-SHA384-ECDSA"
"""AWS Signer's platform for container images."""


@dataclass(frozen=True, kw_only=True)
class RegistryArgs:
    """How images are kept.

    Args:
        context: names and tags.
        settings: how long, where else, and whether signed.
        key_arn: KMS key of the images; None for AES with AWS's own. A change replaces the repository.
        cache: cache of public images to make; None for none.
        protect: Pulumi refuses to delete it, and ECR to delete it while it holds images.
    """

    context: Context
    settings: RegistrySettings
    key_arn: pulumi.Input[str] | None = None
    cache: PublicCache | None = None
    protect: bool = False


class Registry(pulumi.ComponentResource):
    """A repository with tags that stay, scanned images, and an end for old ones. $0.10 a month per GB.

    Attributes:
        url: where images are pushed, without a tag; None where the stack has only a cache.
    """

    url: pulumi.Output[str] | None = None

    def __init__(self, name: str, args: RegistryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Registry", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        if args.settings.enabled:
            self.url = self._repository(name, args)
        if args.cache is not None:
            aws.ecr.PullThroughCacheRule(
                f"{name}-public",
                ecr_repository_prefix=args.cache.prefix,
                upstream_registry_url=args.cache.upstream,
                opts=child,
            )
        self.register_outputs({"url": self.url})

    def _repository(self, name: str, args: RegistryArgs) -> pulumi.Output[str]:
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        named = f"{context.application}/{context.environment}"
        encrypted = aws.ecr.RepositoryEncryptionConfigurationArgs(
            encryption_type="KMS" if args.key_arn is not None else "AES256", kms_key=args.key_arn
        )
        repository = aws.ecr.Repository(
            f"{name}-images",
            name=named,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            encryption_configurations=[encrypted],
            force_delete=not args.protect,
            tags=context.tags(f"{name}-images"),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        aws.ecr.LifecyclePolicy(
            f"{name}-lifecycle",
            repository=repository.name,
            policy=json.dumps({"rules": _rules(settings)}),
            opts=child,
        )
        aws.ecr.RepositoryPolicy(
            f"{name}-access",
            repository=repository.name,
            policy=policy_document(_own_account(context)),
            opts=child,
        )
        if settings.replica_regions:
            self._replicate(name, args, named)
        if settings.signing:
            self._sign(name, context, named)
        return repository.repository_url

    def _replicate(self, name: str, args: RegistryArgs, named: str) -> None:
        kinds = aws.ecr
        places = [
            kinds.ReplicationConfigurationReplicationConfigurationRuleDestinationArgs(
                region=region, registry_id=args.context.account_id
            )
            for region in args.settings.replica_regions
        ]
        only = kinds.ReplicationConfigurationReplicationConfigurationRuleRepositoryFilterArgs(
            filter=named, filter_type="PREFIX_MATCH"
        )
        rule = kinds.ReplicationConfigurationReplicationConfigurationRuleArgs(
            destinations=places, repository_filters=[only]
        )
        aws.ecr.ReplicationConfiguration(
            f"{name}-copies",
            replication_configuration=kinds.ReplicationConfigurationReplicationConfigurationArgs(rules=[rule]),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _sign(self, name: str, context: Context, named: str) -> None:
        child = pulumi.ResourceOptions(parent=self)
        profile = aws.signer.SigningProfile(
            f"{name}-signer",
            platform_id=_SIGNER,
            # A profile that was deleted keeps its name for ever.
            name_prefix=f"{context.prefix.replace('-', '_')}_",
            tags=context.tags(f"{name}-signer"),
            opts=child,
        )
        only = [{"Filter": named, "FilterType": "WILDCARD_MATCH"}]
        aws.cloudcontrol.Resource(
            f"{name}-signing",
            type_name="AWS::ECR::SigningConfiguration",
            desired_state=pulumi.Output.json_dumps(
                {"Rules": [{"SigningProfileArn": profile.arn, "RepositoryFilters": only}]}
            ),
            opts=child,
        )


def _own_account(context: Context) -> Statement:
    """Whoever in the account its IAM policies let; nobody else, whatever else is said later."""
    return Statement(
        sid="OtherAccounts",
        effect="Deny",
        actions=["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:PutImage"],
        principals={"AWS": ["*"]},
        conditions={"StringNotEquals": {"aws:PrincipalAccount": context.account_id}},
        wildcard_reason="whoever is of another account",
    )


def _rules(settings: RegistrySettings) -> list[dict[str, Any]]:
    """In ascending order: AWS answers in it, and another order would be a change at each update."""
    untagged = {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days"}
    tagged = {"tagStatus": "tagged", "tagPatternList": ["*"], "countType": "imageCountMoreThan"}
    return [
        {
            "rulePriority": 1,
            "description": "Images that no tag names any more",
            "selection": {**untagged, "countNumber": settings.untagged_days},
            "action": {"type": "expire"},
        },
        {
            "rulePriority": 2,
            "description": "The oldest of many",
            "selection": {**tagged, "countNumber": settings.keep_images},
            "action": {"type": "expire"},
        },
    ]
