"""Every list of the staff as a file: what its page shows and no more, defused, noted in the log, for its owner alone."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from communities.models import Collaboration, Community
from portal.kernel import clock, exports, jobs
from portal.kernel.actors import JobActor
from portal.kernel.export_models import Export
from portal.kernel.exports import making
from portal.kernel.models import AuditEntry, Job, StoredFile
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.pages import form_values

from .cast import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):  # type: ignore[no-untyped-def]
    return signed_in(client, make.ward_officer())


def signed_in(client, by):  # type: ignore[no-untyped-def]
    client.force_login(by.user, backend="django.contrib.auth.backends.ModelBackend")
    return by


def taken(client, kind: str, query: str = "", **values):  # type: ignore[no-untyped-def]
    """Fill in the page and fetch the file."""
    address = f"/staff/exports/{kind}/new/{query}"
    page = client.get(address)
    assert_html(page.content)
    sent = client.post(address, {**form_values(page.content), **values})
    assert sent.status_code == 303, sent.content.decode()
    answer = client.get(sent.url)
    return b"".join(answer.streaming_content), answer


def rows_of(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


def test_list_leaves_as_csv_with_its_filters(client, officer) -> None:  # type: ignore[no-untyped-def]
    make.community(by=officer, name="=本の会", summary="+読む")
    make.community(by=officer, name="下書きの会", publish=False)
    make.community(by=make.ward_officer("151017"), place=make.area("151017"), name="よその会")
    content, answer = taken(client, "communities", "?state=published&cursor=x", form="csv")
    rows = rows_of(content)
    assert rows[0][:4] == ["名前", "フリガナ", "地域", "状態"]
    assert [row[0] for row in rows[1:]] == ["'=本の会"]
    assert rows[1][4] == "'+読む"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    entry = AuditEntry.objects.get(event="kernel.export.asked")
    assert (entry.actor_ref, entry.data) == (
        officer.ref, {"kind": "communities", "form": "csv", "long": False, "state": "published"},
    )  # fmt: skip


def test_list_of_those_that_need_a_look_leaves_as_it_is_shown(client, officer) -> None:  # type: ignore[no-untyped-def]
    make.community(by=officer, name="だれもいない会")
    make.organiser(make.community(by=officer, name="世話人のいる会"))
    content, _ = taken(client, "communities", "?state=organiser", form="csv")
    assert [row[0] for row in rows_of(content)[1:]] == ["だれもいない会"]


def test_year_that_was_chosen_stands_in_the_address_of_the_file(client) -> None:  # type: ignore[no-untyped-def]
    signed_in(client, cast().people["ward"])
    year = Collaboration.objects.filter(state="counted").values_list("fiscal_year", flat=True)[0]
    page = client.get(f"/staff/collaborations/?state=counted&year={year}").content.decode()
    assert f"/staff/exports/collaborations/new/?state=counted&amp;year={year}" in page


def test_workbook_holds_texts_numbers_and_moments(client, officer) -> None:  # type: ignore[no-untyped-def]
    event = make.event(make.community(by=officer), by=officer, title="=1+1", capacity=12)
    content, _ = taken(client, "events", form="xlsx")
    sheet = load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[1]][:2] == ["催しの名前", "始まり"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("=1+1", "s", True)
    assert sheet["B2"].value == event.starts_at.astimezone(clock.JST).replace(tzinfo=None)
    assert sheet["L2"].value == 12


def test_shift_jis_marks_what_it_cannot_write(client, officer) -> None:  # type: ignore[no-untyped-def]
    make.community(by=officer, name="𠮷野の会〜髙")
    content, _ = taken(client, "communities", form="cp932")
    assert rows_of(content, "cp932")[1][0] == "〓野の会～髙"


def test_words_that_were_searched_for_stay_out_of_the_log(client, officer) -> None:  # type: ignore[no-untyped-def]
    make.community(by=officer, name="佐久間さんの会")
    content, _ = taken(client, "communities", "?q=佐久間", form="csv")
    assert len(rows_of(content)) == 2
    assert "佐久間" not in str(AuditEntry.objects.get(event="kernel.export.asked").data)


def test_names_of_parties_leave_only_with_a_purpose_and_only_for_staff(client) -> None:  # type: ignore[no-untyped-def]
    world = cast()
    address = f"/staff/exports/registrations/new/?event={world.event.pk}"
    signed_in(client, world.people["ward"])
    page = client.get(address)
    refused = client.post(address, {**form_values(page.content), "purpose": ""})
    assert refused.status_code == 422
    content, _ = taken(
        client, "registrations", f"?event={world.event.pk}", form="csv", purpose="当日の受付のため"
    )
    rows = rows_of(content)
    assert rows[1][1] == world.party.name
    assert "車いす" not in content.decode()
    export = Export.objects.get()
    assert export.purpose == "当日の受付のため"
    assert "当日の受付" not in str(AuditEntry.objects.get(target_id=str(export.pk)).data)
    for name, status in (("organiser", 404), ("resident", 404), ("other_ward", 404), ("auditor", 404)):
        signed_in(client, world.people[name])
        assert client.get(address).status_code == status, name
        assert client.get(f"/staff/exports/{export.pk}/file/").status_code == 404, name
    with pytest.raises(Refusal, match="使いみち"):
        exports.ask_for_export(
            by=make.ward_officer(), kind="registrations", form="csv", params={"event": str(world.event.pk)}
        )


def test_parties_of_a_communitys_own_event_never_leave(client, officer) -> None:  # type: ignore[no-untyped-def]
    event = make.event(make.community(by=officer), by=officer, collector="community")
    make.registration(event)
    assert client.get(f"/staff/exports/registrations/new/?event={event.pk}").status_code == 403
    with pytest.raises(PermissionDenied):
        exports.ask_for_export(
            by=officer, kind="registrations", form="csv", params={"event": str(event.pk)}, purpose="名簿"
        )
    assert client.get("/staff/exports/registrations/new/?event=x").status_code == 404
    assert client.get("/staff/exports/nothing/new/").status_code == 404


def test_every_list_can_be_taken_out(client) -> None:  # type: ignore[no-untyped-def]
    world = cast()
    signed_in(client, world.people["ward"])
    assert len(rows_of(taken(client, "collaborations", form="csv")[0])) == 3
    assert len(rows_of(taken(client, "collaborations", "?state=counted", form="csv")[0])) == 2
    assert len(rows_of(taken(client, "events", form="csv")[0])) == 2
    signed_in(client, world.people["municipal"])
    assert rows_of(taken(client, "platforms", form="csv")[0])[1][0] == world.platform.name
    for address in ("/staff/communities/", "/staff/events/", "/staff/collaborations/?state=counted"):
        signed_in(client, world.people["ward"])
        assert "この一覧を書き出す" in client.get(address).content.decode(), address


def test_long_list_is_written_by_a_job_for_its_owner_and_for_a_day(client, officer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(making, "LONG", 2)
    monkeypatch.setattr("portal.kernel.exports.actions.LONG", 2)
    monkeypatch.setattr(making, "CHUNK", 2)
    for _ in range(5):
        make.community(by=officer)
    page = client.get("/staff/exports/communities/new/")
    sent = client.post("/staff/exports/communities/new/", {**form_values(page.content), "form": "csv"})
    export = Export.objects.get()
    assert sent.url == f"/staff/exports/{export.pk}/"
    assert "作っています" in client.get(sent.url).content.decode()
    assert client.get(f"{sent.url}file/").status_code == 404
    assert jobs.run(Job.objects.get(key=export.job_key).pk)
    ready = client.get(sent.url)
    assert_html(ready.content)
    assert "5行を書き出しました" in ready.content.decode()
    rows = rows_of(b"".join(client.get(f"{sent.url}file/").streaming_content))
    assert {row[0] for row in rows[1:]} == set(Community.objects.values_list("name", flat=True))
    signed_in(client, make.ward_officer())
    assert client.get(f"{sent.url}file/").status_code == 404
    signed_in(client, officer)
    stored = StoredFile.objects.get()
    with clock.at(clock.now() + timedelta(hours=25)):
        assert client.get(f"{sent.url}file/").status_code == 404
        assert exports.sweep(by=JobActor("kernel.sweep")) == 1
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(stored.storage_name)
    assert Export.objects.get().file is None


def test_right_that_ended_ends_the_file_too(client, officer, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    make.community(by=officer)
    export = exports.ask_for_export(by=officer, kind="communities", form="csv", params={})
    officer.user.appointments.all().delete()
    assert client.get(f"/staff/exports/{export.pk}/file/").status_code == 404


def test_rows_are_read_by_key_and_none_twice(officer, assert_queries) -> None:  # type: ignore[no-untyped-def]
    from portal.kernel import paging

    made = {make.community(by=officer).pk for _ in range(7)}
    rows = Community.objects.filter(pk__in=made)
    with assert_queries(4):
        found = [row.pk for row in paging.walk(rows, order=("-created_at", "-id"), chunk=3)]
    assert len(found) == 7
    assert set(found) == made
