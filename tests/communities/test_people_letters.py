"""Writing through the portal: no address is told, either may stop, limits hold, staff read only what is reported."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions
from communities.actions import exchanges as letters
from communities.mails.people import exchange_token
from communities.models import Exchange, Letter, Report
from portal.accounts.enums import AgeGroup
from portal.accounts.models import User
from portal.kernel import audit, jobs, tokens
from portal.kernel import clock as time
from portal.kernel.actors import JobActor, TokenActor
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.outbox import _body
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import people
from tests.support.html import assert_html
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """(who writes, whose profile it is, the profile)."""
    owner = make.person(name="本名 ひみつ")
    return make.person(name="かく人"), owner, people.profile(owner, name="よびな", areas=[])


def client_of(who=None):
    client = StrictClient()
    if who is not None:
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def begin(pair, text="空き店舗の話を聞かせてください"):
    return letters.write_to(by=pair[0], profile=pair[2], text=text)


def holder(exchange, side):
    return TokenActor("exchange", f"exchange:{exchange.pk}:{side}")


def page_of(exchange, side):
    return f"/exchanges/{exchange_token(exchange, side)}/"


def mails_to(who):
    return [
        (row, _body(row))
        for row in OutboxMessage.objects.filter(to_address=who.user.email).order_by("created_at")
    ]


def test_both_write_and_neither_learns_the_address_of_the_other(pair):
    writer, owner, _ = pair
    own = client_of(writer)
    form = own.get(f"{pair[2].get_absolute_url()}write/")
    assert_html(form.content)
    once = form.context["form"].initial["once"]
    answer = own.post(f"{pair[2].get_absolute_url()}write/", {"once": once, "text": "こんにちは"})
    assert answer.status_code == 303
    exchange = Exchange.objects.get()
    ((mail, body),) = mails_to(owner)
    assert mail.is_secret
    assert "こんにちは" in body
    assert "かく人" in body
    link = re.search(r"(/exchanges/\S+)", body)[1]
    visitor = client_of()
    shown = visitor.get(link)
    assert_html(shown.content)
    assert shown["Cache-Control"] == "no-store"
    sent = visitor.post(link, {"once": shown.context["form"].initial["once"], "text": "お返事です"})
    assert sent.status_code == 303
    ((_, body),) = mails_to(writer)
    assert "お返事です" in body
    assert "よびな" in body
    everything = [*(text for who in (writer, owner) for _, text in mails_to(who))]
    everything += [
        client_of().get(page_of(exchange, side)).content.decode() for side in ("sender", "recipient")
    ]
    everything += [client_of(who).get("/me/exchanges/").content.decode() for who in (writer, owner)]
    for text in everything:
        assert owner.user.email not in text
        assert writer.user.email not in text
    assert not any("本名 ひみつ" in text for text in (mails_to(writer)[0][1], everything[2]))


def test_a_second_message_goes_into_the_same_exchange(pair):
    assert begin(pair) == begin(pair, "もう一つ")
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("why", ["minor", "closed", "no letters", "oneself", "visitor", "not seen"])
def test_it_does_not_begin_where_it_may_not(pair, why):
    writer, owner, profile = pair
    if why == "minor":
        User.objects.filter(pk=writer.user_id).update(age_group=AgeGroup.TEEN, adult_confirmed_on=None)
    elif why == "closed":
        actions.close_profile(by=owner)
    elif why == "no letters":
        people.profile(owner, takes_letters=False)
    elif why == "not seen":
        people.profile(owner, seen=people.seen("members"))
    by = {"oneself": owner, "visitor": make.visitor()}.get(why, writer)
    with pytest.raises(PermissionDenied if why == "visitor" else Refusal):
        letters.write_to(by=by, profile=profile, text="こんにちは")
    assert not Exchange.objects.exists()
    assert not OutboxMessage.objects.filter(template="communities/mail/letter").exists()


def test_either_may_stop_and_what_the_recipient_ended_does_not_begin_again(pair):
    exchange = begin(pair)
    letters.stop_exchange(by=holder(exchange, "recipient"), exchange=exchange, side="recipient")
    letters.stop_exchange(by=holder(exchange, "recipient"), exchange=exchange, side="recipient")
    for side in ("sender", "recipient"):
        with pytest.raises(Refusal, match="終わりました"):
            letters.answer_letter(by=holder(exchange, side), exchange=exchange, side=side, text="まだ")
    with pytest.raises(Refusal):
        begin(pair)
    other = (make.person(), *pair[1:])
    again = begin(other)
    letters.stop_exchange(by=holder(again, "sender"), exchange=again, side="sender")
    assert begin(other, "また").pk != again.pk


def test_nobody_else_answers_or_stops(pair):
    exchange = begin(pair)
    for by in (make.person(), make.visitor(), make.city_officer(), holder(exchange, "sender")):
        with pytest.raises(PermissionDenied):
            letters.answer_letter(by=by, exchange=exchange, side="recipient", text="なりすまし")
        with pytest.raises(PermissionDenied):
            letters.stop_exchange(by=by, exchange=exchange, side="recipient")


def test_a_forged_link_and_a_link_for_something_else_are_not_found(pair):
    exchange = begin(pair)
    good = exchange_token(exchange, "recipient")
    for token in (
        good[:-4] + "AAAA",
        tokens.make("registration", exchange.pk, 1),
        tokens.make("exchange.recipient", exchange.pk, 2),
        "x",
    ):
        for end in ("", "stop/", "report/"):
            assert client_of().get(f"/exchanges/{token}/{end}").status_code == 404


def test_limits_of_people_messages_links_and_repeats(pair, clock):
    writer, _, _ = pair
    for number in range(5):
        letters.write_to(by=writer, profile=people.profile(), text=f"はじめまして {number}")
    with pytest.raises(Refusal, match="1日5人まで"):
        begin(pair)
    clock.set((time.now() + timedelta(days=2)).isoformat())
    exchange = begin(pair, "二日あと")
    with pytest.raises(Refusal, match="リンク"):
        begin(pair, "https://a.example.jp と https://b.example.jp")
    for number in range(9):
        letters.answer_letter(
            by=holder(exchange, "sender"), exchange=exchange, side="sender", text=f"続き {number}"
        )
    with pytest.raises(Refusal, match="続けて"):
        letters.answer_letter(by=holder(exchange, "sender"), exchange=exchange, side="sender", text="十一")


def test_the_same_text_to_many_people_is_refused():
    writer = make.person()
    for _ in range(2):
        letters.write_to(by=writer, profile=people.profile(), text="だれにでも送る宣伝")
    with pytest.raises(Refusal, match="同じ文章"):
        letters.write_to(by=writer, profile=people.profile(), text="だれにでも送る宣伝")


def test_who_closes_is_named_no_more_and_is_written_to_no_more(pair):
    exchange = begin(pair)
    assert "よびな" in client_of().get(page_of(exchange, "sender")).content.decode()
    actions.close_profile(by=pair[1])
    for address in (page_of(exchange, "sender"), f"{page_of(exchange, 'sender')}report/"):
        page = client_of().get(address).content.decode()
        assert "よびな" not in page
        assert "公開をやめた人" in page
    assert "よびな" not in client_of(pair[0]).get("/me/exchanges/").content.decode()
    exchange.refresh_from_db()
    assert exchange.state == "stopped"


def test_staff_read_nothing_until_it_is_reported_and_nothing_after_they_answered(pair):
    exchange = begin(pair, "よそでは読めない言葉")
    city = make.city_officer()
    staff = client_of(city)
    assert staff.get("/staff/reports/").status_code == 200
    visitor = client_of()
    address = f"{page_of(exchange, 'recipient')}report/"
    once = visitor.get(address).context["form"].initial["once"]
    assert visitor.post(address, {"once": once, "reason": "harm"}).status_code == 303
    report = Report.objects.get()
    page = staff.get(f"/staff/reports/{report.pk}/")
    assert "よそでは読めない言葉" in page.content.decode()
    assert client_of(make.ward_officer()).get(f"/staff/reports/{report.pk}/").status_code == 404
    actions.answer_reports(by=city, reports=[report], step="dismiss")
    assert "よそでは読めない言葉" not in staff.get(f"/staff/reports/{report.pk}/").content.decode()


def test_what_the_staff_end_is_found_by_neither(pair):
    exchange = begin(pair)
    actions.hide_object(by=make.city_officer(), subject="exchange", row=exchange, reason="おどしのため")
    for side in ("sender", "recipient"):
        assert client_of().get(page_of(exchange, side)).status_code == 404
    with pytest.raises(Refusal):
        letters.answer_letter(by=holder(exchange, "sender"), exchange=exchange, side="sender", text="まだ")


def test_messages_are_deleted_a_year_after_the_last_but_not_while_reported(pair, clock):
    exchange = begin(pair)
    other = letters.write_to(by=pair[0], profile=people.profile(), text="こちらは知らせたもの")
    actions.report_object(by=pair[0], subject="exchange", row=other, reason="harm")
    clock.set((time.now() + timedelta(days=364)).isoformat())
    assert letters.purge_exchanges(by=JobActor("sweep")) == 0
    clock.set((time.now() + timedelta(days=2)).isoformat())
    assert letters.purge_exchanges(by=JobActor("sweep")) == 1
    assert list(Exchange.objects.all()) == [other]
    assert audit.history(exchange)[0].event == "communities.exchange.purged"


def test_the_mail_goes_out_once_and_its_body_is_wiped(pair, mailoutbox):
    begin(pair)
    mail = OutboxMessage.objects.get(template="communities/mail/letter")
    jobs.run(Job.objects.get(key=f"mail:{mail.pk}").pk)
    mail.refresh_from_db()
    assert mail.sealed_body is None
    assert mail.body == ""
