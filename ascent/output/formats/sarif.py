"""Findings as SARIF 2.1.0, in the part of it that code scanning services read.

A run per stack, with a category of its own, so that the findings of two stacks do not replace each other. Failures are
results; what is waived is a suppressed result; what only a deployment can tell is a notification, because nobody can
act on it. Only what is found is written, so the same verdicts give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from ascent.output.formats.places import place_of, plain
from ascent.verdicts.findings import Meaning, meaning_of, name_of
from policies.pack.levels import TIERS, Level
from policies.pack.registry import RULES
from policies.pack.rule import Severity
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result
    from policies.pack.rule import Rule

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION: Final = "2.1.0"

LEVELS: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
"""What a severity is called in SARIF."""

SCORES: Final = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
}
"""`security-severity`: GitHub calls over 9.0 critical, from 7.0 high, from 4.0 medium, and the rest low."""

MAX_TAGS: Final = 20
"""GitHub refuses a rule with more tags."""

_OWN: Final = {
    "waivers": ("Waivers are in force, needed and exact", "A waiver that excuses nothing, or too much, hides a risk."),
    "plan": ("The plan is consistent in itself", "The engine refuses such a stack, or loses a part of it."),
}
"""What is found by no rule: id → title and reason."""


def render(judged: Sequence[Judged]) -> str:
    """A SARIF log with a run per stack."""
    log = {"$schema": SCHEMA, "version": VERSION, "runs": [_run(one) for one in judged]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _run(one: Judged) -> dict[str, Any]:
    found = [r for r in one.report.findings if not _is_open(r)]
    unverified = [r for r in one.report.findings if _is_open(r)]
    own = [*(("waivers", text) for text in one.report.waiver_findings), *(("plan", text) for text in one.problems)]
    ids = list(dict.fromkeys([*(r.verdict.rule for r in (*found, *unverified)), *(rule for rule, _ in own)]))
    index = {rule: position for position, rule in enumerate(ids)}
    plan = one.plan
    return {
        "tool": {"driver": {"name": "ascent", "rules": [_descriptor(rule, plan.tier) for rule in ids]}},
        "automationDetails": {"id": plain(f"ascent/{plan.project}/{plan.stack}/")},
        "columnKind": "utf16CodeUnits",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(one, r, index) for r in unverified],
            }
        ],
        "results": [
            *(_result(one, r, index) for r in found),
            *(_own_result(one, rule, text, index) for rule, text in own),
        ],
        "properties": {"project": plan.project, "stack": plan.stack, "tier": plan.tier, "region": plan.region},
    }


def _is_open(result: Result) -> bool:
    return result.verdict.status is Status.UNKNOWN


def _descriptor(rule_id: str, tier: str) -> dict[str, Any]:
    """A rule as a service shows it beside its findings."""
    if rule_id in _OWN:
        title, why = _OWN[rule_id]
        return {
            "id": rule_id,
            "name": _pascal(rule_id),
            "shortDescription": {"text": title},
            "fullDescription": {"text": why},
            "help": {"text": why, "markdown": why},
            "defaultConfiguration": {"level": "warning"},
        }
    rule = RULES[rule_id]
    return {
        "id": rule.id,
        "name": _pascal(rule.id),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}. {rule.why}"},
        "help": {"text": _help(rule, tier), "markdown": _help_markdown(rule)},
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.level(tier) is not Level.DISABLED},
        "properties": {
            "tags": list(dict.fromkeys(("security", rule.layer, *rule.anchors)))[:MAX_TAGS],
            "precision": "very-high",
            "security-severity": SCORES[rule.severity],
        },
    }


def _help(rule: Rule, tier: str) -> str:
    return f"Why: {rule.why}\nFix: {rule.fix}\nAt tier {tier} it is {rule.level(tier).value}."


def _help_markdown(rule: Rule) -> str:
    levels = " | ".join(rule.level(tier).value for tier in TIERS)
    lines = [
        f"**Why.** {rule.why}",
        f"**Fix.** {rule.fix}",
        f"| {' | '.join(TIERS)} |\n|{'---|' * len(TIERS)}\n| {levels} |",
    ]
    if rule.anchors:
        lines.append(f"The same control elsewhere: {', '.join(rule.anchors)}.")
    return "\n\n".join(lines)


def _pascal(rule_id: str) -> str:
    return "".join(part.capitalize() for part in rule_id.split("-"))


def _result(one: Judged, result: Result, index: dict[str, int]) -> dict[str, Any]:
    verdict = result.verdict
    rule = RULES[verdict.rule]
    # What does not stop the deployment is no error for it, however severe it would be at a higher tier.
    level = LEVELS[rule.severity] if result.level is Level.MANDATORY else _capped(LEVELS[rule.severity])
    record = {
        **_about(one, verdict.rule, verdict.urn, index),
        "level": level,
        "message": {"text": plain(f"{name_of(verdict.urn)}: {verdict.message}")},
        "properties": {"urn": plain(verdict.urn), "enforcement": result.level.value, "meaning": meaning_of(result)},
    }
    if meaning_of(result) is Meaning.WAIVED and result.waiver:
        waiver = result.waiver
        reason = f"{waiver.reason} (owner {waiver.owner}, until {waiver.expires})"
        record["suppressions"] = [{"kind": "external", "status": "accepted", "justification": plain(reason)}]
    return record


def _capped(level: str) -> str:
    return "warning" if level == "error" else level


def _own_result(one: Judged, rule: str, text: str, index: dict[str, int]) -> dict[str, Any]:
    subject = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return {
        **_about(one, rule, "", index, subject),
        "level": "error" if rule == "plan" else "warning",
        "message": {"text": plain(text)},
    }


def _about(one: Judged, rule: str, urn: str, index: dict[str, int], subject: str = "") -> dict[str, Any]:
    """What identifies a finding: its rule and its resource, wherever in the program that stands today."""
    path, line = place_of(one, urn)
    identity = hashlib.sha256(f"{rule}\n{urn or subject}".encode("utf-8", "replace")).hexdigest()
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": quote(plain(path))}, "region": {"startLine": line}},
    }
    if urn:
        location["logicalLocations"] = [
            {"fullyQualifiedName": plain(urn), "name": plain(name_of(urn)), "kind": "resource"}
        ]
    return {
        "ruleId": rule,
        "ruleIndex": index[rule],
        "kind": "fail",
        "locations": [location],
        # GitHub tracks findings by the first of these alone, so it must tell two resources on one line apart.
        "partialFingerprints": {"primaryLocationLineHash": f"{identity[:16]}:1", "ruleAndUrn/v1": identity},
    }


def _notification(one: Judged, result: Result, index: dict[str, int]) -> dict[str, Any]:
    about = _about(one, result.verdict.rule, result.verdict.urn, index)
    return {
        "level": "note",
        "message": {"text": plain(f"{name_of(result.verdict.urn)}: {result.message}")},
        "associatedRule": {"id": about["ruleId"], "index": about["ruleIndex"]},
        "locations": about["locations"],
    }
