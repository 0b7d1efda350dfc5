"""The table of AWS types: a row for each type of which anything is known. A new type gets its row here.

What replaces is the provider's own answer (tests/engine/data/force_new.json) where it was asked, else its documentation
(`Forces new resource`); what interrupts is AWS's on `ModifyDBInstance`; what identifies is the API reference's of each
Create call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.catalog import services
from ascent.catalog.known import Family, Known, Part, Service
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Mapping

_RULE: Final = (
    "securityGroupId",
    "ipProtocol",
    "fromPort?",
    "toPort?",
    "cidrIpv4?",
    "cidrIpv6?",
    "prefixListId?",
    "referencedSecurityGroupId?",
)
"""What identifies a rule of a security group: no two of a group may say the same."""

TABLE: Final[Mapping[str, Known]] = {
    types.ACCESSANALYZER_ANALYZER: Known(
        Service("IAM Access Analyzer", Family.SECURITY),
        loses="its findings",
        replaces=("analyzerName", "configuration", "type"),
        identity=("analyzerName",),
    ),
    types.ACCOUNT_ALTERNATIVE_CONTACT: Known(
        Part("Alternate contact"),
        free="a setting of the account",
        replaces=("accountId", "alternateContactType"),
        identity=("alternateContactType",),
    ),
    types.ACM_CERTIFICATE: Known(
        Service("TLS certificate", Family.SECURITY),
        free="public certificates are free",
        replaces=("certificateAuthorityArn", "domainName", "subjectAlternativeNames", "validationMethod"),
    ),
    types.ACM_CERTIFICATE_VALIDATION: Known(
        Part("Certificate validation"),
        free="waits for AWS and is no resource of its own",
        replaces=("certificateArn", "validationRecordFqdns"),
    ),
    types.ALB_LOAD_BALANCER: Known(services.BALANCER),
    types.AMP_ALERT_MANAGER_DEFINITION: Known(
        Part("Alert manager"), free="part of the workspace", replaces=("workspaceId",), identity=("workspaceId",)
    ),
    types.AMP_RULE_GROUP_NAMESPACE: Known(
        Part("Prometheus rules"),
        free="what the rules ask is charged at the workspace",
        replaces=("name", "workspaceId"),
        identity=("workspaceId", "name"),
    ),
    types.AMP_WORKSPACE: Known(
        Service("Prometheus workspace", Family.WATCH), loses="the metrics in it", replaces=("kmsKeyArn",)
    ),
    types.AMP_WORKSPACE_CONFIGURATION: Known(
        Part("Prometheus retention"), free="a setting of the workspace", replaces=("workspaceId",)
    ),
    types.APIGATEWAY_REST_API: Known(services.API),
    types.APIGATEWAYV2_API: Known(services.API),
    types.APPAUTOSCALING_POLICY: Known(
        Part("Scaling policy"),
        replaces=("name", "resourceId", "scalableDimension", "serviceNamespace"),
        identity=("serviceNamespace", "resourceId", "scalableDimension", "name"),
    ),
    types.APPAUTOSCALING_SCHEDULED_ACTION: Known(
        Part("Scheduled action"), free="scaling is free; what it scales is not"
    ),
    types.APPAUTOSCALING_TARGET: Known(
        Service("App Auto Scaling", Family.COMPUTE),
        free="scaling is free; what it scales is charged at the service",
        replaces=("resourceId", "scalableDimension", "serviceNamespace"),
        identity=("serviceNamespace", "resourceId", "scalableDimension"),
    ),
    types.AUTOSCALING_GROUP: Known(
        services.GROUP, serves="the instances that serve", replaces=("name", "namePrefix"), identity=("name",)
    ),
    types.AUTOSCALING_POLICY: Known(
        Part("Scaling policy"), replaces=("autoscalingGroupName", "name"), identity=("autoscalingGroupName", "name")
    ),
    types.BACKUP_PLAN: Known(
        services.BACKUPS,
        free="a plan is free; what it keeps is charged at its selections",
        replaces=("name",),
        identity=("name",),
    ),
    types.BACKUP_RESTORE_TESTING_PLAN: Known(
        Part("Restore testing plan"),
        free="charged by what it selects",
        replaces=("name",),
        identity=("name",),
    ),
    types.BACKUP_RESTORE_TESTING_SELECTION: Known(
        Part("Restore test"),
        replaces=("name", "protectedResourceType", "restoreTestingPlanName"),
        identity=("restoreTestingPlanName", "name"),
    ),
    types.BACKUP_SELECTION: Known(
        services.BACKUPS,
        replaces=("iamRoleArn", "name", "notResources", "planId", "resources"),
        identity=("planId", "name"),
    ),
    types.BACKUP_VAULT: Known(
        services.BACKUPS,
        free="a vault is free; what it keeps is charged at the plan's selections",
        loses="the recovery points in it",
        replaces=("kmsKeyArn", "name", "region"),
        identity=("name",),
    ),
    types.BACKUP_VAULT_LOCK_CONFIGURATION: Known(
        Part("Vault lock"),
        free="a setting of the vault",
        replaces=("backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"),
        identity=("backupVaultName",),
    ),
    types.BUDGETS_BUDGET: Known(
        services.BUDGETS, free="budgets without actions are free", replaces=("name", "namePrefix"), identity=("name",)
    ),
    types.CFG_CONFORMANCE_PACK: Known(
        Part("Conformance pack"), loses="its history of compliance", replaces=("name",), identity=("name",)
    ),
    types.CFG_DELIVERY_CHANNEL: Known(
        Part("Delivery channel of AWS Config"), free="a setting of the recorder", replaces=("name",), identity=("name",)
    ),
    types.CFG_RECORDER: Known(
        Service("AWS Config", Family.SECURITY),
        loses="its record of what changes",
        replaces=("name",),
        identity=("name",),
    ),
    types.CFG_RECORDER_STATUS: Known(
        Part("Recorder status of AWS Config"), free="a setting of the recorder", identity=("name",)
    ),
    types.CFG_RULE: Known(Part("Config rule"), replaces=("name",), identity=("name",)),
    types.CHATBOT_SLACK_CHANNEL_CONFIGURATION: Known(
        services.CHAT,
        free="chat channels are free",
        replaces=("configurationName", "slackTeamId"),
        identity=("configurationName",),
    ),
    types.CHATBOT_TEAMS_CHANNEL_CONFIGURATION: Known(
        services.CHAT, free="chat channels are free", replaces=("configurationName",), identity=("configurationName",)
    ),
    types.CLOUDCONTROL_RESOURCE: Known(Part("Cloud Control resource")),
    types.CLOUDFORMATION_STACK: Known(
        Part("CloudFormation stack"),
        free="CloudFormation is free for AWS's own types; what it makes is charged where it is",
        replaces=("name",),
        identity=("name",),
    ),
    types.CLOUDFRONT_CACHE_POLICY: Known(Part("Cache policy"), free="a setting of distributions", identity=("name",)),
    types.CLOUDFRONT_DISTRIBUTION: Known(
        services.CDN, serves="the address that users call", replaces=("staging",), identity=("aliases",)
    ),
    types.CLOUDFRONT_ORIGIN_ACCESS_CONTROL: Known(Part("Origin access control"), free="a setting of distributions"),
    types.CLOUDFRONT_ORIGIN_REQUEST_POLICY: Known(Part("Origin request policy"), free="a setting of distributions"),
    types.CLOUDFRONT_RESPONSE_HEADERS_POLICY: Known(
        Part("Response headers policy"), free="a setting of distributions", identity=("name",)
    ),
    types.CLOUDFRONT_VPC_ORIGIN: Known(
        Part("VPC origin"),
        free="CloudFront fetches from origins in AWS without charge",
        identity=("vpcOriginEndpointConfig.name",),
    ),
    types.CLOUDTRAIL_TRAIL: Known(Service("CloudTrail", Family.SECURITY), replaces=("name",), identity=("name",)),
    types.CLOUDWATCH_COMPOSITE_ALARM: Known(services.ALARMS, replaces=("alarmName",), identity=("alarmName",)),
    types.CLOUDWATCH_DASHBOARD: Known(
        Service("Dashboard", Family.WATCH), replaces=("dashboardName",), identity=("dashboardName",)
    ),
    types.CLOUDWATCH_EVENT_RULE: Known(
        Service("EventBridge", Family.WATCH),
        free="rules on the default bus are free",
        replaces=("eventBusName", "name", "namePrefix"),
        identity=("eventBusName", "name"),
    ),
    types.CLOUDWATCH_EVENT_TARGET: Known(
        Part("Event target"), free="a setting of the rule", replaces=("eventBusName", "rule", "targetId")
    ),
    types.CLOUDWATCH_LOG_DATA_PROTECTION_POLICY: Known(
        Part("Log data protection"), replaces=("logGroupName",), identity=("logGroupName",)
    ),
    types.CLOUDWATCH_LOG_GROUP: Known(
        Service("Log group", Family.WATCH), loses="the logs in it", replaces=("name", "namePrefix"), identity=("name",)
    ),
    types.CLOUDWATCH_LOG_METRIC_FILTER: Known(
        Part("Metric filter"), replaces=("logGroupName", "name"), identity=("logGroupName", "name")
    ),
    types.CLOUDWATCH_LOG_RESOURCE_POLICY: Known(Part("Log resource policy"), free="a policy"),
    types.CLOUDWATCH_LOG_STREAM: Known(
        Part("Log stream"),
        free="a part of the log group",
        replaces=("logGroupName", "name"),
        identity=("logGroupName", "name"),
    ),
    types.CLOUDWATCH_LOG_SUBSCRIPTION_FILTER: Known(
        Part("Log subscription"),
        free="passing lines on is free; the stream that takes them is not",
        replaces=("logGroup", "name"),
        identity=("logGroup", "name"),
    ),
    types.CLOUDWATCH_METRIC_ALARM: Known(services.ALARMS, replaces=("name",), identity=("name",)),
    types.CLOUDWATCH_QUERY_DEFINITION: Known(
        Part("Saved query"), free="a saved query is free; asking it costs $0.005 per GB", identity=("name",)
    ),
    types.COMPUTEOPTIMIZER_ENROLLMENT_STATUS: Known(
        Service("Compute Optimizer", Family.WATCH), free="recommendations are free"
    ),
    types.COSTEXPLORER_ANOMALY_MONITOR: Known(
        services.ANOMALIES,
        free="anomaly detection is free",
        loses="what the monitor has learned",
        replaces=("monitorDimension", "monitorSpecification", "monitorType"),
        identity=("name",),
    ),
    types.COSTEXPLORER_ANOMALY_SUBSCRIPTION: Known(
        services.ANOMALIES, free="anomaly detection is free", replaces=("accountId", "name"), identity=("name",)
    ),
    types.COSTEXPLORER_COST_ALLOCATION_TAG: Known(
        Service("Cost allocation tag", Family.WATCH),
        free="a setting of the bill",
        loses="the sums by tag from then on",
        replaces=("tagKey",),
        identity=("tagKey",),
    ),
    types.COSTOPTIMIZATIONHUB_ENROLLMENT_STATUS: Known(
        Service("Cost Optimization Hub", Family.WATCH), free="recommendations are free"
    ),
    types.DYNAMODB_TABLE: Known(
        Service("DynamoDB table", Family.DATA, used=True),
        loses="the items in it",
        replaces=("hashKey", "name", "rangeKey", "restoreDateTime", "restoreToLatestTime"),
        identity=("name",),
    ),
    types.EBS_ENCRYPTION_BY_DEFAULT: Known(Part("EBS encryption by default"), free="a setting of the account"),
    types.EBS_SNAPSHOT_BLOCK_PUBLIC_ACCESS: Known(Part("Block of public snapshots"), free="a setting of the account"),
    types.EBS_VOLUME: Known(
        Part("EBS volume"),
        loses="the files on it",
        replaces=("availabilityZone", "encrypted", "kmsKeyId", "snapshotId"),
    ),
    types.EC2_DEFAULT_NETWORK_ACL: Known(Part("Default network ACL"), free="part of the VPC"),
    types.EC2_DEFAULT_ROUTE_TABLE: Known(Part("Default route table"), free="part of the VPC"),
    types.EC2_DEFAULT_SECURITY_GROUP: Known(
        Part("Default security group"), free="part of the VPC", replaces=("vpcId",), identity=("vpcId",)
    ),
    types.EC2_EIP: Known(
        Part("Elastic IP address"), replaces=("address", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool")
    ),
    types.EC2_FLOW_LOG: Known(
        Service("VPC flow log", Family.NETWORK),
        replaces=(
            "deliverCrossAccountRole",
            "destinationOptions",
            "eniId",
            "iamRoleArn",
            "logDestination",
            "logDestinationType",
            "logFormat",
            "maxAggregationInterval",
            "subnetId",
            "trafficType",
            "transitGatewayAttachmentId",
            "transitGatewayId",
            "vpcId",
        ),
        identity=("vpcId", "logDestination"),
    ),
    types.EC2_IMAGE_BLOCK_PUBLIC_ACCESS: Known(Part("Block of public images"), free="a setting of the account"),
    types.EC2_INSTANCE: Known(Service("EC2 instance", Family.COMPUTE)),
    types.EC2_INSTANCE_METADATA_DEFAULTS: Known(Part("Defaults of instance metadata"), free="a setting of the account"),
    types.EC2_INTERNET_GATEWAY: Known(
        services.GATEWAY, free="the gateway is free; traffic is charged where it arises", identity=("vpcId",)
    ),
    types.EC2_LAUNCH_TEMPLATE: Known(
        Part("Launch template"),
        free="a template is free; its instances are charged at the group",
        replaces=("name", "namePrefix"),
        identity=("name",),
    ),
    types.EC2_NAT_GATEWAY: Known(
        services.NAT, serves="the way out of private subnets", replaces=("allocationId", "connectivityType", "subnetId")
    ),
    types.EC2_NETWORK_ACL: Known(Part("Network ACL"), free="part of the VPC", replaces=("vpcId",)),
    types.EC2_NETWORK_ACL_ASSOCIATION: Known(Part("Network ACL association"), free="part of the VPC"),
    types.EC2_NETWORK_ACL_RULE: Known(Part("Network ACL rule"), free="part of the VPC"),
    types.EC2_ROUTE: Known(
        Part("Route"),
        free="part of the VPC",
        replaces=("destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"),
        identity=("routeTableId", "destinationCidrBlock"),
    ),
    types.EC2_ROUTE_TABLE: Known(Part("Route table"), free="part of the VPC", replaces=("vpcId",)),
    types.EC2_ROUTE_TABLE_ASSOCIATION: Known(
        Part("Route table association"),
        free="part of the VPC",
        replaces=("gatewayId", "subnetId"),
        identity=("subnetId",),
    ),
    types.EC2_SECURITY_GROUP: Known(
        Service("Security group", Family.SECURITY),
        free="part of the VPC",
        replaces=("description", "name", "namePrefix", "vpcId"),
        identity=("vpcId", "name"),
    ),
    types.EC2_SERIAL_CONSOLE_ACCESS: Known(Part("Access to serial consoles"), free="a setting of the account"),
    types.EC2_SUBNET: Known(
        Service("Subnet", Family.NETWORK),
        free="part of the VPC",
        serves="a subnet and everything in it",
        replaces=("availabilityZone", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"),
        identity=("vpcId", "cidrBlock"),
    ),
    types.EC2_VPC: Known(
        Part("VPC"),
        free="a VPC is free; what is in it is not",
        serves="the network and everything in it",
        replaces=("cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"),
    ),
    types.EC2_VPC_ENDPOINT: Known(
        services.ENDPOINTS,
        replaces=(
            "resourceConfigurationArn",
            "serviceName",
            "serviceNetworkArn",
            "serviceRegion",
            "vpcEndpointType",
            "vpcId",
        ),
        identity=("vpcId", "serviceName"),
    ),
    types.ECR_REPOSITORY: Known(
        Service("ECR", Family.COMPUTE),
        loses="the images in it",
        replaces=("encryptionConfigurations", "name"),
        identity=("name",),
    ),
    types.ECS_CLUSTER: Known(
        Part("ECS cluster"), serves="the cluster and its services", replaces=("name",), identity=("name",)
    ),
    types.ECS_CLUSTER_CAPACITY_PROVIDERS: Known(Part("Capacity providers"), free="a setting of the cluster"),
    types.ECS_SERVICE: Known(
        services.ECS,
        serves="the tasks that serve",
        replaces=("cluster", "deploymentController", "iamRole", "launchType", "name", "schedulingStrategy"),
        identity=("cluster", "name"),
    ),
    types.ECS_TASK_DEFINITION: Known(
        Part("Task definition"),
        free="a definition is free; its tasks are charged at the service",
        replaces=(
            "containerDefinitions",
            "cpu",
            "enableFaultInjection",
            "executionRoleArn",
            "family",
            "ipcMode",
            "memory",
            "networkMode",
            "pidMode",
            "requiresCompatibilities",
            "runtimePlatform",
            "taskRoleArn",
        ),
    ),
    types.EFS_FILE_SYSTEM: Known(
        Service("EFS", Family.DATA, used=True),
        loses="the files on it",
        replaces=("availabilityZoneName", "encrypted", "kmsKeyId", "performanceMode"),
    ),
    types.EKS_CLUSTER: Known(Service("EKS cluster", Family.COMPUTE)),
    types.ELASTICACHE_CLUSTER: Known(services.CACHE),
    types.ELASTICACHE_REPLICATION_GROUP: Known(
        services.CACHE,
        loses="what is cached, sessions included",
        replaces=("atRestEncryptionEnabled", "kmsKeyId", "replicationGroupId", "subnetGroupName"),
        interrupts={
            "engineVersion": "nodes are replaced one after the other",
            "nodeType": "nodes are replaced one after the other",
        },
    ),
    types.ELASTICACHE_SERVERLESS_CACHE: Known(services.CACHE),
    types.ELB_LOAD_BALANCER: Known(services.BALANCER),
    types.GRAFANA_WORKSPACE: Known(
        Service("Grafana workspace", Family.WATCH), loses="dashboards that people made in it", identity=("name",)
    ),
    types.GUARDDUTY_DETECTOR: Known(Service("GuardDuty", Family.SECURITY), loses="its findings"),
    types.GUARDDUTY_DETECTOR_FEATURE: Known(
        Part("GuardDuty protection plan"),
        replaces=("additionalConfigurations", "detectorId", "name"),
        identity=("detectorId", "name"),
    ),
    types.IAM_ACCOUNT_PASSWORD_POLICY: Known(Part("Password policy")),
    types.IAM_INSTANCE_PROFILE: Known(
        Part("Instance profile"), replaces=("name", "namePrefix", "path"), identity=("name",)
    ),
    types.IAM_OPEN_ID_CONNECT_PROVIDER: Known(
        Service("OIDC provider", Family.SECURITY), replaces=("url",), identity=("url",)
    ),
    types.IAM_POLICY: Known(
        Part("IAM policy"), replaces=("description", "name", "namePrefix", "path"), identity=("name",)
    ),
    types.IAM_ROLE: Known(
        Service("IAM role", Family.SECURITY), replaces=("name", "namePrefix", "path"), identity=("name",)
    ),
    types.IAM_ROLE_POLICY: Known(
        Part("Role policy"), replaces=("name", "namePrefix", "role"), identity=("role", "name")
    ),
    types.IAM_ROLE_POLICY_ATTACHMENT: Known(
        Part("Role policy attachment"), replaces=("policyArn", "role"), identity=("role", "policyArn")
    ),
    types.IAM_SERVICE_LINKED_ROLE: Known(
        Part("Service-linked role"),
        replaces=("awsServiceName", "customSuffix"),
        identity=("awsServiceName", "customSuffix?"),
    ),
    types.INSPECTOR2_ENABLER: Known(Service("Inspector", Family.SECURITY), loses="its findings"),
    types.KINESIS_FIREHOSE_DELIVERY_STREAM: Known(
        Service("Firehose stream", Family.WATCH),
        loses="what it has not delivered yet",
        replaces=("destination", "name"),
        identity=("name",),
    ),
    types.KMS_ALIAS: Known(Part("KMS alias"), free="a name of the key", replaces=("name",), identity=("name",)),
    types.KMS_KEY: Known(
        services.KEYS,
        loses="the key to everything that was encrypted with it",
        replaces=("customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "region", "xksKeyId"),
    ),
    types.LAMBDA_FUNCTION: Known(
        Service("Lambda function", Family.COMPUTE, used=True), replaces=("name", "packageType"), identity=("name",)
    ),
    types.LAMBDA_PERMISSION: Known(
        Part("Lambda permission"),
        free="a setting of the function",
        replaces=("action", "function", "principal", "qualifier", "sourceAccount", "sourceArn", "statementId"),
    ),
    types.LB_LISTENER: Known(
        Part("Listener"),
        free="part of the load balancer",
        replaces=("loadBalancerArn",),
        identity=("loadBalancerArn", "port"),
    ),
    types.LB_LISTENER_CERTIFICATE: Known(Part("Listener certificate"), free="part of the load balancer"),
    types.LB_LISTENER_RULE: Known(
        Part("Listener rule"),
        free="part of the load balancer",
        replaces=("listenerArn",),
        identity=("listenerArn", "priority"),
    ),
    types.LB_LOAD_BALANCER: Known(
        services.BALANCER,
        serves="the address that users call",
        replaces=("customerOwnedIpv4Pool", "internal", "loadBalancerType", "name"),
        identity=("name",),
    ),
    types.LB_TARGET_GROUP: Known(
        Part("Target group"),
        free="part of the load balancer",
        serves="the way from the load balancer to the application",
        replaces=("name", "port", "protocol", "targetType", "vpcId"),
        identity=("name",),
    ),
    types.LB_TARGET_GROUP_ATTACHMENT: Known(Part("Target group attachment"), free="part of the load balancer"),
    types.MACIE2_ACCOUNT: Known(Service("Macie", Family.SECURITY), loses="its findings"),
    types.ORGANIZATIONS_POLICY: Known(
        Part("Policy of the organisation"),
        free="AWS Organizations is free",
        replaces=("type",),
        identity=("type", "name"),
    ),
    types.ORGANIZATIONS_POLICY_ATTACHMENT: Known(
        Part("Attachment of an organisation's policy"),
        free="AWS Organizations is free",
        replaces=("policyId", "targetId"),
        identity=("policyId", "targetId"),
    ),
    types.RDS_CLUSTER: Known(
        Service("Aurora cluster", Family.DATA, used=True),
        loses="the data in it",
        replaces=("clusterIdentifier", "databaseName", "engine", "kmsKeyId", "masterUsername", "storageEncrypted"),
        interrupts={"engineVersion": "the cluster restarts"},
    ),
    types.RDS_INSTANCE: Known(
        services.DATABASE,
        loses="the data in it",
        replaces=(
            "availabilityZone",
            "characterSetName",
            "customIamInstanceProfile",
            "dbName",
            "engine",
            "kmsKeyId",
            "ncharCharacterSetName",
            "snapshotIdentifier",
            "storageEncrypted",
            "timezone",
            "username",
        ),
        interrupts={
            "allocatedStorage": "storage is optimised for hours, and can only grow",
            "dbSubnetGroupName": "the instance moves, which takes it down for minutes",
            "engineVersion": "the instance restarts, and a major version cannot be undone",
            "identifier": "the instance restarts and its address changes",
            "instanceClass": "the instance is down for minutes, with a standby for about one",
            "parameterGroupName": "the new parameters wait for a restart",
            "storageType": "storage is optimised for hours",
        },
        identity=("identifier",),
    ),
    types.RDS_PARAMETER_GROUP: Known(
        Part("RDS parameter group"),
        free="a setting of the database",
        replaces=("description", "family", "name", "namePrefix"),
        identity=("name",),
    ),
    types.RDS_SUBNET_GROUP: Known(
        Part("RDS subnet group"), free="a setting of the database", replaces=("name", "namePrefix"), identity=("name",)
    ),
    types.ROUTE53_RECORD: Known(
        services.RECORDS,
        free="records are free; queries are charged at the zone",
        replaces=("name", "zoneId"),
        identity=("zoneId", "name", "type"),
    ),
    types.ROUTE53_ZONE: Known(services.RECORDS),
    types.S3_ACCOUNT_PUBLIC_ACCESS_BLOCK: Known(
        Part("Block of public buckets"), free="a setting of the account", replaces=("accountId",)
    ),
    types.S3_BUCKET: Known(
        services.BUCKETS,
        loses="the objects in it",
        replaces=("bucket", "bucketPrefix", "objectLockEnabled"),
        identity=("bucket",),
    ),
    types.S3_BUCKET_LIFECYCLE_CONFIGURATION: Known(
        Part("Bucket lifecycle"),
        free="a setting of the bucket",
        replaces=("bucket", "expectedBucketOwner"),
        identity=("bucket",),
    ),
    types.S3_BUCKET_LOGGING: Known(
        Part("Bucket logging"),
        free="a setting of the bucket",
        replaces=("bucket", "expectedBucketOwner"),
        identity=("bucket",),
    ),
    types.S3_BUCKET_NOTIFICATION: Known(
        Part("Bucket notification"), free="a setting of the bucket", identity=("bucket",)
    ),
    types.S3_BUCKET_OBJECTV2: Known(
        Part("File in a bucket"),
        free="a file of the stack's own costs less than a cent",
        replaces=("bucket", "key"),
        identity=("bucket", "key"),
    ),
    types.S3_BUCKET_OWNERSHIP_CONTROLS: Known(
        Part("Bucket ownership controls"), free="a setting of the bucket", replaces=("bucket",), identity=("bucket",)
    ),
    types.S3_BUCKET_POLICY: Known(
        Part("Bucket policy"), free="a setting of the bucket", replaces=("bucket",), identity=("bucket",)
    ),
    types.S3_BUCKET_PUBLIC_ACCESS_BLOCK: Known(
        Part("Bucket public access block"), free="a setting of the bucket", replaces=("bucket",), identity=("bucket",)
    ),
    types.S3_BUCKET_SERVER_SIDE_ENCRYPTION_CONFIGURATION: Known(
        Part("Bucket encryption"),
        free="a setting of the bucket",
        replaces=("bucket", "expectedBucketOwner"),
        identity=("bucket",),
    ),
    types.S3_BUCKET_V2: Known(services.BUCKETS),
    types.S3_BUCKET_VERSIONING: Known(
        Part("Bucket versioning"),
        free="a setting of the bucket",
        replaces=("bucket", "expectedBucketOwner"),
        identity=("bucket",),
    ),
    types.S3CONTROL_STORAGE_LENS_CONFIGURATION: Known(
        Service("S3 Storage Lens", Family.WATCH),
        free="without advanced metrics it is free",
        loses="its figures",
        replaces=("accountId", "configId"),
        identity=("accountId?", "configId"),
    ),
    types.SECRETSMANAGER_SECRET: Known(
        services.SECRETS, loses="the value in it", replaces=("name", "namePrefix"), identity=("name",)
    ),
    types.SECRETSMANAGER_SECRET_POLICY: Known(Part("Secret policy"), free="a policy"),
    types.SECRETSMANAGER_SECRET_ROTATION: Known(
        Part("Secret rotation"), free="a setting of the secret", replaces=("secretId",)
    ),
    types.SECRETSMANAGER_SECRET_VERSION: Known(Part("Secret version"), free="versions are part of the secret"),
    types.SECURITYHUB_ACCOUNT: Known(
        Service("Security Hub", Family.SECURITY), loses="its findings", replaces=("enableDefaultStandards",)
    ),
    types.SECURITYHUB_STANDARDS_CONTROL_ASSOCIATION: Known(
        Part("Security Hub control"),
        free="a setting of the standard",
        replaces=("securityControlId", "standardsArn"),
        identity=("standardsArn", "securityControlId"),
    ),
    types.SECURITYHUB_STANDARDS_SUBSCRIPTION: Known(
        Part("Security Hub standard"),
        free="its checks are charged at the account",
        replaces=("standardsArn",),
        identity=("standardsArn",),
    ),
    types.SNS_TOPIC: Known(
        Service("SNS topic", Family.WATCH, used=True),
        free="the first million messages a month are free; deliveries are charged at the subscriptions",
        replaces=("fifoTopic", "name", "namePrefix"),
        identity=("name",),
    ),
    types.SNS_TOPIC_POLICY: Known(Part("SNS topic policy"), free="a policy", replaces=("arn",), identity=("arn",)),
    types.SNS_TOPIC_SUBSCRIPTION: Known(
        Part("SNS subscription"), replaces=("endpoint", "protocol", "topic"), identity=("topic", "protocol", "endpoint")
    ),
    types.SQS_QUEUE: Known(
        Service("SQS queue", Family.DATA, used=True),
        loses="the messages in it",
        replaces=("fifoQueue", "name"),
        identity=("name",),
    ),
    types.SSM_PARAMETER: Known(
        Service("SSM parameter", Family.SECURITY, used=True),
        loses="the value in it",
        replaces=("dataType", "name"),
        identity=("name",),
    ),
    types.SYNTHETICS_CANARY: Known(Service("Canary", Family.WATCH), replaces=("name",), identity=("name",)),
    types.VPC_SECURITY_GROUP_EGRESS_RULE: Known(
        Part("Security group egress rule"),
        free="part of the VPC",
        replaces=("cidrIpv6", "prefixListId", "securityGroupId"),
        identity=_RULE,
    ),
    types.VPC_SECURITY_GROUP_INGRESS_RULE: Known(
        Part("Security group ingress rule"), free="part of the VPC", replaces=("securityGroupId",), identity=_RULE
    ),
    types.WAFV2_WEB_ACL: Known(services.WAF, replaces=("name", "namePrefix", "scope"), identity=("scope", "name")),
    types.WAFV2_WEB_ACL_ASSOCIATION: Known(
        Part("Web ACL association"),
        free="a setting of the web ACL",
        replaces=("resourceArn", "webAclArn"),
        identity=("resourceArn",),
    ),
    types.WAFV2_WEB_ACL_LOGGING_CONFIGURATION: Known(
        Part("Web ACL logging"),
        free="a setting of the web ACL; its log is charged at the log group",
        replaces=("logDestinationConfigs", "resourceArn"),
        identity=("resourceArn",),
    ),
    types.XRAY_GROUP: Known(Part("Group of traces"), replaces=("groupName",), identity=("groupName",)),
}
"""Type token → what is known of it, in the order of `policies/pack/types.py`."""
