"""Rules that AWS Config holds resources against."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.account.findings.events import RUNBOOK
from components.foundation.context import Context
from components.foundation.event import EventSpec
from settings.sections.account import RecorderSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_REQUIRED_TAGS: Final = "REQUIRED_TAGS"
_TAGS: Final = ("Environment", "Project", "Owner")
"""Tags that everything in the account carries, whoever made it."""


@dataclass(frozen=True, kw_only=True)
class ConfigRulesArgs:
    """What is checked.

    Args:
        context: names and tags.
        settings: AWS's managed rules besides the one that asks for tags, and a conformance pack.
        recording: what starts the recorder; none where another stack did.
    """

    context: Context
    settings: RecorderSettings
    recording: Sequence[pulumi.Resource] = ()


class ConfigRules(pulumi.ComponentResource):
    """Managed rules, one of which finds what carries no tags. $0.001 per evaluation."""

    def __init__(self, name: str, args: ConfigRulesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:ConfigRules", name, None, opts)
        # Rules without a recorder are refused.
        child = pulumi.ResourceOptions(parent=self, depends_on=list(args.recording))
        self._names: list[pulumi.Output[str]] = []
        parameters = {f"tag{position}Key": key for position, key in enumerate(_TAGS, 1)}
        for identifier in dict.fromkeys((_REQUIRED_TAGS, *args.settings.rules)):
            key = identifier.lower().replace("_", "-")
            rule = aws.cfg.Rule(
                f"{name}-{key}",
                source=aws.cfg.RuleSourceArgs(owner="AWS", source_identifier=identifier),
                input_parameters=json.dumps(parameters) if identifier == _REQUIRED_TAGS else None,
                tags=args.context.tags(f"{name}-{key}"),
                opts=child,
            )
            self._names.append(rule.name)
        if args.settings.conformance_pack is not None:
            aws.cfg.ConformancePack(f"{name}-pack", template_s3_uri=args.settings.conformance_pack, opts=child)
        self.register_outputs({})

    def events(self) -> list[EventSpec]:
        """What breaks one of these rules."""
        return [
            EventSpec(
                key=RUNBOOK,
                subject="config",
                title="something breaks a rule of AWS Config",
                pattern={
                    "source": ["aws.config"],
                    "detail-type": ["Config Rules Compliance Change"],
                    "detail": {
                        "messageType": ["ComplianceChangeNotification"],
                        "configRuleName": self._names,
                        "newEvaluationResult": {"complianceType": ["NON_COMPLIANT"]},
                    },
                },
            )
        ]
