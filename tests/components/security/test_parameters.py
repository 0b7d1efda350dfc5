"""Encrypted parameters under a path, without a value of ours.

Not proven: that the provider reads no value back (hashicorp/terraform-provider-aws#49719 says so of its code).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.security.parameters import Parameters, ParametersArgs
from tests.components.mocks import Secret
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

PARAMETER = "aws:ssm/parameter:Parameter"


def parameters(**args: Any) -> Parameters:  # noqa: ANN401
    return Parameters("shop-parameters", ParametersArgs(context=CONTEXT, names=["STRIPE_KEY", "MAIL_TOKEN"], **args))


def test_each_lies_under_environment_and_application(build: Build) -> None:
    made = build(parameters)
    assert made.children == {"shop-parameters-stripe-key": PARAMETER, "shop-parameters-mail-token": PARAMETER}
    inputs = made.inputs("shop-parameters-stripe-key")
    assert (inputs["name"], inputs["type"]) == ("/dev/shop/STRIPE_KEY", "SecureString")
    assert "value" not in inputs
    assert "insecureValue" not in inputs
    assert (
        made.attributes
        == made.outputs
        == {
            "arns": {
                "STRIPE_KEY": made["shop-parameters-stripe-key"].outputs["arn"],
                "MAIL_TOKEN": made["shop-parameters-mail-token"].outputs["arn"],
            }
        }
    )


def test_the_first_value_says_nothing_and_is_written_once(build: Build) -> None:
    inputs = build(parameters).inputs("shop-parameters-stripe-key")
    assert inputs["valueWo"] in ("{}", Secret("{}"))
    assert inputs["valueWoVersion"] == 1


def test_an_own_key_and_protection(build: Build) -> None:
    made = build(lambda: parameters(key_arn=KEY, protect=True))
    assert made.inputs("shop-parameters-mail-token")["keyId"] == KEY
    assert made["shop-parameters-mail-token"].options.protect
