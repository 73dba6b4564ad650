"""An application stays within the 内示 unless the office agrees: submitting above it, agreeing, and who may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from grants import actions, needs
from grants.models import Menu, NeedsAnswer
from portal.kernel import clock
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.grants import Town, open_call
from tests.support.html import assert_html

from .pages import send, text_of
from .test_needs import DUE, ITEMS

NOTICED, GRANT = 700_000, 710_000  # the factory's budget asks for 710,000


@pytest.fixture
def answer(town: Town) -> NeedsAnswer:
    """A municipality that was told 700,000 of 1,300,000."""
    open_call()
    assert town.officer
    assert town.chief
    menu = Menu.objects.get(programme__slug="kagoshima-r8", number=3)
    survey = actions.ask_needs(by=town.prefecture, menu=menu, due_on=DUE, text="")
    asked = survey.answers.get(municipality=town.area)
    actions.save_needs(by=town.officer, answer=asked, revision=0, items=ITEMS)
    actions.send_needs(by=town.chief, answer=asked)
    return actions.notice_needs(by=town.prefecture, answer=asked, notice_yen=NOTICED)


def agree(town: Town, answer: NeedsAnswer, yen: int = GRANT) -> NeedsAnswer:
    return actions.agree_above_notice(
        by=town.prefecture, answer=answer, agreed_yen=yen, agreed_note="災害の復旧のため。"
    )


def test_above_the_notice_it_is_refused_until_the_office_agrees(town: Town, answer: NeedsAnswer) -> None:
    application = town.ready()
    with pytest.raises(Refusal, match="この申請に使える額は700,000円、交付申請額は710,000円です") as refused:
        actions.submit(by=town.chief, application=application)
    assert refused.value.code == "notice"
    application.refresh_from_db()
    assert application.is_draft
    agree(town, answer)
    assert actions.submit(by=town.chief, application=application).version == 1
    found = needs.informal_notice(town.draft())
    assert found is not None
    assert (found.limit_yen, found.left_yen) == (GRANT, 0)


@pytest.mark.parametrize(
    ("yen", "said"),
    [(NOTICED, "内示額は700,000円です"), (1_000_001, "1市町村の上限は1,000,000円です")],
)
def test_an_agreement_is_above_the_notice_and_within_the_cap(
    town: Town, answer: NeedsAnswer, yen: int, said: str
) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        agree(town, answer, yen)
    assert refused.value.field == "agreed_yen"


def test_without_a_notice_there_is_nothing_to_agree_to(town: Town, answer: NeedsAnswer) -> None:
    NeedsAnswer.objects.filter(pk=answer.pk).update(
        state="answered", noticed_at=None, notice_yen=None, noticed_by=None
    )
    answer.refresh_from_db()
    with pytest.raises(Refusal, match="内示をしてから"):
        agree(town, answer)


def test_only_the_office_agrees(town: Town, answer: NeedsAnswer) -> None:
    for stranger in (town.chief, town.officer, Town().officer):
        with pytest.raises(PermissionDenied):
            actions.agree_above_notice(by=stranger, answer=answer, agreed_yen=GRANT, agreed_note="x")


def test_a_sum_without_its_reason_is_refused_by_the_database(answer: NeedsAnswer) -> None:
    with pytest.raises(IntegrityError, match="needsanswer_agreed_above_notice"), transaction.atomic():
        NeedsAnswer.objects.filter(pk=answer.pk).update(agreed_yen=GRANT, agreed_at=clock.now())


def test_on_the_pages_and_in_the_mail(client: Client, town: Town, answer: NeedsAnswer) -> None:
    application = town.ready()
    client.force_login(town.officer_user)
    assert "このままでは提出できません" in text_of(client.get(application.get_absolute_url()))
    client.force_login(town.prefecture_user)
    there, url = answer.get_staff_url(), answer.get_agree_url()
    low = send(client, there, action=url, agreed_yen="７０", agreed_note="災害の復旧のため。")
    assert (low.status_code, "それより大きくしてください" in text_of(low)) == (409, True)
    assert_html(low.content)
    assert send(client, there, action=url, agreed_yen="710,000円", agreed_note="").status_code == 422
    done = send(client, there, action=url, agreed_yen="710,000円", agreed_note="災害の復旧のため。")
    assert (done.status_code, done["Location"]) == (303, there)
    page = client.get(there)
    assert "内示を超える申請に同意した(710,000円まで)" in text_of(page)
    assert_html(page.content)
    mail = OutboxMessage.objects.filter(subject__startswith="内示を超える申請").first()
    assert mail is not None
    assert "710,000円(内示額 700,000円)" in mail.body
    client.force_login(town.officer_user)
    assert "710,000円" in text_of(client.get(answer.get_absolute_url()))
    assert "県が同意した額" in text_of(client.get(application.get_absolute_url()))
