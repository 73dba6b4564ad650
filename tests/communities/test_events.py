"""Creating, publishing, running and calling off events."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions
from communities.models import Event
from portal.kernel import audit, clock, jobs, search
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area, authority

pytestmark = pytest.mark.django_db


def events_of(row):
    return [entry.event for entry in reversed(audit.history(row))]


def found(words, audience=("public",)):
    return [hit.object_id for hit in search.find(words, audience=audience, kinds=["event"]).items]


def test_an_officer_publishes_the_meeting_of_a_community_at_once():
    host, officer = make.community(name="「タイトル未定」"), make.ward_officer()
    event = make.event(host, by=officer, title="1分間ピッチの夜", capacity=150)
    assert (event.state, event.area_id, event.host) == ("published", AKIHA, host)
    assert (event.seats.capacity, event.seats.left) == (150, 150)
    assert event.needs_officer == officer.user
    assert events_of(event) == ["communities.event.created", "communities.event.publish"]
    assert found("ピッチの夜") == [str(event.pk)]
    assert found("タイトル未定") == [str(event.pk)]


def test_a_draft_is_found_by_its_own_people_only():
    host = make.community()
    event = make.event(host, title="内緒の会", publish=False)
    assert found("内緒の会") == []
    assert found("内緒の会", [f"community:{host.pk}"]) == [str(event.pk)]
    assert found("内緒の会", ["area:151050"]) == [str(event.pk)]


def test_an_organiser_creates_for_their_own_community_only():
    host = make.community()
    by = make.organiser(host)
    assert make.event(host, by=by, collector="community").state == "published"
    for stranger in (make.person(), make.organiser(make.community()), make.ward_officer("151017")):
        with pytest.raises(PermissionDenied):
            make.event(host, by=stranger)
    assert Event.objects.filter(host_community=host).count() == 1


def test_a_platform_hosts_in_its_municipality():
    host = make.platform()
    event = make.event(host, by=make.municipal_officer(), collector="community")
    assert (event.host, event.area_id) == (host, "462039")


def test_the_government_hosts_for_the_whole_city_or_for_one_ward():
    city = authority("151009")
    event = make.event(city, by=make.city_officer())
    assert (event.host, event.area_id) == (city, "151009")
    assert make.event(city, by=make.ward_officer(), area=area(AKIHA)).area_id == AKIHA
    with pytest.raises(PermissionDenied):
        make.event(city, by=make.ward_officer("151017"), area=area(AKIHA))
    with pytest.raises(Refusal, match="この地域では"):
        make.event(city, by=make.city_officer(), area=area("462039"))


def test_the_government_collects_for_itself():
    with pytest.raises(ValidationError, match="行政が集めます"):
        make.event(authority("151009"), by=make.city_officer(), collector="community")


def test_an_end_before_the_start_stores_nothing():
    host, starts = make.community(), make.moment(5)
    with pytest.raises(ValidationError, match="始まりより後"):
        make.event(host, starts_at=starts, ends_at=starts - timedelta(hours=1))
    with pytest.raises(ValidationError, match="31日以内"):
        make.event(host, starts_at=starts, ends_at=starts + timedelta(days=32))
    with pytest.raises(ValidationError, match="申込みの締切"):
        make.event(host, starts_at=starts, entries_close_at=starts + timedelta(days=1))
    assert not Event.objects.filter(host_community=host).exists()


def test_an_event_of_a_draft_community_stays_a_draft():
    host = make.community(publish=False)
    with pytest.raises(Refusal, match="先にコミュニティを公開"):
        make.event(host)
    event = make.event(host, publish=False)
    with pytest.raises(Refusal, match="先にコミュニティを公開"):
        actions.publish_event(by=make.ward_officer(), event=event)
    event.refresh_from_db()
    assert event.state == "draft"


def test_a_dissolved_community_hosts_nothing_any_more():
    host = make.community()
    actions.move_community(by=make.ward_officer(), community=host, step="dissolve", note="解散")
    with pytest.raises(PermissionDenied):
        make.event(host)


def test_publishing_twice_is_refused():
    with pytest.raises(Refusal, match="いま「公開中」です"):
        actions.publish_event(by=make.ward_officer(), event=make.event())


def test_editing_changes_words_and_seats_but_not_below_what_is_taken():
    event = make.event(capacity=5)
    make.registration(event, party_size=4)
    actions.edit_event(by=make.ward_officer(), event=event, title="新しい名前", capacity=4)
    assert audit.history(event)[0].data == {"fields": ["title", "capacity"]}
    assert found("新しい名前") == [str(event.pk)]
    with pytest.raises(ValidationError, match="定員は、4人以上にしてください"):
        actions.edit_event(by=make.ward_officer(), event=event, title="もっと新しい名前", capacity=3)
    event.refresh_from_db()
    assert event.title == "新しい名前"
    with pytest.raises(PermissionDenied):
        actions.edit_event(by=make.person(), event=event, title="だめ")
    with pytest.raises(TypeError):
        actions.edit_event(by=make.ward_officer(), event=event, collector="community")


def test_entries_close_and_open_again():
    event, by = make.event(), make.ward_officer()
    assert actions.move_event(by=by, event=event, step="close_entries").state == "entries_closed"
    with pytest.raises(Refusal, match="終わりました"):
        make.registration(event)
    assert actions.move_event(by=by, event=event, step="reopen_entries").state == "published"
    assert make.registration(event).state == "confirmed"
    with pytest.raises(Refusal, match="まだ始まっていません"):
        actions.move_event(by=by, event=event, step="hold")
    with clock.at(event.starts_at):
        assert actions.move_event(by=by, event=event, step="hold").state == "held"


def test_an_event_that_was_held_is_not_edited_or_cancelled():
    event = make.event()
    make.held(event)
    with pytest.raises(Refusal, match="内容は直せません"):
        actions.edit_event(by=make.ward_officer(), event=event, title="あとから")
    with pytest.raises(Refusal):
        actions.cancel_event(by=make.ward_officer(), event=event, note="中止")


def test_cancelling_tells_every_registrant_once_with_the_reason():
    event = make.event(title="雨の会", capacity=2)
    parties = [make.registration(event, party_size=2), make.registration(event)]
    gone = make.registration(event)
    actions.cancel_registration(by=make.ward_officer(), registration=gone)
    with pytest.raises(Refusal, match="理由"):
        actions.cancel_event(by=make.ward_officer(), event=event, note="")
    actions.cancel_event(by=make.ward_officer(), event=event, note="大雨のため")
    job = Job.objects.get(kind="communities.tell_cancellation")
    assert jobs.run(job.pk)
    sent = OutboxMessage.objects.filter(template="communities/mail/event_cancelled")
    assert {mail.to_address for mail in sent} == {party.email for party in parties}
    assert all("大雨のため" in mail.body and "雨の会" in mail.body for mail in sent)
    assert jobs.run(job.pk) is False
    assert sent.count() == 2
    with pytest.raises(Refusal, match="中止"):
        actions.cancel_event(by=make.ward_officer(), event=event, note="もう一度")
    with pytest.raises(Refusal, match="中止になりました"):
        make.registration(event)


def test_telling_again_after_a_crash_sends_nothing_twice():
    event = make.event()
    make.registration(event)
    actions.cancel_event(by=make.ward_officer(), event=event, note="中止")
    job = Job.objects.get(kind="communities.tell_cancellation")
    jobs.run(job.pk)
    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
    assert jobs.run(job.pk)
    assert OutboxMessage.objects.filter(template="communities/mail/event_cancelled").count() == 1
