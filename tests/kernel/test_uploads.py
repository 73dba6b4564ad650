"""Files come in by what they are, without what cameras add, under a name that says nothing."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.kernel import audit, clock, uploads
from portal.kernel.actors import JobActor
from portal.kernel.models import AuditEntry, Heartbeat, StoredFile
from portal.kernel.refusals import Refusal
from tests.support import files

pytestmark = pytest.mark.django_db
BY = JobActor("tests")
ALL = (*uploads.DOCUMENTS, uploads.WEBP)


def stage(name: str, content: bytes = files.PDF, **how) -> StoredFile:  # type: ignore[no-untyped-def]
    return uploads.stage(files.upload(name, content), by=BY, **{"accept": ALL} | how)


def bytes_of(stored: StoredFile) -> bytes:
    with default_storage.open(stored.storage_name) as file:
        return file.read()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("見積書.pdf", files.PDF, "application/pdf"),
        ("名簿.XLSX", files.sheet(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            "規約.docx",
            files.document(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("名簿.csv", "氏名,カナ\r\n髙橋,タカハシ\r\n".encode("cp932"), "text/csv"),
        ("名簿.csv", "\ufeff氏名,カナ\n".encode(), "text/csv"),
        ("記録.txt", "会議の記録".encode(), "text/plain"),
        ("写真.JPG", files.picture("JPEG"), "image/jpeg"),
        ("図.png", files.picture("PNG"), "image/png"),
        ("図.webp", files.picture("WEBP"), "image/webp"),
    ],
)
def test_a_file_that_is_what_its_name_says_comes_in(name: str, content: bytes, content_type: str) -> None:
    stored = stage(name, content)
    kept = bytes_of(stored)
    assert (stored.filename, stored.content_type, stored.state) == (name, content_type, "staged")
    assert (stored.size, stored.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert stored.uploaded_by_ref == "job:tests"
    assert "見積" not in stored.storage_name
    if not content_type.startswith("image/"):
        assert kept == content


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("請求書.pdf", files.picture("PNG"), "拡張子は.pdfですが、中身はPDFではありません。"),
        ("途中まで.pdf", files.PDF[:20], "中身はPDFではありません"),
        ("写真.jpg", files.picture("PNG"), "拡張子は.jpgですが、中身はJPEGではありません。"),
        ("図.png", files.PDF, "中身はPNGではありません"),
        ("図.webp", files.picture("JPEG"), "中身はWebPではありません"),
        ("名簿.xlsx", files.document(), "中身はExcelではありません"),
        ("規約.docx", files.sheet(), "中身はWordではありません"),
        ("名簿.xlsx", b"PK\x03\x04broken", "中身はExcelではありません"),
        ("名簿.xlsx", files.office("xl/workbook.xml", SHEET, "xl/vbaProject.bin"), "マクロが入ったファイル"),
        ("名簿.xlsx", files.office("xl/workbook.xml", MACRO), "マクロが入ったファイル"),
        ("規約.docx", files.document("word/VBAPROJECT.BIN"), "マクロが入ったファイル"),
        ("名簿.xlsm", files.sheet(), ".xlsx に保存し直して"),
        ("規約.docm", b"x", ".docx に保存し直して"),
        ("古い.xls", b"\xd0\xcf\x11\xe0", "古い形式"),
        ("絵.svg", SVG, "受け付けるのは"),
        ("頁.html", b"<html>", "受け付けるのは"),
        ("絵.csv", SVG, "中身はCSVではありません"),
        ("頁.txt", b"\xef\xbb\xbf \n<!DOCTYPE html>", "中身はテキストではありません"),
        ("名簿.csv", b"a,b\x00c", "中身はCSVではありません"),
        ("名簿.csv", files.PDF + b"\x81", "中身はCSVではありません"),
        ("何か.exe", b"MZ", "受け付けるのは"),
        ("何か", b"x", "受け付けるのは"),
        ("請求書.pdf.exe", files.PDF, "受け付けるのは"),
        ("写真.heic", b"ftypheic", "JPEGに変えて"),
        ("動く絵.gif", b"GIF89a", "PNGかJPEG"),
        ("空.pdf", b"", "中身が空"),
        ("大.txt", b"a" * 10_000_001, "大きすぎます(10.0MB)。10MBまで"),
        ("こわれた.jpg", files.picture()[:200], "読み取れません"),
    ],
)
def test_what_is_refused_says_what_to_do_and_leaves_nothing(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        stage(name, content)
    assert reason in refused.value.message
    assert not StoredFile.objects.exists()


def test_a_field_takes_only_what_it_asks_for() -> None:
    with pytest.raises(Refusal, match="この欄で受け付けるのは、JPEG、PNG、WebPです"):
        stage("見積書.pdf", accept=uploads.IMAGES)
    with pytest.raises(Refusal, match="2KBまで"):
        stage("記録.txt", b"a" * 3_000, max_bytes=2_000)


def test_an_office_file_that_would_unpack_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.kernel.upload_kinds.MAX_UNPACKED", 10)
    with pytest.raises(Refusal, match="大きすぎて"):
        stage("名簿.xlsx", files.sheet())


def test_the_list_of_parts_is_not_unpacked_when_it_is_a_bomb() -> None:
    bomb = files.office("xl/workbook.xml", SHEET + " " * 2_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(Refusal, match="中身はExcelではありません"):
        stage("名簿.xlsx", bomb)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_upright_and_says_nothing_of_its_camera(form: str) -> None:
    content = files.picture(form)
    assert b"SECRET-CAMERA" in content
    stored = stage(f"写真.{form.lower()}", content)
    kept = bytes_of(stored)
    with Image.open(io.BytesIO(kept)) as drawn:
        assert (drawn.format, drawn.size) == (form, (20, 40))
        assert not dict(drawn.getexif())
    assert b"SECRET-CAMERA" not in kept


def test_a_large_picture_becomes_smaller_and_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = stage("広い.png", files.picture("PNG", (4_000, 10), orientation=1))
    with default_storage.open(stored.storage_name) as file, Image.open(file) as drawn:
        assert drawn.width == 3_000
    monkeypatch.setattr("portal.kernel.upload_images.MAX_PIXELS", 100)
    with pytest.raises(Refusal, match="画素"):
        stage("爆弾.png", files.picture("PNG"))


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_drawn(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    stored = stage("図.jpg" if mode == "CMYK" else "図.png", out.getvalue())
    with default_storage.open(stored.storage_name) as file, Image.open(file) as drawn:
        assert drawn.mode in ("RGB", "RGBA")


@given(st.text(max_size=300))
def test_a_file_name_is_always_safe_to_show(name: str) -> None:
    cleaned = uploads.clean_filename(name)
    assert 0 < len(cleaned) <= 120
    assert not set('/\\<>:"|?*\x00\n') & set(cleaned)
    assert all(char.isprintable() or char == "\u3000" for char in cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\文書\\見積書.pdf", "見積書.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("", "ファイル"),
        (".pdf", "pdf"),
        ("長" * 200 + ".docx", "長" * 115 + ".docx"),
        ("髙\ufa11\ufa19.pdf", "髙\ufa11\ufa19.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("か\u3099.pdf", "が.pdf"),
    ],
)
def test_file_names_that_come_in(name: str, cleaned: str) -> None:
    assert uploads.clean_filename(name) == cleaned


def test_staging_is_audited_without_the_name() -> None:
    stored = stage("山田花子の診断書.pdf")
    (entry,) = audit.history(stored)
    assert (entry.event, entry.actor_ref) == ("kernel.storedfile.staged", "job:tests")
    assert set(entry.data) == {"size", "content_type", "sha256"}
    assert "山田" not in str(AuditEntry.objects.values_list("data", flat=True))


def test_attaching_twice_is_once_and_to_another_is_refused() -> None:
    stored, target, other = (
        stage("a.pdf"),
        Heartbeat.objects.create(name="a"),
        Heartbeat.objects.create(name="b"),
    )
    uploads.attach(stored, target)
    first = stored.attached_at
    uploads.attach(stored, target)
    row = StoredFile.objects.get(pk=stored.pk)
    assert (row.state, row.target_type, row.target_id, row.attached_at) == (
        "attached",
        "kernel.heartbeat",
        "a",
        first,
    )
    with pytest.raises(Refusal, match="ほかのもの"):
        uploads.attach(stored, other)


def test_attaching_what_was_swept_is_refused() -> None:
    stored = stage("a.pdf")
    StoredFile.objects.all().delete()
    with pytest.raises(Refusal, match="期間"):
        uploads.attach(stored, Heartbeat.objects.create(name="a"))


def test_sweeping_ends_what_nobody_took_and_only_that() -> None:
    old, taken, released = stage("old.pdf"), stage("taken.pdf"), stage("released.pdf")
    target = Heartbeat.objects.create(name="a")
    for stored in (taken, released):
        uploads.attach(stored, target)
    uploads.release(released)
    uploads.release(released)
    with clock.at(clock.now() + timedelta(hours=47)):
        fresh = stage("fresh.pdf")
        assert uploads.purge_staged(older_than=timedelta(days=2)) == 0
    with clock.at(clock.now() + timedelta(hours=49)):
        assert uploads.purge_staged(older_than=timedelta(days=2)) == 2
        assert uploads.purge_staged(older_than=timedelta(days=2)) == 0
    assert set(StoredFile.objects.all()) == {taken, fresh}
    assert [default_storage.exists(one.storage_name) for one in (old, taken, released, fresh)] == [
        False,
        True,
        False,
        True,
    ]


def test_keep_is_safe_twice_and_never_overwrites() -> None:
    made = {"name": "documents/ab/1.pdf", "filename": "申請書.pdf", "content_type": "application/pdf"}
    default_storage.save("documents/ab/1.pdf", io.BytesIO(b"left by a killed job"))
    first = uploads.keep(b"paper", **made)
    assert uploads.keep(b"paper", **made) == first
    assert (bytes_of(first), first.state, first.storage_name) == (b"paper", "attached", "documents/ab/1.pdf")
    with pytest.raises(ValueError, match="another file"):
        uploads.keep(b"other", **made)
    assert bytes_of(first) == b"paper"
    assert default_storage.listdir("documents/ab")[1] == ["1.pdf"]


def test_a_storage_that_fails_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_storage, "save", lambda *args: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        stage("a.pdf")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"target_type": "a.b"}, "storedfile_target_iff_attached"),
        ({"state": "attached"}, "storedfile_target_iff_attached"),
        ({"size": 0}, "storedfile_size_positive"),
        ({"width": 10}, "storedfile_sizes_of_pictures"),
        ({"width": 10, "height": 0}, "storedfile_sizes_of_pictures"),
        ({"widths": [160]}, "storedfile_sizes_of_pictures"),
    ],
)
def test_the_database_refuses(change: dict[str, object], constraint: str) -> None:
    stored = stage("a.pdf")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor():
        StoredFile.objects.filter(pk=stored.pk).update(**change)


def test_text_is_decoded_as_offices_write_it() -> None:
    assert uploads.decode("髙橋".encode("utf-8-sig")) == uploads.decode("髙橋".encode("cp932")) == "髙橋"
    assert uploads.decode(b"\x81") is None
