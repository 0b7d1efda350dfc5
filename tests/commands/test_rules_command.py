"""`ascent rules`: lists, one rule, coverage and the generated page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ascent.cli import rules as command
from ascent.compliance.frameworks import frameworks
from ascent.compliance.mapping import controls_of
from ascent.compliance.matrix import page as compliance_page
from ascent.output.formats.rules_page import page
from ascent.readiness.checklist import shipped
from ascent.verdicts.frameworks import FRAMEWORKS, OWN, by_framework
from ascent.verdicts.judge import facts_of, judge
from ascent.verdicts.judged import Judged
from common.layers import LAYERS
from policies.pack.levels import TIERS
from policies.pack.registry import RULES
from tests.commands.small_plan import OPEN, small_plan
from tests.commands.test_engine_files import NO_WAIVERS

if TYPE_CHECKING:
    from collections.abc import Callable

    Ascent = Callable[..., Any]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def test_the_list_has_every_rule_by_layer(ascent: Ascent) -> None:
    run = ascent("rules")
    listed = [line.split()[0] for line in run.out.splitlines() if line.split() and line.split()[0] in RULES]
    assert run.status == 0
    assert sorted(listed) == sorted(RULES)
    assert [LAYERS.index(RULES[rule].layer) for rule in listed] == sorted(LAYERS.index(RULES[r].layer) for r in listed)
    assert "\x1b" not in run.out


def test_filters(ascent: Ascent) -> None:
    edge = json.loads(ascent("rules", "--layer", "edge", "--json").out)
    assert {r["layer"] for r in edge} == {"edge"}
    fsbp = json.loads(ascent("rules", "--framework", "fsbp", "--json").out)
    assert {r["id"] for r in fsbp} == {r.id for r in RULES.values() if any("FSBP" in a for a in r.anchors)}
    one = json.loads(ascent("rules", "--layer", "data", "--framework", "RDS.3", "--json").out)
    assert "rds-storage-encrypted" in [r["id"] for r in one]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("log-retentoin",), "did you mean log-retention?"),
        (("xyzzy",), "see them all with `ascent rules`"),
        (("--layer", "edeg"), "did you mean edge?"),
        (("--framework", "PCI 7"), "no rule names it"),
        (("log-retention", "--coverage"), "RULE and --coverage exclude each other"),
        (("--markdown", "--json"), "exclude each other"),
        (("--coverage", "--layer", "edge"), "exclude each other"),
    ],
)
def test_wrong_questions_get_one_line(arguments: tuple[str, ...], said: str, ascent: Ascent) -> None:
    assert said in ascent("rules", *arguments).refused()


@pytest.mark.parametrize("rule", list(RULES))
def test_every_rule_can_be_shown_outside_of_a_project(rule: str, tmp_path: Path, ascent: Ascent) -> None:
    run = ascent("rules", rule, "--cwd", tmp_path)
    found = RULES[rule]
    assert run.status == 0
    for text in (found.title, found.why, found.fix, *found.anchors, *(p.meaning for p in found.parameters)):
        assert " ".join(text.split()) in " ".join(run.out.split())
    record = json.loads(ascent("rules", rule, "--cwd", tmp_path, "--json").out)
    assert record["levels"] == {tier: found.level(tier).value for tier in TIERS}
    assert record["stacks"] == {}


def test_one_rule_says_where_it_stands(monkeypatch: pytest.MonkeyPatch, ascent: Ascent) -> None:
    plan = small_plan()
    judged = Judged(plan=plan, facts=facts_of(plan), report=judge(plan, NO_WAIVERS), file="Pulumi.live.yaml")
    monkeypatch.setattr(command, "_planned", lambda _: [judged])
    out = ascent("rules", "s3-public-access-block").out
    assert "live (production): 1 FAIL, 1 pass" in out
    assert "FAIL        open: the bucket has no public access block" in out
    assert "live (production): nothing to judge" in ascent("rules", "rds-multi-az").out
    record = json.loads(ascent("rules", "s3-public-access-block", "--json").out)
    assert {v["urn"]: v["status"] for v in record["stacks"]["live"]}[OPEN] == "fail"


def test_coverage_counts_rules(ascent: Ascent) -> None:
    counts = by_framework(RULES.values())
    assert list(counts)[: len(FRAMEWORKS)] == list(FRAMEWORKS)
    assert counts["FSBP"] == sum(any(a.startswith("FSBP ") for a in r.anchors) for r in RULES.values()) > 0
    assert counts["Control Tower"] > 0
    assert counts[OWN] == sum(not r.anchors for r in RULES.values())
    document = json.loads(ascent("rules", "--coverage", "--json").out)
    assert document["frameworks"] == counts
    shown = [item for item in shipped().items if item.shown_by_a_plan]
    assert len(document["items"]) + len(document["uncovered"]) == len(shown) > 100
    assert document["items"]["71"] == ["rds-multi-az"]
    out = ascent("rules", "--coverage").out
    assert f"{len(document['items'])} of the {len(shown)} checklist items that a plan can show have a rule" in out
    assert all(f"\n{item.number} " in out for item in shown if item.reason)


def test_every_item_of_the_infrastructure_has_a_rule_a_query_or_a_reason() -> None:
    """Whatever a plan could show is judged by a rule, or says why not; queries find what a rule cannot demand."""
    for item in shipped().items:
        assert not (item.reason and item.proof.rules), item.number
        if item.proof.queries:
            assert item.shown_by_a_plan, f"give item {item.number} a reason"


def test_the_page_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(RULES), "python -m ascent rules --markdown > docs/rules.md"


def test_the_page_has_an_anchor_for_every_rule() -> None:
    text = page(RULES)
    headings = re.findall(r"^#{2,3} (\S+)$", text, re.MULTILINE)
    assert len(headings) == len(set(headings)) == len(RULES) + len(LAYERS)
    targets = re.findall(r"\]\(#(\S+?)\)", text)
    assert sorted(targets) == sorted(heading.lower() for heading in headings)
    assert text.endswith("|\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", list(frameworks()))
def test_rules_of_a_framework(name: str, ascent: Ascent) -> None:
    found = json.loads(ascent("rules", "--framework", name, "--json").out)
    assert {r["id"] for r in found} == {r.id for r in RULES.values() if controls_of(r, frameworks()[name])} != set()
    assert all(r["controls"][name] for r in found)


def test_frameworks_are_listed(ascent: Ascent) -> None:
    out = ascent("rules", "--frameworks").out
    document = json.loads(ascent("rules", "--frameworks", "--json").out)
    assert [one["id"] for one in document] == list(frameworks())
    assert all(f"{one['id']} " in out for one in document)
    assert ascent("rules", "--frameworks", "--markdown").out == compliance_page()
    assert "did you mean hipaa?" in ascent("rules", "--framework", "hippa").refused()
    assert "exclude each other" in ascent("rules", "--frameworks", "--coverage").refused()
