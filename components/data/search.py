"""A search domain of OpenSearch in the VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.log_group import log_group
from components.foundation.policy_document import Statement, policy_document
from components.foundation.store import StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Presence, Severity
from settings.sections.stores.search import SearchSettings, SearchVariable

if TYPE_CHECKING:
    from components.foundation.event import EventSpec
    from components.foundation.store import RestoreSpec
    from settings.sections.observability import AlarmSettings

_LOGS: Final = {"application": "ES_APPLICATION_LOGS", "slow": "SEARCH_SLOW_LOGS", "index": "INDEX_SLOW_LOGS"}

_MANAGER: Final = "m7g.medium.search"
"""Size of the nodes that lead; enough for ten data nodes (OpenSearch developer guide, "Dedicated master nodes")."""

_HTTP: Final = ("Delete", "Get", "Head", "Patch", "Post", "Put")

_MEMORY_PERCENT: Final = 85
_FREE_SHARE: Final = 4
"""The disk runs full below a quarter (OpenSearch developer guide, "Recommended CloudWatch alarms")."""


class Search(pulumi.ComponentResource):
    """An encrypted domain that only roles of this account reach, from inside the VPC.

    t3.small.search is $26.28 a month per node; disks $0.122 a month per GB.

    Attributes:
        arn: the domain's ARN.
        host: where it is reached.
        identifier: its name in metrics.
    """

    arn: pulumi.Output[str]
    host: pulumi.Output[str]
    identifier: str

    def __init__(self, name: str, args: StoreArgs[SearchSettings], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:Search", name, None, opts)
        context, settings = args.context, args.settings
        self._settings, self._account = settings, context.account_id
        # Fixed: its policy must name it before it exists.
        self.identifier = context.physical_name("search", limit=28)
        logs = {
            key: log_group(
                f"{name}-{key}-log",
                context,
                args.logs,
                parent=self,
                physical_name=f"/aws/opensearch/{self.identifier}/{key}",
            )
            for key in _LOGS
        }
        # One for all three: an account may have ten such policies in a region.
        writing = aws.cloudwatch.LogResourcePolicy(
            f"{name}-log-policy",
            policy_name=context.physical_name("search", limit=128),
            policy_document=policy_document(_log_writer(args, [group.arn for group in logs.values()])),
            opts=pulumi.ResourceOptions(parent=self),
        )
        needed: list[pulumi.Resource] = [writing]
        if settings.service_role is Presence.CREATE:
            needed.append(
                aws.iam.ServiceLinkedRole(
                    f"{name}-service",
                    aws_service_name="opensearchservice.amazonaws.com",
                    description="OpenSearch, to reach into VPCs",
                    tags=context.tags(f"{name}-service"),
                    opts=pulumi.ResourceOptions(parent=self, retain_on_delete=True),
                )
            )
        zones = min(settings.nodes, 3)
        arn = context.arn("es", f"domain/{self.identifier}")
        domain = aws.opensearch.Domain(
            f"{name}-domain",
            domain_name=self.identifier,
            engine_version=f"OpenSearch_{settings.version}",
            cluster_config=aws.opensearch.DomainClusterConfigArgs(
                instance_type=settings.instance_type,
                instance_count=settings.nodes,
                dedicated_master_enabled=settings.managers,
                dedicated_master_count=3 if settings.managers else None,
                dedicated_master_type=_MANAGER if settings.managers else None,
                zone_awareness_enabled=zones > 1,
                zone_awareness_config=aws.opensearch.DomainClusterConfigZoneAwarenessConfigArgs(
                    availability_zone_count=zones
                )
                if zones > 1
                else None,
            ),
            ebs_options=aws.opensearch.DomainEbsOptionsArgs(
                ebs_enabled=True, volume_type="gp3", volume_size=settings.storage_gb
            ),
            encrypt_at_rest=aws.opensearch.DomainEncryptAtRestArgs(enabled=True, kms_key_id=args.key_arn),
            node_to_node_encryption=aws.opensearch.DomainNodeToNodeEncryptionArgs(enabled=True),
            domain_endpoint_options=aws.opensearch.DomainDomainEndpointOptionsArgs(
                enforce_https=True, tls_security_policy="Policy-Min-TLS-1-2-PFS-2023-10"
            ),
            vpc_options=aws.opensearch.DomainVpcOptionsArgs(
                subnet_ids=list(args.subnet_ids)[:zones],
                security_group_ids=[args.security_group_id] if args.security_group_id else None,
            ),
            access_policies=policy_document(
                Statement(
                    sid="Account",
                    actions=[f"es:ESHttp{method}" for method in _HTTP],
                    resources=[pulumi.Output.concat(arn, "/*")],
                    principals={"AWS": [context.arn("iam", "root", region="")]},
                )
            ),
            log_publishing_options=[
                aws.opensearch.DomainLogPublishingOptionArgs(
                    cloudwatch_log_group_arn=group.arn, log_type=_LOGS[key], enabled=True
                )
                for key, group in logs.items()
            ],
            software_update_options=aws.opensearch.DomainSoftwareUpdateOptionsArgs(auto_software_update_enabled=True),
            off_peak_window_options=aws.opensearch.DomainOffPeakWindowOptionsArgs(enabled=True),
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                depends_on=needed,
                delete_before_replace=True,
                custom_timeouts=pulumi.CustomTimeouts(create="120m", update="180m", delete="90m"),
            ),
        )
        self.arn, self.host = domain.arn, domain.endpoint
        self.register_outputs({"arn": self.arn, "host": self.host})

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Where the application finds it; requests are signed with the task's role."""
        return {SearchVariable.HOST: self.host}

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """Where it is reached."""
        return {"searchHost": self.host}

    @property
    def backed_up(self) -> pulumi.Output[str] | None:
        """Nothing: AWS Backup does not know it. OpenSearch keeps hourly snapshots for 14 days by itself."""
        return None

    @property
    def restored(self) -> RestoreSpec | None:
        """Nothing, as nothing is copied."""
        return None

    def statements(self) -> list[Statement]:
        """What the application may do: send requests to the domain, but not change it."""
        return [
            Statement(
                sid="UseSearch",
                actions=[f"es:ESHttp{method}" for method in _HTTP],
                resources=[pulumi.Output.concat(self.arn, "/*")],
            )
        ]

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """What AWS recommends: parts of the data missing, writes refused, a full disk, too little memory."""
        free = self._settings.storage_gb * 1024 / _FREE_SHARE
        rows = (
            (
                "red",
                "",
                "parts of the search are missing",
                "ClusterStatus.red",
                1,
                Comparison.AT_LEAST,
                Severity.HIGH,
            ),
            (
                "red",
                "blocked",
                "search refuses writes",
                "ClusterIndexWritesBlocked",
                1,
                Comparison.AT_LEAST,
                Severity.HIGH,
            ),
            (
                "full",
                "",
                "search runs out of space",
                "FreeStorageSpace",
                free,
                Comparison.BELOW,
                Severity.HIGH,
            ),
            (
                "busy",
                "memory",
                "search runs out of memory",
                "JVMMemoryPressure",
                _MEMORY_PERCENT,
                Comparison.ABOVE,
                Severity.MEDIUM,
            ),
            (
                "busy",
                "",
                "search is busy",
                "CPUUtilization",
                thresholds.cpu_percent,
                Comparison.ABOVE,
                Severity.MEDIUM,
            ),
        )
        return [
            AlarmSpec(
                key=f"search-{key}",
                subject=subject,
                title=title,
                namespace="AWS/ES",
                metric=metric,
                dimensions=self._here,
                statistic="Minimum" if comparison is Comparison.BELOW else "Maximum",
                threshold=threshold,
                periods=5,
                comparison=comparison,
                severity=severity,
            )
            for key, subject, title, metric, threshold, comparison, severity in rows
        ]

    @property
    def _here(self) -> dict[str, pulumi.Input[str]]:
        return {"DomainName": self.identifier, "ClientId": self._account}

    def events(self) -> list[EventSpec]:
        """None: what matters is in the metrics."""
        return []

    def graphs(self) -> list[Graph]:
        """How fast it answers, and what limits it."""

        def graph(title: str, statistic: str, *metrics: str) -> Graph:
            lines = [
                Metric(namespace="AWS/ES", metric=one, dimensions=self._here, statistic=statistic) for one in metrics
            ]
            return Graph(title=title, lines=lines)

        return [
            graph("Time of a search and of a write, milliseconds", "Average", "SearchLatency", "IndexingLatency"),
            graph("Free space of the fullest search node, MB", "Minimum", "FreeStorageSpace"),
            graph("Memory of search in use, %", "Maximum", "JVMMemoryPressure"),
            graph("CPU of search, %", "Maximum", "CPUUtilization"),
        ]


def _log_writer(args: StoreArgs[SearchSettings], arns: list[pulumi.Output[str]]) -> Statement:
    domains = args.context.arn("es", "domain/*")
    return Statement(
        sid="SearchLogs",
        actions=["logs:CreateLogStream", "logs:PutLogEvents"],
        resources=[pulumi.Output.concat(arn, ":*") for arn in arns],
        principals={"Service": ["es.amazonaws.com"]},
        conditions={
            "StringEquals": {"aws:SourceAccount": args.context.account_id},
            "ArnLike": {"aws:SourceArn": domains},
        },
    )
