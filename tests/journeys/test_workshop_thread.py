"""Menu ② from the plan of a municipality on a phone to the closed file: corrected, agreed to, decided, moved once, reported, paid."""

from pathlib import Path

import pytest
from django.urls import reverse

from communities.models import Event, Registration
from grants.models import Approval, Payment, Workshop
from tests.factories.accounts import UserFactory
from tests.factories.grants import Town
from tests.factories.settlement import accountant
from tests.factories.workshop import menu
from tests.support.browser import People
from tests.support.files import picture
from tests.support.processes import Worker, wait_until
from tests.support.world import World

from .commission import START, at, choose, paper_of, reads_paper
from .steps import Visitor

pytestmark = pytest.mark.usefixtures("world")
DESK, PHONE = 1280, 390
RESIDENT = "journey-workshop@example.jp"


def test_from_the_plan_to_the_paid_lecturer(
    world: World, worker: Worker, people: People, tmp_path: Path
) -> None:
    world.clock.set(START)
    menu()
    town, lecturer = Town(), UserFactory()
    officer = Visitor(people, PHONE, user=town.officer_user)
    chief = Visitor(people, PHONE, user=town.chief_user)
    desk = Visitor(people, DESK, user=town.prefecture_user)
    made = _planned(officer, chief, lecturer.email)
    _corrected_and_agreed(officer, chief, desk, made)
    _decided(desk, made, tmp_path, "地共第51号")
    event = _registered(people, officer, made, town)
    _moved_once(world, officer, chief, desk, made, tmp_path)
    Visitor(people, PHONE, user=lecturer).go("/me/").press("講師の画面へ").press(
        "日時を確かめて返事をする"
    ).press("この日時で確認しました").reads("に確かめました", "30,000円")
    at(world, "2026-12-14")
    _reported(officer, made, event, tmp_path)
    _paid_and_closed(world, people, desk, made)
    Visitor(people, PHONE, user=lecturer).go(f"/grants/lectures/{made.lecturers.get().pk}/").reads(
        "お支払いのお知らせ", "2026年(令和8年)12月18日(金)"
    )
    assert "三つの班で話し合った。" in reads_paper(officer, paper_of(made, "grants.workshop_report"))


def _planned(officer: Visitor, chief: Visitor, email: str) -> Workshop:
    """Written on a phone, sent by the chief."""
    officer.go("/grants/workshops/").go("/grants/workshops/new/").fill({"title": "校区の十年後を話し合う会"})
    officer.press("下書きを作る")
    plan = {
        "host_kind": "with_municipality", "aim": "校区の将来像を話し合う。", "starts_at": "2026-12-12T13:30",
        "ends_at": "2026-12-12T16:00", "venue": "見本公民館", "audience": "住民", "capacity": "40",
        "contact_name": "窓口 花子", "applicant_name": "試験 一郎", "name_0": "講師 太郎", "email_0": email,
        "fee_0": "30,000", "doer_fee": "prefecture", "payer_fee": "prefecture",
    }  # fmt: skip
    officer.fill(plan).press("保存する").reads("校区の将来像を話し合う。")
    made = Workshop.objects.get(title="校区の十年後を話し合う会")
    chief.go(made.get_absolute_url()).press("開催計画を出す").reads("協議中")
    return made


def _corrected_and_agreed(officer: Visitor, chief: Visitor, desk: Visitor, made: Workshop) -> None:
    """Sent back with the reason, corrected, sent again, agreed to by both."""
    desk.go("/staff/").go(made.get_absolute_url())
    desk.page.locator("form[action$='/return/'] [name=note]").fill("対象を、もう少しくわしく書いてください。")
    desk.press("補正を依頼する").reads("補正待ち")
    officer.go(made.get_absolute_url()).reads("対象を、もう少しくわしく").press("内容を直す")
    officer.fill({"audience": "校区の住民、自治会とNPOの役員"}).press("保存する")
    chief.go(made.get_absolute_url()).press("開催計画を出す").press("この計画に合意する")
    desk.go(made.get_absolute_url()).press("この計画に合意する").reads("決裁待ち")


def _decided(desk: Visitor, made: Workshop, folder: Path, number: str) -> None:
    """決裁 outside: what the office's own 文書管理 says of it."""
    desk.go(made.get_absolute_url()).press("この内容で起案する").press("決裁の画面を開く")
    today = Approval.objects.latest("drafted_at").drafted_at.date().isoformat()
    said = {
        "record_number": "起-51", "decided_on": today, "effective_on": today, "approver_title": "くらし共生協働課長",
        "approver_name": "決裁 花子", "document_number": number,
    }  # fmt: skip
    choose(desk.fill(said), "paper", folder, "決裁済.pdf").press("記録して決定する").reads("決裁済み")


def _registered(people: People, officer: Visitor, made: Workshop, town: Town) -> Event:
    """The event of both governments, taken by the 窓口; a resident registers without an account."""
    made.refresh_from_db()
    event = Event.objects.select_related("host_authority").get(pk=made.event_id)
    assert (str(event.host_authority), event.collector, event.area_id) == ("鹿児島県", "joint", town.area.pk)
    resident = Visitor(people, PHONE).go(event.get_absolute_url()).press("参加を申し込む")
    values = {"name": "住民 花子", "kana": "じゅうみん はなこ", "email": RESIDENT, "consent": "on"}
    resident.fill(values).press("内容を確認する").press("参加を申し込む").reads("申込みを受け付けました")
    officer.go(made.get_absolute_url()).press("申込みと受付を見る").reads("住民 花子")
    officer.go(reverse("communities:event_postpone", args=[event.pk])).press("手続きの画面を開く").reads(
        "開催決定"
    )
    return event


def _moved_once(
    world: World, officer: Visitor, chief: Visitor, desk: Visitor, made: Workshop, folder: Path
) -> None:
    """The day moves by the workshop's own procedure; who registered is told once."""
    officer.go(made.get_absolute_url())
    officer.page.locator("form[action$='/change/'] [name=note]").fill("会場の都合のため。")
    officer.press("計画を変える協議を始める").press("計画を直す")
    officer.fill({"starts_at": "2026-12-13T13:30", "ends_at": "2026-12-13T16:00"}).press("保存する")
    chief.go(made.get_absolute_url()).press("この計画に合意する")
    desk.go(made.get_absolute_url()).press("この計画に合意する")
    _decided(desk, made, folder, "地共第52号")
    assert "12月13日" in reads_paper(desk, paper_of(made, "grants.workshop_decision"))
    wait_until(lambda: _told(world), timeout=60, what="the mail about the new day")
    assert _told(world) == 1


def _told(world: World) -> int:
    return len([mail for mail in world.mails(RESIDENT) if "12月13日" in mail.get_content()])


def _reported(officer: Visitor, made: Workshop, event: Event, folder: Path) -> None:
    """Who came, what the questionnaire says, a photograph."""
    assert Registration.objects.filter(event=event).count() == 1
    officer.go("/staff/").go(made.get_absolute_url()).press("実施を報告する")
    photo = folder / "話し合い.jpg"
    photo.write_bytes(picture())
    officer.page.locator("main input[type=file][name=photo_1]").set_input_files(photo)
    said = {
        "residents_count": "21", "organisations_count": "6", "survey_count": "18", "survey_average": "4.2",
        "outcome": "三つの班で話し合った。", "next_step": "2月に二回目を開く。", "alt_1": "班の話し合い", "consented": "on",
    }  # fmt: skip
    officer.fill(said).press("報告を出す").reads("報告済み", "三つの班で話し合った。")


def _paid_and_closed(world: World, people: People, desk: Visitor, made: Workshop) -> None:
    desk.go(made.get_absolute_url()).press("支出命令を出す")
    payment = Payment.objects.get(case_id=made.pk)
    at(world, "2026-12-18")
    till = Visitor(people, DESK, user=accountant()).go(reverse("grants:payment_detail", args=[payment.pk]))
    till.fill({"paid_on": "R8.12.18"}).press("支払いを記録する")
    desk.go(made.get_absolute_url()).press("終了する").reads("終了")
    assert Workshop.objects.get(pk=made.pk).state == "closed"
