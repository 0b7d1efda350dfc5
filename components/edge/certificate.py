"""TLS certificates that prove the domain by DNS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class CertificatesArgs:
    """What certificates are for.

    Args:
        context: names and tags.
        domain: host name that they stand for.
        zone_id: Route 53 zone that gets the proof.
        regions: where they are used: the load balancer's region, and us-east-1 for CloudFront; at least one.
    """

    context: Context
    domain: str
    zone_id: pulumi.Input[str]
    regions: Sequence[str]


class Certificates(pulumi.ComponentResource):
    """An ACM certificate per region, issued before anything uses it and replaced before the old one goes. Free.

    ACM asks for the same DNS record in every region, so there is one record, whichever certificates there are: two
    would be one record in Route 53, and the deletion of either would take it away.

    Attributes:
        arns: region → the certificate's ARN, available once it is issued.
        proof: name, type and value of the DNS record that proves the domain.
    """

    arns: dict[str, pulumi.Output[str]]
    proof: pulumi.Output[dict[str, str]]

    def __init__(self, name: str, args: CertificatesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Certificates", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        certificates = {
            region: aws.acm.Certificate(
                f"{name}-{region}-certificate",
                domain_name=args.domain,
                validation_method="DNS",
                region=region,
                tags=args.context.tags(f"{name}-{region}"),
                # A listener always holds a certificate, so the new one must exist before the old one can go.
                opts=pulumi.ResourceOptions(parent=self, delete_before_replace=False),
            )
            for region in args.regions
        }
        option = certificates[args.regions[0]].domain_validation_options[0]
        self.proof = pulumi.Output.all(
            name=option.resource_record_name, type=option.resource_record_type, value=option.resource_record_value
        ).apply(lambda parts: {key: str(value) for key, value in parts.items()})
        record = aws.route53.Record(
            f"{name}-proof",
            zone_id=args.zone_id,
            name=option.resource_record_name.apply(str),
            type=option.resource_record_type.apply(str),
            records=[option.resource_record_value.apply(str)],
            ttl=300,
            allow_overwrite=True,
            opts=child,
        )
        self.arns = {
            region: aws.acm.CertificateValidation(
                f"{name}-{region}-issued",
                certificate_arn=certificate.arn,
                validation_record_fqdns=[record.fqdn],
                region=region,
                opts=child,
            ).certificate_arn
            for region, certificate in certificates.items()
        }
        self.register_outputs({"arns": self.arns})
