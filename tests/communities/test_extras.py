"""What an event asks beyond name and number: questions, people under 18 and their guardians, childcare."""

from datetime import timedelta
from unicodedata import normalize

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from communities import actions, personal
from communities.actions.asks import add_question, edit_ask, edit_question, retire_question
from communities.actions.extras import receive_party, register_party
from communities.calculations import purpose_of
from communities.calculations.extras import Asked, Extras, Guardian, parse_ages, purpose_with
from communities.models import EventAnswer, EventQuestion, Registration
from communities.queries.asks import answer_counts, asked_of, childcare_taken
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.factories import email

pytestmark = pytest.mark.django_db
PARENT = Guardian(name="試験 母", phone="０９０１２３４５６７８", participation=True, emergency=True)


def register(event, by=None, **values):
    given_values = {
        "name": "試験 花子",
        "kana": "シケン ハナコ",
        "email": email("party"),
        "consent": True,
        "party_size": 3,
    }
    return register_party(by=by or make.visitor(), event=event, **{**given_values, **values})


def ask(event, **values):
    return edit_ask(by=make.ward_officer(), event=event, **values)


def childcare(event, capacity=2):
    return ask(
        event, childcare_capacity=capacity, childcare_close_at=event.starts_at - timedelta(days=3), childcare_from_age=1,
        childcare_to_age=5,
    )  # fmt: skip


def question(event, **values):
    base = {"kind": "choice", "wording": "どちらですか", "options": ["甲", "乙"]}
    return add_question(by=make.ward_officer(), event=event, **{**base, **values})


def test_answers_are_stored_with_the_registration():
    event = make.event()
    one = question(event, required=True)
    many, number = (
        question(event, kind="choices", options=["甲", "乙", "丙"]),
        question(event, kind="number", options=[]),
    )
    party = register(
        event, extras=Extras(answers={one.pk: ["乙"], many.pk: ["丙", "甲"], number.pk: ["１２"]})
    )
    stored = {answer.question_id: answer.values for answer in EventAnswer.objects.filter(registration=party)}
    assert stored == {one.pk: ["乙"], many.pk: ["甲", "丙"], number.pk: ["12"]}
    assert dict(answer_counts(event))[one] == [("甲", 0), ("乙", 1)]
    assert audit.history(party)[0].data == {"with": ["answers"]}


def test_a_missing_or_foreign_answer_is_refused_at_its_question_and_nothing_is_stored():
    event = make.event()
    must, number = question(event, required=True), question(event, kind="number", options=[], required=True)
    for answers in ({}, {must.pk: ["丁"], number.pk: ["-3"]}):
        with pytest.raises(ValidationError) as refused:
            register(event, extras=Extras(answers=answers))
        assert set(refused.value.error_dict) == {must.field_name, number.field_name}
    assert not Registration.objects.filter(event=event).exists()


def test_ten_questions_and_no_more():
    event = make.event()
    rows = [question(event) for _ in range(10)]
    with pytest.raises(Refusal, match="10問まで"):
        question(event)
    retire_question(by=make.ward_officer(), event=event, question=rows[0].pk)
    assert question(event).place == 11


def test_once_answered_only_the_words_change():
    event, officer = make.event(), make.ward_officer()
    row = question(event)
    register(event, extras=Extras(answers={row.pk: ["甲"]}))
    same = {"kind": "choice", "options": ["甲", "乙"]}
    edit_question(by=officer, question=row, wording="どちらにしますか", hint="一つだけ", **same)
    assert (row.wording, row.hint) == ("どちらにしますか", "一つだけ")
    for changed in ({"options": ["甲", "丙"]}, {"kind": "choices"}, {"required": True}):
        with pytest.raises(Refusal) as refused:
            edit_question(
                by=officer, question=EventQuestion.objects.get(pk=row.pk), wording="別", **{**same, **changed}
            )
        assert refused.value.field in changed
    retire_question(by=officer, event=event, question=row.pk)
    assert asked_of(event).questions == []
    assert EventAnswer.objects.filter(question=row).exists()


def test_people_under_18_need_a_guardian_with_each_consent_of_its_own():
    event = make.event()
    ask(event, children_welcome=True)
    for guardian, field in (
        (None, "guardian_name"),
        (
            Guardian(name="母", phone="090-1234-5678", participation=False, emergency=True),
            "guardian_participation",
        ),
        (
            Guardian(name="母", phone="090-1234-5678", participation=True, emergency=False),
            "guardian_emergency",
        ),
    ):
        with pytest.raises(ValidationError) as refused:
            register(event, extras=Extras(bands=(0, 2, 0), guardian=guardian))
        assert set(refused.value.error_dict) == {field}
    party = register(event, extras=Extras(bands=(0, 2, 0), guardian=PARENT))
    assert (party.ages.primary_count, party.ages.minors) == (2, 2)
    assert (party.guardian.phone, party.guardian.photo_at) == ("090-1234-5678", None)
    assert party.guardian.participation_at
    assert party.guardian.emergency_at


def test_photographs_are_never_a_condition():
    event = make.event()
    ask(event, children_welcome=True)
    agreed = Guardian(name="母", phone="090-1234-5678", participation=True, emergency=True, photo=True)
    assert register(event, extras=Extras(bands=(1, 0, 0), guardian=PARENT)).state == "confirmed"
    assert register(event, extras=Extras(bands=(1, 0, 0), guardian=agreed)).guardian.photo_at is not None


def test_children_under_13_do_not_come_alone_and_there_are_no_more_of_them_than_people():
    event = make.event()
    ask(event, children_welcome=True)
    for bands, field in (((0, 2, 1), "primary_count"), ((2, 1, 1), "infant_count")):
        with pytest.raises(ValidationError) as refused:
            register(event, extras=Extras(bands=bands, guardian=PARENT))
        assert set(refused.value.error_dict) == {field}


def test_an_account_of_a_teenager_needs_a_guardian_everywhere():
    event, teen = make.event(), make.person(age_group="teen")
    with pytest.raises(ValidationError):
        register(event, teen, party_size=1)
    assert register(event, teen, party_size=1, extras=Extras(guardian=PARENT)).guardian.name == "試験 母"


def test_childcare_has_places_ages_and_a_deadline_of_its_own(clock):
    event = make.event()
    with pytest.raises(Refusal, match="託児はありません"):
        register(event, extras=Extras(childcare=(2,)))
    childcare(event)
    first = register(event, extras=Extras(childcare=(2,)))
    assert (first.childcare.ages, childcare_taken(event)) == ([2], 1)
    for ages, code in (((1, 3), "childcare_full"), ((0,), "childcare_age"), ((6,), "childcare_age")):
        with pytest.raises(Refusal) as refused:
            register(event, extras=Extras(childcare=ages))
        assert (refused.value.field, refused.value.code) == ("childcare_ages", code)
    actions.cancel_registration(by=make.ward_officer(), registration=first)
    register(event, extras=Extras(childcare=(1, 3)))
    clock.set((event.starts_at - timedelta(days=2)).isoformat())
    with pytest.raises(Refusal) as refused:
        register(event, extras=Extras(childcare=(2,)))
    assert refused.value.code == "childcare_closed"


def test_childcare_cannot_become_smaller_than_what_is_promised_nor_end_after_entries():
    event = make.event()
    childcare(event, 2)
    register(event, extras=Extras(childcare=(2, 3)))
    with pytest.raises(Refusal) as refused:
        childcare(event, 1)
    assert refused.value.field == "childcare_capacity"
    with pytest.raises(Refusal) as refused:
        ask(event, childcare_capacity=5, childcare_close_at=event.starts_at + timedelta(minutes=1))
    assert refused.value.field == "childcare_close_at"


def test_the_counter_writes_down_the_same(clock):
    event, officer = make.event(), make.ward_officer()
    ask(event, children_welcome=True)
    row = question(event, required=True)
    party = receive_party(
        by=officer, event=event, channel="phone", name="試験 ハル", kana="シケン ハル", phone="0250-22-0000", party_size=2,
        consent=True, extras=Extras(answers={row.pk: ["甲"]}, bands=(0, 1, 0), guardian=PARENT),
    )  # fmt: skip
    assert (party.answers.get().values, party.ages.primary_count) == (["甲"], 1)


@pytest.mark.parametrize("who", ["resident", "elsewhere", "organiser elsewhere"])
def test_strangers_neither_ask_nor_change(who):
    event = make.event()
    by = {
        "resident": make.person, "elsewhere": lambda: make.ward_officer("151017"),
        "organiser elsewhere": lambda: make.organiser(make.community()),
    }[who]()  # fmt: skip
    row = question(event)
    for call in (
        lambda: edit_ask(by=by, event=event, children_welcome=True),
        lambda: add_question(by=by, event=event, kind="text", wording="何"),
        lambda: edit_question(by=by, question=row, kind="text", wording="何"),
        lambda: retire_question(by=by, event=event, question=row.pk),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_the_purpose_says_everything_that_is_asked():
    event = make.event()
    plain = purpose_with(purpose_of(event), Asked()).use
    assert "担当者2人だけ" in plain
    assert "保護者" not in plain
    ask(
        event,
        children_welcome=True,
        childcare_capacity=2,
        childcare_close_at=event.starts_at - timedelta(days=1),
    )
    question(event)
    said = purpose_with(purpose_of(event), asked_of(event)).use
    assert all(word in said for word in ("質問への答え", "保護者の連絡先", "託児の準備"))


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("2歳と4歳", (2, 4)),
        ("２、４", (2, 4)),
        ("8か月", (0,)),
        ("１０ヶ月と3歳", (0, 3)),
        ("3歳 3歳", (3, 3)),
    ],
)
def test_ages_are_read_as_people_write_them(text, ages):
    assert parse_ages(text) == ages


@given(st.text(max_size=40))
def test_any_text_is_ages_or_a_clear_no(text):
    if any(char.isdecimal() for char in normalize("NFKC", text)):
        assert all(age >= 0 for age in parse_ages(text))
    else:
        with pytest.raises(ValueError, match="年齢"):
            parse_ages(text)


def test_what_a_person_answered_is_given_back_to_them():
    event, parent = make.event(), make.person()
    ask(
        event, children_welcome=True, childcare_capacity=2, childcare_close_at=event.starts_at - timedelta(days=3),
        childcare_from_age=1, childcare_to_age=5,
    )  # fmt: skip
    row = question(event)
    register(
        event,
        parent,
        extras=Extras(answers={row.pk: ["乙"]}, bands=(0, 1, 0), guardian=PARENT, childcare=(4,)),
    )
    text = str(personal.personal_data(parent.user_id))
    for words in ("どちらですか: 乙", "6〜12歳 1人", "試験 母(090-1234-5678)", "1人(4歳)"):
        assert words in text, words
    assert "試験 母" not in str(personal.personal_data(make.person().user_id))
