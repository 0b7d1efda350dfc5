"""Files of the repository as evidence: there, filled, and recent where age matters."""

from __future__ import annotations

import re
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from ascent.readiness.evidence import Evidence
from ascent.readiness.model import FileProof, Status
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_DATED: Final = re.compile(r"\blast (?:reviewed|tested|held)\W{1,6}(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_EMPTY: Final = re.compile(r"[\s\W]*(?:to be (?:done|written|decided)|tbd|todo|n/a|none yet)?[\s\W]*", re.IGNORECASE)


def read_files(directory: Path, patterns: Iterable[str]) -> dict[str, str]:
    """Texts of the files that match, by path from `directory`, in the order of the paths.

    Args:
        directory: where Pulumi.yaml is.
        patterns: relative paths; `*` stands for any characters of one file name.

    Raises:
        InputError: a file is there and cannot be read.
    """
    found: dict[str, str] = {}
    for pattern in patterns:
        matches = directory.glob(pattern) if "*" in pattern else [directory / pattern]
        for path in matches:
            name = path.relative_to(directory).as_posix()
            if name in found or not path.is_file():
                continue
            try:
                found[name] = path.read_text(encoding="utf-8-sig")
            except OSError as error:
                raise InputError(f"{name}: cannot be read: {error.strerror}; make it readable") from None
            except UnicodeDecodeError:
                raise InputError(f"{name}: is not UTF-8 text; save it as UTF-8") from None
    return dict(sorted(found.items()))


def prove(proof: FileProof, files: Mapping[str, str], today: date) -> Evidence:
    """What a file proof finds.

    Args:
        proof: what must be there.
        files: texts by path, from `read_files`.
        today: the day from which ages count.
    """
    matching = [path for path in files if _matches(path, proof.path)]
    if len(matching) < proof.count:
        said = "is not there" if proof.count == 1 else f"{len(matching)} of {proof.count} files or more"
        return Evidence("file", proof.path, Status.UNMET, said)
    for path in matching:
        lack = _lack(proof, files[path], today)
        if lack:
            return Evidence("file", proof.path, Status.UNMET, f"{path} {lack}", files=(path,))
    said = "there and filled" if proof.sections or proof.lines else "there"
    return Evidence("file", proof.path, Status.MET, said, files=tuple(matching))


def _matches(path: str, pattern: str) -> bool:
    """As a directory is searched: `*` stays within one name."""
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


def _lack(proof: FileProof, text: str, today: date) -> str:
    """What a text lacks; empty for nothing."""
    if _EMPTY.fullmatch(text):
        return "is empty"
    filled = _sections(text)
    for heading in proof.sections:
        bodies = [body for title, body in filled if title.lower().startswith(heading.lower())]
        if not bodies:
            return f"has no section '{heading}'"
        if all(_EMPTY.fullmatch(body) for body in bodies):
            return f"says nothing under '{heading}'"
    present = {line.strip() for line in text.splitlines()}
    for line in proof.lines:
        if line.strip() not in present:
            return f"has no line '{line}'"
    return _age(proof.days, text, today) if proof.days is not None else ""


def _sections(text: str) -> list[tuple[str, str]]:
    """Titles and texts of Markdown's sections; a section holds those below it, and a comment in code is no heading."""
    lines = text.splitlines()
    headings: list[tuple[int, int, str]] = []
    fenced = False
    for number, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if not fenced and (heading := _HEADING.fullmatch(line)):
            headings.append((number, len(heading[1]), heading[2]))
    starts = {number for number, _, _ in headings}
    found: list[tuple[str, str]] = []
    for position, (number, level, title) in enumerate(headings):
        end = next((n for n, other, _ in headings[position + 1 :] if other <= level), len(lines))
        found.append((title, "\n".join(lines[n] for n in range(number + 1, end) if n not in starts)))
    return found


def _age(days: int, text: str, today: date) -> str:
    """What is wrong with a text's date; empty for nothing."""
    written = []
    for match in _DATED.finditer(text):
        try:
            written.append(date.fromisoformat(match[1]))
        except ValueError:
            return f"is dated {match[1]}, which is no day"
    if not written:
        return "has no line 'Last reviewed: YYYY-MM-DD'"
    newest = max(written)
    if newest > today:
        return f"is dated {newest}, after today"
    age = (today - newest).days
    return f"is {age} days old, more than {days}" if age > days else ""
