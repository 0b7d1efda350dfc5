"""Which findings somebody hears of: services in use, from a severity on."""

from __future__ import annotations

import pytest

from components.account.findings.events import finding_events, in_use
from settings.enums import FindingSeverity, Mode
from settings.sections.account import AccountSettings

ALL = ("guardDuty", "securityHub", "inspector", "accessAnalyzer", "macie")


def settings(mode: Mode, severity: FindingSeverity = FindingSeverity.HIGH) -> AccountSettings:
    services = {service: {"mode": mode} for service in ALL}
    return AccountSettings.model_validate({**services, "findings": {"severity": severity}})


@pytest.mark.parametrize("mode", [Mode.CREATE, Mode.EXISTING])
def test_whoever_keeps_a_service_its_findings_are_heard(mode: Mode) -> None:
    found = finding_events(settings(mode))
    assert [event.subject for event in found] == ["guardduty", "hub", "inspector", "access", "macie"]
    assert {event.key for event in found} == {"finding"}
    assert in_use(settings(mode)) == list(ALL)


def test_services_that_are_off_find_nothing() -> None:
    assert finding_events(settings(Mode.OFF)) == []


@pytest.mark.parametrize(
    ("severity", "number", "labels", "macie"),
    [
        (FindingSeverity.MEDIUM, 4, ["MEDIUM", "HIGH", "CRITICAL"], ["High", "Medium"]),
        (FindingSeverity.HIGH, 7, ["HIGH", "CRITICAL"], ["High"]),
        (FindingSeverity.CRITICAL, 9, ["CRITICAL"], ["High"]),
    ],
)
def test_severities(severity: FindingSeverity, number: int, labels: list[str], macie: list[str]) -> None:
    found = {event.subject: event.pattern["detail"] for event in finding_events(settings(Mode.CREATE, severity))}
    assert found["guardduty"]["severity"] == [{"numeric": [">=", number]}]
    assert found["hub"]["findings"]["Severity"]["Label"] == labels
    assert found["inspector"]["severity"] == labels
    assert found["macie"]["severity"]["description"] == macie
    assert found["access"] == {"status": ["ACTIVE"]}


def test_the_hub_tells_only_its_own_that_nobody_took_up() -> None:
    (hub,) = (event for event in finding_events(settings(Mode.CREATE)) if event.subject == "hub")
    findings = hub.pattern["detail"]["findings"]
    assert findings["Workflow"] == {"Status": ["NEW"]}
    assert findings["RecordState"] == ["ACTIVE"]
    assert findings["Compliance"] == {"Status": ["FAILED"]}, "findings of other services have none"
