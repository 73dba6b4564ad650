"""A filed change is taken back before it is answered: cap, 科目 and 決裁 as before, the paper void, the words kept."""

import pytest
from django.core.exceptions import PermissionDenied

from grants.models import Application, CapUse, Commitment
from grants.settlement.actions import answering
from grants.settlement.actions import changing as actions
from grants.settlement.papers_changing import REQUEST
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.deciding import GRANT_YEN, decided, line_of
from tests.factories.grants import Town
from tests.factories.settlement import answered, changing
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import send, text_of


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def test_everything_is_as_decided_again_and_it_may_be_filed_anew(
    town: Town, case: Application, clock: ClockFile
) -> None:
    changing(town, case, more_yen=200_000, asked_yen=810_000)
    answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))
    for by in (town.officer, town.prefecture):
        with pytest.raises(PermissionDenied):
            actions.take_back_change(by=by, application=case)
    actions.take_back_change(by=town.chief, application=case)
    assert case.state == "decided"
    use = CapUse.objects.get(application=case)
    assert (use.amount_yen, use.basis) == (GRANT_YEN, "decided")
    live = Commitment.objects.filter(approval__application=case, released_at__isnull=True)
    assert sum(live.values_list("amount_yen", flat=True)) == GRANT_YEN
    assert not case.approvals.filter(state="drafted").exists()
    assert Document.objects.get(kind=REQUEST).state == "void"
    assert OutboxMessage.objects.filter(template="grants/mail/settlement/change_taken_back").exists()
    with pytest.raises(Refusal, match="いま「交付決定」"):
        actions.take_back_change(by=town.chief, application=case)
    clock.set("2026-11-26T10:00:00+09:00")
    actions.request_change(by=town.chief, application=case)
    assert sorted(Document.objects.filter(kind=REQUEST).values_list("state", flat=True)) == [
        "issuing",
        "void",
    ]
    answering.draft_refusal(by=town.prefecture, application=case, reason="余裕がない。")
    answered(town, case, commitment_number="")
    assert Application.objects.get(pk=case.pk).decided_yen == GRANT_YEN


def test_by_clicking(town: Town, case: Application) -> None:
    changing(town, case, content="会場を変える。")
    chief = StrictClient()
    chief.force_login(town.chief_user)
    url = case.get_change_url()
    assert send(chief, url, action=f"{url}take-back/").status_code == 303
    assert "変更の内容を直す" in text_of(chief.get(url))
