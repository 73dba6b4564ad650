"""The guide: five questions, then which menu fits and why each other one does not. Pure: reads loaded menus only.

It has no rules of its own. Who may apply, the share, the cap, the stages, the calls and the students are those of the
menus, which the actions check too; the amounts are those of `calculations`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import TextChoices

from communities.enums import PlatformPhase
from portal.kernel.money import yen

from . import calculations
from .calculations import Terms
from .enums import Applicant, Table
from .models import Call, Menu, ProjectType

ANY = "any"  # 「まだ決めていない」: no menu is ruled out by it
NO_PLATFORM = "none"

WISHES = {
    Table.DISPATCH: "助言を受けて、市町村の体制や計画を整えたい",
    Table.WORKSHOP: "ワークショップ・研修会・講演会を開きたい",
    Table.SUBSIDY: "地域の取組を進める市町村の事業に、助成を受けたい",
    Table.COMMISSION: "モデルになる取組を、県の委託で一緒につくりたい",
}


class Purse(TextChoices):
    """Who can bear what the prefecture does not."""

    SHARED = "shared", "残りを、市町村が負担できる"
    NONE = "none", "県の負担だけで行いたい"


class Moment(TextChoices):
    """When it is wanted."""

    NOW = "now", "いま申し込みたい"
    LATER = "later", "来年度に向けて準備したい"


class Question(TextChoices):
    """The five questions in order; the value is part of the address."""

    WHO = "who", "どなたですか"
    WANT = "want", "何をしたいですか"
    STAGE = "stage", "コミプラは、いまどの段階ですか"
    MONEY = "money", "費用は、だれが、どれだけ負担しますか"
    WHEN = "when", "いつ行いますか。学生の力は要りますか"


WHO = Applicant.choices
WANT = [*((table.value, text) for table, text in WISHES.items()), (ANY, "まだ決めていない")]
STAGE = [(NO_PLATFORM, "まだ話しあいも始まっていない"), *PlatformPhase.choices]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody answered. `cost_yen`: what the whole undertaking costs, None when not known yet."""

    who: str
    want: str
    stage: str
    purse: str
    cost_yen: int | None
    moment: str
    students: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What one question says about one menu, in words."""

    question: Question
    fits: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One menu under all answers."""

    menu: Menu
    findings: Sequence[Finding]
    call: Call | None = None
    types: Sequence[ProjectType] = field(default_factory=tuple)

    @cached_property
    def reasons(self) -> list[Finding]:
        """Why it does not fit; empty when it fits."""
        return [finding for finding in self.findings if not finding.fits]

    @property
    def fits(self) -> bool:
        return not self.reasons

    @property
    def distance(self) -> tuple[bool, int, int]:
        """How far it is from fitting: a menu for another wish is farther than any other."""
        other_wish = any(finding.question == Question.WANT for finding in self.reasons)
        return (other_wish, len(self.reasons), self.menu.number)


def judge(menus: Iterable[Menu], answers: Answers, at: datetime) -> list[Judged]:
    """Every menu under the answers: those that fit first, then the nearest. Needs calls and types loaded."""
    judged = [
        Judged(
            menu=menu,
            findings=[check(menu, answers, at) for check in CHECKS],
            call=open_call(menu, at) if answers.moment == Moment.NOW else None,
            types=menu.fitting_types(answers.stage),
        )
        for menu in menus
    ]
    return sorted(judged, key=lambda row: row.distance)


def open_call(menu: Menu, at: datetime) -> Call | None:
    """The call of the menu under which somebody can apply at `at`, the one that closes first."""
    return next((call for call in menu.calls.all() if call.is_open(at)), None)


def _who(menu: Menu, answers: Answers, at: datetime) -> Finding:
    text = f"申請できるのは、{menu.applicants_words}です。"
    return Finding(Question.WHO, menu.takes(answers.who), text)


def _want(menu: Menu, answers: Answers, at: datetime) -> Finding:
    fits = answers.want in {ANY, menu.table}
    return Finding(Question.WANT, fits, f"「{WISHES[Table(menu.table)]}」のためのメニューです。")


def _stage(menu: Menu, answers: Answers, at: datetime) -> Finding:
    wanted = menu.wanted_stages
    if not wanted:
        return Finding(Question.STAGE, True, "コミプラの段階は問いません。")
    stages = "、".join(label for value, label in PlatformPhase.choices if value in wanted)
    return Finding(
        Question.STAGE, answers.stage in wanted, f"コミプラの段階が「{stages}」のときのメニューです。"
    )


def _money(menu: Menu, answers: Answers, at: datetime) -> Finding:
    if menu.share == 1:
        return _whole(menu, answers.cost_yen)
    if answers.purse == Purse.NONE:
        text = f"経費負担は{menu.cost}です。県の負担は{menu.share_label}で、残りを負担する人が要ります。"
        return Finding(Question.MONEY, False, text)
    if answers.cost_yen is None:
        text = f"経費負担は{menu.cost}です。{_cap(menu)}"
        return Finding(Question.MONEY, True, text)
    grant = calculations.grant(
        base_yen=answers.cost_yen, terms=Terms(share=menu.share, cap_left_yen=menu.cap_yen)
    )
    if not grant:
        text = "計算した補助金額が0円になります。千円未満は切り捨てます。"
        return Finding(Question.MONEY, False, text)
    rest = yen(answers.cost_yen - grant)
    text = f"全額が対象なら、補助金は{yen(grant)}、残りは{rest}です。{_cap(menu)}"
    return Finding(Question.MONEY, True, text)


def _whole(menu: Menu, cost_yen: int | None) -> Finding:
    """A menu whose cost (with tax) the prefecture bears whole, up to its cap with tax."""
    most = menu.contract_cap_yen
    if most is not None and cost_yen is not None and cost_yen > most:
        return Finding(Question.MONEY, False, f"費用が、上限の{yen(most)}を超えています。")
    return Finding(Question.MONEY, True, f"経費負担は{menu.cost}です。{_cap(menu)}")


def _cap(menu: Menu) -> str:
    if menu.cap_yen is None:
        return ""
    scope = "1件" if menu.town_cap_yen is None else "1市町村の年度"
    tax = f"({menu.cap_tax_words})" if menu.table == Table.COMMISSION else ""
    return f"上限は、{scope}あたり{yen(menu.cap_yen)}{tax}です。"


def _when(menu: Menu, answers: Answers, at: datetime) -> Finding:
    if answers.moment == Moment.LATER:
        text = (
            f"{menu.programme.year_label}の内容で確かめました。年度が変わると、内容が変わることがあります。"
        )
        return Finding(Question.WHEN, True, text)
    bound = menu.is_applied_for_here or (menu.calls.all() and answers.who != Applicant.PREFECTURE)
    if menu.table == Table.COMMISSION or not bound:
        return Finding(Question.WHEN, True, "時期は、県の担当と相談して決めます。")
    call = open_call(menu, at)
    if call:
        return Finding(
            Question.WHEN, True, f"{call.title}を受け付けています。締切は{call.deadline.label}です。"
        )
    return Finding(Question.WHEN, False, "いま受け付けている募集がありません。")


def _students(menu: Menu, answers: Answers, at: datetime) -> Finding:
    text = "学生サポーターを活用できます。" if menu.students else "学生サポーターの活用は、対象外です。"
    return Finding(Question.WHEN, menu.students or not answers.students, text)


CHECKS: tuple[Callable[[Menu, Answers, datetime], Finding], ...] = (
    _who, _want, _stage, _money, _when, _students,
)  # fmt: skip
