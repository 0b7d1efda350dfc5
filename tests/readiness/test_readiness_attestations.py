"""The file of attestations: what is taken, what has expired, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ascent.readiness.attestations import load_attestations
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


def write(directory: Path, *entries: object) -> Path:
    path = directory / "attestations.yaml"
    path.write_text(yaml.safe_dump({"attestations": list(entries)}), encoding="utf-8")
    return path


def test_no_file_is_no_attestation(tmp_path: Path) -> None:
    found = load_attestations(tmp_path / "none.yaml", CHECKLIST, today=TODAY)
    assert (found.in_force, found.expired) == ((), ())


def test_dates_may_be_quoted_or_not(tmp_path: Path) -> None:
    path = tmp_path / "attestations.yaml"
    path.write_text(
        "attestations:\n  - {item: 1, claim: done, owner: team, date: 2026-11-01, expires: '2027-01-31'}\n",
        encoding="utf-8",
    )
    (entry,) = load_attestations(path, CHECKLIST, today=TODAY).in_force
    assert (entry.day.isoformat(), entry.expires.isoformat()) == ("2026-11-01", "2027-01-31")


def test_the_last_day_counts_and_the_next_does_not(tmp_path: Path) -> None:
    last = load_attestations(write(tmp_path, {**GOOD, "expires": "2026-11-21"}), CHECKLIST, today=TODAY)
    assert len(last.in_force) == 1
    assert last.findings("prod") == ()
    over = load_attestations(write(tmp_path, {**GOOD, "expires": "2026-11-20"}), CHECKLIST, today=TODAY)
    assert over.in_force == ()
    assert over.findings("prod") == (
        "docs/attestations.yaml: the attestation of item 1 by team (rehearsed) expired on 2026-11-20: "
        "do it again and renew it, or delete it",
    )


def test_what_was_renewed_is_no_finding_for_the_stacks_it_is_about(tmp_path: Path) -> None:
    old = {**GOOD, "expires": "2026-11-20"}
    path = write(tmp_path, old, {**GOOD, "stacks": ["prod"]})
    found = load_attestations(path, CHECKLIST, today=TODAY)
    assert found.findings("prod") == ()
    assert len(found.findings("staging")) == 1


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"owner": None}, "[0].owner is null: write it out in words; correct it"),
        ({"owner": "  "}, '[0].owner is "  ": write it out in words; correct it'),
        ({"item": 226}, "[0].item is 226: there is no such item; the items are 1 to 2"),
        ({"item": 2}, "[0].item is 2 (Another thing is so): it is proven otherwise; delete the entry"),
        ({"item": "one"}, '[0].item is "one": '),
        ({"date": "2026-11-31"}, '[0].date is "2026-11-31": write a day as YYYY-MM-DD; correct it'),
        ({"date": 20261101}, "[0].date is 20261101: write a day as YYYY-MM-DD; correct it"),
        ({"date": "2026-11-22"}, "[0].date is 2026-11-22, after today (2026-11-21): attest what was done"),
        ({"expires": "2026-10-01"}, "[0].expires is 2026-10-01, before its date 2026-11-01: write a later day"),
        ({"expires": "2027-02-02"}, "[0].expires is 2027-02-02: it is renewed every 92 days; the latest is 2027-02-01"),
        ({"stacks": []}, "[0].stacks is []: "),
        ({"ownr": "x"}, "[0].ownr is no field; correct its name or remove it"),
    ],
)
def test_what_is_wrong_gets_a_line(changes: dict[str, Any], line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_attestations(write(tmp_path, {**GOOD, **changes}), CHECKLIST, today=TODAY)
    (found,) = str(caught.value).splitlines()
    assert found.startswith(f"attestations.yaml: attestations{line}"), found


def test_a_missing_owner(tmp_path: Path) -> None:
    entry = {key: value for key, value in GOOD.items() if key != "owner"}
    with pytest.raises(InputError, match=r"attestations\[0\]\.owner is missing; add it"):
        load_attestations(write(tmp_path, entry), CHECKLIST, today=TODAY)


def test_every_problem_gets_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "owner": ""}, "words", {**GOOD, "item": 9})
    with pytest.raises(InputError) as caught:
        load_attestations(path, CHECKLIST, today=TODAY)
    assert [line.split(" is ")[0] for line in str(caught.value).splitlines()] == [
        "attestations.yaml: attestations[0].owner",
        "attestations.yaml: attestations[1]",
        "attestations.yaml: attestations[2].item",
    ]


@pytest.mark.parametrize("text", ["", "attestations:\n", "attestations: {}\n", "- item: 1\n"])
def test_a_file_without_a_list(text: str, tmp_path: Path) -> None:
    path = tmp_path / "attestations.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="holds no list under attestations; write attestations: "):
        load_attestations(path, CHECKLIST, today=TODAY)


def test_texts_cannot_break_a_line(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "claim": "a\nb\x1b[31m", "expires": "2026-11-20"})
    (line,) = load_attestations(path, CHECKLIST, today=TODAY).findings("prod")
    assert line.isprintable()
