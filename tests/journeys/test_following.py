"""Following: a resident saves a search, gets the digest when something new is published, and stops it by its link.

And the officer's one button: the ward's month as a paper, made by the worker, downloaded.
"""

import re

import pytest
from django.db import transaction

from communities.models import Community, Digest, Event, SavedSearch
from communities.telling import digests
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from tests.factories import communities as make
from tests.journeys.steps import Visitor, persona
from tests.support.browser import People
from tests.support.processes import Worker, wait_until
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)


def test_resident_follows_a_ward_and_stops_without_signing_in(
    demo: World, worker: Worker, people: People, width: int
) -> None:
    who = persona("resident-2")
    SavedSearch.objects.filter(user=who).delete()
    resident = Visitor(people, width, "resident-2").go("/events/?area=151050")
    resident.press("この条件の新しいイベントを、メールで受け取る")
    resident.fill({"frequency": "daily", "quiet_from": "0", "quiet_until": "0"})
    resident.press("この条件で受け取る").reads("秋葉区", "毎日")
    title = f"新しく公開した会 {width}"
    _officer_publishes(title)
    _time_has_come(who.email)
    mail = _mail(demo, who.email, title)
    assert "秋葉区" in str(mail["Subject"])
    link = re.search(r"https?://[^/]+(/following/\S+)", mail.get_content())
    assert link is not None
    anybody = Visitor(people, width).go(link[1]).reads("「秋葉区」のお知らせを止めますか")
    anybody.press("お知らせを止める").reads("お知らせを止めました")
    assert not SavedSearch.objects.get(user=who).is_on
    Visitor(people, width, "resident-2").go("/me/").reads("新着のお知らせ", "止めています")


def test_officer_gets_the_paper_of_the_month_by_one_button(
    demo: World, worker: Worker, people: People, width: int
) -> None:
    by = UserActor(persona("ward-akiha"))
    if not Event.objects.filter(title="回覧板に載る会").exists():
        for days in range(2, 60, 7):
            make.event(_akiha(), by=by, title="回覧板に載る会", starts_at=make.moment(days))
    officer = Visitor(people, width, "ward-akiha").go("/staff/events/")
    button = officer.page.get_by_role("button", name=re.compile(r"^\d+月の回覧板をつくる$"))
    with officer.page.expect_navigation():
        button.first.click()
    officer.check().reads("印刷するPDF")

    def ready() -> bool:
        officer.page.reload()
        return officer.page.get_by_role("link", name="PDFをダウンロードする").count() > 0

    wait_until(ready, timeout=60, what="the paper")
    officer.check()
    link = officer.page.get_by_role("link", name="PDFをダウンロードする").first
    content = officer.page.request.get(link.get_attribute("href")).body()
    assert content.startswith(b"%PDF-1.7")


def _akiha() -> Community:
    return Community.objects.filter(area="151050", state="published").earliest("published_at")


def _officer_publishes(title: str) -> None:
    make.event(_akiha(), by=UserActor(persona("ward-akiha")), title=title, starts_at=make.moment(20))


def _time_has_come(address: str) -> None:
    """The sweep after the search's own time."""
    with transaction.atomic():
        SavedSearch.objects.filter(user__email=address).update(next_at=clock.now())
    assert digests.wake_digests()[1] >= 1


def _mail(demo: World, address: str, title: str):  # type: ignore[no-untyped-def]
    def arrived() -> bool:
        return any(title in mail.get_content() for mail in demo.mails(address))

    wait_until(arrived, timeout=30, what="the digest")
    assert Digest.objects.filter(search__user__email=address).exists()
    told = OutboxMessage.objects.filter(template=digests.TEMPLATE, state="sent")
    wait_until(told.exists, timeout=30, what="the digest is noted as sent")
    return next(mail for mail in demo.mails(address) if title in mail.get_content())
