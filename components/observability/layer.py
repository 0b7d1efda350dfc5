"""The observability layer, composed: who hears, what is watched from outside, what is seen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pulumi

from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from components.observability.alarm_topic import AlarmTopic, AlarmTopicArgs
from components.observability.alarms import Alarms, AlarmsArgs
from components.observability.canary import Canary, CanaryArgs
from components.observability.chat import Chat, ChatArgs, has_chat
from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.log_delivery import LogDelivery, LogDeliveryArgs
from components.observability.log_metrics import LogMetrics, LogMetricsArgs
from components.observability.objective import Objective, ObjectiveArgs
from components.observability.prometheus import Grafana, GrafanaArgs, Prometheus, PrometheusArgs
from components.observability.saved_queries import SavedQueries, SavedQueriesArgs
from components.observability.tracing import Tracing, TracingArgs
from settings.enums import Audience, LogTarget
from settings.sections.observability import ObservabilitySettings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from components.foundation.telemetry.composite import CompositeSpec

_BILLING_REGION = "us-east-1"
"""Where AWS reports what an account costs."""


class Notices:
    """The topics of all regions, and the alarms that tell them.

    Attributes:
        arn: ARN of the topic in the stack's own region.
        arns: region → ARN of the topic there.
    """

    def __init__(
        self,
        name: str,
        context: Context,
        watch: ObservabilitySettings,
        key_arns: Mapping[str, pulumi.Input[str] | None],
        opts: pulumi.ResourceOptions,
        publishers: Sequence[str] = (),
    ) -> None:
        """Make the topics, and the chat that listens to them.

        Args:
            name: start of their names.
            context: names and tags.
            watch: who hears.
            key_arns: region → KMS key of the messages there; the stack's own region first.
            opts: options that make them children of the platform.
            publishers: AWS services that publish to the stack's own topic, besides those that always do.
        """
        self._name, self._context, self._watch, self._opts = name, context, watch, opts
        self._publishers = publishers
        self._topics = {region: self._topic(region, key_arn) for region, key_arn in key_arns.items()}
        self.arns = {region: topic.arn for region, topic in self._topics.items()}
        self.arn = self.arns[context.region]
        if has_chat(watch.notices):
            chat = ChatArgs(context=context, notices=watch.notices, topic_arns=list(self.arns.values()))
            Chat(f"{name}-chat", chat, opts=opts)

    def _topic(self, region: str, key_arn: pulumi.Input[str] | None) -> AlarmTopic:
        watch, home = self._watch, region == self._context.region
        args = AlarmTopicArgs(
            context=self._context,
            emails=watch.alarm_emails,
            pager=watch.notices.pager,
            key_arn=key_arn,
            prometheus=home and watch.prometheus.enabled,
            publishers=self._publishers if home else (),
            region=None if home else region,
        )
        return AlarmTopic(f"{self._name}-alarm-topic{'' if home else f'-{region}'}", args, opts=self._opts)

    def wanted(self, specs: Sequence[AlarmSpec]) -> list[AlarmSpec]:
        """Those alarms that matter enough to be made."""
        enough = self._watch.alarms.least_severity.or_worse()
        return [spec for spec in specs if spec.severity in enough]

    def alarms(self, layer: str, specs: Sequence[AlarmSpec], composites: Sequence[CompositeSpec] = ()) -> Alarms:
        """The alarms of a layer that matter enough.

        Args:
            layer: name of the layer.
            specs: what to watch.
            composites: alarms that speak for others; made where the settings ask for them.
        """
        wanted = self.wanted(specs)
        made = {spec.name for spec in wanted}
        args = AlarmsArgs(
            context=self._context,
            topic_arns=self.arns,
            specs=wanted,
            composites=[one for composite in composites if (one := _among(made, composite))],
        )
        return Alarms(f"{self._name}-{layer}-alarms", args, opts=self._opts)

    def of_topics(self) -> list[AlarmSpec]:
        """What is wrong with the topics themselves."""
        return [spec for topic in self._topics.values() for spec in topic.alarms()]


def _among(made: Collection[str], composite: CompositeSpec) -> CompositeSpec | None:
    """A composite of those alarms that are made; None where too few are left to speak for."""
    members = [member for member in composite.members if member in made]
    if len(members) < 2 or (composite.together and len(members) < len(composite.members)):
        return None
    return replace(composite, members=members, hushed_by=composite.hushed_by if composite.hushed_by in made else "")


@dataclass(frozen=True, kw_only=True)
class WatchingArgs:
    """What is watched.

    Args:
        context: names and tags.
        watch: which parts there are.
        notices: who hears.
        logs: how logs are kept.
        url: address of the product.
        health_check_path: path that answers 200 there.
        load_balancer: identity of the load balancer in metrics.
        access_log_bucket: name of the bucket that hears who reads the layer's own buckets.
        log_groups: service → name of its log group.
        specs: alarms of everything else that nobody has made yet.
        graphs: what each audience wants to see of the other layers.
        prometheus: the workspace; None without one.
    """

    context: Context
    watch: ObservabilitySettings
    notices: Notices
    logs: LogPolicy
    url: pulumi.Input[str]
    health_check_path: str
    load_balancer: pulumi.Output[str]
    access_log_bucket: pulumi.Input[str]
    log_groups: Mapping[str, pulumi.Output[str]]
    specs: Sequence[AlarmSpec] = ()
    graphs: Mapping[Audience, Sequence[Graph]] = field(default_factory=dict)
    prometheus: Prometheus | None = None


def prometheus(
    name: str,
    context: Context,
    watch: ObservabilitySettings,
    topic_arn: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
) -> Prometheus | None:
    """The workspace that the tasks' agents write to, which must be there before them; None where it is off."""
    if not watch.prometheus.enabled:
        return None
    args = PrometheusArgs(context=context, settings=watch.prometheus, topic_arn=topic_arn)
    return Prometheus(f"{name}-prometheus", args, opts=opts)


def watching(name: str, args: WatchingArgs, opts: pulumi.ResourceOptions) -> dict[str, pulumi.Input[object]]:
    """What watches the product as a whole, and the dashboards; outputs by export name.

    Args:
        name: start of the names.
        args: what is watched.
        opts: options that make the components children of the platform.
    """
    context, watch = args.context, args.watch
    specs, composites = [*args.specs, *args.notices.of_topics()], []
    graphs: dict[Audience, list[Graph]] = {audience: list(args.graphs.get(audience, ())) for audience in Audience}
    if watch.service_level.enabled:
        promised = ObjectiveArgs(context=context, settings=watch.service_level, load_balancer=args.load_balancer)
        objective = Objective(f"{name}-objective", promised, opts=opts)
        specs, composites = [*specs, *objective.alarms()], objective.composites()
    if watch.canary.enabled:
        visits = CanaryArgs(
            context=context,
            settings=watch.canary,
            url=args.url,
            health_check_path=args.health_check_path,
            logs=args.logs,
            access_log_bucket=args.access_log_bucket,
        )
        canary = Canary(f"{name}-canary", visits, opts=opts)
        specs += canary.alarms()
        graphs[Audience.SERVICE] += canary.graphs()
    if watch.tracing.enabled:
        traced = TracingArgs(context=context, settings=watch.tracing, services=list(args.log_groups))
        Tracing(f"{name}-tracing", traced, opts=opts)
    counted = watch.logs.metrics
    if counted.errors or counted.latency or counted.transactions:
        measured = LogMetricsArgs(context=context, settings=counted, log_groups=args.log_groups)
        metrics = LogMetrics(f"{name}-log-metrics", measured, opts=opts)
        specs += metrics.alarms()
        graphs[Audience.BUSINESS] = [*metrics.graphs(), *graphs[Audience.BUSINESS]]
    if watch.logs.queries:
        asked = SavedQueriesArgs(context=context, fields=counted, applications=list(args.log_groups.values()))
        SavedQueries(f"{name}-queries", asked, opts=opts)
    if watch.logs.stream_arn or watch.logs.forwarding.to is not LogTarget.NONE:
        copied = LogDeliveryArgs(
            context=context,
            settings=watch.logs,
            log_groups=args.log_groups,
            logs=args.logs,
            access_log_bucket=args.access_log_bucket,
        )
        specs += LogDelivery(f"{name}-log-delivery", copied, opts=opts).alarms()
    if args.prometheus is not None:
        specs += args.prometheus.alarms()
    outputs: dict[str, pulumi.Input[object]] = {}
    if watch.grafana.enabled:
        source = args.prometheus.arn if args.prometheus else None
        shown = GrafanaArgs(context=context, settings=watch.grafana, prometheus_arn=source)
        outputs["grafanaUrl"] = Grafana(f"{name}-grafana", shown, opts=opts).url
    if args.notices.wanted(specs):
        args.notices.alarms("watch", specs, composites)
    graphs[Audience.COST] = [*_bill(args), *graphs[Audience.COST]]
    graphs[Audience.SECURITY] = graphs[Audience.SECURITY] or [spec.graph() for spec in args.notices.of_topics()]
    return {**outputs, **_dashboards(name, args, graphs, opts)}


def _dashboards(
    name: str, args: WatchingArgs, graphs: Mapping[Audience, Sequence[Graph]], opts: pulumi.ResourceOptions
) -> dict[str, pulumi.Input[object]]:
    urls: dict[Audience, pulumi.Output[str]] = {}
    for audience in args.watch.dashboards:
        board = DashboardArgs(context=args.context, audience=audience, graphs=graphs[audience])
        infix = "" if audience is Audience.SERVICE else f"-{audience}"
        urls[audience] = Dashboard(f"{name}{infix}-dashboard", board, opts=opts).url
    if not urls:
        return {}
    first, *more = urls.items()
    found: dict[str, pulumi.Input[object]] = {"dashboardUrl": first[1]}
    return {**found, "dashboardUrls": {audience.value: url for audience, url in urls.items()}} if more else found


def _bill(args: WatchingArgs) -> list[Graph]:
    """What AWS counts by the hour or the byte, and the account's bill where its owner lets CloudWatch see it."""
    bill = Metric(
        namespace="AWS/Billing", metric="EstimatedCharges", dimensions={"Currency": "USD"}, statistic="Maximum"
    )
    written = [
        Metric(
            namespace="AWS/Logs",
            metric="IncomingBytes",
            dimensions={"LogGroupName": group},
            statistic="Sum",
            label=service,
        )
        for service, group in args.log_groups.items()
    ]
    return [
        Graph(title="The account's bill this month, USD", lines=[bill], period_seconds=21_600, region=_BILLING_REGION),
        Graph(title="Bytes that services log, per hour", lines=written, period_seconds=3600),
    ]
