"""An organiser runs a meeting from its draft to its report: a pitch, the minute on the screen, photos, thanks, answers."""

from datetime import timedelta
from pathlib import Path

import pytest

from communities.models import Community, Event, Pitch, Registration
from communities.telling import notices
from portal.kernel import clock as kernel_clock
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.files import picture
from tests.support.world import ClockFile, World

pytestmark = pytest.mark.world(demo=True)


def moment(days: int, hour: int) -> str:
    """A time of the day so many days from now, as a datetime-local field wants it."""
    return f"{kernel_clock.today_jst() + timedelta(days=days)}T{hour:02d}:00"


def test_a_meeting_from_draft_to_report(
    demo: World, people: People, clock: ClockFile, width: int, tmp_path: Path
) -> None:
    organiser = Visitor(people, width, "organiser-akiha")
    event = _draft(organiser, f"みんなで話す夜{width}")
    _put_off_and_back(organiser, event)
    _pitch(people, organiser, width, event)
    party = _register(people, width, event)
    _minute(organiser, event)
    assert organiser.go(_manage(event)).page.get_by_role("button", name="開催した").count() == 0
    event.refresh_from_db()
    clock.set(event.starts_at.isoformat())
    organiser = Visitor(people, width, "organiser-akiha")  # twelve days later one signs in again
    organiser.go(_manage(event)).press("開催した")
    _report(organiser, event, tmp_path)
    _thanks(organiser, event)
    Visitor(people, width).go(event.get_absolute_url()).reads(
        "ひらいてみて", "十二人で話しました。", "商店街で朝ごはん"
    )
    _answer(people, width, party)


def _manage(event: Event) -> str:
    community = Community.objects.get(pk=event.host_community_id)
    return f"/communities/{community.slug}/manage/events/{event.pk}/"


def _draft(organiser: Visitor, title: str) -> Event:
    slug = Community.objects.get(name="「タイトル未定」").slug
    organiser.go(f"/communities/{slug}/manage/events/new/")
    organiser.page.get_by_text("くわしく書く").click()
    organiser.fill(
        {
            "title": title, "starts_at": moment(10, 18), "ends_at": moment(10, 20), "venue": "新津地区の公民館",
            "capacity": "20", "collector": "community", "takes_pitches": "on",
            "route": "新津駅の東口を出る\n郵便局を右に曲がる\n公民館",
        }
    )  # fmt: skip
    organiser.press("下書きに保存する")
    event = Event.objects.get(title=title)
    assert event.state == "draft"
    organiser.press("公開する")
    return event


def _put_off_and_back(organiser: Visitor, event: Event) -> None:
    organiser.press("延期する").fill({"note": "会場の都合のため"}).press("延期にする")
    organiser.press("新しい日を決める")
    organiser.fill({"starts_at": moment(12, 18), "ends_at": moment(12, 20)}).press("この日で公開する")
    event.refresh_from_db()
    assert (event.state, event.notices.count()) == ("published", 2)


def _pitch(people: People, organiser: Visitor, width: int, event: Event) -> None:
    resident = (
        Visitor(people, width, "resident-1").go(event.get_absolute_url()).press("1分間ピッチで話したい")
    )
    resident.fill({"title": "商店街で朝ごはん"}).press("ピッチを申し込む").reads("返事を待っています")
    organiser.go(f"{event.get_absolute_url()}pitches/run/").press("商店街で朝ごはん").press("受け入れる")
    organiser.fill({"name": "今井 航", "title": "駅前の本棚"}).press("順番の最後に加える")
    organiser.press("「駅前の本棚」を上へ")
    assert list(Pitch.objects.filter(event=event).order_by("place").values_list("title", flat=True)) == [
        "駅前の本棚", "商店街で朝ごはん",
    ]  # fmt: skip


def _register(people: People, width: int, event: Event) -> Registration:
    visitor = Visitor(people, width).go(f"{event.get_absolute_url()}register/")
    visitor.fill(
        {"name": "市川 仁", "kana": "イチカワ ジン", "email": f"ichikawa{width}@example.jp", "consent": "on"}
    )
    visitor.press("内容を確認する").press("参加を申し込む").reads("申込みを受け付けました")
    return event.registrations.get()


def _minute(organiser: Visitor, event: Event) -> None:
    """By keyboard alone: next, back, start, stop, back to sixty."""
    organiser.go(f"{event.get_absolute_url()}pitches/screen/")
    page = organiser.page
    title, face = page.locator("[data-stage] [data-title]"), page.locator("[data-clock]")
    assert title.inner_text() == "駅前の本棚"
    page.keyboard.press("ArrowRight")
    assert title.inner_text() == "商店街で朝ごはん"
    page.keyboard.press("ArrowLeft")
    assert (title.inner_text(), face.inner_text()) == ("駅前の本棚", "60")
    page.keyboard.press("Space")
    page.wait_for_timeout(1_500)
    page.keyboard.press("Space")
    assert 50 < int(face.inner_text()) < 60
    assert page.get_by_role("button", name="つづける").is_visible()
    page.keyboard.press("r")
    assert face.inner_text() == "60"
    organiser.check()


def _report(organiser: Visitor, event: Event, folder: Path) -> None:
    organiser.go(_manage(event)).press("報告を書く")
    organiser.fill({"result": "十二人で話しました。", "adults_count": "10", "children_count": "2"}).press(
        "報告を公開する"
    )
    photo = folder / "photo.jpg"
    photo.write_bytes(picture())
    organiser.page.set_input_files("main input[type=file]", str(photo))
    organiser.fill({"alt": "輪になって話す人たち", "consented": "on"}).press("写真を載せる")
    assert event.photos.count() == 1


def _thanks(organiser: Visitor, event: Event) -> None:
    organiser.go(f"{event.get_absolute_url()}survey/")
    organiser.fill({"question": "何で知りましたか", "choices": "回覧板\n知人"}).press("アンケートを用意する")
    organiser.go(f"{event.get_absolute_url()}thanks/").press("お礼のメールを送る")
    event.refresh_from_db()
    assert (event.state, event.thanked_at is not None) == ("reported", True)


def _answer(people: People, width: int, party: Registration) -> None:
    visitor = Visitor(people, width).go(f"/surveys/{notices.survey_token(party)}/")
    visitor.fill({"stars": "5", "choice": "2", "text": "また来たいです"}).press("送る")
    visitor.reads("お答えいただき、ありがとうございました")
