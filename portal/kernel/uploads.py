"""Files: what may come in, where it is kept, the form field for it. One door to the rooms behind.

`stage` (from people) → `attach` (by an action) or swept; `keep` (made by the portal). Private storage, random names.
"""

from __future__ import annotations

from .upload_fields import UploadField, UploadWidget, bind, hidden
from .upload_kinds import CSV, DOCUMENTS, DOCX, IMAGES, JPEG, PDF, PNG, SHEETS, TEXT, WEBP, XLSX, Kind, decode
from .upload_models import FileState, StoredFile
from .upload_store import (
    MAX_BYTES,
    MEGABYTE,
    attach,
    clean_filename,
    keep,
    purge_staged,
    release,
    shred,
    size_label,
    stage,
)

__all__ = [
    "CSV",
    "DOCUMENTS",
    "DOCX",
    "IMAGES",
    "JPEG",
    "MAX_BYTES",
    "MEGABYTE",
    "PDF",
    "PNG",
    "SHEETS",
    "TEXT",
    "WEBP",
    "XLSX",
    "FileState",
    "Kind",
    "StoredFile",
    "UploadField",
    "UploadWidget",
    "attach",
    "bind",
    "clean_filename",
    "decode",
    "hidden",
    "keep",
    "purge_staged",
    "release",
    "shred",
    "size_label",
    "stage",
]
