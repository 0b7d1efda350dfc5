"""What a document refers to, and whether it exists: links, files, commands, settings."""

from __future__ import annotations

import ast
import posixpath
import re
import shlex
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, get_args

from ascent.commands import COMMANDS
from ascent.readiness.content.makefile import targets
from ascent.readiness.content.prose import fences, visible, without_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.readiness.content.repository import Repository

_LINK: Final = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_CODE: Final = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_SHELLS: Final = ("", "sh", "bash", "shell", "console")
"""What fenced code may be called that holds commands."""
_INDENTED: Final = re.compile(r"(?:\A|\n\n)((?:(?: {4}|\t)[^\n]*(?:\n|\Z))+)")
_FILE: Final = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+\.[a-z]{1,5}")
_SETTING: Final = re.compile(r"(?:ascent:)?([a-z][A-Za-z]*(?:\.[a-z][A-Za-z0-9]*)+)(?:\[\d*\])?(?::? .*)?")
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE)

_INCLUDED: Final = re.compile(r"^-?include[ \t]+(\S+)", re.MULTILINE)
_PULUMI: Final = re.compile(
    "up|preview|destroy|stack|config|login|logout|refresh|import|state|cancel|new|policy|plugin|whoami|version|logs|"
    "watch|org|env|package|install|convert|about|console|schema"
)
_AWS: Final = re.compile(r"[a-z][a-z0-9-]*\s[a-z][a-z0-9-]+")


def lack_of_references(path: str, text: str, repository: Repository) -> str:
    """What a document names that does not exist; empty for nothing.

    Args:
        path: the document's.
        text: Markdown.
        repository: the project's files.
    """
    said = visible(text)
    prose = without_code(said)
    for target in _LINK.findall(prose):
        if _ELSEWHERE.match(target):
            continue
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), target.partition("#")[0]))
        if wanted not in repository.paths and not wanted.startswith(".."):
            return f"links to {target}, which is not there"
    for code in _CODE.findall(prose):
        if _FILE.fullmatch(code) and code.partition("/")[0] in repository.paths and code not in repository.paths:
            return f"names {code}, which is not there"
        setting = _SETTING.fullmatch(code)
        if setting and not is_setting(setting[1]):
            return f"names {setting[1]}, which is no setting"
    for words in commands(said):
        wrong = wrong_command(words, repository)
        if wrong:
            return wrong
    return ""


@lru_cache(256)
def commands(text: str) -> tuple[list[str], ...]:
    """The commands in a document's code, each as its words, without comments."""
    return tuple(_commands(text))


def _commands(text: str) -> Iterator[list[str]]:
    fenced = [body for name, body in fences(text) if name in _SHELLS]
    blocks = [*fenced, *_INDENTED.findall(without_code(text)), *_CODE.findall(without_code(text))]
    for block in blocks:
        joined = re.sub(r"\\\n\s*", " ", block)
        for line in joined.splitlines():
            for part in re.split(r"\|\||&&|;|\||\$\(|\(", line.strip().removeprefix("$ ")):
                words = _words(part)
                if words:
                    yield words


def _words(part: str) -> list[str]:
    lexer = shlex.shlex(part.strip(" )\"'"), posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = "#"
    try:
        words = list(lexer)
    except ValueError:
        words = part.split()
    while words and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*=.*", words[0]):
        words = words[1:]
    return words


def known_commands(text: str, repository: Repository) -> int:
    """Number of commands in a document that are known and right."""
    return sum(_program(words)[0] != "" and not wrong_command(words, repository) for words in commands(visible(text)))


def wrong_command(words: list[str], repository: Repository) -> str:
    """What is wrong with a command; empty for a right one, and for programs that are not known here."""
    program, rest = _program(words)
    names = [word for word in rest if not word.startswith("-")]
    first = names[0] if names else ""
    if program == "ascent" and first:
        if not re.fullmatch(r"[a-z][a-z-]*", first):
            return ""
        if first not in COMMANDS:
            return f"names the command ascent {first}, which does not exist"
        for word in rest:
            option = word.partition("=")[0]
            if re.fullmatch(r"--[a-z][a-z-]*", option) and option not in _options(first):
                return f"gives ascent {first} the option {option}, which it does not have"
    if program == "pulumi" and first and re.fullmatch(r"[a-z]+", first) and not _PULUMI.fullmatch(first):
        return f"names the command pulumi {first}, which does not exist"
    if program == "make" and re.fullmatch(r"[a-z-]+", first) and first not in targets(_makefile(repository)):
        return f"names make {first}, which the Makefile does not have"
    return ""


def _makefile(repository: Repository) -> str:
    """The Makefile, with what it includes by name."""
    text = repository.text("Makefile")
    return "\n".join([text, *(repository.text(path) for path in _INCLUDED.findall(text))])


def _program(words: list[str]) -> tuple[str, list[str]]:
    """The program that a command calls, by its own name, and what follows; empty for one that is not known here."""
    head = words[0].rpartition("/")[2]
    if head in ("python", "python3") and words[1:3] == ["-m", "ascent"]:
        return "ascent", words[3:]
    if head in ("ascent", "pulumi", "make") and len(words) > 1:
        return head, words[1:]
    if head == "aws" and _AWS.fullmatch(" ".join(words[1:3])):
        return head, words[1:]
    return "", []


@cache
def _options(command: str) -> frozenset[str]:
    """The options of a command of ours, read from its text: loading all commands would take longer than judging."""
    found = {"--help", "--version"}
    folder = files("ascent.cli")
    module = ast.parse((folder / f"{command.replace('-', '_')}.py").read_text(encoding="utf-8"))
    for tree in (module, ast.parse((folder / "shared" / "options.py").read_text(encoding="utf-8"))):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("--"):
                found |= {option for option in re.split(r"[/,\s]+", node.value) if option.startswith("--")}
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name == "run":
            every = [*node.args.args, *node.args.kwonlyargs]
            names = [argument.arg.replace("_", "-") for argument in every]
            found |= {f"--{name}" for name in names} | {f"--no-{name}" for name in names}
    return frozenset(found)


def is_setting(path: str) -> bool:
    """Whether a dotted path leads to a setting; what begins with no section is taken for something else."""
    section, *rest = path.split(".")
    return section not in _sections() or _leads(_sections()[section], rest)


@cache
def _sections() -> dict[str, Any]:
    from settings.load import SECTIONS
    from settings.schema import Settings
    from settings.validation import camel

    return {camel(name): Settings.model_fields[name].annotation for name in SECTIONS}


def _leads(annotation: Any, rest: list[str]) -> bool:  # noqa: ANN401 - any annotation
    from settings.validation import camel

    if not rest:
        return True
    models = [one for one in (annotation, *get_args(annotation)) if hasattr(one, "model_fields")]
    if not models:
        # A mapping: whoever writes it chooses the key.
        return bool(get_args(annotation))
    return any(
        camel(name) == rest[0] and _leads(field.annotation, rest[1:])
        for model in models
        for name, field in model.model_fields.items()
    )


def settings_named(text: str, section: str) -> int:
    """Number of settings that a text names in code: those of a section, with or without its name.

    Args:
        text: Markdown.
        section: of the settings; for what is none, the settings outside of the sections count.
    """
    every = _sections().get(section)
    if every is None:
        from settings.schema import Settings

        every = Settings
    return sum(_leads(every, code.removeprefix(f"{section}.").split(".")) for code in set(_CODE.findall(text)))


def has_command(text: str, wanted: str) -> bool:
    """Whether a document gives a command, with other words between or behind those that are wanted.

    Args:
        text: Markdown.
        wanted: such as `pulumi stack init --secrets-provider`.
    """
    asked = wanted.split()
    return any(
        words[0].rpartition("/")[2] == asked[0] and {*asked[1:]} <= {word.partition("=")[0] for word in words}
        for words in commands(visible(text))
    )
