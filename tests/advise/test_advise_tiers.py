"""Tiers that are too big: when that is said, what it saves and loses, and that nothing is pasted that deletes data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ascent.advise.advice import advise as advice_of
from ascent.cost.book.prices import load_prices
from ascent.cost.costing import cost_of
from ascent.cost.usage.profiles import profile_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.advise.triggers import Answer as Said
    from tests.cli.cli_project import Answer, Project


@pytest.mark.parametrize(
    ("answers", "smaller", "lacking"),
    [
        ({"requests-per-day": 1_000, "data-class": "internal"}, True, ()),
        ({"users-per-month": 20, "pii": False}, True, ()),
        ({"revenue": 0, "pii": False, "developers": 30}, False, ()),
        ({"requests-per-day": 1_000, "pii": True}, False, ()),
        ({"requests-per-day": 1_000, "data-class": "confidential"}, False, ()),
        # What nobody spoke of might ask for the tier.
        ({"requests-per-day": 1_000}, False, ("data-class", "pii")),
        ({"data-class": "public"}, False, ("requests-per-day", "revenue", "users-per-month")),
        ({"developers": 1}, False, ("requests-per-day", "revenue", "users-per-month")),
    ],
)
def test_when_production_is_larger_than_it_need_be(
    answers: dict[str, Said], smaller: bool, lacking: tuple[str, ...]
) -> None:
    found = advice_of(answers, "prod", "production")
    assert (found.smaller, found.could_be_smaller, found.upgrade) == (smaller, lacking, False)


def test_a_tier_that_fits_is_never_too_big() -> None:
    found = advice_of({"requests-per-day": 10, "pii": False}, "dev", "mvp")
    assert (found.smaller, found.could_be_smaller, found.upgrade) == (False, (), False)


def test_what_a_smaller_tier_saves_and_loses(advise: Callable[..., Answer]) -> None:
    answer = advise("prod", "--requests-per-day", "20000", "--data-class", "internal", "--json")
    assert (answer.status, answer.err) == (0, "")
    document = json.loads(answer.out)
    assert (document["advice"]["smaller"], document["advice"]["tier"]) == (True, "startup")
    move = document["move"]
    assert move["tier"] == "startup"
    saves = move["saves"]
    assert saves["before"] > saves["after"] > 0
    # The standby and the firewall go; what the smaller tier has too does not.
    assert {23, 71} <= set(saves["lost"])
    assert not {16, 47} & set(saves["lost"])
    assert any(note["urn"].endswith("ingress-waf-log") for note in saves["care"])


def test_dollars_are_those_of_both_plans(advise: Callable[..., Answer]) -> None:
    from tests.advise.conftest import SMALL, _planned

    saves = json.loads(advise("prod", "--requests-per-day", "20000", "--no-pii", "--json").out)["move"]["saves"]
    usage = profile_of("startup")[1]
    for tier, said in (("production", saves["before"]), ("startup", saves["after"])):
        values = {
            "aws:region": "us-east-1",
            "ascent:tier": tier,
            **{key: v if isinstance(v, str) else json.dumps(v, separators=(",", ":")) for key, v in SMALL.items()},
        }
        recording = _planned("prod", tuple(sorted(values.items()))).recording
        assert recording
        assert float(cost_of(recording.plan, load_prices(), usage).estimate.total.expected) == pytest.approx(
            said, abs=1e-3
        )


def test_what_deletes_data_is_not_offered_for_pasting(advise: Callable[..., Answer]) -> None:
    answer = advise("prod", "--requests-per-day", "100", "--no-pii")
    assert answer.status == 0
    assert answer.out.startswith("LARGE prod is production, larger than it need be: mvp would do")
    assert "postgres-instance: it is removed, and with it the data in it" in answer.out
    assert "build a second stack" in answer.out
    lines = answer.out.splitlines()
    assert [line.strip() for line in lines[lines.index("  run:") + 1 :]] == ["ascent compare prod --tier mvp"]


def test_a_stacks_own_files_answer(advise: Callable[..., Answer], project: Project) -> None:
    project.stack("dev", **{"aws:region": "us-east-1", "ascent:tier": "mvp", "ascent:dataClass": "confidential"})
    answer = advise("dev", "--developers", "1")
    assert (answer.status, answer.out.splitlines()[0]) == (1, "MOVE dev from mvp to production")
    assert advise("dev", "--developers", "1", "--data-class", "public").status == 0
    project.stack("dev", **{"aws:region": "us-east-1", "ascent:tier": "mvp"})
    project.write("Usage.dev.yaml", "requests: 10_000_000\n")
    answer = advise("dev", "--developers", "1")
    assert (answer.status, answer.out.splitlines()[0]) == (1, "MOVE dev from mvp to production")
    assert advise("dev", "--requests-per-day", "5").status == 0


def test_a_tier_without_a_stack(advise: Callable[..., Answer]) -> None:
    answer = advise("--tier", "mvp", "--requests-per-day", "20000", "--pii")
    assert (answer.status, answer.out.splitlines()[0]) == (1, "MOVE from mvp to production")
    assert advise("--tier", "production", "--pii").status == 0
    assert advise("prod", "--tier", "mvp", "--pii").line == (
        "ascent advise prod --tier mvp: a stack has a tier; give one of the two"
    )


@pytest.mark.parametrize("word", ["secret", "", "INTERNAL "])
def test_data_classes_are_words(advise: Callable[..., Answer], word: str) -> None:
    answer = advise("dev", "--data-class", word)
    assert answer.status == 2
    assert "public, internal, confidential, restricted" in answer.line.replace("'", "")
