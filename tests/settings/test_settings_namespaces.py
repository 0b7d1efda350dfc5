"""Keys that nobody would read are refused with the name that was meant; other providers keep theirs."""

from __future__ import annotations

import pytest

from settings.load import resolve
from settings.namespaces import unread_keys


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("acsent:network", "ascent:network"),
        ("Ascent:tier", "ascent:tier"),
        ("ascents:tier", "ascent:tier"),
        ("asw:region", "aws:region"),
        ("pulmi:tags", "pulumi:tags"),
    ],
)
def test_a_mistyped_namespace_is_named(key: str, meant: str) -> None:
    (problem,) = unread_keys([key], project="shop", settings=["network", "tier"])
    assert problem.path == key
    assert problem.fix == f"write {meant}"


def test_a_setting_under_the_projects_name_is_none() -> None:
    (problem,) = unread_keys(["shop:tier", "shop:own"], project="shop", settings=["network", "tier"])
    assert (problem.path, problem.fix) == ("shop:tier", "write ascent:tier")


@pytest.mark.parametrize(
    "key",
    [
        *(
            "pulumi:tags",
            "pulumi:disable-default-providers",
            "shop:own",
            "aws-native:region",
            "awsx:x",
            "azure:location",
        ),
        *("cloudflare:apiToken", "gcp:project", "asset:size", "kubernetes:context", "random:x", "docker-build:host"),
    ],
)
def test_others_keep_their_namespaces(key: str) -> None:
    assert resolve({"ascent:tier": "mvp", key: "x"}, stack="dev", project="shop").settings
