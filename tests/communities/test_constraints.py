"""Every constraint of the app refuses one row that breaks it, and says so in Japanese."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from communities.models import (
    Collaboration,
    CollaborationYear,
    Community,
    Event,
    EventSeats,
    Initiative,
    Membership,
    Organisation,
    Platform,
    PlatformStage,
    Registration,
)
from portal.areas.models import Authority
from portal.kernel import clock
from tests.factories import communities as make
from tests.factories.accounts import UserFactory
from tests.factories.areas import AKIHA, area

from .parts import gathered

pytestmark = pytest.mark.django_db

NUMBER = "5000020151009"
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def changed(row: models.Model, **values: Any) -> None:
    """Write straight to the row, past every door."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def community(**values: Any) -> None:
    changed(make.community(), **values)


def membership(**values: Any) -> None:
    changed(make.member(make.community()), **values)


def organisation(**values: Any) -> Organisation:
    base = {"name": "甲", "kind": "school", "area": area(AKIHA), "name_key": "甲"}
    return Organisation.objects.create(**{**base, **values})


def event(**values: Any) -> None:
    changed(make.event(), **values)


def seats(**values: Any) -> None:
    EventSeats.objects.filter(event=make.event()).update(**values)


def registration(**values: Any) -> None:
    changed(make.registration(make.event()), **values)


def two_registrations(**values: Any) -> None:
    to = make.event()
    make.registration(to, email="same@example.jp")
    changed(make.registration(to), **values)


def two_of_one_person() -> None:
    to, who = make.event(), make.person()
    make.registration(to, who)
    changed(make.registration(to), user=who.user)


def collaboration(**values: Any) -> None:
    changed(make.collaboration(), **values)


def two_collaborations() -> None:
    row = make.collaboration()
    changed(make.collaboration(row.initiative), organisation=row.organisation)


def twice(**values: Any) -> None:
    authority = Authority.objects.get(area="151009")
    for _ in range(2):
        CollaborationYear.objects.create(authority=authority, fiscal_year=2025)


def year_without_time() -> None:
    authority = Authority.objects.get(area="151009")
    CollaborationYear.objects.create(authority=authority, fiscal_year=2025, locked_by=UserFactory())


def stage_without_time() -> None:
    changed(make.platform().stages.get(), confirmed_by=UserFactory())


def second_membership() -> None:
    row = make.member(make.community())
    Membership.objects.create(community=row.community, user=row.user, state="requested")


NOW = clock.now()
BROKEN = {
    "community_slug": lambda: community(slug=make.community().slug),
    "community_published_at_iff_public": lambda: community(published_at=None),
    "community_name_not_empty": lambda: community(summary=""),
    "membership_one_live": second_membership,
    "membership_joined_at_iff_came_in": lambda: membership(joined_at=None),
    "membership_left_at_iff_left": lambda: membership(left_at=NOW),
    "membership_organiser_is_active": lambda: membership(role="organiser", state="declined", joined_at=None),
    "organisation_corporate_number": lambda: [
        organisation(corporate_number=NUMBER),
        organisation(corporate_number=NUMBER, name_key="乙"),
    ],
    "organisation_name_in_area": lambda: [organisation(), organisation()],
    "organisation_corporate_number_digits": lambda: organisation(corporate_number="12"),
    "organisation_name_not_empty": lambda: organisation(name=""),
    "platform_slug": lambda: changed(make.platform(), slug=make.platform().slug),
    "platform_name_not_empty": lambda: changed(make.platform(), name=""),
    "platformstage_confirmed_by_has_time": stage_without_time,
    "event_exactly_one_host": lambda: event(host_platform=make.platform()),
    "event_authority_collects_for_itself": lambda: event(
        host_community=None, host_authority=Authority.objects.get(area="151009"), collector="community"
    ),
    "event_ends_after_start": lambda: event(ends_at=NOW, starts_at=NOW, entries_close_at=None),
    "event_lasts_a_month_at_most": lambda: event(ends_at=NOW + timedelta(days=60), starts_at=NOW),
    "event_entries_close_before_end": lambda: event(entries_close_at=NOW + timedelta(days=300)),
    "event_published_at_iff_public": lambda: event(published_at=None),
    "event_cancelled_at_iff_cancelled": lambda: event(cancelled_at=NOW),
    "event_title_not_empty": lambda: event(title=""),
    "eventseats_within_capacity": lambda: seats(confirmed_count=11),
    "eventseats_capacity_positive": lambda: seats(capacity=0),
    "registration_one_live_per_email": lambda: two_registrations(email="SAME@example.jp"),
    "registration_one_live_per_user": two_of_one_person,
    "registration_position": lambda: two_registrations(position=1),
    "registration_party_size": lambda: registration(party_size=21),
    "registration_party_names_within_size": lambda: registration(party_names=["甲"]),
    "registration_cancelled_at_iff_cancelled": lambda: registration(cancelled_at=NOW),
    "initiative_title_not_empty": lambda: changed(make.initiative(), title=""),
    "collaboration_once_a_year": two_collaborations,
    "collaboration_started_in_its_year": lambda: collaboration(
        started_on=date(2020, 3, 31), fiscal_year=2020
    ),
    "collaboration_ends_after_start": lambda: collaboration(ended_on=date(2020, 1, 1)),
    "collaboration_roles_written": lambda: collaboration(our_role=""),
    "collaboration_submitted_at_iff_submitted": lambda: collaboration(submitted_at=None),
    "collaboration_ward_confirmed_at_iff_confirmed": lambda: collaboration(ward_confirmed_at=NOW),
    "collaboration_returned_at_iff_returned": lambda: collaboration(returned_at=NOW),
    "collaboration_counted_at_iff_counted": lambda: collaboration(counted_at=NOW),
    "collaborationyear_once": twice,
    "collaborationyear_locked_by_has_time": year_without_time,
    **gathered("BROKEN"),
}


def constraints() -> dict[str, models.BaseConstraint]:
    found = [model for model in apps.get_app_config("communities").get_models() if model._meta.constraints]
    return {rule.name: rule for model in found for rule in model._meta.constraints}


def test_every_constraint_is_tried_here():
    assert set(BROKEN) == set(constraints())


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_row_that_breaks_it_is_refused_by_the_database(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name]()
    assert refused.value.__cause__.diag.constraint_name == name
    assert JAPANESE.search(str(constraints()[name].get_violation_error_message()))


@pytest.mark.parametrize(
    "model", [Community, Event, Initiative, Platform, PlatformStage, Collaboration, Registration]
)
def test_rows_that_are_referred_to_are_not_deleted_by_chance(model):
    """PROTECT everywhere but where a row is part of its owner."""
    parts = {"event.seats", "registration.need", *gathered("OWNED")}
    for relation in model._meta.related_objects:
        if relation.one_to_many or relation.one_to_one:
            name = f"{model._meta.model_name}.{relation.get_accessor_name()}"
            if (
                relation.related_model._meta.app_label == "communities"
                and "Event" not in relation.related_model.__name__[-5:]
            ):
                assert (relation.on_delete is models.PROTECT) is (name not in parts), name
