"""Menu ②: the lecturer's own pages, and events that a workshop keeps."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities import actions as communities
from communities.models import Event
from grants.actions import enter_payment
from grants.models import WorkshopLecturer
from grants.workshop import lectures
from grants.workshop.actions import confirming, paying, running
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor
from tests.factories.dispatch import Adviser
from tests.factories.grants import Town
from tests.factories.settlement import accountant
from tests.factories.workshop import DAY, LECTURER, STARTS, agreed, consulting, decide, decided, report, save
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_supporters_pages import page, signed_in

AFTER = "2026-12-12T17:00:00+09:00"


def lecturer(town: Town, **values: Any) -> WorkshopLecturer:
    """One of a decided plan, with an account of their own."""
    user = UserFactory()
    made = decided(town, lecturers=[_row(user)], **values)
    return made.lecturers.select_related("workshop", "user").get()


def _row(user: Any) -> Any:
    return type(LECTURER)(name="講師 太郎", topic="事例", fee_yen=30_000, travel_yen=4_000, email=user.email)


def test_a_lecturer_sees_their_own_from_the_agreement_on(town: Town) -> None:
    user, other = UserFactory(), UserFactory()
    made = consulting(town, lecturers=[_row(user), _row(other)])
    assert not lectures.of_lecturer(Scope.of(actor(user))).exists()
    agreed(town, made)
    mine = lectures.of_lecturer(Scope.of(actor(user))).get()
    assert (mine.user, mine.workshop) == (user, made)
    client = signed_in(user)
    assert "講師の画面へ" in page(client, "/me/")
    assert made.title in page(client, reverse("grants:lecture_list"))
    text = page(client, mine.get_absolute_url())
    assert "34,000円" not in text
    assert "30,000円" in text
    assert "3,471円" in text  # 10.21 % of 34,000, floor
    theirs = made.lecturers.get(user=other)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert signed_in(town.officer_user).get(mine.get_absolute_url()).status_code == 404


def test_an_unknown_address_is_refused_at_its_box(town: Town) -> None:
    made = consulting(town)
    row = type(LECTURER)(key="advisor_0", name="講師 太郎", email="nobody@hiroba.example")
    with pytest.raises(Refusal) as refused:
        save(town, made, lecturers=[row])
    assert refused.value.field == "email_0"


def test_an_advisor_who_lectures_has_the_same_page(town: Town) -> None:
    adviser = Adviser(town)
    made = agreed(town, lecturers=[type(LECTURER)(advisor=adviser.row)])
    assert lectures.of_lecturer(Scope.of(adviser.actor)).get().workshop == made


def test_the_date_is_confirmed_once_and_both_sides_see_it(town: Town) -> None:
    mine = lecturer(town)
    assert OutboxMessage.objects.get(template="grants/mail/workshop_lecturer").to_address == mine.user.email
    client = signed_in(mine.user)
    url = mine.get_absolute_url()
    mine_all = reverse("grants:lecture_list")
    said = page(client, mine_all)
    assert "日時を確かめて返事をする" in said
    assert "協働ひろば かごしま" in said, "the page speaks for the government that asks"
    with pytest.raises(PermissionDenied):
        confirming.confirm_lecture(by=town.officer, lecturer=mine)
    assert send(client, url, action=f"{url}confirm/").status_code == 303
    assert "に確かめました" in page(client, url)
    assert "日時を確かめて返事をする" not in page(client, mine_all)
    with pytest.raises(Refusal, match="もう確かめて"):
        confirming.confirm_lecture(by=actor(mine.user), lecturer=mine)
    assert "日時を確認" in page(signed_in(town.officer_user), mine.workshop.get_absolute_url())
    made = running.change_workshop(by=town.officer, workshop=mine.workshop, note="日を変えたい。")
    assert "もう一度話し合っています" not in page(client, url)
    save(town, made, lecturers=[_row(mine.user)], starts_at=STARTS + DAY, ends_at=STARTS + 2 * DAY)
    assert client.get(url).status_code == 404  # the plan was written anew; so is the question
    again = lectures.of_lecturer(Scope.of(actor(mine.user))).get()
    assert again.confirmed_at is None
    with pytest.raises(Refusal, match="確かめるときではありません"):
        confirming.confirm_lecture(by=actor(mine.user), lecturer=again)


def test_what_is_paid_is_told_with_its_tax(town: Town, clock: ClockFile) -> None:
    mine = lecturer(town)
    clock.set(AFTER)
    report(town, mine.workshop)
    orders = paying.order_lecturer_payment(
        by=town.prefecture, workshop=mine.workshop, lecturer=mine, travel_yen=5_000, travel_direct=True, carrier="見本交通"
    )  # fmt: skip
    assert list(lectures.payments_of(mine)) == orders[:1]
    assert orders[0].payee_user == mine.user
    text = page(signed_in(mine.user), mine.get_absolute_url())
    assert "お支払いのお知らせ" in text
    assert "26,937円" in text  # 30,000 less 3,063
    assert "見本交通" not in text
    clock.set("2026-12-15T10:00:00+09:00")
    enter_payment(by=actor(accountant()), payment=orders[0], paid_on=date(2026, 12, 15))
    mail = OutboxMessage.objects.get(template="grants/mail/payment_made")
    assert mail.to_address == mine.user.email
    assert f"{settings.BASE_URL}{mine.get_absolute_url()}" in mail.body
    notice = Document.objects.get(kind="grants.payment_notice", object_id=orders[0].pk)
    assert notice.check_number in page(signed_in(mine.user), mine.get_absolute_url())


# Events that a workshop keeps
def event_of(town: Town) -> Event:
    made = decided(town)
    rows = Event.objects.select_related("area", "host_community", "host_platform", "host_authority", "seats")
    return rows.get(pk=made.event_id)


def test_moving_and_calling_off_is_the_workshops_matter(town: Town) -> None:
    event = event_of(town)
    for act in (
        lambda: communities.postpone_event(by=town.officer, event=event, note="雨"),
        lambda: communities.cancel_event(by=town.officer, event=event, note="雨"),
        lambda: communities.edit_event(by=town.officer, event=event, venue="別の公民館"),
        lambda: communities.edit_event(by=town.officer, event=event, capacity=41),
    ):
        with pytest.raises(Refusal, match="ワークショップの計画で開きます") as refused:
            act()
        assert refused.value.code == "kept"
    edited = communities.edit_event(by=town.officer, event=event, access="駅から5分", venue=event.venue)
    assert edited.access == "駅から5分"
    communities.close_entries(by=town.officer, event=event)


def test_the_closed_doors_say_why_and_lead_to_the_workshop(town: Town) -> None:
    event = event_of(town)
    client, workshop = signed_in(town.officer_user), event.workshop
    text = page(client, reverse("communities:event_postpone", args=[event.pk]))
    assert "ワークショップの計画で開きます" in text
    assert workshop.get_absolute_url() in text
    assert "新しい日時" not in text
    home = reverse("communities:staff_event_detail", args=[event.pk])
    assert workshop.get_absolute_url() not in page(client, home)
    refused = send(client, home, step="cancel", note="大雨のため。")
    assert (refused.status_code, workshop.get_absolute_url() in text_of(refused)) == (409, True)
    assert "大雨のため。" in text_of(refused)
    edit = reverse("communities:staff_event_edit", args=[event.pk])
    mended = send(client, edit, venue="別の公民館")
    assert (mended.status_code, workshop.get_absolute_url() in text_of(mended)) == (409, True)
    running.cancel_workshop(by=town.officer, workshop=workshop, note="大雨のため。")
    event.refresh_from_db()
    assert event.state == "cancelled"


def test_a_meeting_of_its_own_is_moved_as_before(town: Town) -> None:
    made = decide(town, agreed(town))
    other = Event.objects.create(
        host_platform=town.platform, area=town.area, title="別の集まり", starts_at=STARTS, ends_at=STARTS + DAY, venue="公民館",
        collector="city",
    )  # fmt: skip
    assert made.event_id != other.pk
    communities.edit_event(by=town.officer, event=other, venue="集会所")
    assert other.venue == "集会所"
