"""The form asks, keeps and says what is wrong at the field; organisers and staff read answers in their window, nobody else."""

from datetime import timedelta

import pytest

from communities import mails
from communities.actions.asks import add_question, edit_ask
from communities.actions.extras import register_party
from communities.calculations.extras import Extras, Guardian
from communities.models import Registration
from portal.site.demo.people import AKIHA
from tests.factories import communities as make
from tests.support.factories import email

from .cast import PEOPLE, cast

pytestmark = pytest.mark.django_db
SECRET = "里山の手入れのこと"


@pytest.fixture
def world():
    made = cast()
    ward = made.people["ward"]
    edit_ask(
        by=ward, event=made.event, children_welcome=True, childcare_capacity=2,
        childcare_close_at=made.event.starts_at - timedelta(days=2),
    )  # fmt: skip
    add_question(
        by=ward,
        event=made.event,
        kind="text",
        wording="話してみたいこと<b>",
        hint="<i>一行</i>",
        required=True,
    )
    add_question(
        by=ward, event=made.event, kind="choices", wording="手伝えること", options=["受付", "片付け"]
    )
    return made


def answered(made):
    text, many = made.event.questions.order_by("place")
    guardian = Guardian(name="試験 母", phone="090-1234-5678", participation=True, emergency=True)
    return register_party(
        by=make.visitor(), event=made.event, name="試験 花子", kana="シケン ハナコ", email=email("party"), consent=True,
        party_size=1, extras=Extras(
            answers={text.pk: [SECRET], many.pk: ["受付"]}, bands=(1, 0, 0), guardian=guardian, childcare=(2,),
        ),
    )  # fmt: skip


def sent(made, **values):
    text, many = made.event.questions.order_by("place")
    return {
        "name": "試験 花子", "kana": "シケン ハナコ", "email": email("party"), "party_size": "1", "consent": "on",
        text.field_name: SECRET, many.field_name: ["受付", "片付け"], "teen_count": "1", "guardian_name": "試験 母",
        "guardian_phone": "090-1234-5678", "guardian_participation": "on", "guardian_emergency": "on",
        "childcare_ages": "2歳", **values,
    }  # fmt: skip


def test_the_form_asks_confirms_and_stores(world):
    client, address = world.client("anonymous"), f"/events/{world.event.pk}/register/"
    page = client.get(address)
    assert "話してみたいこと&lt;b&gt;" in page.content.decode()
    assert "&lt;i&gt;一行&lt;/i&gt;" in page.content.decode()
    once = page.context["form"].initial["once"]
    confirm = client.post(address, sent(world, once=once, preview="1")).content.decode()
    for words in ("受付、片付け", "13〜17歳 1人", "試験 母", "写真は載せない", "2歳"):
        assert words in confirm, words
    answer = client.post(address, sent(world, once=once))
    assert answer.status_code == 303
    party = Registration.objects.filter(event=world.event).latest("position")
    own = client.get(f"/registrations/{mails.registration_token(party)}/").content.decode()
    assert SECRET in own
    assert (party.guardian.name, party.childcare.ages, party.ages.teen_count) == ("試験 母", [2], 1)


def test_every_mistake_stands_at_its_field_and_everything_is_kept(world):
    client, address = world.client("anonymous"), f"/events/{world.event.pk}/register/"
    text, _ = world.event.questions.order_by("place")
    once = client.get(address).context["form"].initial["once"]
    wrong = {text.field_name: "", "guardian_name": "", "guardian_emergency": "", "childcare_ages": "9歳"}
    answer = client.post(address, sent(world, once=once, **wrong))
    errors = answer.context["form"].errors
    assert answer.status_code == 422
    assert set(errors) == {text.field_name, "guardian_name", "guardian_emergency", "childcare_ages"}
    assert 'value="9歳"' in answer.content.decode()
    assert f'href="#id_{text.field_name}"' in answer.content.decode()


def test_an_event_that_asks_nothing_shows_nothing_more():
    made = cast()
    page = made.client("anonymous").get(f"/events/{made.event.pk}/register/").content.decode()
    for words in ("保護者の氏名", "託児を頼む", "主催者からの質問"):
        assert words not in page


def test_answers_are_read_by_those_who_collect_in_their_window_and_by_nobody_else(world, clock):
    party = answered(world)
    pages = [
        f"/events/{world.event.pk}/counter/answers/", f"/events/{world.event.pk}/counter/{party.pk}/",
        f"/events/{world.event.pk}/counter/", f"/events/{world.event.pk}/", f"/staff/events/{world.event.pk}/",
        f"{world.community.get_absolute_url()}manage/events/{world.event.pk}/",
    ]  # fmt: skip

    def readers(place):
        return {name for name in PEOPLE if SECRET in world.client(name).get(place).content.decode()}

    assert readers(pages[0]) == {"ward", "city"}  # organisers: from the closing of entries
    assert readers(pages[1]) == {"ward", "city", "organiser"}
    assert [readers(page) for page in pages[2:]] == [set()] * 4
    clock.set((world.event.starts_at + timedelta(minutes=1)).isoformat())
    assert readers(pages[0]) == {"ward", "city", "organiser"}
    clock.set((world.event.ends_at + timedelta(days=15)).isoformat())
    assert "organiser" not in readers(pages[0])


def test_an_auditor_and_other_wards_are_told_no(world):
    for name in ("auditor", "other_ward", "resident", "member", "other_organiser"):
        assert world.client(name).get(f"/events/{world.event.pk}/counter/answers/").status_code == 403, name
    assert world.people["ward"].user.appointments.get().area_id == AKIHA


def test_questions_are_written_put_right_and_ended_on_their_pages(world):
    client, list_url = world.client("organiser"), f"/events/{world.event.pk}/counter/questions/"
    once = client.get(f"{list_url}new/").context["form"].initial["once"]
    base = {"once": once, "wording": "来る方法", "kind": "choice", "options": "歩き"}
    refused = client.post(f"{list_url}new/", base)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"options"})
    assert client.post(f"{list_url}new/", {**base, "options": "歩き\n\n車\n歩き"}).status_code == 303
    row = world.event.questions.get(wording="来る方法")
    assert row.options == ["歩き", "車"]
    edit = f"{list_url}{row.pk}/"
    once = client.get(edit).context["form"].initial["once"]
    assert client.post(edit, {**base, "once": once, "options": "歩き\n電車"}).status_code == 303
    once = client.get(list_url).context["form"].initial["once"]
    assert client.post(list_url, {"once": once, "question": str(row.pk)}).status_code == 303
    assert "聞くのをやめた質問" in client.get(list_url).content.decode()


def test_settings_say_what_is_wrong_at_the_field(world):
    client, address = world.client("ward"), f"/events/{world.event.pk}/counter/asks/"
    once = client.get(address).context["form"].initial["once"]
    base = {"once": once, "childcare_from_age": "1", "childcare_to_age": "5"}
    answer = client.post(address, {**base, "childcare_capacity": "3"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"childcare_close_at"})
    late = client.post(address, {**base, "childcare_capacity": "3", "childcare_close_at": "2099-01-01T10:00"})
    assert (late.status_code, set(late.context["form"].errors)) == (409, {"childcare_close_at"})
    assert client.post(address, base).status_code == 303
    world.event.ask.refresh_from_db()
    assert (world.event.ask.children_welcome, world.event.ask.remind_week) == (False, False)
