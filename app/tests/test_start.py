from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

APP = Path(__file__).parents[1]
GOOD = {
    "DATABASE_HOST": "db.example.com",
    "DATABASE_SECRET_ARN": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db",
    "JWT_SECRET": "only-on-this-machine-0123456789abcdef",
}


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    code = "from shop.core.settings import settings; settings()"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=APP,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_its_variables() -> None:
    assert start(GOOD).returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_HOST", None), ("JWT_SECRET", None), ("JWT_SECRET", "short-secret-12345"), ("PORT", "many"),
        ("PORT", "99999"), ("ALLOWED_ORIGINS", "*"), ("ALLOWED_ORIGINS", "https://*.example.com"),
        ("DATABASE_SECRET_ARN", None), ("DATABASE_TLS", "maybe"), ("RETENTION_DAYS", "1"), ("ENVIRONMENT", "test"),
    ],
)  # fmt: skip
def test_it_does_not_start_without_them(name: str, value: str | None) -> None:
    environment = {**GOOD, name: value} if value is not None else {k: v for k, v in GOOD.items() if k != name}
    ended = start({k: v for k, v in environment.items() if v is not None})
    assert ended.returncode == 78
    assert name in ended.stdout
    assert ended.stderr == ""
    assert "short-secret-12345" not in ended.stdout


def stages() -> list[str]:
    text = (APP / "Dockerfile").read_text(encoding="utf-8")
    return re.split(r"(?m)^(?=FROM )", text)[1:]


def test_the_image_is_built_in_stages_that_cache() -> None:
    build, final = stages()
    assert build.index("COPY requirements.txt") < build.index("pip install")
    assert "--require-hashes" in build
    assert "COPY --from=build" in final
    assert "pip install" not in final


def test_the_image_is_slim_and_nobodys() -> None:
    _, final = stages()
    assert re.match(r"FROM python:3\.\d+-slim-\w+\n", final)
    assert re.search(r"(?m)^USER 10001:10001$", final)
    assert "HEALTHCHECK" in final
    ignored = (APP / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    copied = set(re.findall(r"(?m)^COPY (?!--from)(\S+)", "".join(stages())))
    assert {f"!{name.removeprefix('./')}" for name in copied} == {line for line in ignored if line.startswith("!")}
