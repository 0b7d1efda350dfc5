"""The account's own stack: state, images, trust in the code host, and a budget over all."""

import sys
from pathlib import Path

import pulumi
import pulumi_aws as aws

# It stands on the platform's components, which lie beside it.
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from bootstrap.images import ImageStore, ImageStoreArgs
from bootstrap.options import read_options
from bootstrap.spending import Spending, SpendingArgs
from bootstrap.state import StateStore, StateStoreArgs
from bootstrap.trust import Trust, TrustArgs
from settings.errors import SettingsError

try:
    options = read_options()
except SettingsError as error:
    # Pulumi prints this error's text alone, without a traceback.
    raise pulumi.RunError(str(error)) from None

provider = aws.Provider("aws", region=options.region, default_tags={"tags": options.context("").base_tags})
child = pulumi.ResourceOptions(provider=provider)
caller = aws.get_caller_identity_output(opts=pulumi.InvokeOptions(provider=provider))
context = options.context(caller.account_id)
name = context.prefix

state = StateStore(f"{name}-state", StateStoreArgs(context=context, lock_days=options.lock_days), opts=child)
images = ImageStore(f"{name}-images", ImageStoreArgs(context=context, key_arn=state.key_arn), opts=child)
Spending(
    f"{name}-spending",
    SpendingArgs(context=context, limit_usd=options.budget_usd, emails=options.alert_emails),
    opts=child,
)
pulumi.export("stateUrl", pulumi.Output.format("s3://{0}?region={1}", state.bucket, options.region))
pulumi.export("secretsProvider", pulumi.Output.format("awskms://{0}?region={1}", state.alias, options.region))
pulumi.export("stateBucket", state.bucket)
pulumi.export("stateKeyArn", state.key_arn)
pulumi.export("repository", images.url)
if options.delivery.in_use:
    trust = Trust(
        f"{name}-trust",
        TrustArgs(context=context, settings=options.delivery, repository_arn=images.arn),
        opts=child,
    )
    pulumi.export("imagesRoleArn", trust.role_arn)
