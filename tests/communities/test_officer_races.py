"""Two of an office, or two of a community, at the same moment: one does it, the other is told, nothing is lost."""

from datetime import date, time, timedelta

import pytest

from communities import actions
from communities.actions.inquiries import Asked
from communities.enums.following import SEARCHES_MAX
from communities.models import (
    BulkRun,
    Circular,
    Community,
    Contact,
    Hiding,
    Inquiry,
    InquiryRecipient,
    Report,
    SavedSearch,
)
from portal.areas.models import Area
from portal.documents.models import Document
from portal.kernel import clock
from portal.kernel.models import AuditEntry, Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")


def entries(event: str, row: object) -> int:
    return AuditEntry.objects.filter(event=event, target_id=str(row.pk)).count()  # type: ignore[attr-defined]


def test_two_bulk_runs_over_the_same_drafts_publish_each_once() -> None:
    drafts = [make.community(publish=False) for _ in range(6)]
    chosen = [drafts[:4], list(reversed(drafts[2:]))]
    officers = [make.ward_officer(), make.ward_officer()]
    calls = [
        lambda by=by, rows=rows: actions.run_bulk(
            by=by, step="publish", rows=[Community.objects.get(pk=row.pk) for row in rows]
        )
        for by, rows in zip(officers, chosen, strict=True)
    ]
    outcomes = race(*calls)
    assert [outcome.error for outcome in outcomes] == [None, None]
    done: list[str] = []
    for run in BulkRun.objects.filter(pk__in=[outcome.value.pk for outcome in outcomes]):
        done += [line["id"] for line in run.rows if line["ok"]]
        assert all("いま「公開中」です" in line["why"] for line in run.rows if not line["ok"])
        assert run.done_count + run.refused_count == 4
    assert sorted(done) == sorted(str(row.pk) for row in drafts)
    for row in drafts:
        assert entries("communities.community.publish", row) == 1


def test_a_promise_closed_by_two_at_once_is_closed_once() -> None:
    first, second = make.ward_officer(), make.ward_officer()
    contact = actions.record_contact(
        by=first, kind="community", subject=make.community(), text="鍵の相談", promise="知らせる",
        due_on=clock.today_jst(),
    )  # fmt: skip
    outcomes = race(
        lambda: actions.keep_promise(by=first, contact=Contact.objects.get(pk=contact.pk)),
        lambda: actions.drop_promise(by=second, contact=Contact.objects.get(pk=contact.pk), note="不要に"),
    )
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]
    [refused] = [outcome.error for outcome in outcomes if outcome.error]
    assert isinstance(refused, Refusal)
    contact.refresh_from_db()
    now = contact.get_state_display()
    assert f"いま「{now}」です" in refused.message
    assert entries("communities.contact.keep", contact) + entries("communities.contact.drop", contact) == 1


def test_a_promise_handed_over_while_it_is_kept_stays_kept() -> None:
    first, second = make.ward_officer(), make.ward_officer()
    contact = actions.record_contact(
        by=first, kind="community", subject=make.community(), text="鍵の相談", promise="知らせる",
        due_on=clock.today_jst(),
    )  # fmt: skip
    kept, _ = race(
        lambda: actions.keep_promise(by=first, contact=Contact.objects.get(pk=contact.pk)),
        lambda: actions.hand_over_promise(
            by=second, contact=Contact.objects.get(pk=contact.pk), holder=second.user
        ),
    )
    assert kept.ok
    contact.refresh_from_db()
    assert (contact.state, contact.kept_at is not None) == ("kept", True)


def paper(*communities: Community) -> Inquiry:
    by = make.ward_officer()
    inquiry = actions.draft_inquiry(
        by=by, area=area(AKIHA), title="来年度の会場", due_on=clock.today_jst() + timedelta(days=10),
        questions=[Asked("text", "困りごと")], communities=communities,
    )  # fmt: skip
    return actions.open_inquiry(by=by, inquiry=inquiry)


def test_two_of_a_community_answering_at_once_lose_no_word() -> None:
    where = make.community()
    one, other = make.organiser(where), make.organiser(where)
    inquiry = paper(where)
    recipient = inquiry.recipients.get()
    question = str(inquiry.questions.get().pk)
    texts = ("鍵の受けわたし", "冬の暖房")
    outcomes = race(
        *[
            lambda by=by, text=text: actions.answer_inquiry(
                by=by, recipient=InquiryRecipient.objects.get(pk=recipient.pk), values={question: text}
            )
            for by, text in zip((one, other), texts, strict=True)
        ]
    )
    assert [outcome.error for outcome in outcomes] == [None, None]
    replies = list(recipient.replies.order_by("version"))
    assert [reply.version for reply in replies] == [1, 2]
    assert {reply.values[question] for reply in replies} == set(texts)
    assert {reply.answered_by_id for reply in replies} == {one.user_id, other.user_id}
    recipient.refresh_from_db()
    assert recipient.version == 2


def test_a_draft_sent_while_it_is_changed_is_sent_whole() -> None:
    first, second = make.community(), make.community()
    by = make.ward_officer()
    inquiry = actions.draft_inquiry(
        by=by, area=area(AKIHA), title="もとの件名", due_on=clock.today_jst() + timedelta(days=10),
        questions=[Asked("text", "もとの質問")], communities=[first],
    )  # fmt: skip
    changed = {"title": "直した件名", "due_on": clock.today_jst() + timedelta(days=20)}
    sent, edited = race(
        lambda: actions.open_inquiry(by=by, inquiry=Inquiry.objects.get(pk=inquiry.pk)),
        lambda: actions.edit_inquiry(
            revision=0, by=make.ward_officer(), inquiry=Inquiry.objects.get(pk=inquiry.pk), communities=[second],
            questions=[Asked("text", "直した質問")], **changed,
        ),
    )  # fmt: skip
    assert sent.ok
    inquiry.refresh_from_db()
    was = ("直した件名", "直した質問", second) if edited.ok else ("もとの件名", "もとの質問", first)
    now = (inquiry.title, inquiry.questions.get().label, inquiry.recipients.get().community)
    assert now == was
    assert edited.ok or isinstance(edited.error, Refusal)


def test_two_who_save_one_draft_at_once_one_is_told() -> None:
    where, by = make.community(), make.ward_officer()
    inquiry = actions.draft_inquiry(
        by=by, area=area(AKIHA), title="もとの件名", due_on=clock.today_jst() + timedelta(days=10),
        questions=[Asked("text", "もとの質問")], communities=[where],
    )  # fmt: skip

    def save(title: str) -> Inquiry:
        return actions.edit_inquiry(
            by=make.ward_officer(), inquiry=Inquiry.objects.get(pk=inquiry.pk), revision=0, title=title,
            due_on=inquiry.due_on, questions=[Asked("text", title)], communities=[where],
        )  # fmt: skip

    done = race(lambda: save("ひとりめ"), lambda: save("ふたりめ"))
    assert sorted(outcome.ok for outcome in done) == [False, True]
    assert [outcome.error.code for outcome in done if not outcome.ok] == ["stale"]
    inquiry.refresh_from_db()
    assert inquiry.title == inquiry.questions.get().label == next(one.value.title for one in done if one.ok)


def test_the_limit_of_saved_searches_holds_against_one_person_in_two_windows() -> None:
    by = make.person()
    places = list(Area.objects.filter(parent="460001").order_by("code")[: SEARCHES_MAX + 2])

    def save(place: Area) -> SavedSearch:
        return actions.save_search(
            by=make.fresh(by), area=place, theme=None, age="", frequency="daily", quiet_from=21, quiet_until=8
        )

    for place in places[: SEARCHES_MAX - 1]:
        save(place)
    outcomes = race(*[lambda place=place: save(place) for place in places[SEARCHES_MAX - 1 :]])
    assert [outcome.ok for outcome in outcomes].count(True) == 1
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok)
    assert SavedSearch.objects.filter(user=by.user).count() == SEARCHES_MAX


def test_a_circular_asked_for_twice_at_once_is_one_paper_and_one_job() -> None:
    month = date(2027, 2, 1)
    make.event(make.community(), starts_at=clock.at_jst(date(2027, 2, 10), time(13)))
    officers = [make.ward_officer(), make.ward_officer()]
    calls = [lambda by=by: actions.make_circular(by=by, area=area(AKIHA), month=month) for by in officers]
    outcomes = race(*calls)
    assert [outcome.error for outcome in outcomes] == [None, None]
    circular = Circular.objects.get(area=AKIHA, month=month, is_large=False)
    assert circular.edition == 1
    [document] = Document.objects.filter(object_id=str(circular.pk))
    assert Job.objects.filter(kind="documents.render", object_id=str(document.pk)).count() == 1


def test_two_officers_hiding_at_once_make_one_hiding_and_the_other_hears_who_was_first() -> None:
    where = make.community()
    writer = make.organiser(where)
    row = make.initiative(where)
    report = actions.report_object(by=make.person(), subject="initiative", row=row, reason="other")
    officers = [make.ward_officer(), make.ward_officer()]
    calls = [
        lambda by=officers[0]: actions.hide_object(
            by=by, subject="initiative", row=row, reason="ひとり目の理由"
        ),
        lambda by=officers[1]: actions.answer_reports(
            by=by, reports=[Report.objects.get(pk=report.pk)], step="uphold", note="ふたり目の理由"
        ),
    ]
    outcomes = race(*calls)
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]
    winner = officers[[outcome.ok for outcome in outcomes].index(True)]
    [refused] = [outcome.error for outcome in outcomes if outcome.error]
    assert isinstance(refused, Refusal)
    assert winner.user.name in refused.message
    hiding = Hiding.objects.get(object_id=row.pk)
    assert hiding.hidden_by == winner.user
    assert entries("communities.hiding.hidden", hiding) == 1
    report.refresh_from_db()
    assert (report.state, report.answered_by) == ("upheld", winner.user)
    told = OutboxMessage.objects.filter(template="communities/mail/hidden", to_address=writer.user.email)
    assert told.count() == 1
