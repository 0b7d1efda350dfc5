"""The records that a project keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from ascent.probe.document import ProbeDocument
from common.problems import InputError
from common.validation import Translation

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

DIRECTORY: Final = "docs/probes"
"""Where a project keeps its records, from Pulumi.yaml's directory."""

_HOW: Final = "write it with ascent probe --record"


@dataclass(frozen=True, slots=True)
class Probes:
    """Records of probes.

    Attributes:
        by_path: by the path of their file, from Pulumi.yaml's directory.
    """

    by_path: tuple[tuple[str, ProbeDocument], ...] = ()


def read_probes(directory: Path, *, today: date) -> Probes:
    """Read a project's records; no directory means none.

    Args:
        directory: where Pulumi.yaml is.
        today: no record may be of a later day.

    Raises:
        InputError: a record is no such document, does not agree with itself, or is of a day to come; a line for each
            problem.
    """
    found, problems = [], []
    for path in sorted((directory / DIRECTORY).glob("*.json")):
        name = f"{DIRECTORY}/{path.name}"
        try:
            record = ProbeDocument.model_validate(json.loads(path.read_text(encoding="utf-8-sig")))
        except OSError as error:
            problems.append(f"{name}: cannot be read: {error.strerror}; {_HOW}")
        except ValidationError as error:
            problems += (p.line(name) for p in Translation(model=ProbeDocument, fix=_HOW).problems(error))
        except (ValueError, RecursionError):
            problems.append(f"{name}: is no JSON; {_HOW}")
        else:
            day = record.probed_at.date()
            if day > today:
                problems.append(f"{name}: probedAt is {record.probed_at}: must not be after today ({today}); {_HOW}")
            found.append((name, record))
    if problems:
        raise InputError("\n".join(problems))
    return Probes(tuple(found))
