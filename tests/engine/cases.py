"""The programs and stacks that the engine tests run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ascent.plan.config import read_stack
from ascent.plan.record import record
from tests.engine.sandbox import REPOSITORY

if TYPE_CHECKING:
    from ascent.plan.model import Plan


@dataclass(frozen=True, kw_only=True)
class Case:
    """One stack of one program."""

    source: Path
    """Directory of the program."""
    project: str
    stack: str
    protected: bool
    """Whether the stack holds data that must refuse to be destroyed."""
    looked_up: frozenset[str] = frozenset()
    """Inputs, as `type.property`, made from the answer of a look-up: only the engine can ask, so offline they are
    unknown."""
    policy_pack: str = ""
    """Directory of the policy pack to preview with, inside `source`; empty for none."""
    lift: str = ""
    """Path of the setting that lifts the protection, on Pulumi's side and on AWS's; empty where there is none."""

    def offline_plan(self) -> Plan:
        """The plan recorded without an engine, from the stack's own files."""
        config = read_stack(self.source, self.stack)
        return record(config.directory, config.project, config.stack, config.values, config.secret_keys).plan


SAMPLE = Case(
    source=Path(__file__).parent / "programs" / "sample",
    project="sample",
    stack="test",
    protected=True,
)
CLOUDFRONTS_LIST = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule.prefixListId"
"""AWS's list of CloudFront's addresses, whose id only AWS can tell."""
DEV = Case(
    source=REPOSITORY,
    project="ascent",
    stack="dev",
    protected=False,
    policy_pack="policies",
    # dev names no account, so the program asks AWS which one it is in, and writes it into key policies.
    looked_up=frozenset({"aws:kms/key:Key.policy", CLOUDFRONTS_LIST}),
)
STAGING = Case(
    source=REPOSITORY,
    project="ascent",
    stack="staging",
    protected=True,
    looked_up=frozenset({CLOUDFRONTS_LIST}),
    policy_pack="policies",
    lift="ascent:resilience.protect",
)
PROD = replace(STAGING, stack="prod", looked_up=frozenset())
ENTERPRISE = replace(PROD, stack="enterprise")
SHIPPED = (DEV, STAGING, PROD, ENTERPRISE)
"""The stacks that the repository ships; each has its own Pulumi.<stack>.yaml."""
