"""People of the demo who open themselves, each in their own measure. All are invented."""

from communities import actions
from communities.actions.easy import write_easy
from communities.actions.exchanges import answer_letter, write_to
from communities.models import Community, Profile, Theme
from portal.areas.models import Area

from .people import AKIHA, KITA, NISHIKAN
from .world import World

EVERYBODY, MEMBERS = "everybody", "members"
EASY = (
    "ここは、秋葉区で なにかを したい人の 集まりです。\nだれでも 来て いいです。お金は いりません。\n"
    "月に 1回、夜に 集まります。わからないことは、聞いて ください。"
)
ALL = ("name", "does", "helps", "seeks", "areas", "themes", "links")

# key, name, kana, does, helps, seeks, areas, themes, links, what only members of the same community see
PEOPLE = (
    ("organiser-akiha", "今井 航", "イマイ ワタル", "新津で喫茶店をしています。月に一度、店で持ち寄りの会をひらいています。",
     "店を夜の集まりに使えます。コーヒーを40杯まで淹れます。", "1分間ピッチで司会をしてくれる人", [AKIHA], ["食・農"],
     ["https://example.jp/"], ()),
    ("organiser-nishikan", "長谷川 葵", "ハセガワ アオイ", "角田山のふもとで、若い人の集まりの世話人をしています。",
     "会議の進行と、記録をわかりやすい一枚にすること", "空き家を見せてくれる大家さん", [NISHIKAN], ["自然・里山"], [], ("helps",)),
    ("resident-1", "りほ", "リホ", "秋葉区で子育てをしながら、読み聞かせをしています。", "絵本の読み聞かせ、チラシの絵",
     "小さな子と行ける集まり", [AKIHA], ["子ども・教育"], [], ("seeks",)),
    ("resident-11", "五十嵐 蓮", "イガラシ レン", "大学で建築を学んでいます。空き店舗の図面をかいています。", "採寸、図面、写真",
     "自習室に使える場所", [AKIHA, KITA], ["子ども・教育"], [], ()),
    ("resident-13", "高橋 亜矢", "タカハシ アヤ", "花の生産者です。", "軽トラックでの荷物運び", "マルシェに出す仲間", [AKIHA],
     ["食・農"], [], ("does", "areas")),
    ("resident-17", "やまりん", "ヤマリン", "映像をつくっています。", "短い動画の編集", "", [KITA], ["情報発信・映像"], [], ()),
)  # fmt: skip


def build(world: World) -> None:
    """Six profiles; one is open to members of the same communities alone, one person closed theirs again."""
    themes = {theme.name: theme for theme in Theme.objects.all()}
    offset = -40
    for key, name, kana, does, helps, seeks, areas, names, links, closer in PEOPLE:
        offset += 3
        with world.on(offset):
            actions.save_profile(
                by=world.actor(key), name=name, kana=kana, does=does, helps=helps, seeks=seeks, links=links,
                areas=Area.objects.filter(pk__in=areas), themes=[themes[each] for each in names if each in themes],
                seen={field: MEMBERS if field in closer else EVERYBODY for field in ALL}, open_now=True,
            )  # fmt: skip
    with world.on(-12):
        near = {"name": MEMBERS, "does": MEMBERS}
        who = world.actor("resident-14")
        actions.save_profile(
            by=who, name="小林 樹", does="里山の手入れをしています。", seen=near, open_now=True
        )
        who = world.actor("resident-15")
        actions.save_profile(by=who, name="星野 結", does="手話を習っています。", seen=near, open_now=True)
        actions.close_profile(by=who)
    with world.on(-6):
        _talk(world)


def _talk(world: World) -> None:
    """One person writes to another and is answered; a page is also told in plain Japanese; a report waits."""
    organiser, resident = world.actor("organiser-akiha"), world.actor("resident-11")
    profile = Profile.objects.get(user=organiser.user)
    exchange = write_to(
        by=resident, profile=profile, text="空き店舗の図面をかいています。一度、お店を見せてください。"
    )
    answer_letter(by=organiser, exchange=exchange, side="recipient", text="木曜の午後なら、いつでもどうぞ。")
    place = Community.objects.get(name="「タイトル未定」")
    write_easy(by=organiser, owner=place, text=EASY)
    other = Profile.objects.get(user=world.actor("resident-17").user)
    actions.report_object(
        by=world.actor("resident-2"),
        subject="person",
        row=other,
        reason="other",
        text="名前を確かめてください。",
    )
