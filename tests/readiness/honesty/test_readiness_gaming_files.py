"""Files that look like evidence and are none: each takes its item away, and none raises a score."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ascent.readiness.content.repository import matches
from ascent.readiness.documents import prove
from ascent.readiness.model import FileProof, Status
from tests.readiness.honesty.gaming import assessed, honest, met, shipped, sources
from tests.readiness.readiness_things import ground
from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

LOREM = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore "
    "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo. "
)
EVASIVE = "This section will be written when the team has found the time to agree on what it is that it should say. "
WORDS = "blue orange ladder window kettle marble pencil carpet bottle engine forest garden hammer island jacket "


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if re.match("#+ ", line)]


def headings_only(text: str) -> str:
    return "\n".join(headings(text))


def filled(filling: str) -> Callable[[str], str]:
    """The right headings, and the same below each."""
    return lambda text: (
        "".join(f"{line}\n\n{filling}\n\n" for line in text.splitlines() if re.match("#+ ", line)) or filling
    )


def commented(text: str) -> str:
    return f"<!--\n{text}\n-->\n"


def fenced(text: str) -> str:
    return f"# Title\n\n```text\n{text.replace('```', '')}\n```\n"


def repeated_headings(text: str) -> str:
    return (
        "".join(f"{line}\n\n{line.lstrip('# ')}\n\n" for line in text.splitlines() if re.match("#+ ", line)) or text[:9]
    )


DOCUMENTS: dict[str, Callable[[str], str]] = {
    "one letter": lambda _: "x",
    "a space": lambda _: " \n",
    "headings only": headings_only,
    "headings as text": repeated_headings,
    "lorem ipsum": filled(LOREM),
    "lorem ipsum once": filled(LOREM[:60]),
    "one sentence everywhere": filled(EVASIVE),
    "one sentence over and over": filled(EVASIVE * 20),
    "to be written": filled("TBD"),
    "a promise": filled("TODO: write this section before the next release of the product goes out."),
    "words without sentences": filled(WORDS * 2),
    "in a comment": commented,
    "in a code block": fenced,
}
"""Ways to write a document that says nothing."""

GUIDED = {
    "docs/adr/0009-load-balancers-instead-of-a-reverse-proxy.md": 13,
    "docs/adr/0010-no-docker-swarm.md": 52,
    "README.md": 214,
    "docs/runbooks/README.md": 214,
    "docs/runbooks/latency.md": 219,
    "docs/layers/network.md": 179,
    "docs/adr/0004-rules-as-pure-functions-with-three-verdicts.md": 220,
    "docs/report.md": 213,
    "docs/readiness.md": 223,
    "docs/advise.md": 224,
}
"""Documents, each with an item of prod that rests on it."""


@pytest.mark.parametrize("way", DOCUMENTS)
@pytest.mark.parametrize("path", GUIDED)
def test_a_document_that_says_nothing_proves_nothing(path: str, way: str) -> None:
    before = honest("prod")
    assert GUIDED[path] in met(before)
    after = assessed(shipped("prod"), {path: DOCUMENTS[way](sources().repository.texts[path])})
    assert GUIDED[path] not in met(after)
    assert met(after) < met(before)
    assert after.score.earned < before.score.earned


def adr(text: str) -> str:
    return text.replace("**Status:** accepted, November 2026", "**Status:** proposed")


def without_alternatives(text: str) -> str:
    return (
        text.partition("## Alternatives")[0]
        + "## Alternatives\n\nnginx, Traefik, Swarm. All of them were looked at by us.\n"
    )


LIES: list[tuple[str, Callable[[str], str], int]] = [
    ("docs/adr/0010-no-docker-swarm.md", adr, 52),
    ("docs/adr/0009-load-balancers-instead-of-a-reverse-proxy.md", without_alternatives, 13),
    ("docs/adr/0010-no-docker-swarm.md", lambda t: t.replace("Swarm", "Nomad"), 52),
    ("docs/adr/0009-load-balancers-instead-of-a-reverse-proxy.md", lambda t: t.replace("Traefik", "Caddy"), 13),
    ("docs/runbooks/latency.md", lambda t: t.replace("compute.maxCount", "compute.mostTasks"), 219),
    ("docs/runbooks/latency.md", lambda t: t.replace("(database-cpu.md)", "(database-gone.md)"), 219),
    ("docs/runbooks/latency.md", lambda t: re.sub(r"(?i)target|response|time", "thing", t), 219),
    ("docs/runbooks/latency.md", lambda t: re.sub(r"\baws \w", "do w", t), 219),
    ("README.md", lambda t: t.replace("pulumi destroy", "pulumi obliterate"), 214),
    ("README.md", lambda t: t.replace(".venv/bin/ascent verify dev", ".venv/bin/ascent bless dev"), 214),
    ("README.md", lambda t: t.replace("pulumi login", "pulumi whoami"), 178),
    ("docs/advise.md", lambda t: t.replace("advise dev --next 10", "advise dev --quick 10"), 224),
    ("docs/report.md", lambda t: t.replace("ascent/report/page/subject.py", "ascent/report/page/gone.py"), 213),
    (
        "docs/layers/network.md",
        lambda t: re.sub(r"`(cidr|azCount|nat|availabilityZones|interfaceEndpoints)`", "`x`", t),
        179,
    ),
    (".gitignore", lambda t: t.replace(".env", "# .env"), 102),
    (".gitignore", lambda t: t + "!.env\n", 102),
    ("Makefile", lambda t: t.replace("\t@$(BIN)/ruff check", "\t#@$(BIN)/ruff check"), 176),
    ("Makefile", lambda t: t.replace("/ruff check .\n", "/ruff check . || true\n", 1), 176),
    ("Makefile", lambda t: t.replace("\t@$(BIN)/ty check", "\t-$(BIN)/ty check"), 176),
    ("Makefile", lambda t: t.replace("\t@$(BIN)/python -m pytest", "\t@echo pytest"), 176),
    ("Makefile", lambda t: t.replace("test: lint", "test:"), 176),
    ("Makefile", lambda _: "# test: ruff check, ty check, pytest, ascent plan\n", 176),
    ("pyproject.toml", lambda _: "[tool.ruff.lint]\nselect = []\n", 176),
    ("pyproject.toml", lambda _: "# [tool.ruff.lint]\n# select = ['E']\n", 176),
    ("policies/PulumiPolicy.yaml", lambda _: "x", 176),
    ("policies/PulumiPolicy.yaml", lambda _: "runtime: python\nmain: gone.py\n", 176),
    ("tests/engine/test_engine_memory.py", lambda _: "def test_it():\n    pass\n", 177),
    ("tests/engine/test_engine_memory.py", lambda _: "def test_it():\n    assert True\n", 177),
    ("tests/policies/test_rules.py", lambda _: "# def test_it(): assert rules()\n", 177),
    ("tests/policies/test_rules.py", lambda _: "def test_it(:\n", 177),
    ("settings/schema.py", lambda _: "class Settings:\n    pass\n", 179),
    ("settings/schema.py", lambda _: "Settings = None\n", 179),
    ("settings/tiers.py", lambda _: "PROFILES = {}\n", 183),
    ("settings/tiers.py", lambda _: "PROFILES = {1: X, 2: X, 3: X}\n", 183),
    ("Pulumi.staging.yaml", lambda _: "x", 183),
    ("Pulumi.staging.yaml", lambda _: "config: {}\n", 183),
    ("Pulumi.staging.yaml", lambda t: t.replace("ascent:environment: staging", "ascent:environment: prod"), 183),
    ("Pulumi.dev.yaml", lambda t: t.replace("ascent:tier: mvp", "ascent:tier: best"), 183),
]
"""Files with something in them that is not true, or that does nothing, and the item that they take away."""


@pytest.mark.parametrize(("path", "lie", "item"), LIES)
def test_what_is_not_true_proves_nothing(path: str, lie: Callable[[str], str], item: int) -> None:
    before = honest("prod")
    assert item in met(before)
    text = sources().repository.text(path)
    assert lie(text) != text
    after = assessed(shipped("prod"), {path: lie(text)})
    assert item not in met(after)
    assert met(after) < met(before)


def test_a_copy_of_a_decision_is_none() -> None:
    texts = sources().repository.texts
    one = next(path for path in texts if matches(path, "docs/adr/*.md"))
    after = assessed(shipped("prod"), {"docs/adr/0099-copy.md": texts[one]})
    assert 220 not in met(after)


@pytest.mark.parametrize("stack", SHIPPED)
def test_new_files_bring_nothing(stack: str) -> None:
    """What has no proof yet is not met by a file that anybody could name."""
    extra = ("docs/incident-response.md", "docs/slo.md", ".github/workflows/deploy.yml", "Dockerfile", "docs/x.md")
    after = assessed(shipped(stack), dict.fromkeys(extra, "x"))
    assert met(after) == met(honest(stack))


WORKFLOW = """
on:
  push: {branches: [main]}
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683
      - run: |
          ruff check .
          pytest
  deploy:
    needs: test
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: pulumi up --stack prod --yes
"""
PROOF = FileProof(
    path=".github/workflows/deploy.yml",
    kind="workflow",
    names=("ruff", "pytest", "pulumi up", "environment: production|prod"),
)
WORKFLOWS: dict[str, tuple[str, str, str]] = {
    "no yaml": (WORKFLOW, "jobs: [", "is no YAML"),
    "words": (WORKFLOW, "ruff pytest pulumi up", "has no jobs"),
    "never started": ("on:\n  push: {branches: [main]}\n", "", "is started by nothing"),
    "a step as a comment": ("          pytest\n", "          # pytest\n", "runs nothing like pytest"),
    "a job as a comment": ("      - run: pulumi up", "#      - run: pulumi up", "runs nothing like pulumi up"),
    "only printed": ("          pytest\n", "          echo pytest\n", "runs nothing like pytest"),
    "cannot fail": ("          pytest\n", "          pytest || true\n", "runs nothing like pytest"),
    "a name only": (
        "      - run: pulumi up --stack prod --yes",
        "      - name: pulumi up",
        "runs nothing like pulumi up",
    ),
    "switched off": ("    needs: test\n", "    if: false\n", "runs nothing like pulumi up"),
    "switched off by an expression": ("    needs: test\n", "    if: ${{ false }}\n", "runs nothing like pulumi up"),
    "errors ignored": ("    needs: test\n", "    continue-on-error: true\n", "runs nothing like pulumi up"),
    "another environment": (
        "environment: production",
        "environment: sandbox",
        "has no job in the environment production or prod",
    ),
    "not pinned": ("checkout@11bd71901bbe5b1630ceea73d27597364c9af683", "checkout@v4", "is not pinned to a commit"),
    "all permissions": ("permissions: {contents: read}", "permissions: write-all", "grants its job test more than"),
    "no permissions said": ("permissions: {contents: read}\n", "", "grants its job test more than it needs"),
}


def test_a_workflow_that_does_what_it_says() -> None:
    assert prove(PROOF, ground({PROOF.path: WORKFLOW})).status is Status.MET


@pytest.mark.parametrize("way", WORKFLOWS)
def test_a_workflow_that_does_nothing(way: str) -> None:
    old, new, lack = WORKFLOWS[way]
    assert old in WORKFLOW
    found = prove(PROOF, ground({PROOF.path: WORKFLOW.replace(old, new)}))
    assert found.status is Status.UNMET
    assert lack in found.found


DOCKERFILE = """
FROM python:3.13-slim@sha256:{0} AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY src/ src/

FROM python:3.13-slim@sha256:{0}
COPY --from=build /app /app
USER 65534:65534
CMD ["python", "-m", "app"]
""".format("0" * 64)
IMAGE = FileProof(path="Dockerfile", kind="dockerfile", names=("stages", "cache", "small", "pinned", "user", "command"))


def test_a_dockerfile_that_is_as_asked() -> None:
    assert prove(IMAGE, ground({"Dockerfile": DOCKERFILE})).found == "there, and says what it must"


@pytest.mark.parametrize(
    ("old", "new", "lack"),
    [
        (DOCKERFILE, "# FROM python:3.13-slim\n", "has no stage"),
        ("COPY --from=build /app /app", "# COPY --from=build /app /app", "is not built in stages"),
        ("COPY requirements.txt .", "COPY . .", "copies everything before it installs"),
        (":3.13-slim", ":3.13", "which is no small base"),
        ("@sha256:" + "0" * 64, "", "names a base without its digest"),
        ("USER 65534:65534", "USER 65534\nUSER root", "runs as root"),
        ("USER 65534:65534\n", "", "runs as root"),
        ('CMD ["python"', '# CMD ["python"', "starts nothing"),
    ],
)
def test_a_dockerfile_that_is_not(old: str, new: str, lack: str) -> None:
    assert old in DOCKERFILE
    found = prove(IMAGE, ground({"Dockerfile": DOCKERFILE.replace(old, new)}))
    assert found.status is Status.UNMET
    assert lack in found.found
