"""Frameworks and mappings: facts of their sources, complete, and every rule has its place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ascent.compliance.frameworks import find, frameworks, known_as, named
from ascent.compliance.mapping import all_controls_of, controls_of, rules_by_control, unnamed
from ascent.compliance.matrix import page
from common.problems import InputError
from policies.pack.registry import RULES

RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text(encoding="utf-8"))
PAGE = Path(__file__).parents[2] / "docs" / "compliance.md"
WHOLE = {"cis-3.0": 62, "cis-5.0": 63, "hipaa": 63, "soc2": 61, "iso-27001-2022": 93, "nist-csf-2.0": 106}
PARTS = {"fsbp", "pci-dss-4.0.1", "nist-800-53-r5"}


@pytest.mark.parametrize("rule", list(RULES))
def test_every_rule_has_a_control_or_a_reason(rule: str) -> None:
    controls, reason = all_controls_of(RULES[rule]), unnamed().get(rule)
    assert controls or reason, (
        f"{rule}: no framework names it. Give it the anchor of a published check of the same thing (`FSBP …`, "
        "`prowler …`); where there is none, say why in ascent/compliance/data/unnamed.yaml"
    )
    assert not (controls and reason), f"{rule} is mapped by its anchors; delete it in unnamed.yaml"


def test_no_reason_is_for_a_rule_that_does_not_exist() -> None:
    assert set(unnamed()) <= set(RULES)
    assert all(reason.strip() for reason in unnamed().values())


@pytest.mark.parametrize(("anchor", "framework"), [(a, f) for a, by in RECORDED["controls"].items() for f in by])
def test_a_mapping_says_what_its_source_says(anchor: str, framework: str) -> None:
    assert sorted(frameworks()[framework].anchors[anchor]) == RECORDED["controls"][anchor][framework]


@pytest.mark.parametrize(("control", "check"), list(RECORDED["checks"].items()))
def test_an_fsbp_control_leads_to_the_check_published_for_it(control: str, check: str) -> None:
    rule = replace(RULES["rds-multi-az"], anchors=(control,))
    for framework, controls in RECORDED["controls"][check].items():
        found = controls_of(rule, frameworks()[framework])
        assert sorted(found) == sorted(controls)
        assert all(via == (f"{control} = {check}",) for via in found.values())
    assert controls_of(rule, frameworks()["fsbp"]) == {control.removeprefix("FSBP "): (control,)}


def test_a_check_that_the_source_does_not_map_maps_nothing() -> None:
    assert "soc2" not in RECORDED["controls"]["prowler s3_bucket_secure_transport_policy"]
    assert "prowler s3_bucket_secure_transport_policy" not in frameworks()["soc2"].anchors
    assert not all_controls_of(replace(RULES["rds-multi-az"], anchors=()))
    assert not all_controls_of(replace(RULES["rds-multi-az"], anchors=("checkov CKV_AWS_157", "prowler no_such_check")))


def test_an_fsbp_control_that_the_list_does_not_have_is_added_to_it() -> None:
    rule = replace(RULES["rds-multi-az"], anchors=("FSBP Next.1",))
    assert list(controls_of(rule, frameworks()["fsbp"])) == ["Next.1"]
    assert list(rules_by_control(frameworks()["fsbp"], [rule]).items())[-1] == ("Next.1", (rule,))


@pytest.mark.parametrize("name", list(frameworks()))
def test_a_framework_is_sound(name: str) -> None:
    one = frameworks()[name]
    assert len(set(one.controls)) == len(one.controls) > 50
    assert one.complete is (name in WHOLE)
    assert len(one.controls) == WHOLE.get(name, len(one.controls))
    assert {control for controls in one.anchors.values() for control in controls} <= set(one.controls)
    assert all(anchor.startswith(("prowler ", "FSBP ")) for anchor in one.anchors)
    assert one.source
    assert one.complete or one.note
    assert name == "fsbp" or all(one.title(control) for control in one.controls)
    assert any(rules_by_control(one).values())


def test_titles_go_by_the_longest_beginning_and_whole_numbers() -> None:
    cis, hipaa, csf = (frameworks()[name] for name in ("cis-5.0", "hipaa", "nist-csf-2.0"))
    assert cis.title("1.1") != cis.title("1.10") != cis.title("1.11")
    assert hipaa.title("164.312(a)(2)(iv)") == "Encryption and decryption"
    assert (csf.title("PR.DS-01"), csf.title("PR.AT-01")) == ("Data security", "Protect")
    pci = frameworks()["pci-dss-4.0.1"]
    assert pci.title("10.2.1") != pci.title("1.2.5")


def test_every_framework_that_is_asked_for_is_there() -> None:
    assert set(frameworks()) == {*WHOLE, *PARTS}


def test_words_for_frameworks() -> None:
    words = [word.replace("-", "").replace(".", "") for one in frameworks().values() for word in (one.id, *one.aliases)]
    assert len(words) == len(set(words)) == len(known_as())
    expected = {
        "hipaa": "hipaa",
        "HIPAA": "hipaa",
        "cis": "cis-5.0",
        "CIS 3.0": "cis-3.0",
        "soc-2": "soc2",
        "nist_800-53": "nist-800-53-r5",
        "csf": "nist-csf-2.0",
        "pci": "pci-dss-4.0.1",
        "ISO 27001": "iso-27001-2022",
    }
    assert {word: getattr(find(word), "id", None) for word in expected} == expected
    assert find("nist") is None
    assert find("") is None


@pytest.mark.parametrize(("word", "said"), [("hippa", "did you mean hipaa?"), ("soc3", "did you mean soc2?")])
def test_a_wrong_word_gets_the_near_one(word: str, said: str) -> None:
    with pytest.raises(InputError, match="must be one of cis-3") as error:
        named(word, "ascent readiness --framework")
    assert said in str(error.value)


def test_the_page_is_in_step() -> None:
    again = "python -m ascent rules --frameworks --markdown > docs/compliance.md"
    assert PAGE.read_text(encoding="utf-8") == page(), again
