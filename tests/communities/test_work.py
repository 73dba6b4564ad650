"""Initiatives and their stages, organisations held once, コミプラ and their stages."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions
from communities.models import Organisation
from portal.accounts.enums import Role
from portal.kernel import audit, search
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.accounts import actor, officer
from tests.factories.areas import AKIHA, area

pytestmark = pytest.mark.django_db

NUMBER = "5000020151009"  # 新潟市: 法人番号 with a fitting check digit
STAGES = ["consider", "prepare", "run", "become_independent", "finish"]


def test_an_initiative_starts_as_a_thought_and_is_found():
    row = make.initiative(title="地場産マルシェ", summary="駅前で月に一度。")
    assert row.stage == "idea"
    assert [
        hit.object_id for hit in search.find("マルシェ", audience=["public"], kinds=["initiative"]).items
    ] == [str(row.pk)]
    assert audit.history(row)[0].data == {"community": str(row.community_id)}


def test_an_initiative_of_a_draft_is_refused():
    with pytest.raises(Refusal, match="公開されてから"):
        make.initiative(make.community(publish=False))


def test_strangers_start_and_move_nothing():
    row = make.initiative()
    for stranger in (make.person(), make.organiser(make.community()), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            make.initiative(row.community, by=stranger)
        with pytest.raises(PermissionDenied):
            actions.move_initiative(by=stranger, initiative=row, step="consider")


def test_the_whole_way_of_an_initiative():
    row = make.initiative()
    by = make.organiser(row.community)
    for step in STAGES:
        actions.move_initiative(by=by, initiative=row, step=step)
    assert row.stage == "ended"
    assert row.stage_changed_at is not None
    assert [entry.event.rpartition(".")[2] for entry in reversed(audit.history(row))] == ["started", *STAGES]


def test_a_stage_is_not_jumped_and_ending_early_needs_a_reason():
    row, by = make.initiative(), make.ward_officer()
    with pytest.raises(Refusal, match="いま「思いつき」です"):
        actions.move_initiative(by=by, initiative=row, step="run")
    with pytest.raises(Refusal, match="理由"):
        actions.move_initiative(by=by, initiative=row, step="end")
    assert (
        actions.move_initiative(by=by, initiative=row, step="end", note="人が集まらなかった").stage == "ended"
    )
    with pytest.raises(Refusal):
        actions.move_initiative(by=by, initiative=row, step="end", note="もう一度")


def test_editing_an_initiative_changes_what_is_found():
    row = make.initiative()
    actions.edit_initiative(by=make.ward_officer(), initiative=row, title="朝市をひらく")
    assert [hit.object_id for hit in search.find("朝市", audience=["public"]).items] == [str(row.pk)]
    with pytest.raises(ValidationError):
        actions.edit_initiative(by=make.ward_officer(), initiative=row, title="")


def organisation(name, number="", kind="school", place=AKIHA):
    return actions.find_or_register_organisation(
        by=make.ward_officer(), name=name, kind=kind, area=area(place), corporate_number=number
    )


def test_an_organisation_is_held_once_by_its_normalised_name_and_area():
    first = organisation("髙橋建設")
    assert organisation("高橋建設 ").pk == first.pk
    assert organisation("高橋建設", place="151017").pk != first.pk
    assert first.name == "髙橋建設"


def test_an_organisation_is_held_once_by_its_number_whatever_its_name():
    first = organisation("新潟市役所", NUMBER)
    assert organisation("新潟市", NUMBER, place="151017").pk == first.pk


def test_a_number_given_later_is_kept_with_the_name():
    first = organisation("にいつ印刷")
    assert organisation("にいつ印刷", NUMBER).pk == first.pk
    first.refresh_from_db()
    assert first.corporate_number == NUMBER
    assert [entry.event for entry in audit.history(first)] == [
        "communities.organisation.numbered", "communities.organisation.registered",
    ]  # fmt: skip


def test_a_wrong_number_and_an_empty_name_are_refused():
    with pytest.raises(ValidationError, match="検査数字"):
        organisation("にせもの", "5000020151008")
    with pytest.raises(ValidationError, match="相手方の名前"):
        organisation("  ")
    assert not Organisation.objects.filter(name="にせもの").exists()


def test_a_platform_keeps_the_days_of_its_stages():
    row = make.platform(stage="preparing", since_on=date(2025, 4, 1))
    by = make.municipal_officer()
    actions.move_platform(by=by, platform=row, stage="forming", since_on=date(2026, 4, 1))
    assert row.stage == "forming"
    assert [(each.stage, each.since_on, each.set_by) for each in row.stages.all()][1] == (
        "forming",
        date(2026, 4, 1),
        by.user,
    )
    assert [entry.event.rpartition(".")[2] for entry in reversed(audit.history(row))] == [
        "registered",
        "form",
    ]


def test_a_stage_goes_one_step_and_back_only_with_a_note():
    row, by = make.platform(stage="preparing", since_on=date(2025, 4, 1)), make.municipal_officer()
    with pytest.raises(Refusal, match="一つずつ"):
        actions.move_platform(by=by, platform=row, stage="sustaining", since_on=date(2026, 4, 1))
    with pytest.raises(Refusal, match="前の日付"):
        actions.move_platform(by=by, platform=row, stage="forming", since_on=date(2024, 4, 1))
    with pytest.raises(Refusal, match="理由"):
        actions.move_platform(by=by, platform=row, stage="considering", since_on=date(2026, 4, 1))
    actions.move_platform(
        by=by, platform=row, stage="considering", since_on=date(2026, 4, 1), note="会長の交代"
    )
    assert row.stage == "considering"
    assert row.stages.last().note == "会長の交代"


def test_the_prefecture_confirms_a_stage_once_and_nobody_else_does():
    row = make.platform()
    [stage] = row.stages.all()
    prefecture = actor(officer(Role.PREFECTURE_OFFICER, "460001"))
    with pytest.raises(PermissionDenied):
        actions.confirm_platform_stage(by=make.municipal_officer(), stage=stage)
    first = actions.confirm_platform_stage(by=prefecture, stage=stage).confirmed_at
    assert first is not None
    assert actions.confirm_platform_stage(by=prefecture, stage=stage).confirmed_at == first
    assert [entry.event.rpartition(".")[2] for entry in audit.history(row)] == [
        "stage_confirmed",
        "registered",
    ]


def test_only_the_municipality_registers_and_moves():
    for stranger in (
        make.person(),
        make.municipal_officer("462012"),
        actor(officer(Role.PREFECTURE_OFFICER, "460001")),
    ):
        with pytest.raises(PermissionDenied):
            actions.register_platform(
                by=stranger, area=area("462039"), name="名", kana="ナ", since_on=date(2026, 4, 1)
            )
        with pytest.raises(PermissionDenied):
            actions.move_platform(
                by=stranger, platform=make.platform(), stage="preparing", since_on=make.yesterday()
            )
