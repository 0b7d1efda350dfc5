"""YAML: by the rules of 1.2, with the line of each value, and one line for whatever cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from common.problems import InputError
from common.yaml_text import read_with_rows, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.yaml"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("no", "no"),
        ("2027-02-30", "2027-02-30"),
        ("1:30", "1:30"),
        ("[true, 0o17, 1.5, ~, 0x1f]", [True, 15, 1.5, None, 31]),
        ("\ufeffa: 1", {"a": 1}),
        ("a: &x {p: 1, q: 1}\nb: {<<: *x, p: 2}", {"a": {"p": 1, "q": 1}, "b": {"p": 2, "q": 1}}),
        ("z: {y: &b {<<: {a: 1}, a: 2}}\no: {<<: *b}", {"z": {"y": {"a": 2}}, "o": {"a": 2}}),
    ],
)
def test_values_are_those_of_yaml_1_2(path: Path, text: str, value: object) -> None:
    path.write_text(text, encoding="utf-8")
    assert read_yaml(path) == value


ROWS = """\
one: 1
list:
  - a: x
    b: y
  - [p,
     q]
map:
  inner:
    deep: 1
7: seven
"""


@pytest.mark.parametrize(
    ("location", "row"),
    [
        (("one",), 1),
        (("list",), 2),
        (("list", 0), 3),
        (("list", 0, "b"), 4),
        (("list", 1, 0), 5),
        (("list", 1, 1), 6),
        (("map", "inner", "deep"), 9),
        (("7",), 10),
        # What is not there has the line of what is around it.
        (("list", 0, "c"), 3),
        (("list", 9), 2),
        (("map", "inner", "deep", "deeper"), 9),
        (("other",), None),
        ((), None),
    ],
)
def test_each_value_has_a_line(path: Path, location: tuple[int | str, ...], row: int | None) -> None:
    path.write_text(ROWS, encoding="utf-8")
    assert read_with_rows(path)[1].at(location) == row


def test_an_empty_file_has_no_lines(path: Path) -> None:
    path.write_text("", encoding="utf-8")
    assert read_with_rows(path)[1].at(("a",)) is None


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a: 1\nb: 2\na: 3", "a.yaml:3:1: not valid YAML: a stands in line 1 already; remove one of the two"),
        (
            b"a:\n  b: 1\n  c: 2\n  b: 3",
            "a.yaml:4:3: not valid YAML: b stands in line 2 already; remove one of the two",
        ),
        (b"- {a: 1, a: 1}", "a.yaml:1:10: not valid YAML: a stands in line 1 already; remove one of the two"),
        (b"a: 1\n'a': 2", "a.yaml:2:1: not valid YAML: a stands in line 1 already; remove one of the two"),
        (b"a: &x {p: 1, p: 2}\nb: {<<: *x}", "a.yaml:1:14: not valid YAML: p stands in line 1 already; remove one"),
        (b"a: [", "a.yaml:2:1: not valid YAML: "),
        (b"a: !!timestamp 2027-02-30", 'a.yaml:1:4: not valid YAML: "2027-02-30" is no timestamp'),
        (b"a: 1\nb: !!int ''", 'a.yaml:2:4: not valid YAML: "" is no int'),
        (b"a: !!timestamp soon", 'a.yaml:1:4: not valid YAML: "soon" is no timestamp'),
        (b"a: " + b"9" * 5000, 'a.yaml:1:4: not valid YAML: "9999'),
        (b"[a]: 1", "a.yaml:1:1: not valid YAML: found unhashable key"),
        (b"a: !!python/object:os.system x", "a.yaml:1:4: not valid YAML: could not determine a constructor"),
        (b"a: *nowhere", "a.yaml:1:4: not valid YAML: "),
        (b"a: \x00", "a.yaml: not valid YAML: unacceptable character"),
        (b"\xff\xfe\x00", "a.yaml: cannot be read: is not UTF-8 text; save it as UTF-8"),
        (None, "a.yaml: cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_read_gets_one_line(path: Path, content: bytes | None, line: str) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_yaml(path)
    said: Any = str(refused.value)
    assert said.startswith(line)
    assert "\n" not in said
