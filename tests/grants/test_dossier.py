"""一件書類: everything of a file in one PDF with its index; who may make and read it; its pages and those of 黒塗り."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from grants import actions as grants
from grants.dossier import actions
from grants.models import Application, Dossier, Redaction
from portal.accounts.enums import Role
from portal.documents import queries as documents
from portal.kernel import audit, clock, jobs, poppler, uploads
from portal.kernel.models import Job
from portal.kernel.refusals import Refusal
from tests.factories.accounts import officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.dossier import dossier, mark, paper, redaction
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import form_of, send, text_of


def attach(town: Town, application: Application, name: str, content: bytes, kind: str = "other") -> None:
    stored = uploads.stage(SimpleUploadedFile(name, content), by=town.officer)
    keys = [row["key"] for row in application.menu.attachable]
    grants.add_attachment(
        by=town.officer, application=application, kind=kind if kind in keys else keys[-1], file=stored
    )


def submitted(town: Town) -> Application:
    """A file with a PDF of two pages, a picture, a table, and a PDF that cannot be opened (規約)."""
    application = town.ready()
    attach(town, application, "計画図.pdf", paper("計画図の一枚目", "---", "計画図の二枚目"))
    picture = BytesIO()
    Image.new("RGB", (300, 200), "green").save(picture, "JPEG")
    attach(town, application, "写真.jpg", picture.getvalue())
    attach(town, application, "名簿.csv", "氏名,所属\n試験,会\n".encode())
    return grants.submit(by=town.chief, application=application)


def run(key: str) -> Job:
    job = Job.objects.get(key=key)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def made(town: Town, application: Application) -> Dossier:
    row = actions.ask_dossier(by=town.prefecture, application=application)
    run(row.job_key)
    row.refresh_from_db()
    return row


def test_everything_stands_in_one_pdf_behind_its_index(town: Town, tmp_path: Path) -> None:
    application = submitted(town)
    run(documents.of(application).get().job_key)
    row = actions.ask_dossier(by=town.prefecture, application=application)
    job = run(row.job_key)
    row.refresh_from_db()
    assert (job.state, job.done_count, job.total_count) == ("done", 8, 8)
    assert row.file is not None
    file = tmp_path / "whole.pdf"
    with default_storage.open(row.file.storage_name) as content:
        file.write_bytes(content.read())
    assert poppler.page_count(file) == row.page_count == sum(part["pages"] for part in row.contents)
    by_title = {part["title"]: part for part in row.contents}
    drawing, photo, table, charter = (
        by_title[f"{name}"] for name in ("計画図.pdf", "写真.jpg", "名簿.csv", "規約.pdf")
    )
    assert (drawing["pages"], photo["pages"]) == (2, 1)
    assert "計画図の一枚目" in poppler.text(file, page=drawing["first"])
    assert "計画図の二枚目" in poppler.text(file, page=drawing["first"] + 1)
    assert (table["pages"], table["why_not"]) == (0, "PDFにできない種類のファイルです")
    assert charter["why_not"] == "開けないか、鍵のかかったPDFです"
    cover = "".join(poppler.text(file, page=page) for page in range(1, row.contents[0]["pages"] + 1))
    assert table["digest"][:40] in "".join(cover.split())
    assert application.title in cover
    paper_part = by_title[documents.of(application).get().title]
    assert documents.of(application).get().check_number in paper_part["note"]
    history = poppler.text(file, page=by_title["手続きの履歴"]["first"])
    assert "提出した" in history
    assert town.chief_user.name in history
    assert "grants.dossier.made" in [entry.event for entry in audit.history(application)]


def test_one_at_a_time_by_the_office_and_only_what_was_submitted(town: Town) -> None:
    draft = town.draft()
    with pytest.raises(Refusal, match="提出された申請"):
        actions.ask_dossier(by=town.prefecture, application=draft)
    application = submitted(town)
    for stranger in (town.chief, Town().prefecture):
        with pytest.raises(PermissionDenied, match="受け持つ振興局"):
            actions.ask_dossier(by=stranger, application=application)
    actions.ask_dossier(by=town.prefecture, application=application)
    with pytest.raises(Refusal, match="いま作っているところ"):
        actions.ask_dossier(by=town.prefecture, application=application)


def test_marks_are_refused_when_they_cannot_be(town: Town) -> None:
    copy = redaction(town, town.draft(), paper("一枚"))
    given: dict[str, Any] = {"by": town.prefecture, "redaction": copy, "ground": "person", "article": "第7条"}
    with pytest.raises(Refusal, match="1ページまで"):
        actions.mark(**given, kind="page", page=1, last_page=2)
    with pytest.raises(Refusal, match="何も入っていません"):
        actions.mark(**given, kind="term", field="own_number")
    with pytest.raises(Refusal, match="1か所以上"):
        actions.make_redaction(by=town.prefecture, redaction=copy)
    with pytest.raises(PermissionDenied):
        actions.mark(**given | {"by": Town().prefecture}, kind="term", term="あ")
    actions.mark(**given, kind="term", term="あ")
    actions.make_redaction(by=town.prefecture, redaction=copy)
    with pytest.raises(Refusal, match="印は変えられません"):
        actions.mark(**given, kind="term", term="い")
    with pytest.raises(Refusal, match="印は変えられません"):
        actions.remove_mark(by=town.prefecture, redaction=copy, mark=copy.marks.get())
    with pytest.raises(Refusal, match="いま「作成中」"):
        actions.make_redaction(by=town.prefecture, redaction=copy)


def test_the_next_copy_begins_with_the_marks_of_the_one_before(town: Town) -> None:
    copy = redaction(town, town.draft(), paper("一枚"))
    mark(copy, term="あ")
    second = actions.start_redaction(by=town.prefecture, dossier=copy.dossier, request_label="情公第13号")
    assert (second.number, second.marks.get().term) == (2, "あ")
    actions.remove_mark(by=town.prefecture, redaction=second, mark=second.marks.get())
    assert copy.marks.count() == 1


def test_the_constraints_hold(town: Town) -> None:
    copy = redaction(town, town.draft(), paper("一枚"))
    row = mark(copy, term="あ")

    def refuses(name: str, model: Any, **values: Any) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model.objects.filter(pk=values.pop("pk")).update(**values)

    refuses("redactionmark_shape", type(row), pk=row.pk, term="")
    refuses("redactionmark_shape", type(row), pk=row.pk, kind="region", term="", page=1, left=5, right=5)
    refuses("redactionmark_says_why", type(row), pk=row.pk, article="")
    refuses("redaction_making_iff_left_draft", Redaction, pk=copy.pk, making_at=clock.now())
    refuses("redaction_made_iff_filed", Redaction, pk=copy.pk, state="made", making_at=clock.now())
    refuses("dossier_made_iff_filed", Dossier, pk=copy.dossier_id, file=None)
    with pytest.raises(IntegrityError, match="redaction_number_once"), transaction.atomic():
        Redaction.objects.create(dossier=copy.dossier, number=1, request_label="二つめ")
    with pytest.raises(IntegrityError, match="dossier_number_once"), transaction.atomic():
        Dossier.objects.create(application=copy.dossier.application, number=1)


def test_an_officer_makes_both_by_clicking(town: Town, client: Client) -> None:
    application = submitted(town)
    client.force_login(town.prefecture_user)
    url = reverse("grants:dossier_list", args=[application.pk])
    assert url in client.get(application.get_staff_url()).content.decode()
    assert send(client, url).status_code == 303
    assert "準備中" in text_of(client.get(url)) or "処理中" in text_of(client.get(url))
    row = application.dossiers.get()
    run(row.job_key)
    page = client.get(url)
    assert_html(page.content)
    assert row.get_file_url() in page.content.decode()
    assert b"".join(client.get(row.get_file_url())).startswith(b"%PDF")  # type: ignore[arg-type]
    assert send(client, url, action=row.get_redact_url(), request_label="").status_code == 422
    started = send(client, url, action=row.get_redact_url(), request_label="情公第12号")
    copy = row.redactions.get()
    assert started["Location"] == copy.get_absolute_url()


@pytest.fixture
def copy(town: Town) -> Redaction:
    """A copy of a file that was filled in."""
    return redaction(town, town.submitted(), paper("申請者 試験 一郎", "---", "二枚目"), pages=2)


def test_an_officer_marks_and_has_the_copy_made_by_clicking(
    town: Town, copy: Redaction, client: Client
) -> None:
    client.force_login(town.prefecture_user)
    here = copy.get_absolute_url()
    assert_html(client.get(here).content)
    why = {"ground": "person", "article": "条例第7条第1号"}
    assert send(client, here, action=copy.get_act_url("term"), term="", **why).status_code == 422
    assert send(client, here, action=copy.get_act_url("term"), term="試験 一郎", **why).status_code == 303
    assert send(client, here, action=copy.get_act_url("field"), field="own_number", **why).status_code == 303
    place = {"left": "10", "top": "20.5", "right": "50", "bottom": "30"}
    assert send(client, here, action=copy.get_act_url("region"), **place, **why).status_code == 303
    wrong = send(client, here, action=copy.get_act_url("region"), **place | {"right": "5"}, **why)
    assert (wrong.status_code, 'value="20.5"' in wrong.content.decode()) == (422, True)
    assert send(client, here, action=copy.get_act_url("pages"), page="２", **why).status_code == 303
    assert copy.marks.count() == 4
    gone = copy.marks.get(kind="page")
    assert send(client, here, action=gone.get_remove_url()).status_code == 303
    assert copy.marks.count() == 3
    assert send(client, here, action=copy.get_act_url("make")).status_code == 303
    run(copy.job_key)
    assert "黒塗りの写しができました" in text_of(client.get(here))
    assert b"".join(client.get(copy.get_file_url())).startswith(b"%PDF")  # type: ignore[arg-type]


def test_an_auditor_reads_and_another_office_finds_nothing(
    town: Town, copy: Redaction, client: Client
) -> None:
    row = copy.dossier
    url = reverse("grants:dossier_list", args=[row.application_id])
    addresses = (url, copy.get_absolute_url(), row.get_file_url(), copy.get_page_url(1))
    client.force_login(officer(Role.AUDITOR, KAGOSHIMA))
    picture = client.get(copy.get_page_url(1))
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert [client.get(address).status_code for address in addresses] == [200] * 4
    assert client.post(url, {}).status_code == 403
    assert client.get(copy.get_page_url(3)).status_code == 404
    for stranger in (Town().prefecture_user, town.chief_user):
        client.force_login(stranger)
        assert [client.get(address).status_code for address in addresses] == [404] * 4


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_cost_the_same_for_one_and_for_many(
    town: Town, client: Client, assert_queries: Any, count: int
) -> None:
    application = town.submitted()
    row = dossier(town, application, paper("一枚"))
    for number in range(1, count + 1):
        copy = Redaction.objects.create(dossier=row, number=number, request_label="情公")
        mark(copy, term="あ")
        mark(copy, term=f"い{number}")
    client.force_login(town.prefecture_user)
    client.get(reverse("grants:dossier_list", args=[application.pk]))
    with assert_queries(8):
        client.get(reverse("grants:dossier_list", args=[application.pk]))
    form_of(client.get(copy.get_absolute_url()), action=copy.get_act_url("make"))
