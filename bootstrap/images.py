"""Where the application's images are kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

_KEPT: Final = 50
"""Images that are kept: a year of weekly deployments, for the way back."""


@dataclass(frozen=True, kw_only=True)
class ImageStoreArgs:
    """How images are kept.

    Args:
        context: names and tags.
        key_arn: KMS key that encrypts them.
    """

    context: Context
    key_arn: pulumi.Input[str]


class ImageStore(pulumi.ComponentResource):
    """A repository of images that are scanned when they are pushed, under tags that stay. $0.10 a month per GB.

    Attributes:
        arn: the repository's ARN.
        url: its address, for `docker push`.
    """

    arn: pulumi.Output[str]
    url: pulumi.Output[str]

    def __init__(self, name: str, args: ImageStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:bootstrap:ImageStore", name, None, opts)
        repository = aws.ecr.Repository(
            f"{name}-repository",
            name=args.context.application,
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            encryption_configurations=[
                aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="KMS", kms_key=args.key_arn)
            ],
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        rule = {
            "rulePriority": 1,
            "description": f"the last {_KEPT} images stay",
            "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": _KEPT},
            "action": {"type": "expire"},
        }
        aws.ecr.LifecyclePolicy(
            f"{name}-lifecycle",
            repository=repository.name,
            policy=json.dumps({"rules": [rule]}),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.arn, self.url = repository.arn, repository.repository_url
        self.register_outputs({"arn": self.arn, "url": self.url})
