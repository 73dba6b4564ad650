"""The 内示 as a letter: what it says, and who may read it."""

from datetime import date

from django.template.loader import render_to_string

from grants import actions
from grants.actions.needs import Wanted
from grants.numbering import optional_number
from grants.papers.needs import KIND, NOTICE
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.documents.snapshots import context
from tests.factories.grants import Town, menu

ITEMS = [Wanted("買い物を支える事業", 900_000), Wanted("拠点づくり", 400_000)]


def test_the_notice_is_a_letter_that_says_that_no_claim_follows(town: Town) -> None:
    assert town.chief
    survey = actions.ask_needs(by=town.prefecture, menu=menu(3), due_on=date(2026, 12, 18), text="予定は")
    answer = survey.answers.get(municipality=town.area)
    actions.save_needs(by=town.officer, answer=answer, items=ITEMS, revision=answer.revision)
    actions.send_needs(by=town.chief, answer=answer)
    actions.notice_needs(
        by=town.prefecture, answer=answer, notice_yen=800_000, notice_note="拠点づくりを先に"
    )
    letter = Document.objects.get(kind=NOTICE, object_id=answer.pk)
    page = render_to_string("grants/pdf/informal_notice.html", context(letter.snapshot) | {"title": "内示"})
    for words in (
        "800,000円",
        "1,300,000円",
        "拠点づくりを先に",
        "請求権は生じません",
        f"{town.area.name}長",
    ):
        assert words in page
    for who, sees in ((town.officer, True), (town.prefecture, True), (Town().officer, False)):
        assert KIND.visible_to(Scope.of(who)).filter(pk=answer.pk).exists() is sees


def test_where_the_portal_numbers_the_letter_gets_the_next_number(town: Town) -> None:
    row = menu(3)
    row.numbering = "portal"
    given = [optional_number(row, town.office, "") for _ in range(2)]
    assert given == [f"{town.office.symbol}第{number}号" for number in (1, 2)]
    row.numbering = "external"
    assert optional_number(row, town.office, "地共第5号") == "地共第5号"
