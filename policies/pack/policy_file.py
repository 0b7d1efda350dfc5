"""Policy configuration as it is written.

One file serves the engine (`pulumi preview --policy-pack policies --policy-pack-config FILE`) and the offline plan:

    {
      "all": "advisory",
      "rds-multi-az": "mandatory",
      "log-retention": {"enforcementLevel": "mandatory", "days": 400}
    }
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator

from common.problems import InputError, Problem, RefusedError, closest, shown
from common.validation import Translation
from common.yaml_text import Rows
from policies.pack.configuration import WAIVERS_POLICY, Configuration
from policies.pack.levels import Level
from policies.pack.parameters import RESERVED, allowed
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from policies.pack.facts import Value
    from policies.pack.parameters import Parameter

EVERYTHING: Final = "all"
"""The name under which a file sets the level of all policies that it does not name."""


class PolicyEntry(BaseModel):
    """What is written of one policy: its level alone, or an object with level and parameters.

    Args:
        level: enforcement; what is not written stays as it is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Level = Field(default=Level.ADVISORY, alias=RESERVED)

    @model_validator(mode="before")
    @classmethod
    def _of_a_level(cls, written: Any) -> Any:  # noqa: ANN401 - whatever is written
        return written if isinstance(written, Mapping) else {RESERVED: written}


def load_policy_config(path: Path) -> Configuration:
    """Read a file in the form of `--policy-pack-config`.

    Args:
        path: JSON file.

    Raises:
        InputError: it is no JSON, or names a policy, level or parameter that does not exist; a line for each.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
    except OSError as error:
        line = f"{path.name}: cannot be read ({error.strerror}); name a policy configuration file"
        raise InputError(line) from None
    except (ValueError, RecursionError) as error:
        where = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f'{path.name}{where}: is not valid JSON; write {{"log-retention": "advisory"}}') from None
    # JSON is YAML, apart from tabs between its words.
    return read_policy_config(content, path.name, Rows(text.replace("\t", " ")))


def read_policy_config(content: Value, source: str = "policy configuration", rows: Rows | None = None) -> Configuration:
    """Read a policy configuration out of parsed JSON.

    Args:
        content: what is configured.
        source: the file's name.
        rows: lines of the file; None where there are none.

    Raises:
        InputError: something in it is not allowed; a line for each.
    """
    levels: dict[str, Level] = {}
    values: dict[str, Mapping[str, Value]] = {}
    problems: list[Problem] = []
    if not isinstance(content, Mapping):
        wanted = "it must be an object of policies and levels"
        problems.append(Problem("the file", shown(content), wanted, 'write {"log-retention": "advisory"}'))
        content = {}
    for name, written in content.items():
        try:
            model = _model(name)
            entry = model.model_validate(written)
        except KeyError:
            problems.append(_unknown(name, rows))
        except ValidationError as error:
            problems += Translation(model=model, root=name, rows=rows, within=(name,)).problems(error)
        else:
            given = entry.model_dump(exclude_unset=True)
            if level := given.pop("level", None):
                levels[name] = level
            if given:
                values[name] = given
    if problems:
        raise InputError("\n".join(problem.line(source) for problem in problems))
    if EVERYTHING in levels:
        levels = {**dict.fromkeys((*RULES, WAIVERS_POLICY), levels.pop(EVERYTHING)), **levels}
    return Configuration(levels=levels, values=values)


@cache
def _model(name: str) -> type[PolicyEntry]:
    """What may be written of a policy.

    Raises:
        KeyError: there is no such policy.
    """
    if name in (WAIVERS_POLICY, EVERYTHING):
        return PolicyEntry
    parameters: dict[str, Any] = {
        p.name: (Annotated[Any, AfterValidator(partial(_admitted, p))], None) for p in RULES[name].parameters
    }
    return create_model("PolicyEntry", __base__=PolicyEntry, **parameters)


def _admitted(parameter: Parameter[Any], value: Value) -> Value:
    if wrong := parameter.wrong(value):
        part = "" if wrong[0] == value else f"{shown(wrong[0])} is not allowed, "
        fix = "correct it, or leave it out for the tier's own"
        raise RefusedError(f"{part}it must be {allowed(parameter.schema)}", fix)
    return value


def _unknown(name: str, rows: Rows | None) -> Problem:
    near = closest(name, RULES)
    wanted = f"allowed are the ids of rules, {WAIVERS_POLICY} and {EVERYTHING}"
    fix = f"write {near}" if near else "take an id from the policy listing"
    return Problem(name, "no rule", wanted, fix, rows.at((name,)) if rows else None)
