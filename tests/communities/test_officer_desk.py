"""What communities put on the desk: each kind appears, disappears by itself when done, and stays within one's areas."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities import actions
from communities.desk import desk_items
from communities.models import Community, Event, Membership
from communities.queries.upkeep import ASLEEP_DAYS
from portal.accounts.scope import Scope
from portal.kernel import clock, ports
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


def kinds(who) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    """What lies on somebody's desk: the names of things by kind of key."""
    found: dict[str, list[str]] = {}
    for item in desk_items(Scope.of(make.fresh(who))):
        found.setdefault(item.key.split(":")[0].removeprefix("communities."), []).append(
            item.meta.split("・")[0]
        )
    return found


@pytest.fixture
def officer():  # type: ignore[no-untyped-def]
    return make.ward_officer()


def test_a_request_waits_until_it_is_answered(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(join_policy="approval")
    make.organiser(where)
    asked = actions.join_community(by=make.person(), community=where)
    [item] = [item for item in desk_items(Scope.of(officer)) if "requests" in item.key]
    assert item.due_on == clock.today_jst() + timedelta(days=3)
    assert item.url == f"/communities/{where.slug}/manage/"
    actions.accept_member(by=officer, membership=asked)
    assert "requests" not in kinds(officer)


def test_drafts_wait_those_asked_for_with_a_date(officer) -> None:  # type: ignore[no-untyped-def]
    draft = make.community(publish=False)
    make.event(make.community(), publish=False, title="下書きの会")
    items = {item.key.split(":")[0]: item for item in desk_items(Scope.of(officer))}
    assert items["communities.community_drafts"].due_on is None
    Community.objects.filter(pk=draft.pk).update(publish_asked_at=clock.now())
    items = {item.key.split(":")[0]: item for item in desk_items(Scope.of(officer))}
    assert items["communities.community_drafts"].due_on == clock.today_jst() + timedelta(days=3)
    assert items["communities.event_drafts"].meta.startswith("下書きの会")
    actions.publish_community(by=officer, community=draft)
    assert "community_drafts" not in kinds(officer)


def test_a_meeting_that_is_over_waits_for_its_record(officer) -> None:  # type: ignore[no-untyped-def]
    event = make.event()
    assert "reports" not in kinds(officer)
    with clock.at(event.ends_at + timedelta(hours=1)):
        found = {item.key.split(":")[0]: item for item in desk_items(Scope.of(make.fresh(officer)))}
        assert found["communities.reports"].url == f"/staff/events/{event.pk}/"
        actions.hold_event(by=make.fresh(officer), event=Event.objects.get(pk=event.pk))
        left = {item.key: item.title for item in desk_items(Scope.of(make.fresh(officer)))}
        assert left.get(f"communities.reports:{event.pk}") in (None, "催しの報告をまとめる")


def test_collaborations_go_from_the_ward_to_the_city(officer) -> None:  # type: ignore[no-untyped-def]
    row, city = make.collaboration(), make.city_officer()
    assert ("confirm" in kinds(officer), "count" in kinds(officer)) == (True, False)
    actions.ward_confirm_collaboration(by=officer, collaboration=row)
    assert "confirm" not in kinds(officer)
    assert "count" in kinds(city)
    actions.count_collaboration(by=city, collaboration=row)
    assert not {"confirm", "count"} & set(kinds(city))


def test_a_community_without_anybody_in_charge(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(name="ひとりもいない会")
    assert "ひとりもいない会" in kinds(officer)["without_organiser"]
    make.organiser(where)
    assert "ひとりもいない会" not in kinds(officer).get("without_organiser", [])


def test_no_hub_staff_is_said_only_where_somebody_knows(officer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    alone, led = make.community(name="ひとりもいない会"), make.community(name="世話人のいる会")
    make.organiser(led)
    items = [item for item in desk_items(Scope.of(officer)) if alone.name in item.meta]
    assert [(item.kind, item.title) for item in items] == [("世話人がいない", "世話人を決める")]
    assert "without_companion" not in kinds(officer)
    accompanied = Community.objects.filter(pk=led.pk)
    monkeypatch.setitem(ports.accompanied._entries, "hubstaff", lambda: accompanied.values("pk"))
    items = [item for item in desk_items(Scope.of(officer)) if alone.name in item.meta]
    assert {(item.kind, item.title) for item in items} == {
        ("世話人がいない", "世話人を決める"), ("隊員の伴走がないコミュニティ", "隊員の伴走を決める"),
    }  # fmt: skip
    assert kinds(officer)["without_companion"] == [alone.name]
    assert "without_companion" not in kinds(make.ward_officer("151017"))
    accompanied = Community.objects.all()
    assert "without_companion" not in kinds(officer)


def test_ninety_days_without_a_sign_of_life(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(name="しずかな会")
    make.organiser(where)
    with clock.at(clock.now() + timedelta(days=ASLEEP_DAYS - 1)):
        assert "asleep" not in kinds(officer)
    with clock.at(clock.now() + timedelta(days=ASLEEP_DAYS + 1)):
        assert kinds(officer)["asleep"] == ["しずかな会"]
        make.event(Community.objects.get(pk=where.pk))
        assert "asleep" not in kinds(officer)


def test_each_other_sign_of_life_wakes_it(officer) -> None:  # type: ignore[no-untyped-def]
    later = clock.now() + timedelta(days=ASLEEP_DAYS + 1)
    for wake in (lambda c: make.member(c), lambda c: make.initiative(c)):
        where = make.community()
        with clock.at(later):
            assert where.name in kinds(officer)["asleep"]
            wake(Community.objects.get(pk=where.pk))
            assert where.name not in kinds(officer).get("asleep", [])


def test_the_officer_of_another_ward_sees_nothing_of_it(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(join_policy="approval")
    actions.join_community(by=make.person(), community=where)
    make.community(publish=False)
    make.collaboration(make.initiative(where))
    assert {"requests", "community_drafts", "confirm", "without_organiser"} <= set(kinds(officer))
    assert kinds(make.ward_officer("151017")) == {}
    assert kinds(make.person()) == {}


def test_all_of_it_is_one_statement_at_one_and_at_a_hundred_communities(officer) -> None:  # type: ignore[no-untyped-def]
    scope = Scope.of(officer)
    for more in (1, 99):
        for _ in range(more):
            where = make.community(join_policy="approval")
            Membership.objects.create(community=where, user=make.person().user)
        with CaptureQueriesContext(connection) as captured:
            found = list(desk_items(scope))
        assert len(captured.captured_queries) == 1
    assert len([item for item in found if "requests" in item.key]) == 100
