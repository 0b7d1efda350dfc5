"""Parameters of Systems Manager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.checks import one_of
from policies.pack.facts import UNKNOWN
from policies.pack.facts.secret.names import looks_secret
from policies.pack.layers import SECURITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.values import UNSET, at, text
from policies.pack.verdict import Outcome, failed, passed

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts


@SECURITY.resource(
    "ssm-securestring",
    "Parameters that hold secrets are encrypted",
    on=types.SSM_PARAMETER,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A plain parameter is readable with permissions that are handed out freely, and stands in Pulumi's state.",
    fix='Set type to "SecureString" and pass the text as value or valueWo, not as insecureValue.',
    anchors=("checkov CKV2_AWS_34",),
)
def ssm_securestring(parameter: ResourceFacts) -> Outcome | None:
    """`type` and `insecureValue` of parameters whose name, or whose text, is a secret's."""
    plain = at(parameter, "insecureValue")
    text_ = plain if plain is not UNSET else at(parameter, "value")
    name = text(parameter, "name") or parameter.name
    if at(parameter, "type") == "SecureString":
        secure = passed("type is 'SecureString'")
        return secure if plain is UNSET else failed("insecureValue is set", "value or valueWo")
    if not looks_secret(_spelled(name), UNKNOWN if text_ is UNSET else text_):
        return None
    return one_of(parameter, "type", ("SecureString",))


def _spelled(name: str) -> str:
    """A parameter's name as environment variables are spelled: `/prod/app/db-password-arn` → `…_DB_PASSWORD_ARN`."""
    return re.sub(r"[^A-Za-z0-9]+", "_", name)
