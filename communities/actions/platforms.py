"""Platforms コミプラ and the dated history of their stage.

p = register_platform(by=officer, area=kanoya, name="高隈コミュニティ協議会", kana="タカクマコミュニティキョウギカイ",
                      stage="preparing", since_on=date(2026, 4, 1))
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from portal.areas.models import Area, SchoolDistrict
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.names import clean_kana
from portal.kernel.refusals import Refusal

from .. import indexing, workflow
from ..enums import PlatformPhase
from ..models import Platform, PlatformStage
from ..saving import free_slug, insert, locked, user_of

_STEPS = {
    (source, step.target): step.name for step in workflow.PLATFORM.transitions for source in step.sources
}


@transaction.atomic
def register_platform(
    *,
    by: Actor,
    area: Area,
    name: str,
    kana: str,
    since_on: date,
    stage: str = PlatformPhase.CONSIDERING,
    summary: str = "",
    districts: Iterable[SchoolDistrict] = (),
) -> Platform:
    """Register a platform at the stage it stands at since `since_on`. Raises PermissionDenied, ValidationError."""
    permissions.require(by, "communities.set_platform_stage", area)
    kana = clean_kana(kana)
    platform = insert(
        Platform(
            area=area, name=name, kana=kana, slug=free_slug(Platform, kana), summary=summary, stage=stage
        )
    )
    platform.districts.set(districts)
    _note_stage(by, platform, since_on, "")
    audit.record(
        "communities.platform.registered", by=by, target=platform, data={"area": area.pk, "stage": stage}
    )
    indexing.put_platform(platform)
    return platform


@transaction.atomic
def move_platform(*, by: Actor, platform: Platform, stage: str, since_on: date, note: str = "") -> Platform:
    """Put it at the next stage, or one back with a note. Raises Refusal when that is no neighbour of its stage."""
    locked(platform)
    step = _STEPS.get((platform.stage, stage))
    if step is None:
        raise Refusal(
            "ステージは、一つずつしか進められません。もどすときも一つずつです。", field="stage", code="moved"
        )
    if platform.stages.filter(since_on__gt=since_on).exists():
        raise Refusal("これまでのステージより前の日付には、できません。", field="since_on", code="date")
    workflow.PLATFORM.apply(platform, step, by=by, note=note)
    _note_stage(by, platform, since_on, note)
    return platform


@transaction.atomic
def confirm_platform_stage(*, by: Actor, stage: PlatformStage) -> PlatformStage:
    """The prefecture agrees with a stage. Twice changes nothing."""
    locked(stage)
    permissions.require(by, "communities.confirm_platform_stage", stage)
    if stage.confirmed_at is None:
        stage.confirmed_at, stage.confirmed_by = clock.now(), user_of(by)
        stage.save(update_fields=["confirmed_at", "confirmed_by"])
        audit.record(
            "communities.platform.stage_confirmed", by=by, target=stage.platform, data={"stage": stage.stage}
        )
    return stage


def _note_stage(by: Actor, platform: Platform, since_on: date, note: str) -> None:
    set_by = user_of(by)
    insert(
        PlatformStage(platform=platform, stage=platform.stage, since_on=since_on, note=note, set_by=set_by)
    )
