"""Which findings somebody should hear of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from components.foundation.event import EventSpec
from settings.enums import FindingSeverity, Mode

if TYPE_CHECKING:
    from settings.sections.account import AccountSettings

RUNBOOK: Final = "finding"
"""Runbook of every finding."""

_RISING: Final = (FindingSeverity.MEDIUM, FindingSeverity.HIGH, FindingSeverity.CRITICAL)
_GUARD_DUTY: Final = {FindingSeverity.MEDIUM: 4, FindingSeverity.HIGH: 7, FindingSeverity.CRITICAL: 9}
"""Least numbers of GuardDuty's severities."""

SOURCES: Final = {
    "guardDuty": "aws.guardduty",
    "securityHub": "aws.securityhub",
    "inspector": "aws.inspector2",
    "accessAnalyzer": "aws.access-analyzer",
    "macie": "aws.macie",
}
"""Service, in a stack file's words → what EventBridge calls it."""


def in_use(settings: AccountSettings) -> list[str]:
    """Services that find something, whoever makes them, in a stack file's words."""
    return [service for service in SOURCES if settings.modes[service] is not Mode.OFF]


def finding_events(settings: AccountSettings) -> list[EventSpec]:
    """An event for each service that is in use: its findings of the severity that is asked for, and above."""
    kinds = _kinds(settings.findings.severity)
    return [
        EventSpec(
            key=RUNBOOK,
            subject=subject,
            title=title,
            pattern={"source": [SOURCES[service]], "detail-type": [kind], "detail": detail},
        )
        for service in in_use(settings)
        for subject, title, kind, detail in [kinds[service]]
    ]


def _kinds(least: FindingSeverity) -> dict[str, tuple[str, str, str, dict[str, Any]]]:
    """Service → subject of its event, what has happened, detail-type, what the detail must hold."""
    wanted = _RISING[_RISING.index(least) :]
    labels = [severity.upper() for severity in wanted]
    # Macie knows no critical findings.
    words = sorted({"High" if severity is not FindingSeverity.MEDIUM else "Medium" for severity in wanted})
    return {
        "guardDuty": (
            "guardduty",
            "GuardDuty found what an intruder does",
            "GuardDuty Finding",
            {"severity": [{"numeric": [">=", _GUARD_DUTY[least]]}]},
        ),
        "securityHub": (
            "hub",
            "Security Hub found what breaks a standard",
            # Sent again at each check; findings that somebody took up, and those of other services, are left out.
            "Security Hub Findings - Imported",
            {
                "findings": {
                    "Severity": {"Label": labels},
                    "Workflow": {"Status": ["NEW"]},
                    "RecordState": ["ACTIVE"],
                    "Compliance": {"Status": ["FAILED"]},
                }
            },
        ),
        "inspector": (
            "inspector",
            "Inspector found a known flaw in what runs",
            "Inspector2 Finding",
            {"severity": labels, "status": ["ACTIVE"]},
        ),
        "accessAnalyzer": (
            "access",
            "others can reach something of the account",
            "Access Analyzer Finding",
            {"status": ["ACTIVE"]},
        ),
        "macie": (
            "macie",
            "Macie found personal data, or a bucket that others reach",
            "Macie Finding",
            {"severity": {"description": words}},
        ),
    }
