"""A paper can be changed until it is sent; afterwards its words stay, and the next thing to do is to remind."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions
from communities.actions.inquiries import Asked
from communities.models import Inquiry
from portal.kernel import audit, clock
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.pages import form_values
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():  # type: ignore[no-untyped-def]
    return make.ward_officer()


def client_of(who) -> StrictClient:  # type: ignore[no-untyped-def]
    made = StrictClient()
    made.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def draft(officer, *communities) -> Inquiry:  # type: ignore[no-untyped-def]
    return actions.draft_inquiry(
        by=officer, area=make.area(make.AKIHA), title="来年度の会場", text="会場の予約に使います。",
        due_on=clock.today_jst() + timedelta(days=10), communities=communities,
        questions=[Asked("text", "困りごと"), Asked("choice", "会場", ["公民館", "学校"])],
    )  # fmt: skip


def changed(**more):  # type: ignore[no-untyped-def]
    values = {
        "title": "再来年度の会場", "text": "", "due_on": clock.today_jst() + timedelta(days=20),
        "questions": [Asked("number", "何回ひらきますか")],
    }  # fmt: skip
    return {**values, **more}


def test_title_text_questions_recipients_and_day_change_until_it_is_sent(officer) -> None:  # type: ignore[no-untyped-def]
    first, second = make.community(), make.community()
    inquiry = draft(officer, first)
    actions.edit_inquiry(revision=0, by=officer, inquiry=inquiry, communities=[second], **changed())
    inquiry.refresh_from_db()
    assert (inquiry.title, inquiry.text) == ("再来年度の会場", "")
    assert inquiry.due_on == clock.today_jst() + timedelta(days=20)
    assert [(row.kind, row.label) for row in inquiry.questions.all()] == [("number", "何回ひらきますか")]
    assert [row.community for row in inquiry.recipients.all()] == [second]
    assert audit.history(inquiry)[0].data == {"recipients": 1, "questions": 1}
    actions.open_inquiry(by=officer, inquiry=inquiry)
    with pytest.raises(Refusal, match="もう送った"):
        actions.edit_inquiry(revision=0, by=officer, inquiry=inquiry, communities=[first], **changed())
    assert [row.community for row in inquiry.recipients.all()] == [second]


def test_a_refused_change_leaves_the_draft_as_it_was(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    inquiry = draft(officer, where)
    for wrong in (
        {"communities": []}, {"questions": [], "communities": [where]},
        {"due_on": clock.today_jst(), "communities": [where]},
    ):  # fmt: skip
        with pytest.raises((Refusal, ValidationError)):
            actions.edit_inquiry(revision=0, by=officer, inquiry=inquiry, **changed(**wrong))
    with pytest.raises(PermissionDenied):
        actions.edit_inquiry(
            revision=0, by=make.ward_officer("151017"), inquiry=inquiry, communities=[where], **changed()
        )
    assert inquiry.questions.count() == 2
    assert Inquiry.objects.get(pk=inquiry.pk).title == "来年度の会場"


def test_the_page_shows_the_draft_and_takes_recipients_out_and_in(officer) -> None:  # type: ignore[no-untyped-def]
    first, second, third = make.community(), make.community(), make.community(publish=False)
    inquiry, client = draft(officer, first, third), client_of(officer)
    address = f"{inquiry.get_absolute_url()}edit/"
    page = client.get(address)
    assert_html(page.content)
    assert address in client.get(inquiry.get_absolute_url()).content.decode()
    values = form_values(page.content)
    assert (values["title"], values["label_1"], values["choices_2"]) == (
        "来年度の会場",
        "困りごと",
        "公民館、学校",
    )
    sent = client.post(address, {**values, "title": "直した件名", "stay": str(third.pk), "more": "on"})
    assert sent.status_code == 303
    assert {row.community for row in inquiry.recipients.all()} == {first, second, third}
    refused = client.post(
        address, {**form_values(client.get(address).content), "title": "のこる", "stay": []}
    )
    assert refused.status_code == 422
    assert "この条件に合うコミュニティがありません" in refused.content.decode()
    assert "のこる" in refused.content.decode()
    stale = form_values(client.get(address).content)
    actions.open_inquiry(by=officer, inquiry=inquiry)
    late = client.post(address, {**stale, "title": "おそい直し", "stay": str(third.pk)})
    assert late.status_code == 409
    assert "おそい直し" in late.content.decode()
    assert client.get(address).status_code == 303
    assert Inquiry.objects.get(pk=inquiry.pk).title == "直した件名"


def test_the_filled_button_reminds_while_answers_are_missing(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    inquiry = actions.open_inquiry(by=officer, inquiry=draft(officer, where))
    client = client_of(officer)

    def buttons() -> list[tuple[str, bool]]:
        """Each button of the next steps, and whether it is the filled one."""
        page = client.get(inquiry.get_absolute_url()).content.decode()
        tags = [
            part.split(">")[0] for part in page.split("<button")[1:] if 'name="step"' in part.split(">")[0]
        ]
        return [(tag.split('value="')[1].split('"')[0], "button--line" not in tag) for tag in tags]

    assert buttons() == [("remind", True), ("close", False)]  # the most wanted one stands first
    recipient = inquiry.recipients.get()
    text, choice = inquiry.questions.all()
    answer = {str(text.pk): "鍵", str(choice.pk): "公民館"}
    actions.answer_inquiry(by=officer, recipient=recipient, values=answer)
    assert [name for name, _ in buttons()] == ["close"]


def test_who_saves_upon_an_older_draft_is_told_and_both_texts_survive(officer) -> None:  # type: ignore[no-untyped-def]
    inquiry, other = draft(officer, make.community()), make.ward_officer()
    address = f"{inquiry.get_absolute_url()}edit/"
    mine, theirs = client_of(officer), client_of(other)
    old = form_values(mine.get(address).content)
    first = theirs.post(address, {**form_values(theirs.get(address).content), "title": "先に直した件名"})
    assert first.status_code == 303
    late = mine.post(address, {**old, "title": "あとから直した件名", "label_1": "あとからの質問"})
    page = late.content.decode()
    assert_html(late.content)
    assert late.status_code == 409
    for words in (
        "ほかの人がこの下書きを直しました",
        "あとから直した件名",
        "あとからの質問",
        "先に直した件名",
        "いま保存されている内容",
    ):
        assert words in page
    assert Inquiry.objects.get(pk=inquiry.pk).title == "先に直した件名"
    assert [row.label for row in inquiry.questions.all()] == ["困りごと", "会場"]
    again = mine.post(address, form_values(late.content))
    assert again.status_code == 303
    inquiry.refresh_from_db()
    assert (inquiry.title, inquiry.revision) == ("あとから直した件名", 2)


def test_an_older_revision_changes_nothing(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    inquiry = draft(officer, where)
    actions.edit_inquiry(by=officer, inquiry=inquiry, revision=0, communities=[where], **changed())
    with pytest.raises(Refusal, match="ほかの人が") as refused:
        actions.edit_inquiry(
            by=officer, inquiry=inquiry, revision=0, communities=[where], **changed(title="二番目")
        )
    assert refused.value.code == "stale"
    assert Inquiry.objects.get(pk=inquiry.pk).title == "再来年度の会場"
