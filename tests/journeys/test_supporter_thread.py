"""A student supporter from the register to the certificate: minor, with a guardian's consent, asked for, matched, at work, confirmed.

The student and the guardian are on a phone, the municipality and the office at a desk.
"""

import pytest
from django.urls import reverse

from grants.models import Placement, Supporter, SupportRequest
from portal.areas.models import Authority
from tests.factories.accounts import UserFactory
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town, open_call
from tests.factories.workshop import consulting
from tests.support.browser import People
from tests.support.processes import Worker
from tests.support.world import World

from .commission import START, at, paper_of, reads_paper
from .steps import Visitor

pytestmark = pytest.mark.usefixtures("world")
DESK, PHONE = 1280, 390
ENTRY = {
    "name": "学生 花子", "kana": "ガクセイ ハナコ", "birth_on": "H21.5.1", "school": "見本高校", "grade": "2年",
    "phone": "099-000-0000", "fields": "record", "guardian_name": "保護 太郎", "guardian_phone": "099-000-0001",
    "guardian_email": "guardian@hiroba.example",
}  # fmt: skip
WANTED = {
    "title": "まちあるきの記録", "field": "record", "work": "写真をとり、気づいたことを書きとめる。", "place": "見本公民館",
    "hours": "10時から15時まで", "first_on": "2026-12-05", "last_on": "2026-12-12", "people": "1", "contact_name": "窓口 花子",
}  # fmt: skip


def test_from_the_register_to_the_certificate(world: World, worker: Worker, people: People) -> None:
    world.clock.set(START)
    open_call()
    town = Town()
    workshop = consulting(town)
    student_user = UserFactory()
    student = Visitor(people, PHONE, user=student_user)
    desk = Visitor(people, DESK, user=town.prefecture_user)
    clerk = Visitor(people, DESK, user=town.officer_user)
    supporter = _registered(people, student, desk)
    placement = _matched(clerk, student, desk, workshop, supporter)
    _worked(world, clerk, student, placement)
    _reported_and_confirmed(student, desk, placement)
    text = reads_paper(student, paper_of(placement, "grants.supporter_certificate"))
    assert "学生花子" in text
    assert "まちあるきの記録" in text


def _registered(people: People, student: Visitor, desk: Visitor) -> Supporter:
    """Asked for on a phone; the guardian consents over the link, without an account; the office registers."""
    entry = student.go("/grants/supporter/entry/")
    values = dict(ENTRY)
    if entry.page.locator("main select[name='authority']").count():
        values["authority"] = str(Authority.objects.get(area=KAGOSHIMA).pk)
    entry.fill(values).press("登録を申し込む").reads("登録の確認を待っています")
    row = Supporter.objects.get(school="見本高校")
    guardian = Visitor(people, PHONE)
    guardian.go(row.get_consent_url()).reads("保護 太郎 様").press("保護者として同意する").reads(
        "同意を受け付けました"
    )
    desk.go("/staff/").reads("学生サポーターの登録を確かめる")
    desk.go(reverse("grants:supporter_detail", args=[row.pk])).press("登録する").reads("登録")
    student.go("/grants/supporter/days/").fill({"first_on": "2026-12-05", "last_on": "2026-12-06"}).press(
        "この日を出す"
    )
    return row


def _matched(
    clerk: Visitor, student: Visitor, desk: Visitor, workshop: object, supporter: Supporter
) -> Placement:
    """The municipality asks at its file, the office asks the student, who takes it on."""
    case = reverse("grants:support_case", args=["workshop", workshop.pk])  # type: ignore[attr-defined]
    clerk.go(case).fill(WANTED).press("募る").reads("まちあるきの記録")
    wanted = SupportRequest.objects.get(workshop=workshop)
    desk.go("/staff/").reads("学生サポーターを、あと1人さがす")
    desk.go(wanted.get_absolute_url()).fill({"days": "2026-12-05"}).press("この学生に打診する")
    placement = Placement.objects.get(request=wanted, supporter=supporter)
    clerk.go(wanted.get_absolute_url())
    assert "学生 花子" not in clerk.page.locator("main").inner_text(), (
        "nobody is named before the student's yes"
    )
    student.go("/grants/supporter/").reads("まちあるきの記録")
    student.go(placement.get_absolute_url()).press("引き受ける").reads("活動の予定・活動中")
    clerk.go(wanted.get_absolute_url()).reads("学生 花子")
    return placement


def _worked(world: World, clerk: Visitor, student: Visitor, placement: Placement) -> None:
    """The student notes the day, the municipality confirms it with the insurance."""
    at(world, "2026-12-05")
    student.go(placement.get_absolute_url()).fill({"minutes": "240"}).press("この日の活動を記録する")
    clerk.go("/staff/").reads("学生 花子さんの活動の日を確認する")
    clerk.go(placement.get_absolute_url()).fill({"minutes": "240", "is_insured": "on"}).press(
        "この日を確認する"
    )
    clerk.reads("確認済み")


def _reported_and_confirmed(student: Visitor, desk: Visitor, placement: Placement) -> None:
    student.go(placement.get_absolute_url()).fill({"work": "写真を40枚とった。", "learned": "坂が多い。"})
    student.press("報告を出す").reads("活動報告済み")
    desk.go("/staff/").reads("学生 花子さんの活動の報告を確認する")
    desk.go(placement.get_absolute_url()).press("確認して証明書を出す").reads("確認済み")
