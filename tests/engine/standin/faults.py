"""What goes wrong on purpose: a call that is slow, that fails, whose answer is lost, or that takes the provider along.

A sandbox's file of faults holds a JSON list of objects: `on` is an operation and a type (`create aws:s3/bucket:Bucket`;
`*` for any type), `nth` which of these calls (from 1; every one where it is left out), and `do`

- `fail`: AWS answers with an error, and has done nothing;
- `lose`: AWS does it, and the answer is lost;
- `die`: AWS does it, and the provider's process ends before it can answer;
- `wait`: AWS does it, and answers after `seconds`.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.engine.standin.memory import Memory


class FaultError(Exception):
    """AWS answers with an error, or not at all."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call."""

    do: str = ""
    seconds: float = 0

    def before(self) -> None:
        """What goes wrong before AWS does anything; raises `FaultError`."""
        if self.do == "fail":
            raise FaultError("InternalFailure: AWS could not do it, as this test wants")

    def after(self) -> None:
        """What goes wrong once AWS has done it; raises `FaultError`."""
        if self.do == "wait":
            time.sleep(self.seconds)
        elif self.do == "lose":
            raise FaultError("RequestError: send request failed: connection reset by peer, as this test wants")
        elif self.do == "die":
            os._exit(137)


def fault_of(operation: str, kind: str, memory: Memory) -> Fault:
    """The fault that this call of `operation` on a `kind` meets; each call is counted."""
    file = Path(os.environ.get("STANDIN_AWS_FAULTS", ""))
    if not file.is_file():
        return Fault()
    for index, fault in enumerate(json.loads(file.read_text(encoding="utf-8"))):
        if fault["on"] in (f"{operation} {kind}", f"{operation} *"):
            nth = memory.count(f"fault {index} {file.stat().st_mtime_ns}") + 1
            if fault.get("nth") in (None, nth):
                return Fault(fault["do"], fault.get("seconds", 0))
    return Fault()
