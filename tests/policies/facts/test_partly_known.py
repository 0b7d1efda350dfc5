"""Documents of which a part is known: rules judge by what they need, and say "unverified" where that is open."""

from __future__ import annotations

from typing import Any

import pytest

from policies.pack import types
from policies.pack.facts import UNKNOWN, Partly, ResourceFacts, Unknown
from policies.pack.facts.documents import containers, document, known_text, statements


def resource(*parts: str | None, path: str = "policy") -> ResourceFacts:
    return ResourceFacts(
        urn="urn:x",
        type=types.S3_BUCKET_POLICY,
        name="x",
        tier="mvp",
        props={path: UNKNOWN},
        partly_known={path: Partly(parts)},
    )


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (('{"a": ["', None, '", "b"]}'), {"a": [UNKNOWN, "b"]}),
        (('{"a": "x', None, 'y"}'), {"a": UNKNOWN}),
        (('{"a": ', None, "}"), UNKNOWN),
        (('{"a": {"', None, '": 1}}'), {"a": UNKNOWN}),
        (("no JSON ", None), UNKNOWN),
        ((None,), UNKNOWN),
        (("[" * 100_000, None), UNKNOWN),
    ],
)
def test_holes_are_unknown_leaves(parts: tuple[str | None, ...], found: Any) -> None:  # noqa: ANN401 - any JSON value
    assert document(resource(*parts), "policy") == found


@pytest.mark.parametrize("key", ["Effect", "Action", "NotAction"])
@pytest.mark.parametrize("form", ['"%s"', '["s3:GetObject", "%s"]'])
def test_statements_whose_effect_or_actions_are_open_are_unknown(key: str, form: str) -> None:
    if key == "Effect" and form.startswith("["):
        form = '"x%s"'
    before, after = form.split("%s")
    text = f'{{"Statement": [{{"Resource": "*", "{key}": {before}'
    assert statements(resource(text, None, after + "}]}"), "policy") is UNKNOWN


def test_statements_keep_what_is_known() -> None:
    text = ('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": ["', None, '", "*"]}}')
    found = statements(resource(*text), "policy")
    assert isinstance(found, list)
    assert (found[0].allow, found[0].actions, found[0].resources) == (True, ("*",), (UNKNOWN, "*"))


def test_containers_keep_what_is_known() -> None:
    parts = ('[{"image": "', None, '", "privileged": true}]')
    found = containers(resource(*parts, path="containerDefinitions"))
    assert not isinstance(found, Unknown)
    assert found == [{"image": UNKNOWN, "privileged": True}]


def test_known_text_is_what_is_around_the_holes() -> None:
    assert known_text(resource("p50 ", None, " p95"), "policy") == "p50   p95"
    assert known_text(resource(None), "policy") == ""
    assert known_text(resource("a"), "other") == ""
