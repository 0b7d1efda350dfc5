"""The list of taggable types agrees with the installed provider SDK."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from policies.pack import types
from policies.pack.facts.tags import TAGGABLE

TOKEN = re.compile(r"super\(\w+, __self__\)\.__init__\(\s*'(aws:[^']+)'")


def test_taggable_types_are_those_of_the_sdk() -> None:
    # Read as text: importing all of pulumi_aws takes many seconds.
    spec = importlib.util.find_spec("pulumi_aws")
    assert spec is not None
    assert spec.origin is not None
    sources = (p.read_text(encoding="utf-8") for p in Path(spec.origin).parent.glob("*/*.py"))
    taggable = {
        found[1]
        for source in sources
        if "tags_all" in source and '__props__.__dict__["tags"]' in source and (found := TOKEN.search(source))
    }
    assert len(taggable) > 500
    assert set(TAGGABLE) == taggable | {types.AUTOSCALING_GROUP}
