"""Every page of communities is valid HTML: full, empty, and when it says no."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern

from communities import actions
from communities import urls as communities_urls
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .cast import PEOPLE, Cast, cast
from .parts import address, gathered
from .test_stale_csrf import FORMS

pytestmark = pytest.mark.django_db

FILES = {"staff_evidence_file", *gathered("FILES")}


@pytest.fixture
def world() -> Cast:
    """With words in every place that would break out of markup that was not escaped."""
    made = cast()
    evil = '"><script>alert(1)</script>&amp;<p>'
    type(made.community).objects.filter(pk=made.community.pk).update(
        name=evil[:80], summary=evil, story=f"{evil}\n\n{evil}", contact=evil, variants=[evil]
    )
    type(made.event).objects.filter(pk=made.event.pk).update(title=evil, description=evil, venue=evil)
    type(made.initiative).objects.filter(pk=made.initiative.pk).update(title=evil, summary=evil, story=evil)
    made.counted.__class__.objects.update(our_role=evil, their_role=evil, outcome=evil, place=evil)
    made.party.__class__.objects.update(name=evil, party_names=[evil])
    return made


def reads(made: Cast) -> dict[str, tuple[tuple[str, ...], str]]:
    """Pages that only read: name → (who, address)."""
    c, e, i = made.community, made.event, made.initiative
    staff = ("ward", "city", "auditor")
    return {
        "community_list": (("anonymous", "member"), "/communities/"),
        "community_detail": (PEOPLE, c.get_absolute_url()),
        "community_manage": (("organiser", "ward"), f"{c.get_absolute_url()}manage/"),
        "event_list": (("anonymous", "member"), "/events/"),
        "event_detail": (PEOPLE, e.get_absolute_url()),
        "initiative_detail": (PEOPLE, i.get_absolute_url()),
        "collaboration_detail": (PEOPLE, made.counted.get_absolute_url()),
        "platform_list": (("anonymous", "municipal"), "/platforms/"),
        "staff_community_list": (staff, "/staff/communities/"),
        "staff_event_list": (staff, "/staff/events/"),
        "staff_collaboration_list": (staff, "/staff/collaborations/?state=counted"),
        "staff_platform_list": (("municipal", "prefecture"), "/staff/platforms/"),
        **{name: (people, where(made)) for name, (people, where) in gathered("READS").items()},
    }


def valid(answer: HttpResponse, status: int = 200) -> str:
    page = answer.content.decode()
    assert answer.status_code == status
    assert_html(page)
    assert "<script>alert" not in page
    return page


def names() -> Iterator[str]:
    for pattern in communities_urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        yield str(pattern.name)


def test_every_address_has_its_page_here(world):
    assert set(names()) == set(reads(world)) | set(FORMS) | FILES


def test_pages_that_read_are_valid_for_everybody_who_opens_them(world):
    for people, where in reads(world).values():
        for name in people:
            valid(world.client(name).get(where))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_valid_fresh_and_refused(world, name):
    who, arguments, _, kept = FORMS[name]
    client, where = world.client(who), address(name, arguments(world))
    valid(client.get(where))
    refused = client.post(where, {"once": "forged", "name": '"><script>alert(1)</script>', "step": "explode"})
    assert refused.status_code in (409, 422)
    assert 'class="errors' in valid(refused, refused.status_code)
    assert kept == "" or "forged" not in refused.content.decode()


@pytest.mark.parametrize(
    "where",
    [
        "/communities/?q=どこにもない語", "/communities/?area=151050&theme=food", "/communities/?area=<b>&q=<b>%07",
        "/events/?q=どこにもない語", "/events/?area=151017", "/platforms/?area=462039", "/platforms/?area=999999",
    ],
)  # fmt: skip
def test_empty_and_odd_lists_are_valid(world, where):
    valid(world.client("anonymous").get(where))


def test_an_address_with_a_null_character_is_refused_by_a_valid_page(world):
    valid(world.client("anonymous").get("/communities/?q=%00"), 400)


def test_lists_of_nothing_are_valid():
    ward, anonymous = make.ward_officer("151017"), StrictClient()
    client = StrictClient()
    client.force_login(ward.user, backend="django.contrib.auth.backends.ModelBackend")
    for page in ("/communities/", "/events/", "/platforms/"):
        valid(anonymous.get(page))
    for page in ("/staff/communities/", "/staff/events/", "/staff/collaborations/"):
        valid(client.get(page))


def test_every_state_of_an_event_and_its_parties_is_valid(world):
    event, ward = world.event, world.people["ward"]
    make.registration(event, party_size=3)
    pages = [event.get_absolute_url(), f"{event.get_absolute_url()}register/", "/events/"]
    for step in (lambda: actions.close_entries(by=ward, event=event), lambda: make.held(event, ward)):
        step()
        for page in pages:
            valid(world.client("member").get(page))
        valid(world.client("ward").get(f"/staff/events/{event.pk}/"))
    event = make.event(world.community)
    actions.cancel_event(by=ward, event=event, note='"><script>alert(1)</script>')
    assert "中止" in valid(world.client("anonymous").get(event.get_absolute_url()))
    valid(world.client("ward").get(f"/staff/events/{event.pk}/"))


def test_the_confirmation_page_and_its_way_back_are_valid(world):
    where = f"{world.event.get_absolute_url()}register/"
    party = {
        "name": '"><script>alert(1)</script>', "kana": "カナ", "email": "a@example.jp", "party_size": "3",
        "party_names": ["佐久間 湊", "<p>"], "needs": "<b>\n", "consent": "on",
    }  # fmt: skip
    client = world.client("anonymous")
    assert "この内容で申し込みますか" in valid(client.post(where, {**party, "preview": "1"}))
    page = valid(client.post(where, {**party, "back": "1"}))
    assert page.count('name="party_names"') == 2
    assert 'value="佐久間 湊"' in page
    assert 'aria-label="2人目"' in page


@pytest.mark.parametrize("name", ["resident", "other_organiser", "other_ward"])
def test_refusals_of_strangers_are_valid(world, name):
    for where in (
        f"{world.community.get_absolute_url()}manage/",
        f"/initiatives/{world.initiative.pk}/edit/",
    ):
        valid(world.client(name).get(where), 403)
    valid(world.client(name).get(f"/collaborations/{world.submitted.pk}/"), 404)
