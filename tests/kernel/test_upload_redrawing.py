"""Pictures of before get their smaller sizes, batch by batch; a WebP says how large it is before it is unpacked."""

import io
import struct

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image

from portal.kernel import upload_sizes, uploads
from portal.kernel.actors import JobActor
from portal.kernel.models import StoredFile
from portal.kernel.refusals import Refusal
from portal.kernel.upload_images import redraw
from portal.kernel.upload_redrawing import draw_missing
from tests.support import files

BY = JobActor("tests")


def jpeg(width: int = 600) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width // 2, width // 2), 90).convert("RGB").resize((width, width)).save(out, "JPEG")
    return out.getvalue()


def old(content: bytes | None = None) -> StoredFile:
    """A picture as it was kept before the small ones were."""
    stored = uploads.stage(files.upload("写真.jpg", content or jpeg()), by=BY, accept=uploads.IMAGES)
    for width in stored.widths:
        default_storage.delete(upload_sizes.name_of(stored.storage_name, width))
    StoredFile.objects.filter(pk=stored.pk).update(width=None, height=None, widths=[])
    return StoredFile.objects.get(pk=stored.pk)


@pytest.mark.django_db
def test_every_old_picture_once_in_batches_and_again_nothing(capsys) -> None:  # type: ignore[no-untyped-def]
    rows = [old() for _ in range(5)]
    paper = uploads.stage(files.upload("規約.pdf"), by=BY)
    call_command("draw_picture_sizes", batch=2)
    assert "5枚分つくりました(読めなかったもの0枚)" in capsys.readouterr().out
    for row in rows:
        row.refresh_from_db()
        assert (row.width, row.height, row.widths) == (600, 600, [160, 480])
        for width in row.widths:
            with (
                default_storage.open(upload_sizes.name_of(row.storage_name, width)) as file,
                Image.open(file) as drawn,
            ):
                assert (drawn.width, drawn.format) == (width, "WEBP")
    paper.refresh_from_db()
    assert paper.width is None
    call_command("draw_picture_sizes")
    assert "0枚分つくりました" in capsys.readouterr().out


@pytest.mark.django_db
def test_what_a_killed_run_left_is_replaced_and_what_is_lost_is_passed_by(capsys) -> None:  # type: ignore[no-untyped-def]
    half, lost, broken = old(), old(), old()
    default_storage.save(upload_sizes.name_of(half.storage_name, 160), ContentFile(b"half a drawing"))
    default_storage.delete(lost.storage_name)
    default_storage.delete(broken.storage_name)
    default_storage.save(broken.storage_name, ContentFile(b"no picture"))
    call_command("draw_picture_sizes", batch=1)
    assert "1枚分つくりました(読めなかったもの2枚)" in capsys.readouterr().out
    with (
        default_storage.open(upload_sizes.name_of(half.storage_name, 160)) as file,
        Image.open(file) as drawn,
    ):
        assert drawn.width == 160
    assert not default_storage.exists(upload_sizes.name_of(broken.storage_name, 160))


@pytest.mark.django_db
def test_one_picture_at_a_time_is_in_memory(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    rows, alive, most = [old() for _ in range(4)], [0], [0]
    real = upload_sizes.draw

    def draw(content: bytes) -> upload_sizes.Sizes:
        alive[0] += 1
        most[0] = max(most[0], alive[0])
        made = real(content)
        alive[0] -= 1
        return made

    monkeypatch.setattr("portal.kernel.upload_sizes.draw", draw)
    assert draw_missing(limit=2).done == 2
    assert (most, len(rows)) == ([1], 4)
    assert StoredFile.objects.filter(width__isnull=True, content_type="image/jpeg").count() == 2


def chunk(kind: bytes, body: bytes) -> bytes:
    """A WebP that is nothing but its first chunk."""
    inner = b"WEBP" + kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def crafted(kind: bytes, width: int, height: int) -> bytes:
    if kind == b"VP8X":
        return chunk(
            kind,
            bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + bytes(20),
        )
    if kind == b"VP8L":
        return chunk(kind, b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + bytes(20))
    return chunk(kind, bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", width, height) + bytes(20))


@pytest.mark.parametrize("kind", [b"VP8X", b"VP8L", b"VP8 "])
def test_a_webp_of_too_many_pixels_is_refused_before_it_is_opened(kind: bytes, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def unpacks(*args: object, **kwargs: object) -> None:
        raise AssertionError("the picture was opened before its size was asked for")

    monkeypatch.setattr(Image, "open", unpacks)
    with pytest.raises(Refusal, match="6千万画素まで") as refused:
        redraw(io.BytesIO(crafted(kind, 16_000, 16_000)), "image/webp")
    assert refused.value.code == "pixels"
    with pytest.raises(AssertionError):  # 60,000,000 are taken
        redraw(io.BytesIO(crafted(kind, 10_000, 6_000)), "image/webp")


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("exif", [b"", b"Exif\x00\x00MM"])
def test_real_ones_of_each_kind_are_told_their_size(lossless: bool, exif: bytes) -> None:
    from portal.kernel.upload_images import _webp_size

    out = io.BytesIO()
    Image.new("RGB", (321, 123), "red").save(out, "WEBP", lossless=lossless, exif=exif)
    out.seek(0)
    assert _webp_size(out) == (321, 123)
    assert out.tell() == 0


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"RIFF\x00\x00\x00\x00WEBPVP8X", chunk(b"ALPH", bytes(30))]
)
def test_what_says_no_size_is_refused_as_broken(content: bytes) -> None:
    with pytest.raises(Refusal, match="読み取れません"):
        redraw(io.BytesIO(content), "image/webp")
