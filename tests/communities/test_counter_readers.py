"""The two who read what people need: named, changed, told; and nobody else reads."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from communities import desk
from communities.actions.readers import name_readers
from communities.models import Membership
from communities.queries.readers import possible_readers
from portal.accounts.enums import Role
from portal.kernel import audit
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.accounts import UserFactory, appointment
from tests.factories.areas import AKIHA

from .cast import PEOPLE, cast

pytestmark = pytest.mark.django_db
NEED = "車いすで使える席"


@pytest.fixture
def world():
    return cast()


def told(event, name):
    rows = OutboxMessage.objects.filter(template=f"communities/mail/{name}", about_id=str(event.pk))
    return sorted(rows.values_list("to_address", flat=True))


def test_two_are_named_told_and_written_down(world):
    ward, city = world.people["ward"], world.people["city"]
    name_readers(by=ward, event=world.event, officer=city.user, deputy=world.people["organiser"].user)
    event = type(world.event).objects.get(pk=world.event.pk)
    assert (event.needs_officer, event.needs_deputy) == (city.user, world.people["organiser"].user)
    assert told(event, "needs_named") == sorted([city.user.email, world.people["organiser"].user.email])
    creator = world.event.needs_officer
    assert len(told(event, "needs_unnamed")) == 1
    assert creator is not None
    entry = audit.history(event)[0]
    assert (entry.event, entry.data) == (
        "communities.event.readers_named", {"fields": ["needs_deputy", "needs_officer"]},
    )  # fmt: skip
    [mail] = OutboxMessage.objects.filter(template="communities/mail/needs_named", to_address=city.user.email)
    assert city.user.name in mail.body
    assert world.party.name not in mail.body


def test_naming_the_same_two_again_tells_nobody(world):
    ward, city = world.people["ward"], world.people["city"]
    for _ in range(2):
        name_readers(by=ward, event=world.event, officer=city.user)
    assert len(told(world.event, "needs_named")) == 1
    assert [entry.event for entry in audit.history(world.event)].count("communities.event.readers_named") == 1


def test_the_same_person_twice_and_strangers_are_refused(world):
    ward, city = world.people["ward"], world.people["city"]
    with pytest.raises(Refusal) as refused:
        name_readers(by=ward, event=world.event, officer=city.user, deputy=city.user)
    assert refused.value.field == "deputy"
    for name in ("resident", "member", "other_organiser", "other_ward", "auditor", "municipal", "prefecture"):
        with pytest.raises(Refusal) as refused:
            name_readers(by=ward, event=world.event, officer=world.people[name].user)
        assert refused.value.field == "officer", name


def test_only_live_adults_stand_in_the_list(world):
    ended, young = UserFactory(), make.organiser(world.community, make.person(age_group="teen"))
    appointment(ended, Role.WARD_OFFICER, AKIHA, ends_on=date(2020, 3, 31), starts_on=date(2019, 4, 1))
    users = set(possible_readers(world.event))
    assert {world.people[name].user for name in ("ward", "city", "organiser")} <= users
    assert not {ended, young.user, world.people["resident"].user, world.people["other_ward"].user} & users
    gone = Membership.objects.get(user=world.people["organiser"].user, community=world.community)
    type(gone).objects.filter(pk=gone.pk).update(role="member")
    assert world.people["organiser"].user not in set(possible_readers(world.event))


@pytest.mark.parametrize(
    "name", [name for name in PEOPLE if name not in ("anonymous", "ward", "city", "organiser")]
)
def test_who_has_no_part_in_it_may_not_name_anybody(world, name):
    with pytest.raises(PermissionDenied):
        name_readers(by=world.people[name], event=world.event, officer=world.people["ward"].user)
    assert world.client(name).get(f"/events/{world.event.pk}/counter/readers/").status_code == 403


def test_fourteen_days_after_the_event_nobody_is_named_any_more(world, clock):
    clock.set((world.event.ends_at + timedelta(days=15)).isoformat())
    with pytest.raises(PermissionDenied):
        name_readers(
            by=make.fresh(world.people["ward"]), event=world.event, officer=world.people["city"].user
        )


def test_after_the_change_the_new_reader_reads_and_the_old_one_does_not(world):
    ward, city = world.people["ward"], world.people["city"]
    page = f"/events/{world.event.pk}/counter/"
    name_readers(by=ward, event=world.event, officer=city.user)
    assert NEED in world.client("city").get(page).content.decode()
    for name in PEOPLE:
        if name not in ("city", "anonymous"):
            assert NEED not in world.client(name).get(page).content.decode(), name
            assert NEED not in world.client(name).get(f"/events/{world.event.pk}/").content.decode(), name


def test_the_open_case_leads_to_the_form_that_changes_it(world):
    ward = world.people["ward"]
    name_readers(by=ward, event=world.event, officer=ward.user)
    [case] = [item for item in desk.open_cases(ward.user_id) if "配慮" in item.title]
    client = world.client("ward")
    page = client.get(case.url)
    assert page.status_code == 200
    assert "1人目" in page.content.decode()
    once = page.context["form"].initial["once"]
    answer = client.post(case.url, {"once": once, "officer": str(world.people["city"].user_id), "deputy": ""})
    assert answer.status_code == 303
    assert list(desk.open_cases(ward.user_id)) == []


def test_a_forged_choice_is_an_error_at_its_field(world):
    client, address = world.client("ward"), f"/events/{world.event.pk}/counter/readers/"
    once = client.get(address).context["form"].initial["once"]
    stranger = world.people["resident"].user_id
    answer = client.post(address, {"once": once, "officer": str(stranger), "deputy": ""})
    assert answer.status_code == 422
    assert "officer" in answer.context["form"].errors
