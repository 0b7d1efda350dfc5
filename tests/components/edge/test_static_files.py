"""The bucket of static files: who reads it, how long files are cached, what stands in it from the beginning.

Not proven: that CloudFront reads it, and that it compresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.edge.static_files import NOT_WELL, StaticFiles, StaticFilesArgs, error_page, key_use
from settings.sections.front.assets import AssetSettings
from tests.components.mocks import statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

DISTRIBUTION = "arn:aws:cloudfront::111111111111:distribution/E1"


def files(**args: Any) -> StaticFiles:  # noqa: ANN401
    given: dict[str, Any] = {
        "settings": AssetSettings(),
        "origins": ["https://app.example.com"],
        "access_log_bucket": "logs",
        "keep": False,
        **args,
    }
    made = StaticFiles("shop-files", StaticFilesArgs(context=CONTEXT, **given))
    made.admit(DISTRIBUTION)
    return made


def test_children(build: Build) -> None:
    made = build(files)
    assert made.children == {
        "shop-files-store": "ascent:foundation:PrivateBucket",
        "shop-files-page-404": "aws:s3/bucketObjectv2:BucketObjectv2",
        "shop-files-page-503": "aws:s3/bucketObjectv2:BucketObjectv2",
        "shop-files-access": "aws:cloudfront/originAccessControl:OriginAccessControl",
        "shop-files-cache": "aws:cloudfront/cachePolicy:CachePolicy",
        "shop-files-headers": "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    }
    assert made.outputs == {"bucket": made["shop-files-store-bucket"].outputs["bucket"]}


def test_one_distribution_reads_it_and_nobody_else(build: Build) -> None:
    made = build(files)
    policy = statements(made.inputs("shop-files-store-bucket-policy")["policy"])
    assert set(policy) == {"TlsOnly", "CloudFrontRead"}
    read = policy["CloudFrontRead"]
    assert read["Principal"] == {"Service": ["cloudfront.amazonaws.com"]}
    assert read["Action"] == ["s3:GetObject"]
    assert read["Condition"] == {"StringEquals": {"AWS:SourceArn": DISTRIBUTION}}
    control = made.inputs("shop-files-access")
    assert (control["signingBehavior"], control["signingProtocol"]) == ("always", "sigv4")
    assert "name" not in control or control["name"].startswith("shop-files-access")


def test_files_stay_and_their_log_goes_elsewhere(build: Build) -> None:
    made = build(files)
    (rule,) = made.inputs("shop-files-store-lifecycle")["rules"]
    assert "expiration" not in rule
    assert made.inputs("shop-files-store-access-log")["targetBucket"] == "logs"


@pytest.mark.parametrize("seconds", [0, 3600])
def test_the_cache_knows_files_by_their_path_alone(build: Build, seconds: int) -> None:
    cache = build(lambda: files(settings=AssetSettings(cache_seconds=seconds))).inputs("shop-files-cache")
    assert cache["defaultTtl"] == seconds
    key = cache["parametersInCacheKeyAndForwardedToOrigin"]
    assert (key["enableAcceptEncodingGzip"], key["enableAcceptEncodingBrotli"]) == (True, True)
    assert key["cookiesConfig"] == {"cookieBehavior": "none"}
    assert key["headersConfig"] == {"headerBehavior": "none"}
    assert key["queryStringsConfig"] == {"queryStringBehavior": "none"}


def test_scripts_of_named_sites_read_files(build: Build) -> None:
    cors = build(files).inputs("shop-files-headers")["corsConfig"]
    assert cors["accessControlAllowOrigins"] == {"items": ["https://app.example.com"]}
    assert cors["accessControlAllowCredentials"] is False
    assert "corsConfig" not in build(lambda: files(origins=[])).inputs("shop-files-headers")


def test_first_pages_are_left_to_their_owner(build: Build) -> None:
    made = build(files)
    page = made["shop-files-page-503"]
    assert f"/{page.inputs['key']}" == NOT_WELL
    assert page.inputs["contentType"].startswith("text/html")
    assert page.options.ignore_changes == ("content",)


def test_a_key_is_used_by_distributions_of_the_account() -> None:
    use = key_use(CONTEXT)
    assert list(use.actions) == ["kms:Decrypt"]
    assert set(use.conditions) == {"ArnLike"}


def test_with_a_key_files_are_encrypted_with_it(build: Build) -> None:
    (rule,) = build(lambda: files(key_arn=KEY)).inputs("shop-files-store-encryption")["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}


def test_an_error_page_keeps_the_status_unless_told() -> None:
    assert (error_page(503, NOT_WELL).error_code, error_page(503, NOT_WELL).response_code) == (503, 503)
    assert error_page(403, "/index.html", answered=200).response_code == 200
