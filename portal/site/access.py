"""Who may open which address: one table, shown to the customer and held against the portal by the tests.

A row is an address (by the name of its route), a case (which kind of object), and a method; it says for every standing
what the portal answers. Rows live in `access_rows`; an address without a row fails a test.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Standing:
    """One way to stand before the portal. `built` False: its part does not exist yet (未実装)."""

    key: str
    label: str
    built: bool = True


class Answer(Enum):
    """What the portal answers. `statuses` are the HTTP codes that mean it."""

    MAY = ("○", "開ける・行える", frozenset({200, 303, 409, 422}))
    SIGN_IN = ("ログイン", "ログインの画面へ案内する", frozenset({302}))
    LED = ("→", "その立場の画面へ案内する", frozenset({302, 303}))
    HIDDEN = ("—", "あることも見せない(404)", frozenset({404}))
    REFUSED = ("×", "見えるが、行えない。理由を示す(403)", frozenset({403}))
    UNBUILT = ("未実装", "この立場を使う機能は、まだない", frozenset[int]())

    @property
    def sign(self) -> str:
        return self.value[0]

    @property
    def meaning(self) -> str:
        return self.value[1]

    @property
    def statuses(self) -> frozenset[int]:
        return self.value[2]


ANONYMOUS = "anonymous"
STANDINGS = (
    Standing(ANONYMOUS, "ログインなし"),
    Standing("resident", "住民"),
    Standing("member", "コミュニティの参加者"),
    Standing("organiser", "コミュニティの世話人"),
    Standing("ward_here", "その区の担当"),
    Standing("ward_elsewhere", "ほかの区の担当"),
    Standing("city_officer", "本庁の担当"),
    Standing("city_chief", "本庁の決裁者"),
    Standing("city_finance", "市の寄附担当"),
    Standing("municipal_here", "その市町村の担当"),
    Standing("municipal_chief_here", "その市町村の決裁者"),
    Standing("municipal_elsewhere", "ほかの市町村の担当"),
    Standing("municipal_chief_elsewhere", "ほかの市町村の決裁者"),
    Standing("office_here", "受け持ちの振興局"),
    Standing("office_elsewhere", "ほかの振興局"),
    Standing("prefecture_chief", "県の課長"),
    Standing("prefecture_head", "県の決裁者"),
    Standing("accountant", "出納"),
    Standing("secretariat", "審査会事務局"),
    Standing("consultation_desk", "隊員の相談窓口"),
    Standing("city_auditor", "監査(市)"),
    Standing("prefecture_auditor", "監査(県)"),
    Standing("system_admin", "システム管理者"),
    Standing("ended", "任期の終わった人"),
    Standing("advisor", "頼まれたアドバイザー"),
    Standing("advisor_elsewhere", "ほかのアドバイザー"),
    Standing("lecturer", "頼まれた講師"),
    Standing("supporter", "打診された学生サポーター"),
    Standing("reviewer_open", "審査委員(凍結前)"),
    Standing("reviewer_frozen", "審査委員(凍結後)"),
    Standing("reviewer_conflicted", "除斥された審査委員"),
    Standing("hub_member", "ハブ人材", built=False),
    Standing("host", "受入団体", built=False),
    Standing("donor", "寄附者", built=False),
    Standing("proponent", "企画提案者"),
)
BUILT = tuple(standing.key for standing in STANDINGS if standing.built)
STAFF = frozenset(BUILT) - {
    ANONYMOUS,
    "resident",
    "member",
    "organiser",
    "ended",
    "advisor",
    "advisor_elsewhere",
    "lecturer",
    "supporter",
    "reviewer_open",
    "reviewer_frozen",
    "reviewer_conflicted",
    "proponent",
}
EVERYBODY = frozenset(BUILT)
SIGNED_IN = EVERYBODY - {ANONYMOUS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One address. `may` get an answer; visitors are sent to sign in where `door` is set; `led` are sent to their
    own page, `refused` see why not; the others get `otherwise`.

    `route` is the name of the address; `case` names the object the test opens it with ("" where it has none).
    """

    route: str
    note: str
    may: frozenset[str]
    method: str = "GET"
    case: str = ""
    door: bool = False
    otherwise: Answer = Answer.HIDDEN
    refused: frozenset[str] = field(default_factory=frozenset)
    led: frozenset[str] = field(default_factory=frozenset)

    def answer(self, standing: Standing) -> Answer:
        """What the portal answers to this standing."""
        if not standing.built:
            return Answer.UNBUILT
        if standing.key in self.may:
            return Answer.MAY
        if standing.key in self.led:
            return Answer.LED
        if self.door and standing.key == ANONYMOUS:
            return Answer.SIGN_IN
        return Answer.REFUSED if standing.key in self.refused else self.otherwise


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: rows of one kind with the answers in the order of STANDINGS."""

    name: str
    lines: list["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    row: Row
    pattern: str
    answers: list[Answer]


def lines(rows: Iterable[Row], patterns: dict[str, str]) -> list[Line]:
    """Rows as the page shows them. `patterns`: route → readable address. Raises KeyError for a route that is gone."""
    return [Line(row, patterns[row.route], [row.answer(standing) for standing in STANDINGS]) for row in rows]
