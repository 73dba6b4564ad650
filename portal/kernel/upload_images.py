"""Pictures are drawn anew: what a camera wrote beside the picture (place, time, owner) does not come in."""

from __future__ import annotations

import io
from typing import IO, Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .refusals import Refusal

MAX_PIXELS = 60_000_000
MAX_SIDE = 3_000  # pixels of the longer side that are kept
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"compress_level": 7},
    "WEBP": {"quality": 85, "method": 4},
}


def redraw(file: IO[bytes], content_type: str) -> bytes:
    """Return the picture in the same format, upright, in sRGB, at most 3,000 pixels a side, with nothing beside it.

    Of a moving picture the first frame stays. Raises Refusal for what cannot be read and for more than 60 megapixels,
    which are told from the header before anything is unpacked.
    """
    form = _FORMATS[content_type]
    if form == "WEBP":
        _refuse_too_many(*_webp_size(file))
    try:
        with Image.open(file, formats=[form]) as picture:
            _refuse_too_many(picture.width, picture.height)
            picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
            plain = _plain(ImageOps.exif_transpose(picture), form)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        MemoryError,
    ):
        raise Refusal(
            "画像を読み取れません。こわれていないか確かめて、選び直してください。", code="broken"
        ) from None
    plain.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, format=form, **_OPTIONS[form])
    return out.getvalue()


def _refuse_too_many(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise Refusal("画像の画素数が多すぎます。6千万画素までにしてください。", code="pixels")


def _webp_size(file: IO[bytes]) -> tuple[int, int]:
    """Width and height as the first chunk of a WebP says them (RFC 9649); (0, 0) where it says nothing.

    Opening a WebP unpacks it: the decoder takes room for the whole canvas before anybody can ask how large it is.
    """
    head = file.read(30)
    file.seek(0)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return 0, 0
    kind, body = head[12:16], head[20:]
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return 0, 0


def _plain(picture: Image.Image, form: str) -> Image.Image:
    """The pixels alone, in a mode that the format can hold."""
    profile = picture.info.get("icc_profile")
    transparent = form != "JPEG" and ("A" in picture.getbands() or "transparency" in picture.info)
    plain = _in_srgb(picture, profile).convert("RGBA" if transparent else "RGB")
    plain.info.clear()
    return plain


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return made if made is not None else picture
