"""S3 buckets."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.amounts import DAYS
from ascent.cost.charges import Free, Line
from ascent.cost.meter import number, parts
from ascent.cost.pricers.account import FINDING_GB
from ascent.cost.pricers.observability import runs_of
from ascent.cost.pricers.registry import prices
from ascent.cost.pricers.trails import trail_gb
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ascent.cost.amounts import Range
    from ascent.cost.meter import Meter

_FILES: Final = 3
"""Files that a canary without a browser keeps of a visit: its log, its report and its result."""

_STREAMS: Final = ("httpEndpointConfiguration", "opensearchConfiguration")
"""Destinations of Firehose that keep in a bucket only what failed."""

_FOREVER_MONTHS: Final = 12
"""Months of logs that a bucket without an expiry is priced with: its first year."""


_COMPRESSED: Final = Decimal("0.1")
"""Share of their size that files of JSON take up once they are compressed, as CloudTrail's and Firehose's are."""

_ITEM_GB: Final = Decimal("0.000002")
"""A configuration item: about 2 KB, compressed."""

_ACCESS_GB: Final = Decimal("0.0000005")
"""A line of S3's access log: about 500 bytes."""

_WRITERS: Final[tuple[tuple[str, str, Callable[[Meter], Range]], ...]] = (
    (types.EC2_FLOW_LOG, "logDestination", lambda meter: meter.usage.flow_log_gb),
    (types.LB_LOAD_BALANCER, "accessLogs", lambda meter: meter.usage.access_log_gb),
    (types.CLOUDTRAIL_TRAIL, "s3BucketName", lambda meter: trail_gb(meter) * _COMPRESSED),
    (types.CFG_DELIVERY_CHANNEL, "s3BucketName", lambda meter: meter.usage.config_items * _ITEM_GB),
    (types.S3_BUCKET_LOGGING, "targetBucket", lambda meter: meter.usage.log_objects * _ACCESS_GB),
    (
        types.KINESIS_FIREHOSE_DELIVERY_STREAM,
        "extendedS3Configuration",
        lambda meter: meter.usage.findings * (FINDING_GB * _COMPRESSED),
    ),
)
"""Who writes logs to a bucket: type, the property that names the bucket, GB that it writes in a month."""


@prices(types.S3_BUCKET, types.S3_BUCKET_V2)
def bucket(meter: Meter) -> Iterator[Line]:
    """What is stored, and for buckets of logs also the writes; a log's size follows from how long it is kept."""
    visits = meter.sources(types.SYNTHETICS_CANARY, "artifactS3Location")
    if visits:
        yield meter.fixed("s3.put", sum(map(runs_of, visits), Decimal(0)) * _FILES, "files of a canary's visits")
        return
    if meter.sources(types.KINESIS_FIREHOSE_DELIVERY_STREAM, *_STREAMS):
        yield Free("holds only what a stream could not deliver")
        return
    monthly = next((gb(meter) for type_, key, gb in _WRITERS if meter.sources(type_, key)), None)
    if monthly is None:
        yield meter.used("s3.store", meter.usage.bucket_gb, "GB stored")
        return
    yield meter.used("s3.store", monthly * _months_kept(meter), "GB of logs kept")
    yield meter.used("s3.put", meter.usage.log_objects, "objects written")


def _months_kept(meter: Meter) -> Decimal:
    rules = [
        rule
        for lifecycle in meter.sources(types.S3_BUCKET_LIFECYCLE_CONFIGURATION, "bucket")
        for rule in parts(lifecycle.inputs.get("rules"))
    ]
    days = [found for rule in rules for e in parts(rule.get("expiration")) if (found := number(e.get("days")))]
    return min(days) / DAYS if days else Decimal(_FOREVER_MONTHS)
