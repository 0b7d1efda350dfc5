"""What AWS resources lose when they are removed or replaced, and which changes replace or interrupt them.

From the provider's documentation of each resource (`Forces new resource`) and AWS's of `ModifyDBInstance`.
"""

from __future__ import annotations

from typing import Final

LOSES: Final = {
    "aws:backup/vault:Vault": "the recovery points in it",
    "aws:cloudwatch/logGroup:LogGroup": "the logs in it",
    "aws:dynamodb/table:Table": "the items in it",
    "aws:ebs/volume:Volume": "the files on it",
    "aws:ecr/repository:Repository": "the images in it",
    "aws:efs/fileSystem:FileSystem": "the files on it",
    "aws:elasticache/replicationGroup:ReplicationGroup": "what is cached, sessions included",
    "aws:kms/key:Key": "the key to everything that was encrypted with it",
    "aws:rds/cluster:Cluster": "the data in it",
    "aws:rds/instance:Instance": "the data in it",
    "aws:s3/bucket:Bucket": "the objects in it",
    "aws:secretsmanager/secret:Secret": "the value in it",
    "aws:sqs/queue:Queue": "the messages in it",
}
"""Types that hold something, and what is gone with them."""

SERVES: Final = {
    "aws:autoscaling/group:Group": "the instances that serve",
    "aws:cloudfront/distribution:Distribution": "the address that users call",
    "aws:ec2/natGateway:NatGateway": "the way out of private subnets",
    "aws:ec2/subnet:Subnet": "a subnet and everything in it",
    "aws:ec2/vpc:Vpc": "the network and everything in it",
    "aws:ecs/cluster:Cluster": "the cluster and its services",
    "aws:ecs/service:Service": "the tasks that serve",
    "aws:lb/loadBalancer:LoadBalancer": "the address that users call",
    "aws:lb/targetGroup:TargetGroup": "the way from the load balancer to the application",
}
"""Types on which requests depend, and what is missing while they are."""

REPLACES: Final = {
    "aws:backup/vault:Vault": {"kmsKeyArn", "name"},
    "aws:cloudwatch/logGroup:LogGroup": {"name", "namePrefix"},
    "aws:dynamodb/table:Table": {"hashKey", "name", "rangeKey"},
    "aws:ebs/volume:Volume": {"availabilityZone", "encrypted", "kmsKeyId", "snapshotId"},
    "aws:ec2/natGateway:NatGateway": {"allocationId", "connectivityType", "subnetId"},
    "aws:ec2/subnet:Subnet": {"availabilityZone", "cidrBlock", "vpcId"},
    "aws:ec2/vpc:Vpc": {"cidrBlock"},
    "aws:ecr/repository:Repository": {"encryptionConfigurations", "name"},
    "aws:ecs/cluster:Cluster": {"name"},
    "aws:ecs/service:Service": {"cluster", "launchType", "name", "schedulingStrategy"},
    "aws:efs/fileSystem:FileSystem": {"availabilityZoneName", "encrypted", "kmsKeyId", "performanceMode"},
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "atRestEncryptionEnabled",
        "kmsKeyId",
        "replicationGroupId",
        "subnetGroupName",
    },
    "aws:kms/key:Key": {"customerMasterKeySpec", "keyUsage", "multiRegion"},
    "aws:lb/loadBalancer:LoadBalancer": {"internal", "loadBalancerType", "name"},
    "aws:lb/targetGroup:TargetGroup": {"name", "port", "protocol", "targetType", "vpcId"},
    "aws:rds/cluster:Cluster": {
        "clusterIdentifier",
        "databaseName",
        "engine",
        "kmsKeyId",
        "masterUsername",
        "storageEncrypted",
    },
    "aws:rds/instance:Instance": {
        "availabilityZone",
        "characterSetName",
        "dbName",
        "engine",
        "kmsKeyId",
        "storageEncrypted",
        "username",
    },
    "aws:s3/bucket:Bucket": {"bucket", "bucketPrefix"},
    "aws:secretsmanager/secret:Secret": {"name", "namePrefix"},
    "aws:sqs/queue:Queue": {"fifoQueue", "name"},
}
"""Type → inputs that can only be changed by making a new resource."""

INTERRUPTS: Final = {
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "engineVersion": "nodes are replaced one after the other",
        "nodeType": "nodes are replaced one after the other",
    },
    "aws:rds/cluster:Cluster": {"engineVersion": "the cluster restarts"},
    "aws:rds/instance:Instance": {
        "allocatedStorage": "storage is optimised for hours, and can only grow",
        "dbSubnetGroupName": "the instance moves, which takes it down for minutes",
        "engineVersion": "the instance restarts, and a major version cannot be undone",
        "identifier": "the instance restarts and its address changes",
        "instanceClass": "the instance is down for minutes, with a standby for about one",
        "parameterGroupName": "the new parameters wait for a restart",
        "storageType": "storage is optimised for hours",
    },
}
"""Type → inputs whose change interrupts it, and how."""
