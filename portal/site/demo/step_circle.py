"""What members and organisers write: posts and records of activity. All invented, and marked as samples."""

from communities import actions
from communities.actions import facts, groups, platform_parts
from communities.models import Community, Theme

from .papers import charter
from .pictures import picture
from .step_communities import community
from .step_initiatives import TERAKOYA, initiative
from .step_people import residents
from .step_platforms import KANOYA_WEST, platform
from .texts import AKIHA, MARKET, NISHIKAN
from .world import World

SAMPLE = "(この投稿は、見本のために作ったものです)"
TABLES = (
    "前回は、前を向いた列だったので、話したあとに声をかけにくかったそうです。\n"
    "今回は五つの島に分けて、ピッチの合間に同じ机の人と話せるようにします。準備を手伝える方は、18時に来てください。"
)
TOPICS = (
    "駅前の空き店舗、こどもの居場所、里山の道。いままでに三つ届いています。\n"
    "一行でかまいません。月末までに世話人へ知らせてください。多かったものから、次の集まりで話します。"
)
VISIT = (
    "岩室の集会所を見てきました。畳の部屋が二つ、机は十二台、駐車場は六台分です。\n"
    "小学生は一階、中学生は二階に分かれて使えそうです。雨の日の送り迎えを、次の会で相談します。"
)

PARTS = (
    ("body", "見本自治会連合", "neighbourhood", "事務局"),
    ("body", "見本西小学校PTA", "school", "子どもの見守り"),
    ("body", "見本NPO", "civic", "福祉の相談"),
    ("team", "防災部会", "", "避難訓練と名簿"),
    ("team", "ふれあい部会", "", "祭りと世代の交流"),
)


def build(world: World) -> None:
    """Posts with drawn pictures, one that waits for its organiser, and a year of activity."""
    _posts(world)
    _activities(world)
    _facts(world)
    _groups(world)
    _platform(world)


def _posts(world: World) -> None:
    akiha, nishikan = community(AKIHA), community(NISHIKAN)
    _post(world, "organiser-akiha", akiha, -45, "1分間ピッチの夜、机の並べ方を変えます", 5, TABLES)
    _post(world, "organiser-akiha", akiha, -12, "次の集まりで、話したいことを集めています", 0, TOPICS)
    _post(world, "organiser-nishikan", nishikan, -20, "寺子屋の下見に行ってきました", 3, VISIT)
    with world.on(-3):
        actions.set_posting_rule(by=world.actor("organiser-akiha"), community=akiha, holds_first=True)
        actions.write_post(
            by=residents()[1], community=akiha, title="はじめまして、写真を撮っています",
            body=f"集まりのようすを撮らせてください。{SAMPLE}", publish=True,
        )  # fmt: skip


def _post(world: World, key: str, where: Community, offset: int, title: str, tables: int, words: str) -> None:
    with world.on(offset):
        by = world.actor(key)
        shown = actions.NewPhoto(
            file=picture(by, tables), alt=f"丘の前の広場に、机が{tables}つ並んでいる絵", caption="会場のようす(見本の絵)", consent="nobody"
        ) if tables else None  # fmt: skip
        actions.write_post(
            by=by, community=where, title=title, body=f"{words}\n{SAMPLE}", photo=shown, publish=True
        )


def _facts(world: World) -> None:
    with world.on(-40):
        officer, organiser = world.actor("ward-akiha"), world.actor("organiser-akiha")
        facts.save_facts(
            by=organiser, community=community(AKIHA), charter=charter(organiser), charter_on=world.day(-390),
            age_counts=[1, 3, 2, 1, 1, 0, 0], under_35=5, counted_on=world.day(-40),
        )  # fmt: skip
    for offset, role, note in (
        (-395, "leading", "集まりをひらく"),
        (-120, "accompanying", "場の運営を手伝う"),
    ):
        with world.on(offset):
            facts.set_city_role(
                by=officer, community=community(AKIHA), role=role, since_on=world.day(offset), note=note
            )


def _groups(world: World) -> None:
    """西蒲区: what the city's paper says of にしかんみらいBASE, and no more."""
    organiser, nishikan = world.actor("organiser-nishikan"), community(NISHIKAN)
    with world.on(-270):
        group = groups.start_group(
            by=organiser, community=nishikan, name="教育", theme=Theme.objects.get(slug="children"),
            summary="テーマ別に地域の課題や対応策などについて検討を行う部会の一つです(市の資料から)。",
        )  # fmt: skip
        problem = groups.write_problem(
            by=organiser, group=group, title="地域の子どもたちのための場をつくる",
            detail="市の資料には、教育の分野で検討したことが書かれています。課題の詳しい内容は、書かれていません。",
        )  # fmt: skip
        measure = groups.write_measure(
            by=organiser, problem=problem, title="フリースクール(寺子屋)を立ち上げる", taker_kind="community",
            taker_name="にしかんみらいBASE", initiative=initiative(TERAKOYA),
        )  # fmt: skip
        groups.write_measure(by=organiser, problem=problem, title="開く場所をさがす(見本)")
    with world.on(-100):
        groups.move_measure(by=organiser, measure=measure, step="start")


def _platform(world: World) -> None:
    """The invented platform of 鹿屋市 with its plan, bodies and 部会."""
    with world.on(-60):
        officer, found = world.actor("muni-kanoya"), platform(KANOYA_WEST)
        platform_parts.edit_platform(
            by=officer, platform=found, legal_form="nbhd", block_grant=True, plan_title="見本にし校区 地域づくり計画",
            plan_from=world.day(-200), plan_to=world.day(1600),
        )  # fmt: skip
        for part, name, kind, role in PARTS:
            platform_parts.add_part(by=officer, platform=found, part=part, name=name, kind=kind, role=role)


def _activities(world: World) -> None:
    plans = (
        (AKIHA, "organiser-akiha", -210, "区内の活動をさがす会(見本)", "新津地区の公民館", 34, None),
        (AKIHA, "organiser-akiha", -75, "ピッチの練習会(見本)", "秋葉区役所", 12, 31),
        (NISHIKAN, "organiser-nishikan", -50, "教育の分野の話しあい(見本)", "巻地区公民館", 18, None),
        (MARKET, "ward-akiha", -30, "駅前の朝市(見本)", "駅前の広場", 60, 85),
    )
    for words, key, offset, title, place, people, visits in plans:
        with world.on(offset + 1):
            actions.log_activity(
                by=world.actor(key), community=community(words), title=title, held_on=world.day(offset), place=place,
                people_count=people, visits_count=visits, summary="分かれて話し、最後に全員で分けあいました。",
                outcome="次にすることを、三つにしぼりました。",
            )  # fmt: skip
