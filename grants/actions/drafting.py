"""Starting an application and saving its sections.

Every save names the revision of the section it was typed upon. A newer one means that somebody else, or another tab,
saved meanwhile: `Conflict`, and nothing is overwritten.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from communities.models import Platform
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, UserActor
from portal.kernel.refusals import Refusal

from .. import calculations, queries
from ..calculations import ExpenseRow, IncomeRow
from ..enums import LINES_MAX, YEN_MAX, IncomeKind, Mode, Part
from ..models import (
    Application,
    ApplicationPart,
    ExpenseLine,
    IncomeLine,
    ProjectType,
)
from .locking import lock_editable


class Conflict(Refusal):
    """Somebody saved the section meanwhile; `part` is what is stored now."""

    def __init__(self, part: ApplicationPart) -> None:
        super().__init__(
            "この画面を開いたあとに、ほかの画面で保存されました。あなたの入力は残っています。二つを見くらべて、残す内容で保存してください。",
            code="conflict",
        )
        self.part = part


@transaction.atomic
def save_target(
    *,
    by: Actor,
    application: Application,
    revision: int,
    title: str,
    platform: Platform | None,
    project_type: ProjectType | None,
    mode: str,
    tab: str = "",
) -> Application:
    """Save 対象と型. Leaving 間接補助 clears what only it has. Raises Conflict, Refusal, PermissionDenied."""
    part = _open(application, Part.TARGET, by=by, revision=revision, tab=tab)
    if platform and platform.area_id != application.municipality_id:
        raise Refusal("コミプラは、申請する市町村のものを選んでください。", field="platform")
    if project_type and project_type.menu_id != application.menu_id:
        raise Refusal("型は、このメニューのものを選んでください。", field="project_type")
    application.title, application.platform, application.project_type, application.mode = (
        title,
        platform,
        project_type,
        mode,
    )
    if mode == Mode.DIRECT:
        application.outlay_yen = None
        application.incomes.filter(kind=IncomeKind.OWN).delete()
    _recount(application)
    application.save(
        update_fields=[
            "title",
            "platform",
            "project_type",
            "mode",
            "outlay_yen",
            "total_yen",
            "base_yen",
            "grant_yen",
        ]
    )
    return _close(application, part, by=by, tab=tab)


@transaction.atomic
def save_plan(
    *,
    by: Actor,
    application: Application,
    revision: int,
    starts_on: date | None,
    ends_on: date | None,
    texts: Mapping[str, str],
    tab: str = "",
) -> Application:
    """Save 事業計画. Raises Conflict, Refusal, PermissionDenied."""
    part = _open(application, Part.PLAN, by=by, revision=revision, tab=tab)
    if starts_on and ends_on and ends_on < starts_on:
        raise Refusal("完了予定は、着手予定と同じ日か、それより後にしてください。", field="ends_on")
    application.starts_on, application.ends_on = starts_on, ends_on
    application.save(update_fields=["starts_on", "ends_on"])
    part.texts = dict(texts)
    return _close(application, part, by=by, tab=tab)


@transaction.atomic
def save_budget(
    *,
    by: Actor,
    application: Application,
    revision: int,
    expenses: Iterable[ExpenseRow],
    incomes: Iterable[IncomeRow],
    share_yen: int | None,
    outlay_yen: int | None = None,
    tab: str = "",
) -> Application:
    """Save 収支予算: rows in order, the rules of the menu applied. A draft may be out of balance.

    Raises Conflict, Refusal (too many rows, a figure out of range), PermissionDenied.
    """
    part = _open(application, Part.BUDGET, by=by, revision=revision, tab=tab)
    rows = [row for row, _ in calculations.apply_rules(expenses, application.menu.rules)]
    typed = [row for row in incomes if application.is_indirect or row.kind != IncomeKind.OWN]
    _check_rows(rows, typed)
    application.share_yen, application.outlay_yen = share_yen, outlay_yen if application.is_indirect else None
    _replace_rows(application, rows, typed)
    _recount(application)
    application.save(update_fields=["share_yen", "outlay_yen", "total_yen", "base_yen", "grant_yen"])
    return _close(application, part, by=by, tab=tab)


@transaction.atomic
def save_confirm(
    *,
    by: Actor,
    application: Application,
    revision: int,
    applicant_title: str,
    applicant_name: str,
    own_number: str = "",
    tab: str = "",
) -> Application:
    """Save who applies and the municipality's own 文書番号 (optional). Raises Conflict, Refusal, PermissionDenied."""
    part = _open(application, Part.CONFIRM, by=by, revision=revision, tab=tab)
    application.applicant_title, application.applicant_name, application.own_number = (
        applicant_title,
        applicant_name,
        own_number,
    )
    application.save(update_fields=["applicant_title", "applicant_name", "own_number"])
    return _close(application, part, by=by, tab=tab)


def _open(application: Application, key: Part, *, by: Actor, revision: int, tab: str) -> ApplicationPart:
    lock_editable(application, by=by)
    part = ApplicationPart.objects.select_related("saved_by").get(application=application, key=key)
    own_last_save = bool(tab) and part.saved_tab == tab
    if part.revision != revision and not own_last_save:
        raise Conflict(part)
    return part


def _close(application: Application, part: ApplicationPart, *, by: Actor, tab: str) -> Application:
    part.revision += 1
    part.saved_at, part.saved_tab = clock.now(), tab
    part.saved_by = by.user if isinstance(by, UserActor) else None
    part.save(update_fields=["revision", "saved_at", "saved_by", "saved_tab", "texts"])
    audit.record(
        "grants.applicationpart.saved", by=by, target=part, data={"part": part.key, "revision": part.revision}
    )
    return application


def _check_rows(rows: list[ExpenseRow], typed: list[IncomeRow]) -> None:
    if len(rows) + len(typed) > LINES_MAX:
        raise Refusal(f"行は、支出と収入を合わせて{LINES_MAX}行までです。", code="rows")
    for row in rows:
        if not 0 <= row.ineligible_yen <= row.amount_yen or row.amount_yen > YEN_MAX:
            raise Refusal(
                f"「{row.description}」の金額か対象外の額を確かめてください。対象外の額は、金額までです。",
                code="range",
            )


def _replace_rows(application: Application, rows: list[ExpenseRow], typed: list[IncomeRow]) -> None:
    application.expenses.all().delete()
    application.incomes.all().delete()
    ExpenseLine.objects.bulk_create(
        ExpenseLine(
            application=application,
            position=position,
            setsu=row.setsu,
            description=row.description,
            unit_price_yen=row.unit_price_yen,
            quantity=row.quantity,
            amount_yen=row.amount_yen,
            ineligible_yen=row.ineligible_yen,
        )
        for position, row in enumerate(rows)
    )
    IncomeLine.objects.bulk_create(
        IncomeLine(
            application=application,
            position=position,
            kind=row.kind,
            description=row.description,
            amount_yen=row.amount_yen,
        )
        for position, row in enumerate(typed)
    )


def _recount(application: Application) -> None:
    """Take over the amounts of the budget as it stands under the cap as it stands."""
    found = queries.amounts(application, queries.cap(application))
    application.total_yen, application.base_yen, application.grant_yen = (
        found.total_yen,
        found.base_yen,
        found.grant_yen,
    )
