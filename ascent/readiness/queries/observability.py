"""Queries about logs, metrics, alarms and who hears of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.readiness.queries.conditions import between, document, equals, mentions, refers
from ascent.readiness.query import Answer, Condition, Truth, all_of, any_of, both, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.values import as_number, at, is_set, text

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts


BUSINESS_METRIC, BUSINESS_MINIMUM, BUSINESS_PERIOD = "TransactionCount", 10, 300
"""The business metric that the checklist watches: fewer than 10 in 300 s, twice in a row."""

SLO_PERCENT: Final = 99.9
"""Share of good requests or minutes that is promised, from the checklist."""

LATENCY_SECONDS: Final = 0.2
"""Time in which an API should answer, from the checklist."""


@query("central-logs", "Logs are collected in CloudWatch")
def central_logs(stack: StackFacts) -> Answer:
    """A log group."""
    return some(stack.of_type(types.CLOUDWATCH_LOG_GROUP), "a log group")


@query("custom-metrics", "The application has metrics of its own")
def custom_metrics(stack: StackFacts) -> Answer:
    """A metric out of logs, or an alarm on a metric that is not AWS's."""

    def own(alarm: ResourceFacts) -> Truth:
        space = at(alarm, "namespace")
        return UNKNOWN if space is UNKNOWN else isinstance(space, str) and not space.startswith("AWS/")

    return any_of(
        some(stack.of_type(types.CLOUDWATCH_LOG_METRIC_FILTER), "a metric made of logs"),
        some(stack.of_type(types.CLOUDWATCH_METRIC_ALARM), "an alarm on a metric of one's own", own),
    )


@query("dashboard-widgets", "A dashboard shows percentiles, errors, requests, connections, CPU, memory and disk")
def dashboard_widgets(stack: StackFacts) -> Answer:
    """Metrics that the dashboard's body names."""
    words = ("p50", "p95", "p99", "4XX", "5XX", "RequestCount", "DatabaseConnections", "CPUUtilization", "Memory")
    return some(
        stack.of_type(types.CLOUDWATCH_DASHBOARD),
        "a dashboard with all widgets",
        lambda r: both(mentions(r, "dashboardBody", *words), mentions(r, "dashboardBody", "FreeStorageSpace")),
    )


def _tells(alarm: ResourceFacts) -> bool:
    """Whether an alarm does something when it goes off."""
    return is_set(at(alarm, "alarmActions")) and equals(alarm, "actionsEnabled", False) is not True


def _business(alarm: ResourceFacts) -> Truth:
    return both(
        equals(alarm, "metricName", BUSINESS_METRIC),
        equals(alarm, "statistic", "Sum"),
        mentions(alarm, "comparisonOperator", "Less"),
        equals(alarm, "threshold", BUSINESS_MINIMUM),
        equals(alarm, "period", BUSINESS_PERIOD),
        between(alarm, "evaluationPeriods", 2),
        _tells(alarm),
    )


@query("business-alarm", "An alarm says when business stops")
def business_alarm(stack: StackFacts) -> Answer:
    """An alarm on the number of transactions."""
    return some(stack.of_type(types.CLOUDWATCH_METRIC_ALARM), "an alarm on transactions", _business)


@query("latency-alarm", "An alarm says when the API is slower than 200 ms")
def latency_alarm(stack: StackFacts) -> Answer:
    """An alarm on the 95th percentile of the response time, at 0.2 s or less."""

    def strict(alarm: ResourceFacts) -> Truth:
        threshold = as_number(at(alarm, "threshold"))
        if isinstance(threshold, Unknown):
            return UNKNOWN
        percentile = both(
            equals(alarm, "metricName", "TargetResponseTime"), equals(alarm, "extendedStatistic", "p95"), _tells(alarm)
        )
        return percentile if threshold is not None and threshold <= LATENCY_SECONDS else False

    return some(stack.of_type(types.CLOUDWATCH_METRIC_ALARM), "an alarm on a p95 of 200 ms", strict)


@query("saved-queries", "Questions to the logs are at hand")
def saved_queries(stack: StackFacts) -> Answer:
    """Saved Logs Insights queries."""
    return some(stack.of_type(types.CLOUDWATCH_QUERY_DEFINITION), "a saved query", refers("queryString"))


@query("prometheus", "The stack has Prometheus or Grafana")
def prometheus(stack: StackFacts) -> Answer:
    """A managed workspace of either."""
    return some(stack.of_type(types.AMP_WORKSPACE, types.GRAFANA_WORKSPACE), "a workspace")


@query("prometheus-alerts", "Prometheus alerts, and Grafana shows")
def prometheus_alerts(stack: StackFacts) -> Answer:
    """Alert manager and Grafana beside the metrics."""
    return all_of(
        some(stack.of_type(types.AMP_WORKSPACE), "a Prometheus workspace"),
        some(stack.of_type(types.AMP_ALERT_MANAGER_DEFINITION), "an alert manager"),
        some(stack.of_type(types.GRAFANA_WORKSPACE), "a Grafana workspace"),
    )


@query("log-search", "The stack sends its logs to a search engine")
def log_search(stack: StackFacts) -> Answer:
    """OpenSearch, or a stream that leads elsewhere."""
    tokens = (types.OPENSEARCH_DOMAIN, types.OPENSEARCH_SERVERLESS_COLLECTION, types.KINESIS_FIREHOSE_DELIVERY_STREAM)
    return some(stack.of_type(*tokens), "a search engine or a stream")


@query("log-forwarding", "Log groups forward what they get")
def log_forwarding(stack: StackFacts) -> Answer:
    """A subscription filter."""
    return some(
        stack.of_type(types.CLOUDWATCH_LOG_SUBSCRIPTION_FILTER),
        "a subscription of a log group",
        refers("destinationArn"),
    )


@query("vendor-monitoring", "A monitoring vendor watches the stack")
def vendor_monitoring(stack: StackFacts) -> Answer:
    """Resources of Datadog's or New Relic's provider, or a stream of metrics."""
    own = (r for r in stack.resources if r.type.startswith(("datadog:", "newrelic:")))
    stream = stack.of_type(types.CLOUDWATCH_METRIC_STREAM)
    return any_of(some(own, "a monitor of a vendor"), some(stream, "a stream of metrics"))


@query("log-masking", "Personal data in logs is masked")
def log_masking(stack: StackFacts) -> Answer:
    """A data protection policy of a log group."""
    return some(stack.of_type(types.CLOUDWATCH_LOG_DATA_PROTECTION_POLICY), "a data protection policy")


@query("chat-notification", "Alarms appear in the team's chat")
def chat_notification(stack: StackFacts) -> Answer:
    """A Slack channel that listens to a topic."""
    tokens = (types.CHATBOT_SLACK_CHANNEL_CONFIGURATION, types.CHATBOT_TEAMS_CHANNEL_CONFIGURATION)
    return some(stack.of_type(*tokens), "a channel that hears of alarms", refers("snsTopicArns"))


@query("slo", "A service level is written down and watched")
def slo(stack: StackFacts) -> Answer:
    """A service level objective of Application Signals of 99.9 % or more."""

    def objective(resource: ResourceFacts) -> Truth:
        if text(resource, "typeName") != "AWS::ApplicationSignals::ServiceLevelObjective":
            return False
        state = document(resource, "desiredState")
        return UNKNOWN if state is UNKNOWN else between(state or {}, "Goal.AttainmentGoal", SLO_PERCENT, 100)

    return some(stack.of_type(types.CLOUDCONTROL_RESOURCE), "a service level of 99.9 %", objective)


def _delivery_alarm(words: tuple[str, ...]) -> Condition:
    def about(rule: ResourceFacts) -> Truth:
        pattern = at(rule, "eventPattern")
        return UNKNOWN if pattern is UNKNOWN else any(word in str(pattern) for word in words)

    return about


@query("pipeline-alert", "A failed deployment or pipeline tells somebody")
def pipeline_alert(stack: StackFacts) -> Answer:
    """An event rule on failed deployments with a target."""
    words = ("SERVICE_DEPLOYMENT_FAILED", "CodePipeline", "CodeBuild", "Deployment State Change")
    about = _delivery_alarm(words)

    def told(rule: ResourceFacts) -> Truth:
        on = equals(rule, "state", "DISABLED") is not True
        targets = stack.referring(rule, types.CLOUDWATCH_EVENT_TARGET, "rule", "name")
        return both(about(rule), on and any(is_set(at(target, "arn")) for target in targets))

    return some(stack.of_type(types.CLOUDWATCH_EVENT_RULE), "a rule on failed deployments with a target", told)
