"""Models: only the named ones may be asked, with the guardrail where there is one, and with a log.

Not proven: which models a region has, and what a guardrail lets through.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.data.models import Models
from components.foundation.store import StoreArgs
from settings.sections.observability import AlarmSettings
from settings.sections.stores.models import ModelsSettings
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

PLAIN, PROFILE = "amazon.titan-embed-text-v2:0", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"


def models(**settings: Any) -> Models:  # noqa: ANN401
    given: dict[str, Any] = {"ids": [PLAIN, PROFILE], **settings}
    args = StoreArgs(context=CONTEXT, settings=ModelsSettings(**given), logs=LOGS, key_arn=KEY)
    return Models("shop-models", args)


def guarded() -> Models:
    return models(guardrail=True, log_days=30)


def test_a_permission_is_no_resource(build: Build) -> None:
    assert build(models).children == {}


def test_only_the_named_models_may_be_asked(build: Build) -> None:
    found = {s.sid: s for s in build(models, lambda one: one.statements()).answer}
    assert list(found) == ["AskModels", "AskProfile1", "AskBehindProfile1"]
    assert found["AskModels"].resources == [f"arn:aws:bedrock:us-east-1::foundation-model/{PLAIN}"]
    profile = f"arn:aws:bedrock:us-east-1:111111111111:inference-profile/{PROFILE}"
    assert found["AskProfile1"].resources == [profile]
    behind = found["AskBehindProfile1"]
    assert behind.resources == [f"arn:aws:bedrock:*::foundation-model/{PROFILE.removeprefix('us.')}"]
    assert behind.conditions == {"StringLike": {"bedrock:InferenceProfileArn": profile}}, "through the profile alone"


def test_a_profile_alone_needs_no_plain_model(build: Build) -> None:
    sids = build(lambda: models(ids=[PROFILE]), lambda one: [s.sid for s in one.statements()]).answer
    assert sids == ["AskProfile1", "AskBehindProfile1"]


def test_nothing_is_asked_without_the_guardrail(build: Build) -> None:
    made = build(guarded, lambda one: [one.statements(), one.variables])
    last = made.answer[0][-1]
    assert (last.effect, last.sid) == ("Deny", "NothingWithoutGuardrail")
    arn = made["shop-models-guardrail"].outputs["guardrailArn"]
    assert last.conditions == {"StringNotEquals": {"bedrock:GuardrailIdentifier": f"{arn}:1"}}
    assert made.answer[1] == {
        "MODEL_IDS": f"{PLAIN},{PROFILE}",
        "GUARDRAIL_ID": arn,
        "GUARDRAIL_VERSION": "1",
    }
    inputs = made.inputs("shop-models-guardrail")
    assert inputs["kmsKeyArn"] == KEY
    kinds = {one["type"]: one["outputStrength"] for one in inputs["contentPolicyConfig"]["filtersConfigs"]}
    assert kinds["PROMPT_ATTACK"] == "NONE", "Bedrock refuses any other"
    assert made.inputs("shop-models-guardrail-version")["skipDestroy"] is True


def test_questions_are_logged_for_a_while(build: Build) -> None:
    made = build(guarded)
    assert made.inputs("shop-models-log")["retentionInDays"] == 30
    config = made.inputs("shop-models-logging")["loggingConfig"]
    assert config["cloudwatchConfig"]["logGroupName"] == "/shop/dev/models"
    assert (config["textDataDeliveryEnabled"], config["imageDataDeliveryEnabled"]) == (True, False)
    trust = json.loads(made.inputs("shop-models-logger-role")["assumeRolePolicy"])["Statement"][0]
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": "111111111111"}


def test_an_alarm_for_each_model(build: Build) -> None:
    found = build(
        models, lambda one: [one.alarms(AlarmSettings()), len(one.graphs()), one.events(), one.outputs]
    ).answer
    assert [one.name for one in found[0]] == ["model-1-model-fails", "model-2-model-fails"]
    assert found[0][1].dimensions == {"ModelId": PROFILE}
    assert found[1:] == [3, [], {}]
