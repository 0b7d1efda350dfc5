"""A program with one of everything that offline planning must get right, without any of our components.

An explicit provider inherited through a component, references across resources, a secret, every kind of resource
option that the Plan carries, a value derived from several outputs, and a list of records that depends on an output.
"""

import pulumi
import pulumi_aws as aws


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


provider = aws.Provider(
    "aws", region="us-east-1", default_tags={"tags": {"Project": "sample"}}, allowed_account_ids=["123456789012"]
)
inherited = pulumi.ResourceOptions(provider=provider)
store = Store("store", pulumi.ResourceOptions(providers=[provider], protect=True))
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
pulumi.export("account", aws.get_caller_identity_output(opts=pulumi.InvokeOptions(provider=provider)).account_id)
pulumi.export("region", "us-east-1")
