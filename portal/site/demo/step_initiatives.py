"""Initiatives: those the sources name, at the stage they name; and invented ones for the stages they do not."""

from communities import actions
from communities.models import Initiative

from .step_communities import community, officer_of
from .texts import AKIHA, MARKET, NISHIKAN, TRAIL, Words
from .world import World

WAY = ("consider", "prepare", "run", "become_independent", "finish")

SNS = "個々の活動を紹介するSNSサイト"
PORTAL = "活動資金を集めるクラウドファンディングポータルサイト"
TERAKOYA = "フリースクール(寺子屋)の立ち上げ"
MARCHE = "地場産マルシェ(見本)"
TRAILS = "散策路の道なおし(見本)"

# (community, title, what is said, steps taken, day it began)
PLANS: tuple[tuple[Words, str, str, int, int], ...] = (
    (AKIHA, SNS, "集まりから生まれた、区内の活動を一つずつ紹介するサイトです(市の資料から)", 3, -330),
    (AKIHA, PORTAL, "活動の資金を集めるサイトを運営する構想です(市の資料から)", 1, -250),
    (
        NISHIKAN,
        TERAKOYA,
        "教育の分野の話しあいから起こった、地域の子どもたちのための動きです(市の資料から)",
        2,
        -260,
    ),
    (MARKET, MARCHE, "駅前の広場で、月に一度ひらく市です", 3, -180),
    (MARKET, "ロケハン誘致の下調べ(見本)", "撮影に向く場所を、歩いて地図にします", 0, -40),
    (TRAIL, TRAILS, "道具の使い方を教わりながら、毎月少しずつ直しています", 4, -465),
    (TRAIL, "秋の落ち葉を集める日(見本)", "三年つづけて、区の行事に引き継ぎました", 5, -380),
)


def build(world: World) -> None:
    """Start each and lead it along its way, one stage a month."""
    for words, title, summary, steps, began in PLANS:
        by = officer_of(words.ward)
        with world.on(began):
            found = actions.start_initiative(
                by=world.actor(by),
                community=community(words),
                title=title,
                summary=summary,
            )
        for number, step in enumerate(WAY[:steps]):
            with world.on(min(began + 30 * (number + 1), -2)):
                actions.move_initiative(by=world.actor(by), initiative=found, step=step)


def initiative(title: str) -> Initiative:
    """The initiative of this title, with its community and ward."""
    return Initiative.objects.select_related("community__area").get(title=title)
