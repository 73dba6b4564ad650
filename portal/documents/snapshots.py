"""What a document says, frozen when it is issued, and how a template reads it. Rendering needs nothing else."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django.conf import settings

from portal.areas.models import Authority, Section
from portal.kernel.ports import DocumentKind

from .models import Document

PREVIEW = "見本"
MASK = 2  # of a QR code


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body as printed: name, section (may be empty), and the mark it uses for a comma."""

    name: str
    section: str
    comma: str


def frozen(kind: DocumentKind, body: dict[str, Any], document: Document) -> dict[str, Any]:
    """The snapshot of a numbered, not yet saved `document`: JSON data only.

    It holds number, date, the text in the seal's place and the address to verify. Raises TypeError or ValueError when
    `body` holds something that JSON cannot say.
    """
    paper = {
        "kind": kind.key,
        "title": kind.title,
        "number": document.check_number,
        "own_number": document.own_number,
        "seal": kind.seal,
        "issued_on": document.issued_on.isoformat(),
        "verify_url": settings.BASE_URL + document.get_verify_url(),
    }
    snapshot = {
        "template": kind.template,
        "paper": paper,
        "issuer": issuer(document.authority, document.section),
        "body": body,
    }
    json.dumps(snapshot, ensure_ascii=False, allow_nan=False)
    return snapshot


def sample(
    kind: DocumentKind,
    body: dict[str, Any],
    *,
    authority: Authority,
    section: Section | None,
    own_number: str,
) -> dict[str, Any]:
    """Like a snapshot, for a preview: no number, no date, no seal, no address to verify."""
    paper = {
        "kind": kind.key,
        "title": kind.title,
        "number": "",
        "own_number": own_number,
        "seal": "",
        "issued_on": None,
        "verify_url": "",
    }
    return {"template": kind.template, "paper": paper, "issuer": issuer(authority, section), "body": body}


def context(snapshot: dict[str, Any], *, preview: bool = False) -> dict[str, Any]:
    """What the template gets: the snapshot with dates as dates (keys ending in _on), and the QR code as an image."""
    data = _with_dates(snapshot)
    data["paper"] |= {
        "is_preview": preview,
        "watermark": PREVIEW if preview else "",
        "qr": qr_code(data["paper"]["verify_url"]) if data["paper"]["verify_url"] else "",
    }
    return {"paper": data["paper"], "body": data["body"], "authority": Issuer(**data["issuer"])}


def qr_code(address: str) -> str:
    """The QR code of `address` as a data: URI (error correction M: survives a fold and a copy).

    Readers take any of the eight masks, which the code itself names; weighing all of them is two thirds of the work.
    """
    return str(segno.make_qr(address, error="m", mask=MASK).svg_data_uri(border=0))


def issuer(authority: Authority, section: Section | None) -> dict[str, str]:
    """The issuing body, frozen."""
    return {"name": authority.name, "section": section.name if section else "", "comma": authority.comma}


def _with_dates(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _with_dates(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_dates(item) for item in value]
    return date.fromisoformat(value) if key.endswith("_on") and isinstance(value, str) and value else value
