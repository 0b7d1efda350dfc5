"""The container on both kinds of compute: what ECS is told, what an instance runs, and what answers by default."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from components.compute.container import Container
from components.compute.placeholder import PLACEHOLDER_COMMAND, PLACEHOLDER_IMAGE
from components.compute.task import container_definition
from components.compute.user_data import script
from settings.sections.compute import ComputeSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from components.foundation.context import Context

SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:key-AbCdEf"
PARAMETER = "arn:aws:ssm:us-east-1:111111111111:parameter/dev/app/key"
LOG = "/shop/dev/app"
DIGEST = "sha256:" + "a" * 64


def container(**compute: Any) -> Container:  # noqa: ANN401 - any setting
    # An output needs an event loop, which these tests do without; both values are only handed on.
    options = {"awslogs-group": LOG, "awslogs-region": "us-east-1", "mode": "non-blocking"}
    log: Any = SimpleNamespace(
        name=LOG,
        arn=f"arn:aws:logs:us-east-1:111111111111:log-group:{LOG}",
        driver=lambda region, prefix: {"logDriver": "awslogs", "options": {**options, "awslogs-stream-prefix": prefix}},
    )
    return Container(
        compute=ComputeSettings(**compute),
        log=log,
        environment={"PORT": "8000", "GREETING": "it's $HOME"},
        secrets={"KEY": SECRET, "PARAMETER": PARAMETER},
    )


def test_without_an_image_the_placeholder_runs() -> None:
    made = container()
    assert (made.image, made.command) == (PLACEHOLDER_IMAGE, PLACEHOLDER_COMMAND)


def test_an_image_keeps_its_own_command() -> None:
    assert container(image="shop:1.0").command is None
    assert container(image="shop:1.0", command=("serve",)).command == ("serve",)


def test_definition_for_ecs() -> None:
    made = container_definition(container(image=f"shop@{DIGEST}", port=9000, user="1000:1000"), "us-east-1")
    assert made == {
        "name": "application",
        "image": f"shop@{DIGEST}",
        "essential": True,
        "user": "1000:1000",
        "readonlyRootFilesystem": True,
        "linuxParameters": {
            "initProcessEnabled": True,
            "capabilities": {"drop": ["ALL"]},
            "tmpfs": [{"containerPath": "/tmp", "size": 64}],
        },
        "portMappings": [{"containerPort": 9000, "hostPort": 9000, "protocol": "tcp"}],
        "environment": [{"name": "GREETING", "value": "it's $HOME"}, {"name": "PORT", "value": "8000"}],
        "secrets": [{"name": "KEY", "valueFrom": SECRET}, {"name": "PARAMETER", "valueFrom": PARAMETER}],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": LOG,
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "application",
                "mode": "non-blocking",
            },
        },
    }


def statements(made: Container, context: Context) -> dict[str, list[Any]]:
    return {s.sid: list(s.resources) for s in made.start_statements(context, None) if s.sid != "WriteLog"}


@pytest.mark.usefixtures("loop")
def test_whoever_starts_it_reads_only_its_secrets_and_image(context: Callable[..., Context]) -> None:
    image = f"222222222222.dkr.ecr.eu-west-1.amazonaws.com/team/shop@{DIGEST}"
    assert statements(container(image=image), context()) == {
        "RegistryLogin": ["*"],
        "PullImage": ["arn:aws:ecr:eu-west-1:222222222222:repository/team/shop"],
        "ReadSecrets": [SECRET],
        "ReadParameters": [PARAMETER],
    }
    assert "PullImage" not in statements(container(), context())


@pytest.mark.usefixtures("loop")
def test_one_value_of_a_secret_is_read_by_the_secrets_own_arn(context: Callable[..., Context]) -> None:
    made = replace(container(), secrets={"PASSWORD": f"{SECRET}:password::"})
    assert statements(made, context())["ReadSecrets"] == [SECRET]


@pytest.fixture
def loop() -> Iterator[None]:
    """Outputs are made of futures, which need a loop to belong to."""
    import asyncio

    made = asyncio.new_event_loop()
    asyncio.set_event_loop(made)
    yield
    asyncio.set_event_loop(None)
    made.close()


def files(text: str) -> dict[str, str]:
    """The files that a first-boot script writes, by path."""
    found: dict[str, str] = {}
    for part in text.split("cat > ")[1:]:
        head, _, rest = part.partition("\n")
        path, _, end = head.partition(" <<")
        found[path] = rest.partition(f"\n{end.strip(chr(39))}\n")[0] + "\n"
    return found


def boot_script(**compute: Any) -> str:  # noqa: ANN401
    made = container(**compute)
    return script(
        made,
        "us-east-1",
        environment={k: str(v) for k, v in made.environment.items()},
        secrets={k: str(v) for k, v in made.secrets.items()},
        log_group=LOG,
    )


def test_first_boot_script_is_valid_shell() -> None:
    text = boot_script()
    subprocess.run(["bash", "-n"], input=text, text=True, check=True)
    made = files(text)
    assert sorted(made) == [
        "/etc/systemd/system/application.service",
        "/usr/local/bin/application-environment",
        "/usr/local/bin/application-report",
        "/usr/local/bin/application-run",
    ]
    for path in (path for path in made if path.startswith("/usr/local/bin/")):
        subprocess.run(["bash", "-n"], input=made[path], text=True, check=True)
    assert len(text.encode()) < 16_384, "EC2 takes 16 KB of user data"


def stubs(directory: Path, **programs: str) -> dict[str, str]:
    """An environment in which only these programs stand in for the real ones."""
    for name, body in programs.items():
        path = directory / name
        path.write_text(f"#!/bin/bash\n{body}\n")
        path.chmod(0o755)
    return {**os.environ, "PATH": f"{directory}:{os.environ['PATH']}"}


AWS = """case "$*" in
  *SECRET_WITH_KEYS*) echo '{"password": "from json", "other": 1}' ;;
  ssm*) printf 'two\\nlines\\n' ;;
  *) echo "s3cr'et \\$x" ;;
esac"""
"""Stands in for the AWS command line."""


def started(tmp_path: Path, boot: str, aws: str = AWS) -> dict[str, str]:
    """Run both scripts of an instance; the variables that `docker run` would hand to the container."""
    target = tmp_path / "environment"
    made = {path: text.replace("/run/application/environment", str(target)) for path, text in files(boot).items()}
    environment = stubs(
        tmp_path,
        aws=aws,
        docker='for a in "$@"; do case $a in --env=*) v=${a#--env=}; printf "%s=%s\\0" "$v" "${!v}";; esac; done',
    )
    subprocess.run(["bash", "-c", made["/usr/local/bin/application-environment"]], env=environment, check=True)
    assert target.stat().st_mode & 0o777 == 0o600
    run = made["/usr/local/bin/application-run"].replace("/usr/bin/docker", "docker")
    done = subprocess.run(["bash", "-c", run], env=environment, check=True, capture_output=True, text=True)
    return dict(pair.split("=", 1) for pair in done.stdout.split("\0")[:-1])


def test_instance_hands_values_over_unchanged(tmp_path: Path) -> None:
    assert started(tmp_path, boot_script()) == {
        "PORT": "8000",
        "GREETING": "it's $HOME",
        "KEY": "s3cr'et $x",
        "PARAMETER": "two\nlines",
    }


def test_instance_takes_what_ecs_takes(tmp_path: Path) -> None:
    """Values of several lines, even one that looks like a script's end, and one value of a JSON secret."""
    text = "first\nEND_OF_FILE\nEND\n`id` $(id)"
    boot = script(
        container(),
        "us-east-1",
        environment={"TEXT": text},
        secrets={"PASSWORD": "arn:aws:secretsmanager:us-east-1:111111111111:secret:SECRET_WITH_KEYS-AbCdEf:password::"},
        log_group=LOG,
    )
    assert started(tmp_path, boot) == {"TEXT": text, "PASSWORD": "from json"}


def test_values_stay_off_the_command_line() -> None:
    run = files(boot_script())["/usr/local/bin/application-run"]
    assert "--env=GREETING" in run
    assert "it's" not in run


def test_instance_does_not_start_without_its_secrets(tmp_path: Path) -> None:
    target = tmp_path / "environment"
    text = files(boot_script())["/usr/local/bin/application-environment"].replace(
        "/run/application/environment", str(target)
    )
    done = subprocess.run(["bash", "-c", text], env=stubs(tmp_path, aws="exit 254"), check=False)
    assert done.returncode == 254


def reported(tmp_path: Path, kind: str, result: str = "") -> str:
    """What the report script of an instance sends for `kind`, `aws` printing its arguments and its input."""
    identity, output = tmp_path / "instance-id", tmp_path / "output.log"
    identity.write_text("i-1234567890")
    output.write_bytes(b"docker: \xff not found\n")
    text = files(boot_script())["/usr/local/bin/application-report"]
    text = text.replace("/var/lib/cloud/data/instance-id", str(identity))
    text = text.replace("/var/log/cloud-init-output.log", str(output))
    environment = stubs(
        tmp_path,
        aws='case $2 in put-log-events) echo "$*"; cat;; *) exit 255;; esac',
        journalctl='echo "no such secret"',
        python3=f'exec {sys.executable} "$@"',
    )
    done = subprocess.run(
        ["bash", "-c", text, "report", kind],
        env={**environment, "SERVICE_RESULT": result},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_instance_sends_what_its_first_boot_said(tmp_path: Path) -> None:
    command, _, events = reported(tmp_path, "boot").partition("\n")
    assert f"--log-group-name {LOG} --log-stream-name boot/i-1234567890" in command
    (event,) = json.loads(events)
    assert event["message"] == "docker: \ufffd not found\n"
    assert event["timestamp"] > 1_600_000_000_000


def test_instance_sends_why_the_container_did_not_start(tmp_path: Path) -> None:
    command, _, events = reported(tmp_path, "service", "exit-code").partition("\n")
    assert "--log-stream-name service/i-1234567890" in command
    assert json.loads(events)[0]["message"] == "no such secret\n"
    assert reported(tmp_path, "service", "success") == ""


@pytest.mark.parametrize(("fails", "status"), [(2, 0), (9, 1)])
def test_docker_is_installed_at_last_or_the_boot_fails_and_says_so(tmp_path: Path, fails: int, status: int) -> None:
    text = boot_script()
    steps = text[text.index("trap ") :].replace("/usr/local/bin/application-report", "report")
    count = tmp_path / "count"
    environment = stubs(
        tmp_path,
        dnf=f'echo x >> {count}; [ "$(wc -l < {count})" -gt {fails} ]',
        rpm=f'[ "$(wc -l < {count})" -gt {fails} ]',
        sleep="true",
        systemctl="true",
        report='echo "reported $1"',
    )
    script_of_boot = f"set -euo pipefail\n{steps}"
    done = subprocess.run(["bash", "-c", script_of_boot], env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == status
    assert done.stdout == "reported boot\n"
    assert len(count.read_text().split()) == min(fails + 1, 5)


@pytest.mark.usefixtures("loop")
def test_secrets_under_another_key_can_be_read(context: Callable[..., Context]) -> None:
    foreign = "arn:aws:kms:us-east-1:222222222222:key/0a1b"
    made = container(secret_key_arns=(foreign,))
    assert statements(made, context())["DecryptSecrets"] == [foreign]
    both = {s.sid: list(s.resources) for s in made.start_statements(context(), "own-key")}
    assert both["DecryptSecrets"] == ["own-key", foreign]


def test_instance_runs_the_container_locked_down(tmp_path: Path) -> None:
    """Run the script that starts the container, with `docker` printing its arguments one per line."""
    text = files(boot_script())["/usr/local/bin/application-run"].replace("/usr/bin/docker", "docker")
    text = text.replace("source /run/application/environment", "")
    environment = stubs(tmp_path, docker='printf "%s\\0" "$@"')
    done = subprocess.run(["bash", "-c", text], env=environment, check=True, capture_output=True, text=True)
    arguments = done.stdout.split("\0")[:-1]
    assert arguments[:2] == ["run", "--rm"]
    assert "--log-opt=mode=non-blocking" in arguments
    for wanted in ("--user=65534:65534", "--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--log-driver=awslogs"):
        assert wanted in arguments
    assert arguments[-len(PLACEHOLDER_COMMAND) - 1 :] == [PLACEHOLDER_IMAGE, *PLACEHOLDER_COMMAND]


def test_instance_logs_in_to_its_own_registry(tmp_path: Path) -> None:
    text = files(boot_script(image="222222222222.dkr.ecr.eu-west-1.amazonaws.com/shop:1"))
    environment = stubs(tmp_path, docker='echo "docker $*"; cat', aws='echo "token for $*"')
    done = subprocess.run(
        ["bash", "-c", text["/usr/local/bin/application-run"].partition("source ")[0] + "docker run"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    first, second = done.stdout.splitlines()[:2]
    assert first == ("docker login --username AWS --password-stdin 222222222222.dkr.ecr.eu-west-1.amazonaws.com")
    assert second == "token for ecr get-login-password --region eu-west-1"


def test_placeholder_answers_the_health_path_and_ends_on_request() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, *PLACEHOLDER_COMMAND[1:]],
        env={**os.environ, "PORT": str(port)},
        stderr=subprocess.DEVNULL,
    )
    try:
        for path in ("/health", "/", "/api/health?x=1"):
            assert answer(f"http://127.0.0.1:{port}{path}").startswith("It works")
    finally:
        process.terminate()
    assert process.wait(timeout=10) == 0


def answer(url: str) -> str:
    """The body at `url`, once the server is up."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                assert response.status == 200
                return response.read().decode()
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} never answered")
