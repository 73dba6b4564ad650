"""Seats as people meet them: the party's own page, the queue of those who run the event, the desk on the last day."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from communities import actions, desk, mails
from communities.models import EventSeats
from portal.accounts.scope import Scope
from portal.kernel import clock as time
from portal.kernel.actors import TokenActor
from portal.kernel.models import OutboxMessage
from tests.factories import communities as make
from tests.support.html import assert_html

from .cast import cast
from .test_pages import once, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return cast()


def own(party):
    return f"/registrations/{mails.registration_token(party)}/"


def leave(party):
    link = TokenActor("registration", f"registration:{party.pk}")
    actions.cancel_registration(by=link, registration=party)


def queue(world, capacity, *sizes, **kwargs):
    event = make.event(world.community, capacity=capacity, **kwargs)
    return event, [make.registration(event, party_size=size) for size in sizes]


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    page = answer.content.decode()
    assert_html(page)
    return page


def test_the_page_says_the_place_and_why_and_then_offers(world):
    client = world.client("anonymous")
    _, (first, _, large, small) = queue(world, 3, 2, 1, 3, 2)
    assert "あなたは1番目です" in text(client.get(own(large)))
    assert "いまは満席です" in text(client.get(own(small)))
    leave(first)
    page = text(client.get(own(large)))
    assert "空いた席を、先の順番の方にご案内しています" in page
    page = text(client.get(own(small)))
    assert "2人分の席" in page
    assert 'value="accept"' in page
    answer = send(client, own(small), {"step": "accept"})
    assert answer.status_code == 303
    assert "参加が決まりました" in text(client.get(own(small)))


def test_declining_and_an_answer_that_comes_twice_or_too_late(world, clock):
    client = world.client("anonymous")
    event, (first, second, third) = queue(world, 1, 1, 1, 1)
    leave(first)
    keys = [once(client, own(second)) for _ in range(2)]  # the page is open in two windows
    answers = [
        client.post(own(second), {"once": key, "step": step})
        for key, step in zip(keys, ("decline", "accept"), strict=True)
    ]
    assert answers[0].status_code == 303
    assert "いま「取消し」です" in text(answers[1], 409)
    third.refresh_from_db()
    clock.set(third.offer_ends_at.isoformat())
    assert "ご案内の期限が過ぎました" in text(client.get(own(third)))
    page = text(send(client, own(third), {"step": "accept"}), 409)
    assert "が過ぎたため、お受けできません" in page
    assert EventSeats.objects.get(event=event).confirmed_count == 0


def test_a_party_gets_smaller_by_its_own_link(world):
    client = world.client("anonymous")
    event = make.event(world.community, capacity=5)
    party = make.registration(event, party_size=3, party_names=["佐久間 湊", "佐久間 凪"])
    address = f"{own(party)}party/"
    page = text(send(client, address, {"party_size": "4", "companions": ["0"]}), 409)
    assert "減らすことだけができます" in page
    page = text(send(client, address, {"party_size": "1", "companions": ["0"]}), 422)
    assert "参加する人数より多くなっています" in page
    assert send(client, address, {"party_size": "2", "companions": ["1"]}).status_code == 303
    party.refresh_from_db()
    assert (party.party_size, party.party_names) == (2, ["佐久間 凪"])


def test_who_runs_the_event_sees_why_nobody_moves_up(world):
    event, (first, *_) = queue(world, 3, 2, 1, 3, 2)
    leave(first)
    page = text(world.client("ward").get(f"/staff/events/{event.pk}/"))
    assert "空いた2席は、いま案内中です" in page
    manage = reverse("communities:organiser_event", args=[world.community.slug, event.pk])
    page = text(world.client("organiser").get(manage))
    assert "空いた2席は、いま案内中です" in page
    assert "試験 花子" not in page
    smaller, (one, _, _) = queue(world, 2, 1, 1, 2)
    leave(one)
    page = text(world.client("ward").get(f"/staff/events/{smaller.pk}/"))
    assert "のこりは1席です。待っている申込みはどれも2人以上" in page
    assert "順番を保ちます" in page


def test_a_capacity_below_what_is_taken_is_refused_at_its_field(world):
    event, _ = queue(world, 3, 3)
    address = f"/staff/events/{event.pk}/edit/"
    page = world.client("ward").get(address)
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    sent |= {"starts_at": local(event.starts_at), "ends_at": local(event.ends_at)} | {"capacity": "2"}
    said = text(send(world.client("ward"), address, sent), 422)
    assert "もう3人が参加を決めています。定員は、3人以上にしてください。" in said
    assert 'aria-invalid="true"' in said


def local(moment):
    return moment.astimezone(time.JST).strftime("%Y-%m-%dT%H:%M")


def last_day(officer):
    items = desk.desk_items(Scope.of(make.fresh(officer)))
    return [item for item in items if item.kind == "当日対応"]


def test_on_the_last_day_the_desk_lists_the_event_and_a_seat_is_handed_out(world, clock):
    clock.set("2026-12-01T10:00:00+09:00")
    event, (first, second, _) = queue(world, 1, 1, 1, 1, starts_at=time.now() + timedelta(hours=9))
    officer = world.people["ward"]
    assert not last_day(officer)
    clock.set("2026-12-01T16:00:00+09:00")
    leave(first)
    [item] = last_day(officer)
    assert "当日対応" in item.title
    assert "キャンセル待ち2人" in item.meta
    page = text(world.client("ward").get(item.url))
    address = reverse("communities:party_seat", args=[event.pk, second.pk])
    assert address in page
    text(world.client("ward").get(address))
    assert send(world.client("ward"), address, {}).status_code == 303
    second.refresh_from_db()
    assert second.state == "confirmed"
    assert not last_day(officer)


def test_whoever_keeps_the_list_cancels_for_a_party_and_the_seat_goes_on(world, clock):
    event, (first, second) = queue(world, 1, 1, 1, collector="community", entries_close_at=make.moment(1))
    address = reverse("communities:party_cancel", args=[event.pk, first.pk])
    assert world.client("organiser").get(address).status_code == 404  # names are closed until entries are
    clock.set(make.moment(2).isoformat())
    assert world.client("ward").get(address).status_code == 404
    text(world.client("organiser").get(address))
    answer = send(world.client("organiser"), address, {"note": "電話で連絡を受けました。"})
    assert answer.status_code == 303
    second.refresh_from_db()
    assert second.state == "offered"


def test_manage_sweep_ends_offers_and_says_how_many(world, clock):
    clock.set("2026-12-01T10:00:00+09:00")
    _, (first, second, _) = queue(world, 1, 1, 1, 1, starts_at=make.moment(10))
    leave(first)
    clock.set("2026-12-02T10:01:00+09:00")
    said = StringIO()
    call_command("sweep", stdout=said)
    assert "期限が切れた席の案内 1件" in said.getvalue()
    call_command("sweep", stdout=said)
    assert "期限が切れた席の案内 0件" in said.getvalue()
    mails_sent = OutboxMessage.objects.filter(
        template="communities/mail/offer_expired", about_id=str(second.pk)
    )
    assert mails_sent.count() == 1


def test_whoever_has_entered_is_told_so_before_entering_again(world):
    """The way to one's own entry stands on the form; a visitor and somebody else see none."""
    event = make.event(world.community, capacity=5)
    party = make.registration(event, world.people["member"])
    address = f"/events/{event.pk}/register/"
    page = text(world.client("member").get(address))
    assert "すでに受け付けています" in page
    assert own(party) in page
    for name in ("anonymous", "organiser"):
        assert "すでに受け付けています" not in text(world.client(name).get(address))
    assert "カレンダーに入れる" in text(world.client("member").get(own(party)))


def test_an_organiser_finds_writing_and_logging_on_the_own_desk(world):
    base = world.community.get_absolute_url()
    page = text(world.client("organiser").get(f"{base}manage/"))
    assert f'href="{base}posts/new/"' in page
    assert f'href="{base}activities/new/"' in page
