"""Small files of every kind, as people send them."""

import io
import zipfile

import openpyxl
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.kernel.actors import UserActor
from portal.kernel.upload_models import StoredFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def upload(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    """A file with exactly this name, which Django would otherwise tidy."""
    file = SimpleUploadedFile("file", content)
    file._name = name
    return file


def picture(
    form: str = "JPEG", size: tuple[int, int] = (40, 20), *, mode: str = "RGB", orientation: int = 6
) -> bytes:
    """A picture with a maker, a place and an orientation in its EXIF, as a telephone writes it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRET-CAMERA", orientation
    exif.get_ifd(0x8825)[2] = (37.0, 48.0, 0.0)
    out = io.BytesIO()
    Image.new(mode, size, 120 if mode == "L" else "red").save(out, form, exif=exif)
    return out.getvalue()


def sheet() -> bytes:
    """An Excel file."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "名称"
    book.save(out)
    return out.getvalue()


def office(main: str, content_type: str, *more: str) -> bytes:
    """The skeleton of an Office file: its main part, the type it claims, further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", f'<Types><Override ContentType="{content_type}"/></Types>')
        for name in (main, *more):
            parts.writestr(name, "<x/>")
    return out.getvalue()


def document(*more: str) -> bytes:
    """A Word file."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return office("word/document.xml", kind, *more)


def chosen(stored: StoredFile, by: UserActor) -> str:
    """What a page sends back for a file that `by` chose before: the value of its hidden field `<name>-staged`."""
    return signing.dumps([str(stored.pk), by.ref], salt="kernel.upload")
