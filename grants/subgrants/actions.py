"""間接補助: written by the コミプラ or for it, decided and settled by the municipality's chief within the 18節 line."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from communities.models import Platform
from communities.saving import change, insert, insert_all
from portal.accounts.models import User
from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from .. import queries as applications
from ..enums import ApplicationState
from ..models import Application, SubGrant, SubGrantLine, SubGrantWriter
from ..stopping.checking import check_not_stopped
from ..together.drafts import CONFLICT
from . import mails, queries
from .enums import CORRECTION_DAYS_MAX, WRITTEN, SubGrantState
from .papers import APPLICATION, DECISION, REFUSAL, RESULT, REVOCATION, SETTLEMENT
from .workflow import RUN, SUBGRANT

NOTHING_ASKED: dict[str, Any] = {"correct_on": None, "returned_note": ""}
RUNNING = (ApplicationState.DECIDED, ApplicationState.CHANGING)  # of the file above


@transaction.atomic
def start_subgrant(*, by: Actor, application: Application, platform: Platform, title: str) -> SubGrant:
    """Begin the file of a コミプラ below a decided file of 間接補助. Raises PermissionDenied, Refusal, ValidationError."""
    permissions.require(by, "grants.start_subgrant", application)
    _lock_above(application)
    check_not_stopped(application)
    if not application.is_indirect:
        raise Refusal("この申請は、市町村が直接行う事業です。間接補助はありません。", code="direct")
    if platform.area_id != application.municipality_id:
        raise Refusal("その市町村のコミプラを選んでください。", field="platform")
    row = insert(SubGrant(application=application, platform=platform, title=title))
    audit.record("grants.subgrant.started", by=by, target=row, data={})
    return row


@transaction.atomic
def name_writer(*, by: Actor, subgrant: SubGrant, email: str) -> SubGrant:
    """Let a person of the コミプラ write its file; they need an account. Again: nothing changes. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_subgrant", subgrant)
    applications.lock(subgrant.application)
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise Refusal("このメールアドレスの利用者がいません。先に登録してもらってください。", field="email")
    row, made = SubGrantWriter.objects.get_or_create(subgrant=subgrant, user=user)
    if change(row, {"ended_at": None}) or made:
        audit.record("grants.subgrant.writer_named", by=by, target=subgrant, data={"user": user.pk})
        mails.named(subgrant, user.email)
    return subgrant


@transaction.atomic
def end_writer(*, by: Actor, subgrant: SubGrant, writer: SubGrantWriter) -> SubGrant:
    """Somebody of the コミプラ writes it no longer, and does not see it any more. Again: nothing changes. Raises PermissionDenied."""
    permissions.require(by, "grants.run_subgrant", subgrant)
    applications.lock(subgrant.application)
    row = subgrant.writers.get(pk=writer.pk)
    if row.ended_at is None:
        change(row, {"ended_at": clock.now()})
        audit.record("grants.subgrant.writer_ended", by=by, target=subgrant, data={"user": row.user_id})
    return subgrant


@transaction.atomic
def write_subgrant(
    *, by: Actor, subgrant: SubGrant, revision: int, amounts: Mapping[str, int], asked_yen: int, **texts: Any
) -> SubGrant:
    """Keep the draft: texts, what is asked for, the budget by 費目 (`amounts` by item, in yen).

    `revision` is the one that the person wrote upon. Raises PermissionDenied, Refusal (no draft, saved meanwhile).
    """
    _lock(by, subgrant, "grants.write_subgrant", *WRITTEN)
    if subgrant.revision != revision:
        raise Refusal(CONFLICT, code="conflict")
    change(subgrant, {"asked_yen": asked_yen, "revision": revision + 1, **texts})
    subgrant.lines.all().delete()
    insert_all(
        [
            SubGrantLine(subgrant=subgrant, item=item, budget_yen=amount)
            for item, amount in amounts.items()
            if amount
        ]
    )
    audit.record("grants.subgrant.saved", by=by, target=subgrant, data={"asked_yen": asked_yen})
    return subgrant


@transaction.atomic
def submit_subgrant(*, by: Actor, subgrant: SubGrant) -> SubGrant:
    """Apply to the municipality: complete, income and grant cover the expenses exactly. Raises PermissionDenied, Refusal."""
    check_not_stopped(_lock(by, subgrant, "grants.write_subgrant", *WRITTEN))
    if not subgrant.applicant_name or not subgrant.content:
        raise Refusal("代表者と、することを書いてから、申請してください。", code="incomplete")
    income, expense = queries.sums(subgrant, "budget_yen")
    if not subgrant.asked_yen:
        raise Refusal("申請額を入れてください。", code="incomplete")
    if income + subgrant.asked_yen != expense:
        raise Refusal(
            f"収入({yen(income)})と申請額({yen(subgrant.asked_yen)})の合計が、支出({yen(expense)})と合いません。",
            code="balance",
        )
    _check_in_time(subgrant)
    SUBGRANT.apply(subgrant, "submit", by=by, **NOTHING_ASKED)
    mails.submitted(subgrant)
    _issue(APPLICATION, subgrant, by)
    return subgrant


@transaction.atomic
def return_subgrant(*, by: Actor, subgrant: SubGrant, note: str, correct_on: date) -> SubGrant:
    """Return an application, or the filed result, to the コミプラ: what is to be corrected until the end of which day.

    Again while it is being corrected: the day and the words are replaced. Raises PermissionDenied, Refusal (decided, settled,
    a day that is past or too far).
    """
    _lock(by, subgrant, RUN, SubGrantState.SUBMITTED, SubGrantState.RETURNED, SubGrantState.REPORTED)
    today = clock.today_jst()
    if not today < correct_on <= today + timedelta(days=CORRECTION_DAYS_MAX):
        raise Refusal(
            f"期限は、明日から{CORRECTION_DAYS_MAX}日先までの日にしてください。", field="correct_on"
        )
    name = "return_result" if subgrant.state == SubGrantState.REPORTED else "return_for_correction"
    SUBGRANT.apply(subgrant, name, by=by, note=note, returned_note=note, correct_on=correct_on)
    mails.returned(subgrant)
    return subgrant


@transaction.atomic
def decide_subgrant(
    *, by: Actor, subgrant: SubGrant, decided_yen: int, document_number: str, conditions: str = ""
) -> SubGrant:
    """Decide the grant to the コミプラ: at most what was asked, and all decisions together at most the 18節 line.

    The notice is in the municipality's name. Locks the file above. Raises PermissionDenied, Refusal.
    """
    application = _lock(by, subgrant, "grants.decide_subgrant", SubGrantState.SUBMITTED)
    check_not_stopped(application)
    left = queries.line_yen(application) - queries.used_yen(application)
    if not 0 < decided_yen <= subgrant.asked_yen:
        raise Refusal(
            f"交付決定額は、1円から申請額({yen(subgrant.asked_yen)})までです。", field="decided_yen"
        )
    if decided_yen > left:
        raise Refusal(f"18節の残りは{yen(max(0, left))}です。", field="decided_yen", code="line")
    SUBGRANT.apply(
        subgrant, "decide", by=by, decided_yen=decided_yen, document_number=document_number,
        answer_reason=conditions,
    )  # fmt: skip
    mails.answered(subgrant)
    _issue(DECISION, subgrant, by, subgrant.document_number)
    return subgrant


@transaction.atomic
def refuse_subgrant(*, by: Actor, subgrant: SubGrant, note: str, document_number: str = "") -> SubGrant:
    """Refuse it, with the reason. Raises PermissionDenied, Refusal."""
    _lock(by, subgrant, "grants.decide_subgrant", SubGrantState.SUBMITTED)
    SUBGRANT.apply(subgrant, "refuse", by=by, note=note, answer_reason=note)
    mails.answered(subgrant)
    _issue(REFUSAL, subgrant, by, document_number)
    return subgrant


@transaction.atomic
def report_subgrant(*, by: Actor, subgrant: SubGrant, amounts: Mapping[str, int], outcome: str) -> SubGrant:
    """Report the result with the 決算 by 費目. Raises PermissionDenied, Refusal (nothing was spent)."""
    _lock(by, subgrant, "grants.write_subgrant", SubGrantState.DECIDED)
    known = {line.item: line for line in subgrant.lines.all()}
    fresh = [
        SubGrantLine(subgrant=subgrant, item=item, budget_yen=0, actual_yen=amount)
        for item, amount in amounts.items()
        if item not in known and amount
    ]
    for item, line in known.items():
        line.actual_yen = amounts.get(item, 0)
        line.save(update_fields=["actual_yen"])
    insert_all(fresh)
    if not queries.sums(subgrant, "actual_yen")[1]:
        raise Refusal("支出の決算を入れてください。", code="incomplete")
    saved: dict[str, Any] = {"outcome": outcome, "revision": subgrant.revision + 1}
    SUBGRANT.apply(subgrant, "report", by=by, **saved, **NOTHING_ASKED)
    mails.reported(subgrant)
    _issue(RESULT, subgrant, by)
    return subgrant


@transaction.atomic
def settle_subgrant(*, by: Actor, subgrant: SubGrant, document_number: str = "") -> SubGrant:
    """Settle: min(decided, expenses − other income), in yen. Raises PermissionDenied, Refusal."""
    _lock(by, subgrant, "grants.decide_subgrant", SubGrantState.REPORTED)
    income, expense = queries.sums(subgrant, "actual_yen")
    amount = min(subgrant.decided_yen or 0, max(0, expense - income))
    SUBGRANT.apply(subgrant, "settle", by=by, settled_yen=amount)
    mails.answered(subgrant)
    _issue(SETTLEMENT, subgrant, by, document_number)
    return subgrant


@transaction.atomic
def withdraw_subgrant(*, by: Actor, subgrant: SubGrant, note: str) -> SubGrant:
    """Take it back before it is decided, with the reason. Raises PermissionDenied, Refusal."""
    applications.lock(subgrant.application)
    return SUBGRANT.apply(subgrant, "withdraw", by=by, note=note)


@transaction.atomic
def revoke_subgrant(*, by: Actor, subgrant: SubGrant, note: str, document_number: str = "") -> SubGrant:
    """Revoke a decision below, with the reason; the 18節 line is free again. Raises PermissionDenied, Refusal."""
    applications.lock(subgrant.application)
    SUBGRANT.apply(subgrant, "revoke", by=by, note=note, answer_reason=note)
    mails.answered(subgrant)
    _issue(REVOCATION, subgrant, by, document_number)
    return subgrant


def _check_in_time(subgrant: SubGrant) -> None:
    """A returned application comes back until the end of its day; later its municipality gives another one. Raises Refusal."""
    if subgrant.correct_on and clock.today_jst() > subgrant.correct_on:
        raise Refusal(
            f"補正の期限({wareki(subgrant.correct_on)})を過ぎました。市町村に、期限を改めてもらってください。",
            code="late",
        )


def _lock(by: Actor, subgrant: SubGrant, permission: str, *states: str) -> Application:
    """Lock the file above, then read the one below; it must stand in one of `states`."""
    permissions.require(by, permission, subgrant)
    application = _lock_above(subgrant.application)
    subgrant.refresh_from_db()
    if subgrant.state not in states:
        raise Refusal(
            f"この間接補助は、いま「{subgrant.get_state_display()}」です。最新の内容を確かめてください。",
            code="moved",
        )
    return application


def _lock_above(application: Application) -> Application:
    applications.lock(application)
    if application.state not in RUNNING:
        raise Refusal(
            f"市町村の申請が、いま「{application.get_state_display()}」です。間接補助の手続きはできません。",
            code="moved",
        )
    return application


def _issue(kind: str, subgrant: SubGrant, by: Actor, number: str = "") -> None:
    programme = subgrant.application.menu.programme
    documents.issue(
        kind,
        subgrant,
        by=by,
        authority=programme.authority,
        section=None,
        year=programme.fiscal_year,
        own_number=number,
    )
