"""What 廃棄 reaches: every table and column that it leaves is named here, and what came after the end of a file counts."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from grants import queries as applications
from grants.assets.enums import DisposalState
from grants.models import Application, Approval, Asset, Disposal, Payment, Reclaim
from grants.queries import queue
from grants.recovery.enums import Cause
from grants.retention import actions, queries
from grants.retention.erasing import paths_to_file, texts
from grants.retention.kinds import KINDS
from grants.settlement.queries import money
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock as now
from portal.kernel import exports
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.assets import closed
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.recovery import paid, revoked
from tests.support.world import ClockFile

from .commission_support import signed_in
from .pages import text_of

OVER = "2032-04-01T10:00:00+09:00"
SHARED = {  # of no single file: the year's programme, the registers, public calls, the record of keeping itself
    "Advisor", "AgencyContract", "AgencyStatement", "BudgetLine", "Call", "CallExtension", "CommissionCall",
    "CommissionItem", "CommissionQuestion", "CommissionTheme", "Hold", "Menu", "NeedsAnswer", "NeedsItem",
    "NeedsSurvey", "PanelSeat", "Programme", "ProjectType", "Supporter", "SupporterTerms", "TermExtension",
}  # fmt: skip
EMPTIED_APART = {
    "LetterBatch",
    "Payment",
}  # what stands above several files; its payee hangs on a case by kind and id
LEFT = {  # what a figure or a number is found by again, and words of ours
    "Application.own_number", "Application.title", "ApplicationPart.saved_tab", "ApplicationSnapshot.digest",
    "Approval.approver_title", "Approval.document_number", "Approval.record_number", "Approval.title",
    "ApprovalStep.title", "Asset.kind", "Asset.name", "Asset.spec", "Attachment.kind", "ChangeRequest.saved_tab", "CheckAnswer.key",
    "Commitment.number", "Contract.title", "Dispatch.own_number", "Dispatch.saved_tab", "Dispatch.title",
    "Proposal.title", "QualificationAnswer.key", "RedactionMark.field", "ResultReport.saved_tab", "SheetTyped.based_on", "Workshop.own_number", "Workshop.saved_tab", "Workshop.title",
}  # fmt: skip


def holds_words(model: type[models.Model]) -> bool:
    return any(field for field in texts(model))


def test_every_table_with_words_is_emptied_or_named_here() -> None:
    reached = {model for kind in KINDS.values() for model in paths_to_file(kind.model)}
    others = {
        model.__name__
        for model in apps.get_app_config("grants").get_models()
        if model not in reached and holds_words(model)
    }
    assert others - EMPTIED_APART <= SHARED
    left = {
        f"{model.__name__}.{field.name}"
        for model in reached
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
        if field not in texts(model)
    }
    assert left == LEFT


def terms(case: Application) -> Any:
    return queries.with_terms(Application.objects.filter(pk=case.pk)).get()


@pytest.fixture
def case(town: Town, clock: ClockFile) -> Application:
    """Closed on 25 March 2027 as a row."""
    made = decided(town)
    clock.set("2027-03-25T10:00:00+09:00")
    return closed(made)


def asset_of(case: Application, **values: Any) -> Asset:
    return Asset.objects.create(
        application=case, name="車", kind="kei", unit_price_yen=1_000_000, amount_yen=1_000_000, grant_yen=500_000,
        acquired_on=date(2026, 12, 1), place="公民館", years=4, until_on=date(2030, 12, 1), **values,
    )  # fmt: skip


def test_what_comes_after_the_end_starts_the_clock_anew(case: Application, clock: ClockFile) -> None:
    assert terms(case).kept_until == date(2032, 3, 31)
    clock.set("2029-06-01T10:00:00+09:00")
    piece = asset_of(case, state="disposed", ended_at=now.now())
    assert terms(case).kept_until == date(2035, 3, 31)
    clock.set("2030-06-01T10:00:00+09:00")
    Disposal.objects.create(
        asset=piece, kind="transfer", planned_on=date(2030, 6, 1), reason="理由", plan="計画", state=DisposalState.APPROVED,
        answered_at=now.now(), payback_yen=0,
    )  # fmt: skip
    assert terms(case).kept_until == date(2036, 3, 31)


def test_money_that_nobody_asked_for_holds_a_file(town: Town, case: Application, clock: ClockFile) -> None:
    """An approved 処分 with a 納付金 before its 納入通知; a settled file that received too much."""
    wish = Disposal.objects.create(
        asset=asset_of(case, state="disposed", ended_at=now.now()), kind="transfer", planned_on=date(2027, 3, 25),
        reason="理由", plan="計画", state=DisposalState.APPROVED, answered_at=now.now(), payback_yen=10_000,
    )  # fmt: skip
    clock.set(OVER)
    with pytest.raises(Refusal, match="納入の済んでいない返還か、納付金"):
        actions.propose_discard(by=town.prefecture, case=case)
    Disposal.objects.filter(pk=wish.pk).update(payback_yen=0)
    assert not terms(case).is_owed
    programme = case.menu.programme
    Payment.objects.create(
        authority=programme.authority, case_type="grants.application", case_id=case.pk, slot="a", title="補助金",
        kind="grant", payee="市", gross_yen=900_000, net_yen=900_000, fiscal_year=2026, ordered_on=date(2027, 3, 1),
        state="paid", paid_on=date(2027, 3, 2), paid_at=now.now(), charged_year=2026,
    )  # fmt: skip
    assert terms(case).is_owed
    assert not Reclaim.objects.filter(application=case).exists()


def test_a_revoked_file_is_held_until_the_rest_of_its_grant_is_back_and_no_longer(
    town: Town, case: Application
) -> None:
    """Paid 1,000,000 yen, of which 300,000 came in as 納付金 before the 取消し: 700,000 are to come back, as `Balance` has it."""
    paid(case, 1_000_000)
    sold, given = (
        Disposal.objects.create(
            asset=asset_of(case, state="disposed", ended_at=now.now()), kind="transfer", planned_on=date(2027, 3, 25),
            reason="理由", plan="計画", state=DisposalState.APPROVED, answered_at=now.now(), payback_yen=yen,
        )
        for yen in (300_000, 10_000)
    )  # fmt: skip
    collected(case, 300_000, cause=Cause.DISPOSAL, disposal=sold)
    revoked(town, case)
    assert (money.balance_of(case).due_back_yen, terms(case).is_owed) == (700_000, True)
    part = collected(case, 699_999, cause=Cause.REVOCATION)
    assert (money.balance_of(case).due_back_yen, terms(case).is_owed) == (1, True)
    Reclaim.objects.filter(pk=part.pk).update(amount_yen=700_000, repaid_yen=700_000)
    assert not given.reclaims.exists()  # its 納付金 is asked from nobody any more: the whole grant came back
    assert (money.balance_of(case).due_back_yen, terms(case).is_owed) == (0, False)


def collected(case: Application, amount_yen: int, **values: Any) -> Reclaim:
    """Money that came back today."""
    today = now.today_jst()
    return Reclaim.objects.create(
        application=case, amount_yen=amount_yen, repaid_yen=amount_yen, due_on=today, state="collected", collected_on=today,
        collected_at=now.now(), booked="revenue", **values,
    )  # fmt: skip


def test_an_open_decision_holds_a_file(town: Town, case: Application, clock: ClockFile) -> None:
    clock.set(OVER)
    signed = Approval.objects.filter(application=case).earliest("drafted_at")
    signed.pk, signed.state, signed.signed_at, signed.decided_on = None, "drafted", None, None
    signed.effective_on, signed.document_number, signed.paper = None, "", None
    signed.pk = Approval._meta.pk.get_default()
    signed.save(force_insert=True)
    with pytest.raises(Refusal, match="決裁の途中です"):
        actions.propose_discard(by=town.prefecture, case=case)


def test_a_thrown_away_file_is_in_no_queue_no_export_and_no_hands(
    town: Town, case: Application, clock: ClockFile, client: Client
) -> None:
    clock.set(OVER)
    row = actions.propose_discard(by=town.prefecture, case=case)
    actions.approve_discard(by=actor(officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)), discard=row)
    scope = Scope.of(town.prefecture)
    assert not applications.received(scope).filter(pk=case.pk).exists()
    assert not queue.in_hand(KAGOSHIMA).filter(pk=case.pk).exists()
    assert queue.received_file(scope, case.pk) is None
    export = exports.ask_for_export(by=town.prefecture, kind="applications", form="csv", params={})
    assert case.title not in b"".join(exports.stream(export, town.prefecture)).decode("utf-8-sig")
    desk = signed_in(town.prefecture_user)
    assert case.title not in text_of(desk.get(reverse("grants:staff_queue")))
    for name in ("staff_application_detail", "dossier_list", "staff_result", "recovery"):
        assert desk.get(reverse(f"grants:{name}", args=[case.pk])).status_code == 404, name
    with pytest.raises(Refusal, match="もう廃棄しました"), transaction.atomic():
        applications.lock(case)
