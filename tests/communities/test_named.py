"""Whoever is named in a row of communities gets that row back under its heading (開示, 個人情報保護法76条)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Model

from communities import actions, personal
from communities.actions.facts import set_city_role
from communities.models import Attendance
from portal.accounts.models import User
from portal.kernel import clock, ports
from tests.factories import communities as make

from . import (
    forms_circle,
    forms_counter,
    forms_events,
    forms_feeds,
    forms_officer,
    forms_organisations,
    forms_people,
)
from .cast import Cast, cast
from .parts import gathered

pytestmark = pytest.mark.django_db

DEEDS = {(model._meta.model_name, field): words for model, field, words, _ in personal.DEEDS}
DONE = "世話人や職員としての記録"
HEADINGS = {
    ("membership", "user"): "コミュニティへの参加",
    ("registration", "user"): "催しの申込み",
    **dict.fromkeys(DEEDS, DONE),
    **gathered("NAMED"),
}


def reply(made: Cast) -> None:
    row = forms_officer.recipient(made)
    values = {str(question.pk): "3" for question in row.inquiry.questions.all()}
    actions.answer_inquiry(by=made.people["ward"], recipient=row, values=values)


def counted_in(made: Cast) -> None:
    Attendance.objects.create(registration=made.party, people_count=1, seen_at=clock.now())


def calendar(made: Cast) -> None:
    actions.open_calendar(by=made.people["member"])


def report_of(made: Cast) -> None:
    event = make.event(made.community)
    make.held(event)
    actions.report_event(by=make.ward_officer(), event=event, result="会った", adults_count=3)


def returned(made: Cast) -> None:
    row = make.collaboration(made.initiative)
    actions.return_collaboration(by=made.people["ward"], collaboration=row, note="日付を直す")


def decided(made: Cast) -> None:
    """A report that was answered, a hiding that was appealed against and stays."""
    officer = make.ward_officer()
    actions.answer_reports(by=officer, reports=[forms_people.reported(made)], step="dismiss")
    hiding = forms_people.hidden(made)
    actions.appeal_hiding(by=made.people["organiser"], hiding=hiding, text="もう一度")
    actions.move_hiding(by=officer, hiding=hiding, step="keep", note="宣伝のため")


def role(made: Cast) -> None:
    where = made.community
    set_city_role(by=made.people["ward"], community=where, role="watching", since_on=make.yesterday())


# What makes the rows that name somebody, beside those of the cast.
MAKERS: tuple[Callable[[Cast], Any], ...] = (
    counted_in, calendar, report_of, reply, returned, decided, role, forms_circle.invitation, forms_circle.merged,
    forms_counter.received, forms_events.pitch, forms_feeds.search, forms_officer.bulk_run, forms_officer.contact,
    forms_organisations.member, forms_people.begun, lambda made: make.post(made.community),
)  # fmt: skip


def held(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Everything that communities hold about a person, without what is empty."""
    parts = [give(user_id) for name, give in ports.personal_data.items() if name.startswith("communities")]
    return {heading: rows for part in parts for heading, rows in part.items() if rows}


def name_in_a_row(model: type[Model], field: str, user_id: UUID) -> None:
    """Put the person into a row of the model: one that has the moment of what they did, or gets it."""
    rows, moment = model._base_manager.order_by("pk"), field.removesuffix("_by") + "_at"
    values: dict[str, Any] = {field: user_id}
    if any(each.name == moment for each in model._meta.get_fields()):
        rows = rows.order_by(moment, "pk")  # those without one come last
        values[moment] = clock.now()
    assert model._base_manager.filter(pk=rows.values("pk")[:1]).update(**values) == 1


def test_every_field_that_names_a_person_has_its_heading():
    named = {
        (model._meta.model_name, field.name)
        for model in apps.get_app_config("communities").get_models()
        if not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.concrete_fields
        if field.related_model is User
    }
    assert named == set(HEADINGS)


def test_whoever_stands_in_a_field_gets_the_row_back_under_its_heading_and_nobody_else():
    made = cast()
    for maker in MAKERS:
        maker(made)
    found, other = {}, make.person()
    for model, field in HEADINGS:
        person = make.person()
        name_in_a_row(apps.get_model("communities", model), field, person.user_id)
        given = held(person.user_id)
        found[model, field] = ", ".join(given)
        if (model, field) in DEEDS:
            assert [row["内容"] for row in given[DONE]] == [DEEDS[model, field]]
    assert found == HEADINGS
    assert held(other.user_id) == {}
