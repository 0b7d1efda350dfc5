"""Loads the SDK of the AWS providers with its annotations left unevaluated until somebody asks for one.

Half of the time that these packages take to import goes into types of arguments, tens of thousands of them, of which a
program uses a few hundred. Pulumi reads them by `typing.get_type_hints`, which evaluates what it is asked for. Python
3.14 leaves annotations unevaluated by itself (PEP 649); compiled with the flag of PEP 563 they are so before.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType

_PACKAGES: Final = ("pulumi_aws.", "pulumi_awsx.")
_FLAG: Final = annotations.compiler_flag
_EVALUATED_LATER: Final = (3, 14)
"""Python that needs none of this."""


def leave_unevaluated() -> None:
    """From here on, load modules of the AWS providers' SDK with unevaluated annotations."""
    if sys.version_info < _EVALUATED_LATER:
        sys.meta_path.insert(0, _Finder)


class _Finder:
    """Finds modules where Python's own finder does, and gives them the loader below."""

    @staticmethod
    def find_spec(
        fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith(_PACKAGES):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = UnevaluatedLoader(spec.loader.name, spec.loader.path)
        return spec


class UnevaluatedLoader(SourceFileLoader):
    """Loads a module's source, and keeps its bytecode beside Python's own under another name."""

    def get_code(self, fullname: str) -> CodeType | None:
        """The module's code; as Python has it where its bytecode could not be kept, for compiling takes longer."""
        kept = cache_from_source(self.path, optimization="unevaluated")
        stats = self.path_stats(self.path)
        head = MAGIC_NUMBER + b"".join(int(stats[name]).to_bytes(8, "little") for name in ("mtime", "size"))
        try:
            found = self.get_data(kept)
        except OSError:
            found = b""
        if found.startswith(head):
            return marshal.loads(memoryview(found)[len(head) :])
        if sys.dont_write_bytecode or not _writable(os.path.dirname(kept)):
            return super().get_code(fullname)
        code = compile(self.get_data(self.path), self.path, "exec", flags=_FLAG, dont_inherit=True)
        self.set_data(kept, head + marshal.dumps(code))
        return code


def _writable(directory: str) -> bool:
    there = directory if os.path.isdir(directory) else os.path.dirname(directory)
    return os.access(there, os.W_OK)
