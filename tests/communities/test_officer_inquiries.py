"""一斉照会: written, sent once each, answered by account, link and telephone, reminded, closed, read as a table."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, queries
from communities.actions.inquiries import Asked
from communities.desk import desk_items
from communities.mails.inquiries import inquiry_token
from communities.models import Inquiry, InquiryRecipient
from portal.accounts.scope import Scope
from portal.kernel import clock, jobs, ports
from portal.kernel.actors import TokenActor
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
QUESTIONS = [
    Asked("number", "何回ひらきますか"),
    Asked("choice", "会場", ["公民館", "学校"]),
    Asked("text", "困りごと"),
]


def client_of(who) -> StrictClient:  # type: ignore[no-untyped-def]
    made = StrictClient()
    made.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return made


@pytest.fixture
def officer():  # type: ignore[no-untyped-def]
    return make.ward_officer()


def paper(officer, *communities, opened: bool = True, days: int = 10) -> Inquiry:  # type: ignore[no-untyped-def]
    made = actions.draft_inquiry(
        by=officer, area=make.area(make.AKIHA), title="来年度の会場", due_on=clock.today_jst() + timedelta(days=days),
        questions=QUESTIONS, communities=communities,
    )  # fmt: skip
    return actions.open_inquiry(by=officer, inquiry=made) if opened else made


def values(inquiry: Inquiry, times: int = 3) -> dict[str, object]:
    number, choice, text = inquiry.questions.all()
    return {str(number.pk): times, str(choice.pk): "公民館", str(text.pk): "鍵の受けわたし"}


def holder(recipient: InquiryRecipient) -> TokenActor:
    return TokenActor("inquiry", f"inquiryrecipient:{recipient.pk}")


def run(kind: str) -> None:
    """Let every job of this kind run now, twice, as after a crash."""
    for row in Job.objects.filter(kind=kind):
        running = jobs.Running(row)
        running.progress = lambda done, total: None  # type: ignore[method-assign]
        for _ in range(2):
            ports.job_handlers[kind](running)


def mails(name: str) -> list[str]:
    return sorted(
        OutboxMessage.objects.filter(template=f"communities/mail/{name}").values_list("to_address", flat=True)
    )


def test_nothing_is_sent_before_it_is_opened_and_then_once_each(officer) -> None:  # type: ignore[no-untyped-def]
    where, alone = make.community(), make.community()
    people = sorted(make.organiser(where).user.email for _ in range(2))
    inquiry = paper(officer, where, alone, opened=False)
    assert not Job.objects.filter(kind="communities.send_inquiry").exists()
    actions.open_inquiry(by=officer, inquiry=inquiry)
    run("communities.send_inquiry")
    assert mails("inquiry") == people
    assert all(mail.is_secret for mail in OutboxMessage.objects.filter(template="communities/mail/inquiry"))
    with pytest.raises(Refusal):
        actions.open_inquiry(by=officer, inquiry=inquiry)


def test_answered_and_answered_anew_with_every_version_kept(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    organiser, inquiry = make.organiser(where), paper(officer, where)
    recipient = inquiry.recipients.get()
    for times, version in ((3, 1), (3, 1), (4, 2)):
        actions.answer_inquiry(by=organiser, recipient=recipient, values=values(inquiry, times))
        assert recipient.version == version
    actions.answer_inquiry(by=holder(recipient), recipient=recipient, values=values(inquiry, 5))
    assert list(recipient.replies.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
    number = str(inquiry.questions.first().pk)  # type: ignore[union-attr]
    assert queries.current_reply(recipient)[number] == 5


def test_strangers_do_not_answer(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    inquiry, other = paper(officer, where), make.organiser(make.community())
    recipient = inquiry.recipients.get()
    elsewhere = paper(officer, make.community()).recipients.get()
    for who in (make.person(), other, make.ward_officer("151017"), holder(elsewhere)):
        with pytest.raises(PermissionDenied):
            actions.answer_inquiry(by=who, recipient=recipient, values=values(inquiry))
    token = inquiry_token(recipient)
    forged = ("b" if token[0] == "a" else "a") + token[1:]
    assert StrictClient().get(f"/inquiries/{forged}/").status_code == 404
    assert StrictClient().get(f"/inquiries/{inquiry_token(elsewhere)}/").status_code == 200
    InquiryRecipient.objects.filter(pk=recipient.pk).update(token_version=2)
    assert StrictClient().get(f"/inquiries/{token}/").status_code == 404
    for who in (make.ward_officer("151017"), make.person()):
        assert client_of(who).get(inquiry.get_absolute_url()).status_code == 404


def test_after_the_deadline_only_the_office_writes_down_and_after_closing_nobody(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    inquiry = paper(officer, where)
    recipient = inquiry.recipients.get()
    with clock.at(inquiry.due_on + timedelta(days=1)):
        with pytest.raises(Refusal, match="期限がすぎました"):
            actions.answer_inquiry(by=holder(recipient), recipient=recipient, values=values(inquiry))
        actions.answer_inquiry(by=make.fresh(officer), recipient=recipient, values=values(inquiry))
        assert (
            "受付は終わりました"
            in StrictClient().get(f"/inquiries/{inquiry_token(recipient)}/").content.decode()
        )
    actions.close_inquiry(by=officer, inquiry=inquiry)
    with pytest.raises(Refusal):
        actions.answer_inquiry(by=officer, recipient=recipient, values=values(inquiry, 9))


def test_reminders_reach_the_unanswered_once_a_day_and_thanks_the_others(officer) -> None:  # type: ignore[no-untyped-def]
    first, second = make.community(), make.community()
    answered, silent = make.organiser(first), make.organiser(second)
    inquiry = paper(officer, first, second)
    actions.answer_inquiry(
        by=answered, recipient=inquiry.recipients.get(community=first), values=values(inquiry)
    )
    actions.remind_inquiry(by=officer, inquiry=inquiry)
    with pytest.raises(Refusal, match="きょうは"):
        actions.remind_inquiry(by=officer, inquiry=inquiry)
    assert (
        Job.objects.filter(kind="communities.remind_inquiry").count() == 2
    )  # today's, and the one that comes by itself
    Job.objects.filter(key__endswith=":auto").delete()
    run("communities.remind_inquiry")
    assert mails("inquiry_reminder") == [silent.user.email]
    actions.close_inquiry(by=officer, inquiry=inquiry)
    run("communities.thank_inquiry")
    assert mails("inquiry_thanks") == [answered.user.email]


@pytest.mark.parametrize(("days", "problem"), [(0, ValidationError), (-1, ValidationError)])
def test_a_deadline_lies_ahead(officer, days, problem) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(problem):
        paper(officer, make.community(), days=days)


def test_nobody_and_no_question_are_refused(officer) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refusal):
        paper(officer)
    with pytest.raises(PermissionDenied):
        paper(make.ward_officer("151017"), make.community())


def test_it_lies_on_the_desk_with_what_is_left(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community()
    inquiry = paper(officer, where, make.community())
    [item] = [item for item in desk_items(Scope.of(officer)) if "inquiries" in item.key]
    assert (item.count, item.due_on, item.url) == (2, inquiry.due_on, inquiry.get_absolute_url())
    actions.answer_inquiry(
        by=officer, recipient=inquiry.recipients.get(community=where), values=values(inquiry)
    )
    [item] = [item for item in desk_items(Scope.of(officer)) if "inquiries" in item.key]
    assert item.count == 1
    actions.close_inquiry(by=officer, inquiry=inquiry)
    assert not [item for item in desk_items(Scope.of(officer)) if "inquiries" in item.key]


def test_from_the_paper_to_the_table_through_the_pages(officer) -> None:  # type: ignore[no-untyped-def]
    where = make.community(name="里山の道なおし隊")
    make.community(place=make.area("151017"))
    client = client_of(officer)
    page = client.get("/staff/inquiries/new/")
    assert_html(page.content)
    sent = {
        "once": page.context["form"].initial["once"], "title": "来年度の会場", "text": "予約に使います。",
        "due_on": (clock.today_jst() + timedelta(days=9)).isoformat(), "state": "published",
        "label_1": "何回ひらきますか", "kind_1": "number", "label_2": "会場", "kind_2": "choice", "choices_2": "公民館",
    }  # fmt: skip
    refused = client.post("/staff/inquiries/new/", sent)
    assert (refused.status_code, "選択肢を二つ以上" in refused.content.decode()) == (422, True)
    done = client.post("/staff/inquiries/new/", sent | {"choices_2": "公民館、学校"})
    assert done.status_code == 303
    inquiry = Inquiry.objects.get()
    assert [row.community_id for row in inquiry.recipients.all()] == [where.pk]
    shown = client.get(inquiry.get_absolute_url())
    assert_html(shown.content)
    client.post(inquiry.get_absolute_url(), {"once": shown.context["form"].initial["once"], "step": "open"})
    link = f"/inquiries/{inquiry_token(inquiry.recipients.get())}/"
    visitor = StrictClient()
    form = visitor.get(link)
    assert_html(form.content)
    answer = {"once": form.context["form"].initial["once"], "q_1": "１２", "q_2": "学校"}
    assert visitor.post(link, answer | {"q_1": "たくさん"}).status_code == 422
    assert visitor.post(link, answer).status_code == 303
    table = client.get(f"{inquiry.get_absolute_url()}?which=done").content.decode()
    assert_html(table)
    assert "<td>12</td><td>学校</td>" in table


def test_picked_on_the_list(officer) -> None:  # type: ignore[no-untyped-def]
    rows = [make.community() for _ in range(3)]
    client = client_of(officer)
    page = client.post("/staff/inquiries/new/", {"start": "1", "pick": [str(row.pk) for row in rows[:2]]})
    assert (page.status_code, len(page.context["picks"])) == (200, 2)
    everything = client.post("/staff/inquiries/new/", {"start": "1", "all": "on", "state": "published"})
    assert len(everything.context["picks"]) == 3


def test_the_table_costs_the_same_at_1_10_and_100(officer, assert_queries) -> None:  # type: ignore[no-untyped-def]
    inquiry = paper(officer, make.community())
    for more in (0, 9, 90):
        InquiryRecipient.objects.bulk_create(
            [InquiryRecipient(inquiry=inquiry, community=make.community()) for _ in range(more)]
        )
        with assert_queries(1):
            rows = list(queries.recipients_of(inquiry)[:50])
            assert [row.name for row in rows]
