"""A programme as a sheet: every term as words under a heading. One sheet is shown, two are compared. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from communities.enums import PlatformPhase
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.money import yen

from ..calculations.asking import month_days
from ..enums import Part, RuleEffect, Setsu, Table
from ..enums.approving import MATTERS_OF, StepKind
from ..models import BudgetLine, Call, Menu, Programme, ProjectType

Sheet = dict[str, dict[str, str]]  # heading → label → words, in the order of the page

REGIONAL = "市町村を受け持つ振興局・支庁"
YES_NO = {True: "あり", False: "なし"}


@dataclass(frozen=True, slots=True)
class Change:
    """One label whose words differ between two years."""

    label: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """追加, 削除 or 変更."""
        return "変更" if self.before and self.after else "追加" if self.after else "削除"


def sheet(programme: Programme) -> Sheet:
    """Everything the programme says as data. Needs menus with types and calls, and budget lines loaded."""
    made: Sheet = {"事業": dict(_programme(programme))}
    made["科目"] = dict(_line(line) for line in programme.budget_lines.all())
    for menu in programme.menus.all():
        made[str(menu)] = dict(_menu(menu))
        made[f"{menu} 型"] = {f"{kind.code} {kind.label}": _type(kind) for kind in menu.project_types.all()}
        made[f"{menu} 書類"] = {row["title"]: _paper(row) for row in menu.documents} | {
            row["title"]: f"{row['article']} {row['form_label']}(ポータルで作る)" for row in menu.letters
        }
        made[f"{menu} 審査の項目"] = {row["text"]: Part(row["part"]).label for row in menu.checklist}
        made[f"{menu} 経費の決まり"] = dict(_rules(menu))
        made[f"{menu} 募集"] = dict(_call(call) for call in menu.calls.all())
    return {heading: rows for heading, rows in made.items() if rows or heading == "科目"}


def proviso(year: FiscalYear) -> str:
    """The note of a year whose budget has not passed (令和6年度の資料)."""
    return f"※ 本事業は、{year.label}当初予算の成立が前提であり、今後内容等に変更がある場合があります。"


def changes(before: Sheet, after: Sheet) -> dict[str, list[Change]]:
    """What differs, heading by heading in the order of `after`; headings without a change are left out."""
    found = {}
    for heading in dict.fromkeys([*after, *before]):
        old, new = before.get(heading, {}), after.get(heading, {})
        rows = [
            Change(label, old.get(label, ""), new.get(label, ""))
            for label in dict.fromkeys([*new, *old])
            if old.get(label, "") != new.get(label, "")
        ]
        if rows:
            found[heading] = rows
    return found


def _programme(programme: Programme) -> Iterator[tuple[str, str]]:
    yield "名前", programme.title
    yield "予算", _budget(programme)
    yield "根拠の規則", programme.rule_title
    yield "教示", programme.appeal_notice or "なし"
    yield "目的", programme.purpose
    yield "コミプラとは", programme.definition
    yield "なぜ必要か", "\n".join(programme.reasons)
    yield "注記", "\n".join(programme.notes)
    yield "出典", programme.source


def _budget(programme: Programme) -> str:
    if programme.provisional:
        return "予算成立前提"
    passed = programme.budget_passed_on
    return f"議決日 {wareki(passed)}" if passed else "成立(議決日は未入力)"


def _line(line: BudgetLine) -> tuple[str, str]:
    return str(line), yen(line.amount_yen)


def _menu(menu: Menu) -> Iterator[tuple[str, str]]:
    yield "名前", f"{menu.name}{menu.name_note}"
    yield "見出し", f"{menu.title} {menu.mark}".rstrip()
    yield "短い名前", menu.short
    yield "手続き", menu.get_table_display()
    yield "申請できる者", menu.applicants_words
    yield "経費負担", "\n".join([menu.cost, *menu.cost_notes])
    yield from _limits(menu)
    yield "コミプラの段階", _stages("", menu.wanted_stages) or "問わない"
    yield "形式審査の目安", f"{menu.screen_days}日" if menu.screen_days else "なし"
    if menu.table in (Table.DISPATCH, Table.WORKSHOP):
        yield "報告の期限", f"{menu.report_days}日以内"
    if menu.table == Table.DISPATCH:
        yield "1市町村の派遣回数", f"{menu.visits_max}回まで" if menu.visits_max else "限らない"
    if menu.table == Table.SUBSIDY:
        yield (
            "実績報告の期限",
            f"完了から{menu.result_days}日以内(遅くとも翌年度4月{menu.result_april_day}日)",
        )
        yield "状況報告", _status(menu)
        yield "承認が要る配分の変更", f"{menu.shift_percent}%を超えるとき"
        yield "取得財産の台帳に載せる単価", f"{yen(menu.asset_floor_yen)}以上"
        yield "検査の項目", "\n".join(row["text"] for row in menu.result_checklist)
    if menu.table == Table.COMMISSION:
        yield "上限額の消費税", f"{'含む' if menu.cap_with_tax else '含まない'}(税率{menu.tax_percent}%)"
        yield (
            "中間報告の期限",
            f"契約の期間の{menu.interim_percent}%まで(休日のとき {menu.get_interim_shift_display()})",
        )
    yield "文書の保存", f"終わった次の年度から{menu.retention_years}年"
    yield "概算払", f"交付決定額の{menu.advance_percent}%まで" if menu.advance_allowed else "なし"
    yield "学生サポーター", YES_NO[menu.students]
    yield "決裁", menu.get_approval_display()
    yield "決裁の順", "、".join(_step(row) for row in menu.approval_steps) or "なし"
    yield "決定後の取下げ", f"{menu.withdraw_days}日以内" if menu.withdraw_days else "なし"
    yield "交付の条件", "\n".join(menu.conditions) or "なし"
    yield "文書番号", menu.get_numbering_display()
    yield from _by_matter(menu)
    yield "内容", "\n".join(menu.content)
    yield "実施例", "\n".join(menu.examples)


def _by_matter(menu: Menu) -> Iterator[tuple[str, str]]:
    """Where a matter is kept otherwise than the menu says."""
    for matter in MATTERS_OF[Table(menu.table)]:
        if menu.matter_keeping.get(matter):
            where = (menu.approval_of(matter).label, menu.numbering_of(matter).label)
            yield f"{matter.label}の決裁", "決裁は{}、文書番号は{}".format(*where)


def _step(row: dict[str, str]) -> str:
    """「総務部長」, 「財政課長(財政課の合議)」, 「課長(くらし共生協働課)」."""
    kind = str(StepKind.CONSENT.label) if row.get("kind") == StepKind.CONSENT else ""
    place = row.get("section_name", "")
    note = "の".join(part for part in (place, kind) if part)
    return f"{row['title']}({note})" if note else row["title"]


def _limits(menu: Menu) -> Iterator[tuple[str, str]]:
    yield "補助率", menu.share_label
    yield "上限", f"{yen(menu.cap_yen)}({menu.get_cap_scope_display()})" if menu.cap_yen else "なし"
    yield "1市町村が同時に進められる件数", f"{menu.live_max}件まで" if menu.live_max else "限らない"
    yield "採択の目安", f"{menu.adopted_about}件程度" if menu.adopted_about else "なし"
    yield "最初に審査する課", str(menu.examining_section or REGIONAL)
    if menu.table == Table.SUBSIDY:
        yield "決定を起案する課", str(menu.drafting_section or "審査した課")


def _status(menu: Menu) -> str:
    if not menu.status_days:
        return "求めない"
    terms = f"{menu.status_within_days}日以内(休日のとき {menu.get_status_shift_display()})"
    return f"{month_days(menu.status_days)}の状況を{terms}"


def _type(kind: ProjectType) -> str:
    lines = [f"{kind.group}{kind.group_mark}", _stages(str(kind), kind.stages), *kind.examples]
    return "\n".join(lines)


def _stages(text: str, stages: frozenset[str] | list[str]) -> str:
    words = "、".join(label for value, label in PlatformPhase.choices if value in stages)
    return f"{text}(コミプラの段階 {words})" if text else words


def _paper(row: dict[str, object]) -> str:
    if row["made_here"]:
        return f"{row['article']} {row['form_label']}(ポータルで作る)"
    types = "、".join(row.get("required_for") or [])  # type: ignore[call-overload]
    asked = f"型 {types} で必ず添付する" if types else "必要なときに添付する"
    return "\n".join(part for part in (asked, str(row.get("help", ""))) if part)


def _rules(menu: Menu) -> Iterator[tuple[str, str]]:
    for rule in menu.rules:
        setsu = "・".join(Setsu(number).label for number in rule.setsu)
        words = f"「{'、'.join(rule.words)}」" if rule.words else "すべて"
        yield f"{setsu} {words}", f"{RuleEffect(rule.effect).label} {rule.text}"


def _call(call: Call) -> tuple[str, str]:
    opens = wareki(call.opens_at.astimezone(call.closes_at.tzinfo).date())
    return call.title, f"{opens}から{call.deadline.label}まで(休日のとき {call.get_shift_display()})"
