"""Addresses that are fixed but whose part is not built yet: what each will be, said honestly, as one table.

People bookmark these addresses, so they answer 200 with `noindex` (staff ones after sign-in, for the roles that will use
them). Addresses with an id have nothing to show and stay 404. A part that gets built takes its row out: a test says so.
"""

from dataclasses import dataclass
from enum import Enum

from portal.accounts.enums import Role


class Audience(Enum):
    """Who the page is for: everybody, anybody signed in, or staff with one of the roles."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One address. `lines` say in two or three sentences what will be there; `until` says what to do today."""

    name: str
    path: str
    title: str
    lines: tuple[str, ...]
    until: str
    until_url: str = ""
    until_label: str = ""
    audience: Audience = Audience.PUBLIC
    roles: frozenset[Role] = frozenset()


CITY_STAFF = frozenset({Role.WARD_OFFICER, Role.CITY_OFFICER, Role.CITY_CHIEF})
MONEY_STAFF = CITY_STAFF | {Role.CITY_FINANCE, Role.ACCOUNTANT}

PUBLIC_PAGES = (
    Coming(
        name="hubstaff",
        path="hubstaff/",
        title="ハブ人材(地域おこし協力隊)",
        lines=(
            "地域の人と人をつなぎ、活動に伴走するハブ人材を、各区に配置する計画です。",
            "どの区のだれが、どのコミュニティに伴走しているかを、このページで紹介します。",
        ),
        until="いまは、区役所の担当課がコミュニティの相談を受け付けています。",
        until_url="/",
        until_label="区をえらぶ",
    ),
    Coming(
        name="hubstaff_postings",
        path="hubstaff/postings/",
        title="ハブ人材の募集",
        lines=(
            "地域おこし協力隊の募集を、区、仕事の内容、任期、待遇とともに載せます。",
            "応募と、その後の選考の進み具合も、このページから確かめられるようになります。",
        ),
        until="いまは、この画面に載せている募集はありません。",
        until_url="/hubstaff/",
        until_label="ハブ人材について",
    ),
    Coming(
        name="crowdfunding",
        path="crowdfunding/",
        title="応援する(クラウドファンディング型ふるさと納税)",
        lines=(
            "コミュニティから生まれた取組の運営資金を、使いみちを選ぶふるさと納税で応援できるようになります。",
            "寄附は市が受け取り、集まったお金は、取組を行う団体へ補助金として交付します。",
            "目標に届かなかったときにどうなるかも、寄附の前に必ず示します。",
        ),
        until="いまは、ここから寄附はできません。応援したい取組は、コミュニティのページでさがせます。",
        until_url="/communities/",
        until_label="コミュニティをさがす",
    ),
    Coming(
        name="crowdfunding_estimate",
        path="crowdfunding/estimate/",
        title="控除のめやすを計算する",
        lines=(
            "収入と家族の人数から、自己負担が2,000円ですむ寄附額のめやすを計算できるようになります。",
            "入力した内容は保存しません。結果はめやすで、税額を約束するものではありません。",
        ),
        until="いまは、お住まいの市区町村の税の窓口でおたずねください。",
        until_url="/crowdfunding/",
        until_label="応援のしくみ",
    ),
)

SIGNED_IN_PAGES = (
    Coming(
        name="hubstaff_log",
        path="hubstaff/log/",
        title="活動の日誌",
        audience=Audience.SIGNED_IN,
        lines=(
            "ハブ人材が、その日に会った人、訪ねたコミュニティ、したことを書きとめるページになります。",
            "月報は、ここに書いた日誌から自動でまとまります。",
        ),
        until="いまは、日誌を書く機能はありません。",
    ),
)

STAFF_PAGES = (
    Coming(
        name="staff_hubstaff",
        path="staff/hubstaff/",
        title="隊員",
        audience=Audience.STAFF,
        roles=CITY_STAFF,
        lines=(
            "ハブ人材(地域おこし協力隊員)の任期、配置、日誌、月報を確かめるページになります。",
            "伴走する人がいないコミュニティも、ここでわかるようになります。",
        ),
        until="いまは、任期と月報は、これまでの書類で管理してください。",
    ),
    Coming(
        name="staff_crowdfunding",
        path="staff/crowdfunding/",
        title="応援の取組",
        audience=Audience.STAFF,
        roles=MONEY_STAFF,
        lines=(
            "クラウドファンディング型ふるさと納税の申請を、区で確認し、審査し、公開するページになります。",
            "集まった金額は、受領した寄附だけを数えます。",
        ),
        until="いまは、申請の受付はありません。",
    ),
    Coming(
        name="staff_donations",
        path="staff/donations/",
        title="寄附",
        audience=Audience.STAFF,
        roles=frozenset({Role.CITY_OFFICER, Role.CITY_CHIEF, Role.CITY_FINANCE, Role.ACCOUNTANT}),
        lines=(
            "寄附の受領、受領証明書の発行、ワンストップ特例の受付を行うページになります。",
            "寄附者の個人番号と本人確認書類の画像は、この仕組みでは扱いません。",
        ),
        until="いまは、寄附の受付はありません。",
    ),
    Coming(
        name="staff_handover",
        path="staff/handover/",
        title="異動と引き継ぎ",
        audience=Audience.STAFF,
        roles=frozenset(Role) - {Role.CONSULTATION_DESK},
        lines=(
            "年度がわりに、課の全員について「継続・異動・未定」を一つの表で決めるページになります。",
            "異動する人が受け持つ案件とコミュニティは、その日のうちに課へ引き継がれます。",
        ),
        until="いまは、役職の任期を、役職の一覧で1人ずつ変えます。",
        until_url="/staff/accounts/",
        until_label="役職の一覧を見る",
    ),
)

PAGES = PUBLIC_PAGES + SIGNED_IN_PAGES + STAFF_PAGES
