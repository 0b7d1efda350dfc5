"""The checklist's data: complete, well-formed, and every proof that it names exists."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ascent.probe.table import CHECKS
from ascent.readiness.checklist import DATA, load, shipped
from ascent.readiness.content.python import asserting_tests, parsed
from ascent.readiness.content.repository import Repository
from ascent.readiness.model import Item, Kind, Phase, Proof
from ascent.readiness.project import QUESTIONS
from ascent.readiness.queries import QUERIES
from common.problems import InputError
from policies.pack.levels import TIERS, Level
from policies.pack.registry import RULES

ROOT = Path(__file__).resolve().parents[2]
ITEMS = shipped().items


def test_all_items_are_there_once() -> None:
    """The number of items is pinned here and nowhere else."""
    assert [item.number for item in ITEMS] == list(range(1, 225 + 1))
    assert [title for title, count in Counter(item.title for item in ITEMS).items() if count > 1] == []
    assert {item.area for item in ITEMS} == {area.name for area in shipped().areas}
    assert {item.phase for item in ITEMS} == set(Phase)
    assert {kind for item in ITEMS for kind in item.kinds} == set(Kind)


@pytest.mark.parametrize("number", shipped().by_number)
def test_every_proof_exists(number: int) -> None:
    item = shipped().by_number[number]
    proof = item.proof
    assert not proof.empty or proof.missing, "an item names a proof, or says what is missing"
    assert [rule for rule in proof.rules if rule not in RULES] == []
    assert [query for query in queries_of(item) if query not in QUERIES] == []
    assert [question for question in proof.project if question not in QUESTIONS] == []
    for file in proof.files:
        assert len(repository().matching(file.path)) >= file.count, f"{file.path} does not exist"
    assert [test for test in proof.tests if not exists(test)] == []
    assert [check for check in proof.probe if number not in CHECKS[check].items] == []


def queries_of(item: Item) -> list[str]:
    """The queries that an item asks, those of its option included."""
    options = [item.option.query, item.option.instead] if item.option else []
    return [query for query in (*item.proof.queries, *options) if query]


@cache
def repository() -> Repository:
    return Repository.read(ROOT, [])


def exists(test: str) -> bool:
    """Whether a test is in its file, in its class or in a base of it, and asserts something."""
    path, _, name = test.partition("::")
    tree = parsed(repository().text(path))
    return tree is not None and name in asserting_tests(tree)


def test_a_proof_can_speak_at_every_tier_at_which_the_item_counts() -> None:
    """Rules that are off at a tier say nothing there; an item that rests on such rules alone could never be met."""
    resting = [i for i in ITEMS if i.proof == Proof(rules=i.proof.rules, missing=i.proof.missing) and i.proof.rules]
    assert len(resting) > 20
    for item in resting:
        for tier in TIERS:
            speaks = any(RULES[rule].level(tier) is not Level.DISABLED for rule in item.proof.rules)
            assert speaks or not item.counts_at(tier), (item.number, tier)


def test_every_query_is_asked() -> None:
    assert {query for item in ITEMS for query in queries_of(item)} == set(QUERIES)
    assert {question for item in ITEMS for question in item.proof.project} == set(QUESTIONS)


def test_a_rule_proves_the_items_whose_proofs_name_it() -> None:
    by_rule = shipped().by_rule
    assert set(RULES) - set(by_rule) == {"sns-encrypted"}, "a topic is no store; what other rule proves nothing?"
    assert by_rule["rds-multi-az"] == (71, 73)
    assert {(rule, n) for rule, numbers in by_rule.items() for n in numbers} == {
        (rule, item.number) for item in ITEMS for rule in item.proof.rules
    }


def test_a_remedy_stands_at_one_item() -> None:
    meant = [n for item in ITEMS if item.remedy for n in (item.number, *item.remedy.others)]
    assert len(meant) == len(set(meant)) > 40


def test_what_people_must_attest_stands_in_the_documentation() -> None:
    text = (ROOT / "docs" / "readiness.md").read_text(encoding="utf-8")
    rows = {int(n): int(days) for n, days in re.findall(r"^\| (\d+) \|.*\| (\d+) \|$", text, re.MULTILINE)}
    assert rows == {i.number: i.proof.attestation.days for i in ITEMS if i.proof.attestation}


def test_applications_are_proven_by_tests_and_probes_or_not_at_all() -> None:
    """What only the application can meet is never met by its surroundings."""
    for item in ITEMS:
        if item.kinds == (Kind.APPLICATION,):
            assert item.proof.tests or item.proof.probe or item.proof.missing, item.number


GOOD = """title: Area
order: 1
items:
  1:
    title: A thing is so
    phase: immediate
    weight: high
    kinds: [process]
    since: mvp
    proof:
      missing: a proof
"""


WEIGHTS = "must be one of critical, high, medium, low; for example items.1.weight: high"
TIERS_ = "must be one of mvp, startup, production, enterprise; for example items.1.since: mvp"
FIGURE = "it must say either what and charges, or unknown; leave out the other"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("weight: high", "weight: hihg", f'a.yaml:7: items.1.weight is "hihg": {WEIGHTS}'),
        ("    since: mvp\n", "", "a.yaml:4: items.1.since is missing: it must be given; add it"),
        ("since: mvp", "since: mpv", f'a.yaml:9: items.1.since is "mpv": {TIERS_}'),
        ("title: A thing is so", "titel: A", "a.yaml:5: items.1.titel is not a field: fields here are number, title, "),
        ("kinds: [process]", "kinds: []", "a.yaml:8: items.1.kinds is []: must have at least 1 entries"),
        ("missing: a proof", "missing: 3", "a.yaml:11: items.1.proof.missing is 3: must be text"),
        ("phase: immediate", "phase: soon", 'a.yaml:6: items.1.phase is "soon": must be one of immediate, foundation'),
        ("order: 1\n", "", "a.yaml: order is missing: it must be given; add it"),
        ("items:", "itmes:", "a.yaml: has no items; write items: with an item below each number"),
        ("  1:\n", "  one:\n", 'a.yaml:4: items.one.number is "one": must be a whole number'),
        ("title: Area", "title: [", "a.yaml:3:6: not valid YAML: "),
        (
            "    since: mvp\n",
            "    since: mvp\n    since: mvp\n",
            "a.yaml:10:5: not valid YAML: since stands in line 9 ",
        ),
        (
            "      missing: a proof\n",
            "      rules: [rds-multi-az]\n    reason: no rule can\n",
            "a.yaml:4: items.1 is {",
        ),
        (
            "missing: a proof",
            "files: [{path: a.md, kind: decison}]",
            'a.yaml:11: items.1.proof.files[0].kind is "decison": it is no kind of file that can be read; write dec',
        ),
        ("proof\n", "proof\n    remedy: {what: x}\n", f'a.yaml:12: items.1.remedy is {{"what": "x"}}: {FIGURE}'),
        (
            "proof\n",
            "proof\n    remedy: {what: x, unknown: y}\n",
            f'a.yaml:12: items.1.remedy is {{"what": "x", "unknown": "y"}}: {FIGURE}',
        ),
        (
            "proof\n",
            "proof\n    remedy: {what: x, charges: [{price: a, usage: bucketGB}]}\n",
            'a.yaml:12: items.1.remedy.charges[0].usage is "bucketGB": it is no key of the usage profile; write bucket',
        ),
        (
            "proof\n",
            "proof\n    remedy: {what: x, charges: [{price: a}]}\n",
            'a.yaml:12: items.1.remedy.charges[0] is {"price": "a"}: it must have a quantity or a key of the usage',
        ),
        (
            "proof\n",
            "proof\n    remedy: {with: x, unknown: y}\n",
            'a.yaml:12: items.1.remedy.with is "x": must be a list',
        ),
        (
            "proof\n",
            "proof\n    remedy: {with: [2], unknown: y}\n",
            "a.yaml: items.1.remedy.with names 2, but there is no such item; correct it",
        ),
    ],
)
def test_malformed_data_gets_a_line(old: str, new: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    assert len(load(tmp_path).items) == 1
    assert old in GOOD
    (tmp_path / "a.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(tmp_path)
    lines = str(caught.value).splitlines()
    assert any(found.startswith(line) for found in lines), lines


def test_an_item_stands_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape("b.yaml: items.1 stands in a.yaml too; delete one of them")):
        load(tmp_path)


def test_an_item_has_one_remedy(tmp_path: Path) -> None:
    first = GOOD + "    remedy: {with: [2], unknown: x}\n"
    second = GOOD.replace("  1:", "  2:") + "    remedy: {unknown: y}\n"
    for name, text in (("a", first), ("b", second)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    said = "a.yaml: items.1.remedy.with names 2, whose remedy stands at 2 already; delete one of them"
    with pytest.raises(InputError, match=re.escape(said)):
        load(tmp_path)


def test_a_directory_without_items(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no items"):
        load(tmp_path)


def test_files_are_small() -> None:
    for path in DATA.glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) < 400
        assert max(map(len, lines)) <= 120
