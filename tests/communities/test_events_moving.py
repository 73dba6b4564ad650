"""A meeting that moves: put off, published again, its registrants told once on each occasion, its end not stretched."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, event_jobs, mails, queries
from communities.models import EventNotice
from portal.accounts.scope import Scope
from portal.kernel import clock, jobs, permissions, search
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.accounts.mailbox import received
from tests.factories import communities as make
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


def postponed(event, **times):
    return actions.postpone_event(by=make.ward_officer(), event=event, note="講師の体調のため", **times)


def run_all():
    for job in Job.objects.filter(kind="communities.tell_notice", state="waiting"):
        assert jobs.run(job.pk)


def sent(name):
    return OutboxMessage.objects.filter(template=f"communities/mail/{name}")


def test_a_postponed_event_keeps_its_parties_and_tells_each_once_with_the_reason():
    event = make.event(title="雨の会", capacity=2)
    parties = [make.registration(event, party_size=2), make.registration(event)]
    gone = make.registration(event)
    actions.cancel_registration(by=make.ward_officer(), registration=gone)
    postponed(event)
    assert (event.state, event.seats.taken) == ("postponed", 2)
    run_all()
    assert {mail.to_address for mail in sent("event_postponed")} == {party.email for party in parties}
    text = received(parties[0].email).body
    assert "講師の体調のため" in text
    assert "まだ決まっていません" in text
    assert mails.registration_token(parties[0]) in text
    job = Job.objects.get(kind="communities.tell_notice")
    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
    assert jobs.run(job.pk)
    assert sent("event_postponed").count() == 2


def test_the_new_date_is_told_once_and_not_again_when_it_was_told_with_the_postponement():
    event = make.event()
    make.registration(event)
    new = {"starts_at": make.moment(30), "ends_at": make.moment(30) + timedelta(hours=2)}
    postponed(event, **new)
    actions.resume_event(by=make.ward_officer(), event=event, **new)
    run_all()
    assert (event.state, event.starts_at) == ("published", new["starts_at"])
    assert (sent("event_postponed").count(), sent("event_resumed").count()) == (1, 0)
    postponed(event)
    later = {"starts_at": make.moment(40), "ends_at": make.moment(40) + timedelta(hours=2)}
    actions.resume_event(by=make.ward_officer(), event=event, **later)
    run_all()
    assert (sent("event_postponed").count(), sent("event_resumed").count()) == (2, 1)
    assert list(event.notices.order_by("number").values_list("kind", flat=True)) == [
        "postponed", "resumed", "postponed", "resumed",
    ]  # fmt: skip
    assert make.registration(event).state == "confirmed"


def test_a_new_date_is_whole_ahead_and_within_a_year():
    event, by = make.event(), make.ward_officer()
    at, past = make.moment(20), make.moment(-1)
    for starts, ends, words in (
        (at, None, "両方"), (None, at, "両方"), (past, at, "これから来る"), (at, at, "始まりより後"),
        (make.moment(400), make.moment(401), "1年以内"), (at, at + timedelta(days=40), "31日以内"),
    ):  # fmt: skip
        with pytest.raises(ValidationError, match=words):
            actions.postpone_event(by=by, event=event, note="雨", starts_at=starts, ends_at=ends)
    with pytest.raises(Refusal, match="理由"):
        actions.postpone_event(by=by, event=event, note=" ")
    event.refresh_from_db()
    assert (event.state, EventNotice.objects.count(), Job.objects.filter(kind="communities.tell_notice").count()) == (
        "published", 0, 0,
    )  # fmt: skip


def test_postponing_twice_by_strangers_or_after_the_start_is_refused():
    event = make.event()
    with pytest.raises(PermissionDenied):
        actions.postpone_event(by=make.person(), event=event, note="だめ")
    postponed(event)
    with pytest.raises(Refusal, match="いま「延期」です"):
        postponed(event)
    with pytest.raises(Refusal, match="延期"):
        make.registration(event)
    begun = make.event(starts_at=make.moment(-0.01))
    with pytest.raises(Refusal, match="始まったあと"):
        postponed(begun)
    with pytest.raises(Refusal, match="いま「公開中」です"):
        actions.resume_event(
            by=make.ward_officer(), event=begun, starts_at=make.moment(3), ends_at=make.moment(4)
        )


def test_a_party_may_leave_a_postponed_event_whatever_its_old_date_was():
    event = make.event()
    by = make.person()
    party = make.registration(event, by)
    postponed(event)
    with clock.at(event.starts_at + timedelta(days=3)):
        assert not event.has_begun(clock.now())
        actions.cancel_registration(by=make.fresh(by), registration=party)
    assert party.state == "cancelled"


def test_a_postponed_event_is_called_off_and_told_once_more():
    event = make.event()
    make.registration(event)
    postponed(event)
    actions.cancel_event(by=make.ward_officer(), event=event, note="会場が使えないため")
    assert event.state == "cancelled"
    assert jobs.run(Job.objects.get(kind="communities.tell_cancellation").pk)
    assert sent("event_cancelled").count() == 1


def test_times_are_fixed_once_it_began_so_that_names_are_not_read_for_longer():
    host = make.community()
    organiser = make.organiser(host)
    event = make.event(host, by=organiser, collector="community", starts_at=make.moment(1))
    make.registration(event)
    with clock.at(event.starts_at + timedelta(minutes=5)):
        for moved in (
            {"ends_at": event.ends_at + timedelta(days=20)},
            {"starts_at": event.starts_at + timedelta(days=5), "ends_at": event.ends_at + timedelta(days=5)},
        ):
            with pytest.raises(Refusal, match="日時はもう変えられません"):
                actions.edit_event(by=make.fresh(organiser), event=event, **moved)
        with pytest.raises(Refusal, match="始まったあと"):
            actions.postpone_event(by=make.fresh(organiser), event=event, note="先へ")
        actions.edit_event(by=make.fresh(organiser), event=event, title="名前は直せる")
    event.refresh_from_db()
    with clock.at(event.ends_at + timedelta(days=14, minutes=1)):
        again = make.fresh(organiser)
        assert not permissions.check(again, "communities.read_registrants", event)
        assert not queries.registrations_visible_to(Scope.of(again)).exists()


def test_another_time_before_the_start_is_told_once_and_other_words_are_not():
    event, by = make.event(), make.ward_officer()
    make.registration(event)
    actions.edit_event(by=by, event=event, title="新しい名前")
    assert not EventNotice.objects.exists()
    actions.edit_event(by=by, event=event, ends_at=event.ends_at + timedelta(hours=1))
    run_all()
    assert sent("event_moved").count() == 1
    draft = make.event(publish=False)
    actions.edit_event(by=by, event=draft, ends_at=draft.ends_at + timedelta(hours=1))
    assert EventNotice.objects.count() == 1


def test_the_page_says_that_it_is_off_why_and_until_when():
    event = make.event(title="延びる会")
    page, anonymous = event.get_absolute_url(), StrictClient()
    postponed(event)
    text = anonymous.get(page).content.decode()
    for word in ("延期になりました", "講師の体調のため", "まだ決まっていません"):
        assert word in text, word
    assert [hit.object_id for hit in search.find("延びる会", audience=["public"]).items] == [str(event.pk)]
    assert "延期" in anonymous.get("/search/?q=延びる会").content.decode()
    actions.resume_event(
        by=make.ward_officer(), event=event, starts_at=make.moment(30), ends_at=make.moment(30.1)
    )
    assert "新しい日が決まりました" in anonymous.get(page).content.decode()


def test_an_organiser_puts_it_off_in_the_browser_and_sees_what_is_wrong_at_its_field():
    host = make.community()
    organiser = make.organiser(host)
    event = make.event(host, collector="community")
    client = StrictClient()
    client.force_login(organiser.user, backend="django.contrib.auth.backends.ModelBackend")
    address = f"{event.get_absolute_url()}postpone/"
    assert address in client.get(f"/communities/{host.slug}/manage/events/{event.pk}/").content.decode()
    form = client.get(address)
    values = {
        "note": "雪のため",
        "starts_at": "2099-01-01T10:00",
        "once": form.context["form"].initial["once"],
    }
    refused = client.post(address, values)
    assert (refused.status_code, refused.context["form"].errors["ends_at"][0]) == (
        422, "新しい日時は、始まりと終わりの両方を入力してください。",
    )  # fmt: skip
    assert "雪のため" in refused.content.decode()
    done = client.post(address, {"note": "雪のため", "once": values["once"]})
    assert (done.status_code, done.headers["Location"]) == (
        303,
        f"/communities/{host.slug}/manage/events/{event.pk}/",
    )
    assert f"{event.get_absolute_url()}resume/" in client.get(done.headers["Location"]).content.decode()


def test_a_draft_appears_at_its_moment_unless_it_was_moved_or_its_community_is_not_public(clock):
    clock.set("2026-05-01T09:00:00+09:00")
    at = make.moment(2)
    event = make.event(publish_from=at, publish=True)
    assert event.state == "draft"
    job = Job.objects.get(kind="communities.publish_event")
    assert job.run_after == at
    event_jobs.publish_due(jobs.Running(job))
    event.refresh_from_db()
    assert event.state == "draft"
    clock.set("2026-05-03T09:00:00+09:00")
    event_jobs.publish_due(jobs.Running(job))
    event.refresh_from_db()
    assert event.state == "published"
    event_jobs.publish_due(jobs.Running(job))
    hidden = make.event(make.community(publish=False), publish=False, publish_from=make.moment(1))
    clock.set("2026-05-05T09:00:00+09:00")
    event_jobs.publish_due(jobs.Running(Job.objects.filter(object_id=str(hidden.pk)).get()))
    hidden.refresh_from_db()
    assert hidden.state == "draft"


def test_an_event_that_is_taken_down_is_gone_from_every_public_place(clock):
    clock.set("2026-05-01T09:00:00+09:00")
    event = make.event(title="消える会", listed_until=make.moment(12), starts_at=make.moment(10))
    anonymous = StrictClient()
    places = ("/events/", "/events/?q=消える会", "/search/?q=消える会", "/wards/akiha/")
    assert anonymous.get(event.get_absolute_url()).status_code == 200
    assert event.get_absolute_url() in anonymous.get("/events/").content.decode()
    clock.set("2026-05-14T09:00:00+09:00")
    assert anonymous.get(event.get_absolute_url()).status_code == 404
    for place in places:
        assert event.get_absolute_url() not in anonymous.get(place).content.decode(), place
