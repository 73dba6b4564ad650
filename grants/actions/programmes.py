"""Opening a year: a copy of another with its changes, published when it is right; nothing of it is code."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction

from communities.saving import change, insert, locked
from portal.areas.models import Section
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear
from portal.kernel.refusals import Refusal

from ..enums import Keeping, ProgrammeState, Table
from ..enums.approving import MATTERS_OF, Matter, StepKind
from ..models import Call, Menu, Programme
from ..offering.papers import papers_entered
from ..offering.sheet import proviso
from ..offering.workflow import PROGRAMME

M = TypeVar("M", bound=models.Model)
ENDING = re.compile(r"-[a-z]\d+$")  # of a slug: the year it was made for


@transaction.atomic
def copy_programme(*, by: Actor, programme: Programme, fiscal_year: int) -> Programme:
    """Open a draft of `fiscal_year` with every menu, type, paper, rule, 科目 and call of `programme`, calls as many years later.

    Provisional until its budget passes. The source is locked: of two officers at once, one makes it and the other is told.
    Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.run_programme", programme)
    locked(programme)
    _check_year(programme, fiscal_year)
    old, new = FiscalYear(programme.fiscal_year), FiscalYear(fiscal_year)
    notes = [text.replace(old.label, new.label) for text in programme.notes]
    made = insert(
        _copy(
            programme, fiscal_year=fiscal_year, slug=f"{ENDING.sub('', programme.slug)}-{new.code.lower()}",
            provisional=True, budget_passed_on=None, state=ProgrammeState.DRAFT, published_at=None, closed_at=None,
            copied_from=programme, notes=notes if proviso(new) in notes else [*notes, proviso(new)],
            source=f"{old.label}の内容を引き継いだもの",
        )
    )  # fmt: skip
    for line in programme.budget_lines.all():
        insert(_copy(line, programme=made))
    for menu in programme.menus.all():
        _copy_menu(menu, made, new.year - old.year)
    audit.record("grants.programme.copied", by=by, target=made, data={"from": programme.slug})
    return made


def _check_year(programme: Programme, fiscal_year: int) -> None:
    year, latest = FiscalYear(fiscal_year), FiscalYear.of(clock.today_jst()).next
    if not programme.fiscal_year < year.year <= latest.year:
        raise Refusal(
            f"写せるのは、{FiscalYear(programme.fiscal_year).next}から{latest}までです。", field="fiscal_year"
        )
    same = Programme.objects.filter(authority=programme.authority_id, fiscal_year=fiscal_year)
    twin = same.filter(models.Q(title=programme.title) | models.Q(copied_from=programme)).first()
    if twin:
        message = f"{year}の事業は、もうあります({twin.get_state_display()})。そちらを開いて直してください。"
        raise Refusal(message, field="fiscal_year", code="twin")


def _copy(row: M, **changed: Any) -> M:
    """A new row with the values of `row`, except `changed`."""
    names = [field.name for field in row._meta.concrete_fields if field.name not in {"id", "created_at"}]
    return type(row)(**{name: getattr(row, name) for name in names} | changed)


def _copy_menu(menu: Menu, programme: Programme, years: int) -> None:
    made = insert(_copy(menu, programme=programme))
    for kind in menu.project_types.all():
        insert(_copy(kind, menu=made))
    for call in menu.calls.all():
        opens_on = call.opens_at.astimezone(clock.JST)
        # what was given to everybody once is no rule of the next year
        first = call.extensions.order_by("before_at").first()
        on, at = (first.before_on, first.before_time) if first else (call.closes_on, call.closes_time)
        moved = _copy(call, menu=made, closes_on=_later(on, years), closes_time=at)
        moved.opens_at = datetime.combine(_later(opens_on.date(), years), opens_on.time(), tzinfo=clock.JST)
        moved.closes_at = moved.deadline.closes_at
        insert(moved)


def _later(on: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return (on - timedelta(days=1)).replace(year=on.year + years)


@transaction.atomic
def change_programme(*, by: Actor, programme: Programme, **values: Any) -> Programme:
    """Change what a draft says about itself. Raises PermissionDenied, Refusal, ValidationError."""
    _open_draft(by, programme)
    _record(by, programme, "grants.programme.changed", change(programme, values))
    return programme


@transaction.atomic
def change_menu(*, by: Actor, menu: Menu, **values: Any) -> Menu:
    """Change the terms of a draft's menu. Raises PermissionDenied, Refusal, ValidationError."""
    _open_draft(by, menu.programme)
    _record(by, menu, "grants.menu.changed", change(locked(menu), values))
    return menu


@transaction.atomic
def change_papers(*, by: Actor, menu: Menu, papers: Mapping[str, Mapping[str, str]]) -> Menu:
    """Enter 条 and 様式番号 of a menu's papers, by their key: while it is a draft, and after, when the 要綱 comes late.

    Empty ones are 「第○条」 and 「標準様式」; papers issued already stay as they are. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.run_programme", menu.programme)
    locked(menu.programme)
    if menu.programme.state == ProgrammeState.CLOSED:
        raise Refusal("終了した事業の書類は直せません。", code="moved")
    changed = change(locked(menu), papers_entered(menu, papers))
    _record(by, menu, "grants.menu.papers_changed", changed)
    return menu


@transaction.atomic
def change_chain(
    *,
    by: Actor,
    menu: Menu,
    approval: str,
    numbering: str,
    approval_steps: Sequence[Mapping[str, str]],
    matter_keeping: Mapping[str, Mapping[str, str]] | None = None,
) -> Menu:
    """Say where a menu's 決裁 and 文書番号 are kept, by matter where it differs, and who signs in which order.

    Also while the year runs.

    What is drafted already keeps the steps it was drafted with. Raises PermissionDenied, Refusal.
    """
    permissions.require(by, "grants.run_programme", menu.programme)
    locked(menu.programme)
    if menu.programme.state == ProgrammeState.CLOSED:
        raise Refusal("終了した事業の決裁の順は直せません。", code="moved")
    by_matter = _by_matter(menu, matter_keeping or {})
    here = {approval, *(row.get("approval") for row in by_matter.values())}
    if Keeping.PORTAL in here and not approval_steps:
        raise Refusal("ここで決裁するときは、押す人を一人は入れてください。", field="role_1")
    values = {
        "approval": approval,
        "numbering": numbering,
        "approval_steps": _chain(menu, approval_steps),
        "matter_keeping": by_matter,
    }
    before = _kept(locked(menu))
    if fields := change(menu, values):
        data = {"fields": fields, "before": before, "after": _kept(menu)}
        audit.record("grants.menu.chain_changed", by=by, target=menu, data=data)
    return menu


def _kept(menu: Menu) -> dict[str, str]:
    """Where each matter is kept, in the words of the history: 「決裁 external・文書番号 portal」 as codes."""
    pairs = {"": (menu.approval, menu.numbering)}
    matters = MATTERS_OF[Table(menu.table)]
    pairs |= {matter.value: (menu.approval_of(matter), menu.numbering_of(matter)) for matter in matters}
    return {key: f"{approval}/{numbering}" for key, (approval, numbering) in pairs.items()}


def _by_matter(menu: Menu, rows: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What differs from the menu, matter by matter, without what is left open. Raises Refusal, ValueError."""
    if stray := set(rows) - set(MATTERS_OF[Table(menu.table)]):
        words = "、".join(str(Matter(key).label) for key in sorted(stray))
        raise Refusal(f"このメニューの手続きに、「{words}」の決裁はありません。", code="matter")
    said = {
        key: {name: str(Keeping(value)) for name, value in row.items() if value} for key, row in rows.items()
    }
    return {key: row for key, row in said.items() if row}


def _chain(menu: Menu, steps: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The steps as the menu keeps them, with the name of each 部署 on the day it was chosen. Raises Refusal."""
    rows = Section.objects.filter(authority=menu.programme.authority_id)
    names = {str(row.pk): row.name for row in rows} if any(row.get("section") for row in steps) else {}
    for number, row in enumerate(steps, start=1):
        if row.get("section") and row["section"] not in names:
            raise Refusal("部署は、この事業を行う団体のものを選んでください。", field=f"section_{number}")
        if row.get("kind") == StepKind.CONSENT and not row.get("section"):
            raise Refusal("合議する部署を選んでください。", field=f"section_{number}")
    return [dict(row) | {"section_name": names.get(row.get("section", ""), "")} for row in steps]


@transaction.atomic
def save_call(
    *, by: Actor, menu: Menu, call: Call | None = None, title: str, opens_on: date, **deadline: Any
) -> Call:
    """Add a call to a menu (①②③), or change one of a draft. It opens at 0:00 of `opens_on`; its deadline moves by its own rule.

    Raises PermissionDenied, Refusal, ValidationError (it opens after it closes; 消印有効 with a time).
    """
    permissions.require(by, "grants.run_programme", menu.programme)
    locked(menu.programme)
    if menu.programme.state == ProgrammeState.CLOSED or (call and not menu.programme.is_draft):
        raise Refusal("公開した募集は、ここでは直せません。新しい募集を加えてください。", code="moved")
    if not menu.takes_calls:
        raise Refusal("このメニューは、テーマごとの公募で進めます。", code="table")
    values = {"title": title, "opens_at": clock.at_jst(opens_on), **deadline}
    try:
        values["closes_at"] = Call(menu=menu, **values).deadline.closes_at
    except ValueError as problem:
        raise Refusal(str(problem), field="closes_time") from None
    if call:
        _record(by, call, "grants.call.changed", change(locked(call), values))
        return call
    made = insert(Call(menu=menu, **values))
    audit.record("grants.call.opened", by=by, target=made, data={"closes_at": made.closes_at})
    return made


@transaction.atomic
def pass_budget(*, by: Actor, programme: Programme, passed_on: date) -> Programme:
    """Record that the budget of a provisional year passed: decisions are open from now on, the note of it goes.

    Raises PermissionDenied, Refusal (not provisional, a day to come).
    """
    permissions.require(by, "grants.run_programme", programme)
    locked(programme)
    if not programme.provisional:
        raise Refusal("この事業の予算は、もう成立しています。", code="moved")
    if passed_on > clock.today_jst():
        raise Refusal("議決日は、今日までの日にしてください。", field="passed_on")
    note = proviso(FiscalYear(programme.fiscal_year))
    values = {"provisional": False, "budget_passed_on": passed_on}
    change(programme, values | {"notes": [text for text in programme.notes if text != note]})
    audit.record(
        "grants.programme.budget_passed", by=by, target=programme, data={"passed_on": passed_on.isoformat()}
    )
    return programme


@transaction.atomic
def move_programme(*, by: Actor, programme: Programme, step: str) -> Programme:
    """Publish a draft, or close a published year when none of its calls is open. Raises PermissionDenied, Refusal."""
    if step == "close" and Call.objects.open(clock.now()).filter(menu__programme=programme).exists():
        raise Refusal("受付中の募集があります。締切を過ぎてから終了してください。", code="open")
    return PROGRAMME.apply(programme, step, by=by)


def _open_draft(by: Actor, programme: Programme) -> None:
    permissions.require(by, "grants.run_programme", programme)
    if not locked(programme).is_draft:
        message = f"{programme}は、いま「{programme.get_state_display()}」です。内容を直せるのは、準備中のあいだだけです。"
        raise Refusal(message, code="moved")


def _record(by: Actor, row: models.Model, event: str, fields: list[str]) -> None:
    """One entry for what changed; none when nothing did."""
    if fields:
        audit.record(event, by=by, target=row, data={"fields": fields})
