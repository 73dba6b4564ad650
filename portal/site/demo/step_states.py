"""What the demo needs so that every state can be seen once: what was hidden and asked about, invitations, answers of no."""

from communities import actions
from communities.actions import groups
from communities.actions.exchanges import stop_exchange, write_to
from communities.actions.invitations import (
    accept_invitation,
    cancel_invitation,
    invite_member,
    refuse_invitation,
)
from communities.models import Activity, Community, Event, Hiding, Invitation, Measure, Post, Profile

from .people import DOMAIN
from .step_communities import community
from .step_events import PITCH, event_of
from .step_people import residents
from .texts import AKIHA, NISHIKAN
from .world import World

HIDDEN = (
    ("道具を安く売ります(見本)", "使わなくなった道具を売ります。値段は、会場でお話しします。"),
    ("集まりの写真を載せました(見本)", "写っている方には、これから確かめます。"),
    ("片付けをしない人へ(見本)", "次は、必ず最後まで残ってください。"),
    ("道具をもどす場所(見本)", "会場の道具は、入口の棚にもどしてから帰りましょう。"),
)  # the last one is restored, and stands on the pages again
REASON = "この場の決まりに合わないため(見本)"


def build(world: World) -> None:
    """Hidings and reports, invitations, pitches, measures, posts."""
    _hidings(world)
    _reports(world)
    _invitations(world)
    _pitches(world)
    _small_things(world)


def _hidings(world: World) -> None:
    """One stays hidden; the others were appealed against: undecided, kept, restored."""
    with world.on(-16):
        posts = [_post(world, title, body) for title, body in HIDDEN]
    with world.on(-14):
        hidings = [
            actions.hide_object(by=world.actor("ward-nishikan"), subject="post", row=post, reason=REASON)
            for post in posts
        ]
    with world.on(-12):
        for hiding in hidings[1:]:
            actions.appeal_hiding(
                by=world.actor("organiser-nishikan"),
                hiding=hiding,
                text="直して載せたいので、もう一度見てください。",
            )
    with world.on(-10):
        city = world.actor("city-hq")
        actions.move_hiding(
            by=city, hiding=_fresh(hidings[2]), step="keep", note="直した文を、新しく書いてください。"
        )
        actions.move_hiding(by=city, hiding=_fresh(hidings[3]), step="grant")


def _post(world: World, title: str, body: str) -> Post:
    return actions.write_post(
        by=world.actor("organiser-nishikan"),
        community=community(NISHIKAN),
        title=title,
        body=body,
        publish=True,
    )


def _fresh(hiding: Hiding) -> Hiding:
    return Hiding.objects.get(pk=hiding.pk)


def _reports(world: World) -> None:
    """One that was right, one that was not."""
    where = community(NISHIKAN)
    with world.on(-8):
        wrong = _post(world, "会費の集め方が変わります(見本)", "別の団体の名前で書かれた、見本の投稿です。")
        right = where.posts.filter(state="published").exclude(pk=wrong.pk).order_by("created_at").first()
        by = world.actor("resident-1")
        reports = [
            actions.report_object(by=by, subject="post", row=row, reason="other", text="確かめてください。")
            for row in (wrong, right)
        ]
    with world.on(-7):
        officer = world.actor("ward-nishikan")
        actions.answer_reports(by=officer, reports=reports[:1], step="uphold", note=REASON)
        actions.answer_reports(by=officer, reports=reports[1:], step="dismiss")


def _invitations(world: World) -> None:
    """Sent, accepted, refused, taken back, run out."""
    where, people = (
        community(NISHIKAN),
        ("resident-12", "resident-13", "resident-14", "resident-11", "resident-19"),
    )
    sent = {}
    with world.on(-30):
        sent["resident-19"] = _invite(world, where, "resident-19")
    for key in people[:-1]:
        with world.on(-5):
            sent[key] = _invite(world, where, key)
    with world.on(-3):
        accept_invitation(by=world.actor("resident-12"), invitation=sent["resident-12"])
        refuse_invitation(by=world.actor("resident-13"), invitation=sent["resident-13"])
        cancel_invitation(by=world.actor("organiser-nishikan"), invitation=sent["resident-14"])
        _invite(world, where, "resident-19")  # the first one has run out, and is ended by this


def _invite(world: World, where: Community, key: str) -> Invitation:
    return invite_member(
        by=world.actor("organiser-nishikan"),
        community=where,
        email=f"{key}@{DOMAIN}",
        message="一度、見に来ませんか。",
    )


def _pitches(world: World) -> None:
    """Asked for, declined with a word, withdrawn; others are in the run already."""
    night: Event = event_of(PITCH)
    crowd = residents()[:3]
    titles = ("こども食堂の献立", "会社の商品の紹介", "古い地図を集める")
    with world.on(-4):
        pitches = [
            actions.ask_pitch(by=person, event=night, name=person.user.name, title=title)
            for person, title in zip(crowd, titles, strict=True)
        ]
    with world.on(-3):
        note = "商品の紹介は、この会では受けていません。"
        actions.answer_pitch(by=world.actor("ward-akiha"), pitch=pitches[1], step="decline", note=note)
        actions.answer_pitch(by=crowd[2], pitch=pitches[2], step="withdraw")


def _small_things(world: World) -> None:
    """A measure achieved and one dropped, a record taken back, a draft and a withdrawn post, a talk that was stopped."""
    _measures(world)
    akiha = community(AKIHA)
    with world.on(-9):
        by = world.actor("organiser-akiha")
        actions.write_post(by=by, community=akiha, title="書きかけの投稿(見本)", body="続きを書きます。")
        post = actions.write_post(
            by=by,
            community=akiha,
            title="取り下げた投稿(見本)",
            body="日を書きまちがえました。",
            publish=True,
        )
        actions.move_post(by=by, post=post, step="withdraw")
        other = Profile.objects.get(user=world.actor("resident-13").user)
        talk = write_to(by=world.actor("resident-11"), profile=other, text="畑の図面をかかせてください。")
        stop_exchange(by=world.actor("resident-13"), exchange=talk, side="recipient")


def _measures(world: World) -> None:
    with world.on(-18):
        by = world.actor("organiser-nishikan")
        problem = Measure.objects.order_by("created_at").first().problem
        done, dropped = (
            groups.write_measure(by=by, problem=problem, title=title)
            for title in ("見学の日をもうける(見本)", "広告を出す(見本)")
        )
        groups.move_measure(by=by, measure=done, step="start")
        groups.move_measure(by=by, measure=done, step="achieve")
        groups.move_measure(
            by=by, measure=dropped, step="drop", note="費用がかかるため、口づてで知らせます。"
        )
        taken_back: Activity = actions.log_activity(
            by=by,
            community=community(NISHIKAN),
            title="数えまちがえた会(見本)",
            held_on=world.day(-19),
            summary="見本です。",
            people_count=3,
        )
    with world.on(-9):
        actions.move_activity(
            by=world.actor("organiser-nishikan"),
            activity=taken_back,
            step="withdraw",
            note="人数を数え直します。",
        )
