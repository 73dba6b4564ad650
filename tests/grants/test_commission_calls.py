"""公募 of ④: its 公募要領 as data, published, asked about, closed, given up; every refusal, the pages."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grants.commission import sweeping
from grants.commission.actions import calls as actions
from grants.commission.actions import questions
from grants.commission.enums import QUESTIONS_AN_HOUR, CallState
from grants.commission.queries import calls as queries
from grants.desk import cases as desk
from grants.models import CommissionCall, CommissionQuestion
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.actors import JobActor, VisitorActor
from portal.kernel.clock import JST
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import ITEMS, TERMS, draft_call, published_call, selected_theme
from tests.factories.grants import Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .commission_support import body_of, counted, mails, signed_in
from .pages import form_of, send, text_of
from .test_constraints import change, copy, refuses

VISITOR = VisitorActor("a" * 32)


def test_a_call_opens_to_all_and_closes_after_its_deadline(town: Town, clock: ClockFile) -> None:
    assert town.chief
    call = draft_call(town)
    assert call.closes_at == datetime(2026, 12, 18, 17, 1, tzinfo=JST)
    assert call.questions_until == datetime(2026, 12, 5, tzinfo=JST)
    assert sum(item.points for item in call.items.all()) == 100
    assert not queries.public().exists()
    actions.publish_call(by=town.prefecture, call=call)
    assert "call_published" in mails(town.chief_user.email)
    assert queries.public().get() == call
    with pytest.raises(Refusal, match="締切が過ぎてから"):
        actions.close_call(by=town.prefecture, call=call)
    call.refresh_from_db()
    clock.set("2026-12-18T17:00:59+09:00")
    assert call.is_open_now
    assert sweeping.close_calls() == ("締め切った公募", 0)
    clock.set("2026-12-18T17:01:00+09:00")
    assert not call.is_open_now
    assert sweeping.close_calls() == ("締め切った公募", 1)
    assert CommissionCall.objects.get().state == CallState.CLOSED
    assert sweeping.close_calls() == ("締め切った公募", 0)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"items": ITEMS[:-1]}, "points_1", "いまは90点"),
        ({"ceiling_yen": 1_500_001}, "ceiling_yen", "1,500,000円以下"),
        ({"tie_position": 8}, "tie_position", "番号から"),
        ({"questions_on": date(2026, 12, 19)}, "questions_on", "締切より前"),
        ({"presentation_on": date(2026, 12, 18)}, "presentation_on", "締切より後"),
        ({"ends_on": date(2027, 4, 1)}, "ends_on", "年度の内"),
        ({"ends_on": date(2026, 12, 18)}, "ends_on", "締切より後"),
    ],
)
def test_terms_that_do_not_fit_are_refused_at_their_field(
    town: Town, changes: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        draft_call(town, **changes)
    assert refused.value.field == field


def test_the_deadline_moves_with_its_shift(town: Town) -> None:
    call = draft_call(
        town, closes_on=date(2026, 12, 19), closes_time=None, shift="next_business_day",
        presentation_on=None, questions_on=date(2026, 12, 5),
    )  # fmt: skip
    assert call.closes_at == datetime(2026, 12, 22, tzinfo=JST)
    assert call.questions_until == datetime(2026, 12, 8, tzinfo=JST)


def test_what_is_published_is_not_changed_and_a_theme_has_one_living_call(town: Town) -> None:
    call = published_call(town)
    with pytest.raises(Refusal, match="直せません"):
        actions.save_call(by=town.prefecture, call=call, items=ITEMS, terms=TERMS)
    with pytest.raises(Refusal, match="もうあります"):
        actions.start_call(by=town.prefecture, theme=call.theme, items=ITEMS, terms=TERMS)
    with pytest.raises(Refusal, match="理由"):
        actions.void_call(by=town.prefecture, call=call, note=" ")
    actions.void_call(by=town.prefecture, call=call, note="予算の都合により取りやめます。")
    assert "予算の都合" in body_of("call_voided", town.officer_user.email)
    assert actions.start_call(by=town.prefecture, theme=call.theme, items=ITEMS, terms=TERMS).is_draft


def test_a_draft_is_written_anew_and_not_published_too_late(town: Town, clock: ClockFile) -> None:
    call = draft_call(town)
    actions.save_call(
        by=town.prefecture, call=call, items=[actions.Item("内容", 70), actions.Item("経費", 30)],
        terms={**TERMS, "title": "直した業務", "tie_position": 1},
    )  # fmt: skip
    assert (call.title, [item.points for item in call.items.all()]) == ("直した業務", [70, 30])
    clock.set("2026-12-05T00:00:00+09:00")
    with pytest.raises(Refusal, match="質問の期限が過ぎています"):
        actions.publish_call(by=town.prefecture, call=call)


def test_a_question_is_answered_to_all_at_once_without_a_name(town: Town) -> None:
    assert town.prefecture
    call = published_call(town)
    question = questions.ask_question(
        by=VISITOR,
        call=call,
        text="<b>車両</b>の借上げは対象ですか。",
        asker_name="試験の会",
        email="who@example.jp",
    )
    assert "question_asked" in mails(town.prefecture_user.email)
    page = Client().get(call.get_absolute_url())
    assert "車両" not in text_of(page), "what is not answered is not public"
    assert any("質問1件" in item.title for item in desk.items(Scope.of(town.prefecture)))
    with pytest.raises(Refusal, match="回答を入力"):
        questions.answer_question(by=town.prefecture, question=question, answer=" ")
    questions.answer_question(by=town.prefecture, question=question, answer="対象です。")
    assert "対象です。" in body_of("question_answered", "who@example.jp")
    page = Client().get(call.get_absolute_url())
    assert_html(page.content)
    text = text_of(page)
    assert "&lt;b&gt;車両&lt;/b&gt;" in text
    assert "対象です。" in text
    assert "試験の会" not in text
    with pytest.raises(Refusal, match="いま「回答済み」です"):
        questions.answer_question(by=town.prefecture, question=question, answer="もう一度")


def test_questions_end_with_their_day_and_are_limited(town: Town, clock: ClockFile) -> None:
    call = draft_call(town)
    with pytest.raises(Refusal, match="受付は終わりました"):
        questions.ask_question(by=VISITOR, call=call, text="まだですか")
    actions.publish_call(by=town.prefecture, call=call)
    for number in range(QUESTIONS_AN_HOUR):
        questions.ask_question(by=VISITOR, call=call, text=f"質問{number}")
    with pytest.raises(Refusal, match="続けてたくさん"):
        questions.ask_question(by=VISITOR, call=call, text="もう一つ")
    questions.ask_question(by=VisitorActor("b" * 32), call=call, text="ほかの人")
    with pytest.raises(PermissionDenied):
        questions.ask_question(by=JobActor("tests"), call=call, text="自動")
    clock.set("2026-12-05T00:00:00+09:00")
    with pytest.raises(Refusal, match="受付は終わりました"):
        questions.ask_question(by=VisitorActor("c" * 32), call=call, text="遅れました")


def test_who_may_what(town: Town) -> None:
    theme = selected_theme(town)
    head = actor(officer(Role.PREFECTURE_HEAD, KAGOSHIMA))
    for stranger in (town.chief, head, actor(officer(Role.SECRETARIAT, KAGOSHIMA))):
        with pytest.raises(PermissionDenied):
            actions.start_call(by=stranger, theme=theme, items=ITEMS, terms=TERMS)
    call = actions.start_call(by=town.prefecture, theme=theme, items=ITEMS, terms=TERMS)
    for stranger in (town.chief, head):
        for act in (actions.publish_call, actions.close_call):
            with pytest.raises((PermissionDenied, Refusal)):
                act(by=stranger, call=call)
    actions.publish_call(by=town.prefecture, call=call)
    question = questions.ask_question(by=VISITOR, call=call, text="質問")
    for stranger in (town.chief, head, actor(UserFactory())):
        with pytest.raises(PermissionDenied):
            questions.answer_question(by=stranger, question=question, answer="答え")
        with pytest.raises(PermissionDenied):
            actions.void_call(by=stranger, call=call, note="理由")


def test_the_pages_lead_from_the_theme_to_the_answer(town: Town) -> None:
    theme = selected_theme(town)
    office = signed_in(town.prefecture_user)
    assert theme.title in text_of(office.get("/staff/grants/reviews/"))
    new = f"/staff/grants/themes/{theme.pk}/call/"
    days = {"questions_on": "R8.12.4", "closes_on": "R8.12.18", "ends_on": "R9.3.18"}
    bad = send(office, new, **days, points_1="14", ceiling_yen="1500000")
    assert (bad.status_code, "いまは99点" in text_of(bad)) == (409, True)
    assert form_of(bad)["questions_on"] == ["R8.12.4"]
    assert send(office, new, **days, label_8="項目だけ").status_code == 422
    assert send(office, new, **days).status_code == 303
    call = CommissionCall.objects.get()
    url = call.get_staff_url()
    for address in (new, url, call.get_edit_url(), "/staff/grants/reviews/"):
        assert_html(office.get(address).content)
    assert send(office, call.get_edit_url(), title="直した業務").status_code == 303
    assert Client().get(call.get_absolute_url()).status_code == 404
    assert send(office, url, action=call.get_move_url("publish")).status_code == 303
    assert send(Client(), call.get_ask_url(), text="質問です").status_code == 303
    question = CommissionQuestion.objects.get()
    empty = send(office, url, action=question.get_answer_url(), answer="")
    assert empty.status_code == 422
    assert_html(empty.content)
    assert send(office, url, action=question.get_answer_url(), answer="答えです").status_code == 303
    assert "答えです" in text_of(Client().get(call.get_absolute_url()))
    assert "直した業務" in text_of(Client().get(f"/grants/menus/{theme.menu.programme.slug}/4/"))
    assert send(office, url, action=call.get_move_url("void"), note="").status_code == 422


def test_the_list_costs_the_same_for_one_and_for_ten(town: Town) -> None:
    client = signed_in(town.prefecture_user)
    published_call(town)
    before = counted(client, "/staff/grants/reviews/")
    for _ in range(3):
        published_call(Town(office=town.office))
    assert counted(client, "/staff/grants/reviews/") == before


def test_constraints(town: Town) -> None:
    call = published_call(town)
    refuses("commissioncall_one_live", copy(call))
    refuses("commissioncall_published_iff_left_draft", change(call, published_at=None))
    refuses("commissioncall_announced_iff_stamped", change(call, announced_at=call.published_at))
    refuses("commissioncall_voided_iff_stamped", change(call, voided_at=call.published_at))
    refuses("commissioncall_in_range", change(call, panel_min=2))
    refuses(
        "commissioncall_questions_before_closing",
        change(call, questions_until=datetime(2027, 1, 1, tzinfo=JST)),
    )
    item = call.items.first()
    refuses("commissionitem_position_once", copy(item))
    refuses("commissionitem_points_in_range", change(item, points=0))
    question = questions.ask_question(by=VISITOR, call=call, text="質問")
    refuses("commissionquestion_answered_iff_answer", change(question, answer="答え"))
