"""Values made of known text and of outputs, in every way that may and may not be told apart."""

import base64
import hashlib
import json
from typing import Any

import pulumi
import pulumi_aws as aws

bucket = aws.s3.Bucket("bucket")
secret = pulumi.Output.secret("hidden-plaintext")
zone = aws.route53.Zone("zone", name="example.com")


def policy(name: str, value: Any) -> None:  # noqa: ANN401 - any input
    """A queue with a value for its policy."""
    aws.sqs.Queue(name, policy=value)


def breaks(arn: str) -> str:
    """What no marker survives."""
    return str(int(arn))


policy("concat", pulumi.Output.concat(bucket.arn, "/*"))
policy("json", pulumi.Output.json_dumps({"Resource": [bucket.arn, "literal"], "Effect": "Allow"}))
policy("all", pulumi.Output.all(bucket.arn, bucket.id).apply(lambda known: f"{known[0]} and {known[1]}"))
policy("apply", bucket.arn.apply(lambda arn: json.dumps({"Resource": arn})))
policy("look-up", aws.get_caller_identity_output().account_id.apply(lambda number: f"arn:aws:iam::{number}:root"))

policy("constant", bucket.arn.apply(lambda _: "constant"))
policy("length", bucket.arn.apply(lambda arn: f"{arn} has {len(arn)}"))
policy("branch", bucket.arn.apply(lambda arn: f"{arn}/x" if arn.startswith("arn:") else f"arn:{arn}"))
policy("split", bucket.arn.apply(lambda arn: "name " + arn.split(":")[-1]))
policy("slice", bucket.arn.apply(lambda arn: f"{arn[:4]} of {arn}"))
policy("first", bucket.arn.apply(lambda arn: f"{arn[:1]}-x"))
policy("lower", bucket.arn.apply(lambda arn: f"{arn} {arn.lower()}"))
policy("upper", bucket.arn.apply(lambda arn: f"x{arn.upper()}"))
policy("reversed", bucket.arn.apply(lambda arn: f"{arn} {arn[::-1]}"))
policy("base64", bucket.arn.apply(lambda arn: base64.b64encode(arn.encode()).decode()))
policy("hash", bucket.arn.apply(lambda arn: f"{arn} {hashlib.sha256(arn.encode()).hexdigest()}"))
policy("number", bucket.arn.apply(breaks))
policy("secret", pulumi.Output.concat(bucket.arn, secret))
policy("count", zone.name_servers.apply(lambda servers: f"{len(servers)} servers, {servers[0]}"))
policy("joined", zone.name_servers.apply(",".join))
aws.sqs.Queue("key", tags=bucket.arn.apply(lambda arn: {arn: "value"}))
aws.sqs.Queue("value", tags=bucket.arn.apply(lambda arn: {"of": f"bucket {arn}", "kept": "text"}))
aws.sqs.Queue("inner", tags={"of": pulumi.Output.concat("bucket ", bucket.arn), "kept": "text"})
