"""Models of Bedrock that the application may ask, and what watches over the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.store import StoreArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Severity
from settings.sections.stores.models import ModelsSettings, ModelsVariable

if TYPE_CHECKING:
    from components.foundation.event import EventSpec
    from components.foundation.store import RestoreSpec
    from settings.sections.observability import AlarmSettings

_INVOKE: Final = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")

_PROFILES: Final = ("apac.", "au.", "ca.", "eu.", "global.", "jp.", "us.", "us-gov.")
"""How ids of inference profiles begin: a part of the world, then the model (Bedrock user guide, "Supported Regions and
models for inference profiles")."""

_FILTERS: Final = ("HATE", "INSULTS", "MISCONDUCT", "SEXUAL", "VIOLENCE")

_SECRETS: Final = ("AWS_ACCESS_KEY", "AWS_SECRET_KEY", "CREDIT_DEBIT_CARD_NUMBER", "PASSWORD")
"""What no question or answer may hold; a question with one is refused, in an answer it is masked."""


class Models(pulumi.ComponentResource):
    """The permission to ask some models, with a guardrail and a log where they are wanted. Models charge by tokens.

    Attributes:
        ids: models and inference profiles that may be asked.
    """

    ids: tuple[str, ...]

    def __init__(self, name: str, args: StoreArgs[ModelsSettings], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:data:Models", name, None, opts)
        self._args, self.ids = args, args.settings.ids
        self._guardrail = self._guard(name) if args.settings.guardrail else None
        if args.settings.log_days is not None:
            self._log(name, args.settings.log_days)
        self.register_outputs({})

    def _guard(self, name: str) -> aws.bedrock.GuardrailVersion:
        context = self._args.context
        filters = [
            aws.bedrock.GuardrailContentPolicyConfigFiltersConfigArgs(
                type=kind, input_strength="HIGH", output_strength="HIGH"
            )
            for kind in _FILTERS
        ]
        attack = aws.bedrock.GuardrailContentPolicyConfigFiltersConfigArgs(
            # Only questions attack; Bedrock takes no strength for answers here.
            type="PROMPT_ATTACK",
            input_strength="HIGH",
            output_strength="NONE",
        )
        guardrail = aws.bedrock.Guardrail(
            f"{name}-guardrail",
            name=context.physical_name("models", limit=50),
            description=f"Questions and answers of {context.application} {context.environment}",
            blocked_input_messaging="This question cannot be answered.",
            blocked_outputs_messaging="The answer cannot be given.",
            kms_key_arn=self._args.key_arn,
            content_policy_config=aws.bedrock.GuardrailContentPolicyConfigArgs(filters_configs=[*filters, attack]),
            sensitive_information_policy_config=aws.bedrock.GuardrailSensitiveInformationPolicyConfigArgs(
                pii_entities_configs=[
                    aws.bedrock.GuardrailSensitiveInformationPolicyConfigPiiEntitiesConfigArgs(
                        type=kind, action="ANONYMIZE", input_action="BLOCK", output_action="ANONYMIZE"
                    )
                    for kind in _SECRETS
                ]
            ),
            tags=context.tags(f"{name}-guardrail"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self._guardrail_arn = guardrail.guardrail_arn
        return aws.bedrock.GuardrailVersion(
            f"{name}-guardrail-version",
            guardrail_arn=guardrail.guardrail_arn,
            description="In use",
            # What runs still asks with the version before.
            skip_destroy=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _log(self, name: str, days: int) -> None:
        context, child = self._args.context, pulumi.ResourceOptions(parent=self)
        group = log_group(
            f"{name}-log",
            context,
            LogPolicy(retention_days=days, key_arn=self._args.logs.key_arn),
            parent=self,
            physical_name=f"/{context.application}/{context.environment}/models",
        )
        role = ServiceRole(
            f"{name}-logger",
            ServiceRoleArgs(
                context=context,
                description="Bedrock, to log questions and answers",
                services=["bedrock.amazonaws.com"],
                statements=[
                    Statement(
                        sid="WriteLog",
                        actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                        resources=[pulumi.Output.concat(group.arn, ":log-stream:aws/bedrock/modelinvocations")],
                    )
                ],
                conditions={
                    "StringEquals": {"aws:SourceAccount": context.account_id},
                    "ArnLike": {"aws:SourceArn": context.arn("bedrock", "*")},
                },
            ),
            opts=child,
        )
        aws.bedrockmodel.InvocationLoggingConfiguration(
            f"{name}-logging",
            logging_config=aws.bedrockmodel.InvocationLoggingConfigurationLoggingConfigArgs(
                cloudwatch_config=aws.bedrockmodel.InvocationLoggingConfigurationLoggingConfigCloudwatchConfigArgs(
                    log_group_name=group.name, role_arn=role.arn
                ),
                text_data_delivery_enabled=True,
                embedding_data_delivery_enabled=False,
                image_data_delivery_enabled=False,
                video_data_delivery_enabled=False,
            ),
            opts=child,
        )

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """Which models the application may ask, and with which guardrail."""
        guarded = (
            {
                ModelsVariable.GUARDRAIL_ID: self._guardrail_arn,
                ModelsVariable.GUARDRAIL_VERSION: self._guardrail.version,
            }
            if self._guardrail is not None
            else {}
        )
        return {ModelsVariable.IDS: ",".join(self.ids), **guarded}

    @property
    def outputs(self) -> dict[str, pulumi.Input[object]]:
        """None: the settings say all."""
        return {}

    @property
    def backed_up(self) -> pulumi.Output[str] | None:
        """Nothing: models keep nothing."""
        return None

    @property
    def restored(self) -> RestoreSpec | None:
        """Nothing, as nothing is copied."""
        return None

    def statements(self) -> list[Statement]:
        """What the application may do: ask the named models, and with a guardrail nothing without it."""
        context = self._args.context
        plain = [model for model in self.ids if not model.startswith(_PROFILES)]
        statements = []
        if plain:
            arns = [_model_arn(context.partition, context.region, model) for model in plain]
            statements.append(Statement(sid="AskModels", actions=list(_INVOKE), resources=arns))
        for number, profile in enumerate((one for one in self.ids if one.startswith(_PROFILES)), start=1):
            arn = context.arn("bedrock", f"inference-profile/{profile}")
            model = profile.partition(".")[2]
            statements += [
                Statement(sid=f"AskProfile{number}", actions=list(_INVOKE), resources=[arn]),
                # A profile asks wherever there is room; the model may be asked there through it alone.
                Statement(
                    sid=f"AskBehindProfile{number}",
                    actions=list(_INVOKE),
                    resources=[_model_arn(context.partition, "*", model)],
                    conditions={"StringLike": {"bedrock:InferenceProfileArn": arn}},
                ),
            ]
        return [*statements, *self._guarded()]

    def _guarded(self) -> list[Statement]:
        if self._guardrail is None:
            return []
        version = pulumi.Output.concat(self._guardrail_arn, ":", self._guardrail.version)
        return [
            Statement(sid="UseGuardrail", actions=["bedrock:ApplyGuardrail"], resources=[self._guardrail_arn]),
            Statement(
                sid="NothingWithoutGuardrail",
                effect="Deny",
                actions=list(_INVOKE),
                resources=[f"arn:{self._args.context.partition}:bedrock:*::foundation-model/*"],
                conditions={"StringNotEquals": {"bedrock:GuardrailIdentifier": version}},
            ),
        ]

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Models that turn questions away, or fail."""
        del thresholds
        return [
            AlarmSpec(
                key="model-fails",
                subject=f"model-{number}",
                title=f"{model} turns questions away or fails",
                namespace="AWS/Bedrock",
                metric="InvocationThrottles",
                dimensions={"ModelId": model},
                statistic="Sum",
                beside={"m2": _of_model(model, "InvocationServerErrors", "Sum")},
                expression="FILL(m1, 0) + FILL(m2, 0)",
                threshold=0,
                periods=5,
                severity=Severity.MEDIUM,
            )
            for number, model in enumerate(self.ids, start=1)
        ]

    def events(self) -> list[EventSpec]:
        """None: what fails is in the metrics."""
        return []

    def graphs(self) -> list[Graph]:
        """How often and how long models are asked, and the tokens that are charged."""
        return [
            Graph(title="Questions to models", lines=[_of_model(m, "Invocations", "Sum", m) for m in self.ids]),
            Graph(
                title="Time to an answer, milliseconds",
                lines=[_of_model(m, "InvocationLatency", "p95", m) for m in self.ids],
            ),
            Graph(title="Tokens of answers", lines=[_of_model(m, "OutputTokenCount", "Sum", m) for m in self.ids]),
        ]


def _of_model(model: str, metric: str, statistic: str, label: str = "") -> Metric:
    return Metric(
        namespace="AWS/Bedrock", metric=metric, dimensions={"ModelId": model}, statistic=statistic, label=label
    )


def _model_arn(partition: str, region: str, model: str) -> str:
    return f"arn:{partition}:bedrock:{region}::foundation-model/{model}"
