"""A TLS certificate that proves the domain by DNS."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context


@dataclass(frozen=True, kw_only=True)
class CertificateArgs:
    """What a certificate is for.

    Args:
        context: names and tags.
        domain: host name it stands for.
        zone_id: Route 53 zone that gets the proof.
        region: where it is used: the load balancer's region, or us-east-1 for CloudFront.
        write_proof: write the DNS record of the proof; False where another certificate for the same domain does,
            because ACM asks for the same record in every region.
    """

    context: Context
    domain: str
    zone_id: pulumi.Input[str]
    region: str
    write_proof: bool = True


class Certificate(pulumi.ComponentResource):
    """An ACM certificate, issued before anything uses it and replaced before the old one goes. Free.

    Attributes:
        arn: the certificate's ARN, available once it is issued.
        proof: name, type and value of the DNS record that proves the domain.
    """

    arn: pulumi.Output[str]
    proof: pulumi.Output[dict[str, str]]

    def __init__(self, name: str, args: CertificateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Certificate", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        certificate = aws.acm.Certificate(
            f"{name}-certificate",
            domain_name=args.domain,
            validation_method="DNS",
            region=args.region,
            tags=args.context.tags(name),
            # A listener always holds a certificate, so the new one must exist before the old one can go.
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=False),
        )
        option = certificate.domain_validation_options[0]
        self.proof = pulumi.Output.all(
            name=option.resource_record_name, type=option.resource_record_type, value=option.resource_record_value
        ).apply(lambda parts: {key: str(value) for key, value in parts.items()})
        written: list[pulumi.Output[str]] = []
        if args.write_proof:
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
            written.append(record.fqdn)
        issued = aws.acm.CertificateValidation(
            f"{name}-issued",
            certificate_arn=certificate.arn,
            validation_record_fqdns=written or None,
            region=args.region,
            opts=child,
        )
        self.arn = issued.certificate_arn
        self.register_outputs({"arn": self.arn})
