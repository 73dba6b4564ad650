"""Smaller pictures: drawn once beside the original, chosen by width, named for the browser, gone with the original."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.template import engines
from django.test import RequestFactory
from PIL import Image

from portal.kernel import clock, http, upload_sizes, uploads
from portal.kernel.actors import JobActor
from portal.kernel.models import Heartbeat, StoredFile
from portal.kernel.ui.photos import Sized, sized
from tests.support import files

pytestmark = pytest.mark.django_db
BY = JobActor("tests")


def colourful(form: str = "JPEG", size: tuple[int, int] = (1_600, 1_000), mode: str = "RGB") -> bytes:
    """A picture that does not shrink to nothing, with a camera's words in it."""
    small = Image.effect_noise((size[0] // 4, size[1] // 4), 90).convert(mode)
    if mode == "RGBA":
        small.putalpha(120)
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010F] = "SECRET-CAMERA"
    small.resize(size).save(out, form, exif=exif)
    return out.getvalue()


def staged(name: str = "写真.jpg", content: bytes = b"") -> StoredFile:
    return uploads.stage(files.upload(name, content or colourful()), by=BY, accept=uploads.IMAGES)


def names(stored: StoredFile) -> list[str]:
    return [upload_sizes.name_of(stored.storage_name, width) for width in stored.widths]


def shown(stored: StoredFile, query: str) -> Image.Image:
    answer = http.picture(RequestFactory().get(f"/{query}"), stored)
    body = b"".join(answer.streaming_content)
    picture = Image.open(io.BytesIO(body))
    assert answer.headers["Content-Type"] == f"image/{picture.format.lower()}"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="photo.')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    return picture


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB")]
)
def test_a_picture_is_kept_in_three_smaller_sizes_too(form: str, mode: str) -> None:
    stored = staged(f"写真.{form.lower()}", colourful(form, mode=mode))
    assert (stored.width, stored.height, stored.widths) == (1_600, 1_000, [160, 480, 1_200])
    for width, name in zip(stored.widths, names(stored), strict=True):
        with default_storage.open(name) as file:
            content = file.read()
        assert len(content) < stored.size
        assert b"SECRET-CAMERA" not in content
        with Image.open(io.BytesIO(content)) as drawn:
            assert (drawn.format, drawn.size) == ("WEBP", (width, width * 1_000 // 1_600))
            assert drawn.mode == mode


def test_only_smaller_ones_are_drawn() -> None:
    assert staged(content=colourful(size=(480, 300))).widths == [160]
    assert staged(content=files.picture(size=(40, 20))).widths == []
    assert staged("広い.png", files.picture("PNG", (3_000, 4), orientation=1)).height == 4


def test_a_file_that_is_no_picture_has_no_size() -> None:
    stored = uploads.stage(files.upload("見積書.pdf"), by=BY)
    assert (stored.width, stored.height, stored.widths) == (None, None, [])


@pytest.mark.parametrize(
    ("query", "width"),
    [
        ("", 1_600), ("?w=160", 160), ("?w=161", 480), ("?w=480", 480), ("?w=1200", 1_200), ("?w=1201", 1_600),
        ("?w=0", 1_600), ("?w=-1", 1_600), ("?w=999999", 1_600), ("?w=../x", 1_600), ("?w=١٦٠", 1_600),
    ],
)  # fmt: skip
def test_the_smallest_that_is_wide_enough_is_handed_out(query: str, width: int) -> None:
    assert shown(staged(), query).width == width


def test_all_sizes_end_with_the_original() -> None:
    stored, kept = staged(), staged()
    target = Heartbeat.objects.create(name="a")
    for each in (stored, kept):
        uploads.attach(each, target)
    uploads.release(stored)
    with clock.at(clock.now() + timedelta(hours=49)):
        assert uploads.purge_staged(older_than=timedelta(days=2)) == 1
    assert len(names(stored)) == 3
    assert [default_storage.exists(name) for name in (*names(stored), stored.storage_name)] == [False] * 4
    assert [default_storage.exists(name) for name in (*names(kept), kept.storage_name)] == [True] * 4


def test_what_the_portal_keeps_has_sizes_and_is_replaced_whole() -> None:
    content = colourful()
    default_storage.save("photos/ab/1", io.BytesIO(b"left by a killed job"))
    default_storage.save("photos/ab/1.160", io.BytesIO(b"left by a killed job"))
    made = {"name": "photos/ab/1", "filename": "photo.jpg", "content_type": "image/jpeg"}
    first = uploads.keep(content, **made)
    assert first.widths == [160, 480, 1_200]
    assert shown(first, "?w=160").width == 160
    assert uploads.keep(content, **made) == first


def test_a_storage_that_fails_halfway_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    save, written = default_storage.save, []

    def failing(name: str, content: object) -> str:
        if len(written) == 2:
            raise OSError("full")
        written.append(save(name, content))
        return str(written[-1])

    monkeypatch.setattr(default_storage, "save", failing)
    with pytest.raises(OSError, match="full"):
        staged()
    assert len(written) == 2
    assert not any(default_storage.exists(name) for name in written)
    assert not StoredFile.objects.exists()


def test_a_page_names_every_size_and_the_place_it_needs() -> None:
    picture = Sized("/p/", "机の絵", 1_600, 1_000, (160, 480, 1_200))
    source = "{% figure src=picture %}{% entry '題' '/x/' src=picture %}{% endentry %}{% photo picture %}{% endphoto %}"
    html = engines["django"].from_string(source).render({"picture": picture})
    assert html.count('srcset="/p/?w=160 160w, /p/?w=480 480w, /p/?w=1200 1200w, /p/ 1600w"') == 3
    assert html.count('src="/p/?w=480"') == html.count('width="1600" height="1000" loading="lazy"') == 3
    assert html.count('alt="机の絵"') == html.count('sizes="') == 3


def test_a_picture_of_one_size_has_one_address() -> None:
    stored = staged(content=files.picture(size=(40, 20), orientation=1))
    one = sized({"alt": "絵", "width": stored.width, "height": stored.height, "widths": stored.widths}, "/p/")
    html = engines["django"].from_string("{% figure src=one %}").render({"one": one})
    assert 'src="/p/"' in html
    assert "srcset" not in html
    assert "sizes" not in html
    assert 'width="40" height="20"' in html
