import pulumi
import pulumi_aws as aws

if pulumi.Config().get_bool("plain"):
    pulumi.export("account", aws.get_caller_identity().account_id)
else:
    who = aws.get_caller_identity_output()
    topic = aws.sns.Topic("topic", display_name=pulumi.Output.concat("account ", who.account_id))
    found = aws.sns.Topic.get("found", "arn:aws:sns:us-east-1:1:t")
    aws.sns.TopicSubscription("sub", topic=found.arn, protocol="email", endpoint="a@example.com")
    pulumi.export("account", who.account_id)
