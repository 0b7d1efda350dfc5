"""The application's side of a rotation: both versions are accepted, the newest one is used.

Not proven: that an application that copies the code asks often enough for its own tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from examples.rotating_secret import FRESH_SECONDS, RotatingSecret

if TYPE_CHECKING:
    from collections.abc import Iterator


class Setting:
    """A secret of the stand-in, its reader, and a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.client: Any = boto3.client("secretsmanager")
        self.arn = self.client.create_secret(Name="shop-key", SecretString="one")["ARN"]
        self.secret = RotatingSecret(self.arn, self.client, lambda: self.now)

    def rotate(self, value: str) -> None:
        self.client.put_secret_value(SecretId=self.arn, SecretString=value)


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "none")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield Setting()


def test_before_the_first_rotation_there_is_one_value(setting: Setting) -> None:
    assert setting.secret.valid == ("one",)


def test_after_a_rotation_both_are_valid_and_the_newest_signs(setting: Setting) -> None:
    setting.rotate("two")
    assert setting.secret.valid == ("two", "one")
    assert setting.secret.newest == "two"
    assert setting.secret.accepts("one")
    assert setting.secret.accepts("two")


def test_after_two_rotations_the_first_value_is_over(setting: Setting) -> None:
    setting.rotate("two")
    setting.rotate("three")
    assert not setting.secret.accepts("one")


def test_a_rotation_is_noticed_without_a_restart(setting: Setting) -> None:
    assert setting.secret.newest == "one"
    setting.rotate("two")
    assert setting.secret.newest == "one"
    setting.now += FRESH_SECONDS + 1
    assert setting.secret.newest == "two"


def test_a_caller_may_know_the_new_value_first(setting: Setting) -> None:
    assert setting.secret.accepts("one")
    setting.rotate("two")
    setting.now += 10
    assert setting.secret.accepts("two")


def test_wrong_keys_cost_no_calls(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    assert setting.secret.accepts("one")
    monkeypatch.setattr(setting.client, "get_secret_value", lambda **_: pytest.fail("asked AWS"))
    assert not any(setting.secret.accepts(f"guess-{n}") for n in range(100))


def test_the_first_value_that_verifies_is_taken(setting: Setting) -> None:
    setting.rotate("two")

    def verify(key: str) -> str:
        if key != "one":
            raise KeyError(key)
        return f"signed with {key}"

    assert setting.secret.first_that(verify, KeyError) == "signed with one"


def test_where_none_verifies_the_reason_is_told(setting: Setting) -> None:
    setting.rotate("two")

    def verify(key: str) -> str:
        raise KeyError(key)

    with pytest.raises(KeyError):
        setting.secret.first_that(verify, KeyError)
    with pytest.raises(KeyError):
        setting.secret.first_that(verify, ValueError)
