"""Organisations that stand twice: candidates, merge, the way back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.actions import merging
from communities.actions.organisations import find_or_register_organisation
from communities.models import Collaboration, Organisation
from communities.queries.organisations import candidates_for
from portal.accounts.scope import Scope
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "5000020151009", "7000012050002"


@pytest.fixture
def officer():
    return make.ward_officer()


def body(by, name, number="", place=AKIHA):
    return find_or_register_organisation(
        by=by, name=name, kind="school", area=area(place), corporate_number=number
    )


def record(name, **kwargs):
    row = make.collaboration(organisation_name=name, **kwargs)
    return row, row.organisation


def merge(by, kept, gone, note="同じ学校の別の書き方"):
    return merging.merge_organisations(by=by, kept=kept, gone=gone, note=note)


def test_merging_moves_every_record_and_leads_the_old_name_on(officer):
    (_, kept), (moved, gone) = record("新津高校"), record("新津高等学校")
    done = merge(officer, kept, gone)
    moved.refresh_from_db()
    assert (moved.organisation, done.moved) == (kept, [str(moved.pk)])
    assert body(officer, "新津高等学校") == kept
    assert make.collaboration(organisation=gone).organisation == kept
    assert audit.history(kept)[0].event == "communities.organisation.merged"


def test_a_number_goes_along_and_comes_back(officer):
    kept, gone = body(officer, "新津高校"), body(officer, "新津高等学校", NUMBER)
    done = merge(officer, kept, gone)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.corporate_number, gone.corporate_number, gone.merged_into) == (NUMBER, "", kept)
    merging.undo_merge(by=officer, merge=done)
    merging.undo_merge(by=officer, merge=done)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.corporate_number, gone.corporate_number, gone.merged_into) == ("", NUMBER, None)


def test_undoing_gives_back_exactly_what_was_moved(officer):
    (own, kept), (moved, gone) = record("新津高校"), record("新津高等学校")
    done = merge(officer, kept, gone)
    later = make.collaboration(organisation=gone)
    merging.undo_merge(by=officer, merge=done)
    found = {row.pk: row.organisation_id for row in Collaboration.objects.all()}
    assert found == {own.pk: kept.pk, moved.pk: gone.pk, later.pk: kept.pk}


def test_what_cannot_be_one_is_refused(officer):
    one, two = body(officer, "甲", NUMBER), body(officer, "乙", OTHER)
    with pytest.raises(Refusal, match="異なります"):
        merge(officer, one, two)
    with pytest.raises(Refusal, match="同じ主体"):
        merge(officer, one, one)
    third = body(officer, "甲の会")
    merge(officer, one, third)
    with pytest.raises(Refusal, match="もうほかの主体"):
        merge(officer, two, third)
    with pytest.raises(ValidationError):
        merge(officer, one, body(officer, "丙"), note="")


def test_both_counted_for_one_initiative_and_year_are_put_right_first(officer):
    initiative = make.initiative()
    first = make.collaboration(initiative, organisation_name="新津高校")
    second = make.collaboration(initiative, organisation_name="新津高等学校")
    with pytest.raises(Refusal, match="同じ年度の同じ取組"):
        merge(officer, first.organisation, second.organisation)
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()


def test_only_those_who_keep_both_areas_merge(officer):
    here, there = body(officer, "新津高校"), body(make.ward_officer("151017"), "新津高校", place="151017")
    for who in (officer, make.ward_officer("151017"), make.organiser(make.community()), make.person()):
        with pytest.raises(PermissionDenied):
            merge(who, here, there)
    assert merge(make.city_officer(), here, there).kept == here


def test_candidates_are_like_names_and_never_another_number(officer):
    here = body(officer, "新潟県立新津高等学校", NUMBER)
    like = body(officer, "新津高等学校")
    body(officer, "新津高等学校分校", OTHER)
    body(officer, "駅前の花屋")
    assert list(candidates_for(here, Scope.of(make.fresh(officer)))) == [like]


def test_the_check_digit_is_checked_where_it_is_typed(client, officer):
    row = body(officer, "新津高校")
    client.force_login(officer.user)
    address = f"/staff/organisations/{row.pk}/"
    key = client.get(address).context["form"].initial["once"]
    sent = {"name": "新津高校", "kind": "school", "corporate_number": "1000020151009", "once": key}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "検査数字" in answer.content.decode()
    assert client.post(address, {**sent, "corporate_number": "５００００２０１５１００９"}).status_code == 303
    row.refresh_from_db()
    assert row.corporate_number == NUMBER
