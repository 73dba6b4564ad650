"""From report to record: filled in, written once however often it is asked, linked from both sides, gone when withdrawn."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions
from communities.models import Activity, EventReport
from portal.areas.models import Authority
from portal.kernel.models import AuditEntry
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
DAY = "2026-12-05"


@pytest.fixture
def where(clock):
    clock.set("2026-12-01T10:00:00+09:00")
    return make.community()


def reported(host, clock, *, by=None, **counts):
    """A meeting of 5 December with its report."""
    by = by or make.ward_officer()
    event = make.event(host, by=by, title="里山の草刈り", venue="里山の入口", starts_at=make.moment(4))
    clock.set(f"{DAY}T20:00:00+09:00")
    actions.hold_event(by=by, event=event)
    actions.report_event(
        by=by, event=event, result="道が通れるようになった。", **{"adults_count": 9, **counts}
    )
    return event


def record(event, by, **values):
    base = {"title": event.title, "held_on": date.fromisoformat(DAY), "summary": "草を刈った"}
    return actions.record_event(by=by, event=event, **{**base, **values})


def signed_in(by) -> StrictClient:
    client = StrictClient()
    client.force_login(by.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_one_button_fills_the_record_in_from_the_report(where, clock):
    organiser = make.organiser(where)
    event = reported(where, clock, children_count=3, staff_count=2)
    client = signed_in(organiser)
    home = f"{where.get_absolute_url()}manage/events/{event.pk}/"
    address = f"/events/{event.pk}/record/"
    assert f'<a href="{address}">活動記録にする</a>' in client.get(home).content.decode()
    page = client.get(address)
    initial = page.context["form"].initial
    assert {name: initial[name] for name in ("title", "held_on", "place", "people_count", "visits_count")} == {
        "title": "里山の草刈り", "held_on": date.fromisoformat(DAY), "place": "里山の入口", "people_count": 14, "visits_count": 14,
    }  # fmt: skip
    sent = {**initial, "held_on": DAY, "outcome": "百メートル"}
    answer = client.post(address, sent)
    made = Activity.objects.get()
    assert (answer.status_code, answer.url) == (303, made.get_absolute_url())
    assert (made.event, made.community, made.people_count, made.visits_count, made.summary, made.outcome) == (
        event, where, 14, 14, "道が通れるようになった。", "百メートル",
    )  # fmt: skip
    assert f'<a href="{address}">活動記録を見る</a>' in client.get(home).content.decode()
    assert client.get(address).url == made.get_absolute_url()


def test_both_pages_lead_to_each_other_and_a_withdrawn_record_is_not_named(where, clock):
    by, visitor = make.ward_officer(), StrictClient()
    event = reported(where, clock)
    made = record(event, by)
    assert made.get_absolute_url() in visitor.get(event.get_absolute_url()).content.decode()
    assert event.get_absolute_url() in visitor.get(made.get_absolute_url()).content.decode()
    actions.move_activity(by=by, activity=made, step="withdraw", note="数え直します")
    assert made.get_absolute_url() not in visitor.get(event.get_absolute_url()).content.decode()
    assert visitor.get(made.get_absolute_url()).status_code == 404


def test_twice_is_once(where, clock):
    by = make.ward_officer()
    event = reported(where, clock)
    first = record(event, by)
    assert record(event, by, title="別の題", summary="別のようす") == first
    assert (Activity.objects.count(), Activity.objects.get().title) == (1, "里山の草刈り")
    assert AuditEntry.objects.filter(event="communities.event.recorded").count() == 1


def test_what_is_refused(where, clock):
    by = make.ward_officer()
    event = make.event(where, by=by, starts_at=make.moment(4))
    with pytest.raises(Refusal) as refused:
        record(event, by)
    assert refused.value.code == "no_report"
    with pytest.raises(PermissionDenied):
        record(event, make.person())
    city = make.event(Authority.objects.get(area="151009"), by=make.city_officer())
    with pytest.raises(Refusal) as refused:
        record(city, make.city_officer())
    assert refused.value.code == "no_community"
    assert signed_in(by).get(f"/events/{event.pk}/record/").status_code == 404
    assert not Activity.objects.exists()
    assert not EventReport.objects.exists()


def test_a_record_below_the_truth_is_refused_with_all_that_was_typed(where, clock):
    by = make.organiser(where)
    event = reported(where, clock)
    client, address = signed_in(by), f"/events/{event.pk}/record/"
    initial = client.get(address).context["form"].initial
    answer = client.post(
        address, {**initial, "held_on": DAY, "people_count": "9", "visits_count": "3", "summary": "のこる"}
    )
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"visits_count"})
    assert "のこる" in answer.content.decode()
