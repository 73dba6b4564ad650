"""After a meeting: reported once and changed openly, photos with words, anonymous answers, thanks once, a to-do until then."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions, desk, queries
from communities.models import EventPhoto, EventReport, SurveyAnswer, SurveyReply
from communities.telling import notices
from portal.accounts.scope import Scope
from portal.kernel import audit, jobs
from portal.kernel.actors import TokenActor
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.accounts.mailbox import received
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.queries import assert_queries
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.ward_officer()


@pytest.fixture
def over(by):
    """A meeting that took place."""
    event = make.event(title="ひらいた会", capacity=30)
    return make.held(event, by)


def report(event, by, **more):
    values = {"result": "顔を合わせました。", "adults_count": 40, "children_count": 3, **more}
    return actions.report_event(by=by, event=event, **values)


def photo(event, by, **more):
    values = {"file": make.image(by), "alt": "輪になって話す人たち", "consented": True, **more}
    return actions.add_event_photo(by=by, event=event, **values)


def answer(survey, party, stars=5, **more):
    actor = TokenActor("survey", f"eventsurvey:{survey.pk}")
    return actions.answer_survey(by=actor, survey=survey, registration=party, stars=stars, **more)


def test_a_report_is_written_once_changed_openly_and_shown_with_its_figures(over, by):
    with pytest.raises(PermissionDenied):
        report(over, make.person())
    report(over, by, minutes="一、自己紹介\n二、次の日を決めた", staff_count=2)
    assert (over.state, over.report.people_count) == ("reported", 45)
    report(over, by, adults_count=41)
    assert EventReport.objects.get().adults_count == 41
    changed = audit.history(over)[0]
    assert changed.event == "communities.event.report_changed"
    assert "adults_count" in changed.data["fields"]
    photo(over, by, caption="最後にみんなで")
    with assert_queries(3):
        page = StrictClient().get(over.get_absolute_url())
    assert_html(page.content)
    text = page.content.decode()
    for word in (
        "ひらいてみて",
        "顔を合わせました。",
        "次の日を決めた",
        'alt="輪になって話す人たち"',
        "最後にみんなで",
    ):
        assert word in text, word


def test_a_meeting_that_was_not_held_has_no_report_photo_or_thanks(by):
    event = make.event()
    with pytest.raises(Refusal, match="いま「公開中」です"):
        report(event, by)
    for act in (lambda: photo(event, by), lambda: actions.thank_participants(by=by, event=event)):
        with pytest.raises(Refusal, match="開催を記録してから"):
            act()
    assert (EventReport.objects.count(), EventPhoto.objects.count()) == (0, 0)


def test_impossible_numbers_are_refused(over, by):
    with pytest.raises(ValidationError, match="10万人まで"):
        report(over, by, adults_count=100_001)
    over.refresh_from_db()
    assert over.state == "held"


def test_photos_need_consent_words_and_stay_within_their_number(over, by):
    with pytest.raises(Refusal, match="了解がない"):
        photo(over, by, consented=False)
    with pytest.raises(ValidationError):
        photo(over, by, alt="")
    rows = [photo(over, by) for _ in range(12)]
    with pytest.raises(Refusal, match="12枚まで"):
        photo(over, by)
    anonymous = StrictClient()
    address = f"{over.get_absolute_url()}photos/{rows[0].pk}/"
    assert anonymous.get(address).status_code == 404
    report(over, by)
    picture = anonymous.get(address)
    assert (picture.status_code, picture.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert picture.headers["Content-Type"].startswith("image/")
    actions.remove_event_photo(by=by, event=over, photo=rows[0])
    actions.remove_event_photo(by=by, event=over, photo=rows[0])
    assert anonymous.get(address).status_code == 404
    assert EventPhoto.objects.count() == 11


def test_everybody_who_came_is_thanked_once_with_a_link_that_answers_once(by):
    event = make.event(capacity=2)
    came, waiting = make.registration(event, party_size=2), make.registration(event)
    make.held(event, by)
    survey = actions.set_survey(by=by, event=event, question="何で知りましたか", choices=["回覧板", "知人"])
    actions.thank_participants(by=by, event=event)
    with pytest.raises(Refusal, match="もう送りました"):
        actions.thank_participants(by=by, event=event)
    job = Job.objects.get(kind="communities.thank")
    assert jobs.run(job.pk)
    sent = OutboxMessage.objects.filter(template="communities/mail/event_thanks")
    assert [mail.to_address for mail in sent] == [came.email]
    path = f"/surveys/{notices.survey_token(came)}/"
    assert path in received(came.email).body
    assert waiting.email not in {mail.to_address for mail in sent}
    client = StrictClient()
    page = client.get(path)
    assert_html(page.content)
    once = page.context["form"].initial["once"]
    empty = client.post(path, {"once": once})
    assert (empty.status_code, "「参加して、どうでしたか」を選んでください" in empty.content.decode()) == (
        422,
        True,
    )
    assert (
        client.post(path, {"once": once, "stars": "4", "choice": "2", "text": "また来たい"}).status_code
        == 303
    )
    assert "ありがとうございました" in client.get(path).content.decode()
    again = StrictClient()
    fresh = again.get(path).context["form"].initial["once"]
    assert again.post(path, {"once": fresh, "stars": "1"}).status_code == 409
    assert list(SurveyAnswer.objects.values_list("stars", "choice", "text")) == [(4, 2, "また来たい")]
    token = notices.survey_token(came)
    for wrong in ("x" * 46, ("A" if token[0] != "A" else "B") + token[1:]):
        assert again.get(f"/surveys/{wrong}/").status_code == 404
    with pytest.raises(Refusal, match="質問は変えられません"):
        actions.set_survey(by=by, event=event, question="別の質問", choices=["a", "b"])
    assert survey.answers.count() == 1


def test_nothing_says_who_answered_what():
    names = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert names == {"id", "survey", "stars", "choice", "text"}
    assert {field.name for field in SurveyReply._meta.get_fields()} == {"id", "survey", "registration"}


def test_figures_are_public_from_five_answers_on_and_texts_never(by):
    over = make.event(capacity=None)
    parties = [make.registration(over) for _ in range(5)]
    survey = actions.set_survey(by=by, event=over, question="何で知りましたか", choices=["回覧板", "知人"])
    make.held(over, by)
    report(over, by)
    for number, party in enumerate(parties[:4]):
        answer(survey, party, stars=4, choice=1, text=f"感想{number}")
    page = StrictClient().get(over.get_absolute_url()).content.decode()
    assert "アンケート(" not in page
    with pytest.raises(Refusal, match="もう答えて"):
        answer(survey, parties[0])
    with pytest.raises(Refusal, match="このリンクでは"):
        actions.answer_survey(
            by=TokenActor("survey", "eventsurvey:x"), survey=survey, registration=parties[4], stars=5
        )
    answer(survey, parties[4], stars=5, choice=2)
    figures = queries.figures_of(survey)
    assert (figures.count, figures.average, figures.choices) == (5, "4.2", [("回覧板", 4), ("知人", 1)])
    with assert_queries(4):
        page = StrictClient().get(over.get_absolute_url()).content.decode()
    assert "アンケート(5人が回答)" in page
    assert "感想" not in page
    with pytest.raises(Refusal, match="別の催し"):
        answer(survey, make.registration(make.event()))


def test_a_meeting_without_a_report_is_a_to_do_of_its_area_until_it_is_there(by, clock):
    clock.set("2026-05-01T09:00:00+09:00")
    event = make.event(title="終わった会")
    make.event(title="これからの会", starts_at=make.moment(60))
    clock.set("2026-05-20T09:00:00+09:00")

    def todo(who):
        found = desk.desk_items(Scope.of(make.fresh(who)))
        return [(item.title, item.meta) for item in found if "終わった会" in item.meta]

    assert todo(by) == [("催しの結果を記録する", "終わった会・秋葉区・開催日をすぎました")]
    actions.hold_event(by=by, event=event)
    assert todo(by) == [("催しの報告をまとめる", "終わった会・秋葉区・報告はまだです")]
    report(event, by)
    assert todo(by) == []
    assert todo(make.ward_officer("151017")) == []
