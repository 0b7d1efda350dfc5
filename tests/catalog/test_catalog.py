"""The table of types: whole for the shipped stacks, true to the SDK, and one home for what it says."""

from __future__ import annotations

import inspect
import json
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import pytest

from ascent.catalog.known import Known, Service
from ascent.catalog.lookup import known_of, why_free
from ascent.catalog.table import TABLE
from ascent.cost.pricers import PRICERS
from policies.pack import types
from tests.stacks.invariants.names import AUTONAMED, FIXED
from tests.stacks.planning import SHIPPED, shipped

DATA = Path(__file__).parents[1] / "engine" / "data"
PROVIDER = json.loads((DATA / "force_new.json").read_text(encoding="utf-8"))
TASK_DEFINITION, ZONE = types.ECS_TASK_DEFINITION, types.ROUTE53_ZONE
"""A family's revisions and zones of one name stand beside each other."""

CONSTANTS = {token: name for name, token in vars(types).items() if name.isupper()}


def owed(type_: str) -> list[str]:
    """What a type of a shipped stack still owes to the rest of the house, each with the file to edit."""
    name = CONSTANTS.get(type_)
    debts = []
    if name is None:
        debts.append(f'policies/pack/types.py: add a constant SERVICE_CLASS: Final = "{type_}", where it sorts')
    if type_ not in TABLE:
        debts.append(
            f'ascent/catalog/table.py: add types.{name or "SERVICE_CLASS"}: Known(Service("label", Family.…)) if it is '
            'drawn, or Known(Part("label")) if it is only a detail of another resource; then what it loses, serves, '
            "replaces and interrupts, as ascent/catalog/known.py explains"
        )
    if type_ not in PRICERS and not why_free(type_):
        debts.append(
            f'ascent/catalog/table.py: say free="why AWS charges nothing"; or in ascent/cost/pricers/ add a function '
            f"with @prices(types.{name or 'SERVICE_CLASS'}) that yields charges, or Gap(why) if nobody can price it"
        )
    return [f"{type_} → {debt}" for debt in debts]


@pytest.mark.parametrize("stack", SHIPPED)
def test_the_types_of_a_shipped_stack_owe_nothing(stack: str) -> None:
    found = {r.type for r in shipped(stack).resources if r.custom and r.type.startswith("aws:")}
    assert len(found) > 20
    debts = [debt for type_ in sorted(found) for debt in owed(type_)]
    assert not debts, "\n".join(debts)


def test_a_new_type_is_told_all_that_it_owes() -> None:
    files = [debt.split(" → ")[1].partition(":")[0] for debt in owed("aws:new/thing:Thing")]
    assert files == ["policies/pack/types.py", "ascent/catalog/table.py", "ascent/catalog/table.py"]


def arguments(type_: str) -> set[str]:
    """Inputs that the SDK's class of a type takes, as the plan spells them."""
    module, _, class_ = type_.removeprefix("aws:").partition("/")
    sdk = import_module(f"pulumi_aws.{module}{'_' if iskeyword(module) else ''}")
    found = getattr(sdk, class_.rpartition(":")[2])
    assert found.pulumi_type == type_
    names = inspect.signature(found._internal_init).parameters
    return {"".join(part.title() if n else part for n, part in enumerate(name.split("_"))) for name in names}


@pytest.mark.parametrize("type_", TABLE)
def test_a_row_is_about_a_type_and_inputs_that_exist(type_: str) -> None:
    row = TABLE[type_]
    identity = {part.removesuffix("?").partition(".")[0] for part in row.identity}
    wrong = {*row.replaces, *row.interrupts, *identity} - arguments(type_)
    assert not wrong, f"ascent/catalog/table.py: {CONSTANTS[type_]} has no input {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("type_", TABLE)
def test_a_row_contradicts_nothing(type_: str) -> None:
    row = TABLE[type_]
    assert row.service.label
    assert not (row.loses and row.serves), "what holds data is said to lose it; say one"
    assert not set(row.replaces) & set(row.interrupts), "an input replaces the resource or interrupts it"
    assert row.loses or row.serves or not row.interrupts, "say what is missing meanwhile"


@pytest.mark.parametrize("type_", PROVIDER["tested"])
def test_what_replaces_is_the_providers_own_answer(type_: str) -> None:
    """The provider was asked about each of these inputs (`source` in the file says how)."""
    forced = {name.partition(".")[0] for name in PROVIDER["replaces"].get(type_, ())}
    asked = {name.partition(".")[0] for name in PROVIDER["tested"][type_]} | forced
    said = set(known_of(type_).replaces) & asked
    assert said == forced, f"ascent/catalog/table.py: {CONSTANTS[type_]}: replaces must have {sorted(forced)}"


@pytest.mark.parametrize("type_", sorted(({type_ for type_, _ in FIXED} | {*AUTONAMED}) - {TASK_DEFINITION, ZONE}))
def test_what_has_a_name_is_identified(type_: str) -> None:
    assert known_of(type_).identity, f"ascent/catalog/table.py: {CONSTANTS[type_]}: say what identifies it"


def test_the_rows_stand_in_the_order_of_their_constants() -> None:
    assert list(TABLE) == [token for token in CONSTANTS if token in TABLE]


def test_a_label_is_one_service() -> None:
    services = {row.service for row in TABLE.values() if isinstance(row.service, Service)}
    assert len({service.label for service in services}) == len(services)


def test_types_without_a_row() -> None:
    assert known_of("aws:new/thing:Thing") == Known(known_of("aws:new/thing:Thing").service)
    assert known_of("aws:new/thing:Thing").service.label == "Thing"
    assert (why_free("aws:iam/user:User"), why_free("aws:new/thing:Thing")) == ("IAM is free", "")


def test_pricers_are_about_types_with_a_constant() -> None:
    assert not set(PRICERS) - set(CONSTANTS)
