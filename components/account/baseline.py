"""How everything in the account and region begins, and whom AWS writes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.enums import ContactKind, Presence
from settings.sections.account import BaselineSettings, ContactSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HOPS: Final = 2
"""Network hops of an answer about an instance's metadata: one more than AWS's own, for containers on it."""


@dataclass(frozen=True, kw_only=True)
class BaselineArgs:
    """What is set for the whole account.

    Args:
        context: names and tags.
        settings: what is set.
        contacts: whom AWS writes to, besides the account's owner.
    """

    context: Context
    settings: BaselineSettings
    contacts: Mapping[ContactKind, ContactSettings]


class Baseline(pulumi.ComponentResource):
    """Defaults of the account and region. Free. A destroyed stack gives AWS's own back."""

    def __init__(self, name: str, args: BaselineArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:Baseline", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for key, make in _MAKERS.items():
            if getattr(args.settings, key) is Presence.CREATE:
                make(f"{name}-{key.replace('_', '-')}", child)
        for kind, contact in args.contacts.items():
            aws.account.AlternativeContact(
                f"{name}-{kind}",
                alternate_contact_type=kind.upper(),
                name=contact.name,
                title=contact.title,
                email_address=contact.email,
                phone_number=contact.phone,
                opts=child,
            )
        self.register_outputs({})


def _ebs_encryption(name: str, opts: pulumi.ResourceOptions) -> None:
    # With AWS's own key: one of ours would stop Auto Scaling, whose service-linked role it does not admit.
    aws.ebs.EncryptionByDefault(name, enabled=True, opts=opts)


def _s3_public_access_block(name: str, opts: pulumi.ResourceOptions) -> None:
    aws.s3.AccountPublicAccessBlock(
        name,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=opts,
    )


def _instance_metadata(name: str, opts: pulumi.ResourceOptions) -> None:
    aws.ec2.InstanceMetadataDefaults(
        name, http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=_HOPS, opts=opts
    )


def _image_block(name: str, opts: pulumi.ResourceOptions) -> None:
    aws.ec2.ImageBlockPublicAccess(name, state="block-new-sharing", opts=opts)


def _snapshot_block(name: str, opts: pulumi.ResourceOptions) -> None:
    aws.ebs.SnapshotBlockPublicAccess(name, state="block-all-sharing", opts=opts)


def _serial_console_block(name: str, opts: pulumi.ResourceOptions) -> None:
    aws.ec2.SerialConsoleAccess(name, enabled=False, opts=opts)


def _password_policy(name: str, opts: pulumi.ResourceOptions) -> None:
    aws.iam.AccountPasswordPolicy(
        name,
        minimum_password_length=14,
        password_reuse_prevention=24,
        require_lowercase_characters=True,
        require_uppercase_characters=True,
        require_numbers=True,
        require_symbols=True,
        allow_users_to_change_password=True,
        # Passwords that expire for good lock out everybody who is on holiday, the last administrator included.
        hard_expiry=False,
        opts=opts,
    )


_MAKERS: Final[Mapping[str, Callable[[str, pulumi.ResourceOptions], None]]] = {
    "ebs_encryption": _ebs_encryption,
    "s3_public_access_block": _s3_public_access_block,
    "instance_metadata": _instance_metadata,
    "image_block": _image_block,
    "snapshot_block": _snapshot_block,
    "serial_console_block": _serial_console_block,
    "password_policy": _password_policy,
}
"""Field of the settings → what makes it."""
