"""The checklist's data: complete, well-formed, and every proof that it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ascent.readiness.checklist import DATA, load, shipped
from ascent.readiness.documents import read_files
from ascent.readiness.model import Kind, Phase, Proof
from ascent.readiness.queries import QUERIES
from common.problems import InputError
from policies.pack.levels import TIERS, Level
from policies.pack.registry import RULES

ROOT = Path(__file__).resolve().parents[2]
ITEMS = shipped().items
NUMBER = 225


def test_all_items_are_there_once() -> None:
    assert [item.number for item in ITEMS] == list(range(1, NUMBER + 1))
    assert [title for title, count in Counter(item.title for item in ITEMS).items() if count > 1] == []
    assert {item.area for item in ITEMS} == {area.name for area in shipped().areas}
    assert {item.phase for item in ITEMS} == set(Phase)
    assert {kind for item in ITEMS for kind in item.kinds} == set(Kind)


@pytest.mark.parametrize("number", range(1, NUMBER + 1))
def test_every_proof_exists(number: int) -> None:
    item = shipped().by_number[number]
    proof = item.proof
    assert not proof.empty or proof.missing, "an item names a proof, or says what is missing"
    assert [rule for rule in proof.rules if rule not in RULES] == []
    queries = [*proof.queries, *([item.option.query] if item.option else [])]
    assert [query for query in queries if query not in QUERIES] == []
    for file in proof.files:
        found = read_files(ROOT, [file.path])
        assert len(found) >= file.count, f"{file.path} does not exist"
    assert [test for test in proof.tests if not exists(test)] == []


@cache
def classes_of(path: Path) -> dict[str, tuple[set[str], list[str]]]:
    """Class → its test functions and bases; functions of the module stand under the empty name."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    found = {"": ({n.name for n in body if isinstance(n, ast.FunctionDef)}, [])}
    for node in body:
        if isinstance(node, ast.ClassDef):
            names = {n.name for n in node.body if isinstance(n, ast.FunctionDef)}
            found[node.name] = (names, [b.id for b in node.bases if isinstance(b, ast.Name)])
    return found


def exists(test: str) -> bool:
    """Whether a test is in its file, in its class or in a base of it."""
    path, _, name = test.partition("::")
    holder, _, function = name.rpartition("::")
    if not (ROOT / path).is_file():
        return False
    classes = classes_of(ROOT / path)
    todo = [holder]
    while todo:
        names, bases = classes.get(todo.pop(), (set(), []))
        if function in names:
            return True
        todo += bases
    return False


def test_a_proof_can_speak_at_every_tier_at_which_the_item_counts() -> None:
    """Rules that are off at a tier say nothing there; an item that rests on such rules alone could never be met."""
    resting = [i for i in ITEMS if i.proof == Proof(rules=i.proof.rules, missing=i.proof.missing) and i.proof.rules]
    assert len(resting) > 20
    for item in resting:
        for tier in TIERS:
            speaks = any(RULES[rule].level(tier) is not Level.DISABLED for rule in item.proof.rules)
            assert speaks or not item.counts_at(tier), (item.number, tier)


def test_every_query_is_asked() -> None:
    asked = {q for item in ITEMS for q in (*item.proof.queries, *([item.option.query] if item.option else []))}
    assert asked == set(QUERIES)


def test_rules_name_items_that_exist() -> None:
    assert {n for rule in RULES.values() for n in rule.items} <= {item.number for item in ITEMS}


def test_what_people_must_attest_stands_in_the_documentation() -> None:
    text = (ROOT / "docs" / "readiness.md").read_text(encoding="utf-8")
    rows = {int(n): int(days) for n, days in re.findall(r"^\| (\d+) \|.*\| (\d+) \|$", text, re.MULTILINE)}
    assert rows == {i.number: i.proof.attestation.days for i in ITEMS if i.proof.attestation}


def test_applications_are_proven_by_tests_or_not_at_all() -> None:
    """What only the application can meet is never met by its surroundings."""
    for item in ITEMS:
        if item.kinds == (Kind.APPLICATION,):
            assert item.proof.tests or item.proof.missing, item.number


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


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "weight: high",
            "weight: huge",
            'a.yaml: items.1.weight is "huge": must be one of critical, high, medium, low',
        ),
        ("    since: mvp\n", "", "a.yaml: items.1.since is missing: it must be given; add it"),
        ("since: mvp", "since: mpv", 'a.yaml: items.1.since is "mpv": must be one of mvp, startup, production'),
        ("title: A thing is so", "titel: A", "a.yaml: items.1.titel is not a field: fields here are "),
        ("kinds: [process]", "kinds: []", "a.yaml: items.1.kinds is []: "),
        ("missing: a proof", "missing: 3", "a.yaml: items.1.proof.missing is 3: "),
        ("phase: immediate", "phase: soon", 'a.yaml: items.1.phase is "soon": must be one of immediate, foundation'),
        ("order: 1\n", "", "a.yaml: order is missing: it must be given; add it"),
        ("items:", "itmes:", "a.yaml: has no items; write items: with an item below each number"),
        ("  1:\n", "  one:\n", 'a.yaml: items.one.number is "one": '),
        ("title: Area", "title: [", "a.yaml:3:6: not valid YAML: "),
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


def test_a_directory_without_items(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no items"):
        load(tmp_path)


def test_files_are_small() -> None:
    for path in DATA.glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) < 400
        assert max(map(len, lines)) <= 120
