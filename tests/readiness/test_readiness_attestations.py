"""The file of attestations: what is taken, what has expired, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ascent.readiness.attestations import Attestations, Setting
from ascent.readiness.attestations import load_attestations as load
from ascent.readiness.checklist import Checklist
from common.problems import InputError
from tests.readiness.readiness_things import TODAY, drill, item

if TYPE_CHECKING:
    from pathlib import Path

CHECKLIST = Checklist((), (item(1, attestation=drill(92)), item(2, missing="a proof", title="Another thing is so")))
GOOD: dict[str, Any] = {
    "item": 1,
    "claim": "rehearsed",
    "owner": "team",
    "date": "2026-11-01",
    "expires": "2027-01-31",
}


def load_attestations(path: Path, *stacks: str) -> Attestations:
    return load(path, Setting(checklist=CHECKLIST, today=TODAY, directory=path.parent, stacks=stacks))


def write(directory: Path, *entries: object) -> Path:
    path = directory / "attestations.yaml"
    path.write_text(yaml.safe_dump({"attestations": list(entries)}), encoding="utf-8")
    return path


def test_no_file_is_no_attestation(tmp_path: Path) -> None:
    found = load_attestations(tmp_path / "none.yaml")
    assert (found.in_force, found.expired) == ((), ())


def test_dates_may_be_quoted_or_not(tmp_path: Path) -> None:
    path = tmp_path / "attestations.yaml"
    path.write_text(
        "attestations:\n  - {item: 1, claim: done, owner: team, date: 2026-11-01, expires: '2027-01-31'}\n",
        encoding="utf-8",
    )
    (entry,) = load_attestations(path).in_force
    assert (entry.day.isoformat(), entry.expires.isoformat()) == ("2026-11-01", "2027-01-31")


def test_the_last_day_counts_and_the_next_does_not(tmp_path: Path) -> None:
    last = load_attestations(write(tmp_path, {**GOOD, "expires": "2026-11-21"}))
    assert len(last.in_force) == 1
    assert last.findings("prod") == ()
    over = load_attestations(write(tmp_path, {**GOOD, "expires": "2026-11-20"}))
    assert over.in_force == ()
    assert over.findings("prod") == (
        "docs/attestations.yaml: the attestation of item 1 by team (rehearsed) expired on 2026-11-20: "
        "do it again and renew it, or delete it",
    )


def test_what_was_renewed_is_no_finding_for_the_stacks_it_is_about(tmp_path: Path) -> None:
    old = {**GOOD, "expires": "2026-11-20"}
    path = write(tmp_path, old, {**GOOD, "stacks": ["prod"]})
    found = load_attestations(path)
    assert found.findings("prod") == ()
    assert len(found.findings("staging")) == 1


AS_SHOWN = "write it as docs/readiness.md shows"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"owner": None}, f"[0].owner is null: must be text; {AS_SHOWN}"),
        ({"owner": "  "}, f'[0].owner is "  ": must be at least 1 characters long; {AS_SHOWN}'),
        ({"item": 226}, "[0].item is 226: there is no such item; the items are 1 to 2"),
        ({"item": 2}, "[0].item is 2: Another thing is so is proven otherwise; delete the entry"),
        ({"item": "one"}, f'[0].item is "one": must be a whole number; {AS_SHOWN}'),
        ({"date": "2026-11-31"}, f'[0].date is "2026-11-31": must be a day as YYYY-MM-DD; {AS_SHOWN}'),
        ({"date": 20261101}, f"[0].date is 20261101: must be a day as YYYY-MM-DD; {AS_SHOWN}"),
        (
            {"date": "2026-11-22"},
            '[0].date is "2026-11-22": must not be after today (2026-11-21); attest what was done, not what is planned',
        ),
        (
            {"expires": "2026-10-01"},
            '[0].expires is "2026-10-01": must not be before its date 2026-11-01; write a later day',
        ),
        (
            {"expires": "2027-02-02"},
            '[0].expires is "2027-02-02": it is renewed every 92 days; the latest is 2027-02-01',
        ),
        ({"stacks": []}, f"[0].stacks is []: must have at least 1 entries; {AS_SHOWN}"),
        (
            {"stacks": ["p*", "stagin"]},
            '[0].stacks is ["p*", "stagin"]: stagin is no stack; the stacks are prod, staging; write staging',
        ),
        (
            {"evidence": "docs/drills/none.md"},
            '[0].evidence is "docs/drills/none.md": there is no such file; '
            "write a path from Pulumi.yaml's directory, or an address with ://",
        ),
        (
            {"ownr": "x"},
            "[0].ownr is not a field: fields here are item, claim, owner, date, expires, stacks, evidence; write owner",
        ),
    ],
)
def test_what_is_wrong_gets_a_line(changes: dict[str, Any], line: str, tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, **changes})
    with pytest.raises(InputError) as caught:
        load_attestations(path, "prod", "staging")
    (found,) = str(caught.value).splitlines()
    place, _, said = found.partition(": ")
    assert said.startswith(f"attestations{line}"), found
    row = int(place.removeprefix("attestations.yaml:"))
    assert f"{next(iter(changes))}:" in path.read_text(encoding="utf-8").splitlines()[row - 1]


def test_a_missing_owner(tmp_path: Path) -> None:
    entry = {key: value for key, value in GOOD.items() if key != "owner"}
    wanted = r":2: attestations\[0\]\.owner is missing: the person or team that vouches; add it"
    with pytest.raises(InputError, match=wanted):
        load_attestations(write(tmp_path, entry))


def test_evidence_is_a_path_that_is_there_or_an_address(tmp_path: Path) -> None:
    (tmp_path / "drill.md").write_text("done", encoding="utf-8")
    entries = [{**GOOD, "evidence": evidence} for evidence in ("drill.md", "https://wiki.example.com/drill", "")]
    assert len(load_attestations(write(tmp_path, *entries), "prod").in_force) == 3


def test_stacks_are_not_asked_where_they_are_not_known(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "stacks": ["anything"]})
    assert len(load_attestations(path).in_force) == 1
    with pytest.raises(InputError, match="anything is no stack; the stacks are prod; remove it"):
        load_attestations(path, "prod")


def test_every_problem_gets_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "owner": ""}, "words", {**GOOD, "item": 9})
    with pytest.raises(InputError) as caught:
        load_attestations(path)
    assert [line.partition(": ")[2].split(" is ")[0] for line in str(caught.value).splitlines()] == [
        "attestations[0].owner",
        "attestations[1]",
        "attestations[2].item",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "attestations.yaml: attestations is missing: what people vouch for; write attestations: [] for none; "),
        ("attestations:\n", f"attestations.yaml:1: attestations is null: must be a list; {AS_SHOWN}"),
        ("attestations: {}\n", f"attestations.yaml:1: attestations is {{}}: must be a list; {AS_SHOWN}"),
        ("- item: 1\n", 'attestations.yaml: the file is [{"item": 1}]: must be an object of fields; '),
    ],
)
def test_a_file_without_a_list(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "attestations.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_attestations(path)
    assert str(caught.value).startswith(said)


def test_texts_cannot_break_a_line(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "claim": "a\nb\x1b[31m", "expires": "2026-11-20"})
    (line,) = load_attestations(path).findings("prod")
    assert line.isprintable()
