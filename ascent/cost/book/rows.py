"""Reads tables in CSV as rows of a pydantic model."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from types import GenericAlias
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from common.problems import InputError, Problem
from common.validation import Translation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = TypeVar("Row", bound=BaseModel)


def read_rows(path: Path, model: type[Row], *key: str) -> list[Row]:
    """The rows of a table.

    Args:
        path: a CSV file whose first line names the fields of `model`, in their order.
        model: what a row is.
        key: fields that name a row; no two rows may have the same.

    Raises:
        InputError: the file cannot be read, has other columns, or rows that are wrong; a line for each problem.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise InputError(f"{path.name}: cannot be read: {reason}; name a table in CSV") from None
    return parse_rows(text, path.name, model, *key)


def parse_rows(text: str, source: str, model: type[Row], *key: str) -> list[Row]:
    """The rows of a table that stands in a text; see `read_rows`.

    Args:
        text: the CSV text.
        source: name of the file, for error messages.
        model: what a row is.
        key: fields that name a row.
    """
    lines, rows, problems = _table(text, source, list(model.model_fields), key)
    found: list[Row] = []
    # A model that is an argument cannot stand in an annotation.
    kind: Any = GenericAlias(list, (model,))
    reader: TypeAdapter[list[Row]] = TypeAdapter(kind)
    try:
        found = reader.validate_python(rows)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            index, *location = detail["loc"]
            row = rows[int(index)]
            translation = Translation(model=model, root=f"{_name(row, key)}: ", noun="column")
            problem = translation.problem({**detail, "loc": tuple(location)})
            problems.append(replace(problem, row=lines[int(index)]))
    wrong = {problem.row for problem in problems}
    problems += _twice([(line, row) for line, row in zip(lines, rows, strict=True) if line not in wrong], key)
    if problems:
        raise InputError("\n".join(p.line(source) for p in sorted(problems, key=lambda p: p.row or 0)))
    return found


def _table(
    text: str, source: str, columns: list[str], key: tuple[str, ...]
) -> tuple[list[int], list[dict[str, str]], list[Problem]]:
    """Lines and values of the rows, without what is blank, and a problem for each row of another length."""
    reader = csv.reader(io.StringIO(text), strict=True)
    lines, rows, problems = list[int](), list[dict[str, str]](), list[Problem]()
    try:
        if (header := next(reader, [])) != columns:
            wanted, fix = f"the columns must be {','.join(columns)}", "write them as the first line"
            raise InputError(Problem("the header", ",".join(header) or "missing", wanted, fix, 1).line(source))
        for values in filter(None, reader):
            row = {column: value for column, value in zip(columns, values, strict=False) if value.strip()}
            if len(values) == len(columns):
                lines.append(reader.line_num)
                rows.append(row)
            else:
                found, wanted = f"a row of {len(values)} values", f"it must have {len(columns)}"
                fix = "put text that holds a comma between quotes"
                problems.append(Problem(_name(row, key), found, wanted, fix, reader.line_num))
    except csv.Error as error:
        raise InputError(f"{source}:{reader.line_num}: not valid CSV: {error}") from None
    return lines, rows, problems


def _twice(rows: list[tuple[int, dict[str, str]]], key: tuple[str, ...]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for line, row in rows:
        first = seen.setdefault(_name(row, key), line)
        if first != line:
            found, wanted = f"there already, on line {first}", "it must stand once"
            yield Problem(_name(row, key), found, wanted, "delete one of them", line)


def _name(row: dict[str, str], key: tuple[str, ...]) -> str:
    return " in ".join(row.get(column) or f"no {column}" for column in key)
