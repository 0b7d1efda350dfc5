"""`ascent check`: tiers, waivers, exit statuses and output."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.engine_rendering import digest, state, stream
from tests.commands.small_plan import CLOSED, OPEN, STORE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ascent.plan.model import Plan

    Write = Callable[..., Path]
    Ascent = Callable[..., Any]

RULE = "s3-public-access-block"


def in_days(days: int) -> str:
    return (datetime.now(tz=UTC).date() + timedelta(days=days)).isoformat()


def waivers(*entries: tuple[str, str, str]) -> str:
    lines = [
        f"- {{rule: {rule}, urn: '{urn}', reason: legacy, owner: web, expires: {until}}}"
        for rule, urn, until in entries
    ]
    return "waivers:\n" + "\n".join(lines)


def found(run: Any) -> dict[str, Any]:  # noqa: ANN401 - a Run
    return json.loads(run.out)["stacks"][0]


def test_findings_and_their_exit_status(plan: Plan, write: Write, ascent: Ascent) -> None:
    run = ascent("check", "--preview", write(digest(plan)))
    assert run.status == 1
    assert run.err == ""
    assert "tier production (from ascent:tier in the file)" in run.out
    assert f"{RULE} (critical) open: the bucket has no public access block" in run.out
    assert "NOT OK live (production): 4 AWS resources" in run.out
    assert "\x1b" not in run.out


def test_a_shipped_stack_is_fine(shipped_plan: Plan, write: Write, ascent: Ascent) -> None:
    run = ascent("check", "--preview", write(digest(shipped_plan)))
    assert run.status == 0, run.out
    assert run.out.splitlines()[-1].startswith(f"OK {shipped_plan.stack} ({shipped_plan.tier})")


def test_the_tier_decides_what_is_mandatory(plan: Plan, write: Write, ascent: Ascent) -> None:
    path = write(state(plan))
    assert "tier enterprise (the strictest, because the file names none" in ascent("check", "--state", path).out
    levels = {}
    for tier in ("mvp", "enterprise"):
        report = found(ascent("check", "--state", path, "--tier", tier, "--format", "json"))
        assert report["tier"] == tier
        levels[tier] = {v["rule"]: v["level"] for v in report["verdicts"]}
    assert levels["mvp"]["s3-tls-only"] == "advisory"
    assert levels["enterprise"]["s3-tls-only"] == "mandatory"


def test_a_tier_of_the_file_that_is_none_is_not_believed(plan: Plan, write: Write, ascent: Ascent) -> None:
    run = ascent("check", "--preview", write(digest(plan, **{"ascent:tier": "toy"})))
    assert "tier enterprise (the strictest" in run.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no file is given; name one file, as --preview FILE or as --state FILE"),
        (("--preview", "a", "--state", "b"), "both --preview and --state are given"),
        (("--state", "a", "--tier", "produktion"), "did you mean production?"),
        (("--preview", "a", "--format", "pdf"), "pdf"),
    ],
)
def test_wrong_options_get_one_line(arguments: tuple[str, ...], said: str, ascent: Ascent) -> None:
    assert said in ascent("check", *arguments).refused()


def project(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "Pulumi.yaml").write_text(f"name: {name}\nruntime: nodejs\n")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "waivers.yaml").write_text(text)


def test_the_projects_waivers_apply(plan: Plan, tmp_path: Path, write: Write, ascent: Ascent) -> None:
    project(tmp_path, "shop", waivers((RULE, OPEN, in_days(9)), (RULE, CLOSED, in_days(9))))
    (tmp_path / "out").mkdir()
    path = write(digest(plan), "out/preview.json")
    report = found(ascent("check", "--preview", path, "--format", "json"))
    waived = [v for v in report["verdicts"] if "waiver" in v]
    assert [(v["rule"], v["urn"], v["waiver"]["owner"]) for v in waived] == [(RULE, OPEN, "web")]
    assert report["counts"]["waived"] == 1
    (line,) = report["waiverFindings"]
    assert f"the waiver of {RULE} for {CLOSED} (owner web) excuses nothing" in line
    assert line in ascent("check", "--preview", path).out


def test_the_waivers_of_another_project_do_not(plan: Plan, tmp_path: Path, write: Write, ascent: Ascent) -> None:
    project(tmp_path, "another", waivers((RULE, OPEN, in_days(9))))
    report = found(ascent("check", "--preview", write(digest(plan)), "--format", "json"))
    assert not [v for v in report["verdicts"] if "waiver" in v]
    assert report["waiverFindings"] == []


def test_waivers_given_by_name(plan: Plan, write: Write, ascent: Ascent, tmp_path: Path) -> None:
    path = write(digest(plan))
    book = write(waivers((RULE, OPEN, in_days(9))), "mine.yaml")
    report = found(ascent("check", "--preview", path, "--waivers", book, "--format", "json"))
    assert report["counts"]["waived"] == 1
    line = ascent("check", "--preview", path, "--waivers", tmp_path / "none.yaml").refused()
    assert "there is no such file" in line
    wrong = write(waivers(("no-such-rule", OPEN, in_days(9))), "wrong.yaml")
    assert "is no rule" in ascent("check", "--preview", path, "--waivers", wrong).refused()


def test_an_expired_waiver_is_a_finding_and_excuses_nothing(plan: Plan, write: Write, ascent: Ascent) -> None:
    book = write(waivers((RULE, OPEN, in_days(-1))), "old.yaml")
    run = ascent("check", "--preview", write(digest(plan)), "--waivers", book, "--format", "json")
    report = found(run)
    assert run.status == 1
    assert report["counts"]["waived"] == 0
    assert "expired" in report["waiverFindings"][0]


def test_levels_and_parameters_can_be_configured(plan: Plan, write: Write, ascent: Ascent) -> None:
    path = write(digest(plan, **{"aws:defaultTags": '{"tags":{"Team":"web"}}'}))
    config = write(
        '{"all": "advisory", "required-tags": {"enforcementLevel": "mandatory", "keys": ["Team"]}}', "p.json"
    )
    run = ascent("check", "--preview", path, "--policy-config", config, "--format", "json")
    assert run.status == 0
    levels = {v["rule"]: (v["level"], v["status"]) for v in found(run)["verdicts"]}
    assert levels["required-tags"] == ("mandatory", "pass")
    assert {level for level, _ in levels.values()} == {"advisory", "mandatory"}
    assert ascent("check", "--preview", path).status == 1
    mending = write('{"all": "advisory", "s3-public-access-block": "remediate"}', "mending.json")
    assert ascent("check", "--preview", path, "--policy-config", mending).status == 1
    wrong = write('{"required-tags": "sometimes"}', "wrong.json")
    assert "sometimes" in ascent("check", "--preview", path, "--policy-config", wrong).refused()


def test_output_appears_whole(plan: Plan, write: Write, tmp_path: Path, ascent: Ascent) -> None:
    path, target = write(digest(plan)), tmp_path / "reports" / "check.json"
    run = ascent("check", "--preview", path, "--format", "json", "--output", target)
    assert (run.status, run.out) == (1, "")
    assert json.loads(target.read_text())["stacks"][0]["fine"] is False
    assert [p.name for p in target.parent.iterdir()] == ["check.json"]
    table = tmp_path / "check.txt"
    ascent("check", "--preview", path, "--output", table)
    assert table.read_text() == ascent("check", "--preview", path).out


def test_a_link_stays_a_link_and_a_pipe_a_pipe(plan: Plan, write: Write, tmp_path: Path, ascent: Ascent) -> None:
    path, link, pipe = write(digest(plan)), tmp_path / "link", tmp_path / "pipe"
    link.symlink_to(write("old", "real.json"))
    ascent("check", "--preview", path, "--format", "json", "--output", link)
    assert link.is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["stacks"]
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert ascent("check", "--preview", path, "--format", "markdown", "--output", pipe).status == 1
        assert os.read(reader, 11) == b"### Ascent:"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_output_that_cannot_be_written_gets_one_line(plan: Plan, write: Write, tmp_path: Path, ascent: Ascent) -> None:
    path = write(digest(plan))
    for target in (tmp_path, path / "below"):
        line = ascent("check", "--preview", path, "--format", "sarif", "--output", target).refused()
        assert "name a place that can be written" in line
    assert sorted(p.name for p in tmp_path.iterdir()) == [path.name]


def test_lines_of_the_program_are_named(plan: Plan, write: Write, ascent: Ascent) -> None:
    document = json.loads(digest(plan))
    for step in document["steps"]:
        if step["urn"] == STORE:
            step["newState"]["sourcePosition"] = "project:///src/store.ts#31,9"
    path = write(json.dumps(document))
    assert f"{RULE} (critical) open at src/store.ts:31: " in ascent("check", "--preview", path).out
    report = found(ascent("check", "--preview", path, "--format", "json"))
    positions = {v["urn"]: v.get("position") for v in report["verdicts"]}
    assert positions[OPEN] == {"path": "src/store.ts", "line": 31}


@pytest.mark.parametrize("form", ["table", "json", "sarif", "junit", "markdown"])
def test_no_format_shows_a_secret_or_colours(form: str, plan: Plan, write: Write, ascent: Ascent) -> None:
    plaintext = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": '"hunter2-zebra"'}
    document = json.loads(state(plan))
    for entry in document["deployment"]["resources"]:
        if entry["urn"] == OPEN:
            entry["inputs"] = {"acl": plaintext, "bucket": plaintext, "tags": {"Owner": plaintext}}
    run = ascent("check", "--state", write(json.dumps(document)), "--format", form)
    assert run.status == 1
    assert "open" in run.out
    assert "zebra" not in run.out
    assert "\x1b" not in run.out


@pytest.mark.parametrize("form", ["table", "json", "sarif", "junit", "markdown"])
@pytest.mark.parametrize("render", [digest, state, stream])
def test_the_same_file_gives_the_same_bytes(
    form: str, render: Callable[[Plan], str], plan: Plan, write: Write, ascent: Ascent
) -> None:
    option = "--state" if render is state else "--preview"
    first, second = (ascent("check", option, write(render(plan)), "--format", form).out for _ in range(2))
    assert first
    assert first == second
