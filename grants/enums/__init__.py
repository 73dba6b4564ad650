"""Choices of the grants and the constants of their rules, each with its source."""

from django.db.models import IntegerChoices, TextChoices

from portal.kernel.fiscal import Arrival, Shift

YEN_MAX = (
    99_999_999_999  # no line of a municipality's budget for a community comes near; keeps bigint sums safe
)
QUANTITY_MAX = 1_000_000
NEEDS_MAX = 5  # planned projects of one municipality in a 要望調査
LINES_MAX = 200  # rows of one budget
RESULT_DAYS = 30  # after completion the result is due (補助金等交付規則の通例; a setting of the menu)
APRIL_DAY = 10  # of April after the year: the latest day for the result
ADVANCE_PERCENT = 100  # of the decision may be paid in advance, where the menu allows it
STATUS_DAYS = ("09-30", "12-31")  # month-day as of which 状況報告 is asked for (domain.md 3.2, step 8)
STATUS_WITHIN_DAYS = 15  # after such a day
INTERIM_PERCENT = 50  # of a contract's time: then its 中間報告 is due
SHIFT_PERCENT = 20  # a 節 that moves by more needs an approved change


class ApplicationState(TextChoices):
    """Where an application of SUBSIDY stands."""

    DRAFT = "draft", "下書き"
    SUBMITTED = "submitted", "提出済み"
    SCREENING = "screening", "形式審査中"
    RETURNED = "returned", "補正待ち"
    REVIEWING = "reviewing", "内容審査中"
    DECIDING = "deciding", "決裁中"
    DECIDED = "decided", "交付決定"
    CHANGING = "changing", "変更の審査中"
    REPORTED = "reported", "実績報告済み"
    INSPECTED = "inspected", "検査済み"
    SETTLED = "settled", "額の確定"
    CLOSED = "closed", "完了"
    REVOKED = "revoked", "決定の取消し"
    REJECTED = "rejected", "不交付決定"
    WITHDRAWN = "withdrawn", "取りやめ"


EDITABLE = frozenset({ApplicationState.DRAFT, ApplicationState.RETURNED})  # the municipality writes
EXAMINED = frozenset(
    {ApplicationState.SCREENING, ApplicationState.REVIEWING}
)  # an officer holds and examines it
UNDER_EXAMINATION = EXAMINED | {ApplicationState.SUBMITTED, ApplicationState.RETURNED}
WITHDRAWABLE = UNDER_EXAMINATION | {
    ApplicationState.DECIDING,
    ApplicationState.DECIDED,
}  # the applicant may still take it back (a decided one within the days of the menu)
FIXED = frozenset({ApplicationState.SETTLED, ApplicationState.CLOSED})  # 額の確定 was made and stands
RESULTED = FIXED | {
    ApplicationState.REPORTED,
    ApplicationState.INSPECTED,
}  # the result lies with the prefecture
GRANTED = RESULTED | {ApplicationState.DECIDED, ApplicationState.CHANGING}  # a grant was decided and stands
JUDGED = GRANTED | {
    ApplicationState.REVOKED,
    ApplicationState.REJECTED,
}  # the application was decided, whatever became of it
ON_DESK = EXAMINED | {
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.DECIDING,
    ApplicationState.CHANGING,
    ApplicationState.REPORTED,
    ApplicationState.INSPECTED,
    ApplicationState.SETTLED,
}  # the prefecture has it in hand, or waits for what it asked for

OVER = frozenset(
    {
        ApplicationState.CLOSED,
        ApplicationState.REJECTED,
        ApplicationState.REVOKED,
        ApplicationState.WITHDRAWN,
    }
)  # nothing is left to be done with the application itself
STATE_LOOKS = {
    ApplicationState.DRAFT: "",
    ApplicationState.RETURNED: "warn",
    ApplicationState.WITHDRAWN: "fill",
    ApplicationState.CLOSED: "fill",
    ApplicationState.REJECTED: "fill-ng",
    ApplicationState.REVOKED: "fill-ng",
} | dict.fromkeys(
    [
        ApplicationState.SCREENING,
        ApplicationState.REVIEWING,
        ApplicationState.DECIDING,
        ApplicationState.CHANGING,
        ApplicationState.REPORTED,
        ApplicationState.INSPECTED,
    ],
    "fill-ok",
)  # the kind of the state's tag; "ok" for the others


class Verdict(TextChoices):
    """What an officer finds of one point of the checklist (workflows.md 'pass')."""

    FIT = "fit", "適"
    UNFIT = "unfit", "否"
    NOT_APPLICABLE = "na", "該当なし"


class Table(TextChoices):
    """Which procedure a menu follows (workflows.md 'Grants')."""

    DISPATCH = "dispatch", "アドバイザーの派遣"
    WORKSHOP = "workshop", "ワークショップの開催"
    SUBSIDY = "subsidy", "補助金の交付"
    COMMISSION = "commission", "業務の委託"


class ProgrammeState(TextChoices):
    """Where a year's programme stands: only officers see a draft."""

    DRAFT = "draft", "準備中"
    PUBLISHED = "published", "公開中"
    CLOSED = "closed", "終了"


class NeedsState(TextChoices):
    """Where the answer of one municipality to a 要望調査 stands."""

    ASKED = "asked", "照会中"
    ANSWERED = "answered", "回答済み"
    NOTICED = "noticed", "内示済み"


class Keeping(TextChoices):
    """Where an office keeps its 決裁 and its 文書番号 (workflows.md): in its own system, or here."""

    EXTERNAL = "external", "庁内の文書管理システム"
    PORTAL = "portal", "このポータル"


class CapScope(TextChoices):
    """Over what a menu's cap is counted. 令和6年度: ③ 「1市町村あたり上限100万円」, ④ 「上限額1,500千円」."""

    NONE = "none", "上限なし"
    MUNICIPALITY = "municipality", "1市町村・年度あたり"
    CONTRACT = "contract", "1件あたり"


class Applicant(TextChoices):
    """Who may apply under a menu (domain.md 3.3)."""

    MUNICIPALITY = "municipality", "市町村"
    ORGANISATION = "organisation", "地域コミュニティ組織"
    PREFECTURE = "prefecture", "県"
    NPO = "npo", "NPO法人等"


class Mode(TextChoices):
    """How the municipality carries the project out."""

    DIRECT = "direct", "市町村が直接行う(直営)"
    INDIRECT = "indirect", "コミプラへ補助する(間接補助)"


class Part(TextChoices):
    """The sections of an application, in the order of the steps; the value is part of the address."""

    TARGET = "target", "対象と型"
    PLAN = "plan", "事業計画"
    BUDGET = "budget", "収支予算"
    ATTACHMENTS = "attachments", "添付書類"
    CONFIRM = "confirm", "確認と提出"


class Place(TextChoices):
    """Where in a file somebody is: one of its sections, or what its readers have open."""

    TARGET = Part.TARGET.value, Part.TARGET.label
    PLAN = Part.PLAN.value, Part.PLAN.label
    BUDGET = Part.BUDGET.value, Part.BUDGET.label
    ATTACHMENTS = Part.ATTACHMENTS.value, Part.ATTACHMENTS.label
    CONFIRM = Part.CONFIRM.value, Part.CONFIRM.label
    EXAMINE = "examine", "審査"
    DECIDE = "decide", "決定の起案"
    INSPECT = "inspect", "検査と額の確定"
    ANSWER = "answer", "変更の審査"
    REVOKE = "revoke", "取消しと返還"
    RESULT = "result", "実績報告"
    CHANGE = "change", "変更の申請"
    REQUEST = "request", "派遣の申込み"
    WORKSHOP = "workshop", "開催計画"
    THEME = "theme", "テーマ"
    WORDS = "words", "企画の内容"
    GROUP = "group", "共同の体制"
    COSTS = "costs", "経費の内訳"
    FILES = "files", "添付書類"


class Sheet(TextChoices):
    """What is written of a decided file while others may write in it too."""

    RESULT = Place.RESULT.value, Place.RESULT.label
    CHANGE = Place.CHANGE.value, Place.CHANGE.label


class Side(TextChoices):
    """For whom somebody has a file open: the sides do not see each other, but for a plan that both write (BOTH)."""

    MUNICIPALITY = "municipality", "市町村"
    PREFECTURE = "prefecture", "県"
    BOTH = "both", "市町村と県"
    PROPONENT = "proponent", "提案する団体"


class IncomeKind(TextChoices):
    """What is typed as income besides the prefecture's grant and the municipality's share."""

    SPECIFIC = "specific", "特定財源"
    OWN = "own", "コミプラの自己資金"


class UseBasis(TextChoices):
    """Which figure of a file uses the cap (workflows.md: used = settled, else max(decided, changing), else drafted)."""

    DRAFTED = "drafted", "起案中"
    DECIDED = "decided", "決定済み"
    CHANGING = "changing", "変更の審査中"
    SETTLED = "settled", "額の確定済み"
    OUTSIDE = "outside", "ポータルの外で決定済み"


class Setsu(IntegerChoices):
    """歳出の節 (地方自治法施行規則15条別記, since 令和2年度), as far as a community's project can need them."""

    REMUNERATION = 1, "報酬"
    SALARY = 2, "給料"
    ALLOWANCE = 3, "職員手当等"
    MUTUAL_AID = 4, "共済費"
    REWARD = 7, "報償費"
    TRAVEL = 8, "旅費"
    ENTERTAINMENT = 9, "交際費"
    SUPPLIES = 10, "需用費"
    SERVICES = 11, "役務費"
    COMMISSION = 12, "委託料"
    RENT = 13, "使用料及び賃借料"
    WORKS = 14, "工事請負費"
    MATERIALS = 15, "原材料費"
    PROPERTY = 16, "公有財産購入費"
    EQUIPMENT = 17, "備品購入費"
    CONTRIBUTION = 18, "負担金、補助及び交付金"

    @property
    def heading(self) -> str:
        """「7 報償費」, as a budget names it."""
        return f"{self.value} {self.label}"


class RuleEffect(TextChoices):
    """What a rule on expenses does to a matching row."""

    EXCLUDE = "exclude", "全額を対象外にする"
    NOTICE = "notice", "確かめてもらう"


SHIFTS = [
    (Shift.AS_IS.value, "動かさない"),
    (Shift.NEXT_BUSINESS_DAY.value, "次の開庁日"),
    (Shift.PREVIOUS_BUSINESS_DAY.value, "前の開庁日"),
]
ARRIVALS = [
    (Arrival.ARRIVE.value, "必着"),
    (Arrival.POSTMARK.value, "消印有効"),
    (Arrival.SENT.value, "送信完了"),
]
