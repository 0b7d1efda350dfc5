"""Each check on something well, something broken, and something that is not there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ascent.verify.answer import Said, Verdict
from ascent.verify.aws import NotAnsweredError
from ascent.verify.checks.alarms import check_alarm
from ascent.verify.checks.backups import check_vault
from ascent.verify.checks.certificate import certificates, check_issued, covers
from ascent.verify.checks.cloudfront import check_distribution, check_origin
from ascent.verify.checks.fargate import check_service
from ascent.verify.checks.instances import check_group
from ascent.verify.checks.secrets import check_secret, secrets
from ascent.verify.checks.state import check_state
from ascent.verify.checks.stores import check_database, check_table
from ascent.verify.checks.subscriptions import check_budget, check_topic
from ascent.verify.checks.targets import check_targets
from ascent.verify.deployed import Deployed, Found
from ascent.verify.reads import Read
from tests.verify.conftest import asked
from tests.verify.standin import ACCOUNT, REGION, Scripted

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.verify.subject import Subject

    Client = Callable[[str], Any]
    Of = Callable[..., Subject]

NOW = datetime.now(UTC)


def only(said: list[Said], verdict: Verdict, *words: str) -> Said:
    """The one thing that was said; fails where it is another verdict, lacks a word, or names a runbook without need."""
    (one,) = said
    assert one.verdict is verdict, one
    for word in words:
        assert word in one.text
    assert bool(one.runbook) is (verdict is Verdict.NOT_WELL)
    assert one.text.isprintable()
    return one


def scripted(subject_of: Of, answers: dict[Read, Any], *resources: Found, **more: Any) -> Subject:  # noqa: ANN401
    return subject_of(*resources, aws=Scripted(subject_of().aws, answers), **more)


@pytest.mark.parametrize(
    ("check", "thing"),
    [
        (check_issued, Found(type="", name="c", id=f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/1-2-3")),
        (check_distribution, Found(type="", name="d", id="E1")),
        (
            check_targets,
            Found(type="", name="t", id=f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/t/1"),
        ),
        (check_service, Found(type="", name="s", outputs={"cluster": "c", "name": "s"})),
        (check_group, Found(type="", name="g", id="g")),
        (check_alarm, Found(type="", name="a", id="a")),
        (check_topic, Found(type="", name="t", id=f"arn:aws:sns:{REGION}:{ACCOUNT}:t")),
        (check_database, Found(type="", name="d", id="d")),
        (check_table, Found(type="", name="t", id="t")),
        (check_vault, Found(type="", name="v", id="v")),
        (check_secret, Found(type="", name="s", id=f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:s")),
    ],
)
def test_what_is_not_there_is_not_well(check: Any, thing: Found, subject_of: Of) -> None:  # noqa: ANN401
    said = only(asked(check, thing, subject_of()), Verdict.NOT_WELL, "is gone")
    assert said.command == "pulumi refresh --stack dev --preview-only"


def test_state(subject_of: Of) -> None:
    assert only(list(check_state(subject_of())), Verdict.WELL)
    subject = subject_of()
    broken = Deployed(resources=(), unsettled=("app",), half_made={"service": "did not stabilize"})
    object.__setattr__(subject, "deployed", broken)
    first, second = check_state(subject)
    assert "app: its last operation was interrupted" in first.text
    assert "service is half made: did not stabilize" in second.text


def target_group(client: Client) -> tuple[str, str]:
    """A target group, and an instance to be its target."""
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    instance = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, SubnetId=subnet)["Instances"][0]["InstanceId"]
    made = client("elbv2").create_target_group(Name="app", Protocol="HTTP", Port=8000, VpcId=vpc)
    return made["TargetGroups"][0]["TargetGroupArn"], instance


def test_targets(client: Client, subject_of: Of) -> None:
    arn, instance = target_group(client)
    thing = Found(type="", name="app", id=arn)
    none = only(asked(check_targets, thing, subject_of()), Verdict.NOT_WELL, "has no target")
    assert none.runbook == "docs/runbooks/no-healthy-targets.md"
    assert none.command.startswith(f"aws elbv2 describe-target-health --target-group-arn {arn}")
    client("elbv2").register_targets(TargetGroupArn=arn, Targets=[{"Id": instance, "Port": 8000}])
    only(asked(check_targets, thing, subject_of()), Verdict.WELL, "1 of 1 healthy")
    client("ec2").stop_instances(InstanceIds=[instance])
    only(asked(check_targets, thing, subject_of()), Verdict.NOT_WELL, "0 of 1 healthy", "Target.InvalidState")


def test_a_target_that_leaves_does_not_count(subject_of: Of) -> None:
    def health(*states: str) -> dict[str, Any]:
        return {"TargetHealthDescriptions": [{"TargetHealth": {"State": state}} for state in states]}

    thing = Found(type="", name="app", id="arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/1")
    for states, verdict in (
        (("healthy", "draining"), Verdict.WELL),
        (("healthy", "initial"), Verdict.NOT_WELL),
        (("draining",), Verdict.NOT_WELL),
    ):
        only(asked(check_targets, thing, scripted(subject_of, {Read.TARGETS: health(*states)})), verdict)


def service(client: Client) -> Found:
    ecs = client("ecs")
    ecs.create_cluster(clusterName="c")
    container = {"name": "app", "image": "app:1", "memory": 128}
    ecs.register_task_definition(family="app", containerDefinitions=[container])
    arn = ecs.create_service(cluster="c", serviceName="app", taskDefinition="app", desiredCount=2)["service"]
    return Found(type="", name="app", id=arn["serviceArn"], outputs={"cluster": "c", "name": "app"})


def test_a_service_that_lacks_tasks(client: Client, subject_of: Of) -> None:
    thing = service(client)
    said = only(asked(check_service, thing, subject_of()), Verdict.NOT_WELL, "0 of 2 tasks run")
    assert said.runbook == "docs/runbooks/release.md"
    client("ecs").update_service(cluster="c", service="app", desiredCount=0)
    client("ecs").delete_service(cluster="c", service="app")
    only(asked(check_service, thing, subject_of()), Verdict.NOT_WELL, "is gone")


def test_a_services_rollout_and_stopped_tasks(subject_of: Of) -> None:
    thing = Found(type="", name="app", outputs={"cluster": "c", "name": "app"})

    def answer(running: int, state: str) -> dict[str, Any]:
        deployment = {"status": "PRIMARY", "rolloutState": state, "rolloutStateReason": "circuit breaker"}
        return {"services": [{"runningCount": running, "desiredCount": 2, "deployments": [deployment]}]}

    stopped = {
        "stoppedReason": "Essential container in task exited",
        "containers": [{"name": "app", "exitCode": 137, "reason": "OutOfMemoryError"}],
    }
    tasks = {Read.TASKS: {"taskArns": ["a", "b"]}, Read.STOPPED: {"tasks": [stopped, stopped]}}
    well = scripted(subject_of, {Read.SERVICES: answer(2, "COMPLETED")})
    only(asked(check_service, thing, well), Verdict.WELL, "2 of 2 tasks run")
    failed = scripted(subject_of, {Read.SERVICES: answer(1, "FAILED"), **tasks})
    said = only(asked(check_service, thing, failed), Verdict.NOT_WELL, "rollout failed: circuit breaker")
    assert "2 stopped: Essential container in task exited, OutOfMemoryError, app ended with 137" in said.text
    rolling = scripted(subject_of, {Read.SERVICES: answer(2, "IN_PROGRESS"), Read.TASKS: {"taskArns": []}})
    only(asked(check_service, thing, rolling), Verdict.NOT_WELL, "rollout in progress")
    unknown = {Read.SERVICES: answer(1, "IN_PROGRESS"), Read.TASKS: NotAnsweredError("not allowed: ecs:ListTasks")}
    said = only(asked(check_service, thing, scripted(subject_of, unknown)), Verdict.NOT_WELL)
    assert "was not asked: not allowed: ecs:ListTasks" in said.text


def test_instances(client: Client, subject_of: Of) -> None:
    client("autoscaling").create_launch_configuration(
        LaunchConfigurationName="l", ImageId="ami-12c6146b", InstanceType="t3.micro"
    )
    client("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName="g",
        LaunchConfigurationName="l",
        MinSize=1,
        MaxSize=1,
        AvailabilityZones=["us-east-1a"],
    )
    thing = Found(type="", name="g", id="g")
    instances, refresh = asked(check_group, thing, subject_of())
    assert (instances.verdict, instances.text) == (Verdict.WELL, "1 of 1 instances in service")
    assert refresh.verdict is Verdict.NOT_ASKED, "the stand-in knows no refreshes"
    for last, verdict, words in (
        ([], Verdict.WELL, "never refreshed"),
        ([{"Status": "Successful"}], Verdict.WELL, "went through"),
        ([{"Status": "InProgress", "PercentageComplete": 50}], Verdict.NOT_WELL, "under way: InProgress, 50 %"),
        ([{"Status": "RollbackSuccessful", "StatusReason": "unhealthy"}], Verdict.NOT_WELL, "unhealthy"),
    ):
        subject = scripted(subject_of, {Read.REFRESHES: {"InstanceRefreshes": last}})
        only(asked(check_group, thing, subject)[1:], verdict, words)
    group = {"Instances": [], "DesiredCapacity": 1}
    activity = {"StatusCode": "Failed", "StatusMessage": "You have requested more vCPU capacity"}
    short = {
        Read.GROUPS: {"AutoScalingGroups": [group]},
        Read.ACTIVITIES: {"Activities": [activity]},
        Read.REFRESHES: {"InstanceRefreshes": []},
    }
    only(
        asked(check_group, thing, scripted(subject_of, short))[:1],
        Verdict.NOT_WELL,
        "0 of 1 instances in service: You have requested more vCPU capacity",
    )


def alarm(client: Client, **more: object) -> Found:
    given = {
        "AlarmName": "a",
        "AlarmDescription": "Nobody answers. Runbook: docs/runbooks/no-healthy-targets.md",
        "MetricName": "m",
        "Namespace": "n",
        "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationPeriods": 5,
        "Period": 60,
        "Statistic": "Sum",
        "Threshold": 1,
        "AlarmActions": [f"arn:aws:sns:{REGION}:{ACCOUNT}:t"],
        **more,
    }
    client("cloudwatch").put_metric_alarm(**given)
    return Found(type="", name="a", outputs={"name": "a"})


def test_alarms(client: Client, subject_of: Of) -> None:
    thing, watch = alarm(client), client("cloudwatch")
    watch.set_alarm_state(AlarmName="a", StateValue="OK", StateReason="fine")
    only(asked(check_alarm, thing, subject_of()), Verdict.WELL, "quiet")
    watch.set_alarm_state(AlarmName="a", StateValue="ALARM", StateReason="1 > 0")
    said = only(asked(check_alarm, thing, subject_of()), Verdict.NOT_WELL, "fires for 0 min: 1 > 0")
    assert said.runbook == "docs/runbooks/no-healthy-targets.md"
    watch.set_alarm_state(AlarmName="a", StateValue="INSUFFICIENT_DATA", StateReason="none")
    only(asked(check_alarm, thing, subject_of()), Verdict.WELL, "no data yet")
    later = NOW + timedelta(minutes=40)
    only(asked(check_alarm, thing, subject_of(now=later)), Verdict.NOT_WELL, "has had no data for")


@pytest.mark.parametrize(
    ("given", "words"), [({"ActionsEnabled": False}, "are disabled"), ({"AlarmActions": []}, "has no action")]
)
def test_an_alarm_that_tells_nobody(given: dict[str, Any], words: str, client: Client, subject_of: Of) -> None:
    thing = alarm(client, **given)
    client("cloudwatch").set_alarm_state(AlarmName="a", StateValue="OK", StateReason="fine")
    only(asked(check_alarm, thing, subject_of()), Verdict.NOT_WELL, "tells nobody", words)


def test_subscriptions(client: Client, subject_of: Of) -> None:
    sns = client("sns")
    arn = sns.create_topic(Name="t")["TopicArn"]
    thing = Found(type="aws:sns/topic:Topic", name="t", id=arn)
    wanted = Found(type="aws:sns/topicSubscription:TopicSubscription", name="s", outputs={"topic": arn})
    only(asked(check_topic, thing, subject_of()), Verdict.WELL, "nobody hears of alarms, because no address is set")
    addressed = {"ascent:observability": {"alarmEmails": ["a@example.com"]}}
    only(asked(check_topic, thing, subject_of(config=addressed)), Verdict.NOT_WELL, "are not deployed yet")
    only(asked(check_topic, thing, subject_of(wanted)), Verdict.NOT_WELL, "1 of 1 subscriptions are gone")
    sns.subscribe(TopicArn=arn, Protocol="email", Endpoint="a@example.com")
    only(asked(check_topic, thing, subject_of(wanted)), Verdict.WELL, "1 confirmed")
    own = {"topic": arn, "endpoint": "b@example.com"}
    lost = Found(type="aws:sns/topicSubscription:TopicSubscription", name="s", outputs=own)
    said = asked(check_topic, thing, subject_of(lost))
    assert [one.verdict for one in said] == [Verdict.NOT_WELL, Verdict.WELL], "a@example.com does not stand for it"
    pending = {"Subscriptions": [{"SubscriptionArn": "PendingConfirmation", "Endpoint": "a@example.com"}]}
    subject = scripted(subject_of, {Read.SUBSCRIPTIONS: pending}, wanted)
    only(asked(check_topic, thing, subject), Verdict.NOT_WELL, "a@example.com has not confirmed")


def test_budget(client: Client, subject_of: Of) -> None:
    notification = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
    limit = {"Amount": "35", "Unit": "USD"}
    client("budgets").create_budget(
        AccountId=ACCOUNT,
        Budget={
            "BudgetName": "b",
            "TimeUnit": "MONTHLY",
            "BudgetType": "COST",
            "BudgetLimit": limit,
        },
        NotificationsWithSubscribers=[
            {"Notification": notification, "Subscribers": [{"SubscriptionType": "EMAIL", "Address": "a@example.com"}]}
        ],
    )
    thing = Found(type="", name="b", id=f"{ACCOUNT}:b")
    only(asked(check_budget, thing, subject_of()), Verdict.NOT_ASKED, "who hears of actual 80 %")
    heard = {Read.SUBSCRIBERS: {"Subscribers": [{"SubscriptionType": "SNS", "Address": "arn"}]}}
    only(asked(check_budget, thing, scripted(subject_of, heard)), Verdict.WELL, "1 of 1")
    unheard = scripted(subject_of, {Read.SUBSCRIBERS: {"Subscribers": []}})
    only(asked(check_budget, thing, unheard), Verdict.NOT_WELL, "nobody hears of actual 80 %")
    empty = scripted(subject_of, {Read.NOTIFICATIONS: {"Notifications": []}})
    only(asked(check_budget, thing, empty), Verdict.NOT_WELL, "no notification")


def test_distribution(client: Client, subject_of: Of) -> None:
    behavior = {"TargetOriginId": "o", "ViewerProtocolPolicy": "redirect-to-https", "CachePolicyId": "c"}
    origin = {
        "Id": "o",
        "DomainName": "o.example.com",
        "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only"},
    }
    made = client("cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": "r",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": behavior,
        }
    )
    thing = Found(type="", name="d", id=made["Distribution"]["Id"])
    only(asked(check_distribution, thing, subject_of()), Verdict.WELL, "deployed")
    told = {"Distribution": {"Status": "InProgress", "DistributionConfig": {"Enabled": True}}}
    subject = scripted(subject_of, {Read.DISTRIBUTION: told})
    only(asked(check_distribution, thing, subject), Verdict.NOT_WELL, "is InProgress")
    off = {"Distribution": {"Status": "Deployed", "DistributionConfig": {"Enabled": False}}}
    only(asked(check_distribution, thing, scripted(subject_of, {Read.DISTRIBUTION: off})), Verdict.NOT_WELL, "off")


def test_vpc_origin(subject_of: Of) -> None:
    thing = Found(type="", name="o", id="vo_1")
    only(asked(check_origin, thing, subject_of()), Verdict.NOT_ASKED, "cloudfront answered 404")
    for status, verdict in (("Deployed", Verdict.WELL), ("Deploying", Verdict.NOT_WELL), ("Failed", Verdict.NOT_WELL)):
        subject = scripted(subject_of, {Read.VPC_ORIGIN: {"VpcOrigin": {"Status": status}}})
        only(asked(check_origin, thing, subject), verdict, status.lower() if verdict is Verdict.WELL else status)


def test_database(client: Client, subject_of: Of) -> None:
    client("rds").create_db_instance(
        DBInstanceIdentifier="d",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        MasterUsername="u",
        MasterUserPassword="password1",
        AllocatedStorage=20,
    )
    thing = Found(type="", name="d", outputs={"identifier": "d"})
    only(asked(check_database, thing, subject_of()), Verdict.WELL, "available")
    for found, words in (
        ({"DBInstanceStatus": "modifying"}, "is modifying"),
        (
            {"PendingModifiedValues": {"DBInstanceClass": "db.t4g.small"}, "PreferredMaintenanceWindow": "sun:03:00"},
            'waits for its window (sun:03:00 UTC) to change DBInstanceClass "db.t4g.small"',
        ),
        (
            {"DBParameterGroups": [{"DBParameterGroupName": "p", "ParameterApplyStatus": "pending-reboot"}]},
            "parameters of p wait for a reboot",
        ),
    ):
        answer = {"DBInstances": [{"DBInstanceStatus": "available", **found}]}
        said = asked(check_database, thing, scripted(subject_of, {Read.DATABASES: answer}))
        only([one for one in said if one.verdict is not Verdict.WELL], Verdict.NOT_WELL, words)


def test_table(client: Client, subject_of: Of) -> None:
    client("dynamodb").create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    thing = Found(type="", name="t", id="t")
    only(asked(check_table, thing, subject_of()), Verdict.WELL, "active")
    broken = {Read.TABLE: {"Table": {"TableStatus": "INACCESSIBLE_ENCRYPTION_CREDENTIALS"}}}
    only(asked(check_table, thing, scripted(subject_of, broken)), Verdict.NOT_WELL, "INACCESSIBLE")


def test_backups(client: Client, subject_of: Of) -> None:
    client("backup").create_backup_vault(BackupVaultName="v")
    thing = Found(type="", name="v", id="v")
    only(asked(check_vault, thing, subject_of()), Verdict.NOT_ASKED, "its last recovery point")

    def points(*hours: int, status: str = "COMPLETED") -> dict[Read, Any]:
        made = [{"CreationDate": NOW - timedelta(hours=age), "Status": status} for age in hours]
        return {Read.RECOVERY_POINTS: {"RecoveryPoints": made}}

    only(asked(check_vault, thing, scripted(subject_of, points())), Verdict.WELL, "the first is due by")
    later = NOW + timedelta(hours=40)
    none = scripted(subject_of, points(), now=later)
    only(asked(check_vault, thing, none), Verdict.NOT_WELL, "no recovery point, a day after")
    only(asked(check_vault, thing, scripted(subject_of, points(60, 20))), Verdict.WELL, "2 recovery points")
    only(asked(check_vault, thing, scripted(subject_of, points(60))), Verdict.NOT_WELL, "60 h old")
    failed = scripted(subject_of, points(1, status="PARTIAL"), now=later)
    only(asked(check_vault, thing, failed), Verdict.NOT_WELL, "no recovery point")


def test_secrets(client: Client, subject_of: Of) -> None:
    manager = client("secretsmanager")
    arn = manager.create_secret(Name="s", SecretString="hidden")["ARN"]
    empty = manager.create_secret(Name="e")["ARN"]
    parameter = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/p"
    subject = subject_of(
        outputs={"secretArns": {"JWT_SECRET": arn, "EMPTY": empty}, "databaseSecretArn": arn},
        config={"ascent:compute": {"secrets": {"KEY": f"{arn}:password::", "PARAMETER": parameter}}},
    )
    assert [(found.name, found.id) for found in secrets(subject)] == [("JWT_SECRET", arn), ("EMPTY", empty)]
    good, bad = secrets(subject)
    assert "hidden" not in only(asked(check_secret, good, subject), Verdict.WELL, "current value").text
    only(asked(check_secret, bad, subject), Verdict.NOT_WELL, "has no current value")
    manager.delete_secret(SecretId=arn)
    only(asked(check_secret, good, subject), Verdict.NOT_WELL, "is to be deleted")


def test_secrets_that_the_outputs_leave_out(subject_of: Of) -> None:
    def arn(name: str) -> str:
        return f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}"

    subject = subject_of(
        Found(type="aws:cloudcontrol/resource:Resource", name="jwt", id=arn("jwt")),
        Found(type="aws:cloudcontrol/resource:Resource", name="other", id="arn:aws:logs:us-east-1:1:x"),
        Found(type="aws:secretsmanager/secret:Secret", name="own", id=arn("own")),
        Found(type="aws:rds/instance:Instance", name="db", outputs={"masterUserSecrets": [{"secretArn": arn("db")}]}),
        outputs={"secretArns": {"4dabf18193072939515e22adb298388d": "hidden"}},
    )
    assert [found.id for found in secrets(subject)] == [arn("jwt"), arn("own"), arn("db")]


def test_certificates(client: Client, subject_of: Of) -> None:
    arn = client("acm").request_certificate(DomainName="app.example.com", ValidationMethod="DNS")["CertificateArn"]
    thing = Found(type="aws:acm/certificate:Certificate", name="c", id=arn)
    said = only(asked(check_issued, thing, subject_of()), Verdict.NOT_WELL, "is PENDING_VALIDATION: it waits for _")
    assert " CNAME " in said.text

    def issued(days: int, **more: object) -> dict[Read, Any]:
        ends = NOW + timedelta(days=days, hours=1)
        names = {"SubjectAlternativeNames": ["*.example.com"]}
        return {Read.CERTIFICATE: {"Certificate": {"Status": "ISSUED", "NotAfter": ends, **names, **more}}}

    own = {"ascent:edge": {"domain": "app.example.com", "hostedZoneId": "Z0123456789A"}}
    for answers, verdict, words in (
        (issued(90), Verdict.WELL, "90 days"),
        (issued(10), Verdict.NOT_WELL, "wanted: more than 14"),
    ):
        only(asked(check_issued, thing, scripted(subject_of, answers, config=own)), verdict, words)
    for more, words in (
        ({"SubjectAlternativeNames": ["example.com"]}, "covers example.com, not app.example.com"),
        ({"RenewalSummary": {"RenewalStatus": "FAILED"}}, "its renewal failed"),
    ):
        first, _ = asked(check_issued, thing, scripted(subject_of, issued(90, **more), config=own))
        only([first], Verdict.NOT_WELL, words)


def test_a_given_certificate_is_asked_too(subject_of: Of) -> None:
    arn = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012"
    edge = {"ascent:edge": {"domain": "app.example.com", "certificateArn": arn}}
    assert [found.id for found in certificates(subject_of(config=edge))] == [arn]
    assert certificates(subject_of()) == []


@pytest.mark.parametrize(
    ("name", "host", "good"),
    [
        ("app.example.com", "APP.example.com", True),
        ("*.example.com", "app.example.com", True),
        ("*.example.com", "example.com", False),
        ("*.example.com", "a.b.example.com", False),
        ("example.com", "app.example.com", False),
    ],
)
def test_what_a_certificate_covers(name: str, host: str, good: bool) -> None:
    assert covers(name, host) is good
