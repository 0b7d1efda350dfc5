"""The only calls that `ascent doctor` makes to AWS. None changes anything."""

from __future__ import annotations

from ascent.verify.reads import Call


class Look(Call):
    """What `ascent doctor` asks."""

    REGIONS = ("ec2", "describe_regions", "ec2:DescribeRegions")
    ZONES = ("ec2", "describe_availability_zones", "ec2:DescribeAvailabilityZones")
    OFFERINGS = ("ec2", "describe_instance_type_offerings", "ec2:DescribeInstanceTypeOfferings")
    INSTANCE_TYPES = ("ec2", "describe_instance_types", "ec2:DescribeInstanceTypes")
    ADDRESSES = ("ec2", "describe_addresses", "ec2:DescribeAddresses")
    VPCS = ("ec2", "describe_vpcs", "ec2:DescribeVpcs")
    QUOTA = ("service-quotas", "get_service_quota", "servicequotas:GetServiceQuota")
    DISTRIBUTIONS = ("cloudfront", "list_distributions", "cloudfront:ListDistributions")
    LOAD_BALANCERS = ("elbv2", "describe_load_balancers", "elasticloadbalancing:DescribeLoadBalancers")
    COST_TAGS = ("ce", "list_cost_allocation_tags", "ce:ListCostAllocationTags")
