"""What is given in the open to functions, builds and machines: variables, arguments and start-up scripts."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import document, known_text
from policies.pack.values import at, items, known_items, reveal, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policies.pack.facts import ResourceFacts, Value

Pair: TypeAlias = "tuple[str, Value]"
"""Name and value of a variable; the name is empty for a text that stands by itself."""

_OPEN: Final[Pair] = ("", UNKNOWN)
"""Stands for variables or a text of which nothing is known."""

_ASSIGNED: Final = re.compile(
    r"""(?:^|[\s;&"'-])(?:export\s+)?([A-Za-z_][\w-]*)=(?:"([^"\n]*)"|'([^'\n]*)'|([^\s;&"']+))"""
)
"""A name and its value in a script."""

_BEANSTALK_VARIABLES: Final = "aws:elasticbeanstalk:application:environment"


def pairs_of(resource: ResourceFacts) -> Iterator[Pair]:
    """Everything that a resource is given in the open; what is not known at all comes without a name, as `UNKNOWN`."""
    yield from _READERS[resource.type](resource)


def _mapped(*paths: str) -> Callable[[ResourceFacts], Iterator[Pair]]:
    """Variables in an object."""

    def read(resource: ResourceFacts) -> Iterator[Pair]:
        for path in paths:
            found = at(resource, path)
            if found is UNKNOWN:
                yield _OPEN
            elif isinstance(found, Mapping):
                yield from ((str(name).removeprefix("--"), reveal(value)) for name, value in found.items())

    return read


def _listed(path: str) -> Callable[[ResourceFacts], Iterator[Pair]]:
    """Variables in a list of objects with name and value."""
    return lambda resource: _named(items(resource, path))


def _named(variables: list[Value] | Unknown) -> Iterator[Pair]:
    for variable in [UNKNOWN] if isinstance(variables, Unknown) else variables:
        if variable is UNKNOWN:
            yield _OPEN
            continue
        # Of a build's variables some only name a secret; of a template's settings some are no variables.
        if at(variable, "type") in ("PARAMETER_STORE", "SECRETS_MANAGER"):
            continue
        namespace = at(variable, "namespace")
        if isinstance(namespace, str) and namespace != _BEANSTALK_VARIABLES:
            continue
        yield text(variable, "name"), at(variable, "value")


def _batch(resource: ResourceFacts) -> Iterator[Pair]:
    container = document(resource, "containerProperties")
    if container is UNKNOWN:
        yield _OPEN
        return
    yield from _named(items(container, "environment"))
    yield from (("", word) for word in known_items(container, "command"))


def _script(*keys: str) -> Callable[[ResourceFacts], Iterator[Pair]]:
    """A script as a text, in base64 or not, and the variables that it sets."""

    def read(resource: ResourceFacts) -> Iterator[Pair]:
        for key in keys:
            script = _decoded(text(resource, key)) or known_text(resource, key)
            yield _OPEN if not script and at(resource, key) is UNKNOWN else ("", script)
            for name, *values in _ASSIGNED.findall(script):
                yield name, next(filter(None, values), "")

    return read


def _decoded(script: str) -> str:
    try:
        return base64.b64decode("".join(script.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return script


_READERS: Final[dict[str, Callable[[ResourceFacts], Iterator[Pair]]]] = {
    types.LAMBDA_FUNCTION: _mapped("environment.variables"),
    types.CODEBUILD_PROJECT: _listed("environment.environmentVariables"),
    types.EC2_INSTANCE: _script("userData", "userDataBase64"),
    types.EC2_LAUNCH_TEMPLATE: _script("userData"),
    types.EC2_LAUNCH_CONFIGURATION: _script("userData", "userDataBase64"),
    types.ECS_EXPRESS_GATEWAY_SERVICE: _listed("primaryContainer.environments"),
    types.APPRUNNER_SERVICE: _mapped(
        "sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables",
        "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.runtimeEnvironmentVariables",
    ),
    types.ELASTICBEANSTALK_ENVIRONMENT: _listed("settings"),
    types.ELASTICBEANSTALK_CONFIGURATION_TEMPLATE: _listed("settings"),
    types.BATCH_JOB_DEFINITION: _batch,
    types.AMPLIFY_APP: _mapped("environmentVariables"),
    types.AMPLIFY_BRANCH: _mapped("environmentVariables"),
    types.APIGATEWAY_STAGE: _mapped("variables"),
    types.APIGATEWAYV2_STAGE: _mapped("stageVariables"),
    types.GLUE_JOB: _mapped("defaultArguments", "nonOverridableArguments"),
    types.SAGEMAKER_LIFECYCLE_CONFIGURATION: _script("onCreate", "onStart"),
}

GIVEN: Final = tuple(_READERS)
"""Types that are given something in the open."""
