"""Words of the demo about Niigata: what the sources say, word for word, and invented things that say so.

Sources: 新潟市 令和7年度 事業資料 (持続可能な地域コミュニティ, 各区の取組事例); the city's list of 共創コミュニティ.
Of the listed communities the sources give the name and the ward only, so nothing more is said about them.
"""

from dataclasses import dataclass

SAMPLE = "(見本)"
LISTED = "新潟市が共創コミュニティとして紹介している団体です。"
LISTED_STORY = (
    "名前と区は、新潟市の資料によります。活動の内容、集まる日、連絡先は、団体からの登録を待っています。"
)
INVENTED_STORY = "この見本のために作った、架空のコミュニティです。実在の団体とは関係がありません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One community: what is said, and where it comes from."""

    ward: str
    name: str
    kana: str
    summary: str
    story: str
    themes: tuple[str, ...] = ()
    join_policy: str = "approval"
    variants: tuple[str, ...] = ()


AKIHA = Words(
    ward="151050",
    name="「タイトル未定」",
    kana="タイトルミテイ",
    summary="別々に動いていた団体をつなぐ集まり。学生、社会人、起業家など、若手を中心に140人が参加しました",
    story=(
        "区内で個々に活動する団体をつなぐ集まりを開催。学生や社会人、起業家など若手中心に140名の方が参加。"
        "とがった活動している団体の事例紹介や、皆に伝えたいことの1分間ピッチなどを実施。"
        "その後、個々の活動を紹介するSNSサイトの立ち上げや、活動資金調達を行うクラウドファンディングポータルサイトの"
        "運営構想に発展している。\n(新潟市 令和7年度の事業資料から。140名は集まりの参加者の数です)"
    ),
    themes=("media", "money", "place"),
    variants=("「タイトル未定」実行委員会", "タイトル未定"),
)
NISHIKAN = Words(
    ward="151084",
    name="にしかんみらいBASE",
    kana="ニシカンミライベース",
    summary="35歳以下の若手を中心に、テーマ別に地域の課題を話しあい、寺子屋の立ち上げへ動きはじめました",
    story=(
        "35歳以下の若手を中心とした新たなコミュニティ形成と変化を狙い、昨年12月にキックオフミーティングを開催。"
        "今年は、テーマ別に地域の課題や対応策などについて検討を行い、例えば、教育の分野からは地域の子どもたちに向けた"
        "フリースクール(寺子屋)の立ち上げに向けた動きなどが起こっている。\n"
        "(新潟市 令和7年度の事業資料から。「昨年」「今年」は資料が書かれた時点のものです)"
    ),
    themes=("children", "place"),
    variants=("にしかん未来BASE",),
)
KITA = Words(
    ward="151017",
    name="北区 地域人材コミュニティ",
    kana="キタクチイキジンザイコミュニティ",
    summary="北区で意欲的に活動する人どうしがつながる、地域人材コミュニティです",
    story=(
        "新潟市の令和7年度の事業資料に、写真とともに紹介されています。資料には活動の内容が書かれていないため、"
        "ここには載せていません。"
    ),
    themes=("nature",),
    join_policy="open",
)


def _listed(ward: str, name: str, kana: str) -> Words:
    return Words(ward=ward, name=name, kana=kana, summary=LISTED, story=LISTED_STORY)


LISTED_COMMUNITIES = (
    _listed("151017", "松浜エリアリノベーション実行委員会", "マツハマエリアリノベーションジッコウイインカイ"),
    _listed(
        "151017", "海辺の森ボランティア制度運営委員会", "ウミベノモリボランティアセイドウンエイイインカイ"
    ),
    _listed(
        "151025",
        "新潟市東区オープンファクトリー実行委員会",
        "ニイガタシヒガシクオープンファクトリージッコウイインカイ",
    ),
    _listed("151033", "ハマベリング!!!ネットワーク", "ハマベリングネットワーク"),
    _listed("151041", "江南区商農福連携", "コウナンクショウノウフクレンケイ"),
    _listed(
        "151041", "横越地区活性化まちづくり実行委員会", "ヨコゴシチクカッセイカマチヅクリジッコウイインカイ"
    ),
    _listed("151041", "江南区青年5団体連絡会議", "コウナンクセイネンゴダンタイレンラクカイギ"),
    _listed("151068", "味方・月潟メディアコンテンツベース", "アジカタツキガタメディアコンテンツベース"),
    _listed("151076", "Meetup!NiigataWEST2040", "ミートアップニイガタウエスト"),
)


def _invented(
    ward: str, name: str, kana: str, summary: str, *themes: str, join_policy: str = "open"
) -> Words:
    return Words(
        ward=ward,
        name=f"{name}{SAMPLE}",
        kana=kana,
        summary=summary,
        story=INVENTED_STORY,
        themes=themes,
        join_policy=join_policy,
    )


MARKET = _invented(
    "151050",
    "駅前の朝をつくる会",
    "エキマエノアサヲツクルカイ",
    "駅前の広場で、地場産マルシェを月に一度ためしています",
    "food",
    "place",
)
TRAIL = _invented(
    "151050",
    "里山の道なおし隊",
    "サトヤマノミチナオシタイ",
    "散策路を、道具の使い方から教わりながら直しています",
    "nature",
)
# (words, where it ends up): one of each state a community can be in
OTHER_STATES = (
    (
        _invented(
            "151050", "町屋を使う会", "マチヤヲツカウカイ", "空いた町屋の使いみちを話しています", "vacant"
        ),
        "draft",
    ),
    (
        _invented(
            "151017", "潟の写真部", "カタノシャシンブ", "潟の四季を写真に残しています", "nature", "culture"
        ),
        "dormant",
    ),
    (
        _invented("151084", "朝市の会", "アサイチノカイ", "三度の朝市を開いて、役目を終えました", "food"),
        "dissolved",
    ),
    (_invented("151033", "川べりの会", "カワベリノカイ", "登録を取りやめました", "place"), "discarded"),
)
