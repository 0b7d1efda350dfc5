"""The SDK with unevaluated annotations: the same plan, kept bytecode, and Python's own way where none can be kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pulumi_aws
import pytest

from ascent.plan.config import read_stack
from ascent.plan.record import record
from ascent.plan.workers import annotations as when
from ascent.plan.workers.annotations import UnevaluatedLoader
from ascent.plan.workers.pool import plan_stacks, start_workers
from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def module(tmp_path: Path) -> Path:
    file = tmp_path / "module.py"
    file.write_text("def function(argument: unknown_name) -> None: ...\n")
    return file


@pytest.fixture(autouse=True)
def _keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def loaded(file: Path) -> Callable[..., None]:
    return run(UnevaluatedLoader("module", str(file)).get_code("module"))


def run(code: CodeType | None) -> Callable[..., None]:
    assert code is not None
    names: dict[str, Callable[..., None]] = {}
    exec(code, names)
    return names["function"]


def kept(file: Path) -> list[Path]:
    return sorted((file.parent / "__pycache__").glob("*"))


@pytest.mark.parametrize("stack", SHIPPED)
def test_the_plan_of_a_worker_is_the_plan_with_evaluated_annotations(stack: str) -> None:
    found = read_stack(ROOT, stack)
    here = record(found.directory, found.project, stack, found.values, found.secret_keys, keep_modules=True)
    (there,) = plan_stacks(start_workers(ROOT, 1), [stack], partly=False)
    assert there == here


def test_modules_of_the_sdk_and_no_others_are_loaded_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(when, "_EVALUATED_LATER", (99, 0))
    when.leave_unevaluated()
    finder = sys.meta_path[0]
    found = finder.find_spec("pulumi_aws.sqs.queue", [str(Path(pulumi_aws.__path__[0]) / "sqs")])
    assert found is not None
    assert isinstance(found.loader, UnevaluatedLoader)
    assert finder.find_spec("json.decoder", None) is None
    assert finder.find_spec("pulumi_aws.no_such_module", [str(ROOT)]) is None


def test_a_python_that_evaluates_late_by_itself_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(sys.meta_path)
    monkeypatch.setattr(when, "_EVALUATED_LATER", (3, 0))
    when.leave_unevaluated()
    assert sys.meta_path == before


def test_annotations_are_text_and_bytecode_is_kept_under_a_name_of_its_own(module: Path) -> None:
    assert loaded(module).__annotations__ == {"argument": "unknown_name", "return": "None"}
    (file,) = kept(module)
    assert file.name.endswith(".opt-unevaluated.pyc")
    before = file.stat().st_mtime_ns
    assert loaded(module).__annotations__["argument"] == "unknown_name"
    assert file.stat().st_mtime_ns == before


def test_changed_source_is_compiled_anew(module: Path) -> None:
    loaded(module)
    module.write_text("def function(other: another_name) -> None: ...\n")
    assert loaded(module).__annotations__["other"] == "another_name"


def test_bytecode_of_another_python_is_not_read(module: Path) -> None:
    loaded(module)
    (file,) = kept(module)
    file.write_bytes(b"\0\0\0\0" + file.read_bytes()[4:])
    assert loaded(module).__annotations__["argument"] == "unknown_name"


@pytest.mark.parametrize("why", ["not wanted", "not allowed"])
def test_where_bytecode_cannot_be_kept_python_loads_as_ever(
    module: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    module.write_text("def function(argument: int) -> None: ...\n")
    if why == "not wanted":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        monkeypatch.setattr(os, "access", lambda *_: False)
    assert loaded(module).__annotations__["argument"] is int
    assert not any("unevaluated" in file.name for file in kept(module))
