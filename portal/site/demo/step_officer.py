"""The officer's day: conversations with promises, and papers 一斉照会 in every state. All of it invented."""

from communities import actions
from communities.actions.inquiries import Asked
from communities.models import Community, Inquiry
from portal.areas.models import Area

from .people import AKIHA as AKIHA_CODE
from .step_communities import community
from .texts import AKIHA, MARKET, TRAIL
from .world import World

SPOKEN = (
    (
        TRAIL,
        "phone",
        -20,
        "草刈り機を借りられないか、世話人から電話。",
        "公園管理の貸出しを調べて知らせる",
        -10,
        "keep",
    ),
    (AKIHA, "counter", -6, "会場の鍵の受けわたしについて相談を受けた。", "鍵の借り方を知らせる", 1, ""),
    (MARKET, "visit", -15, "朝市の予定地を一緒に見た。", "道路の使用の手続きを調べる", -3, "drop"),
    (AKIHA, "mail", -2, "次の集まりのチラシの文を確かめた。", "", None, ""),
)
QUESTIONS = (
    Asked("number", "来年度に開く回数"), Asked("choice", "よく使う会場", ("公民館", "学校", "屋外", "そのほか")),
    Asked("yes_no", "冬も開きますか"), Asked("text", "区に手伝ってほしいこと"),
)  # fmt: skip


def build(world: World) -> None:
    """Notes of 秋葉区, then its papers: closed, open, thrown away, not yet sent."""
    _conversations(world)
    with world.on(-1):
        wards = list(Community.objects.filter(area=AKIHA_CODE, state="published").order_by("kana"))
    _closed(world, wards)
    _open(world, wards)
    with world.on(-1):
        actions.move_inquiry(
            by=world.actor("ward-akiha"), inquiry=_draft(world, "書きかけの照会", wards, 20), step="discard"
        )
        _draft(world, "来年度の広報に載せたいこと", wards, 25)


def _conversations(world: World) -> None:
    for words, channel, offset, text, promise, due, step in SPOKEN:
        with world.on(offset):
            contact = actions.record_contact(
                by=world.actor("ward-akiha"), kind="community", subject=community(words), channel=channel,
                text=text, promise=promise, due_on=world.day(due) if due is not None else None,
            )  # fmt: skip
        if step:
            with world.on(-4):
                by = world.actor("ward-akiha")
                actions.move_contact(by=by, contact=contact, step=step, note="予定地が変わりました。")


def _draft(world: World, title: str, asked: list[Community], days: int) -> Inquiry:
    return actions.draft_inquiry(
        by=world.actor("ward-akiha"), area=Area.objects.get(pk=AKIHA_CODE), title=title,
        text="回答は、会場の予約と予算の準備に使います。", due_on=world.day(days), questions=QUESTIONS, communities=asked,
    )  # fmt: skip


def _closed(world: World, asked: list[Community]) -> None:
    with world.on(-40):
        inquiry = _draft(world, "冬のあいだの活動", asked, -25)
        actions.open_inquiry(by=world.actor("ward-akiha"), inquiry=inquiry)
    with world.on(-30):
        _answer(world, inquiry, 8, "屋外")
    with world.on(-24):
        actions.close_inquiry(by=world.actor("ward-akiha"), inquiry=inquiry)


def _open(world: World, asked: list[Community]) -> None:
    with world.on(-5):
        inquiry = _draft(world, "来年度の会場の希望", asked, 6)
        actions.open_inquiry(by=world.actor("ward-akiha"), inquiry=inquiry)
    with world.on(-3):
        _answer(world, inquiry, 12, "公民館")


def _answer(world: World, inquiry: Inquiry, times: int, place: str) -> None:
    """The organiser of one community answers; the others have not yet."""
    questions = list(inquiry.questions.all())
    values = dict(
        zip(
            (str(question.pk) for question in questions),
            (times, place, "はい", "机を10台お借りしたいです。"),
            strict=True,
        )
    )
    recipient = inquiry.recipients.get(community=community(AKIHA))
    actions.answer_inquiry(by=world.actor("organiser-akiha"), recipient=recipient, values=values)
