"""What is made of the application's logs besides keeping them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, in_place, replaces
from settings.enums import LogTarget
from settings.fields import DataIdentifier, JsonField, KeyArn, SearchDomainArn, SecretArn, StreamArn, distinct


class LogMetricSettings(Section):
    """Metrics made of the application's log, one JSON object per line."""

    errors: bool = setting(
        False, "count lines with the level of an error", cost="$0.30 a month per service", changes=IN_PLACE
    )
    latency: bool = setting(
        False, "the time a line says that something took", cost="$0.30 a month per service", changes=IN_PLACE
    )
    transactions: bool = setting(
        False,
        "count lines of finished transactions, and say when they stop: no line counts as none",
        cost="$0.40 a month",
        changes=IN_PLACE,
    )
    level_field: JsonField = setting("level", "field that holds the level, ERROR or CRITICAL", changes=IN_PLACE)
    latency_field: JsonField = setting("duration_ms", "field that holds milliseconds", changes=IN_PLACE)
    transaction_field: JsonField = setting(
        "transaction_id", "field that only lines of finished transactions have", changes=IN_PLACE
    )
    errors_per_minute: int = setting(
        10, "lines with errors that are too many", unit="per minute", ge=1, le=1_000_000, changes=IN_PLACE
    )
    least_transactions: int = setting(
        10, "transactions that are too few", unit="per five minutes", ge=1, le=1_000_000_000, changes=IN_PLACE
    )


class LogForwardingSettings(Section):
    """A copy of the application's logs somewhere else, through Amazon Data Firehose."""

    to: LogTarget = setting(
        LogTarget.NONE,
        "a vendor, or an OpenSearch domain; none for no copy",
        cost="$0.029 per GB, and what the other side takes",
        changes=replaces("Firehose stream", "Log group", data="lines on their way, and the stream's own log"),
    )
    secret_arn: SecretArn | None = setting(
        None,
        'secret with the vendor\'s key as {"api_key": "…"}; its value never passes through here',
        changes=IN_PLACE,
    )
    secret_key_arn: KeyArn | None = setting(None, "KMS key of that secret, if it is not AWS's own", changes=IN_PLACE)
    europe: bool = setting(False, "the vendor's European site instead of its American one", changes=IN_PLACE)
    domain_arn: SearchDomainArn | None = setting(None, "the OpenSearch domain", changes=IN_PLACE)


class ErrorTrackingSettings(Section):
    """A collector of exceptions such as Sentry, which the application reports to by itself."""

    secret_arn: SecretArn | None = setting(
        None, "secret with the address to report to; the application gets it as SENTRY_DSN", changes=ROLLING
    )


class LogSettings(Section):
    """What is made of the application's logs besides keeping them."""

    masked: Annotated[tuple[DataIdentifier, ...], AfterValidator(distinct)] = setting(
        (),
        "kinds of data that readers of the application's logs see as ****; CloudWatch's names, such as EmailAddress",
        cost="$0.12 per GB",
        changes=in_place(how="lines written before stay as they are"),
    )
    queries: bool = setting(False, "saved questions for Logs Insights", changes=IN_PLACE)
    metrics: LogMetricSettings = setting(LogMetricSettings, "metrics made of the logs")
    stream_arn: StreamArn | None = setting(
        None,
        "an own stream that gets every line as well: Kinesis, Firehose, or a Lambda function that admits "
        "logs.amazonaws.com",
        changes=IN_PLACE,
    )
    forwarding: LogForwardingSettings = setting(LogForwardingSettings, "a copy of the logs somewhere else")
    error_tracking: ErrorTrackingSettings = setting(ErrorTrackingSettings, "a collector of exceptions")
