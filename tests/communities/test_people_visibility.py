"""Who sees which person: directory, page, photo, search and filters agree, in any world."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities import actions, queries
from communities.enums.people import OPEN_FIELDS, Openness
from communities.models import Membership, Profile, Theme
from communities.moderation import hidden
from portal.accounts.enums import AgeGroup
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.areas.models import Area
from tests.factories import communities as make
from tests.factories import people
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = {"does": "やるることば", "helps": "てつだうことば", "seeks": "さがすことば"}
OPENNESS = st.sampled_from(Openness.values)


def client_of(who):
    client = StrictClient()
    if who is not None:
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def world():
    """One person with everything written, and four who look: a stranger, a resident, a companion, the person."""
    where = make.community()
    owner, near = make.person(name="本人"), make.person()
    make.member(where, owner, show_name=True)
    make.member(where, near)
    return {
        "owner": owner, "area": Area.objects.get(pk="151050"), "theme": Theme.objects.get(slug="food"),
        "lookers": {"visitor": None, "resident": make.person(), "near": make.fresh(near), "self": make.fresh(owner)},
    }  # fmt: skip


@QUIET
@given(
    chosen=st.fixed_dictionaries(dict.fromkeys(OPEN_FIELDS, OPENNESS)),
    adult=st.booleans(), active=st.booleans(), closed=st.booleans(),
)  # fmt: skip
def test_every_door_shows_the_same_person_to_the_same_people(world, chosen, adult, active, closed):
    owner = world["owner"]
    chosen = chosen | ({"name": "members"} if chosen["name"] == "nobody" else {})
    User.objects.filter(pk=owner.user_id).update(
        age_group=AgeGroup.ADULT, adult_confirmed_on="2020-01-01", is_active=True
    )
    Membership.objects.filter(user=owner.user_id).update(
        show_name=True
    )  # who disappeared before is named again
    profile = people.profile(
        owner, name="ひとりのなまえ", **WORDS, areas=[world["area"]], themes=[world["theme"]],
        links=["https://one.example.jp/"], photo=people.photo(owner), seen=chosen,
    )  # fmt: skip
    if closed:
        actions.close_profile(by=owner)
    rows = User.objects.filter(pk=owner.user_id)
    if not adult:
        rows.update(age_group=AgeGroup.TEEN, adult_confirmed_on=None)
    rows.update(is_active=active)
    there = adult and active and not closed
    for name, who in world["lookers"].items():
        if name == "self" and not active:
            continue
        near = name in ("near", "self")
        sees = {
            field: chosen[field] == "everybody" or (near and chosen[field] == "members") for field in chosen
        }
        _agree(client_of(who), profile, there and sees["name"], sees)


def _agree(client, profile, there, sees):
    """The page is the measure; everything else must say the same."""
    address = profile.get_absolute_url()
    page = client.get(address)
    assert page.status_code == (200 if there else 404)
    text = page.content.decode()
    for field, word in WORDS.items():
        assert (word in text) is (there and sees[field]), field
    assert ("one.example.jp" in text) is (there and sees["links"])
    assert client.get(f"{address}photo/").status_code == (200 if there and sees["photo"] else 404)
    assert (address in client.get("/people/").content.decode()) is there
    assert (address in client.get("/people/?area=151050").content.decode()) is (there and sees["areas"])
    assert (address in client.get("/people/?theme=food").content.decode()) is (there and sees["themes"])
    community = Membership.objects.get(user=profile.user).community
    assert (address in client.get(community.get_absolute_url()).content.decode()) is there
    for where in ("/people/?q=ひとりのなまえ", "/search/?q=ひとりのなまえ"):
        assert (address in client.get(where).content.decode()) is there
    for field, word in WORDS.items():
        if address in client.get(f"/people/?q={word}").content.decode():
            assert (there, sees[field]) == (True, True), f"found by a word that is not open: {field}"


def test_who_leaves_the_community_sees_no_more_and_who_comes_sees_at_once(world):
    owner, near = world["owner"], world["lookers"]["near"]
    profile = people.profile(owner, name="なかまだけ", seen=people.seen("members"))
    stranger = make.person()
    make.member(Membership.objects.get(user=owner.user).community, stranger)
    assert client_of(stranger).get(profile.get_absolute_url()).status_code == 200
    membership = Membership.objects.get(user=near.user)
    actions.leave_community(by=make.fresh(near), membership=membership)
    assert client_of(near).get(profile.get_absolute_url()).status_code == 404


def test_a_named_member_leads_to_the_profile_exactly_while_it_is_open(world):
    owner, near = world["owner"], world["lookers"]["near"]
    where = Membership.objects.get(user=owner.user).community
    profile = people.profile(owner, name="べつの名前", seen=people.seen("members"))

    def links(who):
        text = client_of(who).get(where.get_absolute_url()).content.decode()
        assert owner.user.name in text
        return profile.get_absolute_url() in text

    assert [links(who) for who in (None, make.ward_officer(), near, owner)] == [False, False, True, True]
    people.profile(owner, name="べつの名前", seen=people.seen())
    assert links(None)
    actions.close_profile(by=owner)  # one switch: the name is gone with it
    actions.show_member(by=owner, membership=Membership.objects.get(user=owner.user), show_name=True)
    assert not links(None)
    assert not links(near)


def test_a_new_companion_finds_by_words_as_well(world):
    owner = world["owner"]
    profile = people.profile(owner, name="ことばのひと", seen=people.seen("members"))
    other = make.community()
    make.member(other, owner)
    friend = make.person()
    make.member(other, friend)
    assert profile.get_absolute_url() in client_of(friend).get("/people/?q=ことばのひと").content.decode()


def test_staff_see_no_more_of_people_than_everybody(world):
    people.profile(world["owner"], seen=people.seen("members"))
    for officer in (make.ward_officer(), make.city_officer()):
        assert not queries.profiles_visible_to(Scope.of(officer)).exists()


def test_nothing_is_hidden_by_chance(world):
    profile = people.profile(world["owner"])
    assert not hidden(Profile._meta.label_lower).exists()
    assert queries.listed_profiles().get() == profile
