"""`ascent readiness --framework` and `ascent rules --framework`: exit statuses, forms, wrong input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project


def test_text_and_json_say_the_same(readiness: Callable[..., Answer]) -> None:
    answer = readiness("dev", "--framework", "SOC2")
    document = json.loads(readiness("dev", "--framework", "soc2", "--json").out)
    stack = document["stacks"][0]
    assert answer.err == ""
    assert answer.status == (0 if stack["fine"] else 1)
    assert answer.out.splitlines()[0] == "dev  SOC 2 Trust Services Criteria TSC 2017, tier mvp, as of 2026-11-21"
    for standing, count in stack["counts"].items():
        assert f"  {count:>4}  {standing}\n" in answer.out
    assert stack["fine"] is (stack["counts"]["failing"] == 0)
    assert document["date"] == "2026-11-21"


def test_evidence_is_the_same_each_time(project: Project, readiness: Callable[..., Answer]) -> None:
    out = project.directory / "evidence"
    first = readiness("dev", "--framework", "hipaa", "--out", str(out))
    bytes_ = {path.name: path.read_bytes() for path in out.iterdir()}
    assert sorted(bytes_) == ["dev-hipaa.csv", "dev-hipaa.html"]
    assert f"evidence: {out / 'dev-hipaa.csv'}" in first.out
    readiness("dev", "--framework", "hipaa", "--out", str(out))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == bytes_
    json.loads(readiness("dev", "--framework", "hipaa", "--json", "--out", str(out)).out)


def test_foreign_files_are_refused(project: Project, readiness: Callable[..., Answer]) -> None:
    (project.directory / "dev-soc2.csv").write_text("a,b\n", encoding="utf-8")
    answer = readiness("dev", "--framework", "soc2", "--out", str(project.directory))
    assert answer.status == 2
    assert "dev-soc2.csv is there and no evidence that Ascent wrote" in answer.line
    assert (project.directory / "dev-soc2.csv").read_text(encoding="utf-8") == "a,b\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--framework", "hippa"), "did you mean hipaa?"),
        (("--framework", "nist"), "must be one of cis-3.0, "),
        (("--framework", ""), "must be one of cis-3.0, "),
        (("--out", "evidence"), "give --framework NAME with it"),
        (("--framework", "soc2", "--items"), "leave out the others"),
        (("--framework", "soc2", "--min-score", "5"), "leave out the others"),
    ],
)
def test_wrong_questions_get_one_line(
    arguments: tuple[str, ...], said: str, readiness: Callable[..., Answer], project: Project
) -> None:
    answer = readiness("dev", *arguments)
    assert answer.status == 2
    assert said in answer.line
    assert not (project.directory / "evidence").exists()
