"""Secrets in what functions, builds and machines are given in the open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack.facts import UNKNOWN
from policies.pack.facts.secret.names import holds_secret, looks_secret
from policies.pack.facts.settings import GIVEN, pairs_of
from policies.pack.layers import SECURITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

_WANTED: Final = "secrets by reference"


@SECURITY.resource(
    "no-plain-secrets",
    "No secret stands in the settings of a function, a build or a machine",
    on=GIVEN,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Whoever may look at a function, a build or a machine reads its variables, and so does Pulumi's state.",
    fix="Give it the ARN of a secret or parameter, and let it read the value when it starts.",
    anchors=(
        "FSBP CodeBuild.2",
        "checkov CKV_AWS_45",
        "checkov CKV_AWS_46",
        "trivy AWS-0029",
        "prowler awslambda_function_no_secrets_in_variables",
        "prowler codebuild_project_no_secrets_in_variables",
        "prowler ec2_instance_secrets_user_data",
        "prowler ec2_launch_template_no_secrets",
        "prowler autoscaling_find_secrets_ec2_launch_configuration",
        "prowler batch_job_definition_no_secrets",
        "prowler amplify_app_no_secrets_in_environment",
        "prowler glue_etl_jobs_no_secrets_in_arguments",
        "prowler apigateway_restapi_no_secrets_in_stage_variables",
        "prowler sagemaker_notebook_instance_no_secrets",
    ),
)
def no_plain_secrets(resource: ResourceFacts) -> Outcome:
    """No variable whose name, or whose value, is a secret's, and no script that holds one."""
    pairs = list(pairs_of(resource))
    found = [name or "a text" for name, value in pairs if _is_secret(name, value)]
    if found:
        return failed(f"{', '.join(dict.fromkeys(found))} holds a secret", _WANTED)
    if ("", UNKNOWN) in pairs:
        return unverified("variables or a script are known only after deployment", _WANTED)
    return passed("nothing looks like a secret")


def _is_secret(name: str, value: object) -> bool:
    return looks_secret(re.sub(r"\W+", "_", name), value) if name else holds_secret(value)
