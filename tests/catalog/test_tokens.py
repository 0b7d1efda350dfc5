"""Type tokens are spelled in one place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from ascent.catalog.tokens import is_built, module_of, short, type_of
from tests.commands.small_plan import resource

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r"\b(?:aws|awsx|aws-native|pulumi|kubernetes|random|ascent):[\w./-]+:[A-Za-z]\w*")
COMPONENTS = ROOT / "ascent" / "catalog" / "layers.py"
"""Where Ascent's own components are named that `ascent/` must know."""


def quoted(path: Path) -> list[str]:
    """Places of tokens in a file: in Python's strings, docstrings aside, and in the text of other files."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [f"{path.relative_to(ROOT)}: {token}" for token in TOKEN.findall(text)]
    nodes = list(ast.walk(ast.parse(text)))
    documents = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
        if TOKEN.search(node.value)
    ]


def test_no_token_is_quoted_outside_the_list() -> None:
    files = [
        p for p in (ROOT / "ascent").rglob("*") if p.suffix in (".py", ".yaml", ".csv", ".html") and p != COMPONENTS
    ]
    assert len(files) > 100
    found = [place for path in files for place in quoted(path)]
    assert not found, "write the constant of policies/pack/types.py instead:\n" + "\n".join(found)


def test_only_components_are_named_in_the_catalog() -> None:
    found = quoted(COMPONENTS)
    assert found
    assert all(": ascent:" in place for place in found)


def test_a_secret_is_one_whichever_api_makes_it() -> None:
    made = resource("aws:cloudcontrol/resource:Resource", "key", typeName="AWS::SecretsManager::Secret")
    other = resource("aws:cloudcontrol/resource:Resource", "slo", typeName="AWS::ApplicationSignals::Objective")
    assert (type_of(made), type_of(other)) == ("aws:secretsmanager/secret:Secret", other.type)


def test_what_a_token_says() -> None:
    assert short("aws:rds/instance:Instance") == "rds Instance"
    assert short("pulumi:pulumi:Stack") == "pulumi Stack"
    assert [module_of(t) for t in ("aws:vpc/x:X", "aws:s3/bucket:Bucket", "gcp:storage/bucket:Bucket")] == [
        "ec2",
        "s3",
        "gcp",
    ]
    assert not is_built(resource("pulumi:providers:aws", "default"))
