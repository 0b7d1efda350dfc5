"""Reads Pulumi.yaml and Pulumi.<stack>.yaml as text and yields what a program sees as its configuration.

Needs neither the CLI nor a passphrase: an encrypted value is replaced by a placeholder that names where it stands
(`settings.sealed`), so a change from a fork can be planned without access to any secret.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from common.problems import InputError, Problem
from common.yaml_text import LeadingZero, read_with_rows, read_yaml
from settings.sealed import seal

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT_FILE: Final = "Pulumi.yaml"
_STACK_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StackConfig:
    """One stack of a project, as far as files tell."""

    project: str
    stack: str
    directory: Path
    """Absolute path of the directory that holds the program's `__main__.py`."""
    values: Mapping[str, str]
    """Configuration by full key (`ascent:network`); text as it stands, anything else as JSON text."""
    secret_keys: frozenset[str]
    """Keys whose value is encrypted, wholly or in part."""
    file: Path | None = None
    """The stack file; None for a stack that no file describes."""
    environments: tuple[str, ...] = ()
    """Environments of Pulumi ESC that the stack takes values from; only Pulumi Cloud knows them."""

    @property
    def root(self) -> Path:
        """Where the stack's file is, and with it the project's; the program's directory where there is none."""
        return self.file.parent if self.file else self.directory

    @property
    def note(self) -> str:
        """What a plan of these files does not know; empty where it knows all."""
        if not self.environments:
            return ""
        return (
            f"Pulumi.{self.stack}.yaml: environment is {', '.join(self.environments)}: the values of Pulumi ESC are "
            "known to Pulumi Cloud only, so this is without them; write under config what should be counted in, "
            "it comes before them anyway"
        )


@dataclass(frozen=True, slots=True)
class Variant:
    """A stack of the project with some of its configuration replaced: what it would be with another tier."""

    stack: str
    changes: tuple[tuple[str, str], ...] = ()
    """Full keys (`ascent:tier`) with the text that stands in place of the stack file's."""


def stack_of(name: str | Variant) -> str:
    """The stack's own name, be it one of the project or a variant of it."""
    return name if isinstance(name, str) else name.stack


def stack_names(directory: Path) -> list[str]:
    """Names of all stacks that have a file in the project at `directory`, sorted."""
    return _names_in(_config_directory(directory, _read_project(directory)))


def read_stack(
    directory: Path, stack: str, changes: Mapping[str, str] | None = None, *, bare: bool = False
) -> StackConfig:
    """Read one stack of the project whose Pulumi.yaml is in `directory`.

    Args:
        directory: where Pulumi.yaml is.
        stack: name of the stack.
        changes: configuration by full key that comes before the stack file's; None for none.
        bare: where the project has no stack file at all, the stack has the project's defaults; otherwise refuse it.

    Raises:
        InputError: no such project or stack, malformed YAML, or configuration of a wrong shape.
    """
    project = _read_project(directory)
    _must_be_python(project)
    name = project["name"]
    config_directory = _config_directory(directory, project)
    path = config_directory / f"Pulumi.{stack}.yaml"
    names = _names_in(config_directory)
    without_file = bare and not names
    if not _STACK_NAME.fullmatch(stack) or not (path.is_file() or without_file):
        known = ", ".join(names) or "none"
        raise InputError(f"no stack {stack!r}: there is no Pulumi.{stack}.yaml; the stacks are: {known}")
    document = None if without_file else read_yaml(path)
    given = {
        **_project_config(project),
        **_config_of(path.name, document, name),
        **(changes or {}),
    }
    for key, value in given.items():
        _refuse_leading_zeros(path, value, key, ("config", key))
    sealed: set[str] = set()
    values = {key: _as_text(_unsealed(value, key, key, sealed)) for key, value in given.items()}
    return StackConfig(
        project=name,
        stack=stack,
        directory=_program_directory(directory, project),
        file=path,
        values={key: value for key, value in values.items() if value is not None},
        secret_keys=frozenset(sealed),
        environments=_environments(document),
    )


def _read_project(directory: Path) -> dict[str, Any]:
    path = directory / PROJECT_FILE
    if not path.is_file():
        raise InputError(f"{directory}: there is no {PROJECT_FILE}; name the directory of a Pulumi project with --cwd")
    project = read_yaml(path)
    if not isinstance(project, dict) or not isinstance(project.get("name"), str):
        raise InputError(f"{PROJECT_FILE}: name: is missing; give the project a name")
    return project


def _must_be_python(project: Mapping[str, Any]) -> None:
    runtime = project.get("runtime")
    language = runtime.get("name") if isinstance(runtime, dict) else runtime
    if language != "python":
        raise InputError(
            f"{PROJECT_FILE}: runtime: is {language}; only python programs can be planned; of others, write a preview "
            "with `pulumi preview --json --show-sames` and pass it as --preview FILE"
        )


def _config_directory(directory: Path, project: Mapping[str, Any]) -> Path:
    return directory / str(project.get("stackConfigDir") or "")


def _names_in(directory: Path) -> list[str]:
    names = (p.name.removeprefix("Pulumi.").removesuffix(".yaml") for p in directory.glob("Pulumi.?*.yaml"))
    return sorted(names)


def _program_directory(directory: Path, project: Mapping[str, Any]) -> Path:
    main = str(project.get("main") or "")
    program = (directory / main).resolve()
    if not (program / "__main__.py").is_file():
        place = f"{PROJECT_FILE}: main: {main}" if main else str(directory)
        raise InputError(f"{place}: there is no __main__.py in it; name the directory of the program")
    return program


def _project_config(project: Mapping[str, Any]) -> dict[str, Any]:
    """The defaults in Pulumi.yaml: `key: value`, or `key: {value: …}`, or `key: {default: …}`."""
    found: dict[str, Any] = {}
    for key, declared in _config_of(PROJECT_FILE, project, project["name"]).items():
        if isinstance(declared, dict):
            declared = declared.get("value", declared.get("default"))
        if declared is not None:
            found[key] = declared
    return found


def _config_of(file: str, document: Any, project: str) -> dict[str, Any]:  # noqa: ANN401 - any YAML value
    """The `config` mapping of a file, with the project's name before keys that have no namespace."""
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise InputError(f"{file}: is {_shape(document)}; it must be a mapping with the key config")
    config = document.get("config")
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise InputError(f"{file}: config: is {_shape(config)}; it must be a mapping, `aws:region: us-east-1`")
    return {key if ":" in (key := str(raw)) else f"{project}:{key}": value for raw, value in config.items()}


def _environments(document: Any) -> tuple[str, ...]:  # noqa: ANN401 - any YAML value
    """Names under `environment`: a list of names, of objects with the name as key, or an environment written there."""
    found = document.get("environment") if isinstance(document, dict) else None
    if isinstance(found, dict):
        found = found.get("imports") or ["written there"]
    names = found if isinstance(found, list) else [found] if found else []
    return tuple(str(next(iter(name), "")) if isinstance(name, dict) else str(name) for name in names)


def _shape(value: Any) -> str:  # noqa: ANN401 - any YAML value
    return "a list" if isinstance(value, list) else f"the value {value!r}"


def _unsealed(value: Any, path: str, key: str, sealed: set[str]) -> Any:  # noqa: ANN401 - any YAML value
    """`value` with placeholders for what is encrypted; `key` goes into `sealed` when there is any."""
    if isinstance(value, dict):
        if list(value) == ["secure"] and isinstance(value["secure"], str):
            sealed.add(key)
            return seal(path)
        return {str(k): _unsealed(v, f"{path}.{k}", key, sealed) for k, v in value.items()}
    if isinstance(value, list):
        return [_unsealed(v, f"{path}[{i}]", key, sealed) for i, v in enumerate(value)]
    return value


def _refuse_leading_zeros(file: Path, value: Any, place: str, location: tuple[int | str, ...]) -> None:  # noqa: ANN401
    """Refuse what Pulumi would read as another number than what stands there.

    Args:
        file: the stack file.
        value: any YAML value.
        place: where it stands, for people.
        location: keys and positions that lead there.
    """
    if isinstance(value, LeadingZero):
        wanted = "Pulumi takes a number with a leading zero for an octal one or cuts the zero off"
        problem = Problem(
            place, str(value), wanted, f'put it in quotes: "{value}"', read_with_rows(file)[1].at(location)
        )
        raise InputError(problem.line(file.name))
    if isinstance(value, dict):
        for key, one in value.items():
            _refuse_leading_zeros(file, one, f"{place}.{key}", (*location, str(key)))
    if isinstance(value, list):
        for position, one in enumerate(value):
            _refuse_leading_zeros(file, one, f"{place}[{position}]", (*location, position))


def _as_text(value: Any) -> str | None:  # noqa: ANN401 - any YAML value
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
