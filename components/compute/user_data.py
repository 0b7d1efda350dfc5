"""The first-boot script of an instance: Docker, and the container as a systemd unit."""

from __future__ import annotations

import hashlib
import shlex
from typing import TYPE_CHECKING, Final

import pulumi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.compute.container import Container

_VARIABLES: Final = "/run/application/environment"
"""Where the variables stand: in memory, readable by root only."""

_UNIT: Final = """\
[Unit]
Description=The application's container
After=docker.service network-online.target
Requires=docker.service
Wants=network-online.target

[Service]
RuntimeDirectory=application
RuntimeDirectoryMode=0700
ExecStartPre=/usr/local/bin/application-environment
ExecStartPre=-/usr/bin/docker rm --force application
ExecStart=/usr/local/bin/application-run
ExecStop=/usr/bin/docker stop --time 30 application
ExecStopPost=-/usr/local/bin/application-report service
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
"""


def user_data(container: Container, region: str) -> pulumi.Output[str]:
    """The script as text; unknown until deployment where a secret's ARN is.

    Values of secrets are fetched at each start of the container into memory-backed storage, so that a restart picks up
    a new value and none is ever in the launch template.

    Args:
        container: what to run.
        region: where its log and secrets are.
    """
    inputs = pulumi.Output.all(
        environment=dict(container.environment), secrets=container.read_at_start, log_group=container.log.name
    )
    return inputs.apply(lambda known: script(container, region, **known))


def script(
    container: Container, region: str, *, environment: Mapping[str, str], secrets: Mapping[str, str], log_group: str
) -> str:
    """The script, all values known.

    Args:
        container: what to run.
        region: where its log and secrets are.
        environment: plain variables.
        secrets: variable → ARN of a secret or parameter.
        log_group: name of the log group.
    """
    files = {
        "/usr/local/bin/application-environment": _environment(region, environment, secrets),
        "/usr/local/bin/application-report": _report(region, log_group),
        "/usr/local/bin/application-run": _run(container, region, log_group, [*environment, *secrets]),
        "/etc/systemd/system/application.service": _UNIT,
    }
    lines = ["#!/bin/bash", "set -euo pipefail"]
    for path, text in files.items():
        # The text may hold anything a user sets, even a line that would end a fixed delimiter.
        end = f"END_{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        lines += [f"cat > {path} <<'{end}'", text.rstrip("\n"), end]
    lines += [
        "chmod 0755 /usr/local/bin/application-*",
        "trap 'status=$?; /usr/local/bin/application-report boot || true; exit $status' EXIT",
        # The repository or the way to it may not be there yet; without retries the instance would stay empty.
        "for pause in 5 10 20 40 60; do dnf install --assumeyes docker && break; sleep $pause; done",
        "rpm --query docker",
        "systemctl daemon-reload",
        "systemctl enable --now docker.service application.service",
    ]
    return "\n".join(lines) + "\n"


def _environment(region: str, environment: Mapping[str, str], secrets: Mapping[str, str]) -> str:
    """A script that writes the container's variables as shell exports; Docker's own format knows no line breaks."""
    lines = ["#!/bin/bash", "set -euo pipefail", "umask 077", f"exec > {_VARIABLES}"]
    lines += [f"printf 'export %s=%q\\n' {key} {shlex.quote(value)}" for key, value in environment.items()]
    for key, arn in secrets.items():
        # A failing substitution inside printf's arguments would go unnoticed; an assignment stops the script.
        lines += [f"value=$({_fetch(arn, region)})", f"printf 'export %s=%q\\n' {key} \"$value\""]
    return "\n".join(lines)


def _fetch(arn: str, region: str) -> str:
    """A command that prints a secret's or parameter's value, as ECS would resolve its ARN."""
    tail = f"--output text --region {region}"
    if ":ssm:" in arn:
        return f"aws ssm get-parameter --with-decryption --name {shlex.quote(arn)} --query Parameter.Value {tail}"
    # …:secret:name, or …:secret:name:key:stage:version with any of the last three empty.
    parts = arn.split(":")
    key, stage, version = (*parts[7:], "", "", "")[:3]
    command = f"aws secretsmanager get-secret-value --secret-id {shlex.quote(':'.join(parts[:7]))}"
    command += f" --version-stage {shlex.quote(stage)}" if stage else ""
    command += f" --version-id {shlex.quote(version)}" if version else ""
    command += f" --query SecretString {tail}"
    if not key:
        return command
    pick = "import json, sys; print(json.load(sys.stdin)[sys.argv[1]])"
    return f"{command} | python3 -c {shlex.quote(pick)} {shlex.quote(key)}"


def _report(region: str, log_group: str) -> str:
    """A script that sends the first boot's output, or the last words of a failed start, to the application's log.

    Docker's log driver carries what the container says, but neither a boot that never came to a container nor an image
    or a secret that could not be fetched. An agent would carry both all the time, and cost a tenth of the memory of
    the smallest instance.
    """
    event = "import json, sys, time; text = sys.stdin.buffer.read().decode(errors='replace')"
    event += "; print(json.dumps([{'timestamp': int(time.time() * 1000), 'message': text}]))"
    target = f"--region {region} --log-group-name {shlex.quote(log_group)}"
    return "\n".join(
        [
            "#!/bin/bash",
            "set -euo pipefail",
            "case $1 in",
            "  boot) text=$(tail --bytes=100000 /var/log/cloud-init-output.log) ;;",
            '  service) [ "$SERVICE_RESULT" != success ] || exit 0',
            "    text=$(journalctl --unit=application.service --lines=100 --output=cat) ;;",
            "esac",
            'stream="$1/$(cat /var/lib/cloud/data/instance-id)"',
            # It exists from the second report on.
            f'aws logs create-log-stream {target} --log-stream-name "$stream" 2>/dev/null || true',
            f"printf '%s\\n' \"$text\" | python3 -c {shlex.quote(event)} \\",
            f'  | aws logs put-log-events {target} --log-stream-name "$stream" --log-events file:///dev/stdin',
        ]
    )


def _run(container: Container, region: str, log_group: str, variables: Sequence[str]) -> str:
    """A script that starts the container in the foreground."""
    compute = container.compute
    options = [
        "--rm",
        "--name=application",
        # Shares the instance's network: its role reaches the container with a hop limit of one.
        "--network=host",
        f"--user={compute.user}",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--log-driver=awslogs",
        f"--log-opt=awslogs-region={region}",
        f"--log-opt=awslogs-group={log_group}",
        # Where the log cannot be written, lines are lost instead of the application standing still.
        "--log-opt=mode=non-blocking",
        "--log-opt=max-buffer-size=4m",
        # Names only: values on a command line can be read by every process of the machine.
        *(f"--env={name}" for name in variables),
    ]
    if compute.root_read_only:
        options += ["--read-only", "--tmpfs=/tmp"]
    lines = ["#!/bin/bash", "set -euo pipefail"]
    if repository := container.repository:
        registry = shlex.quote(container.image.partition("/")[0])
        login = f"docker login --username AWS --password-stdin {registry}"
        lines.append(f"aws ecr get-login-password --region {repository[2]} | {login}")
    command = ["exec", "/usr/bin/docker", "run", *options, container.image, *(container.command or ())]
    return "\n".join([*lines, f"source {_VARIABLES}", shlex.join(command)])
