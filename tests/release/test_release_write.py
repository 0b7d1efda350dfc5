"""An image written into a stack file: in its place, and nothing else moves."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ascent.release.write import with_image
from common.problems import InputError

NEW = "registry.example.com/app@sha256:" + "0" * 64
FILES = {
    "block": "# top\nconfig:\n  aws:region: us-east-1\n  ascent:compute:\n    # own\n    image: old:1\n    cpu: 512",
    "flow": "config:\n  ascent:compute: {cpu: 512, image: 'old:1', memory: 1024}\n",
    "without image": "config:\n  ascent:compute:\n    # size\n    cpu: 512\n",
    "flow without image": "config:\n  ascent:compute: {cpu: 512}\n",
    "empty flow": "config:\n  ascent:compute: {}\n",
    "no compute": "config:\n  # region\n  aws:region: us-east-1\n  ascent:tier: mvp\n",
    "four spaces": "config:\n    aws:region: us-east-1\n    ascent:compute:\n        cpu: 512\n",
    "non-ascii": "# größer\nconfig:\n  ascent:compute:\n    environment: {GREETING: 'grüß dich'}\n    image: old:1\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_only_the_image_changes(text: str) -> None:
    after = with_image(text, NEW, None, "Pulumi.dev.yaml")
    before, found = yaml.safe_load(text), yaml.safe_load(after)
    assert found["config"]["ascent:compute"].pop("image") == NEW
    before["config"].setdefault("ascent:compute", {}).pop("image", None)
    assert found == before
    assert [line for line in text.splitlines() if line.strip().startswith("#")] == [
        line for line in after.splitlines() if line.strip().startswith("#")
    ], "comments stay"
    assert with_image(after, NEW, None, "Pulumi.dev.yaml") == after.replace(NEW, NEW)


@pytest.mark.parametrize(
    "services", ["\n    web: {}\n    api:\n      paths: [/api/*]\n", " {web: {}, api: {paths: [/api/*]}}\n"]
)
def test_a_service_has_an_image_of_its_own(services: str) -> None:
    text = f"config:\n  ascent:services:{services}"
    after = yaml.safe_load(with_image(text, NEW, "api", "Pulumi.dev.yaml"))
    assert after["config"]["ascent:services"] == {"web": {}, "api": {"paths": ["/api/*"], "image": NEW}}


@pytest.mark.parametrize("text", ["config:\n  ascent:compute: 5\n", "config: 5\n", "config:\n  ascent:compute:\n"])
def test_what_holds_no_object_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"Pulumi\.dev\.yaml: .*holds no object"):
        with_image(text, NEW, None, "Pulumi.dev.yaml")


@given(
    st.dictionaries(st.sampled_from(["cpu", "memory", "port", "minCount"]), st.integers(1, 9000), max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_whatever_stands_beside_it(beside: dict[str, int], flow: bool, has_image: bool) -> None:
    compute = {**beside, **({"image": "old:1"} if has_image else {})}
    text = yaml.safe_dump({"config": {"ascent:compute": compute, "ascent:tier": "mvp"}}, default_flow_style=flow)
    found = yaml.safe_load(with_image(text, NEW, None, "Pulumi.dev.yaml"))
    assert found == {"config": {"ascent:compute": {**beside, "image": NEW}, "ascent:tier": "mvp"}}
