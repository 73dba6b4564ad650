"""Meetings of the demo as their organisers would plan them: where, when, for how many. All invented."""

from dataclasses import dataclass, field
from typing import Any

from .texts import AKIHA, KITA, MARKET, NISHIKAN, TRAIL, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One event: when it was written (`made`), when it is (`day`, `hour`), and how one comes."""

    host: Words
    title: str
    made: int
    day: int
    hour: int
    venue: str
    summary: str
    lasts: int = 2
    capacity: int | None = None
    entry_method: str = "first_come"
    collector: str = "joint"
    publish: bool = True
    more: dict[str, Any] = field(default_factory=dict)


PITCH = Plan(
    host=AKIHA,
    title="1分間ピッチの夜",
    made=-20,
    day=17,
    hour=18,
    venue="新津地区の公民館",
    capacity=150,
    summary="皆に伝えたいことを、一人1分で話します。聞くだけの参加もできます",
    more={
        "description": "とがった活動をしている団体の事例紹介と、1分間ピッチを行います。話したい人は、当日の受付で順番を決めます。",
        "audience": "どなたでも。学生の参加を歓迎します",
        "facilities": "車いすで入れます。多目的トイレがあります",
    },
)
TERAKOYA = Plan(
    host=NISHIKAN,
    title="テーマ別会議「教育」 寺子屋の一日を組み立てる",
    made=-14,
    day=9,
    hour=19,
    venue="巻地区の公民館",
    capacity=40,
    summary="フリースクール(寺子屋)の一日の流れを、いっしょに考えます",
    more={"audience": "35歳以下の方を中心に、関心のある方"},
)
SMALL = Plan(
    host=NISHIKAN,
    title="寺子屋の候補地を見に行く日",
    made=-12,
    day=6,
    hour=9,
    venue="岩室地区",
    capacity=6,
    lasts=3,
    summary="車に乗れる6人で、候補の建物を見て回ります",
)
DRAW = Plan(
    host=AKIHA,
    title="高校生と話す少人数の会",
    made=-10,
    day=24,
    hour=14,
    venue="区役所の会議室",
    capacity=12,
    entry_method="lottery",
    summary="人数が限られるため、抽選で決めます",
)
PLANS = (
    PITCH,
    TERAKOYA,
    SMALL,
    DRAW,
    Plan(
        host=KITA,
        title="はじめての人の会 北区でやってみたいことを話す",
        made=-9,
        day=20,
        hour=10,
        venue="葛塚地区の集会所",
        capacity=30,
        summary="初めての人だけの、短い集まりです",
    ),
    Plan(
        host=MARKET,
        title="地場産マルシェ ためしに開く一日",
        made=-15,
        day=27,
        hour=9,
        venue="駅前の広場",
        lasts=5,
        entry_method="none",
        collector="community",
        summary="申込みはいりません。雨のときも開きます",
    ),
    Plan(
        host=TRAIL,
        title="里山の道なおし 春の下見",
        made=-3,
        day=60,
        hour=9,
        venue="散策路の入口",
        capacity=20,
        publish=False,
        summary="下書きです。日程を調整しています",
    ),
)
PAST = Plan(
    host=MARKET,
    title="地場産マルシェ 一回目",
    made=-60,
    day=-33,
    hour=9,
    venue="駅前の広場",
    lasts=5,
    entry_method="none",
    collector="community",
    summary="はじめて開きました",
)
CALLED_OFF = Plan(
    host=TRAIL,
    title="里山の道なおし 落ち葉の巻",
    made=-25,
    day=3,
    hour=9,
    venue="散策路の入口",
    capacity=20,
    summary="落ち葉を集めて、道を見えるようにします",
)
CLOSED = Plan(
    host=KITA,
    title="冬鳥を数える朝",
    made=-22,
    day=2,
    hour=7,
    venue="福島潟の観察舎",
    capacity=15,
    summary="観察の道具は貸します",
)
PUT_OFF = Plan(
    host=KITA,
    title="潟のまわりを歩く会",
    made=-18,
    day=5,
    hour=9,
    venue="福島潟の駐車場",
    capacity=25,
    summary="水鳥を見ながら、ゆっくり歩きます",
)
TOLD = Plan(
    host=AKIHA,
    title="商店街を歩いて話す会",
    made=-50,
    day=-24,
    hour=10,
    venue="商店街の入口",
    capacity=20,
    summary="空いている場所を見て、使い方を話します",
)
