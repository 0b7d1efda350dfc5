"""Canaries of CloudWatch Synthetics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import lacking
from policies.pack.facts import UNKNOWN
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import ALWAYS, AUDITED
from policies.pack.rule import Severity
from policies.pack.values import as_bool, at, show, text
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_OLDEST: Final = {"syn-nodejs-puppeteer": 15, "syn-nodejs-playwright": 7, "syn-python-selenium": 10}
"""Family of runtimes → oldest major version with which a canary can still be created (November 2026)."""


@OBSERVABILITY.resource(
    "synthetics-runtime",
    "Canaries run on a runtime that AWS still supports",
    on=types.SYNTHETICS_CANARY,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="On a deprecated runtime a canary can't be created or changed, and its browser is years behind its users'.",
    fix="Set runtimeVersion to the newest of its family, such as syn-python-selenium-14.0.",
)
def synthetics_runtime(canary: ResourceFacts) -> Outcome:
    """`runtimeVersion`."""
    given = at(canary, "runtimeVersion")
    wanted = "a supported runtime"
    if given is UNKNOWN:
        return unverified("runtimeVersion is known only after deployment", wanted)
    match = re.fullmatch(r"(syn-[a-z]+-[a-z]+)-(\d+)\.\d+", str(given))
    oldest = _OLDEST.get(match[1]) if match else None
    if match is None or oldest is None:
        return failed(f"{show(canary, 'runtimeVersion')}, which is no runtime that is known", wanted)
    if int(match[2]) < oldest:
        return failed(f"{given} is deprecated", f"{match[1]}-{oldest}.0 or newer")
    return passed(f"runtimeVersion is {given}")


_ONCE: Final = re.compile(r"rate\(0 (minute|hour)s?\)")
"""The schedule of a canary that runs when it is started, and not again."""


@OBSERVABILITY.stack(
    "synthetics-canary",
    "Somebody outside asks all the time whether it works",
    on=(types.SYNTHETICS_CANARY, types.LB_LOAD_BALANCER, types.CLOUDFRONT_DISTRIBUTION),
    severity=Severity.LOW,
    levels=AUDITED,
    why="When nobody's request arrives there are no errors to alarm about: DNS, certificate and edge fail silently.",
    fix="Add an aws.synthetics.Canary with startCanary true, and an alarm on SuccessPercent in CloudWatchSynthetics.",
)
def synthetics_canary(stack: StackFacts) -> Outcome | None:
    """A started canary that runs again and again, and an alarm on one, where the stack has a public endpoint."""
    balancers = [b for b in stack.of_type(types.LB_LOAD_BALANCER) if as_bool(at(b, "internal")) is not True]
    if not balancers and not any(stack.of_type(types.CLOUDFRONT_DISTRIBUTION)):
        return None
    canaries = tuple(stack.of_type(types.SYNTHETICS_CANARY))
    if not canaries:
        return failed("the public endpoint has no canary", "a canary with an alarm")
    started = [c for c in canaries if as_bool(at(c, "startCanary")) is True]
    if not started:
        return lacking(
            canaries[0], "startCanary", "a started canary", f"the canary's {show(canaries[0], 'startCanary')}"
        )
    if all(_ONCE.fullmatch(text(c, "schedule.expression")) for c in started):
        return failed("the canary runs only once", "a schedule that repeats")
    if any(text(a, "namespace") == "CloudWatchSynthetics" for a in stack.of_type(types.CLOUDWATCH_METRIC_ALARM)):
        return passed("a canary with an alarm")
    return failed("the canary has no alarm", "an alarm on its success")
