"""Registering, editing, publishing and ending communities."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions
from communities.models import Community, Membership
from portal.kernel import audit, clock, search
from portal.kernel.models import AuditEntry
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area

pytestmark = pytest.mark.django_db

WORDS = {"name": "「タイトル未定」", "kana": "タイトルミテイ", "summary": "人を集める。"}


def register(**kwargs):
    by = kwargs.pop("by", None) or make.ward_officer()
    return actions.register_community(by=by, area=area(AKIHA), **{**WORDS, **kwargs})


def events_of(row):
    return [entry.event for entry in reversed(audit.history(row))]


def found(words, audience=("public",)):
    return [hit.object_id for hit in search.find(words, audience=audience, kinds=["community"]).items]


def test_registering_makes_a_draft_that_only_its_area_finds():
    row = register(themes=[make.theme()], contact="秋葉区役所")
    assert (row.state, row.slug, row.published_at) == ("draft", "taitorumitei", None)
    assert [theme.slug for theme in row.themes.all()] == ["food"]
    assert found("タイトル") == []
    assert found("タイトル", ["area:151050"]) == [str(row.pk)]
    assert found("タイトル", ["area:151017"]) == []
    [entry] = audit.history(row)
    assert (entry.event, entry.data) == ("communities.community.registered", {"area": "151050"})


def test_registering_with_publish_is_public_at_once_and_findable_by_everybody():
    officer = make.ward_officer()
    row = register(by=officer, publish=True)
    assert (row.state, row.published_by) == ("published", officer.user)
    assert events_of(row) == ["communities.community.registered", "communities.community.publish"]
    assert found("たいとる みてい") == [str(row.pk)]


def test_registering_twice_with_the_same_reading_gives_two_addresses():
    assert [register().slug, register().slug, register().slug] == [
        "taitorumitei",
        "taitorumitei-2",
        "taitorumitei-3",
    ]


def test_hiragana_is_kept_as_katakana():
    assert register(kana="たいとるみてい").kana == "タイトルミテイ"


def test_only_the_officer_of_the_area_may_register():
    for stranger in (make.person(), make.ward_officer("151017"), make.municipal_officer()):
        with pytest.raises(PermissionDenied):
            register(by=stranger)
    assert Community.objects.filter(name=WORDS["name"]).count() == 0
    assert register(by=make.city_officer()).state == "draft"


def test_a_name_with_a_control_character_stores_nothing():
    with pytest.raises(ValidationError):
        register(name="だめ\x07な名前")
    with pytest.raises(ValidationError):
        register(summary="")
    assert not AuditEntry.objects.filter(event="communities.community.registered").exists()


def test_editing_keeps_the_address_and_changes_what_is_found():
    row = register(publish=True)
    actions.edit_community(
        by=make.ward_officer(), community=row, name="秋葉の夜", kana="アキハノヨル", variants=["あきはナイト"],
        themes=[make.theme("media")],
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.slug, row.name) == ("taitorumitei", "秋葉の夜")
    assert found("あきはナイト") == [str(row.pk)]
    assert found("タイトル") == []
    assert audit.history(row)[0].data == {"fields": ["kana", "name", "variants", "themes"]}


def test_editing_without_a_change_leaves_no_entry():
    row = register()
    before = len(audit.history(row))
    actions.edit_community(by=make.ward_officer(), community=row, name=row.name)
    assert len(audit.history(row)) == before


def test_an_organiser_edits_their_own_community_only():
    row, other = make.community(), make.community()
    by = make.organiser(row)
    assert actions.edit_community(by=by, community=row, meets="毎週土曜").meets == "毎週土曜"
    with pytest.raises(PermissionDenied):
        actions.edit_community(by=by, community=other, meets="毎週土曜")


def test_publishing_twice_is_refused():
    row = register(publish=True)
    with pytest.raises(Refusal, match="いま「公開中」です"):
        actions.publish_community(by=make.ward_officer(), community=row)


def test_an_organiser_may_not_publish_but_ask_once():
    row = make.community()
    by = make.organiser(row)
    draft = register()
    actions.move_community(by=make.ward_officer(), community=row, step="rest")
    with pytest.raises(PermissionDenied):
        actions.publish_community(by=by, community=draft)
    with pytest.raises(PermissionDenied):
        actions.ask_to_publish(by=by, community=draft)
    with pytest.raises(Refusal, match="下書きではありません"):
        actions.ask_to_publish(by=by, community=row)


def test_asking_to_publish_is_noted_once():
    draft, by = register(), make.person()
    Membership.objects.create(
        community=draft, user=by.user, role="organiser", state="active", joined_at=clock.now()
    )
    by = make.fresh(by)
    first = actions.ask_to_publish(by=by, community=draft).publish_asked_at
    assert actions.ask_to_publish(by=by, community=draft).publish_asked_at == first
    assert events_of(draft).count("communities.community.publish_asked") == 1


def test_discarding_takes_a_draft_out_of_search_and_out_of_sight():
    row = register()
    actions.discard_community(by=make.ward_officer(), community=row)
    assert row.state == "discarded"
    assert found("タイトル", ["area:151050"]) == []
    with pytest.raises(Refusal):
        actions.discard_community(by=make.ward_officer(), community=row)


def test_what_was_published_cannot_be_discarded():
    with pytest.raises(Refusal, match="いま「公開中」です"):
        actions.discard_community(by=make.ward_officer(), community=register(publish=True))


def test_resting_and_waking():
    row = make.community()
    by = make.organiser(row)
    assert actions.move_community(by=by, community=row, step="rest").state == "dormant"
    assert actions.move_community(by=by, community=row, step="wake").state == "published"


def test_dissolving_needs_a_reason_and_whoever_answers_for_the_community():
    row = make.community()
    member = make.person()
    make.member(row, member)
    for who in (make.fresh(member), make.organiser(make.community()), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            actions.move_community(by=who, community=row, step="dissolve", note="人が減った")
    with pytest.raises(Refusal) as refused:
        actions.move_community(by=make.ward_officer(), community=row, step="dissolve")
    assert refused.value.field == "note"
    assert (
        actions.move_community(
            by=make.ward_officer(), community=row, step="dissolve", note="人が減った"
        ).state
        == "dissolved"
    )
    with pytest.raises(PermissionDenied):
        actions.edit_community(by=make.ward_officer(), community=row, meets="毎週")
