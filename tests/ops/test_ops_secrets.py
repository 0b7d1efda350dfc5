"""Rotating a secret.

Not proven: that what the rotation's function writes opens anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.ops.record import Outcome
from tests.ops.standin import records

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.cli.cli_project import Answer, Project


def secret(client: Callable[..., Any]) -> str:
    return client("secretsmanager").create_secret(Name="jwt", SecretString="not-a-secret")["ARN"]


def test_what_nothing_rotates_is_said_to_be(ops: Callable[..., Answer], client: Callable[..., Any]) -> None:
    arn = secret(client)
    answer = ops("rotate-secret", "dev", "--apply", "--confirm", "dev", resources=[], secretArns={"JWT_SECRET": arn})
    assert answer.status == 1
    assert "JWT_SECRET has no rotation" in answer.out


def test_another_value(
    ops: Callable[..., Answer], project: Project, client: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ascent.ops.call import Call
    from ascent.verify.aws import Aws

    arn = secret(client)
    real, asked = Aws.ask, []

    def ask(self: Aws, read: Any, region: str = "", **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
        # The stand-in runs functions in containers; the new version stands for what the function would have written.
        if read is Call.ROTATE:
            asked.append(arguments)
            client("secretsmanager").put_secret_value(SecretId=arn, SecretString="its-next-value")
            return {}
        answer = real(self, read, region, **arguments)
        return {**answer, "RotationEnabled": True} if "VersionIdsToStages" in answer else answer

    monkeypatch.setattr(Aws, "ask", ask)
    answer = ops("rotate-secret", "dev", "--apply", "--confirm", "dev", resources=[], secretArns={"JWT_SECRET": arn})
    assert answer.status == 0, answer
    assert asked == [{"SecretId": arn, "RotateImmediately": True}]
    (record,) = records(project.directory)
    assert (record.outcome, record.subject) == (Outcome.DONE, "JWT_SECRET")
    assert "its-next-value" not in record.text()
    assert "not-a-secret" not in record.text()


def test_what_harms_is_confirmed_by_the_stacks_name(
    ops: Callable[..., Answer], project: Project, client: Callable[..., Any]
) -> None:
    words = ("rotate-secret", "dev", "--apply")
    named = {"secretArns": {"JWT_SECRET": secret(client)}}
    for more, wanted in (([], "confirm it with --confirm dev"), (["--confirm", "yes"], "write dev")):
        answer = ops(*words, *more, resources=[], **named)
        assert answer.status == 2
        assert wanted in answer.err
    assert records(project.directory) == []
