"""What a stack is used for in a month: the quantities that a plan cannot tell."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.amounts import MOST, Range
from ascent.output.console.values import printable
from common.problems import InputError, closest
from common.yaml_text import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from dataclasses import Field

SHIPPED: Final = Path(__file__).parent / "data" / "usage.yaml"
"""The tiers' usage profiles."""

_BOUNDS: Final = ("low", "expected", "high")


def _key(about: str, unit: str, at_most: int | None = None) -> dict[str, Any]:
    return {"about": about, "unit": unit, "at_most": at_most}


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """A month's usage. What several resources share, such as the GB of all NAT gateways, is split evenly."""

    requests: Range = field(metadata=_key("requests of users to the application", "requests"))
    egress_gb: Range = field(metadata=_key("answers to users over the internet", "GB"))
    load_percent: Range = field(
        metadata=_key("where autoscaling is on average, from its minimum (0) to its maximum (100)", "%", 100)
    )
    nat_gb: Range = field(metadata=_key("traffic through the NAT gateways", "GB"))
    endpoint_gb: Range = field(metadata=_key("traffic through the interface endpoints", "GB"))
    cross_zone_gb: Range = field(metadata=_key("traffic between the application and its database across zones", "GB"))
    flow_log_gb: Range = field(metadata=_key("flow logs, before compression", "GB"))
    access_log_gb: Range = field(metadata=_key("access logs of the load balancer, as stored", "GB"))
    log_objects: Range = field(metadata=_key("objects written to each bucket of logs", "objects"))
    bucket_gb: Range = field(metadata=_key("data in each other bucket", "GB"))
    application_log_gb: Range = field(metadata=_key("the application's logs", "GB"))
    insights_log_gb: Range = field(metadata=_key("Container Insights' performance log", "GB"))
    firewall_log_gb: Range = field(metadata=_key("the firewall's log of blocked and counted requests", "GB"))
    database_log_gb: Range = field(metadata=_key("the database's logs", "GB"))
    database_gb: Range = field(metadata=_key("data in the relational database", "GB"))
    table_gb: Range = field(metadata=_key("data in the DynamoDB table", "GB"))
    table_reads: Range = field(metadata=_key("read request units of the table", "units"))
    table_writes: Range = field(metadata=_key("write request units of the table", "units"))
    daily_change_percent: Range = field(metadata=_key("share of the relational data that changes in a day", "%", 100))
    secret_reads: Range = field(metadata=_key("calls to Secrets Manager", "calls"))
    key_requests: Range = field(metadata=_key("calls to KMS", "calls"))
    key_rotations: Range = field(
        metadata=_key("rotations a KMS key has behind it; AWS charges for the first two", "rotations", 2)
    )
    notifications: Range = field(metadata=_key("e-mails of alarms", "e-mails"))
    dns_queries: Range = field(metadata=_key("queries to the stack's own hosted zones, aliases aside", "queries"))
    api_events: Range = field(metadata=_key("management events that GuardDuty and CloudTrail see", "events"))
    config_items: Range = field(metadata=_key("configuration items that AWS Config records", "items"))
    security_checks: Range = field(metadata=_key("checks that Security Hub and AWS Config rules run", "checks"))
    traces: Range = field(metadata=_key("traces stored by X-Ray", "traces"))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


KEYS: Final[Mapping[str, Field[Any]]] = {_camel(f.name): f for f in fields(Usage)}
"""Keys of a usage file and what they stand for: `about`, `unit` and `at_most` are in the field's metadata."""


@cache
def profiles() -> Mapping[str, Usage]:
    """The usage that each tier is calculated with, by tier.

    Raises:
        InputError: the shipped file is wrong.
    """
    document = read_yaml(SHIPPED)
    found: dict[str, Usage] = {}
    for tier, given in document.items():
        values = _checked(given, f"{SHIPPED.name}: {tier}")
        missing = [key for key in KEYS if key not in values]
        if missing:
            raise InputError(f"{SHIPPED.name}: {tier}: {', '.join(missing)} is missing; every tier says it")
        found[tier] = Usage(**{KEYS[key].name: value for key, value in values.items()})
    return found


def profile_of(tier: str) -> tuple[str, Usage]:
    """The tier whose usage a plan is calculated with, and that usage.

    Args:
        tier: the plan's tier; one without a profile, such as that of a foreign program, gets the startup's.
    """
    known = profiles()
    name = tier if tier in known else "startup"
    return name, known[name]


def load_usage(path: Path, base: Usage) -> Usage:
    """A profile with a stack's own figures in it.

    Args:
        path: a YAML mapping: key → a number, or `{low: …, expected: …, high: …}`.
        base: the tier's profile; gives what the file leaves out.

    Raises:
        InputError: a key that does not exist, or a value that is no amount; a line for each.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such usage file; write one, or leave the option out")
    given = read_yaml(path)
    values = _checked({} if given is None else given, path.name)
    return replace(base, **{KEYS[key].name: value for key, value in values.items()})


def _checked(given: Any, place: str) -> dict[str, Range]:  # noqa: ANN401 - any YAML value
    if not isinstance(given, dict):
        raise InputError(f"{place}: is not a mapping; write lines such as `requests: 500000`")
    problems: list[str] = []
    values: dict[str, Range] = {}
    for raw, value in given.items():
        key = str(raw)
        wrong = list(_wrong(key, value))
        if wrong:
            problems += [f"{place}: {printable(key)} {text}" for text in wrong]
        else:
            values[key] = _range(value)
    if problems:
        raise InputError("\n".join(problems))
    return values


def _wrong(key: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - any YAML value
    """What is wrong with one key, in words that follow its name."""
    if key not in KEYS:
        near = closest(key, KEYS)
        yield "is not a usage key; " + (f"did you mean {near}?" if near else f"the keys are {', '.join(KEYS)}")
        return
    if not isinstance(value, dict):
        if _number(value) is None:
            yield f"is {printable(repr(value))}; it must be a number, or low, expected and high"
            return
    elif set(value) != set(_BOUNDS):
        yield f"has {printable(', '.join(map(str, value)) or 'nothing')}; give low, expected and high, or one number"
        return
    elif bad := next((bound for bound in _BOUNDS if _number(value[bound]) is None), None):
        yield f"has {bad} {printable(repr(value[bad]))}; it must be a number"
        return
    found, at_most = _range(value), KEYS[key].metadata["at_most"]
    if found.low < 0 or not found.low <= found.expected <= found.high:
        yield "must have 0 <= low <= expected <= high; put its numbers in order"
    elif at_most is not None and found.high > at_most:
        yield f"is {found.high}; it must be at most {at_most}"


def _number(value: Any) -> Decimal | None:  # noqa: ANN401 - any YAML value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        # Digits may be grouped, as in 5_000_000, which YAML 1.2 reads as text.
        found = Decimal(value.replace("_", "") if isinstance(value, str) else str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) <= MOST else None


def _range(value: Any) -> Range:  # noqa: ANN401 - a checked value
    if isinstance(value, dict):
        low, expected, high = (_number(value[bound]) for bound in _BOUNDS)
    else:
        low = expected = high = _number(value)
    return Range(low or Decimal(0), expected or Decimal(0), high or Decimal(0))
