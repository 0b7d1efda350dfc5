"""Backups that nobody could restore from, and objectives that nothing reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from pydantic.alias_generators import to_snake

from common.problems import Problem
from common.tiers import Tier
from settings.base import Section
from settings.enums import (
    ComputeKind,
    DatabaseKind,
    Ingress,
    PasswordSource,
    ProxyMode,
    SecondRegion,
    Strategy,
    TableBilling,
)
from settings.enums import StreamView as Stream
from settings.offers.regions import partition
from settings.recovery import Failure, recoveries
from settings.sections.resilience import ResilienceSettings
from settings.sections.stores.buckets import BucketsSettings
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.recovery import Recovery
    from settings.schema import Settings

_PLACE: Final = "ascent:resilience"

_SERVING: Final = (Tier.PRODUCTION, Tier.ENTERPRISE)
"""Tiers at which an experiment meets users."""

_SPREAD: Final = ("dynamodb", "postgres")
"""Stores that a second region has copies of."""


def vaults(settings: Settings) -> Iterator[Problem]:
    """Copies of backups that would not be elsewhere, that cannot get there, or that nobody makes."""
    recovery = settings.resilience
    if arn := recovery.copy_vault_arn:
        yield from _foreign_vault(settings, arn)
    if recovery.air_gapped_days is not None and not recovery.backup:
        wanted = "nothing is backed up: ascent:resilience.backup is false"
        yield Problem(
            f"{_PLACE}.airGappedDays", str(recovery.air_gapped_days), wanted, "remove it, or set backup: true"
        )
    if recovery.restore_tests and not recovery.backup:
        wanted = "there is no backup to restore: ascent:resilience.backup is false"
        yield Problem(f"{_PLACE}.restoreTests", "true", wanted, "set it to false, or backup: true")
    if recovery.copies and not recovery.backup:
        wanted = "there is no backup to copy: ascent:resilience.backup is false"
        yield Problem(f"{_PLACE}.copies", "true", wanted, "set it to false, or backup: true")


def _foreign_vault(settings: Settings, arn: str) -> Iterator[Problem]:
    place, parts = f"{_PLACE}.copyVaultArn", arn.split(":")
    if parts[1] != partition(settings.region):
        wanted = f"{settings.region} is in the partition {partition(settings.region)}, which nothing is copied out of"
        yield Problem(place, arn, wanted, "name a vault of that partition")
    if parts[4] == settings.account_id:
        wanted = "the vault must be in another account than the stack's, or it goes with the account"
        yield Problem(place, arn, wanted, "name one of an account for backups, or set copies: true for another region")
    if not settings.resilience.backup:
        yield Problem(
            place, arn, "nothing is backed up: ascent:resilience.backup is false", "remove it, or set backup: true"
        )
    elif not settings.security.customer_managed_keys:
        wanted = "what a key of AWS's encrypts cannot be copied into another account"
        fix = "set ascent:security.customerManagedKeys: [data]"
        yield Problem(place, arn, wanted, fix)


def experiments(settings: Settings) -> Iterator[Problem]:
    """Experiments where users would notice, and nobody said that they may."""
    asked = settings.resilience.experiments
    if asked.enabled and settings.tier in _SERVING and not asked.in_production:
        wanted = f"at the tier {settings.tier} users notice what breaks"
        fix = "set it to false, or ascent:resilience.experiments.inProduction: true"
        yield Problem(f"{_PLACE}.experiments.enabled", "true", wanted, fix)
    if asked.enabled and not any(service.is_web for service in services_of(settings)):
        wanted = "no service takes requests, so no alarm would stop an experiment"
        yield Problem(f"{_PLACE}.experiments.enabled", "true", wanted, "set it to false, or add a service of kind web")
    if asked.in_production and not asked.enabled:
        wanted = f"nothing is allowed: {_PLACE}.experiments.enabled is false"
        yield Problem(f"{_PLACE}.experiments.inProduction", "true", wanted, "remove it, or set enabled: true")


def second_region(settings: Settings) -> Iterator[Problem]:
    """A second region that is none, or that the rest of the stack cannot move to."""
    asked, place = settings.resilience.second_region, f"{_PLACE}.secondRegion"
    if asked.mode is SecondRegion.OFF:
        if asked.region is not None:
            wanted = f"nothing stands ready there: {place}.mode is off"
            yield Problem(f"{place}.region", asked.region, wanted, "remove it, or set mode: backup_only")
        return
    region = settings.resilience.second_in(settings.region)
    if region is None:
        wanted = (
            f"{settings.region} has no neighbour under the same law: whether data may leave the country is yours to say"
        )
        yield Problem(f"{place}.region", "missing", wanted, "name a region")
    elif region == settings.region:
        yield Problem(f"{place}.region", region, "it is the stack's own region", "name another one")
    elif partition(region) != partition(settings.region):
        wanted = f"{settings.region} is in the partition {partition(settings.region)}, which nothing is copied out of"
        yield Problem(f"{place}.region", region, wanted, "name a region of that partition")
    if not settings.resilience.backup:
        wanted = "there is no backup to copy there: ascent:resilience.backup is false"
        yield Problem(f"{place}.mode", asked.mode, wanted, "set backup: true, or mode: off")
    if asked.mode.stands:
        yield from _standing(settings, f"{place}.mode")


def _standing(settings: Settings, place: str) -> Iterator[Problem]:
    """What keeps a stack from being served from two regions."""
    mode, edge = settings.resilience.second_region.mode, settings.edge
    if edge.ingress is not Ingress.ALB:
        wanted = "requests move between regions by DNS, to public load balancers"
        yield Problem(place, mode, wanted, "set ascent:edge.ingress: alb, or mode: backup_only")
    elif edge.domain is None or edge.certificate_arn is not None:
        wanted = "requests move between regions by DNS: the domain and its zone must be of this stack"
        fix = "set ascent:edge.domain and hostedZoneId and no certificateArn, or mode: backup_only"
        yield Problem(place, mode, wanted, fix)
    if settings.compute.kind is not ComputeKind.FARGATE:
        wanted = "a failover starts tasks of ECS"
        yield Problem(place, mode, wanted, "set ascent:compute.kind: fargate, or mode: backup_only")
    yield from _here_alone(settings, place)
    if mode.serves and settings.data.postgres.enabled:
        wanted = (
            "its tasks would have no database: AWS refuses a live copy in another region of a database whose password "
            "it keeps; ascent:data.postgres has its backups replicated, and a failover restores them"
        )
        yield Problem(place, mode, wanted, "set mode: pilot_light, or keep the data in ascent:data.dynamodb alone")


def _here_alone(settings: Settings, place: str) -> Iterator[Problem]:
    """What the stack's own region has and a second one can't have: all of it in one line."""
    found = [f"ascent:{path}" for path, there in _in_one_region(settings) if there]
    if found:
        wanted = f"a second region can't have what is set in {', '.join(found)}"
        yield Problem(
            place, settings.resilience.second_region.mode, wanted, "switch that off, or set mode: backup_only"
        )


def _in_one_region(settings: Settings) -> Iterator[tuple[str, bool]]:
    """Settings whose effect stays in one region, and whether the stack has them."""
    data, table, postgres = settings.data, settings.data.dynamodb, settings.data.postgres
    for store in type(data).model_fields:
        if store not in _SPREAD:
            yield f"data.{store}", getattr(data, store).enabled
    if table.enabled:
        yield "data.dynamodb.globalRegions", bool(table.global_regions)
        yield "data.dynamodb.billing", table.billing is TableBilling.AUTOSCALED
        yield "data.dynamodb.stream", table.stream not in (Stream.OFF, Stream.NEW_AND_OLD_IMAGES)
    if postgres.enabled:
        yield "data.postgres.kind", postgres.kind is not DatabaseKind.INSTANCE
        yield "data.postgres.readers", bool(postgres.readers)
        yield "data.postgres.proxy", postgres.proxy is not ProxyMode.OFF
        yield "data.postgres.password", postgres.password is not PasswordSource.MANAGED
    yield "edge.assets", settings.edge.serves_files
    yield "edge.dns.failover", settings.edge.dns.failover is not None
    yield "configuration", settings.configuration.enabled
    yield "compute.release", settings.compute.release.shifts
    yield "compute.connect", settings.compute.connect
    yield "compute.spotPercent", bool(settings.compute.spot_percent)
    yield "compute.scaling.sleep", settings.compute.scaling.sleep.enabled
    for name, service in settings.services.items():
        yield f"services.{name}.queue", service.queue.enabled
        yield f"services.{name}.schedule", service.schedule.expression is not None
        yield f"services.{name}.beforeRelease", service.before_release
        yield f"services.{name}.strategy", service.strategy is not None and service.strategy is not Strategy.ROLLING


def objectives(settings: Settings) -> Iterator[Problem]:
    """Objectives that what the settings give does not reach; each names what would, and what that costs."""
    resilience = settings.resilience
    asked: tuple[tuple[str, Failure, str, int | None], ...] = (
        ("rpoMinutes", Failure.STORE, "loses", resilience.rpo_minutes),
        ("rtoMinutes", Failure.STORE, "takes", resilience.rto_minutes),
        ("regionRpoMinutes", Failure.REGION, "loses", resilience.region_rpo_minutes),
        ("regionRtoMinutes", Failure.REGION, "takes", resilience.region_rto_minutes),
    )
    for key, failure, what, most in asked:
        if most is None:
            continue
        late = [one for one in recoveries(settings) if one.failure is failure and _minutes(one, what) > most]
        if late:
            worst = max(late, key=lambda one: _minutes(one, what))
            yield Problem(f"{_PLACE}.{key}", str(most), _given(worst, what), _way_out(settings, failure, what, most))


def _minutes(one: Recovery, what: str) -> float:
    minutes = getattr(one, what)
    return float("inf") if minutes is None else minutes


def _given(one: Recovery, what: str) -> str:
    """What an objective is held against."""
    when = "when a store is lost" if one.failure is Failure.STORE else "when the region is lost"
    minutes = getattr(one, what)
    if minutes is None:
        return f"{when}, ascent:data.{one.store} is lost for good: {one.by}"
    if what == "loses":
        return f"{when}, ascent:data.{one.store} loses up to {minutes} minutes, by {one.by}"
    return f"{when}, ascent:data.{one.store} takes about {minutes} minutes, by {one.by}"


def _worst(settings: Settings, failure: Failure, what: str) -> float:
    """Minutes of the store that is worst off; infinite where it is lost for good."""
    return max((_minutes(one, what) for one in recoveries(settings) if one.failure is failure), default=0)


def _way_out(settings: Settings, failure: Failure, what: str, most: int) -> str:
    """What would reach an objective, the cheapest first, with its price; else the least that can be promised."""
    least, by = _worst(settings, failure, what), ""
    for step, changed in _steps(settings):
        given = _worst(changed, failure, what)
        if given <= most:
            return f"set {step}"
        if given < least:
            least, by = given, f", with {step}"
    if least == float("inf"):
        return "no setting reaches it: remove it"
    return f"no setting reaches it: write {least:.0f} or more{by}"


def _steps(settings: Settings) -> Iterator[tuple[str, Settings]]:
    """What brings more back than the stack's own settings, the cheapest first: in words, and the stack with it."""
    yield from _recovery_steps(settings)
    held = settings.data.buckets
    if held.enabled and not held.copies:
        data = settings.data.model_copy(update={"buckets": held.model_copy(update={"copies": True})})
        copied = settings.model_copy(update={"data": data})
        first = f"ascent:data.buckets.copies: true ({_cost(BucketsSettings, 'copies')})"
        yield first, copied
        yield from ((f"{first} and {step}", changed) for step, changed in _recovery_steps(copied))


def _recovery_steps(settings: Settings) -> Iterator[tuple[str, Settings]]:
    recovery = settings.resilience

    def having(**changes: Any) -> Settings:  # noqa: ANN401
        return settings.model_copy(update={"resilience": recovery.model_copy(update=changes)})

    def said(path: str, value: str) -> str:
        return f"{_PLACE}.{path}: {value} ({_cost(ResilienceSettings, path)})"

    if not recovery.copied:
        yield said("copies", "true"), having(copies=True, backup=True)
    modes = list(SecondRegion)
    for mode in modes[modes.index(recovery.second_region.mode) + 1 :]:
        second = recovery.second_region.model_copy(update={"mode": mode})
        changed = having(second_region=second, backup=True)
        if not list(second_region(changed)):
            yield said("secondRegion.mode", mode.value), changed


def _cost(model: type[Section], path: str) -> str:
    """What a setting costs, as the setting itself says."""
    *sections, last = path.split(".")
    for name in sections:
        model = cast("type[Section]", model.model_fields[to_snake(name)].annotation)
    extra = model.model_fields[to_snake(last)].json_schema_extra
    return str(extra["cost"]) if isinstance(extra, dict) else ""
