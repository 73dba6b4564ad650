"""The plan of menu ②: saved while one types, a second writer is told and sees both, photographs of a report are what they say."""

from typing import Any

from django.urls import reverse

from communities.models import EventPhoto
from grants.models import Workshop
from tests.factories.grants import Town
from tests.factories.workshop import consulting, decided, draft
from tests.support.files import picture, upload
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import form_of, send, text_of
from .test_supporters_pages import signed_in

AFTER = "2026-12-12T17:00:00+09:00"


def address(made: Workshop) -> str:
    return reverse("grants:workshop_autosave", args=[made.pk])


def typed(client: Any, made: Workshop, **values: Any) -> dict[str, Any]:
    return {**form_of(client.get(made.get_edit_url())), **values}


def test_a_plan_is_saved_while_one_types(town: Town) -> None:
    made, client = draft(town), signed_in(town.officer_user)
    page = client.get(made.get_edit_url())
    assert f'data-autosave="{address(made)}"' in text_of(page)
    data = typed(client, made, aim="校区の十年後を話し合う。", capacity="")
    first = client.post(address(made), data)
    assert (first.status_code, first.json()["revision"]) == (200, made.revision + 1)
    data["revision"], data["aim"] = str(first.json()["revision"]), "もっと書いた。"
    assert client.post(address(made), data).status_code == 200
    made.refresh_from_db()
    assert (made.aim, made.capacity, made.lecturers.count()) == ("もっと書いた。", None, 1)
    wrong = client.post(address(made), {**data, "capacity": "たくさん"})
    assert (wrong.status_code, "まだ保存していません" in wrong.json()["text"]) == (422, True)


def test_the_later_writer_is_told_and_sees_both_plans(town: Town) -> None:
    made = draft(town)
    one, two = signed_in(town.officer_user), signed_in(town.chief_user)
    mine, theirs = typed(one, made, aim="一人目のねらい"), typed(two, made, aim="二人目のねらい")
    assert one.post(address(made), mine).status_code == 200
    told = two.post(address(made), theirs)
    assert (told.status_code, told.json()["conflict"]) == (409, True)
    both = two.post(made.get_edit_url(), theirs)
    text = text_of(both)
    assert_html(both.content)
    assert both.status_code == 409
    assert "ほかの画面でも保存されました" in text
    assert "一人目のねらい" in text
    assert "二人目のねらい" in text
    assert text.count("保存されている内容</dt>") == 1, "nothing else differs"
    assert two.post(made.get_edit_url(), form_of(both)).status_code == 303
    made.refresh_from_db()
    assert made.aim == "二人目のねらい"


def test_in_consultation_only_the_button_saves(town: Town) -> None:
    made, client = consulting(town), signed_in(town.officer_user)
    assert "data-autosave" not in text_of(client.get(made.get_edit_url()))
    answer = client.post(address(made), typed(client, made, aim="あとから"))
    assert (answer.status_code, "「保存する」を押したとき" in answer.json()["text"]) == (409, True)
    made.refresh_from_db()
    assert made.aim != "あとから"


def test_strangers_and_ended_sessions_save_nothing(town: Town) -> None:
    made = draft(town)
    data = typed(signed_in(town.officer_user), made, aim="よその人")
    script = {"Sec-Fetch-Mode": "cors"}
    assert StrictClient().post(address(made), data, headers=script).status_code == 302
    assert signed_in(Town(office=town.office).officer_user).post(address(made), data).status_code == 404
    made.refresh_from_db()
    assert made.aim != "よその人"


def test_a_photograph_that_is_none_is_refused_and_the_report_stays(town: Town, clock: ClockFile) -> None:
    made, client = decided(town), signed_in(town.officer_user)
    clock.set(AFTER)
    url = made.get_report_url()
    said = {
        "residents_count": "20", "survey_count": "18", "survey_average": "4.2", "outcome": "三つの班で話し合った。",
        "next_step": "2月に二回目を開く。", "alt_1": "班の話し合い", "consented": "on",
    }  # fmt: skip
    wrong = send(client, url, **said, photo_1=upload("mae.jpg", b"%PDF-1.4 not a picture"))
    text = text_of(wrong)
    assert_html(wrong.content)
    assert wrong.status_code == 422
    assert all(kept in text for kept in ("三つの班で話し合った。", 'value="4.2"', 'value="班の話し合い"'))
    assert not EventPhoto.objects.filter(event=made.event_id).exists()
    silent = send(client, url, **{**said, "alt_1": ""}, photo_1=upload("mae.jpg", picture()))
    assert (silent.status_code, "写真の説明を書いてください" in text_of(silent)) == (422, True)
    again = form_of(silent)
    assert client.post(url, {**again, "alt_1": "班の話し合い"}).status_code == 303
    photo = EventPhoto.objects.get(event=made.event_id)
    assert photo.alt == "班の話し合い"
    made.refresh_from_db()
    assert made.state == "reported"
