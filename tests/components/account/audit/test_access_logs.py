"""The bucket that hears who reads the records.

Not proven: that S3 delivers to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.account.audit.access_logs import AccessLogs, AccessLogsArgs
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def logs() -> AccessLogs:
    return AccessLogs("shop-access-logs", AccessLogsArgs(context=CONTEXT, retention_days=365, keep=True))


def test_the_bucket(build: Build) -> None:
    made = build(logs)
    assert made.children == {"shop-access-logs-store": "ascent:foundation:PrivateBucket"}
    own = made["shop-access-logs-store-bucket"].outputs
    assert made.attributes == made.outputs == {"bucket": own["bucket"], "arn": own["arn"]}
    assert made.preview.attributes == {"bucket": UNKNOWN, "arn": UNKNOWN}
    (rule,) = made.inputs("shop-access-logs-store-lifecycle")["rules"]
    assert rule["expiration"] == {"days": 365}


def test_only_s3_of_this_account_writes(build: Build) -> None:
    made = build(logs)
    writer = statements(made.inputs("shop-access-logs-store-bucket-policy")["policy"])["AccessLogWrite"]
    assert writer["Principal"] == {"Service": ["logging.s3.amazonaws.com"]}
    assert writer["Action"] == ["s3:PutObject"]
    assert writer["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_s3_writes_with_its_own_key_only(build: Build) -> None:
    (rule,) = build(logs).inputs("shop-access-logs-store-encryption")["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}
