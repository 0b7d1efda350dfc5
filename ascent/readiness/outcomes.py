"""Results of tests as evidence, from the JUnit XML that pytest writes with `--junit-xml`.

Results count where they are of this version of the repository, and recent, and the test that they name is there and
asserts something. What a file says of itself must agree with what it holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from ascent.readiness.content.python import asserting_tests, parsed
from ascent.readiness.evidence import Evidence
from ascent.readiness.model import Status
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from ascent.readiness.content.repository import Repository

PROPERTY: Final = "ascent.version"
"""Property of a suite that holds the version of the repository, from `version.version_of`."""
MOST_DAYS: Final = 31
"""Age in days from which results prove nothing any more."""

_BAD: Final = ("failure", "error", "skipped")
_HOW: Final = "write it with pytest --junit-xml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a test, all its cases together.

    Attributes:
        passed: whether every case passed; one that was skipped did not.
        stale: why it proves nothing whatever came of it; empty for what counts.
    """

    passed: bool
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Results of tests.

    Attributes:
        by_test: by `directory/module::test`.
    """

    by_test: Mapping[str, Outcome] = field(default_factory=dict)


def read_outcomes(paths: Iterable[Path], *, version: str, today: date) -> Outcomes:
    """What came of each test, by `directory/module::test`.

    Args:
        paths: JUnit XML files. A case that was skipped proves nothing, so its test counts as not passed.
        version: of the repository, from `version.version_of`.
        today: the day from which ages count.

    Raises:
        InputError: a file cannot be read, is no such XML, or does not agree with itself; a line for the first.
    """
    found: dict[str, Outcome] = {}
    for path in paths:
        try:
            root = ElementTree.parse(path).getroot()
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}; {_HOW}") from None
        except (ElementTree.ParseError, UnicodeError, ValueError) as error:
            raise InputError(f"{path}: is no XML ({error}); {_HOW}") from None
        suites = [root] if root.tag == "testsuite" else list(root.iter("testsuite"))
        if root.tag not in ("testsuite", "testsuites") or not suites:
            raise InputError(f"{path}: holds no testsuite; {_HOW}")
        for suite in suites:
            _agree(path, suite)
            stale = _stale(suite, version, _day(path, suite, today), today)
            for case in suite.iter("testcase"):
                test = case.get("name", "").partition("[")[0]
                key = f"{case.get('classname', '').replace('.', '/')}::{test}"
                passed = not any(case.find(tag) is not None for tag in _BAD)
                before = found.get(key, Outcome(passed=True))
                found[key] = Outcome(before.passed and passed, before.stale or stale)
    return Outcomes(found)


def _agree(path: Path, suite: Element) -> None:
    """Refuse a suite whose counts are not those of its cases."""
    cases = list(suite.iter("testcase"))
    held = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    for name, number in held.items():
        said = suite.get(name, "")
        if said != str(number):
            raise InputError(f"{path}: testsuite {name} is {said or 'missing'}, and {number} are in it; {_HOW}")


def _day(path: Path, suite: Element, today: date) -> date:
    said = suite.get("timestamp", "")
    try:
        day = datetime.fromisoformat(said).date()
    except ValueError:
        raise InputError(f"{path}: testsuite timestamp is {said or 'missing'}: must be a time; {_HOW}") from None
    if day > today:
        raise InputError(f"{path}: testsuite timestamp is {said}: must not be after today ({today}); {_HOW}")
    return day


def _stale(suite: Element, version: str, day: date, today: date) -> str:
    """Why a suite's results prove nothing; empty for those that do."""
    said = {p.get("name"): p.get("value") for p in suite.iterfind("properties/property")}.get(PROPERTY)
    if said is None:
        return f"the results do not say of which version they are; record the property {PROPERTY}"
    if said != version:
        return "the results are of another version of the repository; run the tests again"
    age = (today - day).days
    return f"the results are {age} days old, more than {MOST_DAYS}; run the tests again" if age > MOST_DAYS else ""


def prove(test: str, outcomes: Outcomes, repository: Repository) -> Evidence:
    """What is known of a test.

    Args:
        test: pytest's id, `path.py::test` or `path.py::Class::test`.
        outcomes: from `read_outcomes`.
        repository: where the test must be.
    """
    path, _, name = test.partition("::")
    inner = name.replace("::", "/").rpartition("/")
    key = "/".join(part for part in (path.removesuffix(".py"), inner[0]) if part) + f"::{inner[2]}"
    outcome = outcomes.by_test.get(key)
    tree = parsed(repository.text(path))
    if tree is None or name not in asserting_tests(tree):
        said = f"{path} has no such test that asserts something"
    elif outcome is None:
        said = "no result was given: run pytest --junit-xml FILE and pass --tests FILE"
    elif outcome.stale:
        said = outcome.stale
    else:
        said = "passed" if outcome.passed else "did not pass"
        return Evidence("test", test, Status.MET if outcome.passed else Status.UNMET, said, files=(path,))
    return Evidence("test", test, Status.UNMET, said, files=(path,))
