"""A distribution of static files alone.

Not proven: how long it takes to be deployed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.edge.files_site import FilesSite, FilesSiteArgs
from components.edge.static_files import StaticFiles, StaticFilesArgs
from settings.sections.front.assets import AssetSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1"


def site(**args: Any) -> FilesSite:  # noqa: ANN401
    files = StaticFilesArgs(context=CONTEXT, settings=AssetSettings(), origins=[], access_log_bucket="logs", keep=False)
    given: dict[str, Any] = {"single_page": False, "domain": "static.example.com", **args}
    return FilesSite(
        "shop-site",
        FilesSiteArgs(context=CONTEXT, files=StaticFiles("shop-files", files), certificate_arn=CERTIFICATE, **given),
    )


def test_it_serves_the_bucket_under_a_name_of_its_own(build: Build) -> None:
    made = build(site)
    assert made.children == {"shop-site-cdn": "aws:cloudfront/distribution:Distribution"}
    inputs = made.inputs("shop-site-cdn")
    assert inputs["aliases"] == ["static.example.com"]
    assert inputs["viewerCertificate"]["acmCertificateArn"] == CERTIFICATE
    assert inputs["defaultRootObject"] == "index.html"
    (origin,) = inputs["origins"]
    assert origin["originAccessControlId"] == made["shop-files-access"].outputs["id"]
    assert "s3OriginConfig" not in origin
    default = inputs["defaultCacheBehavior"]
    assert (default["compress"], default["viewerProtocolPolicy"]) == (True, "redirect-to-https")
    assert default["cachePolicyId"] == made["shop-files-cache"].outputs["id"]
    assert default["responseHeadersPolicyId"] == made["shop-files-headers"].outputs["id"]


@pytest.mark.parametrize(("single_page", "answer"), [(False, (404, "/errors/404.html")), (True, (200, "/index.html"))])
def test_what_is_not_there_has_a_page(build: Build, single_page: bool, answer: tuple[int, str]) -> None:
    errors = build(lambda: site(single_page=single_page)).inputs("shop-site-cdn")["customErrorResponses"]
    assert [one["errorCode"] for one in errors] == [403, 404]
    assert {(one["responseCode"], one["responsePagePath"]) for one in errors} == {answer}


def test_the_bucket_admits_it(build: Build) -> None:
    made = build(site)
    assert made["shop-site-cdn"].outputs["arn"] in made.inputs("shop-files-store-bucket-policy")["policy"]
