"""What AWS resources lose when they are removed or replaced, and which changes replace or interrupt them.

From the provider's documentation of each resource (`Forces new resource`) and AWS's of `ModifyDBInstance`.
"""

from __future__ import annotations

from typing import Final

from policies.pack import types

LOSES: Final = {
    types.BACKUP_VAULT: "the recovery points in it",
    types.CLOUDWATCH_LOG_GROUP: "the logs in it",
    types.DYNAMODB_TABLE: "the items in it",
    types.EBS_VOLUME: "the files on it",
    types.ECR_REPOSITORY: "the images in it",
    types.EFS_FILE_SYSTEM: "the files on it",
    types.ELASTICACHE_REPLICATION_GROUP: "what is cached, sessions included",
    types.KMS_KEY: "the key to everything that was encrypted with it",
    types.RDS_CLUSTER: "the data in it",
    types.RDS_INSTANCE: "the data in it",
    types.S3_BUCKET: "the objects in it",
    types.SECRETSMANAGER_SECRET: "the value in it",
    types.SQS_QUEUE: "the messages in it",
}
"""Types that hold something, and what is gone with them."""

SERVES: Final = {
    types.AUTOSCALING_GROUP: "the instances that serve",
    types.CLOUDFRONT_DISTRIBUTION: "the address that users call",
    types.EC2_NAT_GATEWAY: "the way out of private subnets",
    types.EC2_SUBNET: "a subnet and everything in it",
    types.EC2_VPC: "the network and everything in it",
    types.ECS_CLUSTER: "the cluster and its services",
    types.ECS_SERVICE: "the tasks that serve",
    types.LB_LOAD_BALANCER: "the address that users call",
    types.LB_TARGET_GROUP: "the way from the load balancer to the application",
}
"""Types on which requests depend, and what is missing while they are."""

REPLACES: Final = {
    types.BACKUP_VAULT: {"kmsKeyArn", "name"},
    types.CLOUDWATCH_LOG_GROUP: {"name", "namePrefix"},
    types.DYNAMODB_TABLE: {"hashKey", "name", "rangeKey"},
    types.EBS_VOLUME: {"availabilityZone", "encrypted", "kmsKeyId", "snapshotId"},
    types.EC2_NAT_GATEWAY: {"allocationId", "connectivityType", "subnetId"},
    types.EC2_SUBNET: {"availabilityZone", "cidrBlock", "vpcId"},
    types.EC2_VPC: {"cidrBlock"},
    types.ECR_REPOSITORY: {"encryptionConfigurations", "name"},
    types.ECS_CLUSTER: {"name"},
    types.ECS_SERVICE: {"cluster", "launchType", "name", "schedulingStrategy"},
    types.EFS_FILE_SYSTEM: {"availabilityZoneName", "encrypted", "kmsKeyId", "performanceMode"},
    types.ELASTICACHE_REPLICATION_GROUP: {
        "atRestEncryptionEnabled",
        "kmsKeyId",
        "replicationGroupId",
        "subnetGroupName",
    },
    types.KMS_KEY: {"customerMasterKeySpec", "keyUsage", "multiRegion"},
    types.LB_LOAD_BALANCER: {"internal", "loadBalancerType", "name"},
    types.LB_TARGET_GROUP: {"name", "port", "protocol", "targetType", "vpcId"},
    types.RDS_CLUSTER: {
        "clusterIdentifier",
        "databaseName",
        "engine",
        "kmsKeyId",
        "masterUsername",
        "storageEncrypted",
    },
    types.RDS_INSTANCE: {
        "availabilityZone",
        "characterSetName",
        "dbName",
        "engine",
        "kmsKeyId",
        "storageEncrypted",
        "username",
    },
    types.S3_BUCKET: {"bucket", "bucketPrefix"},
    types.SECRETSMANAGER_SECRET: {"name", "namePrefix"},
    types.SQS_QUEUE: {"fifoQueue", "name"},
}
"""Type → inputs that can only be changed by making a new resource."""

INTERRUPTS: Final = {
    types.ELASTICACHE_REPLICATION_GROUP: {
        "engineVersion": "nodes are replaced one after the other",
        "nodeType": "nodes are replaced one after the other",
    },
    types.RDS_CLUSTER: {"engineVersion": "the cluster restarts"},
    types.RDS_INSTANCE: {
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
