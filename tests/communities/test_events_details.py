"""How one takes part: on site or online, the drawn way, who hosts together, who takes the money."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from communities import actions
from communities.calculations import purpose_of
from communities.calculations.route import sketch_of
from communities.enums.events import NoticeKind
from communities.mails import registration_token
from portal.kernel import jobs
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.accounts.mailbox import received
from tests.factories import communities as make
from tests.factories.areas import authority
from tests.support.strict import StrictClient

URL = "https://meet.example.jp/secret-room"


@pytest.mark.django_db
def test_the_way_in_is_shown_to_parties_with_a_seat_and_to_nobody_else():
    event = make.event(format="hybrid", online_url=URL, online_note="パスコード 4821", capacity=1)
    seated, waiting = make.registration(event), make.registration(event)
    anonymous = StrictClient()
    public = anonymous.get(event.get_absolute_url()).content.decode()
    assert "会場とオンライン" in public
    for place in (event.get_absolute_url(), "/events/", "/search/?q=meet", "/wards/akiha/"):
        text = anonymous.get(place).content.decode()
        assert URL not in text, place
        assert "4821" not in text, place
    own = anonymous.get(f"/registrations/{registration_token(seated)}/").content.decode()
    assert (URL in own, "4821" in own) == (True, True)
    assert URL not in anonymous.get(f"/registrations/{registration_token(waiting)}/").content.decode()
    assert URL in received(seated.email).body
    assert URL not in received(waiting.email).body
    actions.cancel_registration(by=make.ward_officer(), registration=seated)
    assert URL not in anonymous.get(f"/registrations/{registration_token(seated)}/").content.decode()


@pytest.mark.django_db
def test_a_new_way_in_is_sent_once_to_parties_with_a_seat():
    event = make.event(format="online", venue="オンライン", capacity=1)
    seated = make.registration(event)
    make.registration(event)
    actions.edit_event(by=make.ward_officer(), event=event, online_url=URL)
    assert event.notices.get().kind == NoticeKind.ONLINE
    job = Job.objects.get(kind="communities.tell_notice")
    assert jobs.run(job.pk)
    mail = OutboxMessage.objects.get(template="communities/mail/event_online")
    assert (mail.to_address, mail.is_secret, mail.body) == (seated.email, True, "")
    assert URL in received(seated.email).body


@pytest.mark.django_db
def test_details_that_contradict_each_other_are_refused():
    host, at = make.community(), make.moment(9)
    for values, words in (
        ({"online_url": URL}, "会場だけの催し"),
        ({"starts_at": at, "publish_from": at + timedelta(hours=1)}, "始まりより前"),
        ({"starts_at": at, "listed_until": at}, "終わりより後"),
    ):
        with pytest.raises(ValidationError, match=words):
            make.event(host, **values)


@pytest.mark.django_db
def test_the_form_says_at_the_field_what_does_not_fit_and_an_online_event_needs_no_venue():
    host = make.community()
    organiser = make.organiser(host)
    client = StrictClient()
    client.force_login(organiser.user, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/communities/{host.slug}/manage/events/new/"
    once = client.get(address).context["form"].initial["once"]
    values = {
        "once": once, "title": "画面ごしの会", "collector": "community", "entry_method": "first_come",
        "starts_at": "2099-04-01T18:30", "ends_at": "2099-04-01T17:30", "venue": "", "format": "onsite",
        "online_url": "http://plain.example.jp", "route": "\n".join("abcdefghi"),
    }  # fmt: skip
    errors = client.post(address, values).context["form"].errors
    assert {name: texts[0] for name, texts in errors.items()} == {
        "ends_at": "終わりは、始まりより後にしてください。",
        "venue": "会場を入力してください。",
        "online_url": "オンラインのアドレスは、https:// で始まるアドレスで入力してください。",
        "route": "道順は、8行までにしてください。",
    }
    values |= {
        "ends_at": "2099-04-01T20:30",
        "format": "online",
        "online_url": URL,
        "route": "",
        "ages": ["teens"],
    }
    done = client.post(address, values)
    assert done.status_code == 303
    event = host.events.get()
    assert (event.venue, event.ages, list(event.themes.all())) == (
        "オンライン",
        ["teens"],
        list(host.themes.all()),
    )


@pytest.mark.django_db
def test_the_page_tells_everything_in_words_and_asks_nobody_else():
    event = make.event(
        map_url="https://maps.example.jp/?q=1", route="新津駅の東口を出る\n郵便局を右に曲がる\n公民館", parking="10台",
        rain_rule="雨でも開きます", languages="日本語、手話", insurance="市民活動保険に入ります", photo_notice="広報のため撮影します",
        fee_yen=500, fee_note="小学生は無料", ages=["teens", "seniors"], co_hosts="新津高校",
    )  # fmt: skip
    text = StrictClient().get(event.get_absolute_url()).content.decode()
    for word in (
        "郵便局を右に曲がる", "10台", "雨でも開きます", "手話", "市民活動保険", "広報のため", "小学生は無料",
        "中学生・高校生、65歳以上", "新津高校", "出納員", '<polyline class="route__line"', 'href="https://maps.example.jp/?q=1"',
    ):  # fmt: skip
        assert word in text, word
    assert "maps.example.jp" not in text.replace('href="https://maps.example.jp/?q=1"', "")
    own = make.event(collector="community", fee_yen=500)
    assert "市の職員は扱いません" in StrictClient().get(own.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_joint_hosts_stand_in_the_purpose_and_do_not_change_once_people_agreed():
    event = make.event(authority("151009"), by=make.city_officer(), collector="joint", co_hosts="新津高校")
    purpose = purpose_of(event)
    assert purpose.collector.endswith("、新津高校")
    assert "新津高校にも" in purpose.recipients
    by = make.city_officer()
    actions.edit_event(by=by, event=event, co_hosts="新津高校、秋葉図書館")
    make.registration(event)
    with pytest.raises(Refusal, match="共催の相手"):
        actions.edit_event(
            by=by, event=make.actions.edit_event(by=by, event=event, title="別"), co_hosts="だれか"
        )


LINES = st.lists(st.text(st.sampled_from("右左直へ駅"), min_size=1, max_size=4), max_size=8)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_a_sketch_has_every_stop_at_a_place_of_its_own_inside_its_frame(lines):
    sketch = sketch_of("\n".join(lines))
    if len(lines) < 2:
        assert sketch is None
        return
    assert [stop.text for stop in sketch.stops] == lines
    places = [(stop.x, stop.y) for stop in sketch.stops]
    assert len(set(places)) == len(lines)
    assert all(0 < x < sketch.width and 0 < y < sketch.height for x, y in places)
    assert [stop.is_last for stop in sketch.stops] == [False] * (len(lines) - 1) + [True]
