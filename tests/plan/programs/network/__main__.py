import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

provider = aws.Provider("aws", region="eu-west-1", allowed_account_ids=["1"], default_tags={"tags": {"Team": "a"}})


class Store(pulumi.ComponentResource):
    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("network:data:Store", name, {"why": "test"}, opts)
        self.bucket = aws.s3.Bucket(
            f"{name}-bucket",
            tags={"Name": name},
            opts=pulumi.ResourceOptions(parent=self, protect=True, ignore_changes=["tags"]),
        )
        aws.s3.BucketPolicy(
            f"{name}-policy",
            bucket=self.bucket.id,
            policy=pulumi.Output.json_dumps({"Resource": self.bucket.arn, "v": 1}),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"bucket": self.bucket.id})


store = Store("store", pulumi.ResourceOptions(providers=[provider]))
vpc = awsx.ec2.Vpc(
    "core",
    cidr_block="10.0.0.0/16",
    availability_zone_names=["eu-west-1a", "eu-west-1b"],
    subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
    subnet_specs=[awsx.ec2.SubnetSpecArgs(type=awsx.ec2.SubnetType.PUBLIC, cidr_blocks=["10.0.0.0/24", "10.0.1.0/24"])],
    nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(strategy=awsx.ec2.NatGatewayStrategy.NONE),
    opts=pulumi.ResourceOptions(provider=provider, protect=True),
)
aws.ec2.SecurityGroup("web", vpc_id=vpc.vpc_id, opts=pulumi.ResourceOptions(provider=provider))
who = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(provider=provider))
pulumi.export("account", who.account_id)
pulumi.export("subnets", vpc.public_subnet_ids)
pulumi.export("count", vpc.subnets.apply(len))
pulumi.export("block", vpc.vpc.apply(lambda inner: inner.cidr_block))
pulumi.export("layout", vpc.subnet_layout.apply(lambda specs: [spec.cidr_blocks for spec in specs]))
pulumi.export("gateways", vpc.nat_gateways)
pulumi.log.warn("careful")
