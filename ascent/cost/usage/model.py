"""What a stack is used for in a month: the quantities that a plan cannot tell, one declaration for each."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidateAs,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic.alias_generators import to_camel

from ascent.cost.amounts import MOST, Range
from common.problems import RefusedError


def _number(value: Any) -> Decimal:  # noqa: ANN401 - any YAML value
    """A number; its digits may be grouped, as in 5_000_000, which YAML 1.2 reads as text."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("nan")
    if isinstance(value, bool) or not found.is_finite() or abs(found) > MOST:
        raise ValueError("must be a number")
    return found


def _written(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """An amount as its three bounds, whichever way it is written."""
    if isinstance(value, Range):
        return dict(value.bounds)
    if isinstance(value, dict):
        return value
    try:
        return dict.fromkeys(Bounds.model_fields, _number(value))
    except ValueError:
        raise ValueError("must be a number, or low, expected and high") from None


Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[0-9][0-9_]*([.][0-9]+)?$"}]}),
]


class Bounds(BaseModel):
    """An amount that is known as a range."""

    model_config = ConfigDict(extra="forbid")

    low: Number = Field(description="the amount in a quiet month")
    expected: Number = Field(description="the amount in a usual month")
    high: Number = Field(description="the amount in a busy month")


Amount = Annotated[
    Range,
    ValidateAs(Bounds, lambda found: Range(found.low, found.expected, found.high)),
    BeforeValidator(_written, json_schema_input_type=Number | Bounds),
]


def _key(about: str, unit: str, at_most: int = int(MOST)) -> Any:  # noqa: ANN401 - stands for a value of any type
    return Field(description=about, json_schema_extra={"unit": unit, "minimum": 0, "maximum": at_most})


class Usage(BaseModel):
    """A month's usage. What several resources share, such as the GB of all NAT gateways, is split evenly."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)

    requests: Amount = _key("requests of users to the application", "requests")
    egress_gb: Amount = _key("answers to users over the internet", "GB")
    load_percent: Amount = _key("where autoscaling is on average, from its minimum (0) to its maximum (100)", "%", 100)
    nat_gb: Amount = _key("traffic through the NAT gateways", "GB")
    endpoint_gb: Amount = _key("traffic through the interface endpoints", "GB")
    cross_zone_gb: Amount = _key("traffic between the application and its database across zones", "GB")
    flow_log_gb: Amount = _key("flow logs, before compression", "GB")
    access_log_gb: Amount = _key("access logs of the load balancer, as stored", "GB")
    log_objects: Amount = _key("objects written to each bucket of logs", "objects")
    bucket_gb: Amount = _key("data in each other bucket", "GB")
    application_log_gb: Amount = _key("the application's logs", "GB")
    insights_log_gb: Amount = _key("Container Insights' performance log", "GB")
    firewall_log_gb: Amount = _key("the firewall's log of blocked and counted requests", "GB")
    database_log_gb: Amount = _key("the database's logs", "GB")
    database_gb: Amount = _key("data in the relational database", "GB")
    table_gb: Amount = _key("data in the DynamoDB table", "GB")
    table_reads: Amount = _key("read request units of the table", "units")
    table_writes: Amount = _key("write request units of the table", "units")
    database_requests: Amount = _key("reads and writes of Aurora's storage", "requests")
    replicated_writes: Amount = _key("write request units that each other region of the table gets", "units")
    cache_gb: Amount = _key("data in the cache", "GB")
    cache_units: Amount = _key("work of a serverless cache", "ECPU")
    file_gb: Amount = _key("files that tasks share", "GB")
    file_read_gb: Amount = _key("data read from shared files", "GB")
    file_write_gb: Amount = _key("data written to shared files", "GB")
    vector_gb: Amount = _key("vectors in the vector store", "GB")
    vector_queries: Amount = _key("queries of the vector store", "queries")
    guarded_units: Amount = _key("texts that pass the guardrail, in units of 1,000 characters", "units")
    daily_change_percent: Amount = _key("share of the relational data that changes in a day", "%", 100)
    secret_reads: Amount = _key("calls to Secrets Manager", "calls")
    key_requests: Amount = _key("calls to KMS", "calls")
    key_rotations: Amount = _key("rotations a KMS key has behind it; AWS charges for the first two", "rotations", 2)
    notifications: Amount = _key("e-mails of alarms", "e-mails")
    dns_queries: Amount = _key("queries to the stack's own hosted zones, aliases aside", "queries")
    api_events: Amount = _key("management events that GuardDuty and CloudTrail see", "events")
    config_items: Amount = _key("configuration items that AWS Config records", "items")
    security_checks: Amount = _key("checks that Security Hub and AWS Config rules run", "checks")
    object_events: Amount = _key("reads and writes of objects in S3 that CloudTrail and GuardDuty see", "events")
    findings: Amount = _key("findings of the account's detection that are passed on, updates included", "findings")
    images: Amount = _key("images that Inspector scans for the first time", "images")
    image_rescans: Amount = _key("scans of images that Inspector has scanned before", "scans")
    database_vcpus: Amount = _key("vCPUs of the databases that GuardDuty watches", "vCPUs")
    identities: Amount = _key("roles and users that the account has", "roles and users")
    sensitive_objects: Amount = _key("objects in buckets that Macie watches", "objects")
    sensitive_gb: Amount = _key("data that Macie looks into", "GB")
    function_runs: Amount = _key("runs of the Lambda functions", "runs")
    function_seconds: Amount = _key("how long such a run takes", "seconds", 900)
    messages: Amount = _key("messages in the queues of workers", "messages")
    task_minutes: Amount = _key("how long a task runs that a schedule starts", "minutes")
    image_gb: Amount = _key("images in the stack's repository", "GB")
    traces: Amount = _key("traces stored by X-Ray", "traces")
    samples: Amount = _key("samples that Prometheus takes in", "samples")
    dashboard_editors: Amount = _key("people who use Grafana", "people")

    @field_validator("*")
    @classmethod
    def _bounded(cls, amount: Range, info: ValidationInfo) -> Range:
        if not 0 <= amount.low <= amount.expected <= amount.high:
            raise RefusedError("must have 0 <= low <= expected <= high", "put its numbers in order")
        declared = cls.model_fields[info.field_name or ""].json_schema_extra
        most = Decimal(str(declared["maximum"])) if isinstance(declared, dict) else MOST
        if amount.high > most:
            raise RefusedError(f"must be at most {most}", f"write {most} or less")
        return amount


KEYS: Final = {info.alias or name: name for name, info in Usage.model_fields.items()}
"""Keys of a usage file, and the attributes of `Usage` that hold them."""
