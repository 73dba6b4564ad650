"""What communities give to the floors below: desks, hand-over, 開示, one's own page, the thread."""

from datetime import date, timedelta

import pytest

from communities import actions, desk, mails, mine, personal, queries, thread
from communities.models import Event, Membership
from portal.accounts.scope import Scope
from portal.kernel import clock as kernel_clock
from portal.kernel import ports
from tests.factories import communities as make
from tests.support.queries import assert_queries

from .cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Cast:
    return cast()


def scope(made: Cast, name: str) -> Scope:
    return Scope.of(make.visitor() if name == "anonymous" else make.fresh(made.people[name]))


def titles(made: Cast, name: str) -> dict[str, tuple[str, date | None, int]]:
    return {item.title: (item.url, item.due_on, item.count) for item in desk.desk_items(scope(made, name))}


def today() -> date:
    return kernel_clock.today_jst()


def year_end(row) -> date:
    return date(row.fiscal_year + 1, 5, 31)


def test_the_ports_are_filled():
    assert ports.desk_items["communities"] is desk.desk_items
    assert ports.open_cases["communities"] is desk.open_cases
    assert ports.personal_data["communities"] is personal.personal_data
    assert ports.panels["communities.me"] is mine.panels
    assert ports.thread_edges["communities"] is thread.thread_edges


def test_the_desk_of_a_ward_names_requests_drafts_and_records_with_their_days(world):
    event = make.event(world.community, publish=False, title="まだの会")
    manage = f"{world.community.get_absolute_url()}manage/"
    queue = f"/staff/collaborations/?state=submitted&year={world.submitted.fiscal_year}"
    found = titles(world, "ward")
    assert found == {
        "参加の申込みに返事をする": (manage, today() + timedelta(days=3), 1),
        "コミュニティを公開する": (f"/staff/communities/{world.draft.pk}/", None, 1),
        "催しを公開する": (
            f"/staff/events/{event.pk}/", event.starts_at.astimezone(kernel_clock.JST).date(), 1,
        ),
        "協働の記録1件を確認する": (queue, year_end(world.submitted), 1),
    }  # fmt: skip


def test_the_city_counts_what_its_wards_have_confirmed(world):
    actions.ward_confirm_collaboration(by=world.people["ward"], collaboration=world.submitted)
    make.collaboration(world.initiative, organisation_name="三つ目の学校")
    year = world.submitted.fiscal_year
    found = titles(world, "city")
    assert found["協働の記録1件を数える"] == (
        f"/staff/collaborations/?state=ward_confirmed&year={year}", year_end(world.submitted), 1,
    )  # fmt: skip
    assert "協働の記録1件を確認する" in found
    assert "協働の記録1件を数える" not in titles(world, "ward")


def test_where_there_is_no_ward_the_municipality_counts_at_once(world):
    officer = world.people["municipal"]
    place = world.platform.area
    initiative = make.initiative(make.community(by=officer, place=place), by=officer)
    make.collaboration(initiative, by=officer)
    found = titles(world, "municipal")
    assert set(found) == {"協働の記録1件を数える", "世話人を決める"}
    assert "state=submitted" in found["協働の記録1件を数える"][0]
    assert "協働の記録1件を数える" not in titles(world, "city")


@pytest.mark.parametrize(
    "name", ["anonymous", "resident", "organiser", "other_ward", "auditor", "prefecture", "municipal"]
)
def test_others_have_nothing_of_it_on_their_desk(world, name):
    assert titles(world, name) == {}


def test_the_day_to_answer_counts_from_the_first_request_and_from_asking(world, clock):
    Membership.objects.filter(pk=world.request.pk).update(created_at=kernel_clock.now() - timedelta(days=2))
    actions.join_community(by=make.person(), community=world.community)
    type(world.draft).objects.filter(pk=world.draft.pk).update(publish_asked_at=kernel_clock.now())
    found = titles(world, "ward")
    first = (kernel_clock.now() - timedelta(days=2)).astimezone(kernel_clock.JST).date()
    assert found["参加の申込み2件に返事をする"][1:] == (first + timedelta(days=3), 2)
    assert found["コミュニティを公開する"][1] == today() + timedelta(days=3)


def test_the_desk_costs_the_same_with_one_and_with_ten_of_everything(world):
    for count in (0, 9):
        for _ in range(count):
            where = make.community(join_policy="approval")
            actions.join_community(by=make.person(), community=where)
            make.community(publish=False)
            make.event(where, publish=False)
            make.collaboration(world.initiative)
        who = scope(world, "ward")
        with assert_queries(1):
            items = list(desk.desk_items(who))
        assert len(items) == (3 if count == 0 else 1 + 9 + 10 + 9 + 1 + 9)


def test_the_reader_of_needs_holds_the_event_until_it_is_over(world, clock):
    officer, other = world.people["ward"], world.people["other_ward"]
    Event.objects.filter(pk=world.event.pk).update(needs_officer=officer.user, needs_deputy=None)
    (item,) = desk.open_cases(officer.user_id)
    assert item.url == f"/events/{world.event.pk}/counter/readers/"
    assert world.event.title in item.title
    assert item.due_on == world.event.starts_at.astimezone(kernel_clock.JST).date()
    assert list(desk.open_cases(other.user_id)) == []
    Event.objects.filter(pk=world.event.pk).update(needs_officer=None, needs_deputy=other.user)
    assert [row.url for row in desk.open_cases(other.user_id)] == [item.url]
    clock.set((world.event.ends_at + timedelta(minutes=1)).isoformat())
    assert list(desk.open_cases(other.user_id)) == []


def test_an_event_without_live_parties_is_no_open_case(world):
    reader = world.people["ward"]
    Event.objects.filter(pk=world.event.pk).update(needs_officer=reader.user)
    actions.cancel_registration(by=reader, registration=world.party)
    assert list(desk.open_cases(reader.user_id)) == []


def test_what_is_held_about_a_person_is_all_there_is_and_only_theirs(world):
    member = world.people["member"]
    actions.show_member(
        by=member, membership=Membership.objects.get(user=member.user), show_name=True, about="喫茶店主"
    )
    with assert_queries(4 + len(personal.DEEDS)):
        found = personal.personal_data(member.user_id)
    (membership,) = found["コミュニティへの参加"]
    (party,) = found["催しの申込み"]
    assert (membership["コミュニティ"], membership["名前の公開"], membership["名前にそえる紹介"]) == (
        "「タイトル未定」", "する", "喫茶店主",
    )  # fmt: skip
    assert (party["参加に必要なこと"], party["人数"], party["メールアドレス"]) == (
        "車いすで使える席", 2, world.party.email,
    )  # fmt: skip
    asked = personal.personal_data(world.request.user_id)["コミュニティへの参加"]
    assert [row["ひとこと"] for row in asked] == ["自習室"]
    assert not any(personal.personal_data(world.people["resident"].user_id).values())


def test_every_personal_field_of_the_models_is_given_back(world):
    """The Privacy of a model names its fields; each is filled with a word of its own and must come out."""
    person = make.person(name="開示 太郎")
    made = actions.join_community(by=person, community=world.community, message="語の一")
    Membership.objects.filter(pk=made.pk).update(about="語の二")
    make.registration(
        world.event, by=person, name="語の三", kana="ゴノヨン", email="go5@example.jp", phone="025-000-0006",
        party_size=2, party_names=["語の七"], needs="語の八",
    )  # fmt: skip
    text = str(personal.personal_data(person.user_id))
    for word in (
        "語の一",
        "語の二",
        "語の三",
        "ゴノヨン",
        "go5@example.jp",
        "025-000-0006",
        "語の七",
        "語の八",
    ):
        assert word in text, word
    other = str(personal.personal_data(world.people["member"].user_id))
    assert "語の" not in other


def test_what_an_officer_did_is_held_about_the_officer(world):
    city = world.people["city"]
    actions.ward_confirm_collaboration(by=world.people["ward"], collaboration=world.submitted)
    actions.count_collaboration(by=city, collaboration=world.submitted)
    deeds = personal.personal_data(city.user_id)["世話人や職員としての記録"]
    assert deeds == [{"内容": "協働数に数えた協働", "名前": world.initiative.title}]


def test_ones_own_page_shows_communities_and_registrations(world):
    member = world.people["member"]
    who = scope(world, "member")
    with assert_queries(3):
        panels = list(mine.panels(member.user, who))
    assert [(panel.template, panel.order) for panel in panels] == [
        ("communities/_me_communities.html", 10), ("communities/_me_registrations.html", 20),
    ]  # fmt: skip
    page = world.client("member").get("/me/").content.decode()
    assert world.community.get_absolute_url() in page
    assert f"/registrations/{mails.registration_token(world.party)}/" in page
    assert "名前は載せていません" in page
    assert (
        f"{world.community.get_absolute_url()}manage/"
        in world.client("organiser").get("/me/").content.decode()
    )


def test_ones_own_page_is_empty_without_anything_and_shut_to_others(world):
    assert list(mine.panels(world.people["resident"].user, scope(world, "resident"))) == []
    for name in ("anonymous", "resident", "organiser", "ward", "city"):
        assert list(mine.panels(world.people["member"].user, scope(world, name))) == [], name
    assert list(mine.panels(world.community, scope(world, "member"))) == []


def test_what_is_over_comes_last_and_what_was_cancelled_not_at_all(world, clock):
    member = world.people["member"]
    later = make.registration(make.event(world.community, starts_at=make.moment(30)), by=member)
    gone = make.registration(make.event(world.community, starts_at=make.moment(40)), by=member)
    actions.cancel_registration(by=member, registration=gone)
    clock.set((world.event.ends_at + timedelta(hours=1)).isoformat())
    (_, registrations) = mine.panels(member.user, scope(world, "member"))
    assert [row["party"] for row in registrations.context["rows"]] == [later, world.party]


def test_the_thread_leads_back_without_a_query(world):
    who = scope(world, "anonymous")
    community = ("コミュニティ", "「タイトル未定」", world.community.get_absolute_url())
    initiative = ("取組", world.initiative.title, world.initiative.get_absolute_url())
    record = queries.collaborations_visible_to(who).get(pk=world.counted.pk)
    expected = [
        (world.event, [community]), (world.initiative, [community]), (record, [community, initiative]),
        (world.community, []), (world.platform, []), (make.event(world.platform, by=world.people["municipal"]), []),
    ]  # fmt: skip
    for row, edges in expected:
        with assert_queries(0):
            found = [(edge.kind, edge.title, edge.url) for edge in thread.thread_edges(row, who)]
        assert found == edges
    client = world.client("anonymous")
    for _, _, url in (community, initiative):
        assert client.get(url).status_code == 200
