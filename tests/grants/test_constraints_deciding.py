"""Every constraint of 決裁, decision and 支出負担行為: one row that the database refuses."""

from datetime import date, timedelta

from grants import actions
from grants.models import Approval, ApprovalStep, BatchItem, Commitment, Decision, LetterBatch, SigningDeputy
from portal.kernel import clock
from tests.factories.deciding import decided, deciding, rejected, reviewing
from tests.factories.grants import Town, staged

from .test_constraints import change, copy, refuses


def test_approvals(town: Town) -> None:
    waiting = deciding(town).approvals.get()
    signed: Approval = decided(Town(office=town.office)).approvals.get()
    now = clock.now()
    refuses("approval_one_target", change(waiting, application=None))
    refuses("approval_one_open_application", copy(waiting))
    refuses("approval_signed_iff_dated", change(signed, document_number=""))
    refuses("approval_signed_iff_dated", change(waiting, effective_on=now.date()))
    refuses("approval_dates_in_order", change(signed, effective_on=date(2026, 1, 1)))
    refuses("approval_external_is_evidenced", change(signed, record_number=""))
    refuses("approval_external_is_evidenced", change(signed, paper=None))
    refuses("approval_external_is_evidenced", change(signed, keeping="portal"))
    refuses("approval_sent_back_iff_stamped", change(waiting, sent_back_at=now))
    refuses("approval_dropped_iff_stamped", change(waiting, dropped_at=now))


def test_steps_and_deputies(town: Town) -> None:
    approval = deciding(town).approvals.get()
    step = ApprovalStep.objects.create(approval=approval, position=1, role="prefecture_head", title="部長")
    refuses("approvalstep_position_once", copy(step))
    refuses("approvalstep_signed_iff_stamped", change(step, signed_at=clock.now()))
    refuses("approvalstep_signed_iff_stamped", change(step, deputised=True))
    pressed = {"signed_at": clock.now(), "signed_by": town.chief_user}
    ApprovalStep.objects.filter(pk=step.pk).update(**pressed)
    refuses("approvalstep_one_signature_each", copy(step, position=2, **pressed))
    ApprovalStep.objects.filter(pk=step.pk).update(signed_at=None, signed_by=None)
    seen = {"seen_at": clock.now(), "seen_by": town.chief_user}
    refuses("approvalstep_seen_only_deputised", change(step, **seen))
    deputy = SigningDeputy.objects.create(
        authority=approval.menu.programme.authority, role="prefecture_head", holder=town.chief_user,
        deputy=town.officer_user, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30),
    )  # fmt: skip
    refuses("signingdeputy_another_person", change(deputy, deputy=town.chief_user))
    refuses("signingdeputy_another_person", change(deputy, deputy=None))
    refuses("signingdeputy_ends_after_start", change(deputy, ends_on=date(2026, 10, 1)))


def test_commitments(town: Town) -> None:
    planned: Commitment = deciding(town).approvals.get().commitment
    refuses("commitment_numbered_iff_made", change(planned, number="負-1"))
    refuses("commitment_in_range", change(planned, amount_yen=0))


def test_batches(town: Town) -> None:
    case = reviewing(town)
    today = clock.today_jst()
    batch = LetterBatch.objects.create(
        menu=case.menu, record_number="起-1", decided_on=today, approver_title="課長", approver_name="見本",
        paper=staged(town.prefecture), effective_on=today,
    )  # fmt: skip
    refuses("letterbatch_dates_in_order", change(batch, effective_on=date(2026, 1, 1)))
    refuses("letterbatch_evidenced_iff_recorded", change(batch, approver_name=""))
    refuses("letterbatch_evidenced_iff_recorded", change(batch, way="sign"))
    refuses("letterbatch_matter_unless_notice", change(batch, matter=""))
    item = BatchItem.objects.create(batch=batch, application=case, position=1)
    refuses("batchitem_position_once", copy(item, application=reviewing(Town(office=town.office))))
    refuses("batchitem_file_once", copy(item, position=2))
    refuses("batchitem_refused_says_why", change(item, outcome="refused"))
    refuses("batchitem_refused_says_why", change(item, message="理由"))
    refuses("batchitem_one_target", change(item, application=None))
    refuses("batchitem_amount_iff_notice", change(item, amount_yen=1))
    survey = actions.ask_needs(by=town.prefecture, menu=case.menu, due_on=today + timedelta(days=20))
    answer = survey.answers.get(municipality=town.area)
    noticed = BatchItem.objects.create(batch=batch, answer=answer, amount_yen=0, position=2)
    refuses("batchitem_answer_once", copy(noticed, position=3))


def test_decisions(town: Town) -> None:
    granted: Decision = deciding(town).decisions.get()
    refused: Decision = rejected(Town(office=town.office)).decisions.get()
    refuses("decision_amount_iff_granted", change(granted, amount_yen=None))
    refuses("decision_amount_iff_granted", change(refused, computed_yen=1))
    refuses("decision_within_computed", change(granted, amount_yen=granted.computed_yen + 1, note="増やす"))
    refuses("decision_less_says_why", change(granted, amount_yen=1000))
    refuses("decision_rejection_says_why", change(refused, reason=""))
    refuses("decision_rejection_says_why", change(granted, reason="理由"))


def test_what_an_application_holds_of_its_decision(town: Town) -> None:
    case = decided(town)
    refuses("application_decided_iff_judged", change(case, decided_at=None, decided_yen=None))
    refuses("application_decided_within_grant", change(case, decided_yen=case.grant_yen + 1))
    refuses("application_decided_within_grant", change(case, decided_yen=None))
    refuses("application_held_iff_taken", change(case, held_at=None, held_by=None))
