"""Services that these tests run."""

from __future__ import annotations

from typing import Any

from components.compute.container import Container
from components.compute.service_log import ServiceLog, ServiceLogArgs
from settings.sections.compute import ComputeSettings
from tests.components.mocks import ACCOUNT
from tests.components.surroundings import CONTEXT, LOGS

SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:key-AbCdEf"


def logged_container(*, serves: bool = True, **compute: Any) -> Container:  # noqa: ANN401 - any setting
    """A container with a log of its own, one variable and one secret."""
    return Container(
        compute=ComputeSettings(**compute),
        log=ServiceLog("shop-log", ServiceLogArgs(context=CONTEXT, service="app", logs=LOGS)),
        serves=serves,
        environment={"PORT": "8000"},
        secrets={"KEY": SECRET},
    )
