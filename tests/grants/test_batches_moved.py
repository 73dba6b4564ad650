"""What moved between choosing and the job: another draft is not signed or recorded unseen, another answer gets no 内示."""

from typing import Any

from django.test import Client

from grants import actions
from grants.actions.needs import Wanted
from grants.enums import Keeping, NeedsState
from grants.models import Application, Approval, LetterBatch, Menu, NeedsSurvey
from grants.queries import approving
from portal.kernel import audit
from portal.kernel.ports import audit_presenters
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import STEPS, deciding, line_of, open_approval, record, reviewing
from tests.factories.grants import Town, menu
from tests.support.html import assert_html

from .pages import text_of
from .test_batches import fresh, kept_here, survey, told  # noqa: F401
from .test_letters import numbers, run, towns

CHIEF, HEAD = "prefecture_section_chief", "prefecture_head"


def loaded(approval: Approval) -> Approval:
    return approving.with_case(Approval.objects.all()).get(pk=approval.pk)


def drafted_anew(town: Town, case: Application, by: Any) -> Approval:
    """The open 決裁 is sent back and another, of less, is drafted."""
    actions.send_back_approval(by=by, approval=open_approval(case), note="額を直す。")
    case = Application.objects.select_related("menu").get(pk=case.pk)
    actions.draft_decision(
        by=town.prefecture,
        application=case,
        amount_yen=100_000,
        line=line_of(town, case.menu),
        note="見なおした。",
    )
    return open_approval(case)


def test_a_draft_made_since_is_not_signed_in_the_place_of_the_one_chosen(town: Town) -> None:
    case = reviewing(town)
    kept_here(case.menu)
    case = deciding(town, fresh([case])[0])
    chief, other = (officer(CHIEF, KAGOSHIMA) for _ in range(2))
    batch = actions.ask_signatures(by=actor(chief), approvals=[loaded(open_approval(case))])
    later = drafted_anew(town, case, actor(other))
    run(batch)
    assert told(batch)[0][0] == "refused"
    assert "差戻し" in told(batch)[0][1]
    assert not later.steps.filter(signed_by__isnull=False).exists()


def test_a_decision_of_the_office_is_not_recorded_upon_a_draft_made_since(town: Town) -> None:
    case = deciding(town)
    batch = actions.ask_letters(by=town.prefecture, applications=[case], **record(town.prefecture))
    later = drafted_anew(town, case, town.prefecture)
    run(batch)
    assert [outcome for outcome, _ in told(batch)] == ["refused"]
    later.refresh_from_db()
    assert later.state == "drafted"


def test_what_somebody_else_drafted_since_is_not_recorded_either(town: Town) -> None:
    case = reviewing(town)
    batch = actions.ask_letters(
        by=town.prefecture, applications=[case], line=line_of(town, case.menu), **record(town.prefecture)
    )
    approval = open_approval(deciding(town, fresh([case])[0]))
    Approval.objects.filter(pk=approval.pk).update(drafted_by=officer("prefecture_officer", KAGOSHIMA))
    run(batch)
    assert "ほかの人が起案しました" in told(batch)[0][1]


def test_only_a_last_signature_takes_a_number_of_the_row(town: Town) -> None:
    """Of two that one person signs, the first is not the last signature of its 決裁: the row of numbers begins after it."""
    files = [reviewing(one) for one in towns(town, 2)]
    Menu.objects.filter(pk=files[0].menu_id).update(
        approval=Keeping.PORTAL, numbering=Keeping.EXTERNAL, approval_steps=STEPS
    )
    for one, case in zip(towns(town, 2), fresh(files), strict=True):
        one.__dict__["prefecture_user"] = town.prefecture_user
        deciding(town, case)
    both = officer(HEAD, KAGOSHIMA)
    officer(CHIEF, KAGOSHIMA, user=both)
    second = open_approval(files[1])
    actions.sign_approval(by=actor(officer(CHIEF, KAGOSHIMA)), approval=second)
    chosen = [loaded(open_approval(files[0])), loaded(second)]
    batch = actions.ask_signatures(by=actor(both), approvals=chosen, document_number="く共第5号")
    run(batch)
    assert [outcome for outcome, _ in told(batch)] == ["done", "done"]
    assert numbers([files[1]]) == ["く共第5号"]


def test_an_answer_filed_anew_gets_no_notice_that_was_meant_for_the_old_one(
    town: Town,
    survey: NeedsSurvey,  # noqa: F811
) -> None:
    answer = survey.answers.get(municipality=town.area)
    assert answer.state == NeedsState.ANSWERED
    batch = actions.ask_notices(by=town.prefecture, survey=survey, amounts=[(answer, 400_000)])
    actions.return_needs(by=town.prefecture, answer=answer, note="積算を直してください。")
    answer.refresh_from_db()
    actions.save_needs(
        by=town.officer, answer=answer, revision=answer.revision, items=[Wanted("別の事業", 900_000)]
    )
    actions.send_needs(by=town.chief, answer=answer)
    survey.answers.filter(pk=answer.pk).update(answered_at=answer.answered_at.replace(microsecond=1))
    run(batch)
    assert [outcome for outcome, _ in told(batch)] == ["refused"]
    assert "出しなおされました" in told(batch)[0][1]


def test_the_paper_of_a_batch_is_offered_on_each_of_its_decisions(town: Town, client: Client) -> None:
    case = deciding(town)
    run(actions.ask_letters(by=town.prefecture, applications=[case], **record(town.prefecture)))
    approval = case.approvals.get()
    client.force_login(town.prefecture_user)
    page = client.get(approval.get_absolute_url())
    assert_html(page.content)
    assert "決裁済.pdf" in text_of(page)
    assert client.get(f"{approval.get_absolute_url()}paper/").status_code == 200
    assert LetterBatch.objects.get().paper == approval.evidence


def test_the_history_says_what_was_kept_where_before_and_after(town: Town) -> None:
    row = menu(3)
    values: dict[str, Any] = {
        "menu": row,
        "approval_steps": STEPS,
        "approval": "external",
        "numbering": "external",
    }
    for here in ({"settlement": {"approval": "portal"}}, {}):
        actions.change_chain(by=town.prefecture, **values, matter_keeping=here)
    entries = audit.history(row)[:2]
    words = [audit_presenters["grants.menu.chain_changed"](entry.data).text for entry in entries]
    assert "額の確定は決裁 このポータル・文書番号 庁内の文書管理システムから決裁 庁内" in words[0]
    assert "から決裁 このポータル・文書番号 庁内" in words[1]
