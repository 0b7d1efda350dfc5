"""The models that the application may ask."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import ROLLING, in_place, removes
from settings.fields import ModelId, distinct


class ModelsVariable(StrEnum):
    """What the application is told of its models."""

    IDS = "MODEL_IDS"
    GUARDRAIL_ID = "GUARDRAIL_ID"
    GUARDRAIL_VERSION = "GUARDRAIL_VERSION"


class ModelsSettings(Section):
    """Models of Bedrock, each by its name; nothing else may be asked."""

    GIVES: ClassVar = tuple(ModelsVariable)

    ids: Annotated[tuple[ModelId, ...], AfterValidator(distinct)] = setting(
        (),
        "models and inference profiles, such as us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        cost="by tokens, see Amazon Bedrock pricing",
        max_length=10,
        changes=ROLLING,
    )
    guardrail: bool = setting(
        False,
        "a guardrail that every question and answer must pass: harmful content, attacks on the prompt, personal data",
        cost="$0.40 per thousand units of 1,000 characters",
        changes=in_place(how="services start anew; without it the application's questions are refused until they did"),
    )
    log_days: int | None = setting(
        None,
        "how long questions and answers are logged, for the whole account and region; null for not at all. They are "
        "personal data",
        unit="days",
        cost="$0.50 per GB",
        ge=1,
        le=3653,
        changes=removes("Log group", data="the log of questions and answers"),
    )

    @property
    def enabled(self) -> bool:
        """Whether there is a model that may be asked."""
        return bool(self.ids)
