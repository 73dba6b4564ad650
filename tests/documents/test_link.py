"""{% document_link %} on other apps' pages, and what must hold for every registered kind."""

from dataclasses import replace

import pytest
from django.template import Context, Template

from portal.areas.models import Authority
from portal.documents import actions, checks
from portal.documents.models import Document
from portal.kernel import ports
from tests.factories.accounts import UserFactory, actor
from tests.factories.documents import issued, with_bytes
from tests.support.html import assert_html

from .kind import KEY, KIND


def shown(document: Document, options: str = "") -> str:
    source = "{% load documents %}{% document_link document " + options + " %}"
    html = Template(source).render(Context({"document": document}))
    assert_html(html, fragment=True)
    return html


@pytest.mark.django_db
def test_a_document_in_the_making_shows_its_progress(city: Authority) -> None:
    html = shown(issued(KEY, authority=city))
    assert "作成中" in html
    assert "準備中" in html
    assert "ダウンロードする</a>" not in html


@pytest.mark.django_db
def test_a_ready_document_offers_its_file_without_a_query(city: Authority, assert_queries) -> None:  # type: ignore[no-untyped-def]
    document = with_bytes(issued(KEY, authority=city), b"%PDF-1.7")
    with assert_queries(0):
        html = shown(document)
    assert document.get_file_url() in html
    assert "有効" in html
    assert "無効" not in html


@pytest.mark.django_db
def test_a_long_list_asks_nothing_for_documents_in_the_making(city: Authority, assert_queries) -> None:  # type: ignore[no-untyped-def]
    document = issued(KEY, authority=city)
    with assert_queries(0):
        assert document.get_file_url() in shown(document, "progress=False")


@pytest.mark.django_db
def test_a_void_document_says_so(city: Authority) -> None:
    user = UserFactory()
    document = with_bytes(issued(KEY, user, authority=city), b"%PDF-1.7")
    assert "無効" in shown(actions.void(document, by=actor(user), note="誤り"))


def test_the_registered_kinds_are_sound() -> None:
    assert checks.document_kinds(None) == []
    assert KEY in ports.document_kinds


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "zz"}, "英大文字"),
        ({"code": "ABCDE"}, "英大文字"),
        ({"template": "documents/pdf/none.html"}, "ひな形"),
        ({"model": "accounts.Nobody"}, "モデル"),
        ({"permission": "tests.nothing"}, "権限"),
        ({"key": "tests.else"}, "登録名"),
        ({"void_permission": "tests.nothing"}, "権限"),
    ],
)
def test_a_faulty_kind_is_found_at_start(change: dict[str, str], words: str) -> None:
    ports.document_kinds._entries[KEY] = replace(KIND, **change)
    problems = checks.document_kinds(None)
    assert [problem.id for problem in problems] == ["documents.E001"]
    assert words in problems[0].msg


def test_two_kinds_with_one_code_are_found_at_start() -> None:
    ports.document_kinds.register("tests.twin", replace(KIND, key="tests.twin"))
    try:
        assert [problem.id for problem in checks.document_kinds(None)] == ["documents.E001"]
    finally:
        ports.document_kinds._entries.pop("tests.twin")


def test_every_event_of_documents_can_be_read() -> None:
    data = {"number": "R8-ZZ-0001-ABCD"}
    for event in ("issued", "finish", "filed", "replace", "void"):
        line = ports.audit_presenters[f"documents.document.{event}"](data)
        assert line.text
