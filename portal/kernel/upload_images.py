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
    try:
        with Image.open(file, formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Refusal("画像の画素数が多すぎます。6千万画素までにしてください。", code="pixels")
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
