"""The officer's list of people who act: never more than the rules let this officer see, nowhere it is written."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities import actions
from communities.models import Theme
from portal.accounts.enums import AgeGroup, Role
from portal.accounts.models import User
from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.models import AuditEntry
from tests.factories import communities as make
from tests.factories import people
from tests.factories.accounts import actor, officer
from tests.support.html import assert_html
from tests.support.pages import form_values
from tests.support.queries import counted

from .cast import Cast, cast

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/people/"


@pytest.fixture
def world() -> Cast:
    return cast()


def page(world: Cast, who: str = "ward", query: str = "") -> str:
    answer = world.client(who).get(ADDRESS + query)
    assert answer.status_code == 200
    assert_html(answer.content)
    return str(answer.content.decode())


def one(world: Cast, user_id: object, who: str = "ward"):  # type: ignore[no-untyped-def]
    return world.client(who).get(f"{ADDRESS}{user_id}/")


def taken(world: Cast, who: str = "ward", query: str = "") -> str:
    """The list as a file."""
    client = world.client(who)
    address = f"/staff/exports/people/new/{query}"
    values = form_values(client.get(address).content)
    sent = client.post(address, {**values, "form": "csv", "purpose": "名札をつくる"})
    assert sent.status_code == 303, sent.content.decode()
    return b"".join(client.get(sent.url).streaming_content).decode("utf-8-sig")


def nowhere(world: Cast, name: str, user_id: object, who: str = "ward") -> None:
    """Not in the list, not by a search, not in the file, not at an address of their own."""
    for query in ("", f"?q={name}", "?role=member", "?role=organiser", "?role=profile"):
        assert name not in page(world, who, query).replace(f'value="{name}"', "")
    assert name not in taken(world, who)
    assert one(world, user_id, who).status_code == 404


def test_an_officer_sees_members_and_organisers_of_the_own_area_alone(world) -> None:
    mine = make.person(name="秋葉 はなこ")
    make.member(world.community, mine)
    other = make.community(place=make.area("151017"))
    stranger = make.person(name="北区 たろう")
    make.member(other, stranger, show_name=True)
    found = page(world)
    assert "秋葉 はなこ" in found
    assert world.people["organiser"].user.name in found
    assert mine.user.email not in found
    nowhere(world, "北区 たろう", stranger.user_id)
    assert "北区 たろう" in page(world, "city")
    assert one(world, stranger.user_id, "city").status_code == 200


def test_who_may_only_read_sees_organisers_and_those_who_agreed_to_be_named(world) -> None:
    silent, named = make.person(name="名前を 出さない"), make.person(name="名前を 出します")
    make.member(world.community, silent)
    make.member(world.community, named, show_name=True)
    found = page(world, "auditor")
    assert "名前を 出します" in found
    assert world.people["organiser"].user.name in found
    nowhere(world, "名前を 出さない", silent.user_id, "auditor")
    assert "名前を 出さない" in page(world)


def test_a_resident_an_organiser_and_a_prefecture_officer_find_nothing(world) -> None:
    person = world.people["organiser"].user_id
    for who in ("resident", "organiser", "member", "prefecture"):
        assert world.client(who).get(ADDRESS).status_code == 404
        assert one(world, person, who).status_code == 404
        assert world.client(who).get("/staff/exports/people/new/").status_code == 404
    assert "試験の集まり" not in page(world, "municipal")
    assert one(world, person, "municipal").status_code == 404
    assert one(world, person, "other_ward").status_code == 404


def test_an_owner_of_a_profile_who_chose_the_ward_is_listed_by_the_open_name(world) -> None:
    by = make.person(name="本名 ひみつ")
    people.profile(by, name="よみ聞かせの人", kana="ヨミキカセ", areas=Area.objects.filter(pk="151050"))
    elsewhere = make.person()
    people.profile(elsewhere, name="よそで動く人", areas=Area.objects.filter(pk="151017"))
    found = page(world)
    assert "よみ聞かせの人" in found
    assert "本名" not in found
    assert "よそで動く人" not in found
    assert "よみ聞かせの人" in page(world, query="?q=よみきかせ")
    assert "よみ聞かせの人" not in page(world, query="?q=ひみつ")
    shown = one(world, by.user_id).content.decode()
    assert "試験のことをしています。" in shown
    assert "本名" not in shown
    assert "本名" not in taken(world)
    assert "よみ聞かせの人" in taken(world)
    assert f"/staff/contacts/person/{by.user_id}/" not in shown


def test_what_is_open_to_members_only_is_not_open_to_staff(world) -> None:
    by = make.person()
    profile = people.profile(
        by, name="とじた人", does="仲間だけに見せること", areas=Area.objects.filter(pk="151050"),
        seen=people.seen(areas="members", does="members"),
    )  # fmt: skip
    nowhere(world, "とじた人", by.user_id)
    # Nor when the officer is, as a person, a member beside them.
    make.member(world.community, by)
    make.member(world.community, world.people["ward"])
    shown = one(world, by.user_id).content.decode()
    assert profile.get_absolute_url() in shown
    assert "仲間だけに見せること" not in shown


def test_people_under_18_are_in_no_list_whatever_their_role(world) -> None:
    child = make.person(name="未成年 じゅん", age_group=AgeGroup.TEEN)
    make.member(world.community, child)
    leading = make.person(name="未成年 りく")
    make.organiser(world.community, leading)
    User.objects.filter(pk=leading.user_id).update(age_group=AgeGroup.TEEN, adult_confirmed_on=None)
    for person in (child, leading):
        nowhere(world, person.user.name, person.user_id)
    detail = world.client("ward").get(f"/staff/communities/{world.community.pk}/").content.decode()
    assert f"/staff/people/{leading.user_id}/" not in detail
    assert f"/staff/people/{world.people['organiser'].user_id}/" in detail


def test_who_left_closed_the_account_or_dissolved_is_gone(world) -> None:
    gone = make.person(name="やめた ひと")
    membership = make.member(world.community, gone)
    assert "やめた ひと" in page(world)
    actions.leave_community(by=gone, membership=membership)
    nowhere(world, "やめた ひと", gone.user_id)
    closed = make.person(name="とじた アカウント")
    make.member(world.community, closed)
    User.objects.filter(pk=closed.user_id).update(is_active=False)
    nowhere(world, "とじた アカウント", closed.user_id)
    over = make.community()
    last = make.person(name="解散の 会の人")
    make.member(over, last)
    actions.move_community(by=world.people["ward"], community=over, step="dissolve", note="活動を終えたため")
    nowhere(world, "解散の 会の人", last.user_id)


def test_a_hidden_or_closed_profile_leaves_at_once(world) -> None:
    by = make.person()
    people.profile(by, name="かくれる人", areas=Area.objects.filter(pk="151050"))
    assert "かくれる人" in page(world)
    actions.close_profile(by=by)
    nowhere(world, "かくれる人", by.user_id)


def test_filters_narrow_by_ward_role_theme_and_name(world) -> None:
    leader, plain, open_one = (make.person(name=name) for name in ("世話 する", "参加 する", "開いて いる"))
    make.organiser(world.community, leader)
    make.member(world.community, plain)
    cooking = make.community(themes=[Theme.objects.get(slug="food")])
    make.member(cooking, open_one)
    people.profile(open_one, name="ひらいた名前", themes=Theme.objects.filter(slug="childcare"))
    north = make.person(name="北の ひと")
    make.member(make.community(place=make.area("151017")), north)

    def names(query: str, who: str = "ward") -> set[str]:
        found = page(world, who, query)
        return {
            name for name in ("世話 する", "参加 する", "開いて いる", "北の ひと") if f">{name}<" in found
        }

    assert names("") == {"世話 する", "参加 する", "開いて いる"}
    assert names("?role=organiser") == {"世話 する"}
    assert names("?role=member") == {"参加 する", "開いて いる"}
    assert names("?role=profile") == {"開いて いる"}
    assert names("?theme=food") == names("?theme=childcare") == {"開いて いる"}
    assert names("?area=151017", "city") == {"北の ひと"}
    assert names("?area=151017") == set()
    assert names("?q=参加") == {"参加 する"}
    assert names("?role=unknown&theme=&cursor=x") == names("")


def test_the_list_is_paged_by_key_without_names_in_the_address(world) -> None:
    for number in range(60):
        make.member(world.community, make.person(name=f"多くの人 {number:02d}"))
    first = page(world)
    assert first.count("多くの人") == 50
    assert "多くの人 59" in first
    client = world.client("ward")
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    assert len(counted(captured)) == 10


def test_the_file_holds_what_the_list_shows_and_says_for_what_it_was_taken(world) -> None:
    named = make.person(name="=1+1")
    make.member(world.community, named)
    rows = list(csv.reader(io.StringIO(taken(world, query="?role=member&q=%2B1"), newline="")))
    assert rows[0] == ["名前", "コミュニティと役割", "地域", "公開しているプロフィール"]
    assert [row[:3] for row in rows[1:]] == [["'=1+1", "「タイトル未定」(参加者)", "秋葉区"]]
    entry = AuditEntry.objects.get(event="kernel.export.asked")
    assert entry.data["kind"] == "people"
    refused = world.client("ward").post(
        "/staff/exports/people/new/",
        form_values(world.client("ward").get("/staff/exports/people/new/").content) | {"purpose": ""},
    )
    assert refused.status_code == 422


def test_one_persons_page_shows_roles_events_and_notes_of_the_own_areas(world) -> None:
    by = world.people["organiser"]
    other = make.community(place=make.area("151017"), name="北の会")
    make.member(other, by)
    actions.record_contact(
        by=world.people["ward"], kind="person", subject=by.user, text="会場の鍵のこと",
        promise="折り返し電話する", due_on=clock.today_jst() + timedelta(days=2),
    )  # fmt: skip
    shown = one(world, by.user_id)
    assert_html(shown.content)
    text = shown.content.decode()
    for words in ("「タイトル未定」", "世話人", world.event.title, "会場の鍵のこと", "折り返し電話する"):
        assert words in text
    assert f"/staff/contacts/person/{by.user_id}/" in text
    assert "北の会" not in text
    assert by.user.email not in text
    city_chief = actor(officer(Role.CITY_CHIEF, "151009"))
    world.people["chief"] = city_chief
    read = one(world, by.user_id, "chief").content.decode()
    assert "会場の鍵のこと" not in read
    assert f"/staff/contacts/person/{by.user_id}/" not in read
