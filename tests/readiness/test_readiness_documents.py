"""Files as evidence: there, and saying what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.readiness.content.repository import Repository
from ascent.readiness.documents import prove
from ascent.readiness.model import FileProof, Status
from common.problems import InputError
from tests.readiness.readiness_things import FILE, PLAN, file_proof, ground

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({}, ""),
        ({"sections": ["When the zone", "Steps", "First"]}, ""),
        ({"sections": ["Roll back"]}, "has no section 'Roll back'"),
        ({"sections": ["Comment"]}, "has no section 'Comment'"),
        ({"sections": ["Contacts"]}, "says nothing under 'Contacts'"),
        ({"sections": ["Last"]}, "says nothing under 'Last'"),
        ({"names": ["dashboard", "outage|alarms"]}, ""),
        ({"names": ["rota"]}, "says nothing of rota"),
        ({"names": ["Contacts"]}, "says nothing of Contacts"),
        ({"days": 92}, ""),
        ({"days": 51}, ""),
        ({"days": 50}, "is 51 days old, more than 50"),
    ],
)
def test_what_a_file_says(fields: dict[str, Any], lack: str) -> None:
    evidence = prove(file_proof(**fields), ground({FILE: PLAN}))
    assert evidence.status is (Status.UNMET if lack else Status.MET), evidence.found
    assert evidence.files == (FILE,)
    assert evidence.found.endswith(lack) if lack else evidence.found == "there, and says what it must"


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("", "has no line 'Last reviewed: YYYY-MM-DD'"),
        ("Last reviewed: 2026-02-30", "is dated 2026-02-30, which is no day"),
        ("Last reviewed: 2026-11-22", "is dated 2026-11-22, after today"),
        ("<!-- Last reviewed: 2026-11-20 -->", "has no line 'Last reviewed: YYYY-MM-DD'"),
        ("**Last held:** 2025-01-01\n\n**Last held:** 2026-11-20", ""),
        ("- last tested: 2026-11-21", ""),
    ],
)
def test_dates(text: str, lack: str) -> None:
    said = PLAN.replace("Last reviewed: 2026-10-01", text)
    evidence = prove(file_proof(days=92), ground({FILE: said}))
    assert evidence.status is (Status.UNMET if lack else Status.MET), evidence.found
    assert not lack or evidence.found.endswith(lack)


@pytest.mark.parametrize("text", ["", "\n  \n"])
def test_an_empty_file_proves_nothing(text: str) -> None:
    assert prove(file_proof(), ground({FILE: text})).found == f"{FILE} is empty"


@pytest.mark.parametrize("text", ["TODO\n", "---\n", "TBD.", "# Title\n## Another\n", "<!-- a comment is no text -->"])
def test_a_file_without_a_word_proves_nothing(text: str) -> None:
    assert prove(file_proof(), ground({FILE: text})).found == f"{FILE} says nothing"


def test_a_file_that_is_not_there() -> None:
    evidence = prove(file_proof(), ground({}))
    assert (evidence.status, evidence.found) == (Status.UNMET, "is not there")


def test_patterns_count_and_every_match_must_hold() -> None:
    proof = FileProof(path="docs/*.md", kind="guide", count=2, sections=("Decision",))
    one = "# Decision\n\nWe keep backups for thirty days, because nobody needs them for longer.\n"
    two = "# Decision\n\nThe database has a standby, so that a zone can fail without anybody noticing.\n"
    files = {"docs/a.md": one, "docs/b.md": two, "docs/sub/c.md": "Text", "c.md": "Text"}
    evidence = prove(proof, ground(files))
    assert (evidence.status, evidence.files) == (Status.MET, ("docs/a.md", "docs/b.md"))
    assert prove(proof, ground({"docs/a.md": one})).found == "1 of 2 files or more"
    broken = prove(proof, ground({**files, "docs/b.md": "Text"}))
    assert (broken.status, broken.files) == (Status.UNMET, ("docs/b.md",))
    copied = prove(proof, ground({**files, "docs/b.md": one.replace("thirty", "forty")}))
    assert (copied.status, copied.found) == (Status.UNMET, "docs/b.md says the same as docs/a.md")


def test_reading_takes_what_is_named_and_knows_what_else_is_there(tmp_path: Path) -> None:
    for name in ("docs/b.md", "docs/a.md", "docs/sub/c.md", "README.md", ".venv/x.md", "node_modules/y/z.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    found = Repository.read(tmp_path, ["docs/*.md", "README.md", "docs/a.md", "none.md", "docs"])
    assert found.texts == {name: name for name in ("README.md", "docs/a.md", "docs/b.md")}
    assert list(found.texts) == sorted(found.texts)
    assert found.others == {"docs/sub/c.md"}
    assert found.text("docs/sub/c.md") == "docs/sub/c.md"
    assert found.text("none.md") == found.text(".venv/x.md") == ""
    assert {"docs", "docs/sub"} <= found.paths
    assert found.matching("docs/*.md") == ("docs/a.md", "docs/b.md")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"README\.md: is not UTF-8 text; save it as UTF-8"):
        Repository.read(tmp_path, ["README.md"])
    assert Repository.read(tmp_path, []).text("README.md") == ""
