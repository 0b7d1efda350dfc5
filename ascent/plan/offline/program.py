"""Runs a program's own files inside this process, and cleans up after them."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping
    from types import TracebackType

_SHOWN_FRAMES = 3
_HOUSE = ("ascent", "common", "policies", "settings")
"""Packages that are loaded before a program runs."""


def run_main(directory: Path) -> None:
    """Execute `__main__.py` of `directory`; inside `program_environment` only."""
    path = directory / "__main__.py"
    main = sys.modules["__main__"]
    main.__file__ = str(path)
    exec(compile(path.read_bytes(), str(path), "exec"), main.__dict__)


@contextmanager
def program_environment(directory: Path, *, keep_modules: bool) -> Generator[None]:
    """Make `directory` the place where a program runs: working directory, first place of imports, main module.

    A program may have a package whose name one of Ascent's own has, say `settings`; it gets its own while it runs.

    Args:
        directory: absolute path of the directory that holds `__main__.py`.
        keep_modules: leave the modules that the program imports from `directory` in place, for a next run of the same
            program. Otherwise they are forgotten, so that the next program gets its own and module-level code runs
            anew.
    """
    modules_before = set(sys.modules)
    main_before, path_before, cwd_before = sys.modules["__main__"], list(sys.path), Path.cwd()
    main = sys.modules["__main__"] = ModuleType("__main__")
    sys.path.insert(0, str(directory))
    os.chdir(directory)
    hidden = _exchanged(_namesakes(directory), _own_namesakes.get(directory, {}))
    try:
        yield
    finally:
        own = _exchanged(hidden, hidden)
        if keep_modules:
            _own_namesakes[directory] = own
        os.chdir(cwd_before)
        sys.path[:] = path_before
        sys.modules["__main__"] = main_before
        if not keep_modules:
            _forget_modules(directory, set(sys.modules) - modules_before)
        # The SDK's caches keep the program's classes, and these would keep all that the program made.
        main.__dict__.clear()


_own_namesakes: dict[Path, Mapping[str, ModuleType]] = {}
"""Modules of programs that are kept for their next run, and whose names Ascent's own modules have."""


def _namesakes(directory: Path) -> list[str]:
    """Packages of the program whose names are taken by packages of Ascent that lie elsewhere."""
    found: list[str] = []
    for name in _HOUSE:
        file = getattr(sys.modules.get(name), "__file__", None)
        own = (directory / name).is_dir() or (directory / f"{name}.py").is_file()
        if own and file and not Path(file).resolve().is_relative_to(directory):
            found.append(name)
    return found


def _exchanged(names: Collection[str], others: Mapping[str, ModuleType]) -> dict[str, ModuleType]:
    """Take modules, with those below them, out of their place and put others there; the answer is what was there."""
    roots = {name.partition(".")[0] for name in names}
    taken = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] in roots}
    sys.modules.update(others)
    return taken


def _forget_modules(directory: Path, names: set[str]) -> None:
    for name in names:
        module = sys.modules[name]
        file = getattr(module, "__file__", None)
        if not file or not _is_own(Path(file), directory):
            continue
        del sys.modules[name]
        # `from package import module` would find the old module as the package's attribute.
        package, _, attribute = name.rpartition(".")
        if package in sys.modules and getattr(sys.modules[package], attribute, None) is module:
            delattr(sys.modules[package], attribute)


def _is_own(file: Path, directory: Path) -> bool:
    """Whether `file` belongs to the program, not to a virtual environment inside its directory."""
    return file.is_relative_to(directory) and "site-packages" not in file.parts


def own_frames(trace: TracebackType | None, directory: Path) -> str:
    """The innermost of the program's own places in a traceback, innermost first; empty when there are none."""
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = Path(code.co_filename)
        if _is_own(file, directory):
            place = f"{file.relative_to(directory)}:{trace.tb_lineno}"
            places.append(place if code.co_name == "<module>" else f"{place} in {code.co_name}")
        trace = trace.tb_next
    return ", ".join(places[: -_SHOWN_FRAMES - 1 : -1])


def blocking_lookup(trace: TracebackType | None) -> str:
    """Name of the provider's function (`get_…`) that a traceback passes through; empty without one."""
    while trace is not None:
        code = trace.tb_frame.f_code
        packages = {part for part in Path(code.co_filename).parts if part.startswith("pulumi_")}
        if packages and code.co_name.startswith("get_"):
            return code.co_name
        trace = trace.tb_next
    return ""


def aws_call(trace: TracebackType | None) -> str:
    """The call of AWS's own SDK that a traceback passes through, as `sts GetCallerIdentity`; empty without one."""
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name == "_make_api_call" and "botocore" in Path(frame.f_code.co_filename).parts:
            model = getattr(getattr(frame.f_locals.get("self"), "meta", None), "service_model", None)
            return f"{getattr(model, 'service_name', 'aws')} {frame.f_locals.get('operation_name', '')}".strip()
        trace = trace.tb_next
    return ""
