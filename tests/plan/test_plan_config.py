"""Stack files read as text, as Pulumi's CLI reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ascent.plan.config import read_stack, stack_names
from common.problems import InputError
from settings.sealed import is_sealed, seal

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = "name: shop\nruntime: python\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text(PROJECT)
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  size: 1\n")
    (tmp_path / "Pulumi.prod.yaml").write_text("")
    (tmp_path / "__main__.py").write_text("")
    return tmp_path


def values(project: Path, text: str) -> dict[str, str]:
    (project / "Pulumi.dev.yaml").write_text(text)
    return dict(read_stack(project, "dev").values)


def test_keys_get_the_projects_namespace(project: Path) -> None:
    assert values(project, "config:\n  size: big\n  aws:region: x\n  shop:own: y\n") == {
        "shop:size": "big",
        "aws:region": "x",
        "shop:own": "y",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("text", "text"),
        ('"007"', "007"),
        ("true", "true"),
        ("12", "12"),
        ("1.5", "1.5"),
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("2026-01-01", "2026-01-01"),
        ("{b: [1, two], a: true}", '{"a":true,"b":[1,"two"]}'),
        ("[a, 'é']", '["a","é"]'),
        ("{secure: [not, encrypted]}", '{"secure":["not","encrypted"]}'),
    ],
)
def test_values_become_text(project: Path, text: str, value: str) -> None:
    assert values(project, f"config:\n  key: {text}\n") == {"shop:key": value}


def test_absent_and_empty_configuration(project: Path) -> None:
    assert values(project, "") == {}
    assert values(project, "config:\n") == {}
    assert values(project, "encryptionsalt: v1:x\nconfig:\n  key:\n") == {}


def test_project_defaults_and_overrides(project: Path) -> None:
    (project / "Pulumi.yaml").write_text(
        PROJECT + "config:\n  a: 1\n  b: {default: 2, description: x}\n  aws:region: {value: here}\n"
        "  c: {type: string}\n  d: {default: {x: 1}}\n"
    )
    assert values(project, "config:\n  shop:b: 3\n") == {
        "shop:a": "1",
        "shop:b": "3",
        "aws:region": "here",
        "shop:d": '{"x":1}',
    }


def test_encrypted_values_need_no_passphrase(project: Path) -> None:
    (project / "Pulumi.dev.yaml").write_text(
        "config:\n  plain: a\n  top: {secure: v1:x}\n  deep: {list: [a, {secure: v1:y}], map: {k: {secure: v1:z}}}\n"
    )
    stack = read_stack(project, "dev")
    assert stack.secret_keys == {"shop:top", "shop:deep"}
    assert stack.values["shop:top"] == seal("shop:top")
    assert json.loads(stack.values["shop:deep"]) == {
        "list": ["a", seal("shop:deep.list[1]")],
        "map": {"k": seal("shop:deep.map.k")},
    }
    assert is_sealed(stack.values["shop:deep"])
    assert not is_sealed(stack.values["shop:plain"])
    assert "v1:" not in "".join(stack.values.values())


def test_names_and_places(project: Path) -> None:
    assert stack_names(project) == ["dev", "prod"]
    stack = read_stack(project, "prod")
    assert (stack.project, stack.stack, stack.directory) == ("shop", "prod", project)


def test_program_and_stack_files_elsewhere(project: Path) -> None:
    (project / "infra").mkdir()
    (project / "infra" / "__main__.py").write_text("")
    (project / "stacks").mkdir()
    (project / "stacks" / "Pulumi.eu.yaml").write_text("config: {size: 2}\n")
    (project / "Pulumi.yaml").write_text(
        "name: shop\nruntime: {name: python, options: {virtualenv: .venv}}\nmain: infra\nstackConfigDir: stacks\n"
    )
    assert stack_names(project) == ["eu"]
    stack = read_stack(project, "eu")
    assert (stack.directory, stack.values) == (project / "infra", {"shop:size": "2"})


@pytest.mark.parametrize("stack", ["qa", "../dev", "a/b", ""])
def test_unknown_stack_lists_the_known_ones(project: Path, stack: str) -> None:
    with pytest.raises(InputError, match="the stacks are: dev, prod") as caught:
        read_stack(project, stack)
    assert str(caught.value).startswith(f"no stack {stack!r}: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("config:\n  a: [1\n", "Pulumi.dev.yaml:3:1: not valid YAML: "),
        ("config:\n\ta: 1\n", "Pulumi.dev.yaml:2:1: not valid YAML: "),
        ("config: {a: !!python/object:os.x {}}\n", "Pulumi.dev.yaml:1:13: not valid YAML: "),
        ("config: [a]\n", "Pulumi.dev.yaml: config: is a list; it must be a mapping"),
        ("config: text\n", "Pulumi.dev.yaml: config: is the value 'text'; it must be a mapping"),
        ("- a\n", "Pulumi.dev.yaml: is a list; it must be a mapping"),
    ],
)
def test_malformed_stack_file_is_one_line(project: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        values(project, text)
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_stack_file_that_is_no_text(project: Path) -> None:
    (project / "Pulumi.dev.yaml").write_bytes(b"config: \xff\xfe")
    with pytest.raises(InputError, match=r"Pulumi\.dev\.yaml: cannot be read: is not UTF-8 text"):
        read_stack(project, "dev")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("runtime: python\n", "Pulumi.yaml: name: is missing"),
        ("name: shop\nruntime: nodejs\n", "Pulumi.yaml: runtime: is nodejs; only python"),
        (PROJECT + "main: infra\n", "Pulumi.yaml: main: infra: there is no __main__.py"),
        ("name: [\n", "Pulumi.yaml:2:1: not valid YAML"),
    ],
)
def test_malformed_project(project: Path, text: str, says: str) -> None:
    (project / "Pulumi.yaml").write_text(text)
    with pytest.raises(InputError) as caught:
        read_stack(project, "dev")
    assert str(caught.value).startswith(says)


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no Pulumi\.yaml"):
        read_stack(tmp_path, "dev")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("config: {}\n", ()),
        ("environment: []\n", ()),
        ("environment: [shop/base, {shop/dev: {merge: false}}]\n", ("shop/base", "shop/dev")),
        ("environment: {imports: [shop/base]}\n", ("shop/base",)),
        ("environment: {values: {pulumiConfig: {}}}\n", ("written there",)),
    ],
)
def test_environments_of_pulumi_esc_are_named(project: Path, text: str, names: tuple[str, ...]) -> None:
    (project / "Pulumi.dev.yaml").write_text(text)
    stack = read_stack(project, "dev")
    assert stack.environments == names
    assert stack.note.startswith(f"Pulumi.dev.yaml: environment is {', '.join(names)}: ") is bool(names)
