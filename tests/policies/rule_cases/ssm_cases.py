"""Cases of the rules in policies/pack/rules/ssm.py."""

from __future__ import annotations

from policies.pack import types
from tests.policies.building import Made, U, cases, of, secret


def parameter(name: str, **props: object) -> Made:
    return Made(types.SSM_PARAMETER, "it", {"name": name, **props})


CASES = [
    *cases(
        "ssm-securestring",
        passing=[
            parameter("/prod/shop/db-password", type="SecureString", value=secret(U)),
            parameter("/prod/shop/db-password", type="SecureString", valueWo=secret("x")),
            parameter("/prod/shop/queue-url", type="SecureString", value=secret("x")),
        ],
        failing=[
            parameter("/prod/shop/db-password", type="String", value=secret("x")),
            parameter("/prod/shop/api-key", value=secret(U)),
            parameter("/prod/shop/stripe.token", type="StringList", value=U),
            parameter("/prod/shop/plain", type="String", insecureValue="AKIAABCDEFGHIJKLMNOP"),
            parameter("/prod/shop/jwt", type="SecureString", insecureValue="x"),
            of(types.SSM_PARAMETER, "jwt-secret", type="String", name=U, value=secret("x")),
        ],
        unknown=[parameter("/prod/shop/db-password", type=U, value=secret("x"))],
        skipped=[
            parameter("/prod/shop/queue-url", type="String", value=secret("https://sqs")),
            parameter("/prod/shop/db-secret-arn", type="String", insecureValue="arn"),
        ],
    ),
]
