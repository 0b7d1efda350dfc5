"""Waivers on the command line: what is wrong with one is bad input; one in force excuses, one unused is mentioned."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project

TODAY = datetime.now(tz=UTC).date()
GOOD: dict[str, Any] = {
    "rule": "backup-covers-data",
    "urn": "urn:pulumi:dev::ascent::*::ascent-dev-dynamodb-table",
    "reason": "a demonstration whose data is made again",
    "owner": "platform",
    "expires": TODAY + timedelta(days=30),
}


def without(key: str) -> dict[str, Any]:
    return {k: v for k, v in GOOD.items() if k != key}


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ({**GOOD, "expires": TODAY - timedelta(days=1)}, "expired on "),
        ({**GOOD, "rule": "no-such-rule"}, 'rule is "no-such-rule": it is no rule; take an id'),
        (without("owner"), "owner is missing: the person or team that answers for it; add it"),
        ({**GOOD, "owner": " "}, 'owner is " ": it must be text; write the person'),
        ({**GOOD, "expires": "2027-02-30"}, 'expires is "2027-02-30": it is no day of the calendar; write a day from '),
        ({**GOOD, "expires": "soon"}, 'expires is "soon": it is no day of the calendar; write a day from '),
        ({**GOOD, "expires": TODAY + timedelta(days=400)}, "more than 180 days ahead"),
        ({**GOOD, "urn": "*"}, 'urn is "*": it names no resource'),
        ({**GOOD, "because": "x"}, "because is not a field: fields here are rule, "),
    ],
)
def test_a_wrong_entry_is_named(
    entry: dict[str, Any], wanted: str, project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    project.waivers(GOOD, entry)
    answer = ascent("plan", "dev")
    assert answer.status == 2
    assert re.match(r"waivers\.yaml(:\d+:)? waivers\[2\][.:]", answer.line)
    assert wanted in answer.line
    assert planning == [], "nothing is planned in vain"


def test_several_wrong_entries_get_a_line_each(
    project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    project.waivers(without("owner"), GOOD, without("reason"))
    answer = ascent("plan", "dev")
    assert answer.status == 2
    assert [re.sub(r":\d+:", ":", line).split(" is ")[0] for line in answer.err.splitlines()] == [
        "waivers.yaml: waivers[1].owner",
        "waivers.yaml: waivers[3].reason",
    ]


@pytest.mark.parametrize("text", ["waivers: [", "waivers: 3\n", "- rule: x\n"])
def test_a_malformed_file(text: str, project: Project, planning: list[str], ascent: Callable[..., Answer]) -> None:
    project.write("policies/waivers.yaml", text)
    answer = ascent("plan", "dev")
    assert answer.status == 2
    assert answer.line.startswith("waivers.yaml")


def test_a_waiver_in_force_is_shown_with_its_reason(
    project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    before = ascent("plan", "dev")
    project.waivers(GOOD)
    after = ascent("plan", "dev")
    assert (before.status, after.status) == (0, 0)
    assert "advise      backup-covers-data" in before.out
    assert "advise      backup-covers-data" not in after.out
    (line,) = [line for line in after.out.splitlines() if line.startswith("  waived ")]
    assert "backup-covers-data" in line
    assert GOOD["reason"] in line
    assert GOOD["owner"] in line
    assert "1 waived" in after.out.splitlines()[-1]


def test_an_unused_waiver_is_to_be_deleted(
    project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    project.waivers({**GOOD, "urn": "urn:pulumi:dev::ascent::*::no-such-resource"})
    answer = ascent("plan", "dev")
    assert answer.status == 0
    assert "excuses nothing: delete it" in answer.out


def test_another_stacks_waiver_is_not_unused_here(
    project: Project, planning: list[str], ascent: Callable[..., Answer]
) -> None:
    project.waivers({**GOOD, "urn": "urn:pulumi:prod::ascent::*::ascent-prod-dynamodb-table"})
    assert "excuses nothing" not in ascent("plan", "dev").out
