"""A program with one of everything that offline planning must get right, without any of our components.

An explicit provider inherited through a component, references across resources, a secret, every kind of resource
option that the Plan carries, a value derived from several outputs, records that depend on a list of outputs, and a
component that another process constructs, with all outputs used that stand for resources.
"""

from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx


class Store(pulumi.ComponentResource):
    """A component with two children, so that parents, inherited providers and inherited protection show."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("sample:data:Store", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.key = aws.kms.Key(f"{name}-key", description="sample", enable_key_rotation=True, opts=child)
        self.bucket = aws.s3.Bucket(f"{name}-bucket", force_destroy=True, tags={"Data": "sample"}, opts=child)
        aws.s3.BucketServerSideEncryptionConfiguration(
            f"{name}-encryption",
            bucket=self.bucket.id,
            rules=[
                {
                    "apply_server_side_encryption_by_default": {
                        "sse_algorithm": "aws:kms",
                        "kms_master_key_id": self.key.arn,
                    }
                }
            ],
            opts=child,
        )
        self.register_outputs({"bucket": self.bucket.bucket})


class Network(pulumi.ComponentResource):
    """awsx's VPC under a component, and one parameter per output of it."""

    RESOURCES = (
        "vpc",
        "internet_gateway",
        "subnets",
        "public_subnets",
        "private_subnets",
        "isolated_subnets",
        "route_tables",
        "route_table_associations",
        "routes",
        "nat_gateways",
        "eips",
    )

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("sample:network:Network", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kinds = awsx.ec2.SubnetType
        vpc = awsx.ec2.Vpc(
            f"{name}-net",
            cidr_block="10.0.0.0/16",
            availability_zone_names=["us-east-1a", "us-east-1b"],
            enable_dns_hostnames=True,
            nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(strategy=awsx.ec2.NatGatewayStrategy.SINGLE),
            subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
            subnet_specs=[
                awsx.ec2.SubnetSpecArgs(type=kind, name=label, cidr_blocks=list(blocks))
                for kind, label, blocks in (
                    (kinds.PUBLIC, "public", ("10.0.0.0/24", "10.0.1.0/24")),
                    (kinds.PRIVATE, "private", ("10.0.16.0/20", "10.0.32.0/20")),
                    (kinds.ISOLATED, "data", ("10.0.8.0/24", "10.0.9.0/24")),
                )
            ],
            tags={"Owner": "sample"},
            opts=child,
        )
        for output in ("vpc_id", "public_subnet_ids", "private_subnet_ids", "isolated_subnet_ids"):
            self._note(output, pulumi.Output.json_dumps(getattr(vpc, output)))
        for output in self.RESOURCES:
            self._note(output, pulumi.Output.json_dumps(getattr(vpc, output).apply(_ids)))
        self._note("second", vpc.private_subnet_ids.apply(lambda ids: ids[1]))
        self._note("after", "fixed", depends_on=[vpc])
        self.register_outputs({})

    def _note(self, name: str, value: pulumi.Input[str], depends_on: list[pulumi.Resource] | None = None) -> None:
        options = pulumi.ResourceOptions(parent=self, depends_on=depends_on)
        aws.ssm.Parameter(f"note-{name}", type="String", insecure_value=value, opts=options)


def _ids(made: Any) -> pulumi.Output[list[str]]:  # noqa: ANN401 - one of awsx's resources, or a list of them
    return pulumi.Output.all(*[resource.id for resource in (made if isinstance(made, list) else [made])])


provider = aws.Provider(
    "aws", region="us-east-1", default_tags={"tags": {"Project": "sample"}}, allowed_account_ids=["123456789012"]
)
inherited = pulumi.ResourceOptions(provider=provider)
store = Store("store", pulumi.ResourceOptions(providers=[provider], protect=True))
Network("main", pulumi.ResourceOptions(providers=[provider]))
topic = aws.sns.Topic("alerts", name="alerts", opts=inherited)
parameter = aws.ssm.Parameter(
    "token", type="SecureString", value=pulumi.Output.secret("not-for-eyes"), tags={"Kind": "secret"}, opts=inherited
)
queue = aws.sqs.Queue(
    "jobs",
    visibility_timeout_seconds=60,
    opts=pulumi.ResourceOptions(
        provider=provider,
        ignore_changes=["visibilityTimeoutSeconds"],
        delete_before_replace=True,
        aliases=[pulumi.Alias(name="old-jobs")],
        custom_timeouts=pulumi.CustomTimeouts(create="10m"),
        additional_secret_outputs=["url"],
        replace_on_changes=["fifoQueue"],
    ),
)
aws.cloudwatch.MetricAlarm(
    "backlog",
    comparison_operator="GreaterThanThreshold",
    evaluation_periods=1,
    metric_name="ApproximateNumberOfMessagesVisible",
    namespace="AWS/SQS",
    period=60,
    statistic="Maximum",
    threshold=100,
    dimensions={"QueueName": queue.name},
    alarm_actions=[topic.arn],
    opts=pulumi.ResourceOptions(provider=provider, depends_on=[store], retain_on_delete=True),
)
aws.sqs.QueuePolicy(
    "jobs-policy",
    queue_url=queue.url,
    policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "sns.amazonaws.com"},
                    "Action": "sqs:SendMessage",
                    "Resource": queue.arn,
                    "Condition": {"ArnEquals": {"aws:SourceArn": topic.arn}},
                }
            ],
        }
    ),
    opts=inherited,
)
zone = aws.route53.Zone("zone", name="example.com", opts=inherited)
certificate = aws.acm.Certificate("site", domain_name="example.com", validation_method="DNS", opts=inherited)
proof = certificate.domain_validation_options[0]
aws.route53.Record(
    "proof",
    zone_id=zone.zone_id,
    name=proof.resource_record_name,
    type=proof.resource_record_type,
    records=[proof.resource_record_value],
    ttl=60,
    opts=inherited,
)

pulumi.export("queue", queue.url)
pulumi.export("region", "us-east-1")
