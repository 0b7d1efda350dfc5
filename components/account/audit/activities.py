"""What the CIS benchmark wants to hear of: patterns of the trail's events, word by word as the benchmark has them.

Security Hub compares them with a log group's filters: a term more, or one less, and its check fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from settings.enums import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something in the account that somebody should hear of.

    Args:
        subject: which one it is, unique.
        runbook: what to do about it.
        title: what has happened.
        pattern: the events, as CloudWatch Logs matches them.
        times: how often in five minutes it is worth an alarm.
        severity: how fast to act.
    """

    subject: str
    runbook: str
    title: str
    pattern: str
    times: int = 1
    severity: Severity = Severity.MEDIUM


ACTIVITIES: Final = (
    Activity(
        subject="root",
        runbook="root-used",
        severity=Severity.HIGH,
        title="the root user did something",
        pattern=(
            '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}'
        ),
    ),
    Activity(
        subject="denied",
        runbook="access-denied",
        title="calls were refused again and again",
        # A single refused call is an everyday event: consoles and agents try what they may not.
        pattern='{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
        times=10,
    ),
    Activity(
        subject="no-mfa",
        runbook="signin",
        title="somebody signed in without a second factor",
        pattern=(
            '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && '
            '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }'
        ),
    ),
    Activity(
        subject="policies",
        runbook="iam-changed",
        title="a policy of IAM changed",
        pattern=(
            "{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy) || "
            "($.eventName=DeleteRolePolicy) || ($.eventName=DeleteUserPolicy) || ($.eventName=PutGroupPolicy) || "
            "($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) || ($.eventName=CreatePolicy) || "
            "($.eventName=DeletePolicy) || ($.eventName=CreatePolicyVersion) || "
            "($.eventName=DeletePolicyVersion) || ($.eventName=AttachRolePolicy) || "
            "($.eventName=DetachRolePolicy) || ($.eventName=AttachUserPolicy) || "
            "($.eventName=DetachUserPolicy) || ($.eventName=AttachGroupPolicy) || "
            "($.eventName=DetachGroupPolicy))}"
        ),
    ),
    Activity(
        subject="trail",
        runbook="audit-changed",
        severity=Severity.HIGH,
        title="a trail changed",
        pattern=(
            "{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || "
            "($.eventName=StartLogging) || ($.eventName=StopLogging)}"
        ),
    ),
    Activity(
        subject="failures",
        runbook="signin",
        title="sign-ins failed again and again",
        pattern='{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
        times=5,
    ),
    Activity(
        subject="keys",
        runbook="keys-disabled",
        severity=Severity.CRITICAL,
        title="a KMS key was disabled or is about to be deleted",
        pattern=(
            "{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}"
        ),
    ),
    Activity(
        subject="buckets",
        runbook="bucket-policies-changed",
        title="who may reach a bucket changed",
        pattern=(
            "{($.eventSource=s3.amazonaws.com) && (($.eventName=PutBucketAcl) || "
            "($.eventName=PutBucketPolicy) || ($.eventName=PutBucketCors) || ($.eventName=PutBucketLifecycle) || "
            "($.eventName=PutBucketReplication) || ($.eventName=DeleteBucketPolicy) || "
            "($.eventName=DeleteBucketCors) || ($.eventName=DeleteBucketLifecycle) || "
            "($.eventName=DeleteBucketReplication))}"
        ),
    ),
    Activity(
        subject="config",
        runbook="audit-changed",
        severity=Severity.HIGH,
        title="what AWS Config records changed",
        pattern=(
            "{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) || "
            "($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) || "
            "($.eventName=PutConfigurationRecorder))}"
        ),
    ),
    Activity(
        subject="groups",
        runbook="network-changed",
        title="a security group changed",
        pattern=(
            "{($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=AuthorizeSecurityGroupEgress) || "
            "($.eventName=RevokeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupEgress) || "
            "($.eventName=CreateSecurityGroup) || ($.eventName=DeleteSecurityGroup)}"
        ),
    ),
    Activity(
        subject="acls",
        runbook="network-changed",
        title="a network ACL changed",
        pattern=(
            "{($.eventName=CreateNetworkAcl) || ($.eventName=CreateNetworkAclEntry) || "
            "($.eventName=DeleteNetworkAcl) || ($.eventName=DeleteNetworkAclEntry) || "
            "($.eventName=ReplaceNetworkAclEntry) || ($.eventName=ReplaceNetworkAclAssociation)}"
        ),
    ),
    Activity(
        subject="gateways",
        runbook="network-changed",
        title="a gateway of a network changed",
        pattern=(
            "{($.eventName=CreateCustomerGateway) || ($.eventName=DeleteCustomerGateway) || "
            "($.eventName=AttachInternetGateway) || ($.eventName=CreateInternetGateway) || "
            "($.eventName=DeleteInternetGateway) || ($.eventName=DetachInternetGateway)}"
        ),
    ),
    Activity(
        subject="routes",
        runbook="network-changed",
        title="a route changed",
        pattern=(
            "{($.eventName=CreateRoute) || ($.eventName=CreateRouteTable) || ($.eventName=ReplaceRoute) || "
            "($.eventName=ReplaceRouteTableAssociation) || ($.eventName=DeleteRouteTable) || "
            "($.eventName=DeleteRoute) || ($.eventName=DisassociateRouteTable)}"
        ),
    ),
    Activity(
        subject="vpcs",
        runbook="network-changed",
        title="a VPC or its peerings changed",
        pattern=(
            "{($.eventName=CreateVpc) || ($.eventName=DeleteVpc) || ($.eventName=ModifyVpcAttribute) || "
            "($.eventName=AcceptVpcPeeringConnection) || ($.eventName=CreateVpcPeeringConnection) || "
            "($.eventName=DeleteVpcPeeringConnection) || ($.eventName=RejectVpcPeeringConnection) || "
            "($.eventName=AttachClassicLinkVpc) || ($.eventName=DetachClassicLinkVpc) || "
            "($.eventName=DisableVpcClassicLink) || ($.eventName=EnableVpcClassicLink)}"
        ),
    ),
    Activity(
        subject="organization",
        runbook="audit-changed",
        severity=Severity.HIGH,
        title="the organisation or its policies changed",
        pattern=(
            '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = "AcceptHandshake") || '
            '($.eventName = "AttachPolicy") || ($.eventName = "CreateAccount") || '
            '($.eventName = "CreateOrganizationalUnit") || ($.eventName = "CreatePolicy") || '
            '($.eventName = "DeclineHandshake") || ($.eventName = "DeleteOrganization") || '
            '($.eventName = "DeleteOrganizationalUnit") || ($.eventName = "DeletePolicy") || '
            '($.eventName = "DetachPolicy") || ($.eventName = "DisablePolicyType") || '
            '($.eventName = "EnablePolicyType") || ($.eventName = "InviteAccountToOrganization") || '
            '($.eventName = "LeaveOrganization") || ($.eventName = "MoveAccount") || '
            '($.eventName = "RemoveAccountFromOrganization") || ($.eventName = "UpdateOrganizationalUnit") || '
            '($.eventName = "UpdatePolicy")) }'
        ),
    ),
)
"""Recommendations 1 to 15 of the benchmark's chapter on monitoring, in its order."""
