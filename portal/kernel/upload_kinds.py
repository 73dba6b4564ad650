"""Which files may come in, told by what is inside. A name is only a claim; a file that is not what its name says is refused.

SVG, HTML, macros and programs never come in. What is inside is judged by reading, never by running or converting.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from .refusals import Refusal

MAX_PARTS = 3_000  # entries of an Office file
MAX_UNPACKED = 300_000_000  # bytes that an Office file may grow to
MAX_TYPES = 1_000_000  # bytes of its list of parts, the only one that is unpacked here
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name for people, its endings, and how to tell it."""

    label: str
    content_type: str
    endings: tuple[str, ...]
    holds: Callable[[IO[bytes]], bool]
    is_image: bool = False


def _begins(*heads: bytes) -> Callable[[IO[bytes]], bool]:
    def holds(file: IO[bytes]) -> bool:
        return file.read(16).startswith(heads)

    return holds


def _is_pdf(file: IO[bytes]) -> bool:
    whole = file.read()
    return whole.startswith(b"%PDF-") and b"%%EOF" in whole[-2048:]


def _is_webp(file: IO[bytes]) -> bool:
    head = file.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


def _office(main_part: str, main_type: bytes) -> Callable[[IO[bytes]], bool]:
    """An Office Open XML file without macros whose main part is what the ending says."""

    def holds(file: IO[bytes]) -> bool:
        try:
            with zipfile.ZipFile(file) as parts:
                entries = parts.infolist()
                if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                    raise Refusal(
                        "ファイルの中身が大きすぎて、調べられません。分けて送ってください。", code="bomb"
                    )
                names = {entry.filename for entry in entries}
                if "[Content_Types].xml" not in names or main_part not in names:
                    return False
                if parts.getinfo("[Content_Types].xml").file_size > MAX_TYPES:
                    return False
                types = parts.read("[Content_Types].xml")
        except (zipfile.BadZipFile, RuntimeError, EOFError, ValueError, OSError):
            return False
        if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
            raise Refusal(
                "マクロが入ったファイルは受け付けられません。マクロなしで保存し直してください。", code="macro"
            )
        return main_type in types

    return holds


def decode(content: bytes) -> str | None:
    """Return the text of a csv or txt file (UTF-8 with or without BOM, or cp932), None when it is not text."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _is_text(file: IO[bytes]) -> bool:
    content = file.read()
    return decode(content) is not None and not _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf").lstrip())


PDF = Kind("PDF", "application/pdf", (".pdf",), _is_pdf)
PNG = Kind("PNG", "image/png", (".png",), _begins(b"\x89PNG\r\n\x1a\n"), is_image=True)
JPEG = Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"), _begins(b"\xff\xd8\xff"), is_image=True)
WEBP = Kind("WebP", "image/webp", (".webp",), _is_webp, is_image=True)
XLSX = Kind(
    "Excel(.xlsx)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (".xlsx",),
    _office("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
)
DOCX = Kind(
    "Word(.docx)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx",),
    _office("word/document.xml", b"wordprocessingml.document.main+xml"),
)
CSV = Kind("CSV", "text/csv", (".csv",), _is_text)
TEXT = Kind("テキスト", "text/plain", (".txt",), _is_text)

IMAGES = (JPEG, PNG, WEBP)
SHEETS = (XLSX, CSV)
DOCUMENTS = (PDF, DOCX, XLSX, CSV, TEXT, JPEG, PNG)

_KINDS = {ending: kind for kind in (*DOCUMENTS, WEBP) for ending in kind.endings}
_ADVICE = {
    ".xls": "古い形式(.xls)です。Excelで .xlsx に保存し直してください。",
    ".doc": "古い形式(.doc)です。Wordで .docx に保存し直してください。",
    ".xlsm": "マクロが入る形式(.xlsm)は受け付けられません。.xlsx に保存し直してください。",
    ".docm": "マクロが入る形式(.docm)は受け付けられません。.docx に保存し直してください。",
    ".heic": "HEIC形式の写真は受け付けられません。JPEGに変えてから送ってください。",
    ".heif": "HEIF形式の写真は受け付けられません。JPEGに変えてから送ってください。",
    ".gif": "GIFは受け付けられません。PNGかJPEGに変えてから送ってください。",
    ".zip": "まとめたファイル(.zip)は受け付けられません。中のファイルを一つずつ送ってください。",
}


def ending_of(filename: str) -> str:
    """Return 「.pdf」 in lower case, or an empty text."""
    found = re.search(r"\.[^.\s]{1,10}$", filename)
    return found[0].lower() if found else ""


def names_of(accept: tuple[Kind, ...]) -> str:
    """Return 「PDF、Word(.docx)、…」 for sentences."""
    return "、".join(kind.label for kind in accept)


def kind_of(filename: str, file: IO[bytes], accept: tuple[Kind, ...]) -> Kind:
    """Return the kind that both the name and the content say. Raises Refusal otherwise, with the way out."""
    ending = ending_of(filename)
    kind = _KINDS.get(ending)
    if kind is None or kind not in accept:
        advice = _ADVICE.get(ending, f"この欄で受け付けるのは、{names_of(accept)}です。")
        raise Refusal(advice, code="kind")
    file.seek(0)
    if not kind.holds(file):
        name = kind.label.partition("(")[0]
        raise Refusal(
            f"拡張子は{ending}ですが、中身は{name}ではありません。正しいファイルを選んでください。",
            code="content",
        )
    file.seek(0)
    return kind
