"""An organiser's own year: invite somebody, post with a photo, log an activity, let the community rest and wake it."""

from pathlib import Path

import pytest
from PIL import Image

from communities.mails.joining import invitation_token
from communities.models import Community, Invitation
from portal.kernel import clock
from portal.site.demo.people import DOMAIN
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)
INVITED = "resident-1"


def test_an_organiser_runs_the_community_without_calling_the_office(
    demo: World, people: People, width: int, tmp_path: Path
) -> None:
    community = Community.objects.get(name="「タイトル未定」")
    home = community.get_absolute_url()
    _invites(people, width, home)
    _posts(people, width, home, tmp_path)
    _logs(people, width, home)
    _rests_and_wakes(people, width, home)


def _invites(people: People, width: int, home: str) -> None:
    organiser = Visitor(people, width, "organiser-akiha").go(f"{home}manage/").press("人を招く")
    address = f"{INVITED}@{DOMAIN}"
    organiser.fill({"email": address, "role": "organiser", "message": "いっしょに世話人をしませんか"})
    organiser.press("招待のメールを送る").reads(address)
    token = invitation_token(Invitation.objects.get(email=address))
    Visitor(people, width).go(f"/invitations/{token}/").reads("ログインして受ける")
    invited = Visitor(people, width, INVITED).go(f"/invitations/{token}/")
    invited.reads("いっしょに世話人をしませんか").press("招待を受ける").reads("あなたは世話人です")
    organiser.go(f"{home}manage/members/").reads("世話人")


def _posts(people: People, width: int, home: str, folder: Path) -> None:
    picture = folder / "朝市.jpg"
    Image.new("RGB", (64, 40), (90, 140, 100)).save(picture)
    title = f"朝市をひらきました {width}"
    organiser = Visitor(people, width, "organiser-akiha").go(home).press("投稿を書く")
    organiser.fill(
        {
            "title": title,
            "body": f"駅前の広場に、机を五つ並べました。 {width}",
            "photo_alt": "緑色の広場の絵",
            "photo_caption": "朝の広場",
            "photo_consent": "nobody",
        }
    )
    organiser.page.locator("main input[name='photo']").set_input_files(picture)
    organiser.press("公開する").reads(title, "朝の広場")
    assert organiser.page.locator("img[alt='緑色の広場の絵']").evaluate("image => image.naturalWidth") == 64
    Visitor(people, width).go("/").reads(title)


def _logs(people: People, width: int, home: str) -> None:
    organiser = Visitor(people, width, "organiser-akiha").go(home).press("活動を記録する")
    organiser.fill(
        {
            "title": f"駅前の朝市 {width}",
            "held_on": clock.today_jst().isoformat(),
            "people_count": "４０",
            "visits_count": "55",
            "summary": "晴れて、子どもが多く来ました。",
        }
    )
    organiser.press("活動を記録する").reads("実人数 40人", "延べ 55人")
    Visitor(people, width).go(f"{home}activities/").reads(f"駅前の朝市 {width}", "現在")


def _rests_and_wakes(people: People, width: int, home: str) -> None:
    organiser = Visitor(people, width, "organiser-akiha").go(f"{home}manage/").press("休止にする")
    organiser.fill({"note": "冬のあいだ休みます"}).press("休止にする").reads("いま休んでいます")
    Visitor(people, width).go(home).reads("冬のあいだ休みます", "参加は、受け付けていません")
    organiser.go(f"{home}manage/").press("再開する").press("再開する").reads("「タイトル未定」")
    assert Community.objects.get(name="「タイトル未定」").state == "published"
