"""What a preview does about zones that lack something: it ends, or warns where somebody chose them.

Not proven: that nothing is made before the answer arrives, which the engine decides; a preview makes nothing anyway.
"""

from __future__ import annotations

import json
from unittest.mock import patch

import pulumi
import pytest

from components.foundation import zones
from settings.load import resolve
from settings.schema import Settings

IDS = {"us-east-1a": "use1-az1", "us-east-1b": "use1-az3", "us-east-1c": "use1-az2"}


def settings(**network: object) -> Settings:
    config = {"ascent:tier": "mvp", "ascent:network": json.dumps(network)}
    return resolve(config, stack="dev", project="shop").settings


def test_counted_zones_end_the_preview() -> None:
    line = r"^Pulumi\.dev\.yaml: ascent:network\.azCount is 2: us-east-1b is use1-az3 .*: \[us-east-1a, us-east-1c\]$"
    with pytest.raises(pulumi.RunError, match=line):
        zones._check("dev", settings(), IDS)


def test_named_zones_warn() -> None:
    with patch.object(pulumi.log, "warn") as warn:
        zones._check("dev", settings(availabilityZones=["us-east-1a", "us-east-1b"]), IDS)
    (text,) = warn.call_args.args
    assert text.startswith(
        "Pulumi.dev.yaml: ascent:network.availabilityZones is us-east-1a, us-east-1b: us-east-1b is "
    )


def test_named_zones_that_the_account_lacks_end_the_preview() -> None:
    with pytest.raises(pulumi.RunError, match="this account has no us-east-1f"):
        zones._check("dev", settings(availabilityZones=["us-east-1a", "us-east-1f"]), IDS)


def test_zones_that_have_all_say_nothing() -> None:
    with patch.object(pulumi.log, "warn") as warn:
        zones._check("dev", settings(availabilityZones=["us-east-1a", "us-east-1c"]), IDS)
    warn.assert_not_called()
