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
    "stacks": ["prod"],
    "evidence": "https://wiki.example.com/drill",
}
STACKS = ("prod", "staging")
RECORD = "# Drill\n\nOn 2026-11-01 we took the database of prod away and had it back after four minutes.\n"


def load_attestations(path: Path, *stacks: str) -> Attestations:
    return load(path, Setting(checklist=CHECKLIST, today=TODAY, directory=path.parent, stacks=stacks or STACKS))


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
        "attestations:\n  - {item: 1, claim: done, owner: team, date: 2026-11-01, expires: '2027-01-31', "
        "stacks: [prod], evidence: 'https://wiki.example.com/drill'}\n",
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
    old = {**GOOD, "expires": "2026-11-20", "stacks": ["prod", "staging"]}
    path = write(tmp_path, old, {**GOOD, "stacks": ["prod"]})
    found = load_attestations(path)
    assert found.findings("prod") == ()
    assert len(found.findings("staging")) == 1


AS_SHOWN = "write it as docs/readiness.md shows"
AS_EVIDENCE = "write the path of a text that tells of it, from Pulumi.yaml's directory, or an address with https://"
AN_ADDRESS = "must be an address with https:// and a host; "
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt 2026-11-01."
FILES = {"empty.md": "\n", "lorem.md": LOREM, "other.md": RECORD.replace("2026-11-01", "2026-10-01")}


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
            {"stacks": ["prod", "stagin"]},
            '[0].stacks is ["prod", "stagin"]: stagin is no stack; the stacks are prod, staging; write staging',
        ),
        (
            {"stacks": ["*"]},
            '[0].stacks is ["*"]: * is no stack; the stacks are prod, staging; name each stack that it was done on',
        ),
        ({"stacks": ["p*"]}, '[0].stacks is ["p*"]: p* is no stack; the stacks are prod, staging; '),
        ({"owner": "x"}, '[0].owner is "x": must be the person or team that vouches; write a name or an address'),
        ({"owner": "TBD"}, '[0].owner is "TBD": must be the person or team that vouches; write a name or an address'),
        ({"owner": "?"}, '[0].owner is "?": must be the person or team that vouches; write a name or an address'),
        (
            {"evidence": "docs/drills/none.md"},
            f'[0].evidence is "docs/drills/none.md": there is no such file in the project; {AS_EVIDENCE}',
        ),
        ({"evidence": "../secret.md"}, '[0].evidence is "../secret.md": there is no such file in the project; '),
        ({"evidence": "/etc/hosts"}, '[0].evidence is "/etc/hosts": there is no such file in the project; '),
        ({"evidence": "docs"}, '[0].evidence is "docs": there is no such file in the project; '),
        ({"evidence": "empty.md"}, '[0].evidence is "empty.md": it says nothing; '),
        ({"evidence": "lorem.md"}, '[0].evidence is "lorem.md": it is filler; '),
        ({"evidence": "other.md"}, '[0].evidence is "other.md": it does not name the day, 2026-11-01; '),
        ({"evidence": "picture.png"}, '[0].evidence is "picture.png": cannot be read as text; '),
        ({"evidence": "://"}, f'[0].evidence is "://": {AN_ADDRESS}'),
        ({"evidence": "x://y"}, f'[0].evidence is "x://y": {AN_ADDRESS}'),
        ({"evidence": "http://wiki.example.com"}, f'[0].evidence is "http://wiki.example.com": {AN_ADDRESS}'),
        ({"evidence": "https://"}, f'[0].evidence is "https://": {AN_ADDRESS}'),
        ({"evidence": "https://localhost/x"}, f'[0].evidence is "https://localhost/x": {AN_ADDRESS}'),
        ({"evidence": "https://[::1"}, '[0].evidence is "https://[::1": is no address; '),
        (
            {"ownr": "x"},
            "[0].ownr is not a field: fields here are item, claim, owner, date, expires, stacks, evidence; write owner",
        ),
    ],
)
def test_what_is_wrong_gets_a_line(changes: dict[str, Any], line: str, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe\x00")
    (tmp_path / "docs").mkdir()
    path = write(tmp_path, {**GOOD, **changes})
    with pytest.raises(InputError) as caught:
        load_attestations(path)
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


@pytest.mark.parametrize("key", ["stacks", "evidence", "date", "expires", "claim"])
def test_what_is_missing_gets_a_line(key: str, tmp_path: Path) -> None:
    entry = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(InputError, match=rf":2: attestations\[0\]\.{key} is missing: .*; add it"):
        load_attestations(write(tmp_path, entry))


def test_evidence_is_a_record_of_that_day_or_an_address(tmp_path: Path) -> None:
    (tmp_path / "drill.md").write_text(RECORD, encoding="utf-8")
    entries = [{**GOOD, "evidence": evidence} for evidence in ("drill.md", "https://wiki.example.com/drill")]
    found = load_attestations(write(tmp_path, *entries)).in_force
    assert [entry.is_elsewhere for entry in found] == [False, True]


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
