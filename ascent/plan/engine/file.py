"""Reads files that the engine wrote: from a path or standard input, compressed or not, one document or many lines."""

from __future__ import annotations

import codecs
import gzip
import json
import sys
import zlib
from pathlib import Path
from typing import Any, Final

from common.problems import InputError

STANDARD_INPUT: Final = Path("-")
"""Names standard input in the place of a file."""

_GZIP: Final = b"\x1f\x8b"
_ENCODINGS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""By byte order mark; PowerShell's `>` writes UTF-16."""


def name_of(path: Path) -> str:
    """What messages call an input file."""
    return "standard input" if path == STANDARD_INPUT else str(path)


def read_documents(path: Path, hint: str) -> list[Any]:
    """The JSON values in a file: one, or one per line.

    Args:
        path: the file; `-` for standard input.
        hint: command that writes such a file, for error messages.

    Raises:
        InputError: the file cannot be read, is empty, or is not JSON; names the place.
    """
    name = name_of(path)
    text = _decoded(_bytes(path, name), name)
    if not text.strip():
        raise InputError(f"{name}: is empty; write it with `{hint}`")
    try:
        return [json.loads(text)]
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Extra data"):
            raise _not_json(name, error, hint, len(text.rstrip())) from None
    except RecursionError:
        raise InputError(f"{name}: is nested too deeply for a file of the engine; write it with `{hint}`") from None
    return _lines(text, name, hint) if _is_one_a_line(text) else _several(text, name, hint)


def _is_one_a_line(text: str) -> bool:
    """Whether the first line is a value by itself, as in a stream of events."""
    try:
        json.loads(text.lstrip().partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return True


def _several(text: str, name: str, hint: str) -> list[Any]:
    """Documents of several lines, one after the other."""
    found: list[Any] = []
    place, decoder = 0, json.JSONDecoder()
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        try:
            value, place = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise _not_json(name, error, hint, len(text.rstrip())) from None
        except RecursionError:
            raise InputError(f"{name}: is nested too deeply for a file of the engine") from None
        found.append(value)
    return found


def _bytes(path: Path, name: str) -> bytes:
    try:
        data = sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()
        return gzip.decompress(data) if data.startswith(_GZIP) else data
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"{name}: is a damaged or truncated gzip file; write it again") from None
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror}; name a file, or - for standard input") from None


def _decoded(data: bytes, name: str) -> str:
    encoding = next((found for mark, found in _ENCODINGS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(f"{name}: is not UTF-8 text; pass the file as the engine wrote it") from None


def _lines(text: str, name: str, hint: str) -> list[Any]:
    found: list[Any] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise InputError(
                f"{name}:{number}:{error.colno}: not valid JSON: {error.msg}; write one event per line with `{hint}`"
            ) from None
        except RecursionError:
            raise InputError(f"{name}:{number}: is nested too deeply for an event of the engine") from None
    return found


def _not_json(name: str, error: json.JSONDecodeError, hint: str, length: int) -> InputError:
    what = "ends in the middle of the document" if error.pos >= length else f"not valid JSON: {error.msg}"
    return InputError(f"{name}:{error.lineno}:{error.colno}: {what}; write it again with `{hint}`")
