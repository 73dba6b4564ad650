"""The people of the demo. All are invented; keys are stable (interface). A persona comes with the part that needs it."""

from collections.abc import Collection
from dataclasses import dataclass

from portal.accounts.enums import Role

DOMAIN = "hiroba.example"  # reserved by RFC 2606: no mail can ever reach anybody

NIIGATA, KITA, AKIHA, NISHIKAN = "151009", "151017", "151050", "151084"
KAGOSHIMA, KAGOSHIMA_CITY, KANOYA, SHIBUSHI, KIRISHIMA = "460001", "462012", "462039", "462217", "462187"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An appointment of a persona: a role at an area, with the section's name where one is meant."""

    role: Role
    area: str | None
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One person: `post` is how the list names the role, `can` what one can try as them."""

    key: str
    name: str
    group: str
    post: str
    can: str
    appointments: tuple[Post, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Seat:
    """A persona as the list shows it; `present` once the seed has made the person."""

    key: str
    name: str
    post: str
    can: str
    present: bool


@dataclass(frozen=True, slots=True)
class SeatGroup:
    name: str
    people: list[Seat]


WARDS, CITY, TOWNS, PREFECTURE, RESIDENTS, SYSTEM = (
    "新潟市の区",
    "新潟市の本庁",
    "鹿児島県の市町村",
    "鹿児島県",
    "住民と世話人",
    "システム",
)


def _ward(key: str, name: str, ward: str, area: str) -> Persona:
    return Persona(
        key=key,
        name=name,
        group=WARDS,
        post=f"{ward}の担当",
        can="コミュニティとイベントの登録、表からの取込み、対応記録、一斉照会、代理受付、回覧板、協働の確認",
        appointments=(Post(role=Role.WARD_OFFICER, area=area),),
    )


def _town(key: str, name: str, post: str, area: str, role: Role, can: str) -> Persona:
    return Persona(
        key=key, name=name, group=TOWNS, post=post, can=can, appointments=(Post(role=role, area=area),)
    )


def _prefecture(key: str, name: str, office: str, towns: str) -> Persona:
    return Persona(
        key=key,
        name=name,
        group=PREFECTURE,
        post=f"県担当({office})",
        can=f"{towns}から届いた申請の受付、中身と書類の確認",
        appointments=(Post(role=Role.PREFECTURE_OFFICER, area=KAGOSHIMA, section=office),),
    )


DRAFTING = "メニュー③の申請の下書き、コミプラの登録とステージの記録"

PERSONAS = (
    _ward("ward-kita", "渡部 千夏", "北区", KITA),
    _ward("ward-akiha", "佐久間 恵", "秋葉区", AKIHA),
    _ward("ward-nishikan", "丸山 拓海", "西蒲区", NISHIKAN),
    Persona(
        key="city-hq",
        name="小柳 文乃",
        group=CITY,
        post="本庁の担当",
        can="全区のコミュニティとイベント、協働を数える確認、指標の値の登録",
        appointments=(Post(role=Role.CITY_OFFICER, area=NIIGATA),),
    ),
    Persona(
        key="city-chief",
        name="本間 修一",
        group=CITY,
        post="本庁の決裁者",
        can="全区のようすと協働数、だれが何を見られるかの表",
        appointments=(Post(role=Role.CITY_CHIEF, area=NIIGATA),),
    ),
    Persona(
        key="auditor",
        name="石塚 典子",
        group=CITY,
        post="監査(新潟市と鹿児島県)",
        can="受け持つ範囲を読むことだけ。何も変えられない",
        appointments=(Post(role=Role.AUDITOR, area=NIIGATA), Post(role=Role.AUDITOR, area=KAGOSHIMA)),
    ),
    _town("muni-kagoshima", "有村 健太", "鹿児島市の担当", KAGOSHIMA_CITY, Role.MUNICIPAL_OFFICER, DRAFTING),
    _town("muni-kanoya", "上村 亮", "鹿屋市の担当", KANOYA, Role.MUNICIPAL_OFFICER, DRAFTING),
    _town(
        "muni-kanoya-chief",
        "福留 早苗",
        "鹿屋市の決裁者",
        KANOYA,
        Role.MUNICIPAL_CHIEF,
        "鹿屋市の申請の提出。提出すると、申請書のPDFができる",
    ),
    _town("muni-kirishima", "山下 直人", "霧島市の担当", KIRISHIMA, Role.MUNICIPAL_OFFICER, DRAFTING),
    _prefecture("pref-officer", "中園 美咲", "大隅地域振興局", "鹿屋市、志布志市などの大隅の市町"),
    _prefecture("pref-officer-2", "川畑 陽介", "鹿児島地域振興局", "鹿児島市などの市村"),
    Persona(
        key="organiser-akiha",
        name="今井 航",
        group=RESIDENTS,
        post="「タイトル未定」の世話人",
        can="参加の申込みへの返事、投稿と活動の記録、催しとピッチ、当日の受付、取組、協働の記録",
    ),
    Persona(
        key="organiser-nishikan",
        name="長谷川 葵",
        group=RESIDENTS,
        post="にしかんみらいBASEの世話人",
        can="テーマ別の会議、取組、協働の記録",
    ),
    Persona(
        key="resident-1",
        name="斎藤 里帆",
        group=RESIDENTS,
        post="秋葉区の住民",
        can="さがす、参加する、イベントに申し込む、新着のお知らせ、カレンダー、プロフィール",
    ),
    Persona(
        key="resident-2",
        name="近藤 湊",
        group=RESIDENTS,
        post="西蒲区の住民",
        can="承認が要る参加、キャンセル待ち",
    ),
    Persona(
        key="pref-accountant",
        name="永田 実",
        group=PREFECTURE,
        post="県の出納",
        can="支払いの一覧、支払日の記録、CSVでの書き出し",
        appointments=(Post(role=Role.ACCOUNTANT, area=KAGOSHIMA),),
    ),
    Persona(
        key="advisor-1",
        name="下園 誠",
        group=PREFECTURE,
        post="アドバイザー(メニュー①)",
        can="派遣の打診への返事、日程、空いている時間",
    ),
    Persona(
        key="secretariat",
        name="迫田 りえ",
        group=PREFECTURE,
        post="審査会の事務局",
        can="企画提案の審査委員の委嘱、利害関係の判断、審査の開始、同点の合議の記録",
        appointments=(Post(role=Role.SECRETARIAT, area=KAGOSHIMA),),
    ),
    Persona(
        key="reviewer-1",
        name="大迫 誠",
        group=PREFECTURE,
        post="審査委員",
        can="審査中の公募の採点。採点票は、全員がそろうまで封のまま",
    ),
    Persona(key="reviewer-2", name="森山 圭子", group=PREFECTURE, post="審査委員", can="終わった審査の結果"),
    Persona(
        key="reviewer-3",
        name="吉留 健",
        group=PREFECTURE,
        post="審査委員",
        can="利害関係を申告した企画提案は、名前も見えない",
    ),
    Persona(
        key="npo-1",
        name="堀之内 歩",
        group=RESIDENTS,
        post="NPO法人の人",
        can="メニュー④の企画提案の提出と、審査のようす",
    ),
    Persona(
        key="lecturer-1",
        name="上薗 真理",
        group=RESIDENTS,
        post="ワークショップの講師(メニュー②)",
        can="頼まれた講演の日時の確認、謝金と源泉徴収、お支払いのお知らせ",
    ),
    Persona(
        key="student-1",
        name="岩切 結衣",
        group=RESIDENTS,
        post="学生サポーター",
        can="活動の打診への返事、活動できる日、活動の記録と報告、活動証明書",
    ),
    Persona(
        key="sysadmin",
        name="保守 当番",
        group=SYSTEM,
        post="システム管理者",
        can="利用者と役職、団体の設定。案件の中身は見られない",
        appointments=(Post(role=Role.SYSTEM_ADMIN, area=None),),
    ),
)

LATER = (
    ("city-finance", "市の寄附担当", "寄附、受領証明書、ワンストップ特例"),
    ("city-accountant", "市の出納", "支払いの結果の記録"),
    ("pref-section-chief", "県の課長", "決裁の途中の承認"),
    ("pref-head", "県の決裁者", "最後の決裁"),
    ("consultation-desk", "隊員の相談窓口", "隊員からの相談"),
    ("hub-kita", "北区のハブ人材", "日誌と月報"),
    ("hub-akiha", "秋葉区のハブ人材", "日誌と月報"),
    ("hub-nishikan", "西蒲区のハブ人材", "日誌と月報"),
    ("host-akiha", "隊員の受入団体", "月報の確認"),
    ("donor-1", "寄附者", "応援の取組への寄附"),
)

BY_KEY = {persona.key: persona for persona in PERSONAS}
GROUPS = (WARDS, CITY, TOWNS, PREFECTURE, RESIDENTS, SYSTEM)


def emails() -> list[str]:
    """The mail addresses of the people that exist now."""
    return [persona.email for persona in PERSONAS]


def groups(known: Collection[str]) -> list[SeatGroup]:
    """The list of /demo/. `known`: the mail addresses that the seed has made."""
    return [
        SeatGroup(
            name, [Seat(p.key, p.name, p.post, p.can, p.email in known) for p in PERSONAS if p.group == name]
        )
        for name in GROUPS
    ]
