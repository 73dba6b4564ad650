"""What the database itself refuses, whoever asks."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from portal.areas.models import Authority
from portal.documents.models import FROZEN, Counter, Document
from portal.kernel import clock
from tests.factories.documents import issued, with_bytes

from .kind import KEY

pytestmark = pytest.mark.django_db

VIOLATIONS: list[tuple[str, dict[str, Any]]] = [
    ("document_number_positive", {"number": 0}),
    ("document_year_reiwa", {"year": 2018}),
    ("document_file_with_digest", {"sha256": "a" * 64}),
    ("document_issued_iff_file", {"state": "issued"}),
    ("document_voided_at_iff_void", {"state": "void"}),
    ("document_voided_at_iff_void", {"voided_at": clock.at_jst(date(2026, 4, 1))}),
]


def copy_of(document: Document, **changes: Any) -> Document:
    """Another document of the same series, unsaved."""
    fields = {field.attname: getattr(document, field.attname) for field in Document._meta.concrete_fields}
    fresh = Document(
        **fields | {"version": "x", "number": document.number + 100, "token": f"t{document.number}x"}
    )
    fresh.pk = Document._meta.pk.get_default()
    fresh.state = "replaced"
    for name, value in changes.items():
        setattr(fresh, name, value)
    return fresh


@pytest.mark.parametrize(("constraint", "changes"), VIOLATIONS)
def test_each_rule_of_one_row_is_kept(city: Authority, constraint: str, changes: dict[str, Any]) -> None:
    document = issued(KEY, authority=city)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        copy_of(document, **changes).save(force_insert=True)


@pytest.mark.parametrize(
    ("constraint", "same"),
    [
        ("document_once_per_version", ("version",)),
        ("document_number_once", ("number",)),
        ("token", ("token",)),
        ("document_one_live", ("state",)),
    ],
)
def test_nothing_that_must_be_single_is_double(
    city: Authority, constraint: str, same: tuple[str, ...]
) -> None:
    document = issued(KEY, authority=city)
    twin = copy_of(document, **{name: getattr(document, name) for name in same})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        twin.save(force_insert=True)


def test_an_ended_twin_with_its_own_number_is_no_violation(city: Authority) -> None:
    copy_of(issued(KEY, authority=city)).save(force_insert=True)


def test_a_document_does_not_replace_itself(city: Authority) -> None:
    twin = copy_of(issued(KEY, authority=city))
    twin.replaces = twin
    with pytest.raises(IntegrityError, match="document_not_its_own_successor"), transaction.atomic():
        twin.save(force_insert=True)


def test_two_documents_do_not_replace_the_same_one(city: Authority) -> None:
    document = issued(KEY, authority=city)
    copy_of(document, replaces=document).save(force_insert=True)
    with pytest.raises(IntegrityError, match="replaces"), transaction.atomic():
        copy_of(document, replaces=document, number=300, version="y", token="t300").save(force_insert=True)


def test_a_series_has_one_counter_also_without_a_section(city: Authority) -> None:
    Counter.objects.create(kind=KEY, authority=city, section=None, year=2030)
    with pytest.raises(IntegrityError, match="counter_one_per_series"), transaction.atomic():
        Counter.objects.create(kind=KEY, authority=city, section=None, year=2030)


OTHER_VALUES: dict[str, Any] = {
    "created_at": clock.at_jst(date(2020, 1, 1)),
    "kind": "other.kind",
    "code": "QQ",
    "title": "別の文書",
    "object_id": "00000000-0000-4000-8000-000000000000",
    "version": "9",
    "year": 2020,
    "number": 77,
    "check_suffix": "FFFF",
    "own_number": "第9号",
    "token": "other",
    "issued_on": date(2020, 1, 1),
    "snapshot": {},
}


@pytest.mark.parametrize("column", sorted(set(FROZEN) - {"authority", "section", "replaces"}))
def test_no_frozen_column_can_be_changed(city: Authority, column: str) -> None:
    document = issued(KEY, authority=city)
    with pytest.raises(DatabaseError, match="document_frozen"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**{column: OTHER_VALUES[column]})


def test_issuing_body_and_chain_cannot_be_changed(city: Authority, prefecture: Authority) -> None:
    document, other = issued(KEY, authority=city), issued(KEY, authority=city)
    for change in ({"authority": prefecture}, {"replaces": other}):
        with pytest.raises(DatabaseError, match="document_frozen"), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)


def test_a_document_cannot_be_deleted(city: Authority) -> None:
    document = issued(KEY, authority=city)
    with pytest.raises(DatabaseError, match="document_kept"), transaction.atomic():
        Document.objects.filter(pk=document.pk).delete()


def test_a_file_once_made_cannot_be_exchanged_or_taken_away(city: Authority) -> None:
    document = with_bytes(issued(KEY, authority=city), b"%PDF-1.7 first")
    for change in (
        {"sha256": "b" * 64},
        {"file": None, "sha256": "", "rendered_at": None, "state": "replaced"},
    ):
        with pytest.raises(DatabaseError, match="document_file_once"), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)
