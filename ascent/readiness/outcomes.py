"""Results of tests as evidence, from the JUnit XML that pytest writes with `--junit-xml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from ascent.readiness.evidence import Evidence
from ascent.readiness.model import Status
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_BAD: Final = ("failure", "error", "skipped")


def read_outcomes(paths: Iterable[Path]) -> dict[str, bool]:
    """Whether each test passed, all its cases together, by `directory/module::test`.

    Args:
        paths: JUnit XML files. A case that was skipped proves nothing, so its test counts as not passed.

    Raises:
        InputError: a file cannot be read or is no such XML; a line for the first.
    """
    found: dict[str, bool] = {}
    for path in paths:
        try:
            root = ElementTree.parse(path).getroot()
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}; write it with pytest --junit-xml") from None
        except ElementTree.ParseError as error:
            raise InputError(f"{path}: is no XML ({error}); write it with pytest --junit-xml") from None
        for case in root.iter("testcase"):
            test = case.get("name", "").partition("[")[0]
            key = f"{case.get('classname', '').replace('.', '/')}::{test}"
            found[key] = found.get(key, True) and not any(case.find(tag) is not None for tag in _BAD)
    return found


def prove(test: str, outcomes: Mapping[str, bool]) -> Evidence:
    """What is known of a test.

    Args:
        test: pytest's id, `path.py::test` or `path.py::Class::test`.
        outcomes: from `read_outcomes`.
    """
    path, _, name = test.partition("::")
    inner = name.replace("::", "/").rpartition("/")
    key = "/".join(part for part in (path.removesuffix(".py"), inner[0]) if part) + f"::{inner[2]}"
    if key not in outcomes:
        said = "no result was given: run pytest --junit-xml FILE and pass --tests FILE"
        return Evidence("test", test, Status.UNMET, said, files=(path,))
    passed = outcomes[key]
    said = "passed" if passed else "did not pass"
    return Evidence("test", test, Status.MET if passed else Status.UNMET, said, files=(path,))
