"""A community in one short form: the reading guessed, likely twins shown, the organiser asked, the next one at once."""

import pytest

from communities import queries
from communities.calculations.names import guessed_kana
from communities.models import Community, Invitation
from portal.kernel.models import OutboxMessage
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
NEW = "/staff/communities/new/"


@pytest.fixture
def client() -> StrictClient:
    made = StrictClient()
    made.force_login(make.ward_officer().user, backend="django.contrib.auth.backends.ModelBackend")
    return made


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("にしかんみらいBASE", "ニシカンミライBASE"), ("「タイトル みてい」", "タイトルミテイ"), ("まちのヒーロー", "マチノヒーロー"),
        ("里山の道なおし隊", ""), ("BASE", ""), ("「」", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_reading_is_guessed_only_where_the_name_says_it(name: str, kana: str) -> None:
    assert guessed_kana(name) == kana


def send(client: StrictClient, **values: str):  # type: ignore[no-untyped-def]
    once = client.get(NEW).context["form"].initial["once"]
    sent = {
        "once": once, "name": "にしかんみらいBASE", "kana": "", "area": "151050", "summary": "みんなの基地",
        "join_policy": "approval", "publish": "1",
    }  # fmt: skip
    return client.post(NEW, sent | values)


def test_three_lines_and_the_organiser_is_asked(client) -> None:  # type: ignore[no-untyped-def]
    assert_html(client.get(NEW).content)
    done = send(client, organiser_email="MISAKI@example.jp")
    assert done.status_code == 303
    community = Community.objects.get()
    assert (community.kana, community.state, community.slug) == (
        "ニシカンミライBASE",
        "published",
        "nishikanmirai-base",
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.community) == (
        "misaki@example.jp",
        "organiser",
        community,
    )
    assert OutboxMessage.objects.filter(to_address="misaki@example.jp").count() == 1


def test_a_wrong_address_keeps_everything_and_stores_nothing(client) -> None:  # type: ignore[no-untyped-def]
    refused = send(client, organiser_email="misaki")
    assert refused.status_code == 422
    assert "みんなの基地" in refused.content.decode()
    assert not Community.objects.exists()
    assert send(client, name="里山の会").status_code == 422


def test_likely_twins_are_shown_once_and_do_not_stand_in_the_way(client) -> None:  # type: ignore[no-untyped-def]
    twin = make.community(name="にしかんみらいベース", kana="ニシカンミライベース", place=make.area("151017"))
    done = send(client)
    page = client.get(done.headers["Location"])
    assert_html(page.content)
    assert "続けて登録する" in page.content.decode()
    assert f"/staff/communities/{twin.pk}/" in page.content.decode()
    assert "続けて登録する" not in client.get(done.headers["Location"]).content.decode()


def test_what_is_alike_stays_within_the_city() -> None:
    near = make.community(name="花咲く会", kana="ハナサクカイ")
    make.community(
        by=make.municipal_officer(), place=make.area(make.KANOYA), name="花咲く会", kana="ハナサクカイ"
    )
    make.community(name="まったく別の集まり", kana="ベツ")
    found = queries.similar_communities(near.area, "花咲く会", "ハナサクカイ")
    assert list(found) == [near]
